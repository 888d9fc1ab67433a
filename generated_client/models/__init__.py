# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""The messages of the service, one class each."""

from .blob import Blob
from .image import Image
from .status import Status

__all__ = ["Blob", "Image", "Status"]
__dir__ = __all__.copy
