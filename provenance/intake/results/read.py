"""A saved page of a reverse image search -> its hits: address, title, words around it, and its small picture.

No engine's layout is known here. A hit is a link that leads outside; what belongs to it is what stands nearest: the
innermost element around the link that holds a picture. Layouts change every few months, nearness does not.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from urllib.parse import unquote_to_bytes, urljoin

from ...errors import InputError
from ...model.limits import RESULTS_BYTES, RESULTS_HITS, RESULTS_THUMBNAIL_BYTES
from .engines import engine_of, host_of
from .mhtml import bundle, is_mhtml
from .tree import Tree, tree_of

MOST_LEVELS = 8
"""Elements around a link in which its picture is looked for; a farther one belongs to the page, not to the hit."""
MOST_TOGETHER = 16
"""Links that share one picture, the pages on which an engine saw it; pictures in one hit; and links to one page."""
LEAST_BYTES = 1_200
"""Of a small picture; what is smaller is the icon of a site, which stands beside most hits."""
_TITLE_CHARS, _AROUND_CHARS = 300, 600
_LEAST_TITLE = 3
_SAVED_FROM = re.compile(rb"(?:saved from url=\([0-9]{1,6}\)|saved with SingleFile\s{1,8}url:\s{0,4})([^\s>]{1,8000})")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
_DATA = re.compile(r"data:image/[a-z0-9.+-]{1,40}(?:;[a-z0-9=.+-]{1,60}){0,4},", re.IGNORECASE)
_OF_THE_WEB = re.compile(
    r"utf-8|utf-16(?:-[lb]e)?|iso8859-\d{1,2}|cp\d{3,4}|koi8-[ru]|mac-cyrillic|shift_jis|euc_(?:jp|kr)|gb\w+|big5"
)
_HEAD_BYTES = 2**16


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One page that the engine names."""

    url: str
    title: str
    around: str
    """The words that stand with it, its title among them."""
    thumbnail: bytes | None = field(repr=False)
    """The first of its pictures that lies with the page; None where none does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What a saved page lists."""

    engine: str
    address: str
    """Of the page, as the browser wrote it into the file; "" where it did not."""
    hits: tuple[Hit, ...]
    more: bool
    """Whether the page has more than are listed."""


Thumbnail = Callable[[int], bytes | None]
"""A picture of the page by its number -> its bytes, where they lie with the page."""
Beside = Callable[[str], bytes | None]
"""A reference as it stands in the page -> the file that was saved with it."""


def read_results(data: bytes, *, engine: str = "", beside: Beside = lambda _: None) -> Results:
    """The hits on a page that a browser saved, as HTML or MHTML, in its order; each address once. No script is run.

    `engine`: its name, where a person says it. Raises InputError for what is no such page, or lists nothing.
    """
    if len(data) > RESULTS_BYTES:
        raise InputError(f"more than {RESULTS_BYTES:,} bytes", remedy="save one page of results at a time")
    address, page, parts = _parts(data)
    if "<" not in page:
        raise InputError("no web page by its content", remedy="save the page from the browser, as HTML or MHTML")
    tree = tree_of(page, address)
    found = _hits(tree, cache(lambda index: _thumbnail(tree.pictures[index], address, parts, beside)))
    if not found:
        raise InputError(
            "a page without a link that leads outside",
            remedy="scroll to the results before you save it, or note hits one by one with --kind hit",
        )
    named = engine or engine_of(address)
    hits, more = tuple(found[:RESULTS_HITS]), tree.cut or len(found) > RESULTS_HITS
    return Results(engine=named, address=address if host_of(address) else "", hits=hits, more=more)


def _parts(data: bytes) -> tuple[str, str, Mapping[str, bytes]]:
    """Address, text and parts of the saved page."""
    if is_mhtml(data):
        found = bundle(data)
        if found is None:
            raise InputError("a damaged MHTML file", remedy="save the page again")
        return found.address, _text(found.page, found.charset), found.parts
    head = data[:_HEAD_BYTES]
    said, charset = _SAVED_FROM.search(head), _CHARSET.search(head)
    address = said[1].decode("utf-8", "replace") if said else ""
    return address, _text(data, charset[1].decode() if charset else "utf-8"), MappingProxyType({})


