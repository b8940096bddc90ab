"""The search by codes in PostgreSQL, beside two scans on the same server and data, one question after the other.

    python -m benchmarks.archive.postgres [--rows N ...] [--queries N] [--programs wheel|debian]

Fills a database with codes drawn by chance (256 bits, one in a hundred a near copy of another, one in a thousand near
one of four even frames) and asks for codes of it with 0 to 31 bits changed. Each question goes to the set, then to a
scan with the server's own bit_count, then to the sum that Alegre makes of a code's text (meedan/alegre, search_by_pdq:
the share of equal bits by text, all rows, a threshold, in order), so that all three meet the same caches. Every answer
of all three is compared with a scan in memory.

Times are of processors, of this process and of the server's process that answers it, so that other programs on the
machine do not count; medians. "Alone": the same questions to the set only, one after the other.
"""

from __future__ import annotations

import argparse
import hashlib
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psycopg

from benchmarks.archive.servers import debian, server, wheel
from provenance.reference.codes.table import checksum
from provenance.reference.postgresql.store import PostgreSQLStore

NAME = "phash256/1"
RADIUS_BITS, WIDE_BITS, TURNS = 31, 60, 8
EVEN = (bytes(32), b"\xff" * 32, b"\xaa" * 32, b"\x0f" * 32)
BY_TEXT = (
    "SELECT * FROM (SELECT id, sha256, pdq, url, alike_by_text(pdq # %s::bit(256)) AS score FROM pictures) f"
    " WHERE score >= %s ORDER BY score DESC"
)
BY_COUNT = "SELECT bit_count(pdq # %s::bit(256)), sha256 FROM pictures WHERE bit_count(pdq # %s::bit(256)) <= %s"
Found = list[tuple[int, str]]


