"""Measured shadows against claims: whether the sun can have stood so at the claimed place and time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from ..intake.said import span, where
from ..model.evidence import Bound, Claim, Evidence
from ..model.finding import Conflict, Sentence
from ..model.shadow import MeasuredShadow
from ..model.time import Interval
from ..placetime.sun.answer import Answer, SunAnswer, ask
from ..placetime.sun.shadow import Measured, Shadow
from .wording import cited, name

MOST_TESTS = 60
"""Claims times shadows that are computed; each costs up to a tenth of a second."""
_SHOWN = 3


def conflicts(items: Sequence[Evidence]) -> Iterator[Conflict]:
    """A claim whose place and time together leave no moment at which the sun stood so."""
    for claim, bound, found in _tests(items):
        if found.answer is Answer.EXCLUDED and claim.place and claim.time:
            text = (
                f"{name(claim)}: {_band(found)}, and at no moment of {span(claim.time)} the sun stood so over "
                f"{where(claim.place)}; {name(bound)} measured the shadow. One of place, time and measurement is wrong."
            )
            yield Conflict(first=claim.id, second=bound.id, text=text[:1].upper() + text[1:], dimension="time")


def sentences(items: Sequence[Evidence]) -> Iterator[Sentence]:
    """What a shadow leaves of each claim, where it does not exclude it."""
    for claim, bound, found in _tests(items):
        if found.answer is Answer.NOT_EXCLUDED and claim.place:
            times = ", ".join(
                f"{one.start:%d %b %Y %H:%M} to {one.end:%H:%M} UTC" for one in islice(found.windows, _SHOWN)
            )
            more = f" and {len(found.windows) - _SHOWN} more stretches" if len(found.windows) > _SHOWN else ""
            text = f"The measured shadow does not exclude it: {_band(found)} over {where(claim.place)} {times}{more}."
            yield cited(text, claim, bound)
        elif found.answer is Answer.CANNOT_SAY:
            yield cited(f"The measured shadow cannot say: {found.reasons[0]}", claim, bound)


def windows(items: Sequence[Evidence], *, most: int) -> Iterator[tuple[Claim, Bound, tuple[Interval, ...]]]:
    """When, within a claimed time, the sun stood at the claimed place as a shadow has it; of the first `most` tests."""
    for claim, bound, found in islice(_tests(items), most):
        if found.windows:
            yield claim, bound, tuple(Interval(one.start, one.end, True) for one in found.windows)


def _tests(items: Sequence[Evidence]) -> Iterator[tuple[Claim, Bound, SunAnswer]]:
    claims = [item for item in items if isinstance(item, Claim) and item.tested and item.place and item.time]
    measured = [item for item in items if isinstance(item, Bound) and item.shadow is not None]
    pairs = ((claim, bound) for claim in claims for bound in measured)
    for claim, bound in islice(pairs, MOST_TESTS):
        if claim.place is not None and claim.place.lat_deg is not None and bound.shadow is not None:
            yield claim, bound, ask(place=claim.place, time=claim.time, shadow=_shadow(bound.shadow))


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
