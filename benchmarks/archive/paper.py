"""What a hundred million and a billion pictures would take: bytes, keys looked up, time and machines, on paper.

    python -m benchmarks.archive.paper

Sizes of segments, and which there are, are calculated by the program's own rules; what was measured on smaller sets
stands here with the command that measures it. docs/measured/scale.md has what is printed, and a test holds it to that.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from benchmarks.asked import arguments
from provenance.reference.codes import merging as code_merging
from provenance.reference.codes.bands import probes, widths
from provenance.reference.codes.layout import BLOCK_BYTES, Layout

PICTURES = (10**6, 10**8, 10**9)
HASHES_BITS = (256, 512)
"""What is searched, and what confirms it."""
RADIUS_BITS = 31

BATCH = 5000
"""Pictures that are added at once, as in benchmarks.archive.filling."""

SET_BYTES = 441
"""A picture's records and hashes in the set's file, where pictures come many at once and lie in packs:
benchmarks.archive.filling, from 200,000 to 800,000 the same. In rows of their own 523, at ten million.
"""
FEATURES_BYTES = 9_000 + 7_252
"""Its local features in the file, and its share of their segments: benchmarks.scale, at a million."""
LOOKING_UP_MS = {1_000_000: 0.15, 10_000_000: 0.59}
"""CPU of one code within 31 bits in a segment of so many rows: benchmarks.archive.hashes."""
EIGHT_CODES_MS = {"NumPy": 1.6, "faiss": 0.9}
"""CPU of a scan within 60 bits, a code and million rows, eight at once, by what counts: benchmarks.archive.hashes."""
CORES, MEMORY_BYTES = 16, 64 * 10**9


def segments(pictures: int) -> list[int]:
    """Rows of the segments of one hash, sealed and merged as the pictures come."""
    held = list[int]()
    for done in range(0, pictures, BATCH):
        held.append(min(BATCH, pictures - done))
        while run := next(filter(None, (_due(held, tier) for tier in code_merging.TIERS_ROWS)), None):
            held = [rows for rows in held if rows not in run] + [sum(run)]
    return held


def _due(held: list[int], tier: int) -> list[int]:
    run = [rows for rows in held if rows < tier]
    return run if len(run) > 1 and sum(run) >= tier else []


def segment_bytes(rows: int, bits: int) -> int:
    """Of one segment's file."""
    layout = Layout(bits // 64, rows, widths(rows, bits))
    return layout.begin_bytes() + layout.blocks() * BLOCK_BYTES


def looked_up(held: list[int]) -> tuple[int, float]:
    """How many keys are looked up for a code within 31 bits, and ms of CPU: of each segment as of the measured one that
    is nearest in size. Segments without bands are scanned: a hundredth of the rows at most.
    """
    banded = {rows: widths(rows, HASHES_BITS[0]) for rows in held}
    keys = sum(probes(bands, RADIUS_BITS) for rows in held if (bands := banded[rows]))
    near = (min(LOOKING_UP_MS, key=lambda size: abs(math.log(size / rows))) for rows in held if banded[rows])
    return keys, sum(map(LOOKING_UP_MS.__getitem__, near))


def lines() -> Iterator[str]:
    """The table, in Markdown."""
    held = {pictures: segments(pictures) for pictures in PICTURES}
    sizes = {
        pictures: sum(segment_bytes(rows, bits) for rows in held[pictures] for bits in HASHES_BITS)
        for pictures in PICTURES
    }
    scans = {counter: {one: 8 * ms * one / 1e6 for one in PICTURES} for counter, ms in EIGHT_CODES_MS.items()}
    machines = {one: math.ceil(sizes[one] / MEMORY_BYTES) for one in PICTURES}
    yield from table(
        {
            "set's file, hashes and records": lambda one: room(SET_BYTES * one),
            "segments of both hashes, mapped": lambda one: room(sizes[one]),
            "bytes a picture in them": lambda one: f"{sizes[one] / one:.0f}",
            "with local features: file and segments": lambda one: room((SET_BYTES + FEATURES_BYTES) * one + sizes[one]),
            "segments of a hash": lambda one: f"{len(held[one])}",
            "radius 31, one code: keys looked up": lambda one: f"{looked_up(held[one])[0]:,}",
            "the same, CPU": lambda one: span(looked_up(held[one])[1]),
            "eight codes within 60 bits, CPU": lambda one: span(scans["NumPy"][one]),
            "the same, counted by faiss": lambda one: span(scans["faiss"][one]),
            f"machines of {MEMORY_BYTES // 10**9} GB that hold the segments": lambda one: f"{machines[one]}",
            f"eight codes within 60 bits on all their cores ({CORES} each)": lambda one: span(
                scans["NumPy"][one] / machines[one] / CORES
            ),
        }
    )


def table(rows: dict[str, Callable[[int], str]]) -> Iterator[str]:
    """In Markdown, a column for each number of pictures."""
    yield f"| | {' | '.join(('1 million', '100 million', '1 billion'))} |"
    yield "|---|---|---|---|"
    for name, cell in rows.items():
        yield f"| {name} | {' | '.join(map(cell, PICTURES))} |"


def room(size_bytes: float) -> str:
    """Two digits, in GB or TB."""
    return f"{rounded(size_bytes / 1e12)} TB" if size_bytes >= 1e12 else f"{rounded(size_bytes / 1e9)} GB"


def span(ms: float) -> str:
    """Two digits, in ms or s."""
    return f"{rounded(ms / 1000)} s" if ms >= 1000 else f"{rounded(ms)} ms"


def rounded(value: float) -> str:
    """Two digits that count."""
    return f"{float(f'{value:.2g}'):,.10g}"


if __name__ == "__main__":
    arguments(__doc__)
    print("\n".join(lines()))
