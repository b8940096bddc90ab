"""All codes within a radius: by the bands of a code where that is few, else over all codes, read into memory once.

What was read of a large set is kept on the desk (desk_copy.py), so that the next process reads only what came since.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import ReferenceSetError
from ...model.record import Hit
from ..codes.answers import Laid as Ordered
from ..codes.answers import answers
from ..codes.bands import INDEX_ROWS
from ..codes.piece import CodePiece
from ..points.piece import DamagedPieceError
from . import desk_copy
from .at_once import Beside
from .bands import FEWEST_BANDED, MOST_BANDED_BITS, by_bands, hits_of
from .desk_copy import DeskCopy
from .schema import BANDED_BYTES
from .session import Spoken

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CHUNK = 4096  # row numbers whose rows come as one value: a row of its own costs ten times what it holds
_ID = 32
LOOK_UP_CODES = 4000
"""To look up one code within 31 bits costs as much as to read and keep so many: 12 ms of processors beside 3.5 s for a
million, on a loaded machine.
"""
MOST_READ_CODES = 2_000_000  # which takes 0.8 GB while it is done; more are read where a wide question asks for it
_SHARE = 4  # once a quarter of what is kept has come since, all is read and kept anew
# What came since is asked for between two row numbers: of "beyond one" the planner, which does not know the numbers,
# expects a third of the table, and reads it whole.
_PACKED = f"""
    SELECT max(seq), string_agg(image_id || code, ''::bytea), count(*) FROM {{table}}
    WHERE name = %s AND searchable = 1 AND seq > %s{{until}} GROUP BY seq / {_CHUNK}