def drawn(rows: int, chance: np.random.Generator) -> list[bytes]:
    codes = [chance.bytes(32) for _ in range(rows)]
    for number in range(0, rows, 100):
        codes[number] = changed(codes[int(chance.integers(rows))], int(chance.integers(32)), chance)
    for number in range(1, rows, 1000):
        codes[number] = changed(EVEN[number // 1000 % 4], int(chance.integers(20)), chance)
    return codes


def changed(code: bytes, bits: int, chance: np.random.Generator) -> bytes:
    flags = np.unpackbits(np.frombuffer(code, np.uint8))
    flags[chance.choice(256, bits, replace=False)] ^= 1
    return np.packbits(flags).tobytes()


def bits_of(code: bytes) -> str:
    return f"{int.from_bytes(code, 'big'):0256b}"


def fill(url: str, ids: list[bytes], codes: list[bytes]) -> None:
    """Codes alone, by COPY: pictures and records play no part in this search."""
    with psycopg.connect(url, autocommit=True) as connection:
        copied = "COPY provenance.fingerprints (name, image_id, code, searchable, detail) FROM STDIN (FORMAT binary)"
        with connection.cursor().copy(copied) as out:
            out.set_types(["text", "bytea", "bytea", "int4", "float8"])
            for image_id, code in zip(ids, codes, strict=True):
                out.write_row((NAME, image_id, code, 1, 200.0))
        told = checksum(list(zip(ids, codes, strict=True)), 32)
        connection.execute("INSERT INTO provenance.checksums VALUES (%s, %s, %s)", (NAME, *told))
        connection.execute("CREATE TABLE pictures (id SERIAL PRIMARY KEY, sha256 TEXT, pdq BIT(256), url TEXT)")
        connection.execute(
            "INSERT INTO pictures (sha256, pdq, url) SELECT encode(image_id, 'hex'), bits::bit(256),"
            " 'https://example.org/' || seq FROM provenance.fingerprints ORDER BY seq"
        )
        connection.execute(
            "CREATE FUNCTION alike_by_text(code BIT(256)) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT AS"
            " $$ SELECT 1.0 - length(replace(code::text, '0', ''))::float / length(code::text) $$"
        )
        connection.execute("VACUUM ANALYZE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A filled database and what is asked of it."""

    store: PostgreSQLStore
    keeping: PostgreSQLStore
    """The same set, asked by a desk that keeps what it read (desk_copy.py)."""
    other: psycopg.Connection
    ids: list[bytes]
    codes: list[bytes]

    def truth(self, code: bytes, radius: int) -> Found:
        laid = np.frombuffer(b"".join(self.codes), np.uint64).reshape(-1, 4)
        bits = np.bitwise_count(laid ^ np.frombuffer(code, np.uint64)).sum(axis=1)
        return sorted((int(bits[row]), self.ids[row].hex()) for row in np.flatnonzero(bits <= radius))

    def ours(self, codes: Sequence[bytes], radius: int = RADIUS_BITS, *, kept: bool = False) -> list[Found]:
        near = (self.keeping if kept else self.store).near(codes, NAME, radius)
        return [[(hit.distance_bits, hit.image_id) for hit in hits] for hits in near]

    def by_text(self, code: bytes) -> Found:
        found = self.other.execute(BY_TEXT, (bits_of(code), 1 - RADIUS_BITS / 256)).fetchall()
        return sorted((round(256 * (1 - row[4])), row[1]) for row in found)

    def by_count(self, code: bytes) -> Found:
        return sorted(self.other.execute(BY_COUNT, (bits_of(code), bits_of(code), RADIUS_BITS)).fetchall())

    def timed(self, ask: Callable[[], object]) -> tuple[float, object]:
        """Milliseconds of processors, here and in both of the server's processes."""
        before, found, after = self._spent_ms(), ask(), self._spent_ms()
        return after - before, found

    def _spent_ms(self) -> float:
        connections = (self.store._session._connection, self.keeping._session._connection, self.other)
        pids = [connection.info.backend_pid for connection in connections]
        there = sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in pids)
        return 1000 * time.process_time() + there / 1e6


def measure(url: str, rows: int, queries: int) -> str:
    chance = np.random.default_rng(rows)
    codes = drawn(rows, chance)
    ids = [hashlib.sha256(str(number).encode()).digest() for number in range(rows)]
    PostgreSQLStore(url, create=True).close()
    start = time.perf_counter()
    fill(url, ids, codes)
    filled_s = time.perf_counter() - start
    with ExitStack() as stack, psycopg.connect(url, autocommit=True) as other:
        other.execute("SET max_parallel_workers_per_gather = 0")  # a process whose time is not seen
        desk = stack.enter_context(tempfile.TemporaryDirectory())
        with closing(PostgreSQLStore(url, desk=Path(desk))) as first:
            first.near([codes[0]], NAME, WIDE_BITS)
        keeping = PostgreSQLStore(url, desk=Path(desk))
        set_ = Filled(store=PostgreSQLStore(url), keeping=keeping, other=other, ids=ids, codes=codes)
        banded_ms, opened_ms = (
            set_.timed(lambda kept=kept: set_.ours([codes[0]], kept=kept))[0] for kept in (False, True)
        )
        asked = [changed(codes[int(chance.integers(rows))], number % 32, chance) for number in range(queries)]
        times, alone = interleaved(set_, asked), [set_.timed(lambda code=code: set_.ours([code]))[0] for code in asked]
        wide = widely(set_, chance)
        size = other.execute("SELECT pg_total_relation_size('provenance.fingerprints')").fetchone()[0]
        set_.store.close()
        keeping.close()
    middle = {way: statistics.median(taken) for way, taken in times.items()}
    ratios = [text / mine for text, mine in zip(times["text"], times["set"], strict=True)]
    kept = [text / mine for text, mine in zip(times["text"], times["kept"], strict=True)]
    return (
        f"| {rows:,} | {middle['set']:.1f} (alone {statistics.median(alone):.1f}), the first {banded_ms:.0f} "
        f"| {middle['bit_count']:,.0f} | {middle['text']:,.0f} "
        f"| {statistics.median(ratios):,.0f}x ({min(ratios):,.0f} to {max(ratios):,.0f}) "
        f"| {middle['kept']:.1f}, the first {opened_ms:.0f} "
        f"| {statistics.median(kept):,.0f}x ({min(kept):,.0f} to {max(kept):,.0f}) "
        f"| {wide[0]:,.0f} / {wide[1]:,.0f} | {size / rows:.0f} | {filled_s:.0f} |"
    )


def interleaved(set_: Filled, asked: Sequence[bytes]) -> dict[str, list[float]]:
    """Each question to all three in turn."""
    set_.ours([asked[0]])  # the first of a connection plans the statement
    set_.ours([asked[0]], kept=True)
    ways: dict[str, Callable[[bytes], Found]] = {
        "set": lambda code: set_.ours([code])[0],
        "kept": lambda code: set_.ours([code], kept=True)[0],
        "bit_count": set_.by_count,
        "text": set_.by_text,
    }
    times: dict[str, list[float]] = {way: [] for way in ways}
    for code in asked:
        right = set_.truth(code, RADIUS_BITS)
        for way, ask in ways.items():
            taken, found = set_.timed(lambda ask=ask, code=code: ask(code))
            if found != right:
                raise AssertionError(f"{way} found {found}, in memory there is {right}")
            times[way].append(taken)
    return times


def widely(set_: Filled, chance: np.random.Generator) -> tuple[float, float]:
    """What a check asks: eight turns, far beyond what bands are for; first, and once the codes are read."""
    turns = [changed(set_.codes[number], 20, chance) for number in range(TURNS)]
    first, found = set_.timed(lambda: set_.ours(turns, WIDE_BITS))
    if found != [set_.truth(code, WIDE_BITS) for code in turns]:
        raise AssertionError("a wide answer is not whole")
    return first, statistics.median(set_.timed(lambda: set_.ours(turns, WIDE_BITS))[0] for _ in range(5))


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--rows", type=int, nargs="+", default=[100_000])
    words.add_argument("--queries", type=int, default=12)
    words.add_argument("--programs", choices=("wheel", "debian"), default="wheel")
    words.add_argument("--settings", nargs="*", default=["shared_buffers=1GB"])
    asked = words.parse_args()
    programs = {"wheel": wheel, "debian": debian}[asked.programs]()
    if programs is None:
        raise SystemExit(f"{asked.programs}: not installed")
    print("| rows | radius 31 in the set, ms | bit_count, ms | text, ms | text to the set, each question "
          "| with a desk's copy, ms | text to that "
          "| radius 60, eight turns: first / again, ms | bytes a row | filled in, s |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|---|---|", flush=True)
    for rows in asked.rows:
        with server(programs, *asked.settings) as running:
            with psycopg.connect(running.url()) as connection:
                version = connection.info.server_version
            print(measure(running.url(), rows, asked.queries), flush=True)
    print(f"\nPostgreSQL {version // 10000}.{version % 10000}, {asked.queries} questions, {' '.join(asked.settings)}")


if __name__ == "__main__":
    main()
