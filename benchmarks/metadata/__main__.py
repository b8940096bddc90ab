"""What the file readers recover of ExifTool's facts over a folder or a list of files:

    python -m benchmarks.metadata FOLDER [--oracle FILE] [--time 200]

ExifTool (Debian: libimage-exiftool-perl) is asked in the same run, unless `--oracle` names a file of its answers; that
file is written when it is not there. exifread alone and Pillow stand beside. `--time N`: ratios of time on at most N of
the files, spread over the list; 0 leaves it out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.adapters import facts
from benchmarks.metadata import exiftool, tally, timing
from benchmarks.metadata.expected import Facts, expected
from benchmarks.metadata.peers import by_exifread, by_pillow

_NO_PICTURES = (".md", ".json", ".txt", ".yaml", ".csv", ".py", ".xmp", ".html")
_READERS: tuple[tuple[str, Callable[[str], dict[str, object]]], ...] = (
    ("ours", facts),
    ("exifread", by_exifread),
    ("Pillow", by_pillow),
)


def listed(source: str) -> list[str]:
    """The files below a folder, or those that a list names, a line each."""
    place = Path(source)
    if place.is_dir():
        files = sorted(path for path in place.rglob("*") if path.is_file())
        return [str(path) for path in files if path.suffix.lower() not in _NO_PICTURES]
    return [line for line in place.read_text(encoding="utf-8").splitlines() if line.strip()]


def answers(paths: list[str], source: str, kept: str) -> dict[str, Facts]:
    """ExifTool's facts by path, from the kept file where there is one; its paths may count from the folder."""
    if kept and Path(kept).is_file():
        told = json.loads(Path(kept).read_text(encoding="utf-8"))
        base = Path(source) if Path(source).is_dir() else None
        names = {path: str(Path(path).relative_to(base)) if base else path for path in paths}
        return {path: told.get(path, told.get(names[path], {})) for path in paths}
    told = expected(paths)
    if kept:
        Path(kept).write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    return told


def main() -> int:
    """Print the tables. 1 when ExifTool is not there to compare with."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.metadata", description=__doc__.partition("\n")[0])
    parser.add_argument("source", metavar="FOLDER", help="a folder of pictures, or a file that lists some")
    parser.add_argument("--oracle", default="", help="ExifTool's answers: read when there, else written")
    parser.add_argument("--time", type=int, default=200, help="on how many files to time; 0: none")
    parser.add_argument("--missing", action="store_true", help="list what is missing too, not only what is wrong")
    asked = parser.parse_args()
    version = exiftool.installed()
    if not version and not Path(asked.oracle or "-").is_file():
        print("not checked: exiftool is not installed (Debian and Ubuntu: apt install libimage-exiftool-perl)")
        return 1
    paths = listed(asked.source)
    told = answers(paths, asked.source, asked.oracle)
    print(f"{len(paths)} files, {sum(map(len, told.values())):,} facts of ExifTool {version or '(kept answers)'}\n")
    tallies = [tally.Tally(name) for name, _ in _READERS]
    for one, (_, read) in zip(tallies, _READERS, strict=True):
        for path in paths:
            one.add(path, _contained(read, path, one), told[path])
    print("\n".join(tally.lines(tallies)))
    for outcome in (tally.WRONG, tally.MISSING) if asked.missing else (tally.WRONG,):
        print(f"\nOurs, {outcome}:")
        print("\n".join(tally.differences(tallies[0], outcome)) or "none")
    if asked.time and version and paths:
        step = -(-len(paths) // asked.time)
        print()
        print("\n".join(timing.lines(paths[::step])))
    return 0


def _contained(read: Callable[[str], dict[str, object]], path: str, one: tally.Tally) -> dict[str, object]:
    try:
        return read(path)
    except Exception as error:  # peers raise on broken files, and that is a result
        one.broken.append(f"{path}: {type(error).__name__}: {error}")
        return {}


if __name__ == "__main__":
    sys.exit(main())
