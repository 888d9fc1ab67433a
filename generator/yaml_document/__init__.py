"""YAML and JSON files as plain data that remembers its lines, and `$ref`s followed through them."""

from .dumping import dumps, laid_out
from .files import MAXIMUM_BYTES, bytes_in, real_path, text_in, text_of
from .loading import MAXIMUM_DEPTH, METHODS, Row, Table, load, loads
from .references import MAXIMUM_UNROLLED, Read, References, references_in

__all__ = [
    "MAXIMUM_BYTES",
    "MAXIMUM_DEPTH",
    "MAXIMUM_UNROLLED",
    "METHODS",
    "Read",
    "References",
    "Row",
    "Table",
    "bytes_in",
    "dumps",
    "laid_out",
    "load",
    "loads",
    "real_path",
    "references_in",
    "text_in",
    "text_of",
]
