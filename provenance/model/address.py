"""What an address says of itself."""

from __future__ import annotations

from urllib.parse import urlsplit


def host_of(url: str) -> str:
    """The host that an address names, in small letters; "" where it names none, or is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
