"""YAML and JSON files as plain data that remembers its lines, and `$ref`s followed through them."""

from .dumping import dump_blocks, dumps
from .files import MAXIMUM_BYTES, decode_text, load_bytes, load_text, real_path
from .loading import MAXIMUM_DEPTH, METHODS, YamlMapping, YamlSequence, load, loads
from .references import MAX_EXPANDED_FIELDS, Read, References, iter_references

__all__ = [
    "MAXIMUM_BYTES",
    "MAXIMUM_DEPTH",
    "MAX_EXPANDED_FIELDS",
    "METHODS",
    "Read",
    "References",
    "YamlMapping",
    "YamlSequence",
    "decode_text",
    "dump_blocks",
    "dumps",
    "iter_references",
    "load",
    "load_bytes",
    "load_text",
    "loads",
    "real_path",
]
