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
_HEADER_ENDS = re.compile(rb"\n\r?\n")
_NOTHING = "nothing of it is used; ask again later, or another source"


def require_whole_header(received: bytes, authority: str) -> None:
    """Raises FetchError where the connection ended within the header, which is read as if it had been whole."""
    if not _HEADER_ENDS.search(received):
        raise FetchError(f"{authority}: the reply ends too early, within its header", remedy=_NOTHING)


def require_framing(headers: Mapping[str, str], authority: str) -> None:
    """Raises FetchError for a length that is none, and for a framing that is not read here."""
    coding, length = headers.get("Transfer-Encoding"), headers.get("Content-Length")
    if coding is not None and coding.strip().lower() != "chunked":
        raise FetchError(f"{authority}: the reply is framed as {quoted(coding, limit=40)}", remedy=_NOTHING)
    if coding is not None or length is None:
        return
    if not all(_LENGTH.fullmatch(part.strip()) for part in length.split(",")):
        raise FetchError(f"{authority}: the reply states its length as {quoted(length, limit=40)}", remedy=_NOTHING)
