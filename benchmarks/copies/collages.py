"""Collages and frames with true boxes: two, three or four panes, with a gutter or none; bars around one picture."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageOps

from benchmarks.copies.canvas import BoxPx

SHAPES = ("side by side", "one above the other", "two by two", "one and two")
GROUNDS = ((255, 255, 255), (0, 0, 0), (240, 240, 240))


def collage(
    photos: Sequence[Image.Image], shape: str, gutter_px: int, chance: np.random.Generator
) -> tuple[Image.Image, list[BoxPx]]:
    """Photographs cut to panes of one picture about 1000 px wide."""
    width, height = int(chance.integers(700, 1100)), int(chance.integers(600, 1100))
    x, y, half = round(width * chance.uniform(0.35, 0.65)), round(height * chance.uniform(0.35, 0.65)), gutter_px // 2
    left, right, top, bottom = (
        (0, x - half),
        (x - half + gutter_px, width),
        (0, y - half),
        (y - half + gutter_px, height),
    )
    wide, tall = (0, width), (0, height)
    spans = {
        "side by side": [(left, tall), (right, tall)],
        "one above the other": [(wide, top), (wide, bottom)],
        "two by two": [(left, top), (right, top), (left, bottom), (right, bottom)],
        "one and two": [(left, tall), (right, top), (right, bottom)],
    }[shape]
    boxes = [(xs[0], ys[0], xs[1], ys[1]) for xs, ys in spans]
    made = Image.new("RGB", (width, height), GROUNDS[int(chance.integers(len(GROUNDS)))])
    for photo, box in zip(photos, boxes, strict=False):
        made.paste(ImageOps.fit(photo, (box[2] - box[0], box[3] - box[1])), box[:2])
    return made, boxes


def between_bars(photo: Image.Image, chance: np.random.Generator) -> tuple[Image.Image, list[BoxPx]]:
    """Letterboxed or pillarboxed, or with a border all round; black, white or grey."""
    scaled = ImageOps.contain(photo, (1000, 1000))
    across, down = ((0, 1), (1, 0), (1, 1))[int(chance.integers(3))]
    x, y = (
        round(side * along * chance.uniform(0.04, 0.3)) for side, along in zip(scaled.size, (across, down), strict=True)
    )
    made = ImageOps.expand(scaled, (x, y), GROUNDS[int(chance.integers(len(GROUNDS)))])
    return made, [(x, y, x + scaled.width, y + scaled.height)]
