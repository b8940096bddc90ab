"""`python -m benchmarks.forensics.bent PHOTOS_DIR... [--seed N] [--most N]`: altered copies that do not lie flat.

Every photograph is altered in one place, by a splice and by one more operation, and sent on in ways that move what was
not altered by up to a few pixels: as a sheet that is not flat, a crumpled one, a picture that a program drew anew, a
film that goes slowly over it, or with a part pulled by hand beside what was altered; or that blur in some places and
sharpen in others: smoothed between edges and sharpened, a median, an unsharp mask. Counted is what the comparison says.
A rule that takes motion beside what differs, or blur, for two exposures of one scene silences these.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageFilter

from benchmarks.forensics.altered import OPERATIONS, altered
from benchmarks.forensics.benign import Pixels, Sent, halved, jpeg, kept, posted
from benchmarks.forensics.laying import compared

MOST_SIDE_PX, LEAST_SIDE_PX = 1000, 300
AREAS = (0.02, 0.05)
_FRAMES, _A_FRAME = 24, 0.002


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folders", nargs="+", type=Path)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--most", type=int, default=30)
    given = asked.parse_args()
    files = sorted(path for folder in given.folders for path in folder.iterdir() if path.is_file())
    order = np.random.default_rng(given.seed).permutation(len(files))[: given.most]
    told: Counter[tuple[str, str]] = Counter()
    for place, number in enumerate(order):
        picture, donor = _read(files[number]), _read(files[order[place - 1]])
        if min(picture.shape[:2]) < LEAST_SIDE_PX:
            continue
        for which, way in enumerate(WAYS):
            rng = np.random.default_rng([given.seed, int(number), which])
            for operation in dict.fromkeys((list(OPERATIONS)[place % len(OPERATIONS)], "splice")):
                try:
                    changed, _ = altered(picture, donor, operation, rng, AREAS)
                except ValueError:
                    continue
                found = compared(WAYS[way](jpeg(changed, 92), rng), picture, rng)
                told[way, found.outcome.value + (f": {found.reason[:60]}" if found.reason else "")] += 1
    for (way, outcome), times in sorted(told.items()):
        print(f"| {way} | {outcome} | {times} |")


def _read(path: Path) -> Pixels:
    with Image.open(path) as opened:
        pixels = np.asarray(opened.convert("RGB"))
    scale = MOST_SIDE_PX / max(pixels.shape[:2])
    return cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else pixels


def _bent(pixels: Pixels, across: np.ndarray, down: np.ndarray) -> Pixels:
    y, x = np.mgrid[: pixels.shape[0], : pixels.shape[1]].astype(np.float32)
    return cv2.remap(pixels, x + across, y + down, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101)


def _waved(pixels: Pixels, wave_px: float, most_px: float, rng: np.random.Generator) -> Pixels:
    """Bent by smooth chance: places about so far apart go their own way, by so much at most."""
    height, width = pixels.shape[:2]
    coarse = max(3, int(height / wave_px) + 2), max(3, int(width / wave_px) + 2)
    across, down = (
        cv2.resize(
            cv2.GaussianBlur(rng.normal(size=coarse).astype(np.float32), (0, 0), 0.6),
            (width, height),
            interpolation=cv2.INTER_CUBIC,
        )
        for _ in range(2)
    )
    gain = most_px / max(float(np.abs(across).max()), float(np.abs(down).max()))
    return _bent(pixels, across * gain, down * gain)


def _sheet(pixels: Pixels, rng: np.random.Generator) -> Sent:
    return kept(jpeg(_waved(pixels, max(pixels.shape) / 3.5, rng.uniform(1, 3), rng), 88))


def _crumpled(pixels: Pixels, rng: np.random.Generator) -> Sent:
    return kept(jpeg(_waved(pixels, max(pixels.shape) / 8, rng.uniform(0.5, 1.5), rng), 88))


def _drawn_anew(pixels: Pixels, rng: np.random.Generator) -> Sent:
    return kept(jpeg(_waved(cv2.GaussianBlur(pixels, (0, 0), 0.8), 40, rng.uniform(0.4, 0.9), rng), 88))


def _filmed(pixels: Pixels, rng: np.random.Generator) -> Sent:
    """A frame of a film that goes slowly nearer, in MPEG-4."""
    height, width = pixels.shape[:2]
    size = width // 16 * 16, height // 16 * 16
    frames = []
    with tempfile.NamedTemporaryFile(suffix=".mp4") as film:
        written = cv2.VideoWriter(film.name, cv2.VideoWriter.fourcc(*"mp4v"), 25, size)
        for number in range(_FRAMES):
            shot = cv2.warpAffine(pixels, _nearer(number, width, height)[:2], size)
            written.write(np.ascontiguousarray(shot[..., ::-1]))
        written.release()
        shown = cv2.VideoCapture(film.name)
        while (read := shown.read())[0]:
            frames.append(read[1][..., ::-1])
    which = int(rng.integers(len(frames) // 2, len(frames)))
    return Sent(pixels=jpeg(frames[which], 90), matrix=np.linalg.inv(_nearer(which, width, height)), outline=None)


def _nearer(number: int, width: int, height: int) -> np.ndarray:
    by = _A_FRAME * number
    return np.array([[1 + by, 0, -by * width / 2], [0, 1 + by, -by * height / 2], [0, 0, 1]])


def _pulled(least_px: float, most_px: float) -> Callable[[Pixels, np.random.Generator], Sent]:
    def pulled(pixels: Pixels, rng: np.random.Generator) -> Sent:
        height, width = pixels.shape[:2]
        reach = rng.uniform(0.06, 0.16) * max(height, width)
        y, x = np.mgrid[:height, :width].astype(np.float32)
        away = np.hypot(x - rng.uniform(0.2, 0.8) * width, y - rng.uniform(0.2, 0.8) * height) / reach
        by, way = np.maximum(1 - away**2, 0) ** 2 * rng.uniform(least_px, most_px), rng.uniform(0, 2 * np.pi)
        changed = _bent(pixels, (by * np.cos(way)).astype(np.float32), (by * np.sin(way)).astype(np.float32))
        return (lambda one, _: kept(one), posted, halved)[int(rng.integers(3))](changed, rng)

    return pulled


def _enhanced(pixels: Pixels, _: np.random.Generator) -> Sent:
    smooth = cv2.bilateralFilter(pixels, 7, 30, 5)
    sharp = cv2.addWeighted(smooth, 1.7, cv2.GaussianBlur(smooth, (0, 0), 1.5), -0.7, 0)
    return kept(jpeg(sharp, 88))


def _median(pixels: Pixels, _: np.random.Generator) -> Sent:
    return kept(jpeg(cv2.medianBlur(pixels, 5), 88))


def _sharpened(pixels: Pixels, rng: np.random.Generator) -> Sent:
    mask = ImageFilter.UnsharpMask(rng.uniform(1, 2.5), int(rng.integers(50, 120)), 2)
    return kept(jpeg(np.asarray(Image.fromarray(pixels).filter(mask), np.uint8), 88))


WAYS: dict[str, Callable[[Pixels, np.random.Generator], Sent]] = {
    "a sheet that is not flat": _sheet,
    "crumpled": _crumpled,
    "drawn anew": _drawn_anew,
    "filmed": _filmed,
    "a part pulled by up to a pixel": _pulled(0.3, 1.0),
    "a part pulled by 1 to 4 pixels": _pulled(1.0, 4.0),
    "smoothed between edges and sharpened": _enhanced,
    "a median of 5 pixels": _median,
    "sharpened": _sharpened,
}

if __name__ == "__main__":
    main()
