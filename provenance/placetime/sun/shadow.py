"""What a measured shadow says of the sun: an interval of altitude, with the error budget it stands on.

An upright object of height h throws a shadow of length l along ground that falls by b degrees in its direction; then
the sun's altitude a obeys tan a = h / (l cos b) + tan b. Both lengths are measured in pixels of one picture, so only
their ratio matters. The interval holds the truth when the errors given do: those of the two lengths are taken as
independent and add up in quadrature, the slope counts in full either way.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from ...model.shadow import DEFAULT_SLOPE_DEG, STEEPEST_DEG

LIMITS = (
    "The object must be upright, its foot and the whole shadow in view, both at one distance from the camera.",
    "Seen at a slant the two lengths are shortened differently; the errors given must cover that.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A length in pixels, or a bearing in degrees, with the error that holds nineteen times in twenty."""

    value: float
    error: float = 0.0

    def __post_init__(self) -> None:
        if not (math.isfinite(self.value) and math.isfinite(self.error)) or self.error < 0:
            raise ValueError("a measurement is a finite number with an error that is not negative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shadow:
    """What was measured: object and shadow in pixels, the ground's slope, the bearing of the shadow where known."""

    object_px: Measured
    shadow_px: Measured
    slope_deg: float = DEFAULT_SLOPE_DEG
    """How much the ground may rise or fall along the shadow."""
    bearing_deg: Measured | None = None
    """Where the shadow points, clockwise from true north; known only when the camera's bearing is."""

    @property
    def error_share(self) -> float:
        """The error of the ratio of both lengths, as a share of it: theirs are independent and add up in quadrature."""
        return math.hypot(self.object_px.error / self.object_px.value, self.shadow_px.error / self.shadow_px.value)

    def __post_init__(self) -> None:
        if self.object_px.value <= 0 or self.shadow_px.value <= 0:
            raise ValueError("an object and its shadow have a length above zero")
        if self.object_px.error >= self.object_px.value or self.shadow_px.error >= self.shadow_px.value:
            raise ValueError("an error as large as the length itself leaves nothing to measure")
        if not 0 <= self.slope_deg < STEEPEST_DEG:
            raise ValueError("a slope lies between 0 and 45 degrees")
        if self.bearing_deg is not None and self.bearing_deg.error >= 180:
            raise ValueError("a bearing known to half a turn is not known")


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Where the sun can have stood: altitude in degrees as it is seen, and azimuth where the bearing is known."""

    lowest_deg: float
    highest_deg: float
    azimuth_deg: Measured | None = None
    budget: tuple[str, ...] = ()
    """What the width is made of, each a sentence."""


def band(shadow: Shadow) -> Band:
    """The altitudes that the measurement allows, between 0 and 90 degrees."""
    tangent = shadow.object_px.value / shadow.shadow_px.value
    share = shadow.error_share
    level = _altitude_deg(tangent * max(0.0, 1 - share), 0.0), _altitude_deg(tangent * (1 + share), 0.0)
    flattest = tangent * max(0.0, 1 - share)
    # tan a = t / cos b + tan b is least where sin b = -1 / t, if the ground may rise so much.
    rise_deg = math.degrees(math.asin(min(1.0, 1 / flattest))) if flattest > 0 else 90.0
    lowest_deg = max(0.0, _altitude_deg(flattest, -min(shadow.slope_deg, rise_deg)))
    highest_deg = min(90.0, _altitude_deg(tangent * (1 + share), shadow.slope_deg))
    bearing = shadow.bearing_deg
    return Band(
        lowest_deg=lowest_deg,
        highest_deg=highest_deg,
        azimuth_deg=None if bearing is None else Measured(value=(bearing.value + 180) % 360, error=bearing.error),
        budget=(
            f"Object {_told(shadow.object_px)} px, shadow {_told(shadow.shadow_px)} px: on level ground "
            f"{level[0]:.1f} to {level[1]:.1f} degrees.",
            f"Ground that may rise or fall by {shadow.slope_deg:g} degrees along the shadow: {lowest_deg:.1f} to "
            f"{highest_deg:.1f} degrees.",
        ),
    )


def _altitude_deg(tangent: float, fall_deg: float) -> float:
    """Altitude for a ratio of object to shadow, on ground that falls along the shadow."""
    fall = math.radians(fall_deg)
    return math.degrees(math.atan(tangent / math.cos(fall) + math.tan(fall)))


def _told(measured: Measured) -> str:
    return f"{measured.value:g} +- {measured.error:g}"
