"""Serves names and sizes of Docker images on a port (0: a free one): `python -m registry_service PORT`."""

import os
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TypedDict

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from .images import AsyncClient, errors


class State(TypedDict):
    """Open and close the client with the service."""

    client: AsyncClient


@asynccontextmanager
async def lifespan(_app: Starlette) -> AsyncGenerator[State]:
    """Open one client for all requests."""
    async with AsyncClient(base_url=os.environ.get("REGISTRY_ENDPOINT")) as client:
        yield {"client": client}


async def image(request: Request[State]) -> JSONResponse:
    """Name and size of the image that the path names."""
    try:
        details = await request.state["client"].images.get(request.path_params["image_id"])
    except errors.InvalidParameter as problem:
        return JSONResponse({"error": str(problem)}, 400)
    except errors.NotFound:
        return JSONResponse({"error": "no such image"}, 404)
    except errors.ApiError as problem:
        return JSONResponse({"error": str(problem)}, 502)
    return JSONResponse({"name": details.name, "size": details.compressed_size})


app = Starlette(routes=[Route("/images/{image_id}", image)], lifespan=lifespan)

if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), access_log=False)
