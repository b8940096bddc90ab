"""What planting costs, and whether what it says is true:

    nice -n 10 python -m benchmarks.planting PHOTOS_DIR [COUNT]

COUNT photographs of strangers (8 when left out) against a set of 200 references. Cost: CPU of the search with planting,
and of `check` as a program with its start and its report, against the same without, in turn. Truth: each variant is
really added to the set, alone, and the same search made. Half of the pictures are asked as they are, half small and
soft or of little contrast.
"""

from __future__ import annotations

import hashlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from PIL import Image as Pillow
from PIL import ImageFilter, ImageOps

from benchmarks.asked import arguments, numbers
from benchmarks.copies.ask import entry_of
from benchmarks.copies.photos import photos
from benchmarks.degradations import jpeg
from provenance.fingerprint.variants import variants
from provenance.matching.search import check
from provenance.model.context import Context
from provenance.model.image import Image, Original, Structure, WorkingCopy
from provenance.model.matches import Answer, Match, Search
from provenance.model.outcome import Ran
from provenance.reference.sqlite.store import SQLiteStore

REFERENCES = 200
NOW = datetime(2026, 1, 2, tzinfo=UTC)


def image_of(picture: Pillow.Image) -> Image:
    pixels = np.ascontiguousarray(picture)
    data = pixels.tobytes()
    digest = hashlib.sha256(data).hexdigest()
    original = Original(name="q", path="q", sha256=digest, size_bytes=len(data), media_type="image/png")
    structure = Structure(media_type="image/png")
    return Image(original=original, data=data, structure=structure, working_copy=WorkingCopy(pixels=pixels))


def worn(picture: Pillow.Image, number: int) -> Pillow.Image:
    """As it is, or small and soft, or of little contrast."""
    if number % 2 == 0:
        return picture
    if number % 4 == 1:
        small = ImageOps.contain(picture, (130, 130)).filter(ImageFilter.GaussianBlur(1))
        return jpeg(25)(small, np.random.default_rng(number))
    return Pillow.blend(Pillow.new("RGB", picture.size, "#808080"), picture.filter(ImageFilter.GaussianBlur(4)), 0.25)


def searched(image: Image, store: SQLiteStore, *, planting: bool) -> tuple[float, Ran]:
    context = Context(now=NOW, references=(store,), left_s=None if planting else lambda: 0.0)
    begun = time.process_time()
    outcome = check(image, context)
    assert isinstance(outcome, Ran)
    return time.process_time() - begun, outcome


WITHOUT = """
import sys
from provenance.matching import planting, search
search.sought_again = lambda answers, *_, **__: [planting.Planting()] * len(answers)
"""
PROGRAM = """
import sys
from provenance.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def whole(picture: Path, store: Path, out: Path, *, planting: bool) -> float:
    """CPU seconds of the program, its children included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    code = PROGRAM if planting else WITHOUT + PROGRAM
    subprocess.run(
        [sys.executable, "-c", code, "check", str(picture), "--reference", str(store), "--out", str(out)],
        check=True,
        capture_output=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(folder: Path, count: int) -> None:
    every = photos(folder)
    known = [one for one in every if one.role == "references"][:REFERENCES]
    strangers = [one for one in every if one.role == "strangers"][:count]
    ratios: list[tuple[float, float, float]] = []
    said, right, lost = 0, 0, 0
    with tempfile.TemporaryDirectory() as scratch:
        store = SQLiteStore(Path(scratch) / "set.sqlite", create=True)
        store.add([entry_of(one.name, ImageOps.contain(one.picture(), (800, 800))) for one in known])
        for number, photo in enumerate(strangers):
            image = image_of(worn(photo.picture(), number))
            assert image.working_copy is not None
            searched(image, store, planting=False)
            without, with_ = searched(image, store, planting=False)[0], 0.0
            with_, told = searched(image, store, planting=True)
            picture = Path(scratch) / f"{number}.png"
            Pillow.fromarray(image.working_copy.pixels).save(picture)
            alone, both = (
                whole(picture, Path(scratch) / "set.sqlite", Path(scratch) / f"{number}-{on}", planting=on)
                for on in (False, True)
            )
            ratios.append((with_ / without, both / alone, (with_ - without)))
            for one in (item for item in told.evidence if isinstance(item, Search)):
                for planted, (words, variant) in zip(one.planted, variants(image.working_copy), strict=False):
                    added = entry_of(f"{number} {words}", Pillow.fromarray(variant.pixels))
                    store.add([added])
                    _, outcome = searched(image, store, planting=False)
                    store.remove([added.image_id])
                    copies = {
                        item.reference.image_id
                        for item in outcome.evidence
                        if isinstance(item, Match) and item.answer is Answer.COPY
                    }
                    said, right = said + 1, right + (planted.found is (added.image_id in copies))
                    lost += not planted.found
                    if planted.found is not (added.image_id in copies):
                        print(f"{number} {words}: said {planted.found}")
            print(f"{number}: {tuple(round(value, 2) for value in ratios[-1])}, {right} of {said}", flush=True)
        store.close()
    print("| measured | median | most |\n|---|---|---|")
    for words, column in zip(
        ("search with planting / without", "the program with / without", "added, s"),
        zip(*ratios, strict=True),
        strict=True,
    ):
        print(f"| {words} | {statistics.median(column):.2f} | {max(column):.2f} |")
    print(f"said as a set that holds the variant gives: {right} of {said}; not found by planting: {lost}")


if __name__ == "__main__":
    given = arguments(__doc__, 1, 2)
    main(Path(given[0]), *(numbers(__doc__, given[1:]) or [8]))
