"""Which service saved a file: `python -m benchmarks.platforms FOLDER ...`, files matched by sha256 with platforms.csv.

Of labelled outputs of a service: how many are named, rightly named, or recognised as a web service's. Of labelled
originals and of files without a label: how many get a name (none should) or the coding of a web service.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
from collections import Counter, defaultdict
from pathlib import Path

from benchmarks.thumbnails import upper_limit
from provenance.image.containers.sniff import media_type
from provenance.image.load import inspect
from provenance.metadata.traces.platform import verdict
from provenance.metadata.traces.signs import signs_of
from provenance.model.limits import Limits

LABELS = Path(__file__).with_name("platforms.csv")
ORIGINAL, UNLABELLED = "original", "without a label"
UNCHANGED = "Reddit, bytes unchanged"


def main() -> None:
    """Print one row a class."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--show", action="store_true", help="list each verdict")
    arguments = parser.parse_args()
    with LABELS.open(encoding="utf-8", newline="") as file:
        labels = {row["sha256"]: row["saved_by"] for row in csv.DictReader(file)}
    table: dict[str, Counter[str]] = defaultdict(Counter)
    seen: set[str] = set()
    for path in sorted(path for folder in arguments.folders for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        if digest in seen or not media_type(data):
            continue
        seen.add(digest)
        label = labels.get(digest, UNLABELLED)
        found = verdict(signs_of(inspect(path, Limits()), Limits()))
        said = "nothing" if found is None else found.name or f"web service ({found.confidence})"
        table[label].update(["n", said])
        if arguments.show and found is not None:
            print(label, "|", said, "|", path)
    print("| saved by | files | verdicts |\n|---|---|---|")
    for label, count in sorted(table.items()):
        said = ", ".join(f"{name} {number}" for name, number in count.most_common() if name != "n")
        print(f"| {label} | {count['n']} | {said} |")
    _totals(table)


def _totals(table: dict[str, Counter[str]]) -> None:
    served = {label: count for label, count in table.items() if label not in (ORIGINAL, UNLABELLED, UNCHANGED)}
    named = Counter[str]()
    for label, count in served.items():
        for name, number in count.items():
            if name not in ("n", "nothing") and not name.startswith("web service"):
                named["right" if label.startswith(name) else "wrong"] += number
    missed, of = sum(count["nothing"] for count in served.values()), sum(count["n"] for count in served.values())
    originals = table[ORIGINAL]
    wrong = sum(n for name, n in originals.items() if name not in ("n", "nothing") and not name.startswith("web"))
    print(f"\nnamed {named['right'] + named['wrong']}, of them rightly {named['right']}")
    print(f"outputs of services recognised: {of - missed} of {of}, 95 % upper limit of misses {_limit(missed, of)}")
    print(f"originals named: {wrong} of {originals['n']}, 95 % upper limit {_limit(wrong, originals['n'])}")


def _limit(wrong: int, of: int) -> str:
    return f"{100 * upper_limit(wrong, of):.1f} %"


if __name__ == "__main__":
    main()
