"""What each item of evidence can bound, by its kind, the way its date is known, and its grade.

The table, and why, stands in docs/adr/0007-evidence-algebra.md. Three strengths: hard limits are intersected; soft ones
are kept side by side; everything else bounds nothing and is set aside with its reason. A grade judges what an item
says, a date basis how its day is known; the two are never multiplied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from ..model.days.calendars import before_photography
from ..model.days.never_set import WORDS as NEVER_SET
from ..model.days.never_set import by_unset_clock
from ..model.evidence import About, Appearance, Bound, BoundKind, Claim, Evidence, Lead, LeadKind
from ..model.origin import origin_of, roots
from ..model.publication import COPIES, CopyKind, DateBasis
from ..model.said import as_written
from ..model.source import SourceKind
from ..model.time import WESTERNMOST, Interval
from ..placetime.screen.said import NONE_OF_CAPTURE
from .capture_fields import names_the_capture
from .graded import Aside, PlaceItem, Sorted, TimeItem

RECORDED_BY_MACHINE = frozenset(
    {
        DateBasis.AGENCY_RECORD,
        DateBasis.PLATFORM_UTC,
        DateBasis.ARCHIVE_SNAPSHOT,
        DateBasis.PRINT,
        DateBasis.STOCK_RECORD,
        DateBasis.CRAWL_DATE,
    }
)
DATES_NOTHING = frozenset({DateBasis.SEARCH_SNIPPET, DateBasis.CRAWL_RELATIVE, DateBasis.UNKNOWN})
HARD_BOUNDS = frozenset({BoundKind.RECEIVED, BoundKind.CHECKED_BEFORE, BoundKind.SIGNED, BoundKind.AUTHOR_LIFE})
TOO_EARLY = "it is dated before there were photographs, as a year of another calendar is"
_NO_TIME = frozenset({"", TOO_EARLY, NEVER_SET})
"""What speaks against a time alone: the place that an item says beside it counts."""


def sort_evidence(evidence: Iterable[Evidence], dismissed: Mapping[str, str] = MappingProxyType({})) -> Sorted:
    """Sort by content, so that no order of input changes an answer. Nothing is dropped.

    `dismissed`: reasons, by id, for which a person set items aside.
    """
    items = sorted({item.id: item for item in evidence}.values(), key=lambda item: (_in_order(item.label), item.id))
    as_of = received(items)
    same = roots(items)
    times: list[TimeItem] = []
    places: list[PlaceItem] = []
    asides: list[Aside] = []
    for item in items:
        if isinstance(item, Claim) and item.tested:
            continue
        reason = dismissed.get(item.id) or set_aside(item, as_of)
        if reason:
            asides.append(Aside(evidence=item, reason=reason))
        if item.id in dismissed:
            continue
        if reason in _NO_TIME or (isinstance(item, Appearance) and shows_this(item, as_of)):
            root = same.get(origin_of(item), "")
            times.extend(replace(one, root=root) if root else one for one in _times(item))
            places.extend(replace(one, root=root) if root else one for one in _places(item))
    claims = tuple(item for item in items if isinstance(item, Claim) and item.tested)
    return Sorted(times=tuple(times), places=tuple(places), asides=tuple(asides), claims=claims)


def _in_order(label: str) -> tuple[tuple[int, str], ...]:
    """The desk's own ids as people count: c2 before c10."""
    parts = re.split(r"([0-9]{1,18})", label)
    return tuple((int(part), "") if part.isdigit() and part.isascii() else (-1, part) for part in parts)


def set_aside(item: Evidence, as_of: datetime | None) -> str:
    """Why an item bounds nothing; "" when it does, or when it says nothing of place and time."""
    if isinstance(item, Appearance):
        return _appearance_aside(item, as_of)
    if isinstance(item, Lead):
        return {
            LeadKind.SIMILARITY: "a look-alike is a lead, never a limit",
            LeadKind.ABSENCE: "not finding an earlier copy is no limit on the time",
            LeadKind.CONTEXT: "it speaks of the event, not of the picture",
        }[item.lead]
    if isinstance(item, Bound):
        return item.defeaters[0].rstrip(".") if item.defeaters else _too_early(item.time)
    if isinstance(item, Claim) and (item.place or item.time):
        if item.about is About.EVENT:
            return "it speaks of the event, not of the picture"
        if item.defeaters:
            return item.defeaters[0].rstrip(".")
        if item.time and not item.place and not means_capture(item):
            return f"{item.basis} is not a time of capture"
        return NEVER_SET if _never_set(item) else _too_early(item.time)
    return ""


def _too_early(*times: Interval | None) -> str:
    return TOO_EARLY if any(time is not None and before_photography(time) for time in times) else ""


