"""The words that strangers or the desk wrote in an item, which other findings look through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from ..model.evidence import Appearance, Bound, BoundKind, Claim, Evidence, Lead

Item = TypeVar("Item", bound=Evidence)
MOST_TEXTS, MOST_TEXTS_CHARS = 400, 400_000
"""Texts looked through in one report, and their characters together; a desk records some dozens of some hundreds."""


def looked_through(items: Iterable[Item], wanted: Callable[[str], object]) -> Iterator[tuple[Item, str]]:
    """The items' texts of which `wanted` is true, the first ones within the limits, each with its item."""
    left, left_chars = MOST_TEXTS, MOST_TEXTS_CHARS
    for item in items:
        for text in texts(item):
            if not wanted(text):
                continue
            if left <= 0 or left_chars <= 0:
                return
            left, left_chars = left - 1, left_chars - len(text)
            yield item, text


def texts(item: Evidence) -> tuple[str, ...]:
    """Captions, posts, quotes and notes, each once; the program's own sentences are none."""
    if isinstance(item, Appearance):
        return tuple(dict.fromkeys((item.post_text, item.caption, item.notes)))
    if isinstance(item, Bound):
        own = item.bound in (BoundKind.RECEIVED, BoundKind.CHECKED_BEFORE)
        return () if own else (item.statement,)
    return (item.quote,) if isinstance(item, Claim | Lead) else ()