"""  # noqa: S608 a number of ours
_UNTIL = f" AND seq <= {2**63 - 1}"
_TOLD = "SELECT searchable, checksum FROM checksums WHERE name = ?"
_TOLD_WHOLE = f"{_TOLD} AND NOT EXISTS (SELECT 1 FROM unfinished)"  # noqa: S608 a statement of ours


@dataclass(slots=True)
class Laid:
    """The codes of one name as far as they were read, up to the row number `last`: what is kept on the desk, and `rows`
    of image id and code beyond it.
    """

    told: tuple[int, bytes]
    last: int
    rows: NDArray[np.uint8]
    codes: Ordered
    kept: DeskCopy | None = None


@dataclass(slots=True)
class CodeReader:
    """Answers for one store; what it read once it reads again only as far as it changed."""

    known: dict[str, Laid] = field(default_factory=dict)
    fewest_banded: int = FEWEST_BANDED
    parts: int = 0
    """Over how many other servers the codes are spread."""
    beside: Beside | None = None
    """A connection over which they are asked at once, from the second question on."""
    banded: set[str] = field(default_factory=set)
    """Names whose codes were looked up by bands."""
    looked_up: dict[str, int] = field(default_factory=dict)
    """How many codes of each name were."""
    folder: Path | None = None
    """Where the desk keeps what it read of this set; None to keep nothing."""

    def at_hand(
        self, connection: Spoken, codes: Sequence[bytes], fingerprint: str, radius_bits: int
    ) -> list[list[Hit]] | None:
        """The same answer without a transaction, where what was read before, or is kept on the desk, is still all there
        is, or where several servers gave the bands and nothing was written meanwhile. None where it takes more, or the
        server takes no further connection.
        """
        laid = self.known.get(fingerprint) or self._from_desk(fingerprint, len(codes[0]) if codes else 0)
        length = laid.codes.length_bytes if laid is not None else BANDED_BYTES
        beside = None if laid is not None else self._several(fingerprint, radius_bits)
        if (laid is None and beside is None) or any(len(code) != length for code in codes):
            return None
        if laid is not None:
            told = connection.execute(_TOLD_WHOLE if self.parts else _TOLD, (fingerprint,)).fetchone()
            with suppress(DamagedPieceError):
                return answers(laid.codes, codes, radius_bits) if told == laid.told else None
        elif beside is not None and beside.reached(radius_bits):
            found = beside.ask(codes, fingerprint, radius_bits)
            if found is not None:
                return [hits_of(rows, code, fingerprint, radius_bits) for rows, code in zip(found, codes, strict=True)]
        return None

    def _several(self, fingerprint: str, radius_bits: int) -> Beside | None:
        return self.beside if fingerprint in self.banded and radius_bits <= MOST_BANDED_BITS else None

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
        laid = self.known.get(fingerprint) or self._from_desk(fingerprint, length)
        banded = radius_bits <= MOST_BANDED_BITS and length == BANDED_BYTES and told[0] >= self.fewest_banded
        if banded and (laid is None or laid.kept is None) and not self._paid(fingerprint, len(codes), told[0]):
            self.banded.add(fingerprint)
            return by_bands(connection, codes, fingerprint, radius_bits, parts=self.parts)
        if laid is None or laid.told != told:
            laid = self._read(connection, fingerprint, told, laid)
        try:
            return answers(laid.codes, codes, radius_bits)
        except DamagedPieceError:  # what the desk keeps; on the server it is as it was
            return answers(self._read(connection, fingerprint, told, None).codes, codes, radius_bits)

    def _paid(self, fingerprint: str, number: int, there: int) -> bool:
        """Whether so many codes were looked up by bands that reading all, which the desk then keeps, costs no more: who
        changes over then never pays more than twice what was best (Karlin, Manasse, Rudolph and Sleator, "Competitive
        Snoopy Caching", Algorithmica 3, 1988).
        """
        if self.folder is None or self.parts or not INDEX_ROWS <= there <= MOST_READ_CODES:
            return False
        before = self.looked_up.get(fingerprint, 0)
        self.looked_up[fingerprint] = before + number
        return before * LOOK_UP_CODES >= there

    def _from_desk(self, fingerprint: str, length: int) -> Laid | None:
        """What is kept, which is an answer as it is only where the server tells the same number and sum."""
        import numpy as np

        kept = desk_copy.load(self.folder, fingerprint, length) if self.folder is not None and length else None
        if kept is None:
            return None
        ordered = Ordered(pieces=(kept.piece,), gone=frozenset(), length_bytes=length)
        none = np.zeros((0, _ID + length), np.uint8)
        told = (kept.number, kept.total)
        laid = self.known[fingerprint] = Laid(told=told, last=kept.last, rows=none, codes=ordered, kept=kept)
        return laid

    def _read(self, connection: Spoken, fingerprint: str, told: tuple[int, bytes], before: Laid | None) -> Laid:
        """What came since, or all where something went since: then the sums of what is there and was told differ."""
        length = len(told[1]) - _ID
        if before is not None and before.rows.shape[1] == _ID + length:
            more = _laid(connection, fingerprint, length, before, self.parts)
            few = more.kept is None or len(more.rows) <= more.kept.number // _SHARE
            if few and _summed(more) == told:
                more.told = told
                self.known[fingerprint] = more
                return more
        laid = _laid(connection, fingerprint, length, None, self.parts)
        if _summed(laid) != told:
            raise ValueError(f"the codes of {fingerprint} are not those that were written")
        if self.folder is not None and len(laid.rows) >= INDEX_ROWS:
            desk_copy.save(self.folder, fingerprint, laid.codes, told[1], laid.last)
            laid = self._from_desk(fingerprint, length) or laid
        laid.told = told
        self.known[fingerprint] = laid
        return laid


def _told(connection: Spoken, fingerprint: str) -> tuple[int, bytes]:
    """How many codes of that name there should be, and the exclusive or over image id and code of all."""
    found = connection.execute(_TOLD, (fingerprint,)).fetchone()
    if found is None or not found[0]:
        query = "SELECT 1 FROM fingerprints WHERE name = ? AND searchable = 1 LIMIT 1"
        if connection.execute(query, (fingerprint,)).fetchone() is not None:
            raise ValueError(f"what the set tells of {fingerprint} is lost")
        return 0, b""
    number, total = found
    if not isinstance(total, bytes) or len(total) <= _ID or number < 0:
        raise ValueError(f"what the set tells of {fingerprint} is not what was written")
    return number, total


def _laid(connection: Spoken, fingerprint: str, length: int, before: Laid | None, others: int) -> Laid:
    import numpy as np

    wide = _ID + length
    last = before.last if before is not None else 0
    parts = [before.rows] if before is not None else []
    tables = [f"fingerprints_{part}" for part in range(others)] or ["fingerprints"]
    until = _UNTIL if before is not None else ""
    packing = " UNION ALL ".join(_PACKED.format(table=table, until=until) for table in tables)
    for end, packed, number in connection.execute(packing, (fingerprint, last) * len(tables)).fetchall():
        if not isinstance(end, int) or not isinstance(packed, bytes) or len(packed) != number * wide:
            raise ValueError(f"codes of {fingerprint} have different lengths")
        parts.append(np.frombuffer(packed, np.uint8).reshape(-1, wide))
        last = max(last, end)
    rows = np.concatenate(parts) if parts else np.zeros((0, wide), np.uint8)
    kept = before.kept if before is not None else None
    codes = _in_order(rows, length)
    if kept is not None:
        codes = Ordered(pieces=(kept.piece, *codes.pieces), gone=frozenset(), length_bytes=length)
    return Laid(told=(0, b""), last=last, rows=rows, codes=codes, kept=kept)


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


def _summed(laid: Laid) -> tuple[int, bytes]:
    """How many codes, and the exclusive or over image id and code of all."""
    import numpy as np

    rows = laid.rows
    total = np.bitwise_xor.reduce(rows, axis=0).tobytes() if len(rows) else bytes(rows.shape[1])
    if laid.kept is None:
        return len(rows), total
    both = int.from_bytes(total, "big") ^ int.from_bytes(laid.kept.total, "big")
    return laid.kept.number + len(rows), both.to_bytes(len(total), "big")
