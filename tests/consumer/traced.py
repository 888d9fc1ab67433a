"""An application whose calls OpenTelemetry traces: its instrumentation of httpx sees what a given transport sends.

Each attempt is a span of its own, and the service is sent the trace that it belongs to.
"""

import asyncio
import sys

import httpx
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import ConsoleSpanExporter, SimpleSpanProcessor

from generated_client import AsyncClient, Client

provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(ConsoleSpanExporter()))
HTTPXClientInstrumentor().instrument(tracer_provider=provider)
tracer = provider.get_tracer("application")


def look(url: str) -> None:
    with (
        tracer.start_as_current_span("look"),
        Client("t1.made-up", base_url=url, transport=httpx.HTTPTransport()) as client,
    ):
        client.images.get("crp1")


async def look_async(url: str) -> None:
    with tracer.start_as_current_span("look"):
        async with AsyncClient("t1.made-up", base_url=url, transport=httpx.AsyncHTTPTransport()) as client:
            await client.images.get("crp1")


if __name__ == "__main__":
    look(sys.argv[1])
    asyncio.run(look_async(sys.argv[1]))
