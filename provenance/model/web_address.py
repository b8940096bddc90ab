"""What an address of the web says of itself."""

from __future__ import annotations

from urllib.parse import urlsplit


def host_in(address: str) -> str:
    """The host that an address names, in lower case and without a final dot; "" where it names none. Never raises."""
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""
