"""A copy over its reference: where the two differ beyond saving, scaling and tone, or that nothing stands out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...model.differences import Compared, DifferingRegion
from ...model.image import WorkingCopy
from . import overlays
from .bars import bars
from .blocks import BLOCK_PX
from .boxes import around
from .clusters import ALARM_LOG10_NFA, MOST_REGIONS, Cluster, clusters
from .elsewhere import elsewhere
from .fitting import fitted
from .focusing import refocused
from .frame import Frame, frame, laid, unsure_of
from .lying import off_together_px
from .moving import moved
from .ranks import median
from .registering import registered
from .residual import Residual, residual
from .shifted import shifted
from .tracing import outlined, pieces, traced
from .widening import widened
from .writing import rewritten

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Levels = NDArray[np.float32]
    Mask = NDArray[np.bool_]
    Picture = NDArray[np.uint8]

TOO_SMALL = "too few pixels of both are left to compare"
NOT_LAID = "the two could not be laid on each other closely enough"
OFF_TOGETHER = (
    "in different places the two lie off each other by different amounts, as two photographs of one scene do, or a "
    "copy taken from a print that was not flat or corrected for its lens"
)
MOVED = (
    "what differs, or part of it, stands in both pictures, in different places, as things do that moved between two "
    "photographs of one scene or two frames of one video, and a part that was moved or reshaped by hand"
)
SHIFTED = (
    "what differs, apart from anything laid over one of the two, shows the same in both, a few pixels off, as things "
    "do that moved a little between two photographs of one scene or two frames of one video, and a part that was "
    "pulled or moved by hand as little"
)
REFOCUSED = (
    "in some places the one shows what the other does, only blurred, and in other places the other way round, as with "
    "two photographs of one scene that were focused at different distances, and with a copy in which parts were "
    "blurred and others sharpened; small changes in those places would not stand out"
)
_LEAST_AGREEING = 0.35
_MOST_OFF_PX = 0.3
"""Of 630 pairs of 42 photographs altered copies had at most 0.05, unaltered ones 0.07, filtered 0.17."""
_ALIKE_IN_COPIES = 0.6
"""Of the blocks with content: of copies with a tenth of the picture changed at least 0.7 rise and fall together."""
_DRAWN_SPREADS, _DRAWN = 9.0, 0.2
"""Of 40 parts retouched in a copy of half the size none has a block that far from usual."""
_TONED_LEVELS, _LOSSY_LEVELS = 2.5, 0.8
_EVERY = 37
"""One pixel in so many says by how much the whole was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What the comparison came to; the fields are those of model.differences.Comparison."""

    outcome: Compared
    regions: tuple[DifferingRegion, ...] = ()
    also: tuple[str, ...] = ()
    block_px: float = 0.0
    blocks: int = 0
    log10_nfa: float = 0.0
    """The smallest of any region without a name or blurred, or of any window where there is none; at most 0."""
    reason: str = ""


def difference(query: WorkingCopy, reference: WorkingCopy, matrix: Floats, outline: Floats | None = None) -> Difference:
    """Compare.

    `matrix`: 3 x 3, from pixels (x, y, 1) of the query to those of the reference, as matching found it: within a
    few pixels. `outline`: polygon (n, 2) in the query that shows the reference; None for all of it. Never raises for
    what the pixels hold.
    """
    import numpy as np

    both = frame(query.pixels, reference.pixels, np.asarray(matrix, np.float64), outline)
    if both is None:
        return Difference(outcome=Compared.NOT_JUDGED, reason=TOO_SMALL)
    transform, agreeing = registered(both)
    both = widened(both, transform)
    over, shown = laid(both, transform)
    ours, theirs = both.query.astype(np.float32), over.astype(np.float32)
    expected = fitted(ours, theirs, shown)
    toned_levels, lossy_levels = _changed(ours, theirs, expected, shown)
    found = residual(ours, theirs, expected, shown, unsure_of(both, transform), toned_levels=toned_levels)
    del theirs
    if found is None:
        return Difference(outcome=Compared.NOT_JUDGED, reason=TOO_SMALL)
    changes = ("tone or colour", toned_levels > _TONED_LEVELS), ("saving with loss", lossy_levels > _LOSSY_LEVELS)
    also = tuple(words for words, so in changes if so)
    pair = _Pair(both=both, over=over, shown=shown, ours=ours, expected=expected)
    seen = replace(_judged(pair, found, agreeing), also=also)
    return replace(seen, block_px=round(BLOCK_PX / both.scale, 2), blocks=int(found.shown.sum()))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Pair:
    """What is judged, all of one height and width."""

    both: Frame
    over: Picture
    """The reference laid on the query, uint8, not fitted."""
    shown: Mask
    ours: Levels
    expected: Levels


def _judged(pair: _Pair, found: Residual, agreeing: float) -> Difference:
    ours, expected = pair.ours, pair.expected
    edges, left = bars(ours, expected, found)
    # What lies beside the bars decides: a caption may hide most of what a picture with soft ground holds. Where little
    # is left there, it may be the one thing that was replaced, and nothing is concluded from it.
    if left.alike < _ALIKE_IN_COPIES:
        return Difference(outcome=Compared.OTHER_PHOTOGRAPH)
    if agreeing < _LEAST_AGREEING:
        return Difference(outcome=Compared.NOT_JUDGED, reason=NOT_LAID)
    together, smallest = clusters(left)
    off = Difference(outcome=Compared.NOT_JUDGED, reason=OFF_TOGETHER)
    if not together and not edges:
        if off_together_px(ours, expected, left.shown) > _MOST_OFF_PX:
            return off
        return Difference(outcome=Compared.NO_DIFFERENCE, log10_nfa=round(smallest, 2))
    named = [(one.cluster, one.mask, overlays.BAR if one.plain else overlays.TEXT, False) for one in edges]
    for one in together:
        for part in pieces(traced(left, one.region, ours.shape, whole=one.detail_lost)):
            what = overlays.what(ours, expected, part)
            # What lost detail and nothing else was smoothed; nothing was drawn there.
            drawn = not one.detail_lost or float((left.unusual[one.region] > _DRAWN_SPREADS).mean()) > _DRAWN
            what = what if what == overlays.BLUR or drawn else ""
            # Letters on a ground that had others are drawn as well, and are no caption.
            written = what != overlays.BLUR and rewritten(ours, expected, part, drawn=bool(what))
            named.append((one, part, "" if written else what, written))
    regions = tuple(_region(pair.both, *one) for one in sorted(named, key=lambda one: one[0].log10_nfa)[:MOST_REGIONS])
    # A blur has a name and hides what was there all the same: retouching is one too.
    unnamed = [one.log10_nfa for one in regions if one.what in ("", overlays.BLUR)]
    if unnamed and off_together_px(ours, expected, left.shown) > _MOST_OFF_PX:
        return off
    # The same letters may stand elsewhere in a line that was written anew: that is no motion.
    two = _two_exposures(pair, left, named) if unnamed and not any(one.writing for one in regions) else ""
    if two:
        return Difference(outcome=Compared.NOT_JUDGED, regions=regions, reason=two)
    return Difference(
        outcome=Compared.DIFFERS if unnamed else Compared.OVERLAID,
        regions=regions,
        log10_nfa=min(unnamed, default=0.0),
    )


def _two_exposures(pair: _Pair, left: Residual, named: list[tuple[Cluster, Mask, str, bool]]) -> str:
    """The reason why what has no name or is blurred, as moving things look, may be another moment or focus; or ""."""
    parts = [mask for _, mask, what, _ in named if what in ("", overlays.BLUR)]
    # As the pictures are: a sharpness fitted for the whole would be that of one of the two distances.
    return _motion(pair.ours, pair.expected, left, parts) or (
        REFOCUSED if refocused(pair.both.query, pair.over, pair.shown, parts) else ""
    )


def _motion(ours: Levels, expected: Levels, left: Residual, parts: list[Mask]) -> str:
    """The reason why parts may have moved; "" where they did not."""
    import numpy as np

    if moved(ours, expected, np.asarray(np.any(parts, axis=0), np.bool_)):
        return MOVED
    explained = shifted(ours, expected, left, parts)
    rest = [part for part, known in zip(parts, explained, strict=True) if not known]
    if not rest:
        return SHIFTED
    if len(rest) < len(parts) and moved(ours, expected, np.asarray(np.any(rest, axis=0), np.bool_)):
        return MOVED
    went = elsewhere(ours, expected, left, parts)
    return MOVED if all(known or one for known, one in zip(explained, went, strict=True)) else ""


def _region(both: Frame, one: Cluster, mask: Mask, what: str, written: bool) -> DifferingRegion:
    import numpy as np

    rows, columns = around(mask)
    left, top = int(columns.start / both.scale), int(rows.start / both.scale)
    right, bottom = int(np.ceil(columns.stop / both.scale)), int(np.ceil(rows.stop / both.scale))
    row, column, down, across = one.window
    return DifferingRegion(
        box_px=(left, top, right - left, bottom - top),
        share=round(float(mask.mean()), 5),
        outlines=outlined(mask, both.scale),
        what=what,
        log10_nfa=round(one.log10_nfa, 2),
        window_blocks=(column, row, across, down),
        blocks=one.blocks,
        unusual=one.unusual,
        level=one.level,
        chance=one.chance,
        tests=one.tests,
        detail_lost=one.detail_lost,
        writing=written,
    )


def _changed(ours: Levels, theirs: Levels, expected: Levels, shown: Mask) -> tuple[float, float]:
    """Medians over pixels shown: of the levels by which fitting moved the reference, and of what is left."""
    import numpy as np

    places = np.arange(0, shown.size, _EVERY) if shown.all() else np.flatnonzero(shown)[::_EVERY]
    before, after, here = (one.reshape(-1, 3).take(places, axis=0) for one in (theirs, expected, ours))
    return median(np.abs(after - before)), median(np.abs(here - after))


__all__ = ["ALARM_LOG10_NFA", "Difference", "difference"]
