"""Small pictures to fill sets with: blots of colour, each of its own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image as Pillow


def drawn(seed: int, size: tuple[int, int] = (96, 64)) -> Pillow.Image:
    return Pillow.fromarray(np.random.default_rng(seed).integers(0, 256, (8, 12, 3), np.uint8)).resize(size)


def draw(path: Path, seed: int, size: tuple[int, int] = (96, 64)) -> Path:
    """The picture as a file of the kind that its name ends in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    drawn(seed, size).save(path)
    return path
