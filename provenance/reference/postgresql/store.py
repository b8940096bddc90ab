"""A reference set in a PostgreSQL database: the same answers to the byte as from a file, for several desks at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from ...errors import ReferenceSetError
from ...model.features import Candidate, Features, Probe
from ...model.record import Hit
from .. import reading, writing
from ..row_store import RowStore, system_clock
from ..rows import image_key
from ..verifying import Verification
from .address import parsed
from .at_once import Beside
from .codes import CodeReader
from .desk_copy import folder_of
from .session import Session
from .spread import SERVER, give_dblink
from .verifying import Verifier
from .voting import Voter


class PostgreSQLStore(RowStore):
    """Implements `ReferenceSet`. Usable from several threads; every answer comes from one committed state.

    Every method raises ReferenceSetError when the server cannot be reached, is asked in vain for too long, or answers
    with rows that no set holds. An answer is whole or there is none.
    """

    def __init__(
        self,
        url: str,
        *,
        create: bool = False,
        name: str = "",
        set_id: str = "",
        parts: Sequence[str] = (),
        desk: Path | None = None,
        clock: Callable[[], datetime] = system_clock,
    ) -> None:
        self._address = parsed(url)
        others = [parsed(one) for one in parts]
        self._session = Session(self._address, create=create, name=name, set_id=set_id, now=clock(), parts=others)
        super().__init__(self._session, clock)
        kept = folder_of(desk, self._session.set_id) if desk is not None else None
        servers = [f"{SERVER}{part}" for part in range(self._session.parts)]
        self._beside = Beside(self._address, self._session.set_id, servers)
        self._codes = CodeReader(
            parts=self._session.parts, beside=self._beside if self._session.parts > 1 else None, folder=kept
        )
        self._voter = Voter(self._session)

    @property
    def where(self) -> str:
        """What the set is called in a sentence: its URL without the password."""
        return self._address.shown

    @property
    def lies_at(self) -> str:
        """The database by its number on a server that is known by the microsecond in which it started."""
        sql = "SELECT pg_postmaster_start_time(), oid FROM pg_database WHERE datname = current_database()"
        with self._session.reading() as connection:
            return " ".join(map(str, connection.execute(sql).fetchone()))

    def close(self) -> None:
        """Let go of the connection. Closing twice is allowed."""
        self._beside.close()
        self._session.close()

    def remove(self, image_ids: Sequence[str]) -> int:
        """Forget pictures with their fingerprints, records, edits and paths; the number forgotten."""
        with self._session.writing() as (connection, changes):
            for key in map(image_key, image_ids):
                writing.drop_picture(connection, key, changes)
        return -changes.pictures

    def require_copies(self) -> NoReturn:
        """Raises ReferenceSetError: a server keeps no copies of pictures."""
        raise ReferenceSetError(
            f"{self.where} keeps no copies of pictures", remedy="leave out --keep, and keep the files where they lie"
        )

    def keep(self, image_id: str, data: bytes, media_type: str) -> Path:  # noqa: ARG002 as other engines take it
        """Raises ReferenceSetError, as `require_copies`."""
        self.require_copies()

    def kept_copy(self, image_id: str) -> Path | None:  # noqa: ARG002 as other engines take it
        """None: a server keeps no copies of pictures."""
        return None

    def places(self, image_id: str) -> Sequence[str]:
        """Files to read the picture from: where it lay when it was last read, on whichever desk that was."""
        with self._session.reading() as connection:
            return reading.places(connection, image_id)

    def near(self, codes: Sequence[bytes], fingerprint: str, radius_bits: int) -> list[list[Hit]]:
        """For each code ALL searchable pictures within the radius, in the order (distance, image id)."""
        with self._session.glancing() as connection:
            found = self._codes.at_hand(connection, codes, fingerprint, radius_bits)
        if found is not None:
            return found
        with self._session.reading(whole=True) as connection:
            return self._codes.near(connection, codes, fingerprint, radius_bits)

    def vote(
        self, probe: Probe, features: str, most: int, *, beside: Mapping[str, Features] | None = None
    ) -> list[Candidate]:
        """The pictures with the most votes among the features of that name, in the order (votes, image id).

        `beside`: features, by image id, that are counted as if they were in the set; nothing of them is kept.
        """
        with self._session.reading(whole=True):
            return self._voter.vote(probe, features, most, beside or {})

    def seal(self, *, whole: bool = False) -> str:
        """Make lists of points where many pictures lie outside of them, and, with `whole`, anew where they are wrong.

        Where that cannot be done, the reason is returned, else "": answers then only come slower.
        """
        if whole:
            with self._session.writing(sweep=True):  # which mends what a write that failed midway left elsewhere
                pass
        if whole and self._session.parts:
            with self._session.alone() as connection:
                give_dblink(connection.raw)
        return self._voter.seal_all(whole_lists=whole)

    def finish(self) -> str:
        """Bring to one state what a change left that was cut off between two servers; what was done, in a sentence, or
        "".
        """
        if not self._session.is_unfinished():
            return ""
        with self._session.writing():  # which mends it before anything else
            pass
        return self._session.mended

    def verify(self) -> Verification:
        """Read everything and compare it with the digests in the set; damage is told, not raised. Raises
        UnusableSetError where a change was cut off between two servers, which is none.
        """
        with self._session.reading(whole=True) as connection:
            return Verifier(connection).go()

    def _seal_what_came(self, features: Collection[str], codes: Collection[str]) -> None:  # noqa: ARG002 as codes need none
        for name in sorted(features):
            self._voter.seal(name)
