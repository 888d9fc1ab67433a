"""`demo`: an image through the client, from a stand-in that lives as long as the call."""

from __future__ import annotations

import sys
from pathlib import Path

from generated_client import Client, Image, errors
from generator.errors import InputError, Location
from generator.readers.openapi.examples import served
from generator.runtime.testing import Double
from generator.yaml_document import load


def demo(specification: Path) -> int:
    """Start the stand-in on a free port, get the first image of the specification, print it, stop; 0.

    Raises InputError for a specification that cannot be served, or has another method first.
    """
    service, place = served(load(specification)), Location(str(specification))
    image_id = service.endpoints[0].examples[0].get("id")
    if not isinstance(image_id, str):
        raise InputError("has a first example without `id`, which the demo asks for", place)
    with Double(service) as double, Client(token="demo", base_url=double.url) as client:  # noqa: S106  # any will do
        sys.stderr.write(f'Client(token="demo", base_url="{double.url}").images.get("{image_id}")\n')
        try:
            image = client.images.get(image_id)
        except errors.ApiError as problem:
            raise InputError(f"has no image that the client of this project gets: {problem}", place) from problem
    sys.stdout.writelines(f"{line}\n" for line in _described(image))
    return 0


def _described(image: Image) -> list[str]:
    return [
        f"name      {image.name}",
        f"tags      {', '.join(image.tags)}",
        f"created   {image.created_at}",
        f"size      {image.compressed_size:,} bytes",
        f"digest    {image.digest}",
        *(f"layer     {layer.digest}  {layer.size:>12,} bytes" for layer in image.layers),
    ]
