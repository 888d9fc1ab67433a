"""A fake server of the API for your tests. It needs no package that the client does not.

    from generated_client import Client, Image, errors
    from generated_client.testing import FakeServer, faults

    with FakeServer() as fake_server, Client("any", base_url=fake_server.url, retries=0) as client:
        fake_server.add(Image(id="crp1", name="registry/app"))
        assert client.images.get("crp1").name == "registry/app"
        fake_server.enqueue(faults.rate_limited(1))
        with pytest.raises(errors.ResourceExhausted):
            client.images.get("crp1")
        fake_server.assert_faults_consumed()

Without a socket: `Client("any", transport=FakeServer().transport)`, and `AsyncClient` alike. For pytest there is a
fixture in `fixtures`.
"""

from . import faults
from ._fake_server import FakeServer
from ._gateway import respond
from ._messages import Disconnect, FakeResponse, ReceivedRequest
from ._service import Service
from .faults import Fault

__all__ = ["Disconnect", "FakeResponse", "FakeServer", "Fault", "ReceivedRequest", "Service", "faults", "respond"]
__dir__ = __all__.copy
