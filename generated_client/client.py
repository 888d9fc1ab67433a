# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""The entry points: a client for synchronous code and one for `async` code."""

from functools import cached_property

from ._client import BaseAsyncClient, BaseClient
from .api.images import AsyncImages, Images

__all__ = ["AsyncClient", "Client"]
__dir__ = __all__.copy

_BASE_URL = "https://container-registry.api.cloud.yandex.net"
_PRODUCT = "yandex-container-registry/1.0.0"


class Client(BaseClient):
    """A client of Yandex Container Registry.

    Examples:
        >>> with Client() as client:
        ...     image = client.images.get("crp5o1vp3mk7vq1ql0b9")
    """

    _default_base_url = _BASE_URL
    _product = _PRODUCT

    @cached_property
    def images(self) -> Images:
        """Docker images in a registry."""
        return Images(self._connection)


class AsyncClient(BaseAsyncClient):
    """A client of Yandex Container Registry, for `async` code.

    Examples:
        >>> async with AsyncClient() as client:
        ...     image = await client.images.get("crp5o1vp3mk7vq1ql0b9")
    """

    _default_base_url = _BASE_URL
    _product = _PRODUCT

    @cached_property
    def images(self) -> AsyncImages:
        """Docker images in a registry."""
        return AsyncImages(self._connection)
