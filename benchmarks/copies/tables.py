"""Prints the tables of an evaluation as Markdown, from the rows that it wrote down so far.

python -m benchmarks.copies.tables ROWS.csv
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from pathlib import Path

from benchmarks.asked import arguments
from benchmarks.copies.figures import LEVELS, RELATED, average_precision, called, ranked_first, recalled, threshold
from benchmarks.copies.limits import upper_limit
from benchmarks.copies.rows import Row, index_costs, read
from benchmarks.copies.trials import FAMILIES

INNER_RIGHT = 0.9


def report(path: Path) -> None:
    """Print every table."""
    rows = read(path)
    common = set.intersection(*({row.key for row in mine} for mine in rows.values())) if rows else set()
    if len(rows) > 1:
        sample = {name: [row for row in mine if row.key in common] for name, mine in rows.items()}
        print(f"## The {len(common)} queries that every matcher answered\n")
        _matchers(sample, index_costs(path))
        _by_family(sample)
    for name, mine in rows.items():
        if any(one[2] for row in mine for one in row.found):
            print(f"## {name}, all {len(mine)} queries\n")
            _matchers({name: mine}, index_costs(path))
            _by_trial(mine)
            _called_copies(mine)
            _inner(mine)
            _chances(mine)


def _counts(rows: Sequence[Row]) -> str:
    kinds = dict.fromkeys(row.kind for row in sorted(rows, key=lambda row: row.kind))
    parts = []
    for kind in kinds:
        mine = [row for row in rows if row.kind == kind]
        parts.append(f"{len(mine)} {kind} (of {len({row.root or row.key for row in mine})} pictures)")
    return "Queries: " + ", ".join(parts) + ".\n"


def _matchers(results: dict[str, list[Row]], added: dict[str, float]) -> None:
    print(_counts(next(iter(results.values()))))
    heads = " | ".join(f"R@0FP {name}" for name, _ in LEVELS)
    print(f"| matcher | R@1 | {heads} | uAP | uAP strangers | index / decode | query / decode |")
    print("|" + "---|" * (6 + len(LEVELS)))
    for name, rows in sorted(results.items(), key=lambda pair: average_precision(pair[1])):
        copies = [row for row in rows if row.kind == "copy"]
        recall = [_share(recalled(copies, threshold(rows, spared))) for _, spared in LEVELS]
        strangers = average_precision([row for row in rows if row.kind not in RELATED])
        cost = statistics.median(row.query_ms for row in rows) / statistics.median(row.decode_ms for row in rows)
        cells = [_share(ranked_first(copies)), *recall, f"{average_precision(rows):.3f}", f"{strangers:.3f}"]
        cells += [f"{added[name]:.1f}" if name in added else "-", f"{cost:.1f}"]
        print(f"| {name} | {' | '.join(cells)} |")
    print()


def _by_family(results: dict[str, list[Row]]) -> None:
    print("R@1 / R@0FP strangers / R@0FP + same scene\n")
    print(f"| degradations (pairs) | {' | '.join(results)} |")
    print("|" + "---|" * (1 + len(results)))
    for family, trials in FAMILIES.items():
        cells, pairs = [], 0
        for rows in results.values():
            mine = [row for row in rows if row.kind == "copy" and row.trial in trials]
            pairs = sum(row.pairs for row in mine)
            shares = [_share(recalled(mine, threshold(rows, spared)), 2) for _, spared in LEVELS[:2]]
            cells.append(" / ".join([_share(ranked_first(mine), 2), *shares]))
        if pairs:
            print(f"| {family} ({pairs}) | {' | '.join(cells)} |")
    print()


def _by_trial(rows: Sequence[Row]) -> None:
    heads = " | ".join(f"R@0FP {name}" for name, _ in LEVELS)
    print(f"| degradation | pairs | R@1 | {heads} | called copy | copy or same scene |")
    print("|" + "---|" * (5 + len(LEVELS)))
    limits = [threshold(rows, spared) for _, spared in LEVELS]
    copies = [row for row in rows if row.kind == "copy"]
    for trial in [*dict.fromkeys(name for names in FAMILIES.values() for name in names), "all"]:
        mine = [row for row in copies if trial in (row.trial, "all")]
        counts: list[tuple[int, int]] = [ranked_first(mine), *(recalled(mine, limit) for limit in limits)]
        counts += [called(mine), called(mine, ("copy", "same scene or neighbouring frame"))]
        if mine:
            digits = 3 if trial == "all" else 2
            print(f"| {trial} | {counts[0][1]} | {' | '.join(_share(pair, digits) for pair in counts)} |")
    print()


def _called_copies(rows: Sequence[Row]) -> None:
    """How often a picture that is no copy got the answer "copy"; limits count pictures, which queries share."""
    print("| what is no copy | queries | called copy | pictures | of them called copy | 95 % upper limit |", end="")
    print(" same scene | shared element |")
    print("|" + "---|" * 8)
    kinds = [*sorted({row.kind for row in rows} - {"copy"}), "copy"]
    for kind in kinds:
        mine = [row for row in rows if row.kind == kind]
        wrong = [row for row in mine if _says(row, "copy")]
        roots, fallen = ({row.root or row.key for row in some} for some in (mine, wrong))
        words = "originals: other pictures than their own" if kind == "copy" else kind
        limit = f"{upper_limit(len(fallen), len(roots)):.1%}"
        others = [sum(1 for row in mine if _says(row, text)) for text in ("same scene", "shared element")]
        print(
            f"| {words} | {len(mine)} | {len(wrong)} | {len(roots)} | {len(fallen)} | {limit} | {others[0]} | ", end=""
        )
        print(f"{others[1]} |")
    print()


def _says(row: Row, answer: str) -> bool:
    return any(one[3] == "wrong" and one[2].startswith(answer) for one in row.found)


def _inner(rows: Sequence[Row]) -> None:
    """How well the region of the match meets the true box of the photograph in screenshots."""
    boxed = [row for row in rows if row.kind == "copy" and row.inner != ""]
    if not boxed:
        return
    print(f"| screenshot | queries | region of the match meets the true box (IoU {INNER_RIGHT}) | median IoU |")
    print("|---|---|---|---|")
    for trial in [*dict.fromkeys(sorted(row.trial for row in boxed)), "all"]:
        values = [float(row.inner) for row in boxed if trial in (row.trial, "all")]
        right = sum(1 for value in values if value >= INNER_RIGHT)
        print(f"| {trial} | {len(values)} | {right / len(values):.3f} | {statistics.median(values):.3f} |")
    print()


def _chances(rows: Sequence[Row]) -> None:
    """Whether "one false match in N searches" holds: of n strangers at most n / N should be told so much or more."""
    strangers = [row for row in rows if row.kind not in ("copy", *RELATED)]
    rare = [max((one[4] for one in row.found), default=0) for row in strangers]
    if not any(one[4] for row in rows for one in row.found):
        return
    print(f"Of {len(strangers)} searches with strangers and lookalikes, those with a match stated as one false in N:\n")
    print("| N | at most expected | seen |")
    print("|---|---|---|")
    for stated in (10, 100, 1_000, 10_000, 100_000):
        seen = sum(1 for value in rare if value >= stated)
        print(f"| {stated:,} | {len(strangers) / stated:.2f} | {seen} |")
    print()


def _share(counts: tuple[int, int], digits: int = 3) -> str:
    return f"{counts[0] / max(counts[1], 1):.{digits}f}"


if __name__ == "__main__":
    report(Path(arguments(__doc__, 1, 1)[0]))
