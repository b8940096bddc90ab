"""Every item that speaks of time, with what it counts for: the answer to "when" laid open, for the timeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..model.evidence import Appearance, Bound, Claim, Evidence, Lead
from ..model.noted import Review
from ..model.time import Interval
from ..model.timed import Counts, Says, Timed
from . import shadows
from .graded import Sorted, TimeItem
from .intervals import Hull, hull, within
from .people import set_aside_by, why_aside
from .strength import sort_evidence
from .wording import name

MOST_SHADOWS = 6
"""Claims times shadows that are laid open in windows; each costs up to a tenth of a second once more."""


def timed(evidence: Iterable[Evidence], reviews: Sequence[Review] = ()) -> tuple[Timed, ...]:
    """One entry for each interval that an item of evidence gives, in the order of the evidence; nothing is dropped.

    `reviews`: those of the report; what a person set aside counts for nothing.
    """
    items = tuple({item.id: item for item in evidence}.values())
    aside = {id_: why_aside(review) for id_, review in set_aside_by(reviews, items).items()}
    found = sort_evidence(items, aside)
    left = hull(found.times)
    weighed: dict[str, list[TimeItem]] = {}
    for item in found.times:
        weighed.setdefault(item.evidence.id, []).append(item)
    reasons = {aside.evidence.id: aside.reason for aside in found.asides}
    tested = _tested(found)
    rows = (
        entry
        for item in items
        for entry in _of(item, item.id in tested, weighed.get(item.id, []), reasons.get(item.id, ""), left)
    )
    return (*rows, *_sun(items))


def _sun(items: Sequence[Evidence]) -> Iterator[Timed]:
    for claim, bound, found in shadows.windows(items, most=MOST_SHADOWS):
        yield Timed(
            evidence=bound,
            interval=Interval(found[0].earliest, found[-1].latest, True),
            says=Says.SUN,
            counts=Counts.CONDITIONAL,
            parts=found,
            reason=f"only if the picture was taken where {name(claim)} says",
        )


def _tested(found: Sorted) -> frozenset[str]:
    return frozenset(claim.id for claim in found.claims)


def _of(item: Evidence, tested: bool, weighed: list[TimeItem], reason: str, left: Hull) -> Iterator[Timed]:
    if isinstance(item, Appearance):
        yield from _publication(item, weighed, reason, left)
        return
    time = item.time if isinstance(item, Claim | Bound | Lead) else None
    if time is None:
        return
    says = Says.NOT_TAKEN if isinstance(item, Claim | Bound) and item.denies else Says.TAKEN
    if tested:
        counts = Counts.TESTED
    elif weighed:
        counts = _counts(weighed[0], left)
    else:
        counts = Counts.LEAD if isinstance(item, Lead) else Counts.NOTHING
        reason = reason or "it is not a time of capture"
    yield Timed(evidence=item, interval=time, says=says, counts=counts, reason=reason)


def _publication(item: Appearance, weighed: list[TimeItem], reason: str, left: Hull) -> Iterator[Timed]:
    """The time of publication, then that of the caption, as the sorting lists them."""
    caption = weighed[-1] if item.caption_time is not None and weighed else None
    not_after = weighed[0] if len(weighed) > (caption is not None) else None
    if item.published is not None:
        counts = _counts(not_after, left) if not_after else Counts.NOTHING
        why = "" if not_after else reason or "its end is not known"
        yield Timed(evidence=item, interval=item.published, says=Says.PUBLISHED, counts=counts, reason=why)
    if item.caption_time is not None:
        counts = _counts(caption, left) if caption else Counts.NOTHING
        why = "" if caption else reason
        says = Says.NOT_TAKEN if item.caption_denies else Says.TAKEN
        yield Timed(evidence=item, interval=item.caption_time, says=says, counts=counts, reason=why)


def _counts(item: TimeItem, left: Hull) -> Counts:
    if item.hard:
        return Counts.LIMIT
    shut = left.clash is None and not item.denies and not within(item, left)
    return Counts.RULED_OUT if shut else Counts.WEIGHED
