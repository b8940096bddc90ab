"""From cells of 8 x 8 pixels to evidence: regions with box, share, outlines and all numbers, and the alarm of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...model.differences import Anomaly, AnomalyKind, SuspectRegion
from ...model.source import THIS_PROGRAM
from ..polygons import largest, simplified
from .chance import ALARMS_PER_THOUSAND, FORMULA

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CELL_PX = 8


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Suspect:
    """A window with what was counted in it, and the cells that hang together with it."""

    log10_nfa: float
    window: tuple[int, int, int, int]
    """x, y, width and height in pixels."""
    trials: int
    hits: int
    chance: float
    tests: int
    cells: NDArray[np.bool_]
    """Shape (height // 8, width // 8)."""
    detail: str
    grid: tuple[int, int] | None = None
    """Origin of the JPEG grid that it carries, x and y from 0 to 7; None where that is not what was asked."""
    steps: tuple[int, ...] = ()
    """Table, in zigzag order, at multiples of which its coefficients lie; empty where that is not what was asked."""


def region(found: Suspect, size_px: tuple[int, int]) -> SuspectRegion:
    """`size_px`: width and height of the picture under test."""
    import numpy as np

    rows, columns = np.flatnonzero(found.cells.any(1)), np.flatnonzero(found.cells.any(0))
    left, top = int(columns[0]) * CELL_PX, int(rows[0]) * CELL_PX
    width, height = int(columns[-1] + 1) * CELL_PX - left, int(rows[-1] + 1) * CELL_PX - top
    return SuspectRegion(
        box_px=(left, top, width, height),
        share=round(int(found.cells.sum()) * CELL_PX**2 / (size_px[0] * size_px[1]), 6),
        outlines=outlines(found.cells),
        log10_nfa=round(found.log10_nfa, 4),
        window_px=found.window,
        trials=found.trials,
        hits=found.hits,
        chance=found.chance,
        tests=found.tests,
        detail=found.detail,
    )


def outlines(cells: NDArray[np.bool_]) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Polygons in pixels around the largest pieces."""
    import cv2
    import numpy as np

    whole = cv2.resize(cells.astype(np.uint8), None, fx=CELL_PX, fy=CELL_PX, interpolation=cv2.INTER_NEAREST)
    contours = largest(np.asarray(whole, np.uint8))
    return tuple(tuple((int(x), int(y)) for x, y in simplified(contour)) for contour in contours)


def alarm(
    method: str,
    statement: str,
    what: AnomalyKind,
    regions: tuple[SuspectRegion, ...],
    *,
    limits: tuple[str, ...],
    counting: str,
) -> Anomaly:
    """The item of evidence. `counting`: what trials and hits are for this method, without a full stop."""
    return Anomaly(
        source=THIS_PROGRAM,
        statement=statement,
        method=method,
        limits=limits,
        what=what,
        regions=regions,
        alarms_per_thousand=ALARMS_PER_THOUSAND,
        formula=f"{FORMULA}; {counting}",
    )


def share_told(regions: tuple[SuspectRegion, ...]) -> str:
    """The start of a sentence: "A region of 3.1 % of the picture carries a", or of several "carry a"."""
    total = 100 * sum(one.share for one in regions)
    share = f"{total:.1f} % of the picture" if total >= 0.1 else "less than 0.1 % of the picture"
    x, y, width, height = regions[0].box_px
    if len(regions) == 1:
        return f"A region (x {x}, y {y}, {width} x {height} px; {share}) carries a"
    return f"{len(regions)} regions ({share} together; the surest at x {x}, y {y}, {width} x {height} px) carry a"
