"""Which files to take into a set, on which terms, and what became of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ..fingerprint.local.detect import REFERENCE_POINTS
from ..model.record import Record
from ..model.text import visible
from .noticing import Notice

Progress = Callable[[int, int, str], None]
"""Called with the number of files looked at, the number of all, and the name of the latest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A file that could not be taken, and what to do about it."""

    path: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file within an archive: its size, when the archive was changed, and how to read it (raises InputError)."""

    size_bytes: int
    mtime_ns: int
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A file to take, with the records of the picture in it; of one in an archive, `path` is only what it is called."""

    path: Path
    records: tuple[Record, ...] = ()
    member: Member | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How to take: with copies or not, until when (time.monotonic seconds), files refused before again or not, and at
    most how many points of each picture.
    """

    keep: bool = False
    deadline_s: float | None = None
    retry_refused: bool = True
    now: datetime | None = None
    points: int = REFERENCE_POINTS

    def over(self) -> bool:
        """Whether the time is up."""
        return self.deadline_s is not None and time.monotonic() >= self.deadline_s

    def left_s(self) -> float | None:
        """Seconds left; None without a deadline."""
        return None if self.deadline_s is None else max(0.0, self.deadline_s - time.monotonic())


@dataclass(slots=True)
class Taken:
    """What became of the files."""

    pictures_added: int = 0
    records_added: int = 0
    already_there: int = 0
    resumed: int = 0
    """Files that were not read, because they are as they were when last read."""
    looked_at: int = 0
    refused: list[Refused] = field(default_factory=list)
    mended: str = ""
    """What became of a change that was cut off before, see `ReferenceSet.finish`."""
    unnoticed: str = ""
    """Why pictures were not compared with those of earlier checks, where they were to be."""
    notices: list[Notice] = field(default_factory=list)
    image_ids: dict[str, str] = field(default_factory=dict)
    """Image id by path of every file taken or known."""


def size_and_time(path: str, item: Wanted) -> tuple[int, int]:
    """Bytes, and the time of the last change in ns, by which a file is known to be as it was. Raises OSError."""
    if item.member is not None:
        return item.member.size_bytes, item.member.mtime_ns
    status = Path(path).stat()
    return status.st_size, status.st_mtime_ns


def reason_of(error: Exception, path: str | Path) -> str:
    """What is wrong with a file, without its name, which stands beside it."""
    return (getattr(error, "strerror", "") or str(error)).removeprefix(f"{visible(str(path))}: ")
