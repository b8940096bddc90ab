"""Screenshots of posts with the true boxes of their photographs: many layouts, light and dark, cut, saved badly.

    python -m benchmarks.copies.screens PHOTOS_DIR OUT_DIR [COUNT]

writes COUNT screens as PNG or JPEG with a list of boxes (boxes.csv), to look at. Everything follows from a seed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.asked import arguments, numbers
from benchmarks.copies.canvas import DARK, LIGHT, BoxPx, blank
from benchmarks.copies.layouts_feeds import FEEDS
from benchmarks.copies.layouts_others import NOTHING, OTHERS

LAYOUTS = {**FEEDS, **OTHERS, **NOTHING}
WIDTHS_PX = (720, 828, 1080, 1170, 1284, 1440)
SIGHT = 0.5  # at least this share of a photograph stays on the screen when it is cut


@dataclass(frozen=True)
class Screen:
    """A screenshot as a desk receives it, and where the photographs are in it."""

    picture: Image.Image
    boxes: tuple[BoxPx, ...]
    layout: str
    words: str
    """What was done to it: "dark, 1080 px, cut, 71 %, JPEG 44"."""


def screen(
    photos: Sequence[Image.Image],
    layout: str,
    seed: int,
    *,
    cut: bool | None = None,
    dark: bool | None = None,
    faces: bool = False,
    words_seed: int | None = None,
) -> Screen:
    """One screen. `photos`: the first is the one posted; others serve as avatars and further panes.

    Two screens of one seed have one size, theme and font, and the same words too unless `words_seed` differs. `faces`:
    avatars show the second photograph.
    """
    chance = np.random.default_rng(seed)
    width = int(chance.choice(WIDTHS_PX))
    height = round(width * chance.uniform(1.75, 2.2))
    if layout == "desktop page":
        width, height = 1600, int(chance.integers(900, 1100))
    drawn = bool(chance.random() < 0.5)
    dark = drawn if dark is None else dark
    theme = (DARK if dark else LIGHT)[int(chance.integers(3))]
    canvas = blank(width, height, theme, chance)
    canvas.faces = faces
    if words_seed is not None:
        canvas.chance = chance = np.random.default_rng(words_seed)
    LAYOUTS[layout](canvas, photos)
    boxes = [clipped(box, (0, 0, width, height)) for box in canvas.boxes]
    words = ["dark" if dark else "light", f"{width} px"]
    picture = canvas.picture
    if boxes and (cut if cut is not None else chance.random() < 0.5):
        window = _window(picture.size, boxes[0], chance)
        picture, boxes = picture.crop(window), [clipped(box, window) for box in boxes]
        words.append("cut")
    return _sent(picture, boxes, layout, words, chance)


def clipped(box: BoxPx, window: BoxPx) -> BoxPx:
    """The part of a box within a window, in the window's own coordinates."""
    x0, x1 = (min(max(x, window[0]), window[2]) - window[0] for x in (box[0], box[2]))
    y0, y1 = (min(max(y, window[1]), window[3]) - window[1] for y in (box[1], box[3]))
    return x0, y0, x1, y1


def _window(size: tuple[int, int], box: BoxPx, chance: np.random.Generator) -> BoxPx:
    """Where to cut: anywhere above and below, also through the photograph; now and then at the sides."""
    width, height = size
    reach = round((box[3] - box[1]) * (1 - SIGHT) / 2)
    top = int(chance.integers(0, max(1, box[1] + reach)))
    bottom = int(chance.integers(min(box[3] - reach, height - 1), height))
    if chance.random() < 0.7:
        return 0, top, width, bottom
    slack = round(width * 0.06)
    return int(chance.integers(0, slack)), top, width - int(chance.integers(0, slack)), bottom


def _sent(
    picture: Image.Image, boxes: Sequence[BoxPx], layout: str, words: list[str], chance: np.random.Generator
) -> Screen:
    """Scaled down and saved as a forward would be, or left as the phone made it."""
    if chance.random() < 0.6:
        share = float(chance.uniform(0.6, 1.0))
        size = round(picture.width * share), round(picture.height * share)
        kind = Image.Resampling(int(chance.choice([Image.Resampling.LANCZOS, Image.Resampling.BILINEAR])))
        picture = picture.resize(size, kind)
        boxes = [(round(a * share), round(b * share), round(c * share), round(d * share)) for a, b, c, d in boxes]
        words.append(f"{share:.0%}")
    if chance.random() < 0.8:
        quality = int(chance.integers(30, 91))
        picture = saved(picture, quality)
        words.append(f"JPEG {quality}")
    seen = tuple(box for box in boxes if min(box[2] - box[0], box[3] - box[1]) > 0.1 * picture.width)
    return Screen(picture=picture, boxes=seen, layout=layout, words=", ".join(words))


def saved(picture: Image.Image, quality: int) -> Image.Image:
    """Saved as JPEG and read again."""
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality)
    return Image.open(buffer).convert("RGB")


def photographs(folder: Path) -> list[Path]:
    """Every JPEG or PNG below a folder that is larger than 250 px, sorted by path."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in {".jpg", ".jpeg", ".png"}:
            with Image.open(path) as opened:
                if min(opened.size) >= 250:
                    found.append(path)
    return found


def has_edges(photo: Image.Image) -> bool:
    """Whether one can see where a picture ends: its rim is not of one colour, and it is more than a flat drawing."""
    small = np.asarray(photo.resize((128, 128), Image.Resampling.BOX))
    rim = np.concatenate((small[:3].reshape(-1, 3), small[-3:].reshape(-1, 3), small[:, :3].reshape(-1, 3)))
    rim = np.concatenate((rim, small[:, -3:].reshape(-1, 3)))
    counts = np.unique(small.reshape(-1, 3) >> 4, axis=0, return_counts=True)[1]
    shares = counts / counts.sum()
    same = max(np.mean(np.abs(rim.astype(int) - colour).max(axis=1) <= 12) for colour in rim[::24].astype(int))
    return bool(same < 0.5 and np.exp(-(shares * np.log(shares)).sum()) >= 20)


def main(folder: Path, out: Path, count: int) -> None:
    out.mkdir(parents=True, exist_ok=True)
    paths, names = photographs(folder), list(LAYOUTS)
    with (out / "boxes.csv").open("w", newline="", encoding="utf-8") as table:
        writer = csv.writer(table)
        for number in range(count):
            chosen = np.random.default_rng(number).choice(len(paths), 4, replace=False)
            photos = [Image.open(paths[int(place)]).convert("RGB") for place in chosen]
            made = screen(photos, names[number % len(names)], number)
            made.picture.save(out / f"{number:04}.png")
            writer.writerows([f"{number:04}.png", made.layout, made.words, *box] for box in made.boxes)


if __name__ == "__main__":
    given = arguments(__doc__, 2, 3)
    main(Path(given[0]), Path(given[1]), *(numbers(__doc__, given[2:]) or [26]))
