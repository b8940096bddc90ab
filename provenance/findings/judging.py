"""One claim against all that bounds the time and the place of capture: a verdict, its causes, both sides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..model.evidence import Claim
from ..model.finding import Confidence, Likelihood, Verdict
from ..model.source import SourceKind
from .claimants import own_items
from .graded import PlaceItem, TimeItem
from .intervals import end, lies_in, start
from .regions import Relation, relate
from .there_and_then import bears_on
from .tiers import Tier, tier, weigh_sides
from .timelines import MOST_ITEMS, Item, Timeline, best, limits_for

MOST_PAIRED = 60
"""No desk records as many; a file made to slow the program down could."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A verdict on one dimension of one claim."""

    claim: Claim
    verdict: Verdict
    causes: tuple[Item, ...] = ()
    """The items that bring the verdict about, best graded first; taken away, it changes."""
    support: tuple[Item, ...] = ()
    opposition: tuple[Item, ...] = ()
    hard: bool = False
    """Whether a hard limit decides; otherwise weight does."""
    own: bool = False
    """Whether all support comes from the claimant."""
    claimants: frozenset[str] = frozenset()
    """Ids of what supports the claim and comes from the claimant, who is no independent source."""

    @property
    def origins(self) -> int:
        """Roots that the causes descend from: ten reposts of one post are one."""
        return len({item.origin for item in self.causes})

    @property
    def likelihood(self) -> Likelihood | None:
        """ICD 203 word for "taken as claimed"; none for disputed and unproven."""
        if self.verdict in (Verdict.RECYCLED, Verdict.CONTRADICTED):
            return Likelihood.ALMOST_NO_CHANCE if self.hard else Likelihood.VERY_UNLIKELY
        if self.verdict is Verdict.CONSISTENT:
            return Likelihood.VERY_LIKELY if _strong_origins(self.causes) > 1 else Likelihood.LIKELY
        return None

    @property
    def confidence(self) -> Confidence | None:
        """From hardness, the best grade and the number of independent origins, and nothing else."""
        if self.verdict is Verdict.NO_CLAIM:
            return None
        strong = _strong_origins(self.causes)
        from_file = all(item.evidence.source.kind is SourceKind.FILE for item in self.causes)
        if (
            self.verdict in (Verdict.DISPUTED, Verdict.UNPROVEN)
            or (not strong and not self.hard)
            or self.own
            or from_file
        ):
            return Confidence.LOW
        return Confidence.HIGH if (self.hard and strong) or strong > 1 else Confidence.MODERATE


def _strong_origins(items: Iterable[Item]) -> int:
    return len({item.origin for item in items if item.grade.at_least("B", 2)})


def judge_time(claim: Claim, line: Timeline, ruled_out: Sequence[TimeItem] = ()) -> Judged:
    """One claimed time: hard limits first, then the weight of both sides.

    `ruled_out`: what denies the claimed time at the claimed place alone, such as a measured shadow.
    """
    if claim.time is None:
        return Judged(claim=claim, verdict=Verdict.NO_CLAIM)
    left, said = line.left, claim.time
    if left.clash is not None:
        return Judged(claim=claim, verdict=Verdict.DISPUTED, causes=left.clash, hard=True)
    denials = [item for item in line.denials if start(item.interval) <= start(said) and end(said) <= end(item.interval)]
    denials = [*(item for item in denials if bears_on(item.evidence, claim.place, said)), *ruled_out]
    against = [*(item for item in line.soft if not item.interval.meets(said)), *denials]
    if left.upper and left.not_after and left.not_after < start(said):
        return _by_limit(claim, Verdict.RECYCLED, left.upper, against)
    if left.lower and left.not_before and left.not_before > end(said):
        return _by_limit(claim, Verdict.CONTRADICTED, left.lower, against)
    limits = limits_for(line, said)
    support = [
        item for item in line.soft if item.interval.meets(said) and (item.asserts or lies_in(item.interval, said))
    ]
    support += limits
    own = own_items(claim, support)
    for_side, against_side = {id(item) for item in support}, {id(item) for item in against}
    return _by_weight(
        claim,
        _Side(
            support,
            max(tier([*(i for i in reading if id(i) in for_side), *limits], own) for reading in line.readings),
            own,
        ),
        _Side(
            against,
            max(tier([*(i for i in reading if id(i) in against_side), *denials]) for reading in line.readings),
        ),
    )


