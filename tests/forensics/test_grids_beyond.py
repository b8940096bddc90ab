"""What looks like a part from elsewhere, and is the grid of the whole picture before it was cut or resized."""

import numpy as np
import pytest

from provenance.forensics.blind import jpeg_grid
from provenance.forensics.blind.beyond import runs_on
from provenance.forensics.blind.drift import are_steps, lies_beside, runs_in_steps
from provenance.forensics.blind.grid import foreign_grids, main_grid
from provenance.forensics.blind.regions import Suspect
from provenance.forensics.blind.votes import votes
from provenance.model.context import Context
from provenance.model.outcome import Ran, Skipped

from .conftest import Pixels, Saved, saved_again, suspected


def part_of(grid: tuple[int, int], log10_nfa: float) -> Suspect:
    """A window of 64 pixels with a grid."""
    return suspected((59, 79), (10, 10, 8), log10_nfa=log10_nfa, grid=grid)


@pytest.mark.parametrize(
    ("grids", "told"),
    [
        (((7, 7), (0, 7), (7, 6)), True),
        (((1, 1), (1, 1), (0, 1)), False),
        (((1, 1), (3, 1), (0, 1)), False),
        (((1, 1),), False),
        (((7, 7), (0, 7), (7, 6), (3, 3)), False),
        (((7, 7), (0, 7), (7, 6), (0, 0), (3, 3), (2, 4), (5, 1)), False),
        (((7, 7), (0, 7), (7, 6), (0, 0), (7, 7), (2, 4), (5, 1)), True),
    ],
)
def test_three_parts_with_grids_side_by_side_are_steps_of_one(grids: tuple[tuple[int, int], ...], told: bool) -> None:
    """Of many parts from elsewhere some lie so near: then more must."""
    parts = [part_of(grid, -30.0 + number) for number, grid in enumerate(grids)]
    assert are_steps(parts) == told


