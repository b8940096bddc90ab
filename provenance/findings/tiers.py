"""What weighs enough: the bar, and the verdict that follows when sides are compared.

Grades are compared axis by axis, never multiplied and never added up: many rumours stay below one good source.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from ..model.finding import OVERALL_WORDS, Verdict
from .graded import PlaceItem, TimeItem


class Tier(IntEnum):
    """The weight of one side. `PAIR` and `STRONG` reach the bar."""

    NOTHING = 0
    SINGLE = 1
    """One origin at C3 or better."""
    PAIR = 2
    """Two origins at C3 or better that can both be right."""
    STRONG = 3
    """An item at B2 or better."""


BAR = Tier.PAIR


def tier(items: Iterable[TimeItem | PlaceItem], own: frozenset[str] = frozenset()) -> Tier:
    """The weight of items that can all be true together. `own`: ids of items by the claimant, who cannot pair."""
    kept = list(items)
    if any(item.grade.at_least("B", 2) for item in kept):
        return Tier.STRONG
    fair = [item for item in kept if item.grade.at_least("C", 3)]
    origins = {item.origin for item in fair if item.evidence.id not in own}
    return Tier.PAIR if len(origins) > 1 else Tier.SINGLE if fair else Tier.NOTHING


def weigh_sides(support: Tier, opposition: Tier) -> Verdict:
    """Consistent, contradicted, disputed or unproven.

    Sides of comparable weight are disputed: both at the bar, or one origin at C3 against one or two. Weight below C3
    counts for nothing here, so that an old hoax cannot call a graded record into question.
    """
    comparable = min(support, opposition) >= BAR or (min(support, opposition), max(support, opposition)) in (
        (Tier.SINGLE, Tier.SINGLE),
        (Tier.SINGLE, Tier.PAIR),
    )
    if comparable:
        return Verdict.DISPUTED
    if opposition >= BAR:
        return Verdict.CONTRADICTED
    return Verdict.CONSISTENT if support >= BAR else Verdict.UNPROVEN


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The first of `OVERALL_WORDS` that is there; no claim where there is none."""
    found = set(verdicts)
    return next((word for word in OVERALL_WORDS if word in found), Verdict.NO_CLAIM)
