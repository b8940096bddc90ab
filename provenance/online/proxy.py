"""A proxy to go out through: only where a person asks for one, and for https alone.

The proxy is asked to connect to an address that was looked up and checked here (CONNECT, RFC 9110, section 9.3.6), so
that a name cannot change its meaning on the way; TLS then names and checks the host, and the proxy reads nothing. Plain
http would hand the proxy a name to look up itself, so it is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit

from ..errors import UsageError
from ..model.text import visible

ENVIRONMENT = "environment"
_VARIABLES = ("HTTPS_PROXY", "https_proxy")
_PORT = 80
"""Where an address names none, as `requests` takes it."""


def proxy_named(said: str, environment: Mapping[str, str]) -> str:
    """The proxy that a person names, or that the environment does where they say "environment". Raises UsageError."""
    named = said
    if said == ENVIRONMENT:
        named = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
        if not named:
            raise UsageError("the environment names no proxy", remedy="set HTTPS_PROXY, or give its address")
    parts = _parts(named)
    whole = parts is not None and parts.scheme == "http" and parts.hostname and parts.path in ("", "/")
    if parts is None or not whole or parts.query or parts.fragment or not named.isprintable() or " " in named:
        raise UsageError("the proxy is no address of one", remedy="give it as http://host:port")
    return named


def proxy_shown(proxy: str) -> str:
    """Host and port, without the user's name and password; for the record."""
    parts = _parts(proxy)
    if parts is None or not parts.hostname:
        return "a proxy"
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"the proxy {visible(host, limit=200)}:{parts.port or _PORT}"


def _parts(proxy: str) -> SplitResult | None:
    try:
        parts = urlsplit(proxy)
        usable = parts.port is None or parts.port > 0
    except ValueError:
        return None
    return parts if usable else None
