"""A picture against the noise pattern of a camera, as evidence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...image.decoding import turning
from ...model.evidence import Trace
from ...model.image import WorkingCopy
from ...model.source import THIS_PROGRAM
from ...model.text import visible
from .pattern import met, middle, noise_of, pattern

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]
    Noise = tuple[NDArray[np.float32], NDArray[np.float32]]

METHOD = "same-camera"
TOPIC = "camera"
LEAST_PICTURES = 5
MET_PCE = 60.0
"""Goljan, Fridrich and Filler (SPIE 7254, 2009): of a million pairs of other cameras 24 in a million lay above it."""
SAME_SHOT = 0.15
"""Correlation of the noise of two pictures above which they show one shot: between others it is a few hundredths."""
LEAST_SIDE_PX = 512
_LIMITS = (
    "That the pictures are of that camera is what their tags and their records say.",
    "Phones that process pictures heavily share patterns within a model, above this mark too (Iuliani et al. 2021).",
    "Pictures of one scene from one stand share more than the sensor.",
)
_NOT_MET = "That it does not meet says nothing: scaling, strong saving and a crop take the pattern away."


def as_stored(copy: WorkingCopy) -> tuple[Pixels, bool] | None:
    """Pixels as the sensor read them, and whether the file says how it was held; None for mirrored orientations."""
    orientation = turning.orientation_in(copy.steps)
    if orientation in turning.MIRRORED:
        return None
    return turning.stored(copy.pixels, orientation), orientation != turning.AS_STORED


def noise_read(copy: WorkingCopy) -> Noise | None:
    """Noise and levels of the middle of a picture that a camera's file holds."""
    import numpy as np

    stored = as_stored(copy)
    return None if stored is None else noise_of(np.ascontiguousarray(middle(stored[0])))


def compared(query: WorkingCopy, pictures: Iterable[WorkingCopy], camera: str) -> Trace | str:
    """A Trace that says how the picture meets the pattern of the others, or why it cannot be said."""
    import numpy as np

    stored = as_stored(query)
    if stored is None:
        return "the picture is mirrored by its tags"
    turned = [stored[0]] if stored[1] else [np.rot90(stored[0], turn) for turn in range(4)]
    noises = [found for one in pictures if (found := noise_read(one)) is not None]
    if not noises:
        return "none of the camera's pictures could be read"
    shape = noises[0][0].shape
    ours = [noise_of(np.ascontiguousarray(part)) for one in turned if (part := middle(one)).shape[:2] == shape]
    others = [one for one in noises if one[0].shape == shape and not any(_one_shot(one, mine) for mine in ours)]
    if not ours or len(others) < LEAST_PICTURES:
        return f"fewer than {LEAST_PICTURES} other pictures of that camera have the size of this one"
    sensor = pattern(others)
    pce = max(met(*one, sensor)[0] for one in ours)
    return _trace(pce, len(others), camera, shape, len(ours))


def _one_shot(one: Noise, other: Noise) -> bool:
    import numpy as np

    if one[0].shape != other[0].shape:
        return False
    power = float(np.sqrt(np.square(one[0]).sum(dtype=np.float64) * np.square(other[0]).sum(dtype=np.float64)))
    return power > 0 and float((one[0] * other[0]).sum(dtype=np.float64)) / power > SAME_SHOT


def _trace(pce: float, count: int, camera: str, shape: tuple[int, ...], turns: int) -> Trace:
    meets = pce > MET_PCE
    does = "meets" if meets else "does not meet"
    of = f"{count} pictures said to be of camera {visible(camera, limit=120)}"
    ways = f", the highest of {turns} turns" if turns > 1 else ""
    value = f"PCE {pce:.1f}; above {MET_PCE:.0f} counts as met; {count} pictures, {shape[1]} x {shape[0]} px{ways}"
    return Trace(
        source=THIS_PROGRAM,
        statement=f"The noise pattern of the picture {does} that of {of} (PCE {pce:.1f}, {MET_PCE:.0f} counts as met).",
        method=METHOD,
        limits=_LIMITS if meets else (_NOT_MET,),
        topic=TOPIC,
        value=value,
    )
