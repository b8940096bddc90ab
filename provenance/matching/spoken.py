"""What a sighting is, as an alignment in numbers and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model.matches import Alignment, Answer
from ..model.publication import CopyKind
from .outline import factors, to_picture
from .points import geometry, scoring
from .region import Regions, cut_regions
from .sighted import Sighting

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_PAIRS_SHOWN = 100
LEAST_DATING = 0.1
"""A copy of less than this share of the picture says when a part of it was made, and nothing of the rest: an inset, a
sticker, a small pane. In drawn posts, chats and news pages the photograph fills 0.16 or more."""
_LEAST_STRETCH = 1.05
_ELEMENT = "an element that both pictures share, as a logo, a bar with words or the furniture of a page"
WHOLE = 0.97
"""A reference of which this share is seen counts as seen whole."""


def alignment(
    sighting: Sighting, *, query_px: tuple[int, int], reference_px: tuple[int, int], regions: Regions | None = None
) -> Alignment:
    """The alignment in pixels of both pictures, whose sizes are (width, height); `regions`: None for whole frames."""
    import numpy as np

    found = sighting.laid
    whole = (0.0, 0.0, sighting.size_px[0] - 1.0, sighting.size_px[1] - 1.0)
    regions = regions or cut_regions(sighting, whole, None, query_px)
    left, _, right, _ = sighting.box_px or (0, 0, *query_px)
    back = geometry.inverse(found.transform)
    middle = geometry.apply(back, np.array([sighting.size_px], np.float64) / 2)[0]
    scale, _, turn_deg = geometry.stretch(found.transform, middle if np.isfinite(middle).all() else np.zeros(2))
    enlarged = (reference_px[0] / sighting.size_px[0]) / ((right - left) / found.query_px[0])
    measured = found.agreement
    return Alignment(
        query_region=_polygon(regions.query),
        reference_region=_polygon(regions.reference * factors(sighting.size_px, reference_px)),
        query_share=_share(regions.query, query_px),
        reference_share=_share(regions.reference, sighting.size_px),
        mirrored=found.mirrored,
        turn_deg=round(turn_deg if found.mirrored else -turn_deg, 1) + 0.0,
        scale=round(1 / max(abs(scale) * enlarged, 1e-6), 3),
        points=measured.points,
        points_in_view=max(measured.points, geometry.inside(found.every_xy, regions.reference)),
        residual_share=round(measured.residual_share, 5),
        parallax=round(measured.parallax, 3),
        blocks=measured.blocks,
        blocks_alike=round(measured.blocks_alike, 3),
        matrix=_matrix(sighting, query_px, reference_px),
        pairs=_pairs(sighting, query_px, reference_px),
        overlapping_view=sighting.answer is Answer.SAME_SCENE and scoring.overlapping_view(measured),
        log_odds=round(sighting.score, 3),
    )


def copy_kind(answer: Answer, found: Alignment) -> CopyKind:
    """How the reference relates to the picture under test; only a copy of enough of it speaks of its time and place."""
    if answer is not Answer.COPY:
        return CopyKind.SIMILAR_SCENE if answer is Answer.SAME_SCENE else CopyKind.COMPONENT
    if found.query_share < LEAST_DATING:
        return CopyKind.COMPONENT
    if found.mirrored:
        return CopyKind.MIRRORED
    return CopyKind.NEAR if found.reference_share >= WHOLE else CopyKind.CROP


def statement(answer: Answer, found: Alignment) -> str:
    """One sentence on what was measured."""
    share = 100 * found.query_share
    where = "" if found.query_share >= WHOLE else f" in {max(1, round(share))} % of the picture under test"
    agree = f"{found.points} of {found.points_in_view} points of the reference lie{where} where one alignment puts them"
    if found.blocks:
        agree += f", {round(100 * found.blocks_alike)} % of the blocks with content look alike"
    agree = ", ".join([agree, *_stretched(found)])
    what = {
        Answer.COPY: "as in a copy",
        Answer.SAME_SCENE: "as in an overlapping view: each picture shows some of the scene that the other lacks"
        if found.overlapping_view
        else "as in another photograph of the scene or a neighbouring frame",
    }
    return f"{agree}: {what.get(answer, _ELEMENT)}."


def transform(found: Alignment) -> str:
    """The alignment in words: "mirrored left-right, turned by 4 degrees clockwise, cropped to 38 %, ..."."""
    parts = ["mirrored left-right"] if found.mirrored else []
    if abs(found.turn_deg) >= 1:
        way = "clockwise" if found.turn_deg > 0 else "counter-clockwise"
        degrees = round(abs(found.turn_deg))
        parts.append(f"turned by {degrees} degree{'s' if degrees > 1 else ''}" + (f" {way}" if degrees < 180 else ""))
    if found.reference_share < WHOLE:
        parts.append(f"cropped to {max(1, round(100 * found.reference_share))} %")
    if found.query_share < WHOLE:
        parts.append(f"filling {max(1, round(100 * found.query_share))} % of the picture under test")
    if not 0.95 < found.scale < 1.05:
        parts.append(f"scaled to {round(100 * found.scale)} %")
    parts += _stretched(found)
    return ", ".join(parts) or "as it is"


def _stretched(found: Alignment) -> list[str]:
    """How much more the picture was enlarged in one direction than across it, around the middle of what is shared."""
    import numpy as np

    if not found.query_region:
        return []
    middle = np.array(found.query_region, np.float64).mean(axis=0)
    _, ratio, _ = geometry.stretch(np.array(found.matrix, np.float64).reshape(3, 3), middle)
    return [f"stretched to {round(100 * ratio)} % in one direction"] if ratio >= _LEAST_STRETCH else []


def _share(polygon: Floats, size_px: tuple[int, int]) -> float:
    width, height = size_px
    return round(min(1.0, geometry.area_px(polygon) / max((width - 1) * (height - 1), 1)), 4)


def _matrix(
    sighting: Sighting, query_px: tuple[int, int], reference_px: tuple[int, int]
) -> tuple[float, float, float, float, float, float, float, float, float]:
    """The transform between both pictures as they are: the asked box, scaled on both sides, mirrored where it was."""
    import numpy as np

    found = sighting.laid
    x0, y0, x1, y1 = sighting.box_px or (0, 0, *query_px)
    first = np.diag([*factors((x1 - x0, y1 - y0), found.query_px), 1.0])
    first = first @ np.array([[1.0, 0, -x0], [0, 1, -y0], [0, 0, 1]])
    if found.mirrored:
        first = np.array([[-1.0, 0, found.query_px[0] - 1], [0, 1, 0], [0, 0, 1]]) @ first
    whole = np.diag([*factors(sighting.size_px, reference_px), 1.0]) @ found.transform @ first
    whole = whole / (whole[2, 2] if abs(whole[2, 2]) > 1e-9 else 1.0)
    a, b, c, d, e, f, g, h, i = (float(f"{value:.9g}") + 0.0 for value in whole.ravel().tolist())
    return a, b, c, d, e, f, g, h, i


def _pairs(
    sighting: Sighting, query_px: tuple[int, int], reference_px: tuple[int, int]
) -> tuple[tuple[float, float, float, float], ...]:
    """Paired points in pixels of both pictures, evenly drawn when there are more than are shown."""
    import numpy as np

    start = to_picture(sighting, sighting.laid.query_xy, query_px)
    end = sighting.laid.reference_xy * factors(sighting.size_px, reference_px)
    order = np.lexsort((start[:, 0], start[:, 1]))
    order = order[np.unique(np.linspace(0, len(order) - 1, MOST_PAIRS_SHOWN).astype(np.int64))]
    table = np.concatenate([start, end], axis=1)[order].round(1) + 0.0
    return tuple((x, y, u, v) for x, y, u, v in table.tolist())


def _polygon(polygon: Floats) -> tuple[tuple[float, float], ...]:
    return tuple((round(float(x), 1) + 0.0, round(float(y), 1) + 0.0) for x, y in polygon)
