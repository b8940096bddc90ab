"""Counts copies among pictures that are none: one layout with other photographs, avatars, bars, marks, flat designs.

    nice -n 10 python -m benchmarks.negatives PHOTOS_DIR [COUNT]

COUNT of each kind (500 when left out). Pictures of COUNT/10 designs of a kind are indexed; the queries are strangers
in the same designs, scaled and saved at JPEG 40-90. Prints a line per kind with the 95 % upper limit; hours for 500.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from benchmarks.asked import arguments, numbers
from benchmarks.copies import furniture
from benchmarks.copies.ask import copy_of, entry_of
from benchmarks.copies.photos import Photo, photos
from benchmarks.degradations import jpeg
from provenance.fingerprint.local.encode import query
from provenance.fingerprint.whole_frame import describe
from provenance.matching.sought import ask
from provenance.model.features import LEAST_POINTS
from provenance.reference.sqlite.store import SQLiteStore

Pair = Callable[[int, Photo, Photo], tuple[Image.Image, Image.Image]]
"""(number, indexed photograph, stranger) -> what is indexed, what is asked."""
PER_DESIGN = 10


def picture(photo: Photo) -> Image.Image:
    return ImageOps.contain(photo.picture(), (900, 900))


def chances(number: int, content: int) -> tuple[np.random.Generator, np.random.Generator]:
    return np.random.default_rng([7, number // PER_DESIGN]), np.random.default_rng([content, number])


def dressed(dress: Callable[..., Image.Image]) -> Pair:
    """Both photographs in one design."""
    return lambda number, known, stranger: (
        dress(picture(known), *chances(number, 1)),
        dress(picture(stranger), *chances(number, 2)),
    )


def avatar(number: int, known: Photo, stranger: Photo) -> tuple[Image.Image, Image.Image]:
    """The indexed photograph is the avatar of the stranger's post."""
    shown = picture(known)
    return shown, furniture.in_post(picture(stranger), *chances(number, 2), face=shown)


def flat(kind: str) -> Pair:
    """One design of flat picture, other content."""
    drawing = furniture.FLAT[kind]
    return lambda number, _, __: (drawing(*chances(number, 1)), drawing(*chances(number, 2)))


PAIRS: dict[str, Pair] = {
    "same post layout": dressed(furniture.in_post),
    "avatar": avatar,
    "caption bar": dressed(furniture.with_bar),
    "watermark": dressed(furniture.with_watermark),
    "sticker": dressed(furniture.with_sticker),
    **{kind: flat(kind) for kind in furniture.FLAT},
}


def counted(pair: Pair, known: Sequence[Photo], strangers: Sequence[Photo], count: int) -> Counter[str]:
    """The answers of `count` queries; a query without detail counts as such."""
    answers: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        store = SQLiteStore(Path(scratch) / "set.sqlite", create=True)
        pairs = [(number, known[number % len(known)], strangers[number % len(strangers)]) for number in range(count)]
        for number, ours, theirs in pairs:
            store.add([entry_of(str(number), pair(number, ours, theirs)[0])])
        for number, ours, theirs in pairs:
            chance = np.random.default_rng([5, number])
            shown = pair(number, ours, theirs)[1]
            shown = shown.resize((shown.width * 3 // 4, shown.height * 3 // 4))
            copy = copy_of(jpeg(int(chance.integers(40, 91)))(shown, chance))
            frame, asked = describe(copy), query(copy)
            points = len(asked.plain.xy) >= LEAST_POINTS
            found = ask(store, "0" * 64, frame if frame.searchable else None, 20, asked if points else None).found
            answers["copy"] += any(one.answer.value == "copy" for one in found)
            answers["other answers"] += bool(found) and all(one.answer.value != "copy" for one in found)
            answers["not enough detail"] += not (frame.searchable or points)
        store.close()
    return answers


def main(folder: Path, count: int) -> None:
    every = photos(folder)
    known = [one for one in every if one.role == "references"]
    strangers = [one for one in every if one.role == "strangers"]
    print("| kind | queries | copy | scene or element | not enough detail | 95 % upper limit of copies |")
    print("|---|---|---|---|---|---|")
    for kind, pair in PAIRS.items():
        told = counted(pair, known, strangers, count)
        limit = f"{1 - 0.05 ** (1 / count):.2%}" if not told["copy"] else "-"
        columns = (kind, count, told["copy"], told["other answers"], told["not enough detail"], limit)
        print("| " + " | ".join(str(column) for column in columns) + " |", flush=True)


if __name__ == "__main__":
    given = arguments(__doc__, 1, 2)
    main(Path(given[0]), *(numbers(__doc__, given[1:]) or [500]))
