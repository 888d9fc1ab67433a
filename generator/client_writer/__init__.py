"""Writes the client: openapi.yaml -> generated_client/, through openapi-python-client."""

from generator.runtime.__main__ import MANIFEST

from .generate import check, generate, render

__all__ = ["MANIFEST", "check", "generate", "render"]
