"""A segment of codes: an immutable file beside the set, derived from it (docs/adr/0049).

Little-endian. Header: "PROVCOD1", then uint64 each the bytes of a code, rows, bands and blocks of the body; the widths
of the bands as uint64; a sum for each block. It is padded to whole blocks, as is each column behind it: the 64-bit
words of the codes one after the other, image ids, and, where there are bands, the table of lists and the rows in them.
The set keeps the SHA-256 of the header; each block is compared with its sum before its first use in a process.

With bands it begins "PROVCOD2": the sums of the body lie in blocks behind the header, which has the sums of those; and
what a row in a list leaves of its 32 bits holds the first bits of its next band. "PROVCOD1" with bands, which versions
before wrote, has neither, and is read as it is (docs/adr/0084).
"""

from __future__ import annotations

import hashlib
import os
import stat
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ..mapped import let_go
from ..points.piece import DamagedPieceError, UnreadablePieceError
from ..points.segment import NOT_THERE
from .bands import WIDEST_BITS
from .layout import BLOCK_BYTES, HEADER, MAGIC, MAGIC_BANDED, Guard, Layout, blocks_of
from .piece import IDS, POSTINGS, TABLE, CodePiece

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_AT_ONCE = 2**18
"""Rows that are summed before memory is let go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeSegmentRow:
    """What the set says of a segment; `checksum`: exclusive or over image id and code of all its rows."""

    file: str
    rows: int
    length_bytes: int
    checksum: bytes
    head: bytes


def opened(folder: Path, row: CodeSegmentRow) -> CodePiece:
    """Map a segment. Raises DamagedPieceError when it is not there or not what the set says, UnreadablePieceError when
    nothing says so and it cannot be read here and now.
    """
    import numpy as np

    with _file(folder, row) as (file, head, layout):
        whole = np.asarray(np.memmap(file, np.uint8, "r", len(head)))  # slices of a memmap itself cost more
    told = HEADER.size + 8 * len(layout.bands)
    between = layout.begin_bytes() - layout.head_bytes()
    body, top = whole[between:], None
    sums = np.frombuffer(head, "<u8", layout.sum_blocks() or layout.blocks(), told)
    if between:
        sums, top = whole[:between].view("<u8"), sums
    return _piece(row.file, body, layout, Guard(row.file, body, sums, layout, top))


def require_head(folder: Path, row: CodeSegmentRow) -> None:
    """Look at size and header of a segment without mapping it. Raises as `opened`."""
    with _file(folder, row):
        pass


@contextmanager
def _file(folder: Path, row: CodeSegmentRow) -> Iterator[tuple[BinaryIO, bytes, Layout]]:
    """The file of a segment, its header, which is what the set says, and what that tells. Raises as `opened`."""
    if folder.is_symlink():
        raise DamagedPieceError(row.file)
    try:
        # A link, or a pipe that nobody writes to, is no segment.
        handle = os.open(folder / row.file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb", buffering=0) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise DamagedPieceError(row.file)
            layout = _layout(file.read(HEADER.size + 8 * 8 * row.length_bytes), row)
            if layout is None or status.st_size != layout.begin_bytes() + layout.blocks() * BLOCK_BYTES:
                raise DamagedPieceError(row.file)
            file.seek(0)
            head = file.read(layout.head_bytes())
            if hashlib.sha256(head).digest() != row.head:
                raise DamagedPieceError(row.file)
            yield file, head, layout
    except OSError as error:
        kind = DamagedPieceError if error.errno in NOT_THERE else UnreadablePieceError
        raise kind(row.file) from error


def _layout(first: bytes, row: CodeSegmentRow) -> Layout | None:
    """What the first bytes of a file tell, which are not believed yet; None where they cannot be those of `row`."""
    if len(first) < HEADER.size:
        return None
    magic, length_bytes, rows, number, blocks = HEADER.unpack_from(first)
    if (length_bytes, rows) != (row.length_bytes, row.rows) or not 0 <= number <= 8 * row.length_bytes:
        return None
    bands = struct.unpack_from(f"<{number}Q", first.ljust(HEADER.size + 8 * number, b"\0"), HEADER.size)
    if bands and (sum(bands) != 8 * row.length_bytes or not 0 < min(bands) <= max(bands) <= WIDEST_BITS):
        return None
    if list(bands) != sorted(bands, reverse=True):  # as Plan.cuts takes them to be
        return None
    layout = Layout(-(-length_bytes // 8), rows, bands, before=magic == MAGIC)
    known = magic == MAGIC or (magic == MAGIC_BANDED and bands)
    return layout if known and blocks == layout.blocks() else None


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


def _piece(file: str, body: NDArray[np.uint8], layout: Layout, guard: Guard) -> CodePiece:
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
        row_bits=layout.row_bits(),
        require=guard,
    )
