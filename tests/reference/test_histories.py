"""Any history of a set whose bare pictures come in many small batches, held against one filled row by row."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

import pytest

from provenance.model.record import Entry, Record
from provenance.reference.codes import sealing as code_sealing
from provenance.reference.copying import copy_set
from provenance.reference.open import open_set
from provenance.reference.packs import packing, parts, runs
from provenance.reference.sqlite.store import SQLiteStore
from tests.reference.packed import NOW, answers, entry

PICTURES, ALIKE = 600, 50  # one of so many begins like another


def picture(number: int) -> Entry:
    """Bare; some begin like another, and some lie at either end of the order."""
    made, begin = entry(number, path=""), 2 * parts.HEAD_BYTES
    ends = ("0" * begin, "f" * begin, "7" + "f" * (begin - 1), "8" + "0" * (begin - 1))
    if number % ALIKE == 0:
        start = ends[number // ALIKE % 4] if number % 3 == 0 else entry(number // ALIKE).image_id[:begin]
        made = dataclasses.replace(made, image_id=start + made.image_id[begin:])
    return made


class History:
    """The same steps in both sets; each is added to the one in a call, to the other picture by picture."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.folder = folder
        self.pictures = [picture(number) for number in range(PICTURES)]
        self.packed = self._made("packs")
        self.rows = self._made("rows")
        self.there = set[int]()

    def _made(self, name: str) -> SQLiteStore:
        return open_set(self.folder / name, create=True, name="set", set_id="one")

    def step(self) -> None:
        steps = self.add, self.remove, self.record, self.path, self.anew, self.copy, self.reopen
        self.chance.choices(steps, weights=(24, 6, 2, 2, 2, 1, 1))[0]()

    def some(self, most: int, of: set[int] | None = None) -> list[int]:
        among = sorted(range(PICTURES) if of is None else of)
        return self.chance.sample(among, min(len(among), self.chance.randint(1, most)))

    def add(self) -> None:
        """Some of them again, mostly few."""
        fresh = set(range(PICTURES)) - self.there
        numbers = self.some(self.chance.choice((8, 30, 30, 90)), fresh) if fresh else []
        if self.there and self.chance.random() < 0.1:
            numbers += self.some(3, self.there)
        self._add([self.pictures[number] for number in numbers])
        self.there |= set(numbers)

    def _add(self, entries: list[Entry], anew: Collection[str] = ()) -> None:
        self.packed.add(entries, now=NOW, anew=anew)
        for one in entries:
            self.rows.add([one], now=NOW, anew=anew)

    def remove(self) -> None:
        if self.there:
            numbers = self.some(self.chance.choice((2, 10, 60, 300)), self.there)
            ids = [self.pictures[number].image_id for number in numbers]
            assert self.packed.remove(ids) == self.rows.remove(ids) == len(ids)
            self.there -= set(numbers)

    def record(self) -> None:
        for number in self.some(3):
            record = Record(publisher=f"P{self.chance.randint(0, 5)}")
            for store in (self.packed, self.rows):
                store.add_records({self.pictures[number].image_id: [record]}, now=NOW)

    def path(self) -> None:
        numbers = self.some(3)
        self._add([dataclasses.replace(self.pictures[number], path=f"/{number}.jpg") for number in numbers])
        self.there |= set(numbers)

    def anew(self) -> None:
        numbers = self.some(10)
        entries = [dataclasses.replace(self.pictures[one], size_bytes=self.chance.randint(1, 99)) for one in numbers]
        self._add(entries, {one.image_id for one in entries})
        self.there |= set(numbers)

    def copy(self) -> None:
        """Go on in a copy of the set."""
        second = self._made(f"copy {self.chance.random()}")
        copy_set(self.packed, second)
        self.packed.close()
        self.packed = second

    def reopen(self) -> None:
        path = self.packed.path
        self.packed.close()
        self.packed = open_set(path)

    def number_of_heads(self) -> int:
        with self.packed._session.reading() as connection:
            return parts.count(connection)

    def compare(self) -> None:
        mine = sorted(self.pictures[number].image_id for number in self.there)
        assert self.packed.count()["pictures"] == len(mine)
        assert answers(self.packed, self.pictures) == answers(self.rows, self.pictures)
        assert self.packed.verify().wrong == ()
        offset, limit = self.chance.randint(0, len(mine) + 1), self.chance.randint(0, 50)
        page = [one.reference.image_id for one in self.packed.list(offset=offset, limit=limit)]
        assert page == mine[offset : offset + limit]
        after, most = self.chance.choice(["", *mine]), self.chance.choice((1, 7, None))
        lacking = self.packed.lacking(("none/1",), after=after, limit=most)
        assert list(lacking) == [one for one in mine if one > after][:most]

    def close(self) -> None:
        self.packed.close()
        self.rows.close()


@pytest.mark.parametrize("seed", range(3))
def test_a_set_says_the_same_after_any_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    chance = random.Random(seed)
    for name, most in (("AT_ONCE", 3), ("_MANY", 20), ("_FEW", 9)):
        monkeypatch.setattr(runs, name, chance.randint(1, most))
    monkeypatch.setattr(parts, "PART_HEADS", chance.randint(1, 9))
    monkeypatch.setattr(packing, "FEWEST_PICTURES", chance.randint(1, 6))
    monkeypatch.setattr(code_sealing, "SEAL_ROWS", 64)
    with closing(History(tmp_path, seed)) as history:
        most = 0
        for _ in range(15):
            for _ in range(chance.randint(1, 6)):
                history.step()
            history.compare()
            most = max(most, history.number_of_heads())
        assert most > 100
