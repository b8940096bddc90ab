"""The last pass, over the shortlist only: references whose own file is at hand are opened and compared in full.

A set keeps a likeness of 128 pixels. With the pixels of the reference two answers can be mended: what agreed like a
copy is another moment before the same camera when things moved in it (full/weighed.py); what the fitted score refused
is a copy when nearly every block of it lies where one transform puts it and looks alike, which no other photograph of
the scene does, or when this holds for most blocks and much of the picture is plain black or white (points/worn.py), or
when all that differs repeats in rows, as an agency's mark over a preview does (full/repeated.py), or is paint on one of
both (full/painted.py). And a copy becomes a shared element where both are pages and other writing stands in many lines
(full/filled.py). What cannot be opened stays what it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..model.image import WorkingCopy
from ..model.matches import Answer
from .found import Found, joined
from .full.closely import Left, left
from .full.filled import filled_differently, writing
from .full.registered import registered
from .full.weighed import (
    ANOTHER_FROM,
    SHIFT_PX,
    WORN_MEDIAN,
    all_alike,
    log_odds,
    marked_all_over,
    may_be_another,
    nothing_moved,
    painted_over,
    unchanged,
    worn_all_over,
)
from .points import scoring
from .points.worn import clipped
from .sighted import Sighting, reground
from .views import View, Views

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Open = Callable[[str], WorkingCopy | None]
"""The pixels of a reference by its image id; None when its file is not at hand."""
_How = Callable[[Sighting, View, WorkingCopy], Sighting]

MOST_COPIES, MOST_REFUSED = 8, 3
_BESIDE_FROM = -2.0
"""Where another reference of the shortlist was told to be another moment, or the likeness said so of this one."""
_USUAL, _MOST_LESS = -2.5, 6.0
"""Three quarters of copies lie below the first and nine in ten frames above; scores fall by what lies beyond."""
_UNCHANGED_MORE = 3.7
"""About the logarithm of how much more often than in frames nothing is left but noise in copies."""
_RELATED_FROM = -2.5
_WORN_BLOCKS, _WORN_ALIKE, _WORN_SHARED_SHIFT, _WORN_CLIPPED = 30, 0.5, 0.05, 0.1
"""In fitting the first pass none of 190 other photographs of a scene and none of 292 refused frames."""


def judged(found: Sequence[Found], refused: Sequence[Sighting], views: Views, opening: Open) -> list[Found]:
    """What was found, with the surest copies compared in full; without a copy, the likeliest of what was refused."""
    ranked = sorted((one for one in found if _by_points(one)), key=lambda one: one.order)
    anew = {one.image_id: _found_anew(one, views, opening) for one in ranked[:MOST_COPIES]}
    if any(one.sighting is not None and one.sighting.filled for one in anew.values()):
        anew |= {one.image_id: _found_anew(one, views, opening) for one in ranked[MOST_COPIES:]}
    anew |= _frames_anew(found, refused, views, opening)
    if any(one.sighting is not None and one.sighting.moved for one in anew.values()):
        anew = {name: _beside_another(one) for name, one in anew.items()}
    result = [anew.get(one.image_id, one) for one in found]
    filled = {one.image_id for one in anew.values() if one.sighting is not None and one.sighting.filled}
    if any(one.answer is Answer.COPY and one.image_id not in filled for one in (*found, *result)):
        return result
    better = {one.image_id: one for one in _promoted([*_sightings(result), *refused], views, opening)}
    kept = [one for one in result if one.image_id not in better]
    return [*kept, *joined([one for one in result if one.image_id in better], list(better.values()))]


def mended(sighting: Sighting, view: View, colours: WorkingCopy) -> Sighting:
    """The sighting, seen in that view, after both were compared in full."""
    seen = compared(sighting, view, colours) if _likely(sighting) else None
    told = sighting if seen is None else decided(sighting, seen, view)
    return _of_one_form(told, view, colours) if _agrees(told) else told


def _likely(one: Sighting) -> bool:
    """A copy, or what may be one though it was refused; what is too small a part is none."""
    if _agrees(one) or one.answer is Answer.SHARED_ELEMENT:
        return _agrees(one)
    return scoring.related(one.laid.agreement) >= _RELATED_FROM


def compared(sighting: Sighting, view: View, colours: WorkingCopy) -> Left | None:
    """What is left when both are laid on one another in full; None where too little is left to be compared."""
    if view.query is None:
        return None
    laid, grey = sighting.laid, _as_paired(sighting, view.query.grey)
    both = registered(laid.transform, grey, colours.pixels, reference_xy=laid.reference_xy, size_px=sighting.size_px)
    return None if both is None else left(both)


def _of_one_form(sighting: Sighting, view: View, colours: WorkingCopy) -> Sighting:
    """A shared element where both are papers of one form, filled in differently; else what it was."""
    if view.query is None:
        return sighting
    laid, grey = sighting.laid, _as_paired(sighting, view.query.grey)
    seen = writing(laid.transform, grey, colours.pixels, reference_xy=laid.reference_xy, size_px=sighting.size_px)
    if seen is None or not filled_differently(seen):
        return sighting
    return replace(sighting, answer=Answer.SHARED_ELEMENT, moved=False, another=None, filled=True)


def _as_paired(sighting: Sighting, grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The query as detected, mirrored where the pairs are."""
    import numpy as np

    return np.ascontiguousarray(grey[:, ::-1]) if sighting.laid.mirrored else grey


