"""Docker images in a registry."""

from ..._calls import Response
from ..._connection import AsyncConnection, Connection
from ...models.image import Image
from . import get


class Images:
    """Docker images in a registry."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, image_id: str, *, timeout: float | None = None) -> Image:
        """Get one Docker image.

        Reads the image's names, content addresses and sizes. The content itself is not part of it.

        Args:
            image_id: Identifier of the image, as listing the images of a registry gives it. 1 to 50 characters.
            timeout: Seconds for the whole call, instead of the client's.

        Raises:
            InvalidParameter: An argument breaks the contract; nothing was sent.
            ApiError: The call failed; its subclasses say how.
        """
        return self._connection.send(get.request(image_id), timeout).parsed

    def get_detailed(self, image_id: str, *, timeout: float | None = None) -> Response[Image]:
        """Like `get`, with the status, the headers and the bytes of the answer."""
        return self._connection.send(get.request(image_id), timeout)


class AsyncImages:
    """Docker images in a registry."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, image_id: str, *, timeout: float | None = None) -> Image:
        """Get one Docker image.

        Reads the image's names, content addresses and sizes. The content itself is not part of it.

        Args:
            image_id: Identifier of the image, as listing the images of a registry gives it. 1 to 50 characters.
            timeout: Seconds for the whole call, instead of the client's.

        Raises:
            InvalidParameter: An argument breaks the contract; nothing was sent.
            ApiError: The call failed; its subclasses say how.
        """
        return (await self._connection.send(get.request(image_id), timeout)).parsed

    async def get_detailed(self, image_id: str, *, timeout: float | None = None) -> Response[Image]:
        """Like `get`, with the status, the headers and the bytes of the answer."""
        return await self._connection.send(get.request(image_id), timeout)
