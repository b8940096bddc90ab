"""Votes over the local features of a set: segments mapped, the rest in memory, all of one committed state."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import suppress

from ...errors import ReferenceSetError
from ...model.features import LEAST_POINTS, Candidate, Features, Probe
from .. import reading
from ..sqlite.faults import damaged
from ..sqlite.session import Session
from . import covering, feature_rows, sealing
from .piece import DamagedPieceError, Piece, UnreadablePieceError
from .piece import laid as laid_out
from .postings import Postings
from .segment import SegmentRow

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
        self._aside: set[str] = set()
        """Segments that are not read again by this process."""
        self._unusable: set[str] = set()
        """Of these, the ones that are damaged beyond doubt: whoever seals takes them out of the set."""

    def vote(self, probe: Probe, name: str, most: int, beside: Mapping[str, Features]) -> list[Candidate]:
        """The pictures with the most votes. A damaged segment is set aside, here, and its pictures read from the table.

        `beside`: features that are counted with the set's and belong to no set. Raises ReferenceSetError.
        """
        for _ in range(_TRIES):
            try:
                with self._session.reading() as connection:
                    laid = self._laid(connection, name)
                return with_beside(laid, beside, name).vote(probe, most)
            except DamagedPieceError as error:
                self._set_aside(str(error), damaged=not isinstance(error, UnreadablePieceError))
        raise damaged(self._session.path, "its segments of local features change while they are read")

    def seal(self, name: str) -> None:
        """Write segments when enough pictures lie outside of them. Where that fails, answers only come slower."""
        with suppress(ReferenceSetError, OSError):
            with self._session.reading() as connection:
                unusable = frozenset(self._unusable)
                due = feature_rows.kept_here(connection) and covering.uncovered(connection, name, unusable)
            if due:
                sealing.seal(self._session, name, unusable)

    def seal_all(self, *, whole: bool) -> str:
        """The same for all names, and damaged segments written anew: all of them when they are read `whole`.

        Why that could not be done, or "".
        """
        try:
            with self._session.reading() as connection:
                unusable = frozenset(self._unusable)
                due = [
                    name
                    for name in feature_rows.names(connection)
                    if covering.any_segment(connection, name) or covering.uncovered(connection, name, ())
                ]
            reasons = [sealing.seal(self._session, name, unusable, whole=whole) for name in due]
        except (ReferenceSetError, OSError) as error:
            return str(error)
        return next(filter(None, reasons), "")

    def _laid(self, connection: sqlite3.Connection, name: str) -> Postings:
        if not feature_rows.kept_here(connection):
            if feature_rows.told(connection, name)[0]:
                raise ValueError("the table of local features is lost")
            return Postings(pieces=(), live=())
        snapshot = reading.snapshot(connection)
        usable = [row for row in covering.segments(connection, name) if row.file not in self._aside]
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
        pieces += covering.lay(connection, name, between)
        gone = covering.gone(connection, name)
        if covering.summed(pieces, gone) != feature_rows.told(connection, name):
            raise ValueError(f"the local features of {name} are not those that were written")
        live = [~np.isin(piece.seqs, np.asarray(gone, np.int64)) for piece in pieces]
        return Postings(pieces=tuple(pieces), live=tuple(live))

    def _set_aside(self, file: str, *, damaged: bool) -> None:
        """Never read this segment again; when it is damaged, whoever seals next from here takes it out of the set."""
        with self._session.alone():  # another thread may be laying out what is mapped
            self._aside.add(file)
            self._unusable |= {file} if damaged else set()
            self._mapped.pop(file, None)
            self._known.clear()


def with_beside(laid: Postings, beside: Mapping[str, Features], name: str) -> Postings:
    """The same and these features, for one vote."""
    import numpy as np

    rows = [
        feature_rows.Row(
            seq=number,
            image_id=bytes.fromhex(image_id),
            points=one.points,
            words=one.words,
            signatures=one.signatures,
            sizes=one.sizes,
            angles=one.angles,
            check=0,
        )
        for number, (image_id, one) in enumerate(beside.items())
        if one.name == name and one.points >= LEAST_POINTS
    ]
    if not rows:
        return laid
    there = np.ones(len(rows), np.bool_)
    return Postings(pieces=(*laid.pieces, laid_out(rows)), live=(*laid.live, there))
