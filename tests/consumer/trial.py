"""Tries the client under each of the names that it is given, and says so: `python trial.py URL ID NAME…`."""

import asyncio
import copy
import importlib
import pickle
import sys
from typing import Any


def hold(truth: object) -> None:
    """Like assert, which `python -O` passes over."""
    if not truth:
        raise RuntimeError("does not hold")


def main(url: str, image_id: str, *names: str) -> None:
    tried: list[Any] = [importlib.import_module(name) for name in names]
    for name, client in zip(names, tried, strict=True):
        image = attempt(client, url, image_id)
        hold(type(image).__module__ == f"{name}.models.image")
        hold(asyncio.run(attempt_async(client, url, image_id)) == image)
        for twin in (copy.copy(image), copy.deepcopy(image), pickle.loads(pickle.dumps(image))):
            hold(twin == image and twin is not image and twin.to_dict() == image.to_dict())
        sys.stdout.write(f"{name} {client.__file__}\n")
    hold(len({client.Image for client in tried}) == len({client.errors.ApiError for client in tried}) == len(names))


def attempt(package: Any, url: str, image_id: str) -> Any:
    """An image, and what becomes of a call that fails."""
    with package.Client("t1.any.token", base_url=url) as client:
        try:
            client.images.get("crp0000000000000")
        except package.errors.NotFound as problem:
            hold(pickle.loads(pickle.dumps(problem)).status_code == copy.deepcopy(problem).status_code == 404)
        return client.images.get(image_id)


async def attempt_async(package: Any, url: str, image_id: str) -> Any:
    async with package.AsyncClient("t1.any.token", base_url=url) as client:
        return await client.images.get(image_id)


if __name__ == "__main__":
    main(*sys.argv[1:])
