"""Local features of a picture as a reference set keeps them, what a search asks with, and what voting answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST_POINTS = 12
"""A picture with fewer points than this cannot be told from others by them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """Points of one picture in columns, and a likeness of it. All numbers little-endian; derived and rebuildable."""

    name: str
    """Algorithm, settings and codebook. Features of different names never meet."""
    width_px: int
    height_px: int
    """Of the picture as scaled for detection."""
    points: int
    words: bytes
    """uint16 each: the visual word."""
    signatures: bytes
    """16 bytes each: 128 bits that divide the points of one word."""
    places: bytes
    """Two uint16 each: x and y in 64ths of a pixel."""
    sizes: bytes
    """uint8 each: 16 steps an octave."""
    angles: bytes
    """uint8 each: 256 steps a turn."""
    thumbnail: bytes


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Probe:
    """The questions of one search, `n` rows: a query point, as it is or mirrored, under one of its words."""

    points: NDArray[np.int64]
    """Shape (n,): rows with one number are the same point; a mirrored point is another one."""
    mirrored: NDArray[np.bool_]
    words: NDArray[np.uint16]
    signatures: NDArray[np.uint64]
    """Shape (n, 2)."""
    sizes: NDArray[np.uint8]
    angles: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A picture that enough points speak for under one turn and scale. Votes are whole numbers on every engine."""

    image_id: str
    mirrored: bool
    votes: int
