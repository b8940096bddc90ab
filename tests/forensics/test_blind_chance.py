"""The number of false alarms can be computed again by hand from what evidence holds."""

import re
from fractions import Fraction
from math import comb, log10
from pathlib import Path

import pytest

from provenance.forensics.blind import grid, once
from provenance.forensics.blind.chance import ALARM_LOG10_NFA, ALARMS_PER_THOUSAND, METHODS, TOGETHER_NFA, log10_nfa
from provenance.forensics.copy_move import copies, identical

MEASURED = Path(__file__).resolve().parents[2] / "docs" / "measured" / "blind.md"
REPORT = Path(__file__).resolve().parents[2] / "docs" / "report.md"


@pytest.mark.parametrize(
    ("trials", "hits", "chance", "tests"),
    [(64, 9, 1 / 64, 10_000), (20, 20, 0.5, 1), (400, 80, 0.05, 77), (50, 0, 0.1, 9)],
)
def test_it_is_the_tests_times_the_binomial_tail(trials: int, hits: int, chance: float, tests: int) -> None:
    p = Fraction(chance)
    tail = sum(comb(trials, i) * p**i * (1 - p) ** (trials - i) for i in range(hits, trials + 1))
    assert log10_nfa(trials, hits, chance, tests) == pytest.approx(log10(tests * tail), abs=1e-6)


def test_ends_are_no_errors() -> None:
    assert log10_nfa(10, 11, 0.5, 5) == float("-inf")
    assert log10_nfa(10, 3, 1.0, 1) == 0
    assert log10_nfa(10_000_000, 9_000_000, 1 / 64, 10**15) < -1_000_000


def test_all_methods_share_one_level() -> None:
    """What the measured document and the answer promise: 1 alarm in 1,000 unaltered pictures by all together."""
    assert pytest.approx(TOGETHER_NFA) == METHODS * 10**ALARM_LOG10_NFA
    said = MEASURED.read_text()
    assert f"set to 1 alarm in {round(1 / TOGETHER_NFA):,} unaltered pictures: log10 NFA {ALARM_LOG10_NFA:.1f}" in said
    assert pytest.approx(1000 * 10**ALARM_LOG10_NFA) == ALARMS_PER_THOUSAND


@pytest.mark.parametrize(("rows", "columns"), [(60, 80), (17, 140)])
def test_the_number_of_tests_is_what_the_document_of_the_report_says(rows: int, columns: int) -> None:
    """Windows are counted one by one, of the sides that stand there."""
    table = REPORT.read_text().split("### Regions of the blind methods")[1].split("### ")[0]
    said = dict(re.findall(r"^\| `([a-z-]+)` \|.*\| ([^|]+) \|$", table, re.MULTILINE))
    windows: dict[str, int] = {}
    for method, row in said.items():
        sides = [int(one) for one in re.findall(r"\d+", row.split(" cells")[0].split(" blocks")[0])]
        windows[method] = sum(1 for side in sides for _ in range(rows - side + 1) for _ in range(columns - side + 1))
    for casts in (1, 2):
        assert grid.tests_of((rows, columns), casts) == windows["jpeg-grid"] * 63 * casts
    assert "x 63 grids, and x 2 for a JPEG" in said["jpeg-grid"]
    assert once.tests_of((rows, columns)) == windows["double-jpeg"]
    shape = 8 * rows + 5, 8 * columns + 3
    assert copies.tests(shape) == windows["copy-move"] * 8 * 24 * 2
    assert "x 8 likenesses x 24 forms and equalities x 2 ways" in said["copy-move"]
    assert identical.tests(shape) == windows["copy-move"] * shape[0] * shape[1] * 2
