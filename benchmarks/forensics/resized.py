"""`python -m benchmarks.forensics.resized DIR... [--half 0|1] [--seed N] [--most N] [--rows FILE]`: what the check of
the grid says of JPEGs that were resized by about 1 %, or straightened, and into which nothing was pasted.

Every JPEG below the folders is cut on its grid to at most 384, 512 or 720 pixels a side, half of them are saved at 60
to 96 once more, all are resized or turned a little, a fifth is cut afterwards, and the file is saved without loss or at
98 to 100. One file a photograph, which is the independent unit. `--half` takes those whose name has an even or an odd
digest: rules are made on even ones. With `--rows` a run that was stopped goes on where it was.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import cv2
import numpy as np
from PIL import Image as Pillow

from benchmarks.copies.limits import upper_limit
from benchmarks.forensics.pasted import drawn
from benchmarks.forensics.resumed import Rng, Row, counted, options
from benchmarks.forensics.unpasted import LEAST_PX, off, once, said
from benchmarks.forensics.versions import Pixels, jpeg, opened, png
from provenance.image.containers import sniff
from provenance.image.decoding.decoder import Decoder

MOST_PX = (384, 512, 720)
FILES = (0, 98, 99, 100)
"""Qualities that files are saved at; 0 is without loss."""
HOW = ("one scale near 1", "each side by itself", "one scale", "a turn")
_SHARES = (0.6, 0.2, 0.1, 0.1)
_OPENCV = (cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_AREA, cv2.INTER_LANCZOS4)
_PILLOW = (Pillow.Resampling.BILINEAR, Pillow.Resampling.BICUBIC, Pillow.Resampling.LANCZOS)


def fitted(pixels: Pixels, width: int, height: int, rng: Rng) -> Pixels:
    """To a size, as one of seven interpolations does it."""
    way = int(rng.integers(len(_OPENCV) + len(_PILLOW)))
    if way < len(_OPENCV):
        return np.asarray(cv2.resize(pixels, (width, height), interpolation=_OPENCV[way]), np.uint8)
    return np.array(Pillow.fromarray(pixels).resize((width, height), _PILLOW[way - len(_OPENCV)]), np.uint8)


def straightened(pixels: Pixels, rng: Rng) -> Pixels:
    """Turned by 0.1 to 1.2 degrees either way, and cut to what is covered."""
    height, width = pixels.shape[:2]
    angle = float(rng.uniform(0.1, 1.2) * rng.choice((-1, 1)))
    turn = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), angle, 1.0)
    turned = cv2.warpAffine(pixels, turn, (width, height), flags=int(rng.choice(_OPENCV[:2])))
    edge = int(np.ceil(np.sin(np.radians(abs(angle))) * max(width, height) / 2)) + 2
    return np.asarray(turned[edge:-edge, edge:-edge], np.uint8)


def resized(pixels: Pixels, how: str, rng: Rng) -> Pixels:
    """As one of HOW says; by a pixel at least."""
    height, width = pixels.shape[:2]
    if how == "a turn":
        return straightened(pixels, rng)
    least, most = {HOW[0]: (0.985, 1.015), HOW[1]: (0.975, 1.025), HOW[2]: (0.95, 1.05)}[how]
    across = down = rng.uniform(least, most)
    if how == HOW[1]:
        down = rng.uniform(least, most)
    size = round(width * across), round(height * down)
    return fitted(pixels, size[0] + (size == (width, height)), size[1], rng)


def row(path: Path, rng: Rng, decoder: Decoder) -> list[Row]:
    """The answer on one photograph; none where it is no JPEG or too small."""
    data = path.read_bytes()
    most = int(rng.choice(MOST_PX))
    if sniff.media_type(data) != sniff.JPEG:
        return []
    pixels = opened(data)[:most, :most]
    if rng.random() < 0.5:
        pixels = once(pixels, rng, 60, 96)
    how, quality = str(rng.choice(HOW, p=_SHARES)), int(rng.choice(FILES))
    made = resized(pixels, how, rng)
    if rng.random() < 0.2:
        made = off(made, rng)
    if min(made.shape[:2]) < LEAST_PX:
        return []
    saved = jpeg(made, quality, subsampling=int(rng.choice((0, 2)))) if quality else png(made)
    return [(str(path), f"{how}; {quality or 'without loss'}", *said(saved, decoder))]


def table(told: list[Row]) -> str:
    """By what was done and by how it was saved; and all."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for _, version, answer, _ in told:
        for part in version.split("; "):
            counts[part][answer] += 1
    lines = ["| version | files | judged | alarms |", "|---|---|---|---|"]
    for name in (*HOW, *(str(one or "without loss") for one in FILES)):
        seen = counts[name]
        lines.append(f"| {name} | {seen.total()} | {seen.total() - seen['not judged']} | {seen['alarm']} |")
    alarms = [one for one in told if one[2] == "alarm"]
    judged = sum(one[2] != "not judged" for one in told)
    limit = 100 * upper_limit(len(alarms), len(told)) if told else 100.0
    lines.append(f"\n{len(alarms)} of {len(told)} photographs, {judged} judged, upper limit {limit:.2f} %")
    return "\n".join([*lines, *("\t".join(map(str, one)) for one in alarms)])


def main() -> None:
    """Print the table."""
    asked = options(__doc__)
    asked.add_argument("--half", type=int, choices=(0, 1))
    given = asked.parse_args()
    print(table(counted(drawn(given.folders, given.half), given, row)))


if __name__ == "__main__":
    main()
