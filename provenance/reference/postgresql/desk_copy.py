"""What a desk read of a large set's codes, kept in its cache as a segment, so that the next process maps it.

It is derived and never believed: with what came since it must make up the sum that the server tells, each block is
compared before it is used (codes/segment.py), and what does not fit is read from the server anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..codes.answers import Laid
from ..codes.merging import written
from ..codes.piece import CodePiece
from ..codes.rows import FILE
from ..codes.segment import CodeSegmentRow, opened
from ..points.piece import DamagedPieceError

_MOST_BYTES = 4096  # of what tells of a segment, some 500
_ID_BYTES = 32
_OLD_S = 86_400.0  # whoever writes a segment has said so by then


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DeskCopy:
    """A mapped segment: how many codes, their exclusive or with the image ids, and the last row number among them."""

    piece: CodePiece
    number: int
    total: bytes
    last: int


def folder_of(desk: Path, set_id: str) -> Path:
    """Where the copies of one set lie."""
    return desk / hashlib.sha256(set_id.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def load(folder: Path, fingerprint: str, length_bytes: int) -> DeskCopy | None:
    """The copy of these codes, if there is one that can be used."""
    try:
        told = _read(_told(folder, fingerprint))
        row = CodeSegmentRow(
            file=str(told["file"]),
            rows=int(told["rows"]),
            length_bytes=length_bytes,
            checksum=bytes.fromhex(told["checksum"]),
            head=bytes.fromhex(told["head"]),
        )
        if not FILE.fullmatch(row.file) or row.rows < 1 or len(row.checksum) != _ID_BYTES + length_bytes:
            return None
        return DeskCopy(piece=opened(folder, row), number=row.rows, total=row.checksum, last=int(told["last"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError, DamagedPieceError):
        return None


def save(folder: Path, fingerprint: str, codes: Laid, total: bytes, last: int) -> None:
    """Keep codes that were read whole; where that fails, the next process reads them again."""
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        parts = [(piece.columns, piece.ids) for piece in codes.pieces]
        row = written(folder, parts, codes.length_bytes, total)
        note = _told(folder, fingerprint)
        before = _named(note)
        try:
            _tell(note, row, last)
        except BaseException:  # a disk that is full would else be filled with what nobody finds
            (folder / row.file).unlink(missing_ok=True)
            raise
        if before:
            (folder / before).unlink(missing_ok=True)
        _sweep(folder)


def _tell(note: Path, row: CodeSegmentRow, last: int) -> None:
    """Name a segment in a note, whole or not at all. Raises OSError."""
    told = {"file": row.file, "rows": row.rows, "checksum": row.checksum.hex(), "head": row.head.hex(), "last": last}
    fresh = note.with_name(f"{uuid.uuid4().hex}.new")
    try:
        fresh.write_text(json.dumps(told), encoding="ascii")
        fresh.replace(note)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def _sweep(folder: Path) -> None:
    """Remove what a program left that was killed, or overtaken by another: files of a day ago that no note names."""
    named = {_named(note) for note in folder.glob("*.json")}
    for path in folder.iterdir():
        ours = FILE.fullmatch(path.name) or path.suffix == ".new"
        if ours and path.name not in named and time.time() - path.lstat().st_mtime > _OLD_S:
            path.unlink(missing_ok=True)


def _told(folder: Path, fingerprint: str) -> Path:
    return folder / f"{hashlib.sha256(fingerprint.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}.json"


def _read(note: Path) -> Any:
    """What is told of a segment. Raises OSError and ValueError; a link, or a pipe that nobody writes to, is none."""
    handle = os.open(note, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as file:
        return json.loads(file.read(_MOST_BYTES))


def _named(note: Path) -> str:
    """The segment that a note names now, "" for none."""
    try:
        told = _read(note)["file"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return told if isinstance(told, str) and FILE.fullmatch(told) else ""
