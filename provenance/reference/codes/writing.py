"""Writes a segment of codes (segment.py says what lies where), in large pieces.

What is written at once lies together in memory: the system then maps up to two megabytes of a file at a touch, where of
a file that was filled page by page each sixteen pages are a fault of their own (docs/adr/0084).
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ..mapped import let_go
from .bands import keys, widths
from .layout import BLOCK_BYTES, HEADER, MAGIC, MAGIC_BANDED, POSTING_BITS, Layout, blocks_of, sums_of
from .piece import POSTINGS, TABLE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Part = tuple[NDArray[np.uint64], NDArray[np.uint8]]

_MOST_POSTINGS = 2**32 - 1
_ROOM_BYTES = 2**16
_AT_ONCE = 2**20
"""Rows that are written or indexed before memory is let go."""
_TABLE_BYTES = 2**22
"""Tables of lists are gathered until they make up so much."""


def write(path: Path, parts: Sequence[Part], length_bytes: int) -> bytes:
    """Write columns and ids of all parts, one behind the other, as a new file, on the disk when this returns; the
    digest of its header. Raises OSError and then leaves no file behind.
    """
    import numpy as np

    words, rows = len(parts[0][0]), sum(len(ids) for _, ids in parts)
    bands = widths(rows, 8 * length_bytes)
    layout = Layout(words, rows, bands if rows * len(bands) <= _MOST_POSTINGS else ())
    with path.open("xb", buffering=0) as file:
        try:
            if layout.bands:
                _lay_columns(file, parts, layout)
                _index(file, parts, layout)
                sums = sums_of(np.asarray(np.memmap(path, np.uint8, "r", layout.begin_bytes())))
            else:
                file.seek(layout.begin_bytes())
                sums = np.empty(0, np.uint64)
                for some in _bodies(parts):
                    _put(file, some.data)
                    sums = np.append(sums, sums_of(some))
            file.seek(0)
            _put(file, head := _head(file, layout, length_bytes, sums))
            os.fsync(file.fileno())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    return hashlib.sha256(head).digest()


def _head(file: BinaryIO, layout: Layout, length_bytes: int, sums: NDArray[np.uint64]) -> bytes:
    """The header; with bands, the sums of all blocks are written behind it, and it has those of their own blocks."""
    import numpy as np

    if layout.bands:
        whole = np.zeros(layout.sum_blocks() * BLOCK_BYTES // 8, "<u8")
        whole[: len(sums)] = sums
        file.seek(layout.head_bytes())
        _put(file, whole.data)
        file.seek(0)
        sums = sums_of(whole.view(np.uint8))
    magic = MAGIC_BANDED if layout.bands else MAGIC
    first = HEADER.pack(magic, length_bytes, layout.rows, len(layout.bands), layout.blocks())
    return (first + np.array(layout.bands, "<u8").tobytes() + sums.tobytes()).ljust(layout.head_bytes(), b"\0")


def _put(file: BinaryIO, data: bytes | memoryview) -> None:
    """Write all of it. Raises OSError."""
    left = memoryview(data).cast("B")
    while left:
        done = file.write(left)
        if not done:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        left = left[done:]


def _bodies(parts: Sequence[Part]) -> Iterator[NDArray[np.uint8]]:
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


def _lay_columns(file: BinaryIO, parts: Sequence[Part], layout: Layout) -> None:
    """The 64-bit words of the codes and the image ids."""
    import numpy as np

    file.truncate(layout.begin_bytes() + layout.blocks() * BLOCK_BYTES)  # what lies between columns is zero
    places = [*layout.places().values()]
    for word in range(layout.words + 1):
        file.seek(layout.begin_bytes() + places[word])
        for columns, ids in parts:
            column = columns[word] if word < layout.words else ids
            for begin in range(0, len(column), _AT_ONCE):
                some = np.ascontiguousarray(column[begin : begin + _AT_ONCE])
                _put(file, some.view(np.uint8).reshape(-1).data)
                let_go(ids)


def _index(file: BinaryIO, parts: Sequence[Part], layout: Layout) -> None:
    """The lists of each band: the table of where they begin, and their rows, each with bits of its next band."""
    import numpy as np

    places, begin = layout.places(), layout.begin_bytes()
    bits = np.cumsum([0, *layout.bands[:-1]]).tolist()
    table = begin + places[TABLE]
    waiting: list[NDArray[np.uint32]] = []
    file.seek(begin + places[POSTINGS])
    for band, width in enumerate(layout.bands):
        following = (band + 1) % len(layout.bands)
        told = min(POSTING_BITS - layout.row_bits(), layout.bands[following])
        lists = _sorted(parts, layout, (bits[band], width), (bits[following], told))
        ends = np.zeros(1 << width, np.int64)
        for start in range(0, layout.rows, 4 * _AT_ONCE):
            some = lists[start : start + 4 * _AT_ONCE]
            ends += np.bincount((some >> np.uint64(POSTING_BITS)).astype(np.int64), minlength=1 << width)
        np.cumsum(ends, out=ends)
        starts = np.empty(1 << width, "<u4")
        starts[0], starts[1:] = 0, ends[:-1]
        starts += np.uint32(band * layout.rows)
        waiting.append(starts)
        for start in range(0, layout.rows, _AT_ONCE):
            _put(file, lists[start : start + _AT_ONCE].astype("<u4").data)
        if sum(one.nbytes for one in waiting) >= _TABLE_BYTES or following == 0:
            if following == 0:
                waiting.append(np.array([len(layout.bands) * layout.rows], "<u4"))
            table += _put_at(file, table, np.concatenate(waiting))
            waiting.clear()


def _sorted(parts: Sequence[Part], layout: Layout, band: tuple[int, int], told: tuple[int, int]) -> NDArray[np.uint64]:
    """Of each row its key, above 32 bits, then the first bits of its next band and its number, in that order; `band`
    and `told` are a first bit and how many.
    """
    import numpy as np

    lists, row = np.empty(layout.rows, np.uint64), 0
    for columns, ids in parts:
        for begin in range(0, len(ids), _AT_ONCE):
            some = columns[:, begin : begin + _AT_ONCE]
            mine = lists[row : row + some.shape[1]]
            mine[:] = keys(some, *band)
            mine <<= np.uint64(POSTING_BITS - layout.row_bits())
            if told[1]:
                mine |= keys(some, *told)
            mine <<= np.uint64(layout.row_bits())
            mine |= np.arange(row, row + len(mine), dtype=np.uint64)
            row += len(mine)
        let_go(ids)
    lists.sort()
    return lists


def _put_at(file: BinaryIO, place: int, data: NDArray[np.uint32]) -> int:
    """Write it there and go back; its bytes. Raises OSError."""
    back = file.tell()
    file.seek(place)
    _put(file, data.data)
    file.seek(back)
    return data.nbytes
