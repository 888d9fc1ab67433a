"""YAML and JSON files as plain data that remembers its lines, and `$ref`s followed through them."""

from .dumping import dump_blocks, dumps
from .files import MAXIMUM_BYTES, decode_text, load_bytes, load_text, real_path
from .loading import MAXIMUM_DEPTH, load, loads
from .nodes import YamlMapping, YamlSequence, location_at
from .references import MAX_EXPANDED_FIELDS, Read, References, iter_references

__all__ = [
    "MAXIMUM_BYTES",
    "MAXIMUM_DEPTH",
    "MAX_EXPANDED_FIELDS",
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
    "location_at",
    "real_path",
]
