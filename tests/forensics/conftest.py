"""Pictures as the checks take them, made from the samples."""

import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image as Pillow

from provenance.forensics.blind.regions import Suspect
from provenance.forensics.copy_move import within
from provenance.image.decoding.decoder import Decoder
from provenance.image.load import load_bytes
from provenance.model.context import Context
from provenance.model.image import Image
from provenance.model.limits import Limits
from provenance.model.outcome import Outcome

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
LONGEST_PX = 640
Pixels = NDArray[np.uint8]
Saved = Callable[..., Image]
Checked = Callable[..., Outcome]


@pytest.fixture(scope="session")
def saved() -> Iterator[Saved]:
    """`saved(pixels, "JPEG", quality=95)`: the picture as it comes back from a file of that kind."""
    with Decoder() as decoder:

        def made(pixels: Pixels, kind: str = "PNG", **how: Any) -> Image:
            buffer = io.BytesIO()
            Pillow.fromarray(pixels).save(buffer, kind, **how)
            return load_bytes(buffer.getvalue(), f"made.{kind.lower()}", decoder, Limits())

        yield made


def saved_again(pixels: Pixels, quality: int) -> Pixels:
    """The pixels as they come back from a JPEG of that quality."""
    buffer = io.BytesIO()
    Pillow.fromarray(pixels).save(buffer, "JPEG", quality=quality)
    with Pillow.open(buffer) as opened:
        return np.array(opened.convert("RGB"), np.uint8)


@pytest.fixture(scope="session")
def yard() -> Pixels:
    """A photograph as a camera saved it, on its grid: 640 x 480."""
    return _part("railcar_yard.jpg")


@pytest.fixture(scope="session")
def road() -> Pixels:
    """Another."""
    return _part("wheat_road.jpg")


def _part(name: str) -> Pixels:
    picture = Pillow.open(SAMPLES / "reference" / name).convert("RGB")
    return np.array(picture.crop((320, 160, 960, 640)), np.uint8)


@pytest.fixture(scope="session")
def photographs() -> list[Pixels]:
    """Three, whole, reduced to 640 pixels at most."""
    return [photograph(name) for name in ("railcar_yard.jpg", "wheat_road.jpg", "warehouse.jpg")]


def photograph(name: str) -> Pixels:
    """A sample, reduced to 640 pixels at most."""
    with Pillow.open(SAMPLES / "reference" / name) as opened:
        picture = opened.convert("RGB")
        picture.thumbnail((LONGEST_PX, LONGEST_PX))
        return np.asarray(picture, np.uint8)


@pytest.fixture
def context() -> Context:
    """With a clock that stands."""
    return Context(now=datetime(2024, 11, 15, tzinfo=UTC))


def suspected(
    shape: tuple[int, int], at: tuple[int, int, int], *, log10_nfa: float, grid: tuple[int, int] | None
) -> Suspect:
    """A square part of a picture of so many cells of 8 pixels: its first row and column of them, and its side."""
    row, column, side = at
    cells = np.zeros(shape, bool)
    cells[row : row + side, column : column + side] = True
    return Suspect(
        log10_nfa=log10_nfa,
        window=(8 * column, 8 * row, 8 * side, 8 * side),
        trials=16,
        hits=12,
        chance=0.1,
        tests=100,
        cells=cells,
        detail="",
        grid=grid,
    )


@pytest.fixture
def checked(saved: Saved, context: Context) -> Checked:
    """`checked(pixels, "JPEG", quality=95)`: what copy-move says of that file."""
    return lambda pixels, kind="PNG", **how: within.check(saved(pixels, kind, **how), context)


def scene(height: int = 384, width: int = 448, seed: int = 5) -> Pixels:
    """Texture at all scales with the noise of a camera, which no two places share."""
    rng = np.random.default_rng(seed)
    levels = np.full((height, width, 3), 110.0)
    for sigma, strength in ((24, 60), (8, 34), (2.5, 20)):
        plane = cv2.GaussianBlur(rng.normal(0, 1, (height, width)), (0, 0), sigma)
        levels += (strength * plane / plane.std())[..., None] * (1.0, 0.9, 0.8)
    return np.clip(levels + rng.normal(0, 2.0, levels.shape), 0, 255).astype(np.uint8)


def copied() -> Pixels:
    """A part of it laid elsewhere in it, pixel by pixel."""
    pixels = scene()
    pixels[240:340, 280:400] = pixels[40:140, 60:180]
    return pixels
