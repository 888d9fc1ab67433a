"""Generates the client: openapi.yaml -> generated_client/, with openapi-python-client and our templates."""

from generator.runtime._manifest import MANIFEST

from .generate import check, generate, render

__all__ = ["MANIFEST", "check", "generate", "render"]
