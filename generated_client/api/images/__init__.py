# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""Docker images in a registry."""

from ..._calls import CallOptions, Response
from ..._connection import AsyncConnection, Connection
from ...models.image import Image
from . import get


class Images:
    """Docker images in a registry."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(
        self,
        image_id: str,
        *,
        timeout: float | None = None,
        retries: int | None = None,
        client_request_id: str | None = None,
    ) -> Image:
        """Get one Docker image.

        Reads the image's names, content addresses and sizes. The content itself is not part of it.

        Args:
            image_id: Identifier of the image, as listing the images of a registry gives it. 1 to 50 characters.
            timeout: Seconds that the call may take as a whole, instead of the client's.
            retries: How often the call is retried at most, instead of the client's number.
            client_request_id: UUID that is sent with the call as `x-client-request-id`, instead of a random one.

        Raises:
            InvalidParameter: An argument breaks the contract; nothing was sent.
            ApiError: The call failed; its subclasses say how.

        Examples:
            >>> image = client.images.get("crp5o1vp3mk7vq1ql0b9")
            >>> image.name
            'crpd9s2vq1m0h6t3k8ra/web/api'
        """
        options = CallOptions(timeout, retries, client_request_id)
        return self._connection.send(get.request(image_id), options).parsed

    def get_detailed(
        self,
        image_id: str,
        *,
        timeout: float | None = None,
        retries: int | None = None,
        client_request_id: str | None = None,
    ) -> Response[Image]:
        """Like `get`, with the status, headers and bytes of the response, its attempts and elapsed seconds.

        Examples:
            >>> response = client.images.get_detailed("crp5o1vp3mk7vq1ql0b9")
            >>> response.status_code
            200
        """
        options = CallOptions(timeout, retries, client_request_id)
        return self._connection.send(get.request(image_id), options)


class AsyncImages:
    """Docker images in a registry."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(
        self,
        image_id: str,
        *,
        timeout: float | None = None,
        retries: int | None = None,
        client_request_id: str | None = None,
    ) -> Image:
        """Get one Docker image.

        Reads the image's names, content addresses and sizes. The content itself is not part of it.

        Args:
            image_id: Identifier of the image, as listing the images of a registry gives it. 1 to 50 characters.
            timeout: Seconds that the call may take as a whole, instead of the client's.
            retries: How often the call is retried at most, instead of the client's number.
            client_request_id: UUID that is sent with the call as `x-client-request-id`, instead of a random one.

        Raises:
            InvalidParameter: An argument breaks the contract; nothing was sent.
            ApiError: The call failed; its subclasses say how.

        Examples:
            >>> image = await client.images.get("crp5o1vp3mk7vq1ql0b9")
            >>> image.name
            'crpd9s2vq1m0h6t3k8ra/web/api'
        """
        options = CallOptions(timeout, retries, client_request_id)
        return (await self._connection.send(get.request(image_id), options)).parsed

    async def get_detailed(
        self,
        image_id: str,
        *,
        timeout: float | None = None,
        retries: int | None = None,
        client_request_id: str | None = None,
    ) -> Response[Image]:
        """Like `get`, with the status, headers and bytes of the response, its attempts and elapsed seconds.

        Examples:
            >>> response = await client.images.get_detailed("crp5o1vp3mk7vq1ql0b9")
            >>> response.status_code
            200
        """
        options = CallOptions(timeout, retries, client_request_id)
        return await self._connection.send(get.request(image_id), options)
