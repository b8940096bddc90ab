"""Check "double-jpeg": parts of a twice compressed JPEG that were compressed only once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...image.containers import sniff
from ...image.decoding.coefficients import Coefficients, coefficients
from ...image.decoding.turning import orientation_in, stored, upright
from ...model.context import Context
from ...model.differences import Anomaly, AnomalyKind
from ...model.image import Image, Refusal
from ...model.limits import Limits
from ...model.outcome import Outcome, Ran, Skipped
from .once import LEAST_FREQUENCIES, TOGETHER, clustered, weighed
from .regions import CELL_PX, Suspect, alarm, region, share_told
from .silence import ORIGINAL, small_or_preview
from .tables import as_fine_as, luminance_table
from .twice import First, first_steps, luminance

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

METHOD = "double-jpeg"
LEAST_QUALITY = 90
"""Of the last saving. Platforms save below it, and what they wipe out is most of what could be found."""
_DARKEST, _BRIGHTEST = 1, 254
_LIMITS = (
    "This shows that the part was changed after the picture had been a JPEG; not what, when or by whom. Captions, "
    "blurred faces and logos that were laid on do the same.",
    "Plain ground and saturated parts say nothing of how often they were compressed.",
)
_COUNTING = f"trials and hits are blocks of the window and those of them, {TOGETHER} blocks to one"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Twice:
    """What the coefficients of a JPEG say of an earlier compression on the same grid."""

    read: Coefficients
    firsts: tuple[First, ...]


def twice(image: Image, limits: Limits) -> Twice | Refusal:
    """The coefficients and the first steps that could be recovered, read once a picture."""
    read = coefficients(image.data, limits)
    if isinstance(read, Refusal):
        return read
    firsts = first_steps(read.quantised, read.steps, luminance(read.quantised, read.steps))
    return Twice(read=read, firsts=firsts)


def silent(image: Image) -> Skipped | None:
    """Why the coefficients are not even read."""
    if image.original.media_type != sniff.JPEG:
        return Skipped(reason="not a JPEG", remedy=ORIGINAL)
    if (said := small_or_preview(image)) is not None:
        return said
    if not as_fine_as(luminance_table(image), LEAST_QUALITY):
        reason = f"saved below quality {LEAST_QUALITY}, as platforms do, which wipes out an earlier compression"
        return Skipped(reason=reason, remedy=ORIGINAL)
    return None


def check(image: Image, context: Context) -> Outcome:
    """An Anomaly with the parts that were compressed once; Skipped where no earlier compression is left to see."""
    if (said := silent(image)) is not None:
        return said
    seen = image.once(twice, context.limits)
    if isinstance(seen, Refusal):
        return Skipped(reason=seen.reason, remedy=seen.remedy)
    if len(seen.firsts) < LEAST_FREQUENCIES:
        reason = "nothing is left in the file of an earlier saving as a JPEG"
        return Skipped(reason=reason, remedy=ORIGINAL)
    found = clustered(weighed(seen.read.quantised, _clipped(image), seen.firsts))
    if not found:
        return Ran(note="the picture was compressed twice, and no part of it looks as if compressed only once")
    return Ran(evidence=(_anomaly(image, found),))


def _clipped(image: Image) -> NDArray[np.bool_]:
    """Pixels as stored of which a colour was clipped: there the model of what rounding adds does not hold."""
    if image.working_copy is None:
        raise ValueError("the picture was not decoded")
    pixels = image.working_copy.pixels
    clipped = (pixels.min(axis=2) <= _DARKEST) | (pixels.max(axis=2) >= _BRIGHTEST)
    return stored(clipped, orientation_in(image.working_copy.steps))


def _anomaly(image: Image, found: tuple[Suspect, ...]) -> Anomaly:
    size_px = (image.structure.width_px, image.structure.height_px)
    steps = image.working_copy.steps if image.working_copy else ()
    regions = tuple(region(replace(one, cells=_looked_at(one.cells, size_px, steps)), size_px) for one in found)
    statement = f"{share_told(regions)} single compression, where the rest was compressed twice."
    return alarm(METHOD, statement, AnomalyKind.COMPRESSED_TWICE, regions, limits=_LIMITS, counting=_COUNTING)


def _looked_at(cells: NDArray[np.bool_], stored_px: tuple[int, int], steps: Sequence[str]) -> NDArray[np.bool_]:
    """Cells of the stored picture, of that width and height, in the upright one; true to the nearest cell."""
    import numpy as np

    rows, columns = (max(1, -(-side // CELL_PX)) for side in reversed(stored_px))
    found = np.zeros((rows, columns), bool)
    part = cells[:rows, :columns]
    found[: part.shape[0], : part.shape[1]] = part
    return np.ascontiguousarray(upright(found, orientation_in(steps)))
