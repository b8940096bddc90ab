"""All codes within a radius: by the bands of a code where that is few, else over all codes, read into memory once.

Bands: multi-index hashing (Norouzi, Punjani and Fleet, "Fast Exact Search in Hamming Space with Multi-Index Hashing",
2014, section 3). If two codes differ in at most r bits, the bits of at least one of m bands differ in no more than that
band's share, where the shares add up to r - m + 1.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from ...errors import ReferenceSetError
from ...model.record import Hit
from ..code_answers import Laid as Ordered
from ..code_answers import answers
from ..code_piece import CodePiece
from .schema import BANDED_BYTES, BANDS, band_of
from .session import Spoken

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEWEST_BANDED, MOST_BANDED_BITS = 50_000, 31
"""With fewer codes, or beyond this radius, reading all of them costs less: at 32 bits 3,100 values are looked up."""
_CHUNK = 4096  # row numbers whose rows come as one value: a row of its own costs ten times what it holds
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
_PACKED = f"""
    SELECT max(seq), string_agg(image_id || code, ''::bytea), count(*) FROM {{table}}
    WHERE name = %s AND searchable = 1 AND seq > %s GROUP BY seq / {_CHUNK}
"""  # noqa: S608 a number of ours


# Of a part on another server one condition over all bands is asked, so that it is one question; that server is told not
# to read whole tables.
_BANDED_THERE = (
    "SELECT image_id, code FROM fingerprints_{part}"  # noqa: S608 numbers of ours
    f" WHERE name = %(name)s AND searchable = 1 AND octet_length(code) = {BANDED_BYTES} AND ("
    + " OR ".join(
        f"{band_of('bits', first, end)} = ANY(%(values{number})s::int4[])" for number, (first, end) in enumerate(BANDS)
    )
    + ") AND bit_count(bits # %(bits)s::varbit) <= %(radius)s::int4"
)


@dataclass(slots=True)
class Laid:
    """The codes of one name as far as they were read: `rows` of image id and code, up to the row number `last`."""

    told: tuple[int, bytes]
    last: int
    rows: NDArray[np.uint8]
    codes: Ordered


@dataclass(slots=True)
class CodeReader:
    """Answers for one store; what it read once it reads again only as far as it changed."""

    known: dict[str, Laid] = field(default_factory=dict)
    fewest_banded: int = FEWEST_BANDED
    parts: int = 0
    """Over how many other servers the codes are spread."""

    def near(self, connection: Spoken, codes: Sequence[bytes], fingerprint: str, radius_bits: int) -> list[list[Hit]]:
        """For each code all within the radius, by (distance, image id). Raises ReferenceSetError, ValueError."""
        told = _told(connection, fingerprint)
        if not told[0]:
            return [[] for _ in codes]
        length = len(told[1]) - _ID
        for code in codes:
            if len(code) != length:
                raise ReferenceSetError(
                    f"the set's codes have {length} bytes, the picture's {len(code)}",
                    remedy="fill a new set from the pictures with: provenance add",
                )
        if radius_bits <= MOST_BANDED_BITS and length == BANDED_BYTES and told[0] >= self.fewest_banded:
            return [_by_bands(connection, code, fingerprint, radius_bits, self.parts) for code in codes]
        laid = self.known.get(fingerprint)
        if laid is None or laid.told != told:
            laid = self.known[fingerprint] = _read(connection, fingerprint, told, laid, self.parts)
        return answers(laid.codes, codes, radius_bits)


def _told(connection: Spoken, fingerprint: str) -> tuple[int, bytes]:
    """How many codes of that name there should be, and the exclusive or over image id and code of all."""
    found = connection.execute("SELECT searchable, checksum FROM checksums WHERE name = ?", (fingerprint,)).fetchone()
    if found is None or not found[0]:
        query = "SELECT 1 FROM fingerprints WHERE name = ? AND searchable = 1 LIMIT 1"
        if connection.execute(query, (fingerprint,)).fetchone() is not None:
            raise ValueError(f"what the set tells of {fingerprint} is lost")
        return 0, b""
    number, total = found
    if not isinstance(total, bytes) or len(total) <= _ID or number < 0:
        raise ValueError(f"what the set tells of {fingerprint} is not what was written")
    return number, total


def _by_bands(connection: Spoken, code: bytes, fingerprint: str, radius_bits: int, parts: int) -> list[Hit]:
    bits = f"{int.from_bytes(code, 'big'):0{_BITS}b}"
    asked = {"name": fingerprint, "bits": bits, "radius": radius_bits}
    own = {f"band{number}": _band(code, *band) for number, band in enumerate(BANDS)}
    if parts:
        statement = " UNION ALL ".join(_BANDED_THERE.replace("{part}", str(part)) for part in range(parts)).encode()
        values = {**asked, **_values(own, radius_bits)}
    else:
        statement, values = _BANDED, {**asked, **own, **_masks(radius_bits)}
    rows = connection.raw.execute(statement, values, binary=True, prepare=True).fetchall()
    found = []
    for image_id, other in set(rows):
        if not isinstance(image_id, bytes) or len(image_id) != _ID or len(other) != BANDED_BYTES:
            raise ValueError(f"a code of {fingerprint} is not what was written")
        distance = (int.from_bytes(code, "big") ^ int.from_bytes(other, "big")).bit_count()
        if distance > radius_bits:
            raise ValueError(f"a code of {fingerprint} was answered that was not asked for")
        found.append((distance, image_id))
    return [Hit(distance_bits=distance, image_id=image_id.hex()) for distance, image_id in sorted(found)]


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


def _values(own: dict[str, int], radius_bits: int) -> dict[str, list[int]]:
    """For each band the values that are looked up."""
    bands = zip(BANDS, shares(radius_bits), strict=True)
    return {
        f"values{number}": [own[f"band{number}"] ^ mask for mask in masks(end - first, share)]
        for number, ((first, end), share) in enumerate(bands)
    }


@cache
def masks(width: int, most: int) -> list[int]:
    """All numbers of `width` bits of which at most so many are set; none for -1."""
    chosen = (places for number in range(most + 1) for places in itertools.combinations(range(width), number))
    return [sum(1 << place for place in places) for places in chosen]


def _read(connection: Spoken, fingerprint: str, told: tuple[int, bytes], before: Laid | None, parts: int) -> Laid:
    """What came since, or all where something went since: then the sums of what is there and was told differ."""
    length = len(told[1]) - _ID
    if before is not None and before.rows.shape[1] == _ID + length:
        more = _laid(connection, fingerprint, length, before, parts)
        if _summed(more.rows) == told:
            more.told = told
            return more
    laid = _laid(connection, fingerprint, length, None, parts)
    if _summed(laid.rows) != told:
        raise ValueError(f"the codes of {fingerprint} are not those that were written")
    laid.told = told
    return laid


def _laid(connection: Spoken, fingerprint: str, length: int, before: Laid | None, others: int) -> Laid:
    import numpy as np

    wide = _ID + length
    last = before.last if before is not None else 0
    parts = [before.rows] if before is not None else []
    tables = [f"fingerprints_{part}" for part in range(others)] or ["fingerprints"]
    packing = " UNION ALL ".join(_PACKED.format(table=table) for table in tables)
    for end, packed, number in connection.execute(packing, (fingerprint, last) * len(tables)).fetchall():
        if not isinstance(end, int) or not isinstance(packed, bytes) or len(packed) != number * wide:
            raise ValueError(f"codes of {fingerprint} have different lengths")
        parts.append(np.frombuffer(packed, np.uint8).reshape(-1, wide))
        last = max(last, end)
    rows = np.concatenate(parts) if parts else np.zeros((0, wide), np.uint8)
    return Laid(told=(0, b""), last=last, rows=rows, codes=_in_order(rows, length))


def _in_order(rows: NDArray[np.uint8], length: int) -> Ordered:
    """The same, in the order of the image ids, as the exact search takes it."""
    import numpy as np

    padded = -(-length // 8) * 8
    words = np.ascontiguousarray(rows[:, :_ID]).view(">u8").astype(np.uint64)
    order = np.argsort(words[:, 0], kind="stable")
    if (
        np.diff(words[order, 0]) == 0
    ).any():  # the first eight bytes of two digests: by chance never, by intent perhaps
        order = np.lexsort(tuple(words.T[::-1]))
    ordered = rows[order]
    whole = np.zeros((len(rows), padded), np.uint8)
    whole[:, :length] = ordered[:, _ID:]
    columns = np.ascontiguousarray(whole.view(np.uint64).T)
    piece = CodePiece(file="", columns=columns, ids=np.ascontiguousarray(ordered[:, :_ID]))
    return Ordered(pieces=(piece,) if len(rows) else (), gone=frozenset(), length_bytes=length)


def _summed(rows: NDArray[np.uint8]) -> tuple[int, bytes]:
    import numpy as np

    return len(rows), np.bitwise_xor.reduce(rows, axis=0).tobytes() if len(rows) else bytes(rows.shape[1])
