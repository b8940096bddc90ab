"""The words that strangers or the desk wrote in an item, which other findings look through."""

from __future__ import annotations

from ..model.evidence import Appearance, Bound, BoundKind, Claim, Evidence, Lead

MOST_TEXTS = 400
"""Texts looked through in one report; a desk records some dozens."""


def texts(item: Evidence) -> tuple[str, ...]:
    """Captions, posts, quotes and notes, each once; the program's own sentences are none."""
    if isinstance(item, Appearance):
        return tuple(dict.fromkeys((item.post_text, item.caption, item.notes)))
    if isinstance(item, Bound):
        own = item.bound in (BoundKind.RECEIVED, BoundKind.CHECKED_BEFORE)
        return () if own else (item.statement,)
    return (item.quote,) if isinstance(item, Claim | Lead) else ()
