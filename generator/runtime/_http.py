"""The HTTP library that carries requests. No other module imports it, so a copy can use httpx2 by changing this one."""

import httpcore
import httpx

__all__ = ["LIBRARY", "httpcore", "httpx"]

LIBRARY = f"httpx/{httpx.__version__}"
"""Name and version of the library, for the user agent."""
