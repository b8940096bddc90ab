"""Check "history": what the grid and the coefficients say of earlier savings of the whole picture.

None of it speaks of a change to what the picture shows: saving, cutting and converting do all of this.
"""

from __future__ import annotations

from ...image.containers import sniff
from ...image.containers.jpeg_tables import libjpeg
from ...model.context import Context
from ...model.evidence import Trace
from ...model.image import Image, Refusal
from ...model.outcome import Outcome, Ran, Skipped
from ...model.source import THIS_PROGRAM
from . import double_jpeg, jpeg_grid
from .dct import ZIGZAG
from .once import LEAST_FREQUENCIES
from .silence import grid_is_wiped_out
from .twice import First

METHOD = "history"
TOPIC = "history"
_KINDS = {sniff.PNG: "PNG", sniff.WEBP: "WebP", sniff.BMP: "BMP", sniff.TIFF: "TIFF", sniff.JPEG: "JPEG"}
_LEAST_EQUAL = 0.8
"""Of the recovered steps that must be a libjpeg quality's for it to be named."""
_QUALITIES = range(50, 100)
_NFA = "log10 of the expected false alarms {nfa:.0f}: {hits:,} of {trials:,} trials, chance 1/64, 64 tests"


def check(image: Image, context: Context) -> Outcome:
    """Traces of an earlier JPEG grid and of an earlier compression on the same grid."""
    no_grid, no_twice = grid_is_wiped_out(image), double_jpeg.silent(image)
    if no_grid is not None and no_twice is not None:
        return no_grid
    traces = [] if no_grid else _earlier_grid(image, image.once(jpeg_grid.grids, context.limits))
    if no_twice is None:
        seen = image.once(double_jpeg.twice, context.limits)
        if isinstance(seen, Refusal) and no_grid is not None:
            return Skipped(reason=seen.reason, remedy=seen.remedy)
        if not isinstance(seen, Refusal) and len(seen.firsts) >= LEAST_FREQUENCIES:
            traces.append(_twice(seen.firsts))
    return Ran(evidence=tuple(traces)) if traces else Ran(note="no trace of an earlier JPEG compression")


def _earlier_grid(image: Image, seen: jpeg_grid.Grids) -> list[Trace]:
    """One grid through the whole picture: of a file without loss that was a JPEG, or beside the one of a JPEG."""
    if not seen.through:
        return []
    kind, (x, y) = _KINDS.get(image.original.media_type, "file"), seen.main.origin
    turned = image.working_copy is not None and any(one.startswith("turned") for one in image.working_copy.steps)
    cut = "" if (x, y) == (0, 0) or turned else f", and cut after that: the first whole block begins at {x}, {y}"
    was = f"This {kind} was a JPEG before it was saved as it is{cut}."
    told = _NFA.format(nfa=seen.main.log10_nfa, hits=seen.main.hits, trials=seen.main.trials)
    return [_trace(was, f"{was} ({told})")]


def _twice(firsts: tuple[First, ...]) -> Trace:
    quality, equal = likeliest(firsts)
    count = f"at {len(firsts)} frequencies the first step could be recovered"
    like = f"; {equal} of them are those of libjpeg quality {quality}" if quality else ""
    was = "The picture was compressed as a JPEG at least twice, the first time more strongly."
    steps = " ".join(f"{one.step}" for one in firsts)
    return _trace(was, f"{count}{like} (steps in zigzag order: {steps})")


def likeliest(firsts: tuple[First, ...]) -> tuple[int, int]:
    """The libjpeg quality with most of these steps and how many; 0 and 0 where none has enough of them."""
    order = {at: index for index, at in enumerate(ZIGZAG)}
    tables = {one: libjpeg(one)[0] for one in _QUALITIES}
    equal = {one: sum(table[order[first.at]] == first.step for first in firsts) for one, table in tables.items()}
    quality, count = max(equal.items(), key=lambda one: one[1])
    return (quality, count) if count >= _LEAST_EQUAL * len(firsts) else (0, 0)


def _trace(statement: str, value: str) -> Trace:
    return Trace(
        source=THIS_PROGRAM,
        statement=statement,
        method=METHOD,
        limits=("Cameras, programs and platforms save a picture again without changing what it shows.",),
        topic=TOPIC,
        value=value,
    )
