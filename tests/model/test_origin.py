"""Which roots are one, however the items that say so are chained."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest

from provenance.model.evidence import Appearance, Claim
from provenance.model.origin import root_among, roots
from provenance.model.publication import CopyKind, DateBasis
from provenance.model.source import Source, SourceKind


def appearance(origin: str, page: str) -> Appearance:
    return Appearance(
        source=Source(kind=SourceKind.PERSON, name="desk", origin=origin),
        statement="published",
        method="recorded",
        by="desk",
        published=None,
        date_basis=DateBasis.UNKNOWN,
        copy=CopyKind.EXACT,
        url=f"https://example.org/{page}",
    )


def by_hand(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """The first name of each group of names that pages hold together, of all that are not the first."""
    groups = {name: {name} for name, _ in pairs}
    for name, page in pairs:
        for other, at in pairs:
            if at == page and groups[name] is not groups[other]:
                groups[name] |= groups[other]
                for each in groups[other]:
                    groups[each] = groups[name]
    return {name: min(group) for name, group in groups.items() if min(group) != name}


@pytest.mark.parametrize("seed", range(20))
def test_origins_that_share_a_page_are_one(seed: int) -> None:
    chance = random.Random(seed)
    pairs = [(f"o{chance.randrange(12):02}", f"p{chance.randrange(12)}") for _ in range(chance.randrange(40))]
    assert roots(appearance(*pair) for pair in pairs) == by_hand(pairs)


@pytest.mark.parametrize("names", [range(40), range(40, 0, -1)])
def test_a_chain_of_origins_is_one_from_either_end(names: range) -> None:
    pairs = [(f"o{name:02}", f"p{name + beside}") for name in names for beside in (0, 1)]
    first = min(name for name, _ in pairs)
    assert roots(appearance(*pair) for pair in pairs) == {name: first for name, _ in pairs if name != first}


def told(by: str, origin: str) -> Claim:
    return Claim(
        source=Source(kind=SourceKind.PERSON, name=by, origin=origin), statement="told", method="recorded", by=by
    )


@pytest.mark.parametrize(
    ("pairs", "independent"),
    [
        ([("A", "B"), ("B", "A")], 1),
        ([("A", "B"), ("B", "C"), ("C", "A")], 1),
        ([("A", "B"), ("B", "C")], 1),
        ([("A", "B"), ("B", "C"), ("C", "C")], 1),
        ([("@Blog_Uno", "blog dos"), ("Blog Dos", "Blog-Uno")], 1),
        ([("A", "B"), ("B", "C"), ("B", "B")], 2),
        ([("A", "B"), ("B", "C"), ("B", "D")], 3),
        ([("A", "B"), ("C", "D")], 2),
        ([("A", "A"), ("B", "B")], 2),
        ([("somebody", "A"), ("somebody", "B")], 2),
        ([("", ""), ("", "")], 2),
    ],
)
def test_who_has_it_from_another_is_no_origin(pairs: list[tuple[str, str]], independent: int) -> None:
    items = [told(*pair) for pair in pairs]
    for order in (items, items[::-1]):
        root_of = root_among(order)
        unnamed = [replace(item, statement=str(number)) for number, item in enumerate(order)]
        assert len({root_of(item) for item in unnamed}) == independent


def test_a_long_chain_of_tellers_ends_soon() -> None:
    items = [told(f"o{number}", f"o{number + 1}") for number in range(5_000)]
    began = time.process_time()
    assert set(roots(items).values()) == {"o1"}
    assert time.process_time() - began < 1
