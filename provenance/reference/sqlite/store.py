"""A reference set in one SQLite file: durable, safe for several programs at once, exact in its answers."""

from __future__ import annotations

import dataclasses
import os
import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path

from ...model.features import Candidate, Features, Probe
from ...model.record import Hit, Stored
from .. import reading, writing
from ..codes import coming as code_coming
from ..codes.search import CodeSearch
from ..kept import ENDINGS, OTHER_ENDING, is_whole, place_of, remove_copy, require_no_link, write_copy
from ..packs import heads
from ..points.voting import Voter
from ..row_store import RowStore, system_clock
from ..rows import image_key
from ..sql import Connection
from ..verifying import Verification, Verifier
from ..writing import Changes
from .faults import translated
from .layout import require_layout
from .session import Session


class SQLiteStore(RowStore):
    """Implements `ReferenceStore`. Usable from several threads; every answer comes from one committed state.

    Every method raises ReferenceSetError when the file is damaged, gone, locked for too long, or may not be written.
    """

    def __init__(
        self,
        path: Path,
        *,
        create: bool = False,
        name: str = "",
        set_id: str = "",
        clock: Callable[[], datetime] = system_clock,
    ) -> None:
        self.path = path
        self._session = Session(path, create=create, name=name, set_id=set_id, now=clock())
        super().__init__(self._session, clock)
        self._voter, self._codes = Voter(self._session), CodeSearch(self._session)

    @property
    def where(self) -> str:
        """What the set is called in a sentence: its path."""
        return str(self.path)

    @property
    def lies_at(self) -> str:
        """The file by its number, which links have in common."""
        with translated(self.path):
            status = self.path.stat()
        return f"file {status.st_dev} {status.st_ino}"

    @property
    def open_files(self) -> frozenset[tuple[int, int]]:
        """The file and those beside it; see `opening._look` for what closing one of them does."""
        found = set[tuple[int, int]]()
        for ending in ("", "-wal", "-shm"):
            with suppress(OSError):
                status = os.stat(os.path.realpath(self.path) + ending)  # noqa: PTH116 beside the file that a link leads to
                found.add((status.st_dev, status.st_ino))
        return frozenset(found)

    def close(self) -> None:
        """Let go of the file. Closing twice is allowed."""
        self._session.close()

    def remove(self, image_ids: Sequence[str]) -> int:
        """Forget pictures with their fingerprints, records, edits, paths and kept copies; the number forgotten."""
        dropped: list[Path] = []
        with self._session.writing() as (connection, changes):
            for key in map(image_key, image_ids):
                if ending := writing.drop_picture(connection, key, changes):
                    dropped.append(place_of(self.path, key.hex(), ending))
                    require_no_link(dropped[-1])
        for copy in dropped:
            remove_copy(copy)
        return -changes.pictures

    def keep(self, image_id: str, data: bytes, media_type: str) -> Path:
        """Keep a copy of a picture's bytes beside the set; durable when it returns. Raises OutputError."""
        target = place_of(self.path, image_id, ENDINGS.get(media_type, OTHER_ENDING))
        if not is_whole(target, data):
            write_copy(target, data)
        with self._session.writing() as (connection, _):
            heads.give_row(connection, image_key(image_id))
            connection.execute("UPDATE images SET kept = ? WHERE image_id = ?", (target.suffix, image_key(image_id)))
        return target

    def kept_copy(self, image_id: str) -> Path | None:
        """Where the kept copy lies; None when there is none."""
        with self._session.reading() as connection:
            ending = reading.ending_of_copy(connection, image_id)
        target = place_of(self.path, image_id, ending)
        return target if ending and os.path.exists(target) else None  # noqa: PTH110 a folder may be shut

    def places(self, image_id: str) -> Sequence[str]:
        """Files to read the picture from: its kept copy, then where it lay when it was last read."""
        kept = self.kept_copy(image_id)
        with self._session.reading() as connection:
            return [*([str(kept)] if kept else []), *reading.places(connection, image_id)]

    def near(self, codes: Sequence[bytes], fingerprint: str, radius_bits: int) -> list[list[Hit]]:
        """For each code ALL searchable pictures within the radius, in the order (distance, image id)."""
        return self._codes.near(codes, fingerprint, radius_bits)

    def vote(
        self, probe: Probe, features: str, most: int, *, beside: Mapping[str, Features] | None = None
    ) -> list[Candidate]:
        """The pictures with the most votes among the features of that name, in the order (votes, image id).

        `beside`: features, by image id, that are counted as if they were in the set; nothing of them is kept.
        """
        return self._voter.vote(probe, features, most, beside or {})

    def seal(self, *, whole: bool = False) -> str:
        """Write segments where many pictures lie outside of them, and in the place of damaged ones.

        Those with a damaged head are found, and with `whole`, which reads everything in them, all. Where that cannot be
        done, the reason is returned, else "": answers then only come slower.
        """
        reasons = self._voter.seal_all(whole=whole), self._codes.seal_all(whole=whole)
        return next(filter(None, reasons), "")

    def require_layout(self) -> None:
        """Refuse a file of the present format whose tables have other columns. Raises UnusableSetError."""
        with self._session.reading() as connection:
            require_layout(connection, self.path)

    def verify(self) -> Verification:
        """Read everything, kept copies too, and compare it with the digests in the set; damage is told, not raised.

        Takes about two minutes for a million pictures, and the time to read the kept copies.
        """
        with self._session.reading() as connection:
            return Verifier(connection, self.path).go()

    def _seal_coming(self, connection: Connection, changes: Changes, held: ExitStack) -> None:
        self._codes.came(changes)
        if changes.new_codes and isinstance(connection, sqlite3.Connection):
            code_coming.seal(self._session, connection, changes, held)

    def _seal_what_came(self, features: Collection[str], codes: Collection[str]) -> None:
        for name in sorted(features):
            self._voter.seal(name)
        for name in sorted(codes):
            self._codes.seal(name)

    def _placed(self, row: reading.StoredRow) -> Stored:
        """The picture with the place of its kept copy, when there is one."""
        if not row.kept:
            return row.stored
        path = str(place_of(self.path, row.stored.reference.image_id, row.kept))
        return dataclasses.replace(row.stored, reference=dataclasses.replace(row.stored.reference, path=path))
