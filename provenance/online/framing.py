"""Whether a reply says plainly where it ends: what ends where nobody can tell may be half of what was sent.

The libraries below read on to the end of the connection where a header of framing is none, and take what came for the
whole. RFC 9112, section 6.3 has such a reply refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..errors import FetchError
from ..model.text import quoted

_LENGTH = re.compile(r"[0-9]{1,18}")
_HEADER = re.compile(rb"(.*?\n)\r?\n", re.DOTALL)
_STATED = re.compile(rb"^(content-length|transfer-encoding)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_SWITCHING = 101
_NOTHING = "nothing of it is used; ask again later, or another source"


def on_the_way(status: int) -> bool:
    """Whether the final reply is still to come (RFC 9110, section 15.2); after 101 nothing is HTTP."""
    return 100 <= status < 200 and status != _SWITCHING


def whole_header(received: bytes, authority: str) -> bytes:
    """The header of the final reply, of the bytes that came first. Raises FetchError where the connection ended within
    it, which is read as if it had been whole.
    """
    at = 0
    while found := _HEADER.match(received, at):
        if not on_the_way(_status(found[1])):
            return found[1]
        at = found.end()
    raise FetchError(f"{authority}: the reply ends too early, within its header", remedy=_NOTHING)


def _status(header: bytes) -> int:
    """As the library reads it, which takes "0103" too: else the header judged here is not the one it went by."""
    words = header.partition(b"\n")[0].decode("latin-1").split(None, 2)
    try:
        return int(words[1])
    except (IndexError, ValueError):
        return 0


def require_framing(header: bytes, headers: Mapping[str, str], authority: str) -> None:
    """Raises FetchError for a length that is none, for a framing that is not read here, and for one that stands in the
    header as it came and not in what was read of it, as behind a line that is none.
    """
    coding, length = headers.get("Transfer-Encoding"), headers.get("Content-Length")
    if any(stated.decode() not in headers for stated in _STATED.findall(header)):
        raise FetchError(f"{authority}: the header of the reply cannot be read", remedy=_NOTHING)
    # With a blank behind it the library below takes it for another coding, and the framing for the body.
    if coding is not None and coding.lower() != "chunked":
        raise FetchError(f"{authority}: the reply is framed as {quoted(coding, limit=40)}", remedy=_NOTHING)
    if coding is not None or length is None:
        return
    if not all(_LENGTH.fullmatch(part.strip()) for part in length.split(",")):
        raise FetchError(f"{authority}: the reply states its length as {quoted(length, limit=40)}", remedy=_NOTHING)
