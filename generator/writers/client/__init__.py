"""Writes the client: openapi.yaml -> generated_client/, through openapi-python-client."""

from .generate import check, generate, render

__all__ = ["check", "generate", "render"]
