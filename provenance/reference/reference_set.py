"""What `add`, `refs` and everything that fills a set ask of it, whichever engine keeps it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ..model.record import AddReport, Entry, Fingerprint, Record, ReferenceStore, Stored

if TYPE_CHECKING:
    from .files import KnownFile
    from .reading import Edit
    from .sql import Transactions
    from .verifying import Verification


class ReferenceSet(ReferenceStore, Protocol):
    """A set that can be filled, looked at and corrected. Every method raises ReferenceSetError.

    SQLiteStore and PostgreSQLStore say at each method what it does; what they answer is the same to the byte.
    """

    @property
    def where(self) -> str:
        """What the set is called in a sentence: a path, or a URL without its password."""
        ...

    @property
    def lies_at(self) -> str:
        """Tells it from every other set: two that are open by different names and say the same here are one."""
        ...

    @property
    def open_files(self) -> frozenset[tuple[int, int]]:
        """Device and number of files that this process may not open besides: closing them would take locks away."""
        ...

    @property
    def transactions(self) -> Transactions:
        """Where its rows can be read and written, for copying a whole set."""
        ...

    def add(  # noqa: D102
        self,
        entries: Iterable[Entry],
        *,
        now: datetime | None = None,
        known_only: bool = False,
        anew: Collection[str] = (),
    ) -> AddReport: ...
    def add_records(  # noqa: D102
        self, records: Mapping[str, Iterable[Record]], *, now: datetime | None = None
    ) -> int: ...
    def remove_records(self, record_ids: Mapping[str, Iterable[str]]) -> None: ...  # noqa: D102
    def edit_record(  # noqa: D102
        self, image_id: str, record_id: str, changes: Mapping[str, object], note: str = "", *, now: datetime
    ) -> Record: ...
    def finish(self) -> str: ...  # noqa: D102
    def require_copies(self) -> None: ...  # noqa: D102
    def keep(self, image_id: str, data: bytes, media_type: str) -> Path: ...  # noqa: D102
    def kept_copy(self, image_id: str) -> Path | None: ...  # noqa: D102
    def remember(self, files: Sequence[KnownFile]) -> None: ...  # noqa: D102
    def forget(self, paths: Sequence[str]) -> None: ...  # noqa: D102
    def known_paths(self, paths: Sequence[str] | None = None) -> dict[str, KnownFile]: ...  # noqa: D102
    def has(self, image_id: str, fingerprints: Sequence[str] = ()) -> bool: ...  # noqa: D102
    def lacking(  # noqa: D102
        self, names: Sequence[str], *, after: str = "", limit: int | None = None
    ) -> Sequence[str]: ...
    def count_lacking(self, names: Sequence[str]) -> int: ...  # noqa: D102
    def places(self, image_id: str) -> Sequence[str]: ...  # noqa: D102
    def seal(self, *, whole: bool = False) -> str: ...  # noqa: D102
    def fingerprints(self, image_ids: Sequence[str]) -> dict[str, tuple[Fingerprint, ...]]: ...  # noqa: D102
    def find(self, start: str) -> tuple[str, ...]: ...  # noqa: D102
    def records(self, image_id: str) -> tuple[Record, ...]: ...  # noqa: D102
    def record_ids(self) -> dict[str, set[str]]: ...  # noqa: D102
    def history(self, image_id: str) -> tuple[Edit, ...]: ...  # noqa: D102
    def count(self) -> dict[str, int]: ...  # noqa: D102
    def verify(self) -> Verification: ...  # noqa: D102
    def list(self, *, offset: int = 0, limit: int = 50) -> Sequence[Stored]: ...  # noqa: D102