def _never_set(item: Claim) -> bool:
    """Whether a file's tag holds a moment of a day from which clocks count; days and years are no clock's."""
    if item.source.kind is not SourceKind.FILE or item.time is None:
        return False
    start, end = as_written(item.time)
    return bool(start and end and end - start < timedelta(days=1) and by_unset_clock(start.isoformat()))


def means_capture(item: Claim) -> bool:
    """Whether the time of a metadata claim can be that of capture: decided by its field alone."""
    if item.basis in NONE_OF_CAPTURE:
        return False
    return item.source.kind is not SourceKind.FILE or names_the_capture(item.basis)


def _appearance_aside(item: Appearance, as_of: datetime | None) -> str:
    if _after(item, as_of):
        return "it is dated after this check"
    if item.defeaters:
        return item.defeaters[0].rstrip(".")
    if item.copy not in COPIES:
        words = {CopyKind.COMPONENT: "a part of this picture", CopyKind.SIMILAR_SCENE: "another picture of the scene"}
        return f"it shows {words.get(item.copy, 'a picture not known to be this one')}"
    if item.published is not None and item.date_basis in DATES_NOTHING:
        return f"a date known from {_BASIS.get(item.date_basis, 'nothing stated')} dates no publication"
    return _too_early(item.published, item.caption_time)


_BASIS = {DateBasis.SEARCH_SNIPPET: "a search snippet", DateBasis.CRAWL_RELATIVE: "a relative crawl date"}


def shows_this(item: Appearance, as_of: datetime | None) -> bool:
    """Whether it is a copy of this picture, and nothing sets that aside, however the day of publication is known.

    Its caption is then judged by its grade.
    """
    return item.copy in COPIES and not _after(item, as_of) and not item.defeaters


def _after(item: Appearance, as_of: datetime | None) -> bool:
    start = item.published.earliest if item.published else None
    return as_of is not None and start is not None and start > as_of


def received(items: Iterable[Evidence]) -> datetime | None:
    """When the desk had the picture, by its own clock; None where no item says, or the clock was never set."""
    return min((end for item in items if (end := _received(item)) is not None), default=None)


def _received(item: Evidence) -> datetime | None:
    own_clock = isinstance(item, Bound) and item.bound is BoundKind.RECEIVED and not item.defeaters
    return item.time.latest if own_clock and isinstance(item, Bound) and item.time else None


def _times(item: Evidence) -> list[TimeItem]:
    """Its limits on the time, but for those that end before there were photographs."""
    return [one for one in _all_times(item) if not before_photography(one.interval)]


def _all_times(item: Evidence) -> list[TimeItem]:
    if isinstance(item, Appearance):
        return [*_not_after(item), *_captioned(item)]
    if isinstance(item, Claim) and item.time and means_capture(item) and not _never_set(item):
        asserts = _closed(item.time) and not item.denies
        return [TimeItem(evidence=item, interval=item.time, asserts=asserts, denies=item.denies)]
    if isinstance(item, Bound) and item.time:
        hard = item.bound in HARD_BOUNDS and not item.denies
        asserts = _closed(item.time) and not item.denies and not hard
        return [TimeItem(evidence=item, interval=item.time, hard=hard, asserts=asserts, denies=item.denies)]
    return []


def _captioned(item: Appearance) -> list[TimeItem]:
    if item.caption_time is None:
        return []
    denies = bool(item.caption_denies)
    asserts = _closed(item.caption_time) and not denies
    return [TimeItem(evidence=item, interval=item.caption_time, asserts=asserts, denies=denies)]


def _not_after(item: Appearance) -> list[TimeItem]:
    """A copy published by a day was taken by the END of that day; when it was first published is not known from it."""
    if item.published is None or item.published.latest is None or item.date_basis in DATES_NOTHING:
        return []
    page = item.date_basis is DateBasis.PAGE_DATE and item.grade.at_least("B", 2)
    hard = item.date_basis in RECORDED_BY_MACHINE or page
    latest, zone_known = item.published.latest, item.published.zone_known
    if item.date_basis is DateBasis.DISPLAY_NO_TZ and zone_known:
        latest, zone_known = _later(latest), False
    return [TimeItem(evidence=item, interval=Interval(None, latest, zone_known), hard=hard)]


def _later(moment: datetime) -> datetime:
    try:
        return moment + WESTERNMOST
    except OverflowError:
        return moment


def _closed(interval: Interval) -> bool:
    return interval.earliest is not None and interval.latest is not None


def _places(item: Evidence) -> list[PlaceItem]:
    if isinstance(item, Appearance):
        denies = bool(item.caption_denies)
        return [PlaceItem(evidence=item, place=item.caption_place, denies=denies)] if item.caption_place else []
    if isinstance(item, Claim | Bound) and item.place:
        return [PlaceItem(evidence=item, place=item.place, denies=item.denies)]
    return []
