"""Check "jpeg-grid": parts of the picture that carry a JPEG grid other than the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...image.containers import sniff
from ...image.decoding.turning import AS_STORED, orientation_in
from ...model.context import Context
from ...model.differences import Anomaly, AnomalyKind
from ...model.image import Image
from ...model.limits import Limits
from ...model.outcome import Outcome, Ran, Skipped
from .beyond import runs_on
from .chance import ALARM_LOG10_NFA
from .dct import SIDE
from .drift import are_steps, lies_beside, runs_in_steps
from .grid import MainGrid, foreign_grids, main_grid
from .multiples_regions import foreign_steps
from .regions import Suspect, alarm, region, share_told
from .silence import ORIGINAL, grid_is_wiped_out
from .tables import luminance_table
from .undone import is_whole_when_undone
from .votes import ZERO, ZERO_SAVED, luminance, votes, votes_by

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

METHOD = "jpeg-grid"
_SPREAD, _SPREAD_BESIDE = 0.5, 0.8
"""How far a grid must be spread to be that of the whole picture: alone, and beside that of the last saving."""
_SPREAD_OPEN = 0.3
"""From here on a grid beside that of the last saving may be that of the whole picture before it was cut."""
_TWO_GRIDS = "two JPEG grids run through the picture: it was cut and saved again, or a large part comes from elsewhere"
_IN_STEPS = (
    "a JPEG grid runs through the picture in steps: it was resized a little, or turned, after it had been a JPEG, and "
    "no part of it can be told from the rest"
)
_NO_GRID = "no JPEG grid runs through the picture: it was resized, or was never a JPEG"
_LIMITS = (
    "This shows that the part was changed after the picture had been a JPEG, or comes from another one; not what, when "
    "or by whom. Captions, blurred faces and logos that were laid on do the same.",
    "A part pasted in on the very grid of the picture (1 in 64 by chance), scaled or turned, carries no other grid.",
)
_VOTES = "trials and hits are pixels of the window and votes for its grid, 64 pixels to one"
_MULTIPLES = (
    "trials and hits are DCT coefficients of blocks of the window, from half a step of that table on, and those "
    "within a quarter of a step of a multiple"
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grids:
    """What the pixels say of JPEG grids; `own` is that of the last saving, None for a file without loss."""

    luma: NDArray[np.uint8]
    casts: tuple[NDArray[np.uint8], ...]
    """Votes; of a JPEG by two sizes of zero: what its saving added is up to the larger, and where a part had been saved
    finely, only the smaller one tells its zeros from the rest."""
    own: tuple[int, int] | None
    main: MainGrid

    @property
    def through(self) -> bool:
        """Whether one grid beside `own` runs through the picture."""
        least = _SPREAD if self.own is None else _SPREAD_BESIDE
        return self.main.spread >= least and self.main.log10_nfa <= ALARM_LOG10_NFA


def grids(image: Image, limits: Limits) -> Grids:  # noqa: ARG001 - what Image.once calls has this signature
    """The votes of a picture that is neither too small nor wiped out; made once a picture.

    Raises ValueError for one without pixels.
    """
    copy = image.working_copy
    if copy is None:
        raise ValueError("the picture was not decoded")
    luma = luminance(copy.pixels)
    if image.original.media_type != sniff.JPEG:
        cast = votes(luma)
        return Grids(luma=luma, casts=(cast,), own=None, main=main_grid(cast))
    own = (0, 0)
    if orientation_in(copy.steps) != AS_STORED:
        own = main_grid(votes(luma, zero=ZERO_SAVED)).origin  # where the turn brought it
    casts = votes_by(luma, (ZERO_SAVED, ZERO), but=SIDE * own[1] + own[0])
    return Grids(luma=luma, casts=casts, own=own, main=main_grid(casts[0]))


def check(image: Image, context: Context) -> Outcome:
    """An Anomaly with the parts of another grid; Skipped where the file can hold no trace of one."""
    if (said := grid_is_wiped_out(image)) is not None:
        return said
    seen = image.once(grids, context.limits)
    if seen.own is None and not seen.through:
        return Skipped(reason=_NO_GRID, remedy=ORIGINAL)
    if seen.own is not None and not seen.through and seen.main.spread >= _SPREAD_OPEN:
        return Skipped(reason=_TWO_GRIDS, remedy=ORIGINAL)
    origin = seen.main.origin if seen.through or seen.own is None else seen.own
    voted = foreign_grids(seen.casts, origin)
    known = (origin,) if seen.own in {None, origin} else (origin, seen.own)
    last = () if seen.own is None else luminance_table(image)
    stepped = tuple(
        one
        for one in foreign_steps(seen.luma, known, last)
        if not any((one.cells & already.cells).any() for already in voted)
    )
    if not voted and not stepped:
        return Ran(note="no part of the picture carries a JPEG grid other than the rest")
    surest = min((*voted, *stepped), key=lambda one: one.log10_nfa)
    if (
        are_steps((*voted, *stepped))
        or any(
            runs_in_steps(cast, surest, known) or (seen.own == origin and lies_beside(cast, surest, origin))
            for cast in seen.casts
        )
        or is_whole_when_undone(seen.luma, surest, last)
    ):
        return Skipped(reason=_IN_STEPS, remedy=ORIGINAL)
    if seen.own in {None, origin} and runs_on(seen.luma, surest, origin, a_jpeg=seen.own is not None):
        return Skipped(reason=_TWO_GRIDS, remedy=ORIGINAL)
    told = ((voted, _VOTES), (stepped, _MULTIPLES))
    return Ran(evidence=tuple(_anomaly(image, found, counting) for found, counting in told if found))


def _anomaly(image: Image, found: tuple[Suspect, ...], counting: str) -> Anomaly:
    size_px = (image.working_copy.width_px, image.working_copy.height_px) if image.working_copy else (0, 0)
    regions = tuple(region(one, size_px) for one in found)
    statement = f"{share_told(regions)} JPEG grid other than the rest."
    return alarm(METHOD, statement, AnomalyKind.FOREIGN_GRID, regions, limits=_LIMITS, counting=counting)