def _text(page: bytes, charset: str) -> str:
    """The page in the charset that it names, where that is one of the web; some codecs of Python cost by the square."""
    try:
        known = codecs.lookup(charset).name
    except (LookupError, ValueError):
        known = ""
    return page.decode(known if _OF_THE_WEB.fullmatch(known) else "utf-8", "replace").replace("\0", "\ufffd")


def _hits(tree: Tree, thumbnail: Thumbnail) -> list[Hit]:
    """A hit for each address, with what its links say and hold."""
    only = tree.only()
    links: dict[str, list[tuple[int, str]]] = {}
    for element, address, said in tree.links:
        if len(of_one := links.setdefault(address, [])) < MOST_TOGETHER:
            of_one.append((element, said))
    hits = []
    for address, named in list(links.items())[: RESULTS_HITS + 1]:
        titles = [tree.words_of(element, _TITLE_CHARS) or said[:_TITLE_CHARS] for element, said in named]
        own = [_widest(tree, element, address, only) for element, _ in named]
        around = max((tree.words_of(element, _AROUND_CHARS) for element in own), key=len)
        title = next((one for one in sorted(titles, key=len, reverse=True) if len(one) >= _LEAST_TITLE), "")
        picture = next(
            (one for element, _ in named if (one := _picture(tree, element, address, only, thumbnail))), None
        )
        hits.append(Hit(url=address, title=title or around[:_TITLE_CHARS], around=around, thumbnail=picture))
    return hits


def _widest(tree: Tree, element: int, address: str, only: list[str]) -> int:
    """The outermost element near a link that has links to its address alone."""
    around = [one for _, one in zip(range(MOST_LEVELS), tree.up(element), strict=False) if only[one] == address]
    return around[-1] if around else element


def _picture(tree: Tree, element: int, address: str, only: list[str], thumbnail: Thumbnail) -> bytes | None:
    """The largest picture, in bytes, of the innermost element around the link that holds one; None where that is open.

    Where other links stand in it as well, it must be the only one: else it may be another hit's.
    """
    for _, around in zip(range(MOST_LEVELS), tree.up(element), strict=False):
        shown = tree.pictures_in(around)
        if tree.links_in(around) > MOST_TOGETHER or len(shown) > MOST_TOGETHER:
            return None
        at_hand = [thumbnail(index) for index in shown]
        pictures = [data for data in at_hand if data is None or len(data) >= LEAST_BYTES]
        if pictures:
            alone = len(pictures) == 1 or only[around] == address
            return max((data for data in pictures if data), key=len, default=None) if alone else None
    return None


def _thumbnail(named: tuple[str, ...], at: str, parts: Mapping[str, bytes], beside: Beside) -> bytes | None:
    """The bytes of a picture of the page, from the page itself or from what was saved with it."""
    for one in named:
        if inside := _DATA.match(one):
            data = _data(one, inside)
        elif parts:
            data = parts.get(one) or parts.get(_joined(at, one))
        else:
            data = None if "://" in one or one.startswith("//") else beside(one)
        if data and len(data) <= RESULTS_THUMBNAIL_BYTES:
            return data
    return None


def _data(reference: str, head: re.Match[str]) -> bytes | None:
    if len(reference) > 2 * RESULTS_THUMBNAIL_BYTES:
        return None
    plain = unquote_to_bytes(reference[head.end() :])
    if not head[0].lower().endswith(";base64,"):
        return plain
    try:
        return base64.b64decode(plain)
    except (binascii.Error, ValueError):
        return None


def _joined(at: str, reference: str) -> str:
    try:
        return urljoin(at, reference)
    except ValueError:
        return ""
