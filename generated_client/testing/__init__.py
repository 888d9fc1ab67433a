"""A double of the service for the tests of whoever calls it; needs nothing that the client does not.

    from generated_client import Client, Image, errors
    from generated_client.testing import Double, faults

    with Double() as double, Client("any", base_url=double.url, retries=0) as client:
        double.add(Image(id="crp1", name="registry/app"))
        assert client.images.get("crp1").name == "registry/app"
        double.next(faults.throttled(1))
        with pytest.raises(errors.ResourceExhausted):
            client.images.get("crp1")
        double.assert_all_used()

Without a socket: `Client("any", transport=Double().transport)`, and `AsyncClient` alike. For pytest there is a fixture
in `fixtures`.
"""

from . import faults
from ._double import Double
from ._gateway import Answer, Cut, Request, answer
from ._service import Service
from .faults import Fault

__all__ = [
    "Answer",
    "Cut",
    "Double",
    "Fault",
    "Request",
    "Service",
    "answer",
    "faults",
]
