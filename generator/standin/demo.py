"""`demo`: an image through the client, from a stand-in that lives as long as the call."""

from __future__ import annotations

import sys
from pathlib import Path

from generated_client import Client, Image
from generator.document import load
from generator.examples import served
from generator.runtime.testing import Double


def demo(specification: Path) -> int:
    """Start the stand-in on a free port, get the first image of the specification, print it, stop; 0.

    Raises Unreadable for a specification that cannot be served.
    """
    service = served(load(specification))
    image_id = service.endpoints[0].examples[0]["id"]
    with Double(service) as double, Client(token="demo", base_url=double.url) as client:  # noqa: S106  # any will do
        sys.stderr.write(f'Client(token="demo", base_url="{double.url}").images.get("{image_id}")\n')
        image = client.images.get(image_id)
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
