"""Heads in runs, held against a dictionary; parts are few here, so that histories are short."""

import sqlite3
import tracemalloc
from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from provenance.reference.packs import parts, runs
from provenance.reference.packs.parts import Heads
from provenance.reference.sqlite.schema import HEADS

EDGES = (0, 1, 2**32, 2**63 - 1, 2**63, 2**64 - 1)
ANY = st.one_of(st.sampled_from(EDGES), st.integers(0, 300), st.integers(0, 2**64 - 1))


def some_heads(heads: list[int], first: int) -> Heads:
    return Heads(np.array(heads, np.uint64), np.arange(first, first + len(heads), dtype=np.int64))


def pairs(parts: list[Heads]) -> list[tuple[int, int]]:
    return [one for some in parts for one in zip(some.heads.tolist(), some.places.tolist(), strict=True)]


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        made.execute(HEADS[0])
        yield made


class History(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        self.connection.execute(HEADS[0])
        self.there = dict[int, int]()
        self.patch = pytest.MonkeyPatch()

    @initialize(part=st.integers(1, 9), at_once=st.integers(1, 3), many=st.integers(1, 20))
    def small(self, part: int, at_once: int, many: int) -> None:
        for name, value in (("AT_ONCE", at_once), ("_MANY", many), ("_FEW", many // 2)):
            self.patch.setattr(runs, name, value)
        self.patch.setattr(parts, "PART_HEADS", part)

    def teardown(self) -> None:
        self.patch.undo()
        self.connection.close()

    @rule(heads=st.sets(ANY, min_size=1, max_size=30), first=st.integers(0, 2**62))
    def put(self, heads: set[int], first: int) -> None:
        fresh = sorted(heads - self.there.keys())
        if fresh:
            runs.put(self.connection, some_heads(fresh, first))
            self.there |= dict(zip(fresh, range(first, first + len(fresh)), strict=True))

    @precondition(lambda self: self.there)
    @rule(data=st.data())
    def take(self, data: st.DataObject) -> None:
        head = data.draw(st.sampled_from(sorted(self.there)))
        assert runs.take(self.connection, head.to_bytes(8, "big"))
        del self.there[head]

    @rule(head=ANY)
    def take_none(self, head: int) -> None:
        if head not in self.there:
            assert not runs.take(self.connection, head.to_bytes(8, "big"))

    @rule(heads=st.sets(ANY, max_size=30))
    def find(self, heads: set[int]) -> None:
        asked = sorted(heads | set(list(self.there)[::3]))
        found = pairs([runs.find(self.connection, asked)])
        assert found == [(head, self.there[head]) for head in asked if head in self.there]

    @rule(first=ANY, at_once=st.integers(1, 4))
    def walk(self, first: int, at_once: int) -> None:
        found = pairs([*runs.ascending(self.connection, first, at_once=at_once)])
        assert found == sorted(one for one in self.there.items() if one[0] >= first)

    @invariant()
    def counted(self) -> None:
        assert parts.count(self.connection) == len(self.there)
        assert parts.is_empty(self.connection) == (not self.there)


TestHistory = History.TestCase
TestHistory.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)


def test_runs_are_few_and_each_head_is_written_a_few_times(connection: sqlite3.Connection) -> None:
    chance, written, number = np.random.default_rng(1), 0, 300
    for batch in range(number):
        before = connection.total_changes
        heads = sorted(set(chance.integers(0, 2**63, parts.PART_HEADS).tolist()))
        runs.put(connection, some_heads(heads, parts.PART_HEADS * batch))
        written += connection.total_changes - before
        there = connection.execute("SELECT count(DISTINCT run) FROM head_runs").fetchone()[0]
        assert there <= 3 * (1 + np.log(batch + 1) / np.log(4))
    assert written < 12 * number  # rows, those taken away counted in
    assert parts.count(connection) > (parts.PART_HEADS - 1) * number


def test_what_is_taken_leaves_no_trace(connection: sqlite3.Connection) -> None:
    """Also where it was what its part is found by."""
    heads = [7, 2**40 + 9, 2**63 + 5]
    runs.put(connection, some_heads(heads, 3))
    for head in heads:
        assert runs.take(connection, head.to_bytes(8, "big"))
        for row in connection.execute("SELECT first, heads FROM head_runs").fetchall():
            assert not any(head.to_bytes(8, "big") in column for column in row)
    assert parts.is_empty(connection)


def test_heads_of_ids_are_their_first_bytes() -> None:
    ids = np.random.default_rng(2).integers(0, 256, (5, 32), np.uint8)
    heads = parts.heads_of(ids)
    assert heads.tolist() == [int.from_bytes(row[:8].tobytes(), "big") for row in ids]
    assert some_heads(sorted(heads.tolist()), 0).spelt() == sorted(row[:8].tobytes() for row in ids)
    assert parts.head_of(b"") == 0 and parts.head_of(b"\x80") == 2**63 and parts.head_of(ids[0].tobytes()) == heads[0]


def test_a_strangers_many_runs_are_refused_and_not_gone_through(connection: sqlite3.Connection) -> None:
    row = bytes(7) + b"\1"
    connection.executemany("INSERT INTO head_runs VALUES (?, ?, ?, ?)", [(one, row, row, row) for one in range(300)])
    for ask in (
        lambda: parts.place_of(connection, 5),
        lambda: runs.any_there(connection, np.arange(100, dtype=np.uint64)),
        lambda: next(runs.ascending(connection)),
        lambda: runs.take(connection, bytes(8)),
    ):
        with pytest.raises(ValueError, match="not what was written"):
            ask()


def test_a_strangers_many_runs_are_not_gone_through_for_a_head_that_lies_before_all(
    connection: sqlite3.Connection,
) -> None:
    row = b"\xff" * 8
    connection.executemany("INSERT INTO head_runs VALUES (?, ?, ?, ?)", [(one, row, row, row) for one in range(300)])
    with pytest.raises(ValueError, match="not what was written"):
        parts.place_of(connection, 5)


HEAD = bytes(7) + b"\5"
LONG_TEXT = "CAST(x'00' AS TEXT) || CAST(zeroblob(2000000) AS TEXT)"
"""Its length is 0 to SQLite."""


@pytest.mark.parametrize(
    "values", [f"x'{HEAD.hex()}', {LONG_TEXT}, zeroblob(8)", "CAST(x'00' || zeroblob(2000000) AS BLOB), x'00', x'00'"]
)
def test_what_is_longer_than_what_is_written_is_not_read(connection: sqlite3.Connection, values: str) -> None:
    connection.execute(f"INSERT INTO head_runs VALUES (1, {values})")
    read = 0
    for ask in (lambda: parts.place_of(connection, 9), lambda: next(runs.ascending(connection))):
        tracemalloc.start()
        with pytest.raises(ValueError, match="not what was written"):
            ask()
        read = max(read, tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert read < 10**6


def test_places_longer_than_a_part_are_not_read_for_one_of_them(connection: sqlite3.Connection) -> None:
    runs.put(connection, some_heads([5, 9], 1))
    connection.execute("UPDATE head_runs SET places = CAST(places || zeroblob(2000000) AS BLOB)")
    with pytest.raises(ValueError, match="not what was written"):
        parts.place_of(connection, 5)


def test_a_head_that_comes_again_further_on_in_its_run_is_told(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it is not read together with the first."""
    monkeypatch.setattr(parts, "PART_HEADS", 2)
    runs.put(connection, some_heads([1, 2, 3, 4, 5, 6], 1))
    heads = b"".join(one.to_bytes(8, "big") for one in (3, 5))
    connection.execute("UPDATE head_runs SET heads = ? WHERE first = ?", (heads, heads[:8]))
    with pytest.raises(ValueError, match="not what was written"):
        list(runs.ascending(connection, at_once=1))


def test_heads_between_parts_and_behind_the_last_need_no_statement_each(connection: sqlite3.Connection) -> None:
    """As those of ids that somebody counts up."""
    for begin in (0, 2**40):
        runs.put(connection, some_heads([*range(begin, begin + 100)], begin))
    asked = np.array([*range(1000, 2000), *range(2**50, 2**50 + 1000)], np.uint64)
    statements = list[str]()
    connection.set_trace_callback(statements.append)
    assert not runs.any_there(connection, asked) and not runs.find(connection, asked).heads.size
    assert len(statements) < 30


def test_to_put_some_heads_not_all_parts_are_counted(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "PART_HEADS", 1)
    runs.put(connection, some_heads([*range(20_000)], 1))
    thousands = list[int]()
    connection.set_progress_handler(lambda: thousands.append(1), 1000)
    for begin in (20_000, 20_001, 20_002):
        runs.put(connection, some_heads([begin], begin))
    assert len(thousands) < 20


@pytest.mark.parametrize("spelt", [b"\1" * 8, b"\0" * 7 + b"\1", b"\xff" * 8])
def test_bytes_across_two_heads_are_no_head(connection: sqlite3.Connection, spelt: bytes) -> None:
    """Two heads side by side hold its bytes, where none of them begins."""
    begin, end = b"\0" * 4 + spelt[:4], spelt[4:] + b"\xff" * 4
    heads = sorted({int.from_bytes(one, "big") for one in (begin, end)})
    runs.put(connection, some_heads(heads, 1))
    assert parts.place_of(connection, int.from_bytes(spelt, "big")) is None or spelt in (begin, end)
    assert [parts.place_of(connection, head) for head in heads] == list(range(1, 1 + len(heads)))
