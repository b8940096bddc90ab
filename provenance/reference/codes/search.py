"""All codes of one fingerprint within a radius: segments mapped, the rest in memory, all of one committed state."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import suppress

from ...errors import ReferenceSetError
from ...model.record import Hit
from .. import reading
from ..points.covering import folder_of
from ..points.piece import DamagedPieceError, UnreadablePieceError
from ..sqlite.faults import damaged
from ..sqlite.session import Session
from ..writing import Changes
from . import rows as code_rows
from . import sealing as code_sealing
from .answers import Laid, answers
from .merging import laid
from .piece import CodePiece
from .segment import CodeSegmentRow, opened
from .table import read_codes, stored_checksum

_TRIES = 64


class CodeSearch:
    """Keeps what it laid out until the set changes, and mapped segments as long as the set names them; writes nothing.

    Where a segment is damaged, or segments and rest do not make up what there should be, all codes are read from the
    table of fingerprints: an answer never lacks a picture.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[str, tuple[bytes, list[CodeSegmentRow], Laid]] = {}
        self._mapped: dict[str, CodePiece] = {}
        self._aside: set[str] = set()
        self._anew: set[str] = set()
        """Names whose segments are damaged beyond doubt: whoever seals next from here begins anew."""
        self._until_looked: dict[str, int] = {}
        """How many codes of a name may still come from here before it is looked how many lie outside of segments."""
        self._suspect: set[str] = set()
        """Names of which a segment was not there or had another head: damaged, or merged away since. Sealing tells."""

    def near(self, codes: Sequence[bytes], name: str, radius_bits: int) -> list[list[Hit]]:
        """For each code ALL searchable pictures within the radius, in the order (distance, image id).

        Raises ReferenceSetError.
        """
        for _ in range(_TRIES):
            try:
                with self._session.reading() as connection:
                    laid = self._laid(connection, name)
                return answers(laid, codes, radius_bits)
            except DamagedPieceError as error:
                with self._session.alone():
                    self._set_aside(name, str(error), damaged=not isinstance(error, UnreadablePieceError))
        raise damaged(self._session.path, "its segments of codes change while they are read")

    def came(self, changes: Changes) -> None:
        """Note how many codes of each name came or went from here; what fails afterwards may be noted."""
        left = self._until_looked
        for one in changes.codes:
            left[one.name] = left.get(one.name, 0) - 1
        for name, parts in changes.new_codes.items():
            left[name] = left.get(name, 0) - sum(map(len, parts))

    def seal(self, name: str) -> None:
        """Write segments when enough codes lie outside of them. Where that fails, answers only come slower.

        How many there are is looked for once half as many came from here as were missing: each addition would else
        cost half as much again. Other programs look themselves.
        """
        usual = name not in self._anew and name not in self._suspect
        if usual and self._until_looked.get(name, 0) > 0:
            return
        with suppress(ReferenceSetError, OSError):
            if usual:
                missing = code_sealing.until_due(self._session, name)
                self._until_looked[name] = -(-missing // 2)
                if missing > 0 and not code_sealing.to_merge(self._session, name):
                    return
            self._until_looked[name] = 0
            code_sealing.seal(self._session, name, anew=name in self._anew)
            self._anew.discard(name)
            if name in self._suspect:  # what is still named is there
                self._suspect.discard(name)
                self._aside.clear()
                self._known.clear()

    def seal_all(self, *, whole: bool) -> str:
        """The same for all names; damaged segments, all of them when they are read `whole`, are written anew.

        Why that could not be done, or "".
        """
        try:
            with self._session.reading() as connection:
                names = code_rows.names(connection) if code_rows.kept_here(connection) else []
            reasons = [
                code_sealing.seal(self._session, name, anew=name in self._anew, whole=whole)
                for name in names
                if self._worth_it(name)
            ]
        except (ReferenceSetError, OSError) as error:
            return str(error)
        return next(filter(None, reasons), "")

    def _worth_it(self, name: str) -> bool:
        with self._session.reading() as connection:
            held = connection.execute("SELECT 1 FROM code_segments WHERE name = ?", (name,)).fetchone()
        return held is not None or name in self._anew or code_sealing.due(self._session, name)

    def _laid(self, connection: sqlite3.Connection, name: str) -> Laid:
        """What is laid out of this state, from the file only when it changed."""
        snapshot = reading.snapshot(connection)
        try:
            rows = code_rows.segments(connection, name) if code_rows.kept_here(connection) else []
        except ValueError:
            rows = []
            self._anew.add(name)
        known = self._known.get(name)
        if known is None or known[:2] != (snapshot, rows):
            self._known.pop(name, None)
            made = self._from_segments(connection, name, rows) if rows else None
            known = (snapshot, rows, made or _from_table(connection, name))
            self._known[name] = known
        return known[2]

    def _from_segments(self, connection: sqlite3.Connection, name: str, rows: list[CodeSegmentRow]) -> Laid | None:
        """Segments and the rest; None where they cannot be used. Raises ValueError for damage in the table itself."""
        told = stored_checksum(connection, name, 0)[0]
        gone = code_rows.dropped(connection, name)
        if {row.file for row in rows} & self._aside or sum(row.rows for row in rows) > told + len(gone):
            return None
        try:
            rest = code_rows.unsealed(connection, name).pairs
            right = code_rows.add_up(connection, name, rows, rest, gone)
        except ValueError:
            right = False
        if not right:
            self._anew.add(name)
            return None
        here = {file for (file,) in connection.execute("SELECT file FROM code_segments").fetchall()}
        self._mapped = {file: piece for file, piece in self._mapped.items() if file in here}
        folder = folder_of(self._session.path)
        try:
            for row in rows:
                if row.file not in self._mapped:
                    self._mapped[row.file] = opened(folder, row)
        except DamagedPieceError as error:
            self._set_aside(name, str(error), damaged=False)
            self._suspect |= set() if isinstance(error, UnreadablePieceError) else {name}
            return None
        pieces = [self._mapped[row.file] for row in rows]
        if len(rest):
            columns, ids = laid(rest)
            pieces.append(CodePiece(file="", columns=columns, ids=ids))
        return Laid(tuple(pieces), frozenset(gone), rows[0].length_bytes)

    def _set_aside(self, name: str, file: str, *, damaged: bool) -> None:
        self._aside.add(file)
        self._mapped.pop(file, None)
        self._known.clear()
        self._anew |= {name} if damaged else set()


def _from_table(connection: sqlite3.Connection, name: str) -> Laid:
    """All codes, from the truth. Raises ValueError when they are not what was written."""
    read = read_codes(connection, name)
    if not len(read.ids):
        return Laid((), frozenset(), 0)
    return Laid((CodePiece(file="", columns=read.columns, ids=read.ids),), frozenset(), read.length_bytes)
