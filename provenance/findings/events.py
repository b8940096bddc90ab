"""Accounts of the event: they move no verdict about the picture, yet a desk wants to see where they part.

No reading of meaning: two accounts count as opposed (accounts/) when one of them denies what the other tells, when each
says of a thing that it is in one of two states that exclude each other, when each side says that it holds a place, when
their counts of the dead or the injured exclude each other, or when each lays an act of force at the other's door. Those
are coarse marks, so the sentence says no more than that, and a pair recorded under `contradicts` needs no mark.

A statement that gives no place and no time moves no verdict either, whatever it says it speaks of, and counts as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from ..model.evidence import About, Claim, Evidence, Lead, LeadKind
from ..model.finding import Conflict
from ..model.origin import root_among
from ..model.place import Place
from ..model.source import SourceKind
from ..model.standing import RECORDED
from ..placetime.stated import distances
from .accounts.blame import blame_each_other
from .accounts.denials import Denial, Told, denial_in, denies, denies_part, told_in
from .accounts.denials_words import PICTURE
from .accounts.elsewhere import elsewhere, settlements
from .accounts.holders import Held, held_in, hold_one_thing
from .accounts.opposites import State, opposite_states, states_in
from .accounts.tolls import MOST_READ, counts_harm, counts_part
from .texts import looked_through
from .wording import cited, name

MOST_ACCOUNTS = 40


def speaks_of_event(item: Evidence) -> bool:
    """Whether an item is about the event and not about the picture."""
    return (isinstance(item, Lead) and item.lead is LeadKind.CONTEXT) or (
        isinstance(item, Claim) and not item.tested and item.about is About.EVENT
    )


def _moves_nothing(item: Claim | Lead) -> bool:
    """Whether it is an account: of the event, or a recorded statement of a person without a place or time to weigh."""
    if speaks_of_event(item):
        return True
    said = isinstance(item, Claim) and not item.tested and item.source.kind is SourceKind.PERSON
    return said and item.method == RECORDED and item.place is None and item.time is None


def _one_topic(first: _Account, second: _Account) -> bool:
    """Whether both speak of the picture, or none does: "the photo does not show the bridge" denies nothing of it."""
    return _of_picture(first.item) is _of_picture(second.item)


def _of_picture(item: Claim | Lead) -> bool:
    return not speaks_of_event(item) and re.search(PICTURE, item.quote[:MOST_READ], re.IGNORECASE) is not None


def opposed_accounts(items: Sequence[Evidence]) -> Iterator[Conflict]:
    """Pairs of accounts of different origins that bear one of the marks."""
    accounts = (item for item in items if isinstance(item, Claim | Lead) and _moves_nothing(item))
    telling = (item for item, _ in looked_through(accounts, bool) if _tells_it(item))
    read = [_read(item) for item in islice(telling, MOST_ACCOUNTS)]
    root_of = root_among(items)
    for one, other in combinations(read, 2):
        first, second = one.item, other.item
        if root_of(first) != root_of(second) and _one_topic(one, other) and _opposed(one, other):
            event = " about the event" if speaks_of_event(first) and speaks_of_event(second) else ""
            text = f"{name(first)} and {name(second)} seem to disagree{event}; this moves no verdict about the picture."
            yield Conflict(first=first.id, second=second.id, text=cited(text, first, second).text, about="event")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Account:
    item: Claim | Lead
    denial: Denial | None
    told: Told
    states: tuple[State, ...]
    held: tuple[Held, ...]
    settlements: tuple[Place, ...]


def _read(item: Claim | Lead) -> _Account:
    return _Account(
        item=item,
        denial=denial_in(item.quote),
        told=told_in(item.quote),
        states=states_in(item.quote),
        held=held_in(item.by, item.quote),
        settlements=settlements(item.quote),
    )


def _tells_it(item: Claim | Lead) -> bool:
    """Whether it tells of what happened: how far two places lie apart is no event, unless people were harmed there."""
    apart = item.distance is not None or any(one.distance.start for one in distances(item.quote))
    return bool(item.quote) and (not apart or counts_harm(item.quote))


def _opposed(one: _Account, other: _Account) -> bool:
    first, second = one.item, other.item
    if _denied(one, other) or _denied(other, one):
        return True
    told = opposite_states(one.states, other.states) or hold_one_thing(one.held, other.held)
    told = (
        told
        or counts_part(first.quote, second.quote)
        or blame_each_other(first.by, first.quote, second.by, second.quote)
    )
    return told and not elsewhere(one.settlements, other.settlements)


def _denied(one: _Account, other: _Account) -> bool:
    """Whether the first denies what the second tells; a negation of another town does not."""
    if one.denial is None:
        return False
    if not (denies if other.denial is None else denies_part)(one.denial, other.told):
        return False
    # What is negated is no town, though one may be called so: "keinen Brand", and Brand in Vorarlberg.
    towns = [town for town in one.settlements if town.name.casefold() not in one.denial.negated]
    return one.denial.outright or not elsewhere(towns, other.settlements)
