"""How much of the words around a photograph is read, on rendered posts of four languages, mixed ones reported apart.

    python -m benchmarks.posts OUT_DIR         # renders 48 pictures with their true lines
    python -m benchmarks.screen_text OUT_DIR

Characters: for every true line the least edits (Levenshtein 1966) to any line read, or to a stretch of one of its own
length, for two counts may be read as one line. Times: of every picture whether a time that both looks agree on has the
reading that is rendered, and whether one contradicts it; a date without its time of day contradicts nothing.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.asked import arguments
from provenance.image.inner.photographs import inner_photographs
from provenance.model.image import WorkingCopy
from provenance.model.time import Interval
from provenance.placetime.dates.read import read
from provenance.placetime.screen.lines import prepared, read_again, read_lines
from provenance.placetime.screen.post import Post, post
from provenance.placetime.screen.tesseract import languages

MIXED = "mixed"


def edits(first: str, second: str) -> int:
    """Least insertions, deletions and replacements that turn one into the other."""
    row = list(range(len(second) + 1))
    for number, letter in enumerate(first, 1):
        above, row[0] = row[0], number
        for index, other in enumerate(second, 1):
            above, row[index] = row[index], min(row[index] + 1, row[index - 1] + 1, above + (letter != other))
    return row[-1]


def lost(true: str, lines: Sequence[str]) -> int:
    """Characters of a true line that are not read."""
    pieces = [line[at : at + len(true)] for line in lines for at in range(max(1, len(line) - len(true) + 1))]
    return min(len(true), *(edits(true, piece) for piece in (*lines, *pieces)), len(true))


def looked(file: Path, known: tuple[str, ...]) -> tuple[list[str], Post]:
    with Image.open(file) as opened:
        copy = WorkingCopy(pixels=np.asarray(opened.convert("RGB")))
    page = prepared(copy, [one.box_px for one in inner_photographs(copy)])
    until_s = time.monotonic() + 120
    looks = read_lines(page, known, deadline_s=until_s)
    told = post(looks.lines, lambda line: read_again(page, looks, line, known, deadline_s=until_s))
    return [line.text for line in looks.lines], told


def main(folder: Path) -> None:
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    letters: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    known = languages()
    times: dict[bool, list[int]] = defaultdict(lambda: [0, 0, 0])
    for name, true in truth.items():
        lines, told = looked(folder / name, known)
        count = letters[true["language"]]
        count[0] += 1
        count[1] += sum(map(len, true["lines"]))
        count[2] += sum(lost(line, lines) for line in true["lines"])
        (wanted,) = read(true["time"])[0].readings
        agreed = [one.told for one in told.times if one.agreed and not one.in_words and len(one.told.readings) == 1]
        clock = times[true["language"] == MIXED]
        clock[0] += 1
        clock[1] += any(one.readings == (wanted,) for one in agreed)
        clock[2] += any(not _holds(one.readings[0], wanted) for one in agreed)
    for language, (pictures, there, missed) in letters.items():
        print(f"{language}: {pictures} pictures, {there} characters, {1 - missed / there:.4f} read")
    for mixed, (pictures, exact, contradicted) in times.items():
        print(f"times{', mixed' if mixed else ''}: {exact} of {pictures} exact, {contradicted} contradicted")


def _holds(told: Interval, wanted: Interval) -> bool:
    """Whether a coarser reading holds the true one."""
    return told.meets(wanted)


if __name__ == "__main__":
    main(Path(arguments(__doc__, 1, 1)[0]))
