"""Tesseract as a program of its own: asked with pixels on its input, answering with words and their places.

It is no library of ours and no dependency: where the program is not on the path, nothing is read and that is said. It
runs under limits on time and memory, with no shell, and reads nothing but its own language data.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LANGUAGES = ("eng", "rus", "ukr", "kor")
PAGE, LINE = 3, 7
"""Ways of looking (--psm): a page of any layout; one line."""
_WALL_S, _CPU_S, _MEMORY_BYTES = 40.0, 40, 2 * 2**30
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


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Those of `LANGUAGES` that are installed; empty when Tesseract is not."""
    program = shutil.which("tesseract")
    if program is None:
        return ()
    try:
        told = subprocess.run(  # noqa: S603 - a program found on the path, no shell, fixed arguments
            [program, "--list-langs"], capture_output=True, timeout=20, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    known = set(told.stdout.decode("utf-8", "replace").split())
    return tuple(name for name in LANGUAGES if name in known)


def words(grey: NDArray[np.uint8], *, wanted: tuple[str, ...], way: int) -> tuple[Word, ...]:
    """Words of a grey picture, shape (height, width), dark on light. Raises OSError where the program fails."""
    import csv
    import io

    program = shutil.which("tesseract")
    if program is None:
        raise FileNotFoundError("tesseract")
    height, width = grey.shape
    data = b"P5 %d %d 255\n" % (width, height) + grey.tobytes()
    try:
        ended = subprocess.run(  # noqa: S603 - as above
            [program, "stdin", "stdout", "-l", "+".join(wanted), "--psm", str(way), "--dpi", "150", "tsv"],
            input=data,
            capture_output=True,
            timeout=_WALL_S,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            preexec_fn=_bounded,
        )
    except subprocess.TimeoutExpired as error:
        raise OSError(f"Tesseract was stopped after {_WALL_S:g} s") from error
    if ended.returncode:
        raise OSError(f"Tesseract ended with {ended.returncode}")
    rows = csv.DictReader(io.StringIO(ended.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE)
    found = [word for row in rows if (word := _word(row)) is not None]
    return tuple(found[:_MOST_WORDS])


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_S, _CPU_S))


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
