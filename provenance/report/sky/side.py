"""An upright object and its shadow from the side, to scale. All lengths in CSS pixels from the foot, y down."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ...placetime.sun.answer import Sky
from ...placetime.sun.shadow import Shadow

TALLEST_PX = 62.0
LEAST_PX = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The object, its shadow with its error, and the shadow that the sun threw at the moment in question."""

    object_px: float
    shortest_px: float
    longest_px: float
    expected_px: float | None
    """On level ground; None without a moment, or with the sun too low to throw one."""
    beyond: bool
    """Whether that shadow is longer than the drawing is wide."""
    width_px: float


def side(shadow: Shadow, sky: Sky | None, width_px: float) -> Side:
    """Both lengths at one scale, so that the longest shadow fits."""
    ratio = shadow.shadow_px.value / shadow.object_px.value
    share = shadow.error_share
    longest = ratio * (1 + share)
    tall = min(TALLEST_PX, max(width_px / longest, LEAST_PX))
    expected = None
    if sky is not None and sky.altitude_deg > 0:
        expected = tall / math.tan(math.radians(sky.altitude_deg))
    return Side(
        object_px=round(tall, 1),
        shortest_px=round(min(tall * ratio * max(1 - share, 0.0), width_px), 1),
        longest_px=round(min(tall * longest, width_px), 1),
        expected_px=None if expected is None else round(min(expected, width_px), 1),
        beyond=expected is not None and expected > width_px,
        width_px=width_px,
    )


def ratio_told(shadow: Shadow) -> str:
    """ "1.9 times as long as the object (1.83 to 1.97)"."""
    ratio = shadow.shadow_px.value / shadow.object_px.value
    share = shadow.error_share
    around = f" ({ratio * max(1 - share, 0.0):.3g} to {ratio * (1 + share):.3g})" if share else ""
    return f"{ratio:.3g} times as long as the object{around}"
