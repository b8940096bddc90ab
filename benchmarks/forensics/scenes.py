"""`python -m benchmarks.forensics.scenes DIR... [--most N] [--rows FILE]`: other photographs of one scene, compared.

Each DIR holds a `manifest.csv` with file, role and group: pictures of one group show one scene. Each picture of role
`same_scene` or `frames` is compared with a reference of its group, the groups in turn: no scene fills the table.
Two questions: what `provenance.compare` and `provenance.difference` say; and what the comparison itself says with the
matcher's alignment, whatever the matcher called the pair. Groups are the independent units of the 95 % upper limit.
"""

from __future__ import annotations

import argparse
import csv
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.copies.limits import upper_limit
from provenance import compare, difference
from provenance.forensics.comparison import compare as direct
from provenance.forensics.comparison.placing import placed
from provenance.model.differences import Compared
from provenance.model.matches import Answer

COLUMNS = ("group", "query", "reference", "matcher", "answer", "direct", "log10_nfa")
NOT_ASKED = "not asked"
QUERIES = ("same_scene", "frames")


def main() -> None:
    """Ask, and print the tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folders", nargs="+", type=Path)
    asked.add_argument("--most", type=int, default=200)
    asked.add_argument("--rows", type=Path, required=True, help="CSV of rows; a run that was stopped goes on")
    given = asked.parse_args()
    told: list[dict[str, str]] = []
    if given.rows.exists():
        with given.rows.open(newline="") as opened:
            told = list(csv.DictReader(opened))
    done = {(row["query"], row["reference"]) for row in told}
    with given.rows.open("a", newline="") as opened:
        written = csv.DictWriter(opened, COLUMNS)
        if not told:
            written.writeheader()
        for group, query, reference in itertools.islice(_pairs(given.folders), given.most):
            if (str(query), str(reference)) not in done:
                told.append(_asked(group, query, reference))
                written.writerow(told[-1])
                opened.flush()
    _print(told)


def _pairs(folders: list[Path]) -> Iterator[tuple[str, Path, Path]]:
    """One pair of each group, then a second of each, and so on."""
    queries, references = defaultdict(list), defaultdict(list)
    for folder in folders:
        with (folder / "manifest.csv").open(newline="") as opened:
            for row in csv.DictReader(opened):
                if row["group"]:
                    (queries if row["role"] in QUERIES else references)[row["group"]].append(folder / row["file"])
    runs = [
        [(group, query, references[group][number % len(references[group])]) for number, query in enumerate(held)]
        for group, held in sorted(queries.items())
        if references[group]
    ]
    for turn in itertools.zip_longest(*runs):
        yield from (pair for pair in turn if pair is not None)


def _asked(group: str, query: Path, reference: Path) -> dict[str, str]:
    match, first, second = compare(query, reference)
    answer = difference(match, first, second)
    row = {"group": group, "query": str(query), "reference": str(reference), "matcher": match.answer.value}
    row["answer"] = answer.outcome.value if answer else NOT_ASKED
    row["direct"], row["log10_nfa"] = NOT_ASKED, "0"
    ours, theirs = first.working_copy, second.working_copy
    if match.alignment is not None and ours is not None and theirs is not None:
        found = direct.difference(ours, theirs, *placed(match, ours, theirs))
        row["direct"], row["log10_nfa"] = found.outcome.value, str(found.log10_nfa)
    return row


def _print(told: list[dict[str, str]]) -> None:
    for column, title in (("answer", "provenance.difference"), ("direct", "the comparison asked directly")):
        print(f"\n| matcher | {title} | pairs | scenes |\n|---|---|---|---|")
        counted = Counter((row["matcher"], row[column]) for row in told)
        for (matcher, said), count in sorted(counted.items()):
            scenes = {row["group"] for row in told if (row["matcher"], row[column]) == (matcher, said)}
            print(f"| {matcher} | {said} | {count} | {len(scenes)} |")
        judged = [row for row in told if row[column] != NOT_ASKED]
        alarms = [row for row in judged if row[column] == Compared.DIFFERS]
        named = sum(row[column] == Compared.OTHER_PHOTOGRAPH for row in judged)
        scenes, wrong = len({row["group"] for row in judged}), len({row["group"] for row in alarms})
        limit = f"95 % upper limit {100 * upper_limit(wrong, scenes):.1f} % of scenes" if scenes else "none judged"
        print(
            f"\nnamed another photograph {named} of {len(judged)}; alarms {len(alarms)} in {wrong} of {scenes}; {limit}"
        )
    copies = sum(row["matcher"] == Answer.COPY for row in told)
    print(
        f"\n{len(told)} pairs of {len({row['group'] for row in told})} scenes; called copies by the matcher: {copies}"
    )


if __name__ == "__main__":
    main()