def judge_place(claim: Claim, items: Sequence[PlaceItem]) -> Judged:
    """One claimed place: an item inside it supports, a disjoint one opposes, every other is neither for nor against."""
    if claim.place is None:
        return Judged(claim=claim, verdict=Verdict.NO_CLAIM)
    support: list[Item] = []
    against: list[Item] = []
    for item in best(items)[:MOST_ITEMS]:
        if item.denies:
            denied = relate(claim.place, item.place).relation is Relation.INSIDE
            if denied and bears_on(item.evidence, claim.place, claim.time):
                against.append(item)
            continue
        relating = relate(item.place, claim.place)
        if relating.relation is Relation.INSIDE:
            support.append(item)
        elif relating.relation is Relation.DISJOINT and not (relating.by_border and item.area_of_use):
            against.append(item)
    own = own_items(claim, support)
    return _by_weight(
        claim, _Side(support, _tier_of_places(support, own), own), _Side(against, _tier_of_places(against))
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """The items for or against a claim, and the weight of the heaviest part that can all be true together."""

    items: Sequence[Item]
    tier: Tier
    own: frozenset[str] = frozenset()


def _by_limit(claim: Claim, verdict: Verdict, limit: TimeItem, against: Sequence[Item]) -> Judged:
    return Judged(claim=claim, verdict=verdict, causes=(limit,), opposition=tuple(best(against)), hard=True)


def _tier_of_places(items: Sequence[Item], own: frozenset[str] = frozenset()) -> Tier:
    """The weight of the heaviest part that can all be true together: a pair must not exclude each other."""
    weight = tier(items, own)
    if weight is not Tier.PAIR:
        return weight
    fair = [item for item in best(items) if item.grade.at_least("C", 3) and item.evidence.id not in own][:MOST_PAIRED]
    for index, first in enumerate(fair):
        for second in fair[index + 1 :]:
            if first.origin != second.origin and _compatible(first, second):
                return Tier.PAIR
    return Tier.SINGLE


def _compatible(first: Item, second: Item) -> bool:
    if not (isinstance(first, PlaceItem) and isinstance(second, PlaceItem)) or first.denies or second.denies:
        return True
    return relate(first.place, second.place).relation is not Relation.DISJOINT


def _by_weight(claim: Claim, support: _Side, against: _Side) -> Judged:
    verdict = weigh_sides(support.tier, against.tier)
    causes: list[Item] = []
    if verdict in (Verdict.CONTRADICTED, Verdict.DISPUTED):
        causes += _weighty(against)
    if verdict in (Verdict.CONSISTENT, Verdict.DISPUTED):
        causes += _weighty(support)
    if verdict is Verdict.CONTRADICTED and against.tier is Tier.STRONG and all(_before(item, claim) for item in causes):
        verdict = Verdict.RECYCLED
    return Judged(
        claim=claim,
        verdict=verdict,
        causes=tuple(causes),
        support=tuple(best(support.items)),
        opposition=tuple(best(against.items)),
        own=verdict is Verdict.CONSISTENT and all(item.evidence.id in support.own for item in causes),
        claimants=support.own,
    )


def _before(item: Item, claim: Claim) -> bool:
    """Whether an item says that the picture was taken before the claimed time."""
    return (
        isinstance(item, TimeItem) and not item.denies and claim.time is not None and item.interval.before(claim.time)
    )


def _weighty(side: _Side) -> list[Item]:
    """The items that make up the weight of a side."""
    floor = ("B", 2) if side.tier is Tier.STRONG else ("C", 3)
    return [item for item in best(side.items) if item.grade.at_least(*floor)]
