"""Writes the client: openapi.yaml -> generated_client/, through openapi-python-client."""

from .generate import MANIFEST, check, generate, render

__all__ = ["MANIFEST", "check", "generate", "render"]
