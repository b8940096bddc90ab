"""A page saved as one file with its pictures (MHTML, RFC 2557): the page, and its parts by address and by id.

One level of parts is read, as browsers write them. Cut by hand rather than by `email`, whose reader follows parts
within parts as deep as they go and line by line.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser

from ...model.limits import RESULTS_PARTS

_HEADER_BYTES = 2**15
_END = re.compile(rb"\r?\n\r?\n")
_CHARSET = re.compile(r"[A-Za-z0-9_.:-]{1,40}")


@dataclass(frozen=True, slots=True)
class Bundle:
    """A page and what was saved with it."""

    address: str
    """Of the page, as the file says."""
    page: bytes
    charset: str
    parts: Mapping[str, bytes]
    """By address, and by "cid:" and id."""


def is_mhtml(data: bytes) -> bool:
    """Whether the file begins with the header of a bundle of parts."""
    return not data[:100].lstrip().startswith(b"<") and b"multipart/related" in data[:_HEADER_BYTES].lower()


def bundle(data: bytes) -> Bundle | None:
    """The page and its parts, at most RESULTS_PARTS; None where the file is damaged. Never raises."""
    head, body = _cut(data)
    boundary = head.get_boundary()
    if not boundary:
        return None
    mark = b"\n--" + boundary.encode("utf-8", "replace")
    page: tuple[Message, bytes] | None = None
    parts: dict[str, bytes] = {}
    for piece in (b"\n" + body).split(mark, RESULTS_PARTS + 1)[1 : RESULTS_PARTS + 1]:
        told, content = _cut(piece.lstrip(b"\r\n"))
        content = _plain(content.removesuffix(b"\r"), str(told.get("Content-Transfer-Encoding", "")))
        if page is None and told.get_content_type() == "text/html":
            page = told, content
            continue
        if location := str(told.get("Content-Location", "")).strip():
            parts.setdefault(location, content)
        if name := str(told.get("Content-ID", "")).strip().strip("<>"):
            parts.setdefault(f"cid:{name}", content)
    if page is None:
        return None
    address = str(head.get("Snapshot-Content-Location", "") or page[0].get("Content-Location", "")).strip()
    charset = str(page[0].get_content_charset() or "utf-8")
    return Bundle(address, page[1], charset if _CHARSET.fullmatch(charset) else "utf-8", parts)


def _cut(data: bytes) -> tuple[Message, bytes]:
    """Header and content of a part; a header that does not end soon is none."""
    end = _END.search(data, 0, _HEADER_BYTES)
    head = data[: end.start()] if end else b""
    return HeaderParser().parsestr(head.decode("utf-8", "replace")), data[end.end() :] if end else data


def _plain(content: bytes, coding: str) -> bytes:
    """The content without its transfer coding; empty where that is damaged."""
    try:
        match coding.strip().lower():
            case "base64":
                return base64.b64decode(content)
            case "quoted-printable":
                return quopri.decodestring(content)
    except (binascii.Error, ValueError):
        return b""
    return content
