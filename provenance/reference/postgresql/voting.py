"""Votes over the local features of a set on a server: lists of the words asked for, and what no list covers yet."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from ...errors import ReferenceSetError
from ...model.features import LEAST_POINTS, Candidate, Features, Probe
from .. import reading
from ..points import feature_rows
from ..points.covering import lay
from ..points.piece import Piece
from ..points.postings import Postings
from ..points.voting import with_beside
from . import lists
from .session import Session, Spoken
from .verified_lists import whole

_LOCK = 0x504F494E  # one program at a time makes lists; a number of our own


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """Of one state: who can be voted for, and the points that lie in no block."""

    snapshot: bytes
    last: int
    owners: lists.Owners
    rest: tuple[Piece, ...]


@dataclass(slots=True)
class Voter:
    """Keeps of each name what is the same for every question, until the set changes. Voting writes nothing."""

    session: Session
    block_pictures: int = lists.BLOCK_PICTURES
    _known: dict[str, _Known] = field(default_factory=dict)

    def vote(self, probe: Probe, name: str, most: int, beside: Mapping[str, Features]) -> list[Candidate]:
        """The pictures with the most votes, as in points/voting.py. Raises ReferenceSetError."""
        with self.session.reading(whole=True) as connection:
            laid = self._laid(connection, name, probe)
        return with_beside(laid, beside, name).vote(probe, most)

    def seal(self, name: str) -> None:
        """Make lists when enough pictures lie outside of them. Where that fails, answers only come slower."""
        with contextlib.suppress(ReferenceSetError):
            self._seal(name, whole_lists=False)

    def seal_all(self, *, whole_lists: bool) -> str:
        """The same for all names; with `whole_lists` all are read, and made anew where they are not what the features
        give. Why that could not be done, or "".
        """
        try:
            with self.session.reading() as connection:
                names = feature_rows.names(connection)
            for name in names:
                self._seal(name, whole_lists=whole_lists)
        except ReferenceSetError as error:
            return str(error)
        return ""

    def _laid(self, connection: Spoken, name: str, probe: Probe) -> Postings:
        import numpy as np

        number = feature_rows.told(connection, name)[0]
        if not number:
            query = "SELECT 1 FROM features WHERE name = ? AND points >= ? LIMIT 1"
            if connection.execute(query, (name, LEAST_POINTS)).fetchone() is not None:
                raise ValueError(f"what the set tells of {name} is lost")
            return Postings(pieces=(), live=())
        snapshot, blocks = reading.snapshot(connection), lists.blocks(connection, name)
        last = blocks[-1].last if blocks else 0
        known = self._known.get(name)
        if known is None or (known.snapshot, known.last) != (snapshot, last):
            rest = tuple(lay(connection, name, [(last, feature_rows.last_seq(connection, name))]))
            pictures = lists.owners(connection, name, number)
            known = self._known[name] = _Known(snapshot=snapshot, last=last, owners=pictures, rest=rest)
        pieces = known.rest
        if blocks:
            pieces = (lists.read(connection, name, probe.words, known.owners), *pieces)
        return Postings(pieces=pieces, live=tuple(np.ones(len(piece.ids), np.bool_) for piece in pieces))

    def _seal(self, name: str, *, whole_lists: bool) -> None:
        """In a transaction of its own, which no writer waits for: rows up to a number never change, they only go."""
        with self.session.alone() as connection:
            if not connection.execute("SELECT pg_try_advisory_xact_lock(?)", (_LOCK,)).fetchone()[0]:
                return
            if whole_lists and not whole(connection, name):
                lists.drop(connection, name)
            blocks = lists.blocks(connection, name)
            after = blocks[-1].last if blocks else 0
            query = "SELECT count(*) FROM features WHERE name = ? AND seq > ? AND points >= ?"
            outside = connection.execute(query, (name, after, LEAST_POINTS)).fetchone()[0]
            if outside >= self.block_pictures:
                lists.write(connection, name, after)
                lists.merge(connection, name)
