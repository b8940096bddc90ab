"""A segment of codes: an immutable file beside the set, derived from it (docs/adr/0049).

Little-endian. Header: "PROVCOD1", then uint64 each the bytes of a code, rows, bands and blocks of the body; the widths
of the bands as uint64; a sum for each block. It is padded to whole blocks, as is each column behind it: the 64-bit
words of the codes one after the other, image ids, and, where there are bands, the table of lists and the rows in them.
The set keeps the SHA-256 of the header; each block is compared with its sum before its first use in a process.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from .code_bands import keys, widths
from .code_layout import BLOCK_BYTES, HEADER, Guard, Layout, blocks_of, sums_of
from .code_piece import IDS, POSTINGS, TABLE, CodePiece
from .mapped import let_go
from .piece import DamagedPieceError, UnreadablePieceError
from .segment import NOT_THERE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MAGIC = b"PROVCOD1"
_MOST_POSTINGS = 2**32 - 1
_ROOM_BYTES = 2**16
_AT_ONCE = 2**18
"""Rows that are copied or summed before memory is let go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeSegmentRow:
    """What the set says of a segment; `checksum`: exclusive or over image id and code of all its rows."""

    file: str
    rows: int
    length_bytes: int
    checksum: bytes
    head: bytes


def write(path: Path, parts: Sequence[tuple[NDArray[np.uint64], NDArray[np.uint8]]], length_bytes: int) -> bytes:
    """Write columns and ids of all parts, one behind the other, as a new file, on the disk when this returns; the
    digest of its header. Raises OSError and then leaves no file behind.
    """
    import numpy as np

    words, rows = len(parts[0][0]), sum(len(ids) for _, ids in parts)
    bands = widths(rows, 8 * length_bytes)
    layout = Layout(words, rows, bands if rows * len(bands) <= _MOST_POSTINGS else ())
    begin, length = layout.head_bytes(), layout.blocks() * BLOCK_BYTES
    with path.open("xb", buffering=0) as file:
        try:
            if layout.bands:
                body = _mapped(path, file.fileno(), begin, length)
                _fill(_piece(path.name, np.asarray(body), layout), parts)
                sums = sums_of(body)
                body.flush()
            else:
                file.seek(begin)
                sums = np.empty(0, np.uint64)
                for some in _bodies(parts):
                    _put(file, some.data)
                    sums = np.append(sums, sums_of(some))
            file.seek(0)
            _put(file, head := _head(layout, length_bytes, sums))
            os.fsync(file.fileno())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    return hashlib.sha256(head).digest()


def _put(file: BinaryIO, data: bytes | memoryview) -> None:
    """Write all of it. Raises OSError."""
    if file.write(data) != len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _bodies(parts: Sequence[tuple[NDArray[np.uint64], NDArray[np.uint8]]]) -> Iterator[NDArray[np.uint8]]:
    """The body of a segment without bands, some whole blocks at a time, in one room: new memory would cost more than
    all the rest. What was given is overwritten by what comes next.
    """
    import numpy as np

    room = np.empty(_ROOM_BYTES, np.uint8)
    for word in range(len(parts[0][0]) + 1):
        used = 0
        for columns, ids in parts:
            column = columns[word] if word < len(columns) else ids
            laid = room.view(column.dtype).reshape(-1, *column.shape[1:])
            done, most, there = 0, len(laid), used * len(laid) // _ROOM_BYTES
            while done < len(column):
                some = column[done : done + most - there]
                laid[there : there + len(some)] = some
                done, there = done + len(some), there + len(some)
                if there == most:
                    yield room
                    there = 0
            used = there * _ROOM_BYTES // most
        if used:
            end = blocks_of(used) * BLOCK_BYTES
            room[used:end] = 0
            yield room[:end]


def _mapped(path: Path, handle: int, begin: int, length: int) -> np.memmap[tuple[int], np.dtype[np.uint8]]:
    """The body of a new segment. Raises OSError."""
    import numpy as np

    # Room is taken on the disk now: a hole that finds none when it is filled in ends the process (SIGBUS).
    os.posix_fallocate(handle, 0, begin + length)
    return np.memmap(path, np.uint8, "r+", begin, (length,))


def opened(folder: Path, row: CodeSegmentRow) -> CodePiece:
    """Map a segment. Raises DamagedPieceError when it is not there or not what the set says, UnreadablePieceError when
    nothing says so and it cannot be read here and now.
    """
    import numpy as np

    layout = _layout(row)
    with _file(folder, row, layout) as (file, head):
        body = np.asarray(np.memmap(file, np.uint8, "r", len(head)))  # slices of a memmap itself cost more
    told = HEADER.size + 8 * len(layout.bands)
    sums = np.frombuffer(head, "<u8", layout.blocks(), told)
    if head != _head(layout, row.length_bytes, sums):
        raise DamagedPieceError(row.file)
    return _piece(row.file, body, layout, Guard(row.file, body, sums, layout))