def test_the_check_tells_no_parts_of_such_steps(
    yard: Pixels, saved: Saved, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = tuple(part_of(grid, -30.0) for grid in ((2, 3), (2, 4), (1, 3)))
    monkeypatch.setattr(jpeg_grid, "foreign_grids", lambda casts, main: steps)
    outcome = jpeg_grid.check(saved(yard, "JPEG", quality=99), context)
    assert isinstance(outcome, Skipped)
    assert "resized a little" in outcome.reason
    monkeypatch.setattr(jpeg_grid, "foreign_grids", lambda casts, main: steps[:2])
    assert isinstance(jpeg_grid.check(saved(yard, "JPEG", quality=99), context), Ran)


@pytest.mark.parametrize(
    ("grid", "others", "told"),
    [
        ((7, 7), (8 * 7 + 0, 8 * 0 + 7, 8 * 7 + 0), True),
        ((7, 7), (8 * 4 + 0, 8 * 0 + 4, 8 * 7 + 0), False),
        ((7, 0), (8 * 7 + 0, 8 * 0 + 7, 8 * 0 + 7), False),
        ((3, 7), (8 * 7 + 3, 8 * 7 + 2, 8 * 7 + 4), False),
    ],
)
def test_a_part_a_pixel_off_among_tiles_that_are_is_no_part(
    grid: tuple[int, int], others: tuple[int, int, int], told: bool
) -> None:
    """All of a picture of one step; not so where tiles vote for other grids, as texture does."""
    cast = np.resize(np.array(others, np.uint8), (12, 12)).repeat(32, 0).repeat(32, 1)
    assert lies_beside(cast, part_of(grid, -20.0), (0, 0)) == told


@pytest.mark.parametrize("first", [60, 75])
def test_a_picture_that_was_a_jpeg_twice_has_its_first_grid_all_over(
    yard: Pixels, saved: Saved, context: Context, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    """Saved, cut off its grid, saved at 93, then without loss."""
    image = saved(saved_again(np.ascontiguousarray(saved_again(yard, first)[3:, 5:]), 93))
    seen = jpeg_grid.grids(image, context.limits)
    assert seen.main.origin == (0, 0)
    part = part_of((-5 % 8, -3 % 8), -8.0)
    for a_jpeg in (False, True):
        assert runs_on(seen.luma, part, (0, 0), a_jpeg=a_jpeg)
        assert not runs_on(seen.luma, part_of((2, 2), -8.0), (0, 0), a_jpeg=a_jpeg)
    monkeypatch.setattr(jpeg_grid, "foreign_steps", lambda luma, known, last: (part,))
    outcome = jpeg_grid.check(image, context)
    assert isinstance(outcome, Skipped)
    assert "two JPEG grids" in outcome.reason


def test_the_grid_of_a_part_does_not_run_on_beyond_it(
    yard: Pixels, road: Pixels, saved: Saved, context: Context
) -> None:
    changed = yard.copy()
    changed[203:267, 301:365] = road[240:304, 240:304]
    seen = jpeg_grid.grids(saved(changed), context.limits)
    (found,) = foreign_grids(seen.casts, seen.main.origin)
    assert not runs_on(seen.luma, found, seen.main.origin, a_jpeg=False)


def test_texture_beside_a_part_in_the_rows_of_the_picture_is_no_grid_that_runs_on(
    yard: Pixels, saved: Saved, context: Context
) -> None:
    """Without loss most of what is left of the votes is for a grid in line with the picture's, and as many for others;
    of a picture that was saved, cut along its rows or columns and saved again it is for one."""
    seen = jpeg_grid.grids(saved(saved_again(yard, 92)), context.limits)
    left = votes(seen.luma, zero=2.0, but=0)
    origin = main_grid(left).origin
    assert 0 in origin
    assert main_grid(left).log10_nfa < -10
    assert not runs_on(seen.luma, part_of(origin, -30.0), (0, 0), a_jpeg=False)
    for down, across in ((0, 5), (3, 0)):
        cut = np.ascontiguousarray(saved_again(yard, 75)[down:, across:])
        twice = jpeg_grid.grids(saved(saved_again(cut, 93)), context.limits)
        assert runs_on(twice.luma, part_of((-across % 8, -down % 8), -30.0), (0, 0), a_jpeg=False)


def test_all_of_a_large_part_lies_within_it(yard: Pixels, road: Pixels, saved: Saved, context: Context) -> None:
    """Its own votes, many as they are, do not speak for a grid beyond it."""
    changed = yard.copy()
    changed[123:315, 301:493] = road[240:432, 240:432]
    seen = jpeg_grid.grids(saved(changed), context.limits)
    found = foreign_grids(seen.casts, seen.main.origin)[0]
    assert main_grid(votes(seen.luma, zero=2.0, but=0)).origin == found.grid
    assert not runs_on(seen.luma, found, seen.main.origin, a_jpeg=False)


@pytest.mark.parametrize(("cut", "told"), [((3, 5), True), ((0, 5), False)])
def test_of_a_jpeg_a_grid_that_runs_on_is_told_where_texture_would_not_show_the_same(
    yard: Pixels, saved: Saved, context: Context, cut: tuple[int, int], told: bool
) -> None:
    """Saved at 75, cut, saved at 93 and at 98: grids in the rows of the picture's own are left alone."""
    twice = saved_again(np.ascontiguousarray(saved_again(yard, 75)[cut[0] :, cut[1] :]), 93)
    seen = jpeg_grid.grids(saved(twice, "JPEG", quality=98), context.limits)
    part = part_of((-cut[1] % 8, -cut[0] % 8), -8.0)
    assert runs_on(seen.luma, part, (0, 0), a_jpeg=True) == told


@pytest.mark.parametrize(("wider", "taller", "told"), [(0.025, -0.025, True), (0.01, 0.01, True), (0.2, -0.3, False)])
def test_a_picture_that_was_fitted_to_other_proportions_runs_in_steps(wider: float, taller: float, told: bool) -> None:
    rows, columns = np.indices((160, 320))
    grids = 8 * (np.rint(3 + taller * (rows - 80)).astype(int) % 8) + np.rint(5 + wider * (columns - 160)) % 8
    part = suspected((20, 40), (8, 18, 4), log10_nfa=-9.0, grid=(5, 3))
    assert runs_in_steps(grids.astype(np.uint8), part, ((0, 0),)) == told