def decided(sighting: Sighting, seen: Left, view: View) -> Sighting:
    """The sighting, seen in that view, with the answer and the score that what is left carries."""
    if _agrees(sighting):
        return _agreeing(sighting, seen)
    if scoring.overlapping_view(sighting.laid.agreement) or view.query is None:
        return sighting
    worn = seen.median >= WORN_MEDIAN and seen.alike >= _WORN_ALIKE and seen.blocks >= _WORN_BLOCKS
    worn = worn and seen.shift_px <= SHIFT_PX and seen.shared_shift <= _WORN_SHARED_SHIFT
    worn = worn and clipped(view.query.grey, sighting.laid.query_xy) >= _WORN_CLIPPED
    if worn or all_alike(seen) or marked_all_over(seen) or painted_over(seen):
        return reground(replace(sighting, answer=Answer.COPY), view)
    return sighting


def _agrees(one: Sighting) -> bool:
    """A copy by its score, also where the likeness says that something moved."""
    return one.answer is Answer.COPY or (one.answer is Answer.SAME_SCENE and one.moved)


def _agreeing(sighting: Sighting, seen: Left) -> Sighting:
    """What agrees like a copy: one, or another moment. What the likeness said of it is seen anew."""
    another = log_odds(seen)
    if worn_all_over(seen):
        return sighting
    copy = replace(sighting, answer=Answer.COPY, moved=False)
    if unchanged(seen):
        return replace(copy, score=copy.score + _UNCHANGED_MORE)
    if nothing_moved(seen) or marked_all_over(seen) or painted_over(seen):
        return copy
    weighed = replace(copy, score=copy.score - max(0.0, min(_MOST_LESS, another - _USUAL)))
    if not may_be_another(seen):
        return weighed
    return _told_apart(replace(weighed, another=another), _BESIDE_FROM if sighting.moved else ANOTHER_FROM)


def _told_apart(sighting: Sighting, limit: float) -> Sighting:
    """Another moment where the log-odds reach the limit."""
    moved = sighting.another is not None and sighting.another >= limit
    return replace(sighting, answer=Answer.SAME_SCENE, moved=True) if moved else sighting


def _beside_another(one: Found) -> Found:
    """A copy beside another moment of one scene: the set holds several frames of it, so less is asked for."""
    if one.sighting is None or one.answer is not Answer.COPY:
        return one
    return replace(one, sighting=_told_apart(one.sighting, _BESIDE_FROM))


def _by_points(one: Found) -> bool:
    return one.sighting is not None and _agrees(one.sighting) and not one.exact


def _frames_anew(found: Sequence[Found], refused: Sequence[Sighting], views: Views, opening: Open) -> dict[str, Found]:
    """Of the whole frames that were trusted against their points those that are papers of one form."""
    alone = {one.image_id: one for one in found if one.sighting is None and not one.exact}
    laid = [one for one in refused if one.image_id in alone and one.answer is Answer.SHARED_ELEMENT]
    anew = [_opened(one, views, opening, _of_one_form) for one in laid[:MOST_COPIES]]
    return {one.image_id: replace(alone[one.image_id], sighting=one) for one in anew if one.filled}


def _sightings(found: Sequence[Found]) -> list[Sighting]:
    return [one.sighting for one in found if one.sighting is not None]


def _found_anew(one: Found, views: Views, opening: Open) -> Found:
    return one if one.sighting is None else replace(one, sighting=_anew(one.sighting, views, opening))


def _anew(sighting: Sighting, views: Views, opening: Open) -> Sighting:
    return _opened(sighting, views, opening, mended)


def _opened(sighting: Sighting, views: Views, opening: Open, how: _How) -> Sighting:
    """The sighting, seen anew in this way where its reference can be opened."""
    colours = opening(sighting.image_id)
    view = views.seen(sighting.box_px, sighting.laid.query_px, sighting.taken_back)
    return sighting if colours is None else how(sighting, view, colours)


def _promoted(refused: Sequence[Sighting], views: Views, opening: Open) -> list[Sighting]:
    """Of the likeliest of what was refused those that are copies nevertheless."""
    likely = [one for one in refused if not _agrees(one) and _likely(one)]
    likely.sort(key=lambda one: (-scoring.related(one.laid.agreement), one.image_id))
    first = list({one.image_id: one for one in reversed(likely)}.values())[::-1][:MOST_REFUSED]
    anew = [_anew(one, views, opening) for one in first]
    return [one for one in anew if one.answer is Answer.COPY]
