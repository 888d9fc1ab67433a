# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""The call of GET /container-registry/v1/images/{imageId}."""

from ..._arguments import check_string, path_segment
from ..._calls import Request
from ...models.image import Image
from ...models.status import Status


def request(image_id: str) -> Request[Image]:
    """The request of `get`. Raises InvalidParameter."""
    check_string("image_id", image_id, min_length=1, max_length=50)
    return Request(
        method="GET",
        path=f"/container-registry/v1/images/{path_segment('image_id', image_id)}",
        status_code=200,
        result=Image,
        error=Status,
    )
