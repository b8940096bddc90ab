"""Lines of text on a screen, top to bottom, with the photographs left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from ...model.image import WorkingCopy
from .doubt import NEARLY, readable, sureness, tells_time, unsure, with_hangul
from .letters import LEAST_LETTERS, most_in, script_of, scripts, unmixed
from .tesseract import LINE, PAGE, words
from .text_line import Box, TextLine, joined, line_of, same_row

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_READ_SIDE_PX = 1_500
"""A narrower screen is enlarged to about this width, at most threefold: Tesseract wants capitals of 20 to 30 pixels."""
_WIDEST_PX = 2_600
_DARK_LEVEL = 110
_BY_SCRIPT = (("Cyrillic", ("rus", "ukr", "eng")), ("Hangul", ("kor",)), ("Latin", ("eng",)))
_LEAST_CONFIDENCE = 20.0
_MOST_LINES = 600
_INK = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A screen made ready for reading: dark letters on light, photographs painted over, enlarged."""

    grey: NDArray[np.uint8]
    scale: float
    """Pixels of `grey` for each pixel of the working copy."""


def prepared(copy: WorkingCopy, photographs: Sequence[Box]) -> Page:
    """Grey, with photographs painted in the ground's colour, light ground, and letters large enough to read."""
    import cv2
    import numpy as np

    grey = cv2.cvtColor(copy.pixels, cv2.COLOR_RGB2GRAY)
    outside = np.ones(grey.shape, dtype=bool)
    for x0, y0, x1, y1 in photographs:
        outside[y0:y1, x0:x1] = False
    ground = float(np.median(grey[outside])) if outside.any() else 255.0
    painted = np.where(outside, grey, np.uint8(ground))
    if ground < _DARK_LEVEL:
        painted = 255 - painted
    scale = (
        min(3.0, max(1.0, _READ_SIDE_PX / copy.width_px)) if copy.width_px < _WIDEST_PX else _WIDEST_PX / copy.width_px
    )
    kind = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    resized = cv2.resize(painted, None, fx=scale, fy=scale, interpolation=kind)
    return Page(grey=np.ascontiguousarray(resized, dtype=np.uint8), scale=scale)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """The lines of a screen as the better look has them, and those of the first, by which a time can be checked."""

    lines: tuple[TextLine, ...]
    first: tuple[TextLine, ...]
    cut_short: bool = False
    """Whether the time was up before every script had its second look."""
    unread: int = 0
    """Lines that no look was sure of, and that are left out: too faint, or in letters that nobody here can read."""


def read_lines(page: Page, languages: tuple[str, ...], *, deadline_s: float) -> Looks:
    """Every line of a page, read in all languages and then once more in those of its own script.

    `deadline_s`: reading of `time.monotonic` at which reading ends. A line stays as the first look has it where the
    second lost it or saw another script. Raises OSError, and TimeoutError where not even the first look was had.
    """
    first = _lines(page.grey, page.scale, languages, deadline_s)
    main = most_in(" ".join(line.text for line in first))
    wanted = [script_of(line.text) or main for line in first]
    seconds: dict[str, tuple[TextLine, ...]] = {}
    for script, names in _BY_SCRIPT:
        known = tuple(name for name in names if name in languages)
        if script in wanted and known:
            cleared = _cleared(page.grey, hangul=script == "Hangul")
            try:
                seconds[script] = _lines(cleared, page.scale, known, deadline_s)
            except TimeoutError:
                return Looks(lines=first, first=first, cut_short=True)
    chosen: list[TextLine] = []
    for script in dict.fromkeys(wanted):
        olds = [line for line, its in zip(first, wanted, strict=True) if its == script]
        for row in _better(olds, seconds.get(script, ()), script):
            chosen += _surest(row, script, seconds)
    # What the first look missed; a reader of another script than the page's makes words of its noise.
    chosen += [new for new in seconds.get(main, ()) if not any(same_row(new.box_px, old.box_px) for old in first)]
    if "Hangul" not in seconds and "kor" in languages and any(map(unsure, chosen)):
        try:
            hangul = _lines(_cleared(page.grey, hangul=True), page.scale, ("kor",), deadline_s)
        except TimeoutError:
            return Looks(lines=_in_order(chosen), first=first, cut_short=True)
        chosen = with_hangul(chosen, hangul)
    kept = [line for line in chosen if readable(line)]
    return Looks(lines=_in_order(kept), first=first, unread=len(chosen) - len(kept))


