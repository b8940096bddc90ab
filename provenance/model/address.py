"""What an address says of itself."""

from __future__ import annotations

from urllib.parse import urlsplit

from .posts import one_host, post_of


def host_of(url: str) -> str:
    """The host that an address names, in small letters; "" where it names none, or is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def page_of(url: str) -> str:
    """Host and path, with the query, of a page on the web, for telling whether two addresses are one; "" for no page.

    Without scheme, "www.", a last slash and what follows "#". The front page of a host is no page: much stands there.
    A post that its service shows at several addresses is one page (`posts.py`).
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    if parts.scheme not in ("http", "https") or not host or not (path or parts.query):
        return ""
    return post_of(host, path, parts.query) or f"{one_host(host)}{path}{'?' if parts.query else ''}{parts.query}"
