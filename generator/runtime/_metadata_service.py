"""The metadata service of a virtual machine, as a source of tokens."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from attrs import field, frozen

from ._arguments import check_url
from ._sources import INVALID_JSON, AccessToken, TokenRequest, response_fields, unusable_response
from .errors import CredentialsError, InvalidParameter

METADATA_ADDRESS = "169.254.169.254"
"""The address of the metadata service on every machine."""


def _host(address: str) -> str:
    with suppress(InvalidParameter):
        check_url("address", f"https://{address}")
        if "/" not in address:
            return address
    raise InvalidParameter("address", "must be a host, with a port at the most")


@frozen
class MetadataService:
    """The service account of this virtual machine, from its metadata service.

    Its tokens belong to the installation in which the machine runs, which the service does not name: outside the
    default one, pass the `base_url` of a client.
    """

    address: str = field(default=METADATA_ADDRESS, converter=_host)
    """Host, with a port at the most."""
    unused: tuple[str, ...] = field(default=(), repr=False)
    """Why the chain skipped each source before it; errors repeat it."""

    def build_request(self) -> TokenRequest:
        """Return the request for the token of the default service account."""
        url = f"http://{self.address}/computeMetadata/v1/instance/service-accounts/default/token"
        return TokenRequest(self._name, "GET", url, {"metadata-flavor": "Google"}, timeout=3.0)

    def parse_response(
        self, status_code: int, headers: Mapping[str, str], content: bytes, /
    ) -> AccessToken | CredentialsError:
        """Return the token of a response; header names are case-insensitive."""
        try:
            fields = response_fields(status_code, content)
            return AccessToken(fields["access_token"], fields["expires_in"])
        except INVALID_JSON:
            hint = "the machine has no service account" if status_code == 404 else ""
            return unusable_response(self._name, status_code, headers, content, hint=hint)

    @property
    def _name(self) -> str:
        unused = f" (used because {', '.join(self.unused)})" if self.unused else ""
        return f"the metadata service at {self.address}{unused}"
