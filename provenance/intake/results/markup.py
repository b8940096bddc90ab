"""HTML as a stream of start tags, end tags and text: one pass, linear in the page whatever it holds.

Not html.parser, which was quadratic in some releases of Python that this program runs on (CVE-2025-6069). The rules are
those of the HTML standard, section 13.2.5, as far as links, pictures and words need them: a quote that never closes
takes the rest of the page with it, and what stands in script or style is no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...model.text import unescaped

_NAME = re.compile(r"[a-zA-Z][^\s/>]{0,60}")
_SPACE = re.compile(r"[\s/]*")
_ATTRIBUTE = re.compile(r"[^\s/>=][^\s/>=]*")
_EQUALS = re.compile(r"\s*=\s*")
_BARE = re.compile(r"[^\s>]*")
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "noscript", "textarea", "title", "template", "iframe")
}
"""Elements whose content is passed over."""
_NO_ENTITY_CHARS = 4_000
"""A longer value is a picture written as text, which has no entities to undo."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A start tag: its name in lower case and its attributes, the first of each name."""

    name: str
    attributes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Closing:
    """An end tag."""

    name: str


_MOST_ATTRIBUTES = 200
"""Of one tag, repeated names and stray signs among them; with more it is taken for one that never ends. Seven million
of one name took 30 s."""

Token = Opening | Closing | str


def tokens(page: str) -> Iterator[Token]:
    """The page's tags and the text between them, in order. Never raises."""
    at = 0
    while at < len(page):
        tag = page.find("<", at)
        if tag != at:
            end = len(page) if tag < 0 else tag
            yield unescaped(page[at:end])
            at = end
            continue
        token, at = _tag(page, at)
        yield token
        if isinstance(token, Opening) and token.name in _RAW:
            closed = _RAW[token.name].search(page, at)
            at = closed.start() if closed else len(page)


def _tag(page: str, at: int) -> tuple[Token, int]:
    """What begins with the "<" at this place, "" for what is neither tag nor text, and where it ends."""
    if page.startswith("<!--", at):
        end = page.find("-->", at + 4)
        return "", len(page) if end < 0 else end + 3
    closing = page.startswith("</", at)
    name = _NAME.match(page, at + 1 + closing)
    if name is None:
        if page[at + 1 : at + 2] in ("!", "?", "/"):
            end = page.find(">", at)
            return "", len(page) if end < 0 else end + 1
        return "<", at + 1
    attributes, at, whole = _attributes(page, name.end())
    if not whole:
        return "", at
    return (Closing(name[0].lower()) if closing else Opening(name[0].lower(), attributes)), at


def _attributes(page: str, at: int) -> tuple[dict[str, str], int, bool]:
    """The attributes from this place to the end of the tag, where that is, and whether the tag ends at all."""
    found: dict[str, str] = {}
    for _ in range(_MOST_ATTRIBUTES + 1):
        if at >= len(page):
            break
        at = _after(_SPACE, page, at)
        if page.startswith(">", at):
            return found, at + 1, True
        name = _ATTRIBUTE.match(page, at)
        if name is None:  # a stray "="
            at += 1
            continue
        at = name.end()
        value = ""
        if equals := _EQUALS.match(page, at):
            at = equals.end()
            quote = page[at : at + 1]
            if quote in ('"', "'"):
                end = page.find(quote, at + 1)
                if end < 0:
                    break
                value, at = page[at + 1 : end], end + 1
            else:
                end = _after(_BARE, page, at)
                value, at = page[at:end], end
        found.setdefault(name[0].lower(), value if len(value) > _NO_ENTITY_CHARS else unescaped(value))
    return found, len(page), False


def _after(pattern: re.Pattern[str], page: str, at: int) -> int:
    found = pattern.match(page, at)
    return found.end() if found else at
