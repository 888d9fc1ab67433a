# Generated from spec/openapi.yaml by container-registry-client-generator; do not edit; renew with `make generate`.
"""The settings of a client, and the options of one call, which take precedence over them."""

from __future__ import annotations

from attrs import frozen

from ._arguments import check_count, check_seconds, check_uuid


@frozen
class Settings:
    """The settings that the calls of a client share; `timeout` is in seconds, for a call as a whole."""

    base_url: str
    timeout: float
    retries: int
    user_agent: str


@frozen
class CallOptions:
    """The options of one call; None stands for the client's setting, or for a random UUID.

    Raises InvalidParameter.
    """

    timeout: float | None
    retries: int | None
    client_request_id: str | None

    def __attrs_post_init__(self) -> None:
        if self.timeout is not None:
            check_seconds("timeout", self.timeout)
        if self.retries is not None:
            check_count("retries", self.retries)
        if self.client_request_id is not None:
            check_uuid("client_request_id", self.client_request_id)
