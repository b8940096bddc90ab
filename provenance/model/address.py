"""What an address says of itself."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from .comments import comment_of
from .posts import one_host, post_of

_WEB = r"(?:https?|ftps?|wss?|sftp|ssh|rtsp)"
# As far as the last @ before the path; behind a name and a colon also a password with strokes in it, as people paste.
_USER = re.compile(
    rf"(?P<before>\b(?:{_WEB}:[/\\]{{0,4}}|[a-z][a-z0-9+.-]{{1,30}}://(?=[^/?#\s@]{{0,400}}:))"
    r"|(?<![:/\\\w])//(?=[^/?#\s@:]{1,400}:))"
    r"(?:[^/?#\s@:\[]{0,400}:(?!\d{0,5}(?:[/?#]|$))[^\s@]{0,400}|[^/?#\s]{0,400})@(?:[^/?#\s]{0,400}@)?",
    re.IGNORECASE,
)
# The same written into another address, once or several times: "?u=https%3A%2F%2Fuser%3Apassword%40host".
_P = r"%(?:25){0,3}"
_USER_ENCODED = re.compile(
    rf"(?P<before>{_WEB}{_P}3A(?:{_P}(?:2F|5C)|[/\\]){{0,4}})"
    rf"(?:(?!{_P}(?:2F|3F|23))[^/?#&\s]){{0,400}}(?P<at>@|{_P}40)",
    re.IGNORECASE,
)
_ASKED = re.compile(r"(?P<before>\bpostgres(?:ql)?://[^\s]{0,400}?[?&](?:ssl)?password=)[^&\s]+", re.IGNORECASE)


def without_user(text: str) -> str:
    """The text with the user's name and password of every address in it hidden: "https://***@host/path".

    Also of an address within the query of another, and without its scheme ("//user:password@host"). Of databases and
    other services that are no web pages a name without a password stays.
    """
    if "@" in text:
        text = _USER.sub(r"\g<before>***@", text)
    if "%" in text:
        text = _USER_ENCODED.sub(r"\g<before>***\g<at>", text)
    return _ASKED.sub(r"\g<before>***", text) if "://" in text else text


def host_of(url: str) -> str:
    """The host that an address names, in small letters; "" where it names none, or is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def comment_in(url: str) -> str | None:
    """What names the comment below a post that an address leads to (`comments.comment_of`); None for no comment."""
    try:
        parts = urlsplit(url)
        return comment_of(one_host(parts.hostname or ""), parts.path, parts.query)
    except ValueError:
        return None


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
