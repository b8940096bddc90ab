"""The list in which a batch notes each picture that is done, so that a run that was stopped can go on.

One line of JSON a picture, in the folder of the batch. A line that is cut short, too long or not of our making is
passed over: its picture is checked again.
"""

from __future__ import annotations

import base64
import fcntl
import json
import re
from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from ..errors import OutputError, unless_full
from ..model.batch import Row
from ..model.canonical import plain
from ..model.finding import OVERALL_WORDS, WORDS, Question
from ..model.limits import BATCH_LINE_BYTES, BATCH_LINES

NAME = "batch.jsonl"
_REPORT = re.compile(r"[0-9TZ.+-]{1,40}-[0-9a-f]{8}(-\d{1,6})?")
_HEX = re.compile(r"[0-9a-f]{64}")
_TEXT = re.compile(r"[0-9a-z_-]{0,60}")
_WORDS = {
    "overall": OVERALL_WORDS,
    "seen_before": WORDS[Question.SEEN_BEFORE],
    "when": WORDS[Question.WHEN],
    "where": WORDS[Question.WHERE],
}


class Journal:
    """Use as a context manager: the list is this run's alone until it ends. Raises OutputError."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("a+b")
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.close()
            raise OutputError(
                f"another run is writing to {self.path.parent}", remedy="wait for it, or name another folder with --out"
            ) from None
        except OSError as error:
            raise _unwritten(self.path, error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()

    def lines(self) -> Iterator[tuple[str, Row, int]]:
        """The key, the picture and the place of each line, as they were written."""
        file = self._opened()
        file.seek(0)
        for _ in range(BATCH_LINES):
            place = file.tell()
            line = file.readline(BATCH_LINE_BYTES)
            if not line:
                return
            while not line.endswith(b"\n") and (more := file.readline(BATCH_LINE_BYTES)):
                line = b"" if not more.endswith(b"\n") else b"\n"  # longer than any of ours
            form = _form(line)
            row = _row(form.get("row"))
            if row is not None and isinstance(form.get("key"), str):
                yield form["key"], row, place

    def thumbnail(self, place: int) -> bytes:
        """The JPEG that the line at that place holds; b"" where it holds none."""
        file = self._opened()
        file.seek(place)
        try:
            return base64.b64decode(_form(file.readline(BATCH_LINE_BYTES)).get("thumbnail", ""), validate=True)
        except (ValueError, TypeError):
            return b""

    def note(self, key: str, row: Row, thumbnail: bytes) -> int:
        """Add a line, on the disk when it returns; its place. Raises OutputError."""
        form = {"key": key, "row": plain(row), "thumbnail": base64.b64encode(thumbnail).decode("ascii")}
        file = self._opened()
        try:
            place = file.seek(0, 2)
            if place and not self._ends_a_line(file, place):
                place += file.write(b"\n")
            file.write(json.dumps(form).encode("ascii") + b"\n")
            file.flush()
        except OSError as error:
            raise _unwritten(self.path, error) from error
        return place

    @staticmethod
    def _ends_a_line(file: BinaryIO, end: int) -> bool:
        """Whether the last run got to the end of its last line. Leaves the file at its end."""
        file.seek(end - 1)
        return file.read(1) == b"\n"

    def _opened(self) -> BinaryIO:
        if self._file is None:
            raise ValueError("a journal is used as a context manager")
        return self._file


def _unwritten(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"cannot write {path}: {error.strerror or type(error).__name__}",
        remedy=unless_full(error, "name a folder you may write to with --out"),
    )


def _form(line: bytes) -> dict[str, Any]:
    try:
        form = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return form if isinstance(form, dict) else {}


def _row(form: Any) -> Row | None:
    """A picture as a line tells it; None unless every value is one that this program writes."""
    if not isinstance(form, dict):
        return None
    kinds = {one.name: str if one.default is MISSING else type(one.default) for one in fields(Row)}
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in form.items()}
    if not all(name in kinds and type(value) is kinds[name] for name, value in values.items()) or "name" not in values:
        return None
    row = Row(**values)
    sound = (
        _HEX.fullmatch(row.sha256)
        and _HEX.fullmatch(row.digest)
        and _HEX.fullmatch(row.report_sha256)
        and _REPORT.fullmatch(row.report)
        and _TEXT.fullmatch(row.date_item)
        and all(isinstance(one, str) and _HEX.fullmatch(one) for one in row.met)
        and all(getattr(row, name) in ("", *words) for name, words in _WORDS.items())
        and min(row.size_bytes, row.contradictions, row.exit_code) >= 0
    )
    return row if sound else None
