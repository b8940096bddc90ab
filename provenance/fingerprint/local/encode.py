"""A picture's points as compact codes: what a reference set keeps, and what a search asks with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...model.features import Features, Probe
from ...model.image import WorkingCopy
from .. import plain
from . import codebook, thumbnail
from .detect import QUERY_POINTS, QUERY_PX, REFERENCE_POINTS, REFERENCE_PX, Points, detect, grey_of
from .mirror import mirrored

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STEPS_PER_OCTAVE = 16
STEPS_PER_TURN = 256
PARTS_PER_PX = 64
WORDS_ASKED = 4
"""A query point is sought under its nearest words, a reference point is kept under one."""


def name() -> str:
    """Algorithm, usual number of points and codebook; codes of different names never meet.

    Pictures of which fewer points are kept bear the same name: each point means the same.
    """
    return f"sift{REFERENCE_POINTS}/1-{codebook.shipped().version}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Coded:
    """Reference points as they were kept: positions, regions and signs of their cuts."""

    width_px: int
    height_px: int
    xy: NDArray[np.float32]
    size_px: NDArray[np.float32]
    angle_deg: NDArray[np.float32]
    signs: NDArray[np.float32]
    """Shape (n, 128), +1 and -1."""


def features(copy: WorkingCopy, *, drawn: bool | None = None, most: int = REFERENCE_POINTS) -> Features:
    """What a set keeps of a picture for the search by local features: 24 bytes a point, at most `most`, and a likeness.

    A picture that is drawn in a few even colours keeps no points: two pages, charts or settings share theirs. `drawn`:
    whether it is, by plain.drawn, where that is known.
    """
    import numpy as np

    book = codebook.shipped()
    even = plain.drawn(copy) if drawn is None else drawn
    points = detect(grey_of(copy, REFERENCE_PX), 0 if even else most)
    return Features(
        name=name(),
        width_px=points.width_px,
        height_px=points.height_px,
        points=len(points.xy),
        words=book.nearest_words(points.descriptors, 1).astype("<u2").tobytes(),
        signatures=codebook.signatures(book.projections(points.descriptors)).astype("<u8").tobytes(),
        places=np.rint(points.xy * PARTS_PER_PX).clip(0, 65535).astype("<u2").tobytes(),
        sizes=sizes(points).tobytes(),
        angles=angles(points).tobytes(),
        thumbnail=thumbnail.encode(copy),
    )


def coded(kept: Features) -> Coded:
    """The points behind what was kept. Raises ValueError when its parts do not fit together."""
    import numpy as np

    number = kept.points
    bits = np.unpackbits(np.frombuffer(kept.signatures, np.uint8).reshape(number, 16), axis=1)
    return Coded(
        width_px=kept.width_px,
        height_px=kept.height_px,
        xy=np.asarray(np.frombuffer(kept.places, "<u2").reshape(number, 2) / PARTS_PER_PX, np.float32),
        size_px=np.exp2(np.frombuffer(kept.sizes, np.uint8).reshape(number).astype(np.float32) / STEPS_PER_OCTAVE),
        angle_deg=np.frombuffer(kept.angles, np.uint8).reshape(number).astype(np.float32) * (360 / STEPS_PER_TURN),
        signs=bits.astype(np.float32) * 2 - 1,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Query:
    """The picture under test: its grey levels, and its points as they are and mirrored."""

    grey: NDArray[np.uint8]
    plain: Points
    mirrored: Points
    projections: tuple[NDArray[np.float32], NDArray[np.float32]]
    """Of the plain and the mirrored points."""
    probe: Probe


def query(
    copy: WorkingCopy, longest_px: int = QUERY_PX, most: int = QUERY_POINTS, *, drawn: bool | None = None
) -> Query:
    """All that a search asks with, from one detection; without points when the picture is drawn in a few colours."""
    grey = grey_of(copy, longest_px)
    even = plain.drawn(copy) if drawn is None else drawn
    return queried(grey, detect(grey, 0 if even else most))


def queried(grey: NDArray[np.uint8], upright: Points) -> Query:
    """All that a search asks with, from grey levels and their points."""
    other = mirrored(upright)
    book = codebook.shipped()
    projections = book.projections(upright.descriptors), book.projections(other.descriptors)
    return Query(
        grey=grey, plain=upright, mirrored=other, projections=projections, probe=_probe(upright, other, projections)
    )


def probe(points: Points) -> Probe:
    """The questions of points as they are, not mirrored."""
    import numpy as np

    book = codebook.shipped()
    number = len(points.xy)
    return Probe(
        points=np.repeat(np.arange(number, dtype=np.int64), WORDS_ASKED),
        mirrored=np.zeros(number * WORDS_ASKED, np.bool_),
        words=book.nearest_words(points.descriptors, WORDS_ASKED).reshape(-1),
        signatures=np.repeat(codebook.signatures(book.projections(points.descriptors)), WORDS_ASKED, axis=0),
        sizes=np.repeat(sizes(points), WORDS_ASKED),
        angles=np.repeat(angles(points), WORDS_ASKED),
    )


def _probe(plain: Points, other: Points, projections: tuple[NDArray[np.float32], NDArray[np.float32]]) -> Probe:
    import numpy as np

    book = codebook.shipped()
    both = np.concatenate([plain.descriptors, other.descriptors])
    number = len(plain.xy)
    repeated = {
        "points": np.arange(2 * number, dtype=np.int64),
        "mirrored": np.repeat(np.array([False, True]), number),
        "signatures": codebook.signatures(np.concatenate(projections)),
        "sizes": np.concatenate([sizes(plain), sizes(other)]),
        "angles": np.concatenate([angles(plain), angles(other)]),
    }
    words = book.nearest_words(both, WORDS_ASKED).reshape(-1)
    return Probe(words=words, **{key: np.repeat(value, WORDS_ASKED, axis=0) for key, value in repeated.items()})


def sizes(points: Points) -> NDArray[np.uint8]:
    """Region sizes on a scale of 16 steps an octave."""
    import numpy as np

    steps = np.rint(np.log2(np.maximum(points.size_px, 1)) * STEPS_PER_OCTAVE)
    return np.asarray(steps.clip(0, 255), np.uint8)


def angles(points: Points) -> NDArray[np.uint8]:
    """Directions in 256 steps a turn."""
    import numpy as np

    steps = np.rint(points.angle_deg * (STEPS_PER_TURN / 360)).astype(np.int64) % STEPS_PER_TURN
    return np.asarray(steps, np.uint8)
