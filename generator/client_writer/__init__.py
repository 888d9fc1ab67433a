"""Generates the client: openapi.yaml -> generated_client/, with openapi-python-client and our templates."""

from generator.runtime.__main__ import MANIFEST

from .generate import check, generate, render

__all__ = ["MANIFEST", "check", "generate", "render"]
