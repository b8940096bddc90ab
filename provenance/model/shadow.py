"""A shadow as a person measured it in the picture."""

from __future__ import annotations

from dataclasses import dataclass

DEFAULT_SLOPE_DEG = 5.0
"""Ground that looks level to the eye; docs/measured/sun.md has what it costs."""
STEEPEST_DEG = 45.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredShadow:
    """An upright object and its shadow in pixels; errors are those that hold nineteen times in twenty."""

    object_px: float
    object_error_px: float
    shadow_px: float
    shadow_error_px: float
    slope_deg: float = DEFAULT_SLOPE_DEG
    """How far the ground may rise or fall along the shadow."""
    bearing_deg: float | None = None
    """Where the shadow points, clockwise from true north."""
    bearing_error_deg: float = 0.0
