"""Measures the finder of inner photographs: right boxes in screenshots, collages and frames; finds in the rest.

    python -m benchmarks.inner PHOTOS_DIR [COUNT]

PHOTOS_DIR holds pictures in subfolders; those under originals/ shaped the finder and serve only the first table.
COUNT screens are rendered for the layouts that the finder was not shaped on (default 560). A box is right when
intersection over union with the true one is at least 0.9. Prints the tables of docs/measured/inner.md; ten minutes.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.asked import arguments, numbers
from benchmarks.copies.canvas import BoxPx
from benchmarks.copies.collages import SHAPES, between_bars, collage
from benchmarks.copies.layouts_feeds import FEEDS
from benchmarks.copies.layouts_others import NOTHING, OTHERS
from benchmarks.copies.rows import overlap
from benchmarks.copies.screens import has_edges, photographs, saved, screen
from provenance.image.inner.photographs import inner_photographs
from provenance.model.image import WorkingCopy

RIGHT = 0.9
WHOLE = 0.9  # a photograph that fills so much of the picture needs no box


@dataclass(frozen=True)
class Row:
    """One picture asked: how many true boxes it has, how many were found, how many finds are no true box."""

    group: str
    true: int
    right: int
    wrong: int
    seconds: float
    megapixels: float


def ask(group: str, picture: Image.Image, boxes: Sequence[BoxPx]) -> Row:
    """Run the finder and compare."""
    copy = WorkingCopy(pixels=np.asarray(picture.convert("RGB")))
    start = time.process_time()
    found = [one.box_px for one in inner_photographs(copy)]
    taken = time.process_time() - start
    size = picture.width * picture.height
    whole = [box for box in boxes if (box[2] - box[0]) * (box[3] - box[1]) > WHOLE * size]
    right = sum(1 for box in boxes if any(overlap(box, one) >= RIGHT for one in found) or (box in whole and not found))
    wrong = sum(1 for one in found if not any(overlap(box, one) >= RIGHT for box in boxes))
    return Row(group, len(boxes), right, wrong, taken, size / 1e6)


def screens(paths: Sequence[Path], layouts: Sequence[str], count: int, label: str, seed: int) -> Iterator[Row]:
    """Rendered screens of some layouts."""
    for number in range(count):
        photos = _some(paths, seed + number, 4)
        made = screen(photos, layouts[number % len(layouts)], seed + number)
        yield ask(f"{label}{made.layout}", made.picture, made.boxes)


def collages(paths: Sequence[Path], count: int) -> Iterator[Row]:
    """Collages of every shape, with and without a gutter, and pictures between bars, saved as JPEG."""
    for number in range(count):
        chance = np.random.default_rng(500_000 + number)
        photos = _some(paths, 500_000 + number, 4)
        kind = number % 3
        gutter_px = 0 if kind == 0 else int(chance.integers(4, 24))
        if kind == 2:
            made, boxes = between_bars(photos[0], chance)
            yield ask("between bars", saved(made, int(chance.integers(40, 91))), boxes)
        else:
            made, boxes = collage(photos, SHAPES[number // 3 % len(SHAPES)], gutter_px, chance)
            label = "collage with gutters" if gutter_px else "collage without gutters"
            yield ask(label, saved(made, int(chance.integers(40, 91))), boxes)


def _some(paths: Sequence[Path], seed: int, count: int) -> list[Image.Image]:
    """Photographs drawn by seed, only such as show where they end."""
    chosen = []
    for place in np.random.default_rng(seed).permutation(len(paths)):
        photo = Image.open(paths[int(place)]).convert("RGB")
        if has_edges(photo):
            chosen.append(photo)
        if len(chosen) == count:
            break
    return chosen


def ordinary(paths: Sequence[Path], count: int) -> Iterator[tuple[Path, Row]]:
    """Photographs as they are: whatever is found is either a frame that the picture has, or wrong."""
    for place in np.random.default_rng(1).permutation(len(paths))[:count]:
        path = paths[int(place)]
        yield path, ask("ordinary photographs", Image.open(path), [])


def table(rows: Sequence[Row]) -> None:
    """One line a group and one for all."""
    print("| group | pictures | true boxes | right | wrong finds | ms CPU a megapixel, median |")
    print("|---|---|---|---|---|---|")
    for group in [*dict.fromkeys(row.group for row in rows), "all"]:
        mine = [row for row in rows if group in (row.group, "all")]
        true, right = sum(row.true for row in mine), sum(row.right for row in mine)
        cost = float(np.median([1000 * row.seconds / row.megapixels for row in mine]))
        share = f"{right / true:.3f}" if true else "-"
        print(f"| {group} | {len(mine)} | {true} | {share} | {sum(row.wrong for row in mine)} | {cost:.0f} |")
    print()


def main(folder: Path, count: int) -> None:
    paths = photographs(folder)
    shaped = [path for path in paths if "originals" in path.parts]
    others = [path for path in paths if "originals" not in path.parts]
    table(list(screens(shaped, list(FEEDS), 200, "shaped on: ", 0)))
    table(list(screens(others, list(FEEDS), 200, "same layouts, other photographs: ", 100_000)))
    table(list(screens(others, list(OTHERS), count, "", 200_000)))
    table(list(screens(others, list(NOTHING), 100, "", 300_000)))
    table(list(collages(others, 300)))
    found = list(ordinary([path for path in folder.rglob("*.jpg") if path.parent.name != "originals"], 300))
    table([row for _, row in found])
    print(
        "Ordinary photographs with a find:",
        ", ".join(str(path.relative_to(folder)) for path, row in found if row.wrong),
    )


if __name__ == "__main__":
    given = arguments(__doc__, 1, 2)
    main(Path(given[0]), *(numbers(__doc__, given[1:]) or [560]))
