"""Matches, publications and searches in words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model.evidence import Appearance
from ..model.finding import Sentence
from ..model.matches import Answer, Match, Reference, Search
from ..model.publication import CopyKind, DateBasis
from ..model.said import known_by, span, where
from ..model.text import counted, quoted
from .intervals import LATEST, end, start
from .strength import DATES_NOTHING
from .wording import cited, name

MOST_SHOWN = 120
"""Characters of an address in a sentence; the evidence has the whole."""
UNDATED = (LATEST, LATEST, "")


def dated(item: Appearance) -> tuple[object, object, str]:
    """Sorts appearances by the end of their date, since that is what a publication proves; undated ones last."""
    if item.published is None or item.date_basis in DATES_NOTHING - {DateBasis.UNKNOWN}:
        return LATEST, LATEST, item.id
    return end(item.published), start(item.published), item.id


def surest(match: Match) -> tuple[bool, float, int, str]:
    """Sorts matches of one date: equal bytes, then the surest alignment, then the nearest whole frame."""
    sure = -match.alignment.log_odds if match.alignment is not None else 0.0
    return match.fingerprint != "sha256", sure, match.distance_bits, match.id


def shown(reference: Reference) -> str:
    """A reference picture by its file name, else by the start of its digest."""
    return reference.name or reference.path.replace("\\", "/").rpartition("/")[2] or reference.image_id[:12]


def how(match: Match) -> str:
    """How a match relates to the picture, and by what measure."""
    kind = {
        CopyKind.EXACT: "the same bytes",
        CopyKind.NEAR: "a near copy",
        CopyKind.MIRRORED: "a mirrored copy",
        CopyKind.CROP: "a crop",
        CopyKind.COMPONENT: "a copy of a small part of the picture",
    }
    less = {
        Answer.SAME_SCENE: "alike as another picture of the scene or a neighbouring frame would be",
        Answer.SHARED_ELEMENT: "a picture that shares an element",
    }
    what = less.get(match.answer) or kind.get(match.copy, f"a {match.copy.value.replace('_', ' ')}")
    if match.fingerprint == "sha256":
        return f"{shown(match.reference)} is {what}: equal SHA-256."
    if match.alignment is not None and not match.radius_bits:
        laid = match.alignment
        return (
            f"{shown(match.reference)} is {what}, {match.transform}: {laid.points} of {laid.points_in_view} points and "
            f"{round(100 * laid.blocks_alike)} % of the blocks agree."
        )
    return (
        f"{shown(match.reference)} is {what}, {match.transform}: {match.distance_bits} of at most {match.radius_bits} "
        f"bits apart by {match.fingerprint}."
    )


def appeared(item: Appearance) -> str:
    """One publication of a matched picture, or one page on which an archive or engine saw it."""
    day = f"{span(item.published)} ({known_by(item.date_basis)})" if item.published else "no date recorded"
    denied = "not " if item.caption_denies else ""
    place = f", captioned {denied}{where(item.caption_place)}" if item.caption_place else ""
    if item.sighting:
        did = "Captured" if item.date_basis is DateBasis.ARCHIVE_SNAPSHOT else "Seen"
        return f"{did} by {item.by} at {quoted(item.source.origin, limit=MOST_SHOWN)}, {day}; graded {item.grade}."
    return f"Published by {name(item)}, {day}{place}; graded {item.grade}."


def searched(searches: Sequence[Search]) -> list[Sentence]:
    """Each set that was searched, in which state and how."""
    return [
        cited(
            f"Searched: {counted(item.pictures, 'picture')} in {item.set_name} at snapshot {item.snapshot[:12]}, by "
            f"{_how_searched(item)}{_unsearchable(item)}.",
            item,
        )
        for item in searches
    ]


def _how_searched(item: Search) -> str:
    if not item.radius_bits:
        return item.fingerprint if item.fingerprint != "sha256" else "equal bytes (SHA-256)"
    frame, *parts = item.fingerprint.split(" and ")
    return " and ".join([f"{frame} within {item.radius_bits} bits", *parts])


def _unsearchable(item: Search) -> str:
    left = item.pictures - item.searchable
    return f"; {left:,} of them have too little detail to be found" if left > 0 else ""


def planted(item: Search) -> list[Sentence]:
    """Which variants of the very picture this search found when they were held beside the set, or why none was."""
    if item.not_planted:
        return [cited(f"No variant of this picture was planted to test this search: {item.not_planted}.", item)]
    if not item.planted:
        return []
    found = [one.variant for one in item.planted if one.found]
    lost = [one.variant for one in item.planted if not one.found]
    were = "was" if len(item.planted) == 1 else "were"
    told = f": {', '.join(found)}" if found else ""
    told += f"; not found: {', '.join(lost)}" if lost else ""
    of = counted(len(item.planted), "planted variant")
    return [cited(f"{len(found)} of {of} of this picture {were} found{told}.", item), cited(_PLANTED, item)]


def tried(searches: Sequence[Search]) -> str:
    """The same for the one-line answer; of several sets that in which the fewest were found."""
    counts = [(sum(one.found for one in item.planted), len(item.planted)) for item in searches if item.planted]
    if not counts:
        return ""
    found, planted_in_it = min(counts)
    least = "at least " if len(set(counts)) > 1 else ""
    return f"; {least}{found} of {planted_in_it} planted variants found"


_PLANTED = (
    "Planted means: made from this picture and held beside the set in memory while the same search was made; nothing "
    "was written to the set."
)


def missed(searches: Sequence[Search]) -> str:
    """The commonest copies that the searches would have missed by their own account, for the one-line answer."""
    told = [item.would_miss for item in searches]
    if not all(item.radius_bits for item in searches):
        return "; a copy saved again would be missed"
    parts = [part.strip() for text in told for part in re.split(r",|;|\band\b", text)]
    kinds = ["crops"] if "crops" in parts else []
    kinds += ["screenshots"] if any("screenshot" in part for part in parts) else []
    return f"; {' and '.join(kinds)} would be missed" if kinds else ""