def _surest(row: Sequence[TextLine], script: str, seconds: Mapping[str, Sequence[TextLine]]) -> Sequence[TextLine]:
    """A row of few letters as its surest look has it: "PM" and "Nov" look Cyrillic, and the first look takes them so.

    Of looks that are about as sure the one that tells a time is taken, for by chance words seldom do.
    """
    if sum(count for line in row for _, count in scripts(line.text)) >= LEAST_LETTERS:
        return row
    choices = [row]
    for its, lines in seconds.items():
        other = [line for line in lines if its != script and any(same_row(line.box_px, one.box_px) for one in row)]
        if other and script_of(_text(other)) == its:
            choices.append(other)
    least = max(map(sureness, choices)) * NEARLY
    near = [choice for choice in choices if sureness(choice) >= least]
    return max(near, key=lambda choice: (tells_time(_text(choice)), sureness(choice)))


def _text(row: Sequence[TextLine]) -> str:
    return " ".join(line.text for line in row)


def _better(first: Sequence[TextLine], second: Sequence[TextLine], script: str) -> Iterator[Sequence[TextLine]]:
    """Of each row the second look where its script is that of the first, else the first."""
    for olds, news in _rows(first, second):
        shown = script_of(_text(olds))
        same = script_of(_text(news)) == shown and shown in ("", script)
        yield news if news and same else olds


def _rows(
    first: Sequence[TextLine], second: Sequence[TextLine]
) -> Iterator[tuple[Sequence[TextLine], Sequence[TextLine]]]:
    """Lines of two looks that share a row, together, for one look may part what the other joins."""
    rows: list[tuple[list[TextLine], list[TextLine]]] = [([line], []) for line in first]
    for new in second:
        met = [row for row in rows if any(same_row(new.box_px, one.box_px) for one in (*row[0], *row[1]))]
        if met:
            rows = [row for row in rows if not any(row is one for one in met)]
            rows.append(([old for row in met for old in row[0]], [*(one for row in met for one in row[1]), new]))
    yield from rows


def _cleared(grey: NDArray[np.uint8], *, hangul: bool) -> NDArray[np.uint8]:
    """Faint letters darker, and the ringing of JPEG smoothed; what helps letters of few strokes blots syllables."""
    import cv2
    import numpy as np

    inked = grey if hangul else 255 - np.minimum((255 - grey).astype(np.float32) * _INK, 255)
    return np.ascontiguousarray(cv2.GaussianBlur(inked, (0, 0), 1.6 if hangul else 1.0).astype(np.uint8))


def _lines(
    grey: NDArray[np.uint8], scale: float, languages: tuple[str, ...], deadline_s: float
) -> tuple[TextLine, ...]:
    found = words(grey, wanted=languages, way=PAGE, deadline_s=deadline_s)
    lines = []
    for _, group in groupby(found, key=lambda word: word.line):
        kept = [word for word in group if word.confidence >= _LEAST_CONFIDENCE]
        if kept:
            lines.append(line_of(kept, scale))
    return _in_order(lines)[:_MOST_LINES]


def _in_order(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    return tuple(sorted(lines, key=lambda line: (line.box_px[1], line.box_px[0])))


def _of_script(text: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The languages of a line's script: fewer languages are mixed up less."""
    wanted = dict(_BY_SCRIPT).get(script_of(text), languages)
    return tuple(name for name in wanted if name in languages) or languages


def read_again(
    page: Page, looks: Looks, line: TextLine, languages: tuple[str, ...], *, deadline_s: float
) -> Iterator[str]:
    """What other looks say of a line: the first look at the page, then the line alone, enlarged, which costs a run.

    Raises OSError, and TimeoutError past the deadline.
    """
    import cv2
    import numpy as np

    # A line that the second look lost is the first look's own: that look is no other.
    yield from (other.text for other in looks.first if other is not line and same_row(line.box_px, other.box_px))
    x0, y0, x1, y1 = (round(side * page.scale) for side in line.box_px)
    margin = max(6, (y1 - y0) // 2)
    height, width = page.grey.shape
    cut = page.grey[max(0, y0 - margin) : min(height, y1 + margin), max(0, x0 - margin) : min(width, x1 + margin)]
    if not cut.size:
        return
    larger = np.ascontiguousarray(cv2.resize(cut, None, fx=1.5, fy=1.5, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)
    yield unmixed(joined(words(larger, wanted=_of_script(line.text, languages), way=LINE, deadline_s=deadline_s)))
