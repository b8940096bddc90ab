"""Measured shadows against claims: whether the sun can have stood so at the claimed place and time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from ..model.evidence import Bound, Claim, Evidence
from ..model.finding import Conflict, Sentence
from ..model.place import Place
from ..model.said import span, where
from ..model.shadow import MeasuredShadow
from ..model.text import counted
from ..model.time import Interval
from ..placetime.sun.answer import Answer, SunAnswer, ask
from ..placetime.sun.shadow import Measured, Shadow
from .graded import TimeItem
from .wording import cited, name

MOST_TESTS = 60
"""Claims times shadows that are computed; each costs up to two tenths of a second, once."""
_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ShadowTest:
    """One claim under test against one measured shadow."""

    claim: Claim
    bound: Bound
    shadow: Shadow
    found: SunAnswer


def conflicts(items: Sequence[Evidence]) -> Iterator[Conflict]:
    """A claim whose place and time together leave no moment at which the sun stood so."""
    for claim, bound, found in _answers(items):
        if found.answer is Answer.EXCLUDED and claim.place and claim.time:
            text = (
                f"{name(claim)}: {_band(found)}, and over {where(claim.place)} it did not stand so"
                f"{_when(claim.time)}; {name(bound)} measured the shadow. One of place, time and measurement is wrong."
            )
            yield Conflict(first=claim.id, second=bound.id, text=text[:1].upper() + text[1:], dimension="time")


def sentences(items: Sequence[Evidence]) -> Iterator[Sentence]:
    """What a shadow leaves of each claim: excluded, not excluded, or that it cannot say."""
    for claim, bound, found in _answers(items):
        if found.answer is Answer.EXCLUDED and claim.place and claim.time:
            text = (
                f"The measured shadow excludes place and time of {name(claim)} together: {_band(found)}, and over "
                f"{where(claim.place)} it did not stand so{_when(claim.time)}."
            )
            yield cited(text, claim, bound)
        elif found.answer is Answer.NOT_EXCLUDED and claim.place:
            times = ", ".join(
                f"{one.start:%d %b %Y %H:%M} to {one.end:%H:%M} UTC" for one in islice(found.windows, _SHOWN)
            )
            more = f" and {len(found.windows) - _SHOWN} more stretches" if len(found.windows) > _SHOWN else ""
            text = f"The measured shadow does not exclude it: {_band(found)} over {where(claim.place)} {times}{more}."
            yield cited(text, claim, bound)
        elif found.answer is Answer.CANNOT_SAY:
            yield cited(f"The measured shadow cannot say: {found.reasons[0]}", claim, bound)
    if left := list(islice(_pairs(items), MOST_TESTS, None)):
        text = f"Not tested: {counted(len(left), 'more pair')} of a claim and a shadow."
        yield cited(text, *(item for pair in left for item in pair))


def ruled_out(items: Sequence[Evidence], there: frozenset[str]) -> dict[str, tuple[TimeItem, ...]]:
    """By the id of a claim, its time as each shadow rules it out at the claimed place; it has the shadow's grade.

    `there`: ids of the claims whose place stands.
    """
    found: dict[str, tuple[TimeItem, ...]] = {}
    for claim, bound, answer in _answers(items):
        if answer.answer is Answer.EXCLUDED and claim.time is not None and claim.id in there:
            denial = TimeItem(evidence=bound, interval=claim.time, denies=True)
            found[claim.id] = (*found.get(claim.id, ()), denial)
    return found


def by_shadow(item: TimeItem) -> bool:
    """Whether a time is ruled out by a measured shadow, together with a place."""
    return item.denies and isinstance(item.evidence, Bound) and item.evidence.shadow is not None


def _when(time: Interval) -> str:
    moment = time.earliest is not None and time.earliest == time.latest
    return f" at {span(time)}" if moment else f" at any moment of {span(time)}"


def windows(items: Sequence[Evidence], *, most: int) -> Iterator[tuple[Claim, Bound, tuple[Interval, ...]]]:
    """When, within a claimed time, the sun stood at the claimed place as a shadow has it; of the first `most` tests."""
    for claim, bound, found in islice(_answers(items), most):
        if found.windows:
            yield claim, bound, tuple(Interval(one.start, one.end, True) for one in found.windows)


def regions(items: Sequence[Evidence]) -> Iterator[tuple[Claim, Bound, dict[str, Any]]]:
    """Where on Earth the sun stood as a shadow says, at the one moment that a claim names: GeoJSON to draw."""
    for claim, bound, found in _answers(items):
        if found.region is not None:
            yield claim, bound, found.region


def _answers(items: Sequence[Evidence]) -> Iterator[tuple[Claim, Bound, SunAnswer]]:
    return ((one.claim, one.bound, one.found) for one in tests(items))


def tests(items: Sequence[Evidence]) -> Iterator[ShadowTest]:
    """Each claim with a position and a time against each measured shadow; the first `MOST_TESTS` of them."""
    for claim, bound in islice(_pairs(items), MOST_TESTS):
        if claim.place is not None and claim.time is not None and bound.shadow is not None:
            shadow = _shadow(bound.shadow)
            yield ShadowTest(claim=claim, bound=bound, shadow=shadow, found=_asked(claim.place, claim.time, shadow))


def _pairs(items: Sequence[Evidence]) -> Iterator[tuple[Claim, Bound]]:
    tested = (item for item in items if isinstance(item, Claim) and item.tested and item.time)
    claims = [claim for claim in tested if claim.place is not None and claim.place.lat_deg is not None]
    measured = [item for item in items if isinstance(item, Bound) and item.shadow is not None]
    return ((claim, bound) for claim in claims for bound in measured)


# The answer, the contradictions, the timeline and the figures all ask the same.
@lru_cache(maxsize=MOST_TESTS)
def _asked(place: Place, time: Interval, shadow: Shadow) -> SunAnswer:
    return ask(place=place, time=time, shadow=shadow)


def _shadow(told: MeasuredShadow) -> Shadow:
    bearing = None
    if told.bearing_deg is not None:
        bearing = Measured(value=told.bearing_deg, error=told.bearing_error_deg)
    return Shadow(
        object_px=Measured(value=told.object_px, error=told.object_error_px),
        shadow_px=Measured(value=told.shadow_px, error=told.shadow_error_px),
        slope_deg=told.slope_deg,
        bearing_deg=bearing,
    )


def _band(found: SunAnswer) -> str:
    band = found.band
    return (
        ""
        if band is None
        else f"by the shadow the sun stood at {band.lowest_deg:.1f} to {band.highest_deg:.1f} degrees"
    )
