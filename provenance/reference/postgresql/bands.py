"""Codes within a small radius, looked up by the bands of a code.

Multi-index hashing (Norouzi, Punjani and Fleet, "Fast Exact Search in Hamming Space with Multi-Index Hashing", 2014,
section 3). If two codes differ in at most r bits, the bits of at least one of m bands differ in no more than that
band's share, where the shares add up to r - m + 1.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from ...model.record import Hit
from .schema import BANDED_BYTES, BANDS, band_of
from .session import Spoken

Question = tuple[bytes, Mapping[str, object]]
"""A statement and its values."""
FEWEST_BANDED, MOST_BANDED_BITS = 50_000, 31
"""With fewer codes, or beyond this radius, reading all of them costs less: at 32 bits 3,100 values are looked up."""
_ID = 32
_BITS = 8 * BANDED_BYTES
# Each value of each band is looked up in the band's index. OFFSET 0 keeps the planner from turning that around: left to
# its guess, it reads all of one index.
_BANDED = " UNION ALL ".join(
    "SELECT image_id, code FROM (SELECT name, image_id, code, bits FROM fingerprints"  # noqa: S608 numbers of ours
    f" WHERE {band_of('bits', first, end)} = ANY(ARRAY("
    f"SELECT mask # %(band{number})s::int4 FROM unnest(%(masks{number})s::int4[]) AS masks (mask)))"
    f" AND searchable = 1 AND octet_length(code) = {BANDED_BYTES} OFFSET 0) AS near"
    " WHERE name = %(name)s AND bit_count(bits # %(bits)s::varbit) <= %(radius)s::int4"
    for number, (first, end) in enumerate(BANDS)
).encode()
# Of a part on another server one condition over all bands is asked, so that it is one question; that server is told not
# to read whole tables.
_BANDED_THERE = (
    "SELECT image_id, code FROM {table}"  # noqa: S608 numbers of ours
    f" WHERE name = %(name)s AND searchable = 1 AND octet_length(code) = {BANDED_BYTES} AND ("
    + " OR ".join(
        f"{band_of('bits', first, end)} = ANY(%(values{number})s::int4[])" for number, (first, end) in enumerate(BANDS)
    )
    + ") AND bit_count(bits # %(bits)s::varbit) <= %(radius)s::int4"
)


def by_bands(
    connection: Spoken, codes: Sequence[bytes], fingerprint: str, radius_bits: int, *, parts: int
) -> list[list[Hit]]:
    """For each code all within the radius, which is small, in the set or in its `parts` on other servers. Raises
    ReferenceSetError, ValueError.
    """
    asked = [_question(code, fingerprint, radius_bits, parts) for code in codes]
    whole = [connection.raw.execute(*one, binary=True, prepare=True).fetchall() for one in asked]
    return [hits_of(rows, code, fingerprint, radius_bits) for rows, code in zip(whole, codes, strict=True)]


def _question(code: bytes, fingerprint: str, radius_bits: int, parts: int) -> Question:
    if parts:
        tables = [f"fingerprints_{part}" for part in range(parts)]
        return statement_for(tables), values_for(code, fingerprint, radius_bits)
    own = {f"band{number}": _band(code, *band) for number, band in enumerate(BANDS)}
    return _BANDED, {**_asked(code, fingerprint, radius_bits), **own, **_masks(radius_bits)}


def hits_of(rows: Iterable[tuple[bytes, bytes]], code: bytes, fingerprint: str, radius_bits: int) -> list[Hit]:
    """Rows of image id and code in the order of an answer. Raises ValueError for what was not asked for."""
    found = []
    for image_id, other in set(rows):
        if not isinstance(image_id, bytes) or len(image_id) != _ID or len(other) != BANDED_BYTES:
            raise ValueError(f"a code of {fingerprint} is not what was written")
        distance = (int.from_bytes(code, "big") ^ int.from_bytes(other, "big")).bit_count()
        if distance > radius_bits:
            raise ValueError(f"a code of {fingerprint} was answered that was not asked for")
        found.append((distance, image_id))
    return [Hit(distance_bits=distance, image_id=image_id.hex()) for distance, image_id in sorted(found)]


def statement_for(tables: Sequence[str]) -> bytes:
    """What is asked of parts on other servers, with the values of `values_for`."""
    return " UNION ALL ".join(_BANDED_THERE.replace("{table}", table) for table in tables).encode()


def near_prepared(radius_bits: int, name: str) -> str:
    """The command by which a server with a part prepares the question for a name, a code and a number: the image ids
    and codes within the radius, and in the end a row with that number.
    """
    some = zip(BANDS, shares(radius_bits), strict=True)
    bands = [(band, ",".join(map(str, masks(band[1] - band[0], share)))) for band, share in some]
    looked_up = " OR ".join(
        f"{band_of('bits', *band)} = ANY(ARRAY("  # noqa: S608 numbers of ours
        f"SELECT mask # {band_of('$2', *band)} FROM unnest('{{{mine}}}'::int4[]) AS masks (mask)))"
        for band, mine in bands
    )
    return (
        f"PREPARE {name} (text, varbit, int8) AS SELECT image_id, code FROM fingerprints"  # noqa: S608 numbers of ours
        f" WHERE name = $1 AND searchable = 1 AND octet_length(code) = {BANDED_BYTES}"
        f" AND ({looked_up}) AND bit_count(bits # $2) <= {int(radius_bits)} UNION ALL SELECT NULL, int8send($3)"
    )


def values_for(code: bytes, fingerprint: str, radius_bits: int) -> dict[str, object]:
    """The name, the code, the radius, and for each band the values that are looked up."""
    looked_up = {}
    for number, ((first, end), share) in enumerate(zip(BANDS, shares(radius_bits), strict=True)):
        mine = _band(code, first, end)
        # As the text of an array, which takes a third of what a list takes.
        looked_up[f"values{number}"] = f"{{{','.join([str(mine ^ mask) for mask in masks(end - first, share)])}}}"
    return {**_asked(code, fingerprint, radius_bits), **looked_up}


def _asked(code: bytes, fingerprint: str, radius_bits: int) -> dict[str, object]:
    return {"name": fingerprint, "bits": f"{int.from_bytes(code, 'big'):0{_BITS}b}", "radius": radius_bits}


def shares(radius_bits: int) -> tuple[int, ...]:
    """How many bits of each band may differ, -1 for a band that need not be looked at; they add up to r - m + 1."""
    whole, more = divmod(max(radius_bits + 1, 0), len(BANDS))
    return tuple(whole - (number >= more) for number in range(len(BANDS)))


def _band(code: bytes, first: int, end: int) -> int:
    return int.from_bytes(code, "big") >> (8 * len(code) - end) & (1 << end - first) - 1


@cache
def _masks(radius_bits: int) -> dict[str, str]:
    """For each band the differences that are looked up, as the text of an array."""
    bands = zip(BANDS, shares(radius_bits), strict=True)
    found = (masks(end - first, share) for (first, end), share in bands)
    return {f"masks{number}": f"{{{','.join(map(str, some))}}}" for number, some in enumerate(found)}


@cache
def masks(width: int, most: int) -> list[int]:
    """All numbers of `width` bits of which at most so many are set; none for -1."""
    chosen = (places for number in range(most + 1) for places in itertools.combinations(range(width), number))
    return [sum(1 << place for place in places) for places in chosen]
