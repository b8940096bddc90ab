"""What people lay over a picture besides captions, stickers and logos: rings, bars, coarse faces, other photographs.

For fitting alone (benchmarks/fit_moments.py): each adds to a picture or hides some of it; it stays a
copy.
"""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from benchmarks.copies.trials import SINGLE, Company, Trial

BADLY = ("JPEG 10", "JPEG 30", "200 px", "blur 2 px", "noise", "400 px")


def _box(photo: Image.Image, chance: np.random.Generator, low: float, high: float) -> tuple[int, int, int, int]:
    width, height = int(photo.width * chance.uniform(low, high)), int(photo.height * chance.uniform(low, high))
    x, y = int(chance.integers(0, photo.width - width)), int(chance.integers(0, photo.height - height))
    return x, y, x + width, y + height


def ringed(photo: Image.Image, _: Company, chance: np.random.Generator) -> Image.Image:
    """A red ring around something."""
    drawn = photo.copy()
    box = _box(photo, chance, 0.15, 0.35)
    ImageDraw.Draw(drawn).ellipse(box, outline=(230, 20, 20), width=max(3, photo.width // 100))
    return drawn


def redacted(photo: Image.Image, _: Company, chance: np.random.Generator) -> Image.Image:
    """One to three black or white bars."""
    drawn = photo.copy()
    for _number in range(int(chance.integers(1, 4))):
        box = _box(photo, chance, 0.05, 0.2)
        ImageDraw.Draw(drawn).rectangle(box, (0, 0, 0) if chance.random() < 0.5 else (255, 255, 255))
    return drawn


def made_coarse(photo: Image.Image, _: Company, chance: np.random.Generator) -> Image.Image:
    """One to three areas in coarse cells, or blurred, as faces are."""
    drawn = photo.copy()
    for _number in range(int(chance.integers(1, 4))):
        box = _box(photo, chance, 0.06, 0.2)
        part = drawn.crop(box)
        cell = max(2, part.width // 8)
        if chance.random() < 0.5:
            small = part.resize((max(1, part.width // cell), max(1, part.height // cell)), Image.Resampling.BOX)
            drawn.paste(small.resize(part.size, Image.Resampling.NEAREST), box)
        else:
            drawn.paste(part.filter(ImageFilter.GaussianBlur(12)), box)
    return drawn


def inlaid(photo: Image.Image, company: Company, chance: np.random.Generator) -> Image.Image:
    """Another photograph in a box."""
    drawn = photo.copy()
    box = _box(photo, chance, 0.18, 0.32)
    drawn.paste(company[0].resize((box[2] - box[0], box[3] - box[1])), box)
    return drawn


def swapped(photo: Image.Image, company: Company, chance: np.random.Generator) -> Image.Image:
    """An oval of another photograph, as a changed face is."""
    drawn = photo.copy()
    box = _box(photo, chance, 0.12, 0.25)
    part = company[0].resize((box[2] - box[0], box[3] - box[1]))
    mask = Image.new("L", part.size)
    ImageDraw.Draw(mask).ellipse((0, 0, part.width - 1, part.height - 1), fill=255)
    drawn.paste(part, box, mask)
    return drawn


def badly(trial: Trial) -> Trial:
    """The same, saved badly, scaled down, blurred or noisy."""

    def made(photo: Image.Image, company: Company, chance: np.random.Generator) -> Image.Image:
        then = SINGLE[BADLY[int(chance.integers(len(BADLY)))]]
        return then(trial(photo, company, chance), company, chance)

    return made


OVERLAYS: dict[str, Trial] = {
    "circled": ringed,
    "redacted": redacted,
    "pixelated": made_coarse,
    "pip": inlaid,
    "face": swapped,
}
DRAWN = ("words", "stickers", "logo")
SAVED_BADLY: dict[str, Trial] = {
    f"{name} badly": badly(trial) for name, trial in ({name: SINGLE[name] for name in DRAWN} | OVERLAYS).items()
}
