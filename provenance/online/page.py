"""The pictures that a web page names: what it offers to others (og:image), and its img and source elements.

Not a parser of HTML: a scan for the start tags that can name a picture, which is linear in the page whatever it holds,
where html.parser of older Pythons is not (CVE-2025-6069). A page that is drawn by scripts may name none here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urljoin

from ..model.limits import PAGE_ADDRESSES, PAGE_BYTES, PAGE_PICTURES
from ..model.text import unescaped
from .target import LONGEST_URL_CHARS

_TAG = re.compile(rb"<(img|source|meta|link|base)(?=[\s/])([^>]{0,8000})>?", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(?<![a-zA-Z:-])([a-zA-Z:-]{1,40})\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\s"'<>=]+))""")
_OFFERED = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")
_START = re.compile(
    rb"<!--|<\?xml|<(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|meta|link"
    rb"|center)(?=[\s/>])",
    re.IGNORECASE,
)
"""The standard's tags, and some more that pages of servers begin with."""
_DENSITY = re.compile(r"([0-9]{1,5}(?:\.[0-9]{1,3})?)[wx]")


def is_page(body: bytes) -> bool:
    """Whether the bytes begin as HTML does, whatever their declared type (WHATWG MIME Sniffing, section 7.1)."""
    return _START.match(body[:512].removeprefix(b"\xef\xbb\xbf").lstrip()) is not None


def pictures_named(body: bytes, at: str) -> tuple[str, ...]:
    """The addresses of the page's pictures, those it offers first, each once, at most PAGE_PICTURES.

    `at`: the page's own address, or what its base element says, against which each is read.
    """
    tags = list(_tags(body[:PAGE_BYTES]))
    base = next((values["href"] for name, values in tags if name == "base" and values.get("href")), "")
    offered = [values["content"] for name, values in tags if name == "meta" and _offers(values)]
    linked = [values.get("href", "") for name, values in tags if name == "link" and values.get("rel") == "image_src"]
    shown = [one for name, values in tags if name in ("img", "source") for one in _shown(name, values)]
    against = _joined(at, base) or at
    found: dict[str, None] = {}
    for one in islice(dict.fromkeys((*offered, *linked, *shown)), PAGE_ADDRESSES):
        whole = _joined(against, one)
        if whole.lower().startswith(("http://", "https://")):
            found[whole.partition("#")[0]] = None
            if len(found) == PAGE_PICTURES:
                break
    return tuple(found)


def _joined(base: str, written: str) -> str:
    """The whole address, "" for none or one that is too long: joining takes time by the length of both."""
    try:
        whole = urljoin(base, written.strip()) if len(written) <= LONGEST_URL_CHARS else ""
    except ValueError:
        return ""
    return whole if len(whole) <= LONGEST_URL_CHARS else ""


def _tags(body: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    for match in _TAG.finditer(_without_comments(body)):
        written = match[2].decode("utf-8", "replace")
        values: dict[str, str] = {}
        for one in _ATTRIBUTE.finditer(written):
            value = next((part for part in one.groups()[1:] if part is not None), "")
            values.setdefault(one[1].lower(), unescaped(value))
        yield match[1].decode().lower(), values


def _without_comments(body: bytes) -> bytes:
    """What a reader of the page does not see is not fetched; a comment that never ends is none."""
    kept, at = bytearray(), 0
    while (start := body.find(b"<!--", at)) >= 0 and (end := body.find(b"-->", start + 4)) >= 0:
        kept += body[at:start]
        at = end + 3
    return bytes(kept + body[at:])


def _offers(values: dict[str, str]) -> bool:
    named = (values.get("property") or values.get("name") or "").lower()
    return named in _OFFERED and bool(values.get("content"))


def _shown(name: str, values: dict[str, str]) -> Iterator[str]:
    """The largest of a srcset; else the plain address of an img. A source of sound or film is none."""
    if "srcset" in values or "data-srcset" in values:
        largest = _largest(values.get("srcset") or values.get("data-srcset", ""))
        if largest:
            yield largest
            return
    if name == "img":
        yield from (values[key] for key in ("src", "data-src") if values.get(key))


def _largest(srcset: str) -> str:
    """Of "a.jpg 480w, b.jpg 800w" the second."""
    best, most = "", -1.0
    for candidate in srcset.split(", ") if ", " in srcset else srcset.split(","):
        parts = candidate.split()
        if not parts:
            continue
        told = _DENSITY.fullmatch(parts[1]) if len(parts) > 1 else None
        size = float(told[1]) if told else 1.0
        if size > most:
            best, most = parts[0].rstrip(","), size
    return best
