# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""Yandex Container Registry, version 1.0.0.

A client for the REST interface of Yandex Container Registry, one method so far: `Image.get`.

The service is gRPC transcoded to JSON by the rules of proto3: a 64-bit integer travels as a decimal
string, an empty scalar or list is left out, and fields that are not in this contract may appear any day.
"""

from typing import TYPE_CHECKING

from . import _importing

with _importing.importing(__name__):
    from . import errors
    from ._calls import Response
    from ._timestamp import Timestamp
    from .client import AsyncClient, Client
    from .models import Blob, Image, Status

if TYPE_CHECKING:
    from . import credentials
else:
    __getattr__ = _importing.on_first_use(__name__, "credentials")  # Most programs pass a token.

__all__ = ["AsyncClient", "Blob", "Client", "Image", "Response", "Status", "Timestamp", "credentials", "errors"]
__dir__ = __all__.copy
