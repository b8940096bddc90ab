"""Later looks, taken where the first found no copy: inner photographs, more detail, and the spots it pointed at."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from ..fingerprint.local.encode import name
from ..fingerprint.local.negative import glance
from ..model.matches import Answer
from ..model.record import Searched
from .found import Found, framed, joined
from .outline import outline
from .points import scoring
from .points.worn import lies_exactly
from .sighted import CANDIDATES, Sighting, reground, sight, sight_these, within
from .views import Box, View, Views, area_px, sides_px

_WHOLE = 0.9
"""A copy that covers this share is of the whole page, and says nothing of the older photographs inside it."""
_TAKEN = 0.5
"""An inner photograph of which a copy covers this share has been found."""
_SPOTS = 3
MOST_LOOKS = 18
"""The whole picture, twelve inner photographs, the sharper look, three spots, one filter taken back."""
_EXACT_POINTS = 60
_NEGATIVE_VOTES = 20_000
"""Of 200 points: negatives of photographs kept for fitting had 36,000 or more, strangers at most 7,000."""
_MARGIN = 0.15
_LEAST_RELATED = -6.0
_LEAST_GAIN = 1.3
_MOST_FRAMED = 20


def further(
    store: Searched, views: Views, found: list[Found], sightings: Sequence[Sighting]
) -> tuple[list[Found], list[Sighting]]:
    """What later looks add, and every candidate. `found`: of the first look; `sightings`: its candidates, those that
    were no match too.

    Each look is bounded: at most 12 inner photographs, one sharper look, three spots. Raises ReferenceSetError.
    """
    settled = {one.image_id: _box(one, views) for one in found if one.answer is Answer.COPY}
    whole = views.copy.width_px * views.copy.height_px
    tried = list(sightings)
    parts = [box for box in settled.values() if area_px(box) < _WHOLE * whole]
    for box in views.inner:
        if not any(_shared_px(box, copy) >= _TAKEN * area_px(box) for copy in parts):
            inside, candidates = _looked(store, views.part(box))
            tried += candidates
            found = _merged(found, [one for one in inside if one.image_id not in settled])
    if _enough(found, views):
        return found, tried
    if views.sharper is not None and views.sharper.query is not None:
        more = [within(one, views.sharper) for one in sight(store, views.sharper.query)]
        found = _merged(found, joined([], more))
        tried += more
    if _enough(found, views):
        return found, tried
    found = _merged(found, _close(store, views, tried))
    if not any(one.answer is Answer.COPY for one in found):
        more = _taken_back(store, views)
        found, tried = _merged(found, joined([], more)), [*tried, *more]
    return found, tried


def _enough(found: Sequence[Found], views: Views) -> bool:
    """Whether a copy was found; of a page with photographs on it, a copy of less than all of it."""
    boxes = [_box(one, views) for one in found if one.answer is Answer.COPY]
    least = _WHOLE * views.copy.width_px * views.copy.height_px if views.framed else math.inf
    return any(area_px(box) < least for box in boxes)


def _looked(store: Searched, view: View) -> tuple[list[Found], list[Sighting]]:
    """An inner photograph asked as a picture of its own: by its whole frame and by its parts; and its candidates."""
    near = [] if view.frame is None else framed(store, view.frame)[:_MOST_FRAMED]
    near = [replace(one, box_px=view.box_px) for one in near]
    if view.query is None:
        return near, []
    seen = [within(one, view) for one in sight(store, view.query, also=[one.image_id for one in near])]
    return joined(near, seen), seen


def _close(store: Searched, views: Views, tried: Sequence[Sighting]) -> list[Found]:
    """The likeliest candidates that were no copy, each laid anew against its own spot at full resolution."""
    ranked = sorted(tried, key=lambda one: (-scoring.related(one.laid.agreement), one.image_id))
    found: list[Found] = []
    seen: set[str] = set()
    for one in ranked:
        if len(seen) == _SPOTS or scoring.related(one.laid.agreement) < _LEAST_RELATED:
            break
        box = _spot(one, views)
        if box is None or one.image_id in seen:
            continue
        seen.add(one.image_id)
        view = views.part(box)
        if view.query is not None:
            closer = sight_these(store, view.query, [(one.image_id, one.laid.mirrored)])
            found = _merged(found, joined([], [within(each, view) for each in closer]))
    return found


def _taken_back(store: Searched, views: Views) -> list[Sighting]:
    """Candidates of the picture with a filter taken back: for a relief, for few tones, for a negative.

    Whether a negative is worth laying is told by the votes of a few points: a stranger's are a hundredth of a copy's.
    """
    if views.reliefs:
        return _asked(store, max(views.reliefs.values(), key=lambda view: (_votes(store, view), view.taken_back)))
    if views.few_tones is not None:
        return _asked(store, views.few_tones)
    asked = views.whole.query
    if asked is None:
        return []
    voted = store.vote(glance(asked), name(), CANDIDATES)
    wanted = [(one.image_id, one.mirrored) for one in voted if one.votes >= _NEGATIVE_VOTES]
    view = views.negative if wanted else None
    if view is None or view.query is None:
        return []
    return [within(one, view) for one in sight_these(store, view.query, wanted)]


def _votes(store: Searched, view: View) -> int:
    """Of the first candidate."""
    voted = [] if view.query is None else store.vote(view.query.probe, name(), 1)
    return voted[0].votes if voted else 0


def _asked(store: Searched, view: View) -> list[Sighting]:
    """Candidates of a relief or of few tones: tones are lost, so that a copy is told by where its points lie."""
    found = [] if view.query is None else [within(one, view) for one in sight(store, view.query)]
    return [_exact(one, view) for one in found]


def _exact(sighting: Sighting, view: View) -> Sighting:
    seen = sighting.laid.agreement
    refused = sighting.answer in (Answer.NO_MATCH, Answer.SAME_SCENE) and not sighting.moved
    many = seen.points >= _EXACT_POINTS and lies_exactly(seen) and not scoring.overlapping_view(seen)
    return reground(replace(sighting, answer=Answer.COPY), view) if refused and many else sighting


def _spot(sighting: Sighting, views: Views) -> Box | None:
    """Where a candidate seems to lie, with a margin; None where looking closer would show no more than before."""
    polygon = outline(sighting, views.size_px)
    if len(polygon) < 3:
        return None
    (x0, y0), (x1, y1) = polygon.min(axis=0).tolist(), polygon.max(axis=0).tolist()
    dx, dy = _MARGIN * (x1 - x0), _MARGIN * (y1 - y0)
    width, height = views.size_px
    box = max(0, int(x0 - dx)), max(0, int(y0 - dy)), min(width, int(x1 + dx) + 1), min(height, int(y1 + dy) + 1)
    asked_px = max(sides_px(sighting.box_px or (0, 0, width, height)))
    before = max(sighting.laid.query_px) / asked_px
    after = min(max(sighting.laid.query_px) / max(sides_px(box)), 2.0)
    return box if min(sides_px(box)) >= 24 and after >= _LEAST_GAIN * before else None


def _merged(found: Sequence[Found], more: Sequence[Found]) -> list[Found]:
    """Both, of each picture the surer."""
    best = {one.image_id: one for one in found}
    for one in more:
        known = best.get(one.image_id)
        if known is None or one.order < known.order:
            best[one.image_id] = one
    return list(best.values())


def _box(found: Found, views: Views) -> Box:
    """The box around what a copy covers."""
    if found.sighting is None:
        return found.box_px or (0, 0, *views.size_px)
    polygon = outline(found.sighting, views.size_px)
    if len(polygon) < 3:
        return (0, 0, 0, 0)
    (x0, y0), (x1, y1) = polygon.min(axis=0).tolist(), polygon.max(axis=0).tolist()
    return int(x0), int(y0), int(x1) + 1, int(y1) + 1


def _shared_px(first: Box, second: Box) -> int:
    width = min(first[2], second[2]) - max(first[0], second[0])
    height = min(first[3], second[3]) - max(first[1], second[1])
    return max(width, 0) * max(height, 0)
