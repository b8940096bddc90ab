"""Votes over the local features of a set: segments mapped, the rest in memory, all of one committed state."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

from ..errors import ReferenceSetError
from ..model.features import Candidate, Probe
from . import covering, feature_rows, reading, sealing
from .faults import damaged
from .piece import DamagedPieceError, Piece
from .postings import Postings
from .segment import SegmentRow
from .session import Session

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_TRIES = 64
"""Each try leaves out one damaged segment; more of them than this, and the disk is the problem."""


class Voter:
    """Keeps what it laid out until the set changes, and mapped segments as long as the set names them. Voting writes
    nothing: a search may be given up at any moment, and may be made on a set that is not the searcher's.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[str, tuple[bytes, list[SegmentRow], Postings]] = {}
        self._mapped: dict[str, Piece] = {}
        self._unusable: set[str] = set()

    def vote(self, probe: Probe, name: str, most: int) -> list[Candidate]:
        """The pictures with the most votes. A damaged segment is set aside, here, and its pictures read from the table.

        Raises ReferenceSetError.
        """
        for _ in range(_TRIES):
            try:
                with self._session.reading() as connection:
                    laid = self._laid(connection, name)
                return laid.vote(probe, most)
            except DamagedPieceError as error:
                self._set_aside(str(error))
        raise damaged(self._session.path, "its segments of local features change while they are read")

    def seal(self, name: str) -> None:
        """Write segments when enough pictures lie outside of them. Where that fails, answers only come slower."""
        with suppress(ReferenceSetError, OSError):
            with self._session.reading() as connection:
                due = feature_rows.kept_here(connection) and covering.uncovered(connection, name, self._unusable)
            if due:
                sealing.seal(self._session, name, self._unusable)

    def seal_all(self, *, whole: bool) -> None:
        """The same for all names, and damaged segments written anew: all of them when they are read `whole`."""
        with suppress(ReferenceSetError, OSError):
            with self._session.reading() as connection:
                due = [
                    name
                    for name in feature_rows.names(connection)
                    if covering.segments(connection, name) or covering.uncovered(connection, name, ())
                ]
            for name in due:
                sealing.seal(self._session, name, self._unusable, whole=whole)

    def _laid(self, connection: sqlite3.Connection, name: str) -> Postings:
        if not feature_rows.kept_here(connection):
            return Postings(pieces=(), live=())
        snapshot = reading.snapshot(connection)
        usable = [row for row in covering.segments(connection, name) if row.file not in self._unusable]
        known = self._known.get(name)
        if known is None or known[:2] != (snapshot, usable):
            self._known.pop(name, None)
            known = (snapshot, usable, self._lay(connection, name, usable))
            self._known[name] = known
        return known[2]

    def _lay(self, connection: sqlite3.Connection, name: str, usable: list[SegmentRow]) -> Postings:
        """All pictures that the table holds, each once. Raises ValueError and DamagedPieceError."""
        import numpy as np

        there = {file for (file,) in connection.execute("SELECT file FROM segments").fetchall()}
        self._mapped = {file: piece for file, piece in self._mapped.items() if file in there}
        folder = covering.folder_of(self._session.path)
        for row in usable:
            if row.file not in self._mapped:
                self._mapped[row.file] = covering.mapped(connection, folder, name, row)
        pieces = [self._mapped[row.file] for row in usable]
        between = covering.gaps(usable, feature_rows.last_seq(connection, name))
        rest = covering.lay(connection, name, between)
        gone = np.asarray(covering.gone(connection, name), np.int64)
        live = [~np.isin(piece.seqs, gone) for piece in pieces]
        if rest is not None:
            pieces, live = [*pieces, rest], [*live, np.ones(len(rest.ids), np.bool_)]
        _require_all(connection, name, pieces, live)
        return Postings(pieces=tuple(pieces), live=tuple(live))

    def _set_aside(self, file: str) -> None:
        """Never read this segment again; whoever seals next from here takes it out of the set."""
        self._unusable.add(file)
        self._mapped.pop(file, None)
        self._known.clear()


def _require_all(connection: sqlite3.Connection, name: str, pieces: list[Piece], live: list[NDArray[np.bool_]]) -> None:
    """Compare what was laid out with the checksum in the set. Raises ValueError when pictures lack or changed."""
    import numpy as np

    number, total = 0, np.zeros(5, np.uint64)
    for piece, there in zip(pieces, live, strict=True):
        number += int(there.sum())
        total[:4] ^= np.bitwise_xor.reduce(np.ascontiguousarray(piece.ids[there]).view("<u8").reshape(-1, 4), axis=0)
        total[4] ^= np.bitwise_xor.reduce(piece.checks[there])
    if (number, total.astype("<u8").tobytes()) != feature_rows.told(connection, name):
        raise ValueError(f"the local features of {name} are not those that were written")
