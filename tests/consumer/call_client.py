"""Call a service through the client under each of several names: `python call_client.py URL ID NAME…`."""

import asyncio
import copy
import importlib
import pickle
import sys
from typing import Any


def check(condition: object) -> None:
    """Raise an error if a condition is false; `python -O` ignores `assert`."""
    if not condition:
        raise RuntimeError("the check failed")


def main(url: str, image_id: str, *names: str) -> None:
    packages: list[Any] = [importlib.import_module(name) for name in names]
    for name, package in zip(names, packages, strict=True):
        image = get(package, url, image_id)
        check(type(image).__module__ == f"{name}.models.image")
        check(asyncio.run(get_async(package, url, image_id)) == image)
        for twin in (copy.copy(image), copy.deepcopy(image), pickle.loads(pickle.dumps(image))):
            check(twin == image and twin is not image and twin.to_dict() == image.to_dict())
        sys.stdout.write(f"{name} {package.__file__}\n")
    check(
        len({package.Image for package in packages})
        == len({package.errors.ApiError for package in packages})
        == len(names)
    )


def get(package: Any, url: str, image_id: str) -> Any:
    """Return an image, after a call that fails."""
    with package.Client("t1.any.token", base_url=url) as client:
        try:
            client.images.get("crp0000000000000")
        except package.errors.NotFound as problem:
            check(pickle.loads(pickle.dumps(problem)).status_code == copy.deepcopy(problem).status_code == 404)
        return client.images.get(image_id)


async def get_async(package: Any, url: str, image_id: str) -> Any:
    async with package.AsyncClient("t1.any.token", base_url=url) as client:
        return await client.images.get(image_id)


if __name__ == "__main__":
    main(*sys.argv[1:])
