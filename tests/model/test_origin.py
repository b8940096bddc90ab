"""Which roots are one, however the items that say so are chained."""

from __future__ import annotations

import random

import pytest

from provenance.model.evidence import Appearance
from provenance.model.origin import roots
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
