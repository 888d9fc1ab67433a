"""Prints a Docker image of a registry."""

import sys
from argparse import ArgumentParser

from ._vendor.images import Client, Image, errors


def main() -> int:
    """Print the image that the command line names; the token comes from the environment."""
    parser = ArgumentParser(prog="registry-tool", description=__doc__)
    parser.add_argument("image_id")
    parser.add_argument("--endpoint", help="where the service is, instead of its public endpoint")
    options = parser.parse_args()
    try:
        with Client(base_url=options.endpoint, application="registry-tool/1.0") as client:
            sys.stdout.write(described(client.images.get(options.image_id)))
    except errors.ApiError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


def described(image: Image) -> str:
    """One line for the image, and one for each of its layers."""
    lines = [f"{image.name} {image.compressed_size}", *(f"  {layer.digest} {layer.size}" for layer in image.layers)]
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
