"""One segment: an immutable file of points sorted by word, beside the set and derived from it (docs/adr/0010).

Little-endian. Header of 64 bytes: "PROVSEG1", then uint64 each the number of words, pictures, points, and the first and
last `seq` covered, the rest zero. Then the columns of `Piece` in the order of `_columns`. The set keeps the SHA-256 of
all before the points ("the head"); each list of points is compared with its sum in the head before its first use.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .piece import WORDS, DamagedPieceError, Piece, UnreadablePieceError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MAGIC = b"PROVSEG1"
_HEADER = struct.Struct("<8s5Q16x")
_MOST_POINTS = 2**32 - 1
NOT_THERE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENXIO)  # the last two: a link, a socket


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentRow:
    """What the set says of a segment: the range of `seq` that it covers, first excluded, and the digest of its head."""

    file: str
    after: int
    last: int
    pictures: int
    points: int
    head: bytes


def write(path: Path, piece: Piece, after: int, last: int) -> bytes:
    """Write a piece as a new file, on the disk when this returns; the digest of its head.

    Raises OSError and then leaves no file behind: on a full disk it would take the room that the set needs.
    """
    import numpy as np

    pictures, points = len(piece.ids), len(piece.firsts)
    with path.open("xb") as file:
        try:
            head = _head(pictures, points, after, last, piece)
            file.write(head)
            for column in (piece.firsts, piece.rests):
                np.ascontiguousarray(column, "<u8").tofile(file)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    return hashlib.sha256(head).digest()


def start(path: Path, pictures: int, points: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Make a file of the size that so many pictures and points need; its two columns of points, to be filled in.

    Raises OSError and then leaves no file behind.
    """
    import numpy as np

    begin = head_bytes(pictures)
    with path.open("xb") as file:
        try:
            # Room is taken on the disk now: a hole that finds none when it is filled in ends the process (SIGBUS).
            os.posix_fallocate(file.fileno(), 0, begin + 24 * points)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    if not points:
        return np.zeros(0, np.uint64), np.zeros((0, 2), np.uint64)
    firsts = np.memmap(path, "<u8", "r+", begin, (points,))
    return firsts, np.memmap(path, "<u8", "r+", begin + 8 * points, (points, 2))


def finish(path: Path, piece: Piece, after: int, last: int) -> bytes:
    """Write the head of a file whose columns were filled in, and see it onto the disk; the digest of the head."""
    import numpy as np

    head = _head(len(piece.ids), len(piece.firsts), after, last, piece)
    for column in (piece.firsts, piece.rests):
        if isinstance(column, np.memmap):
            column.flush()
    with path.open("r+b") as file:
        file.write(head)
        file.flush()
        os.fsync(file.fileno())
    return hashlib.sha256(head).digest()


def opened(folder: Path, row: SegmentRow) -> Piece:
    """Map a segment. Raises DamagedPieceError when it is not there, or not what the set says.

    Raises UnreadablePieceError when nothing says so and it cannot be read: somebody else, or a later try, may read it.
    """
    import numpy as np

    if not 0 <= row.points <= _MOST_POINTS or not 0 <= row.pictures <= row.last - row.after:
        raise DamagedPieceError(row.file)
    if folder.is_symlink():
        raise DamagedPieceError(row.file)
    begin = head_bytes(row.pictures)
    try:
        # A link, or a pipe that nobody writes to, is no segment.
        handle = os.open(folder / row.file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_size != begin + 24 * row.points:
                raise DamagedPieceError(row.file)
            head = file.read(begin)
            whole = np.memmap(file, np.uint8, "r")
    except OSError as error:
        kind = DamagedPieceError if error.errno in NOT_THERE else UnreadablePieceError
        raise kind(row.file) from error
    if hashlib.sha256(head).digest() != row.head:
        raise DamagedPieceError(row.file)
    return _piece(head, whole, row)


def head_bytes(pictures: int) -> int:
    """The size of everything before the points."""
    return _HEADER.size + 8 * (WORDS + 1) + 8 * WORDS + (8 + 8 + 32) * pictures


def _head(pictures: int, points: int, after: int, last: int, piece: Piece) -> bytes:
    kinds = {"starts": "<i8", "sums": "<u8", "seqs": "<i8", "checks": "<u8", "ids": "u1"}
    columns = [getattr(piece, name).astype(kind).tobytes() for name, kind in kinds.items()]
    return b"".join([_HEADER.pack(_MAGIC, WORDS, pictures, points, after, last), *columns])


def _piece(head: bytes, whole: NDArray[np.uint8], row: SegmentRow) -> Piece:
    """The columns of a file whose head is the one that was written; it was written by a stranger, perhaps."""
    import numpy as np

    if head[: _HEADER.size] != _HEADER.pack(_MAGIC, WORDS, row.pictures, row.points, row.after, row.last):
        raise DamagedPieceError(row.file)
    place = _HEADER.size

    def column(kind: str, number: int) -> NDArray[Any]:
        nonlocal place
        found = np.frombuffer(head, kind, number, place)
        place += found.nbytes
        return found

    starts, sums = column("<i8", WORDS + 1), column("<u8", WORDS)
    seqs, checks = column("<i8", row.pictures), column("<u8", row.pictures)
    ids = column("u1", 32 * row.pictures).reshape(-1, 32)
    in_order = starts[0] == 0 and starts[-1] == row.points and bool((np.diff(starts) >= 0).all())
    within = not len(seqs) or (bool((np.diff(seqs) > 0).all()) and seqs[0] > row.after and seqs[-1] <= row.last)
    if not in_order or not within:
        raise DamagedPieceError(row.file)
    begin = head_bytes(row.pictures)
    return Piece(
        file=row.file,
        seqs=seqs,
        checks=checks,
        ids=ids,
        starts=starts,
        sums=sums,
        firsts=whole[begin : begin + 8 * row.points].view("<u8"),
        rests=whole[begin + 8 * row.points :].view("<u8").reshape(-1, 2),
        seen=np.zeros(WORDS, np.bool_),
    )
