"""The parts of the shipped coasts and borders: rings, borders and areas."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .projection import Floats

    Numbers = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rings:
    """Closed lines one after another: numbers of points, and where each ring starts; the last start is the end."""

    points: Numbers = field(repr=False)
    starts: Numbers = field(repr=False)
    low: Floats = field(repr=False)
    """Least longitude and latitude of each ring."""
    high: Floats = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Border:
    """A line between two areas, as numbers of points from first to last, and what is disputed about it, or ""."""

    first: int
    last: int
    disputed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A country or another area that the source sets apart."""

    name: str
    codes: tuple[str, ...]
    rings: Rings
    disputed: str = ""
