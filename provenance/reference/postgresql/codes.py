"""All codes within a radius: by the bands of a code where that is few, else over all codes, read into memory once.

What was read of a large set is kept on the desk (desk_copy.py), so that the next process reads only what came since.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ...errors import ReferenceSetError
from ...model.record import Hit
from ..codes.answers import Laid as Ordered
from ..codes.answers import answers
from ..codes.bands import INDEX_ROWS
from ..points.piece import DamagedPieceError
from . import desk_copy
from .at_once import Beside
from .bands import FEWEST_BANDED, MOST_BANDED_BITS, by_bands, hits_of
from .laid import ID_BYTES, TOLD, Laid, laid_out, summed, told_by
from .schema import BANDED_BYTES
from .session import Spoken

LOOK_UP_CODES = 4000
"""To look up one code within 31 bits costs as much as to read and keep so many: 12 ms of processors beside 3.5 s for a
million, on a loaded machine.
"""
MOST_READ_CODES = 2_000_000  # which takes 0.8 GB while it is done; more are read where a wide question asks for it
_SHARE = 4  # once a quarter of what is kept has come since, all is read and kept anew
_TOLD_WHOLE = f"{TOLD} AND NOT EXISTS (SELECT 1 FROM unfinished)"  # noqa: S608 a statement of ours


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
            told = connection.execute(_TOLD_WHOLE if self.parts else TOLD, (fingerprint,)).fetchone()
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
        told = told_by(connection, fingerprint)
        if not told[0]:
            return [[] for _ in codes]
        length = len(told[1]) - ID_BYTES
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
        none = np.zeros((0, ID_BYTES + length), np.uint8)
        told = (kept.number, kept.total)
        laid = self.known[fingerprint] = Laid(told=told, last=kept.last, rows=none, codes=ordered, kept=kept)
        return laid

    def _read(self, connection: Spoken, fingerprint: str, told: tuple[int, bytes], before: Laid | None) -> Laid:
        """What came since, or all where something went since: then the sums of what is there and was told differ."""
        length = len(told[1]) - ID_BYTES
        if before is not None and before.rows.shape[1] == ID_BYTES + length:
            more = laid_out(connection, fingerprint, length, before, self.parts)
            few = more.kept is None or len(more.rows) <= more.kept.number // _SHARE
            if few and summed(more) == told:
                more.told = told
                self.known[fingerprint] = more
                return more
        laid = laid_out(connection, fingerprint, length, None, self.parts)
        if summed(laid) != told:
            raise ValueError(f"the codes of {fingerprint} are not those that were written")
        if self.folder is not None and len(laid.rows) >= INDEX_ROWS:
            desk_copy.save(self.folder, fingerprint, laid.codes, told[1], laid.last)
            laid = self._from_desk(fingerprint, length) or laid
        laid.told = told
        self.known[fingerprint] = laid
        return laid