def require_head(folder: Path, row: CodeSegmentRow) -> None:
    """Look at size and header of a segment without mapping it. Raises as `opened`."""
    with _file(folder, row, _layout(row)):
        pass


def _layout(row: CodeSegmentRow) -> Layout:
    return Layout(-(-row.length_bytes // 8), row.rows, widths(row.rows, 8 * row.length_bytes))


@contextmanager
def _file(folder: Path, row: CodeSegmentRow, layout: Layout) -> Iterator[tuple[BinaryIO, bytes]]:
    """The file of a segment and its header, which is what the set says. Raises as `opened`."""
    if folder.is_symlink():
        raise DamagedPieceError(row.file)
    begin = layout.head_bytes()
    try:
        # A link, or a pipe that nobody writes to, is no segment.
        handle = os.open(folder / row.file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb", buffering=0) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_size != begin + layout.blocks() * BLOCK_BYTES:
                raise DamagedPieceError(row.file)
            head = file.read(begin)
            if hashlib.sha256(head).digest() != row.head:
                raise DamagedPieceError(row.file)
            yield file, head
    except OSError as error:
        kind = DamagedPieceError if error.errno in NOT_THERE else UnreadablePieceError
        raise kind(row.file) from error


def require_whole(piece: CodePiece, row: CodeSegmentRow) -> None:
    """Compare every block with its sum, and the rows with their checksum. Raises DamagedPieceError."""
    import numpy as np

    if isinstance(piece.require, Guard):
        piece.require.whole()
    ids, code = np.zeros(4, "<u8"), np.zeros(len(piece.columns), "<u8")
    for begin in range(0, row.rows, _AT_ONCE):
        part = slice(begin, begin + _AT_ONCE)
        ids ^= np.bitwise_xor.reduce(np.ascontiguousarray(piece.ids[part]).view("<u8"), axis=0)
        code ^= np.bitwise_xor.reduce(piece.columns[:, part], axis=1)
        let_go(piece.ids)
    if ids.tobytes() + code.tobytes()[: row.length_bytes] != row.checksum:
        raise DamagedPieceError(row.file)


def _fill(piece: CodePiece, parts: Sequence[tuple[NDArray[np.uint64], NDArray[np.uint8]]]) -> None:
    """Copy the rows of all parts, and index them band by band."""
    import numpy as np

    row = 0
    for columns, ids in parts:
        for begin in range(0, len(ids), _AT_ONCE):
            some = ids[begin : begin + _AT_ONCE]
            piece.columns[:, row : row + len(some)] = columns[:, begin : begin + _AT_ONCE]
            piece.ids[row : row + len(some)] = some
            row += len(some)
            let_go(ids)
            let_go(piece.ids)
    if piece.table is None or piece.postings is None:
        return
    bit = place = 0
    for band, width in enumerate(piece.bands):
        mine = keys(piece.columns, bit, width)
        ends = np.cumsum(np.bincount(mine, minlength=1 << width))
        piece.table[place] = band * row
        piece.table[place + 1 : place + 1 + (1 << width)] = ends + band * row
        piece.postings[band * row : (band + 1) * row] = np.argsort(mine)
        bit, place = bit + width, place + (1 << width)
        let_go(piece.ids)


def _piece(file: str, body: NDArray[np.uint8], layout: Layout, guard: Guard | None = None) -> CodePiece:
    """The columns of a body."""
    places, sizes = layout.places(), layout.sizes()

    def column(number: int) -> NDArray[np.uint8]:
        return body[places[number] : places[number] + sizes[number]]

    stride = blocks_of(8 * layout.rows) * BLOCK_BYTES // 8
    words = body[: layout.words * stride * 8].view("<u8").reshape(layout.words, stride)
    return CodePiece(
        file=file,
        columns=words[:, : layout.rows],
        ids=column(IDS).reshape(-1, 32),
        bands=layout.bands,
        table=column(TABLE).view("<u4") if layout.bands else None,
        postings=column(POSTINGS).view("<u4") if layout.bands else None,
        require=guard,
    )


def _head(layout: Layout, length_bytes: int, sums: NDArray[np.uint64]) -> bytes:
    import numpy as np

    first = HEADER.pack(_MAGIC, length_bytes, layout.rows, len(layout.bands), layout.blocks())
    return (first + np.array(layout.bands, "<u8").tobytes() + sums.tobytes()).ljust(layout.head_bytes(), b"\0")
