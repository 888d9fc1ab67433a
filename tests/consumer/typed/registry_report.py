"""Report the size of an image, layer by layer."""

from collections.abc import Iterator
from typing import assert_type

from yandex_container_registry import AsyncClient, Blob, Client, Image, Timestamp, errors


def weights(client: Client, image_id: str) -> Iterator[tuple[str, int]]:
    """Digest and size in bytes of each layer; nothing where there is no such image."""
    try:
        image = client.images.get(image_id)
    except errors.NotFound as problem:
        assert_type(problem.status_code, int)
        return
    assert_type(image, Image)
    assert_type(image.layers, list[Blob])
    assert_type(image.created_at, Timestamp | None)
    yield from ((layer.digest, layer.size) for layer in image.layers)


async def total(client: AsyncClient, image_id: str) -> int:
    """Size of all layers together, in bytes."""
    response = await client.images.get_detailed(image_id)
    assert_type(response.parsed, Image)
    return sum(layer.size for layer in response.parsed.layers)
