"""Broken files made from whole ones, each by its number alone: the same number gives the same bytes in every run."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from provenance.image.containers.structure import structure
from provenance.model.limits import Limits

MOST_SEED_BYTES = 4 * 2**20
"""Larger pictures are left out: their readers are the same, and copying them would take the time."""
_NEAR_A_BLOCK = 0.75  # most of a picture is pixel data, which no reader looks at
_HEAD_BYTES = 48
_EXTREMES = (
    0,
    1,
    2,
    7,
    8,
    0x7F,
    0x80,
    0xFF,
    0x7FFF,
    0x8000,
    0xFFFF,
    2**24,
    2**31 - 1,
    2**31,
    2**32 - 1,
    2**63,
    2**64 - 1,
)
_MOST_CHANGES = 3
_OF_TWO = 0.2


@dataclass(frozen=True, slots=True)
class Seed:
    """A whole file, and where its blocks and their payloads start."""

    name: str
    data: bytes
    places: tuple[int, ...]
    payloads: tuple[tuple[str, int, int], ...]
    """Kind, offset, length of the metadata blocks, for exchanges between files."""


def seeds(paths: Sequence[Path]) -> list[Seed]:
    """The files as seeds, without those too large or empty."""
    found = []
    for path in paths:
        data = path.read_bytes() if path.stat().st_size <= MOST_SEED_BYTES else b""
        if data:
            blocks = structure(data, Limits()).blocks
            places = {0, *(block.offset_bytes for block in blocks), *(block.payload_offset_bytes for block in blocks)}
            payloads = tuple((one.kind, one.payload_offset_bytes, one.payload_length_bytes) for one in blocks[:200])
            found.append(Seed(path.name, data, tuple(sorted(places))[:2000], payloads))
    return found


def mutated(pool: Sequence[Seed], seed: int, number: int) -> tuple[str, bytes]:
    """The file with this number: what was done to which seeds, and the bytes."""
    chance = random.Random(f"{seed} {number}")
    first = chance.choice(pool)
    data, done = bytearray(first.data), []
    for _ in range(chance.randint(1, _MOST_CHANGES)):
        alone, both = chance.choice(_ALONE), chance.choice(_BOTH)
        if chance.random() < _OF_TWO:
            other = chance.choice(pool)
            data = both(data, first, other, chance)
            done.append(f"{both.__name__} with {other.name}")
        else:
            data = alone(data, first, chance)
            done.append(alone.__name__)
    return f"{first.name}: {', '.join(done)}", bytes(data)


def _place(data: bytearray, seed: Seed, chance: random.Random) -> int:
    if chance.random() < _NEAR_A_BLOCK:
        at = chance.choice(seed.places) + chance.randrange(_HEAD_BYTES)
        return min(at, max(len(data) - 1, 0))
    return chance.randrange(max(len(data), 1))


def bit_flips(data: bytearray, seed: Seed, chance: random.Random) -> bytearray:
    """Single bits turned over."""
    for _ in range(chance.randint(1, 32) if data else 0):
        data[_place(data, seed, chance)] ^= 1 << chance.randrange(8)
    return data


def byte_run(data: bytearray, seed: Seed, chance: random.Random) -> bytearray:
    """A stretch overwritten by one value or by chance."""
    at, length = _place(data, seed, chance), chance.choice((1, 2, 4, 8, 64, 1000))
    length = min(length, len(data) - at)
    value = chance.choice((0, 0x20, 0x41, 0x7F, 0xFF))
    data[at : at + length] = chance.randbytes(length) if chance.random() < 0.5 else bytes([value]) * length
    return data


def truncation(data: bytearray, seed: Seed, chance: random.Random) -> bytearray:
    """The end cut off."""
    return data[: _place(data, seed, chance)]


def insertion(data: bytearray, seed: Seed, chance: random.Random) -> bytearray:
    """Bytes put in between."""
    at, length = _place(data, seed, chance), chance.choice((1, 2, 3, 16, 255, 5000))
    return data[:at] + chance.choice((bytes(length), b"\xff" * length, chance.randbytes(length))) + data[at:]


def duplication(data: bytearray, seed: Seed, chance: random.Random) -> bytearray:
    """A block, or a stretch that starts at one, repeated, a few or many times."""
    start = min(chance.choice(seed.places), len(data))
    behind = [place for place in seed.places if place > start]
    end = behind[0] if behind and chance.random() < 0.7 else start + chance.choice((12, 100, 4000))
    part = data[start:end][:100_000]
    return data[:end] + part * chance.choice((1, 2, 20)) + data[end:]


def length_field(data: bytearray, seed: Seed, chance: random.Random) -> bytearray:
    """A number of two, four or eight bytes near the start of a block set to an extreme."""
    for _ in range(chance.randint(1, 4)):
        at, width = _place(data, seed, chance), chance.choice((2, 4, 4, 8))
        value = chance.choice((*_EXTREMES, len(data), at)) & (256**width - 1)
        if at + width <= len(data):
            data[at : at + width] = value.to_bytes(width, chance.choice(("big", "little")))
    return data


def splice(data: bytearray, seed: Seed, other: Seed, chance: random.Random) -> bytearray:
    """The head of one file before the tail of another."""
    cut, at = chance.choice(seed.places), chance.choice(other.places)
    return data[:cut] + other.data[at:]


def exchange(data: bytearray, seed: Seed, other: Seed, chance: random.Random) -> bytearray:
    """The payload of a block written over by that of another file's block, whose length is its own."""
    if not seed.payloads or not other.payloads:
        return data
    _, at, length = chance.choice(seed.payloads)
    _, start, size = chance.choice(other.payloads)
    return data[:at] + other.data[start : start + min(size, 200_000)] + data[at + length :]


_ALONE = (bit_flips, byte_run, truncation, insertion, duplication, length_field, length_field)
_BOTH = (splice, exchange)
