"""The installations of the cloud: which token service belongs to which host.

A key or a token of one installation is unknown to the other.

Sources: https://yandex.cloud/en/docs/api-design-guide/concepts/endpoints and the same page of yandex.cloud/en-kz.
"""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from ._arguments import check_url, is_loopback
from .errors import InvalidParameter

IAM_ENDPOINT = "YC_IAM_ENDPOINT"
"""The environment variable that names the token service: a host, or a URL."""

_DOMAINS = ("api.cloud.yandex.net", "api.yandexcloud.kz")
"""The domain below which an installation has its APIs; the first one is the default."""

_PATH = "/iam/v1/tokens"

IAM_URL = f"https://iam.{_DOMAINS[0]}{_PATH}"
"""The token service of the default installation."""


def token_service(base_url: str, url: str | None) -> str:
    """Return the URL that exchanges a key: `url`, or that of the environment, or that of the base URL's installation.

    Raises InvalidParameter if it is unknown, or belongs to another installation.
    """
    url = url or endpoint_of_environment()
    installation = _installation(base_url)
    if url is None and installation is None:
        raise InvalidParameter(
            "base_url",
            f"is outside {' and '.join(_DOMAINS)}, so the token service of the key is unknown;"
            f" set {IAM_ENDPOINT}, or pass url= to ServiceAccountKey",
        )
    if url is None:
        return f"https://iam.{installation}{_PATH}"
    if installation and _installation(url) not in {installation, None}:
        raise InvalidParameter(
            "base_url",
            f"belongs to {installation}, but the token service to {_installation(url)}; use one installation",
        )
    return url


def check_metadata_token(base_url: str) -> None:
    """Raise InvalidParameter if the token of the machine would leave the cloud."""
    if _installation(base_url) is None and not is_loopback(urlsplit(base_url).hostname or ""):
        raise InvalidParameter(
            "base_url",
            f"is outside {' and '.join(_DOMAINS)}; to send the machine's own token there,"
            " pass token=credentials.MetadataService()",
        )


def endpoint_of_environment() -> str | None:
    """Return the token service that YC_IAM_ENDPOINT names. Raises InvalidParameter."""
    value = os.environ.get(IAM_ENDPOINT, "").strip()
    if not value:
        return None
    url = check_url(IAM_ENDPOINT, value if "://" in value else f"https://{value}")
    # The audience of a JWT has no port.
    return url if urlsplit(url).path else f"{url.removesuffix(':443')}{_PATH}"


def _installation(url: str) -> str | None:
    """Return the domain of the installation that a host belongs to."""
    host = (urlsplit(url).hostname or "").removesuffix(".")
    return next((domain for domain in _DOMAINS if f".{host}".endswith(f".{domain}")), None)
