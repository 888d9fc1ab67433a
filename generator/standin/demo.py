"""Gets an image from a local server with the client, and prints it."""

from __future__ import annotations

import sys
from pathlib import Path

from generated_client import Client, Image, errors
from generator.errors import InputError, Location
from generator.readers.openapi import read_specification
from generator.readers.openapi.examples import served
from generator.runtime.testing import FakeServer


def demo(specification: Path) -> int:
    """Start the server on a free port, get the first image of the specification, print it, and return 0.

    Raises InputError for a specification that cannot be served, or that has no image that the client can get.
    """
    service, location = served(read_specification(specification)), Location(str(specification))
    examples = [example for endpoint in service.endpoints if endpoint.identified_by for example in endpoint.examples]
    image_id = examples[0].get("id") if examples else None
    if not isinstance(image_id, str):
        raise InputError("has no `id` in its first example; the demo needs one", location)
    with FakeServer(service) as fake_server, Client(token="demo", base_url=fake_server.url) as client:  # noqa: S106  # any will do
        sys.stderr.write(f'Client(token="demo", base_url="{fake_server.url}").images.get("{image_id}")\n')
        try:
            image = client.images.get(image_id)
        except errors.ApiError as problem:
            raise InputError(
                f"serves no image that the client of this project can get: {problem}", location
            ) from problem
    sys.stdout.writelines(f"{line}\n" for line in _image_lines(image))
    return 0


def _image_lines(image: Image) -> list[str]:
    return [
        f"name      {image.name}",
        f"tags      {', '.join(image.tags)}",
        f"created   {image.created_at}",
        f"size      {image.compressed_size:,} bytes",
        f"digest    {image.digest}",
        *(f"layer     {layer.digest}  {layer.size:>12,} bytes" for layer in image.layers),
    ]
