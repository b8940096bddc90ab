"""Real photographs, resaved, against a reference set: copies found, strangers not.

    python -m benchmarks.resaved PHOTOS_DIR [--queries 20] [--references 300]

PHOTOS_DIR holds a manifest.csv with the columns file and role ("originals", "references", "strangers", ...). The
queries are originals, resaved at JPEG quality 60 and 70 % of their size; the set holds those originals among other
photographs. As many strangers, which are not in the set, are asked the same way. Everything runs through
`provenance.add` and `Desk.check`.
"""

from __future__ import annotations

import argparse
import csv
import os
import tempfile
from pathlib import Path
from unittest.mock import patch

from PIL import Image

import provenance
from provenance.model.matches import Answer, Match


def resave(path: Path, target: Path) -> Path:
    """A smaller, coarser copy without metadata."""
    with Image.open(path) as picture:
        small = picture.convert("RGB").resize((round(picture.width * 0.7), round(picture.height * 0.7)))
    small.save(target, quality=60)
    return target


def named(report: provenance.Report) -> str:
    """The file name of the first reference called a copy, or nothing."""
    matches = [item for item in report.evidence if isinstance(item, Match) and item.answer is Answer.COPY]
    return Path(matches[0].reference.path).name if matches else ""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--queries", type=int, default=20)
    parser.add_argument("--references", type=int, default=300)
    asked = parser.parse_args()
    with (asked.photos / "manifest.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    roles: dict[str, list[Path]] = {}
    for row in rows:
        roles.setdefault(row["role"], []).append(asked.photos / row["file"])
    copies, strangers = roles["originals"][: asked.queries], roles["strangers"][: asked.queries]
    others = [path for role in ("references", "originals", "strangers") for path in roles[role]]
    others = [path for path in others if path not in {*copies, *strangers}][: asked.references - len(copies)]
    with tempfile.TemporaryDirectory() as folder, patch.dict(os.environ, {"XDG_CACHE_HOME": f"{folder}/cache"}):
        place = Path(folder)
        added = provenance.add([*copies, *others], reference=place / "set.sqlite")
        print(f"{added.pictures_added} pictures in the set, {len(added.refused)} refused")
        with provenance.Desk(
            references=[place / "set.sqlite"], questions=provenance.questions(["seen-before"])
        ) as desk:
            answers = {path: named(desk.check(resave(path, place / path.name)).report) for path in copies + strangers}
    found = sum(answers[path] == path.name for path in copies)
    wrong = sum(answers[path] not in (path.name, "") for path in copies) + sum(
        answers[path] != "" for path in strangers
    )
    print(f"copies found: {found} of {len(copies)}")
    print(f"wrong answers: {wrong} of {len(answers)}, {len(strangers)} of them strangers")


if __name__ == "__main__":
    main()
