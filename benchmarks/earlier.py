"""What the desk's own earlier checks cost a check: python -m benchmarks.earlier PHOTOS_DIR [--fill N] [--checks N]

Fills a set with N checks, then checks other pictures of the folder without it and with it, in turn, and makes the
report of each. CPU seconds of this process; what decodes, reads words and starts Python is the same on both sides and
not counted. `--reference SET`: what the check searches beside it.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import provenance
from provenance.desk.desk import Desk
from provenance.model.finding import Question
from provenance.output.report_folder import report_files


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--fill", type=int, default=200)
    parser.add_argument("--checks", type=int, default=20)
    parser.add_argument("--reference", type=Path, action="append", default=[])
    asked = parser.parse_args()
    pictures = sorted(path for path in asked.photos.rglob("*") if path.suffix.lower() in (".jpg", ".jpeg", ".png"))
    new, old = pictures[: asked.checks], pictures[asked.checks : asked.checks + asked.fill]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "earlier" / "checks.sqlite"
        with Desk(references=[], questions=(Question.ORIGIN,), earlier=place) as desk:
            for picture in old:
                desk.note_check(desk.check(picture), report=None)
        size_bytes = sum(file.stat().st_size for file in place.parent.rglob("*") if file.is_file())
        turn(new, place, asked.reference)  # both ways once before they count
        without, checked, noted, found = turn(new, place, asked.reference)
    ratios = [(one + other) / base for base, one, other in zip(without, checked, noted, strict=True)]
    print(
        f"provenance {provenance.__version__}; {len(old)} pictures in the set, {len(new)} checks, {found} of them met"
    )
    print(f"set: {size_bytes / max(len(old), 1) / 1000:.1f} kB a picture")
    print(f"check without: median {statistics.median(without):.3f} s CPU")
    print(f"search of earlier checks: median {statistics.median(map(float.__sub__, checked, without)):.3f} s CPU")
    print(f"noting the check: median {statistics.median(noted):.3f} s CPU")
    print(f"check with both against check without: median {statistics.median(ratios):.2f}, largest {max(ratios):.2f}")


def turn(pictures: Sequence[Path], place: Path, references: Sequence[Path]) -> tuple[list[float], ...]:
    """Seconds of each check without the set, of each with it, of each note, and how many met something."""
    without, checked, noted, found = [], [], [], 0
    with Desk(references=list(references)) as plain, Desk(references=list(references), earlier=place) as desk:
        for picture in pictures:
            began = time.process_time()
            report_files(plain, plain.check(picture))
            without.append(time.process_time() - began)
            began = time.process_time()
            done = desk.check(picture)
            report_files(desk, done)
            checked.append(time.process_time() - began)
            found += any(item.kind == "earlier" for item in done.report.evidence)
            began = time.process_time()
            desk.note_check(done, report=None)
            noted.append(time.process_time() - began)
            assert desk._earlier is not None and desk._earlier.store is not None
            desk._earlier.store.remove([done.report.original.sha256])  # the next turn meets it for the first time again
    return without, checked, noted, found  # type: ignore[return-value]


if __name__ == "__main__":
    main()
