"""Tesseract as a program of its own: asked with pixels on its input, answering with words and their places.

It is no library of ours and no dependency: where the program is not on the path, nothing is read and that is said. It
runs under limits on time and memory, with no shell, and reads nothing but its own language data.
"""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from .program import answer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LANGUAGES = ("eng", "rus", "ukr", "kor")
PAGE, LINE = 3, 7
"""Ways of looking (--psm): a page of any layout; one line."""
_WALL_S, _LIST_S = 40.0, 20.0
_MEMORY_BYTES, _MOST_ANSWER_BYTES = 2 * 2**30, 16 * 2**20
_MOST_WORDS = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word as read, its box in pixels of the picture given, and which line it is in."""

    text: str
    box_px: tuple[int, int, int, int]
    """x0, y0, x1, y1."""
    line: tuple[int, int, int]
    """Block, paragraph and line, counted by Tesseract."""
    confidence: float
    """Tesseract's own, 0 to 100; it orders words and is no probability."""


def languages() -> tuple[str, ...]:
    """Those of `LANGUAGES` that are installed; empty when Tesseract is not. Starts the program: ask once."""
    program = shutil.which("tesseract")
    if program is None:
        return ()
    try:
        told = _answer([program, "--list-langs"], b"", time.monotonic() + _LIST_S)
    except OSError:
        return ()
    known = set(told.split())
    return tuple(name for name in LANGUAGES if name in known)


def words(grey: NDArray[np.uint8], *, wanted: tuple[str, ...], way: int, deadline_s: float) -> tuple[Word, ...]:
    """Words of a grey picture, shape (height, width), dark on light.

    `deadline_s`: reading of `time.monotonic` by which it must have ended; one run has 40 seconds at the most. Raises
    TimeoutError past it, OSError where the program fails or answers with no table.
    """
    import csv
    import io

    program = shutil.which("tesseract")
    if program is None:
        raise FileNotFoundError("tesseract is not on the path")
    height, width = grey.shape
    data = b"P5 %d %d 255\n" % (width, height) + grey.tobytes()
    command = [program, "stdin", "stdout", "-l", "+".join(wanted), "--psm", str(way), "--dpi", "150", "tsv"]
    told = _answer(command, data, min(deadline_s, time.monotonic() + _WALL_S))
    rows = csv.DictReader(io.StringIO(told), delimiter="\t", quoting=csv.QUOTE_NONE)
    try:
        return tuple(islice((word for row in rows if (word := _word(row)) is not None), _MOST_WORDS))
    except csv.Error as error:
        raise OSError(f"Tesseract's answer is no table: {error}") from error


def _answer(command: list[str], data: bytes, deadline_s: float) -> str:
    try:
        told = answer(command, data, deadline_s=deadline_s, most_bytes=_MOST_ANSWER_BYTES, memory_bytes=_MEMORY_BYTES)
    except TimeoutError as error:
        raise TimeoutError(f"asked of Tesseract, {error}") from error
    except OSError as error:
        raise OSError(f"asked of Tesseract, {error}") from error
    return told.decode("utf-8", "replace")


def _word(row: dict[str, str]) -> Word | None:
    text = (row.get("text") or "").strip()
    try:
        left, top, width, height = (int(row[name]) for name in ("left", "top", "width", "height"))
        line = int(row["block_num"]), int(row["par_num"]), int(row["line_num"])
        confidence = float(row["conf"])
    except (KeyError, TypeError, ValueError):
        return None
    if not text or confidence < 0:
        return None
    return Word(text=text, box_px=(left, top, left + width, top + height), line=line, confidence=confidence)
