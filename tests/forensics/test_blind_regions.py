"""What is told of cells: box, share, outlines, and the numbers of the window as they are."""

import numpy as np
import pytest

from provenance.forensics.blind.chance import FORMULA
from provenance.forensics.blind.regions import Suspect, alarm, region, share_told
from provenance.model.differences import AnomalyKind, SuspectRegion


def told(cells: np.ndarray, size_px: tuple[int, int]) -> SuspectRegion:
    suspect = Suspect(
        log10_nfa=-7.123456,
        window=(16, 8, 24, 24),
        trials=9,
        hits=7,
        chance=0.1,
        tests=50,
        cells=cells,
        detail="as it is",
    )
    return region(suspect, size_px)


def test_a_region_lies_where_its_cells_do() -> None:
    """Three rows and four columns of cells from row 1 and column 2 on, one corner left out, in 100 x 60 pixels."""
    cells = np.zeros((7, 12), bool)
    cells[1:4, 2:6] = True
    cells[1, 2] = False
    seen = told(cells, (100, 60))
    assert seen.box_px == (16, 8, 32, 24)
    assert seen.share == pytest.approx(11 * 64 / 6000, abs=1e-6)
    (outline,) = seen.outlines
    xs, ys = zip(*outline, strict=True)
    assert (min(xs), max(xs), min(ys), max(ys)) == (16, 47, 8, 31)
    assert seen.log10_nfa == -7.1235
    assert (seen.window_px, seen.trials, seen.hits, seen.chance, seen.tests) == ((16, 8, 24, 24), 9, 7, 0.1, 50)


def test_one_cell_is_eight_pixels_a_side() -> None:
    cells = np.zeros((7, 12), bool)
    cells[6, 11] = True
    assert told(cells, (96, 56)).box_px == (88, 48, 8, 8)


def test_a_sentence_says_how_much_and_where() -> None:
    cells = np.ones((4, 5), bool)
    one, large = told(cells, (200, 160)), told(cells, (40, 32))
    assert share_told((one,)) == "A region (x 0, y 0, 40 x 32 px; 4.0 % of the picture) carries a"
    both = "2 regions (104.0 % of the picture together; the surest at x 0, y 0, 40 x 32 px) carry a"
    assert share_told((one, large)) == both
    assert "; less than 0.1 % of the picture)" in share_told((told(cells, (2000, 1600)),))
    assert "; 0.1 % of the picture)" in share_told((told(cells, (1280, 1000)),))


def test_an_alarm_says_how_it_is_computed_again() -> None:
    cells = np.ones((4, 5), bool)
    found = alarm("m", "s", AnomalyKind.COPIED_WITHIN, (told(cells, (200, 160)),), limits=("l",), counting="counted so")
    assert found.formula == f"{FORMULA}; counted so"
    assert found.alarms_per_thousand == 0.25
