"""Codes that come many at once lie in a segment from the first: the transaction that keeps the pictures names it.

So they are not written beside the truth, read again and taken away by a second transaction. Whatever does not look as
it should, or is not at hand, is left to sealing (sealing.py), which comes after.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..points.covering import folder_of
from ..points.sealing import alone
from ..sqlite.session import Session
from ..unnamed import take_back
from ..writing import Changes
from . import rows as code_rows
from . import sealing as code_sealing
from .merging import apart, name_segment, see_onto_disk, written
from .segment import CodeSegmentRow

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def seal(session: Session, connection: sqlite3.Connection, changes: Changes, held: ExitStack) -> None:
    """Write what is enough for a segment of its own as one, and take it out of what is left to note.

    `held` is to be closed after the transaction, with its exception if it failed: until then no other program seals or
    sweeps, and a segment that no row came to name goes again.
    """
    enough = [name for name, parts in changes.new_codes.items() if _enough(name, sum(map(len, parts)), changes)]
    if not enough:
        return
    with suppress(OSError):
        folder = folder_of(session.path)
        folder.mkdir(exist_ok=True)
        if folder.is_symlink() or not held.enter_context(alone(folder)):
            return
        for name in enough:
            fresh = changes.new_codes[name] = [*code_rows.unbelieved(connection, name, changes.new_codes[name])]
            if sum(map(len, fresh)) < code_sealing.SEAL_ROWS:
                continue
            made = _written(connection, folder, name, fresh)
            if made is not None:
                see_onto_disk(folder, made, session.path)
                held.push(partial(_after, session, folder / made.file))
                name_segment(connection, name, made)
                changes.new_codes[name] = []


def _after(session: Session, path: Path, kind: type[BaseException] | None, *_: object) -> None:
    if kind is not None:
        take_back(session, "code_segments", path)


def _enough(name: str, rows: int, changes: Changes) -> bool:
    """What is more is sealed in parts; what came and went in one transaction is told apart where there are no segments
    of it yet.
    """
    many = code_sealing.SEAL_ROWS <= rows <= code_sealing.PART_ROWS
    return many and not any(one.name == name for one in changes.codes)


def _written(
    connection: sqlite3.Connection, folder: Path, name: str, fresh: Sequence[NDArray[np.uint8]]
) -> CodeSegmentRow | None:
    """The new segment; None where what was there before is not what was written. Raises OSError."""
    length, rows, checksum = fresh[0].shape[1] - 32, sum(map(len, fresh)), code_rows.checksum_of(*fresh)
    try:
        there = code_rows.segments(connection, name)
        rest, gone = code_rows.unsealed(connection, name).pairs, code_rows.dropped(connection, name)
        coming = CodeSegmentRow(file="", rows=rows, length_bytes=length, checksum=checksum, head=b"")
        right = code_rows.add_up(connection, name, [*there, coming], rest, gone)
        if not right or code_sealing.damaged(connection, folder, name, whole=False):
            return None
    except ValueError:
        return None
    return written(folder, [*map(apart, fresh)], length, checksum)
