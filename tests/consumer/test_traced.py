"""Calls are traced by OpenTelemetry's own instrumentation of httpx."""

import json
import re
import subprocess
import sys
from typing import Any

import pytest

from tests.client.server import OK, sending, serving, status
from tests.consumer.conftest import ROOT

pytestmark = pytest.mark.slow


def test_each_request_is_a_span_that_the_service_is_sent() -> None:
    with serving(sending(status(503), OK)) as server:
        command = [sys.executable, "-m", "tests.consumer.traced", server.url]
        shown = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
        sent = [re.findall(rb"traceparent: 00-(\w+)-(\w+)-", request)[0] for request in server.requests]
    spans: list[Any] = [json.loads(text) for text in re.findall(r"^{.*?^}", shown, re.MULTILINE | re.DOTALL)]
    requests = [span for span in spans if span["name"] == "GET"]
    assert [span["attributes"]["http.status_code"] for span in requests] == [503, 200, 200]
    assert sent == [tuple(span["context"][name][2:].encode() for name in ("trace_id", "span_id")) for span in requests]
    for span in requests:
        (parent,) = [other for other in spans if other["context"]["span_id"] == span["parent_id"]]
        assert (parent["name"], parent["context"]["trace_id"]) == ("look", span["context"]["trace_id"])
    assert "made-up" not in shown
