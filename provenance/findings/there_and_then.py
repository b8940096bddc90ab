"""What the sky, the weather or a thing excludes: a time at a place, and neither of the two alone.

"No snow lay in Madrid on 9 January" says nothing of Lisbon on that day, and nothing of Madrid on another. Who denies in
words that a picture is from a place, or of a day, denies each.
"""

from __future__ import annotations

from ..model.evidence import Appearance, Bound, BoundKind, Claim, Evidence
from ..model.place import Place
from ..model.time import Interval
from .intervals import end, start
from .regions import Relation, relate

_PHYSICAL = frozenset({BoundKind.SUN, BoundKind.WEATHER, BoundKind.OBJECT})


def bears_on(denial: Evidence, place: Place | None, time: Interval | None) -> bool:
    """Whether a denial can speak against whatever says this place and time; always, unless it denies both at once."""
    if not isinstance(denial, Bound) or denial.bound not in _PHYSICAL or not (denial.place and denial.time):
        return True
    if place is None or time is None:
        return False
    then = start(denial.time) <= start(time) and end(time) <= end(denial.time)
    return then and relate(place, denial.place).relation is Relation.INSIDE


def bears_on_item(denial: Evidence, item: Evidence) -> bool:
    """The same of another item of evidence, by what it says of the capture."""
    if isinstance(item, Appearance):
        return bears_on(denial, item.caption_place, item.caption_time)
    if isinstance(item, Claim | Bound):
        return bears_on(denial, item.place, item.time)
    return bears_on(denial, None, None)
