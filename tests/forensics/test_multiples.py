"""Parts whose coefficients lie at multiples of an earlier saving's steps, where votes no longer tell their grid."""

import io
import math

import numpy as np
import pytest
from PIL import Image as Pillow

from provenance.forensics.blind import jpeg_grid, multiples_regions, multiples_windows
from provenance.forensics.blind.chance import ALARM_LOG10_NFA, log10_nfa
from provenance.forensics.blind.dct import SIDE, ZIGZAG, basis
from provenance.forensics.blind.first_tables import QUALITIES, first_tables
from provenance.forensics.blind.grid import foreign_grids
from provenance.forensics.blind.lasting import least_steps
from provenance.forensics.blind.multiples import counted
from provenance.forensics.blind.multiples_regions import foreign_steps
from provenance.forensics.blind.votes import ZERO, ZERO_SAVED, luminance, votes
from provenance.image.containers.jpeg_tables import libjpeg
from provenance.model.context import Context
from provenance.model.differences import Anomaly
from provenance.model.outcome import Ran

from .conftest import Pixels, Saved, saved_again

OWN = ((0, 0),)
AT_98 = libjpeg(98)[0]
TABLES = tuple(steps for _, steps in first_tables())


def pasted(host: Pixels, donor: Pixels, quality: int, at: tuple[int, int], side: int = 64) -> Pixels:
    """A part of the donor, saved at a quality on its own grid, that lies at row and column `at`; saved again at 98."""
    changed = host.copy()
    part = saved_again(donor[3:, 5:], quality)[240 : 240 + side, 240 : 240 + side]
    changed[at[0] : at[0] + side, at[1] : at[1] + side] = part
    return saved_again(changed, 98)


def grey(size: int, spread: float, seed: int = 1) -> Pixels:
    return np.clip(np.random.default_rng(seed).normal(128, spread, (size, size)), 0, 255).astype(np.uint8)


def at_multiples(quality: int, blocks: int, seed: int = 2) -> Pixels:
    """Grey blocks all of whose coefficients are multiples of the steps of a quality, before rounding to levels."""
    rng, waves = np.random.default_rng(seed), basis()
    steps = np.zeros((SIDE, SIDE))
    for index, at in enumerate(ZIGZAG):
        steps[at] = libjpeg(quality)[0][index]
    values = steps * np.rint(rng.normal(0, 8, (blocks, blocks, SIDE, SIDE)) / steps)
    values[..., 0, 0] = 0
    plane = (waves.T @ values @ waves).transpose(0, 2, 1, 3).reshape(blocks * SIDE, blocks * SIDE)
    return np.clip(np.rint(plane + 128), 0, 255).astype(np.uint8)


def test_on_its_own_grid_all_lie_at_multiples_and_on_another_half_of_them() -> None:
    luma = at_multiples(92, 12)
    hits, asked = counted(luma, (), AT_98, TABLES)
    index = QUALITIES.index(92)
    for (down, across), least, most in (((0, 0), 0.99, 1.0), ((3, 5), 0.4, 0.51), ((0, 3), 0.4, 0.55)):
        near, of = (int(one[index, down::8, across::8].sum()) for one in (hits, asked))
        assert of > 1000
        assert least <= near / of <= most
    assert (hits <= asked).all()
    assert not asked[:, -7:].any()
    assert not asked[:, :, -7:].any()


def test_of_a_quality_only_steps_that_survive_are_asked_and_no_coefficient_below_half_a_step() -> None:
    luma = grey(64, 0)
    luma[:8, :8] = np.clip(np.rint(128 + 60 * np.outer(basis()[2], basis()[3]) * 1.0), 0, 255).astype(np.uint8)
    _, asked = counted(luma, (), AT_98, TABLES)
    least = least_steps(AT_98)[2, 3]
    steps = [one[ZIGZAG.index((2, 3))] for _, one in first_tables()]
    assert [bool(one) for one in asked[:, 0, 0]] == [step >= least for step in steps]
    assert not asked[:, 32:, 32:].any()


def test_grids_in_the_rows_or_columns_of_a_known_one_are_not_asked_what_these_keep() -> None:
    """Stripes: all rows alike, so every block of the known grid's columns has what those of the picture have."""
    luma = np.tile(at_multiples(90, 12)[:1], (96, 1))
    free, known = (counted(luma, one, (), TABLES)[1] for one in ((), ((0, 0),)))
    assert free[:, :80, :80:8].any()
    assert not known[:, :80, :80:8].any()
    assert (known[:, 3:80:8, 5:80:8] == free[:, 3:80:8, 5:80:8]).all()


@pytest.mark.parametrize("quality", [95, 96])
@pytest.mark.parametrize("at", [(203, 301), (208, 301)])
def test_a_finely_saved_part_is_found_in_a_file_of_98_and_its_number_can_be_computed_again(
    yard: Pixels, road: Pixels, quality: int, at: tuple[int, int]
) -> None:
    """The second place has the rows of the picture's own grid, where votes must exceed more."""
    found = foreign_steps(luminance(pasted(yard, road, quality, at)), OWN, AT_98)
    assert len(found) == 1
    (one,) = found
    x, y, side, _ = one.window
    assert abs(x + side / 2 - at[1] - 32) < 12
    assert abs(y + side / 2 - at[0] - 32) < 12
    assert (x % 8, y % 8) == (at[1] % 8, at[0] % 8)
    assert f"quality {quality} on a grid from {at[1] % 8}, {at[0] % 8}" in one.detail
    assert one.tests == multiples_windows.tests_of((60, 80))
    assert math.isclose(log10_nfa(one.trials, one.hits, one.chance, one.tests), one.log10_nfa, abs_tol=1e-9)
    assert one.log10_nfa < ALARM_LOG10_NFA - 20
    rows, columns = np.nonzero(one.cells)
    assert abs(rows.mean() * 8 + 4 - at[0] - 32) < 16
    assert abs(columns.mean() * 8 + 4 - at[1] - 32) < 16


def test_the_check_tells_a_part_that_votes_do_not(yard: Pixels, road: Pixels, saved: Saved, context: Context) -> None:
    changed = yard.copy()
    changed[208:272, 301:365] = saved_again(road[3:, 5:], 96)[240:304, 240:304]
    image = saved(changed, "JPEG", quality=98)
    assert image.working_copy is not None
    luma = luminance(image.working_copy.pixels)
    assert not foreign_grids(tuple(votes(luma, zero=zero, but=0) for zero in (ZERO_SAVED, ZERO)), (0, 0))
    outcome = jpeg_grid.check(image, context)
    assert isinstance(outcome, Ran)
    (found,) = outcome.evidence
    assert isinstance(found, Anomaly)
    assert "trials and hits are DCT coefficients" in found.formula
    (region,) = found.regions
    assert abs(region.box_px[0] - 301) <= 16
    assert abs(region.box_px[1] - 208) <= 16


@pytest.mark.parametrize(("quality", "cut"), [(95, (5, 3)), (92, (0, 4)), (97, (2, 0))])
def test_a_grid_that_runs_through_the_picture_is_no_part_from_elsewhere(
    road: Pixels, quality: int, cut: tuple[int, int]
) -> None:
    """Saved finely, cut off that grid, and saved again."""
    luma = luminance(saved_again(saved_again(road[3:, 5:], quality)[cut[0] :, cut[1] :], 98))
    assert not foreign_steps(luma, OWN, AT_98)


@pytest.mark.parametrize("first", [60, 75, 92])
def test_a_picture_saved_twice_on_its_grid_has_no_part_from_elsewhere(yard: Pixels, first: int) -> None:
    assert not foreign_steps(luminance(saved_again(saved_again(yard, first), 98)), OWN, AT_98)


def test_blocks_that_recur_to_the_level_count_once() -> None:
    """One block of a quality over and over, as a line of a page is: one trial for each of its coefficients."""
    noise = grey(256, 12)
    for tile, told in ((at_multiples(92, 1), 0), (at_multiples(92, 10), 1)):
        luma = noise.copy()
        luma[83:163, 85:165] = np.tile(tile, (80 // len(tile), 80 // len(tile)))
        assert len(foreign_steps(luma, OWN, ())) == told


@pytest.mark.parametrize("wide", [False, True])
def test_large_pictures_are_looked_at_in_tiles_that_overlap(monkeypatch: pytest.MonkeyPatch, wide: bool) -> None:
    luma = np.clip(np.random.default_rng(5).normal(128, 9, (2048, 160)), 0, 255).astype(np.uint8)
    luma[987:1067, 45:125] = at_multiples(92, 10)
    luma = np.ascontiguousarray(luma.T) if wide else luma
    (whole,) = foreign_steps(luma, OWN, ())
    monkeypatch.setattr(multiples_regions, "_TILE_PX", 1000)
    monkeypatch.setattr(multiples_regions, "_TILE_COLUMNS", 768)
    (tiled,) = foreign_steps(luma, OWN, ())
    assert (whole.window, whole.hits, whole.tests) == (tiled.window, tiled.hits, tiled.tests)
    assert (whole.cells == tiled.cells).all()
    assert whole.window[:2] == ((987, 45) if wide else (45, 987))


@pytest.mark.parametrize(("last", "least"), [((), 2), (libjpeg(100)[0], 2), (AT_98, 3)])
def test_after_a_saving_as_coarse_smaller_steps_are_not_asked(last: tuple[int, ...], least: int) -> None:
    """At the lowest frequencies, and more at the highest, where the last saving's own steps are larger."""
    found = least_steps(last)
    assert least - 1 < found[0, 1] <= least
    assert (found[7, 7] > 1.5 * found[0, 1]) == (last == AT_98)


def test_of_a_picture_that_was_turned_the_coarser_way_of_its_table_counts() -> None:
    steps = [1] * 64
    steps[ZIGZAG.index((0, 6))] = 40
    one, turned = (least_steps(tuple(each)) for each in (steps, [steps[ZIGZAG.index((x, y))] for y, x in ZIGZAG]))
    assert np.allclose(one, turned)
    assert one[0, 6] > 3 * one[3, 3]


def test_a_step_at_the_limit_keeps_seven_in_ten_near_its_multiples_after_saving_again() -> None:
    """Noise with coefficients at multiples of 6 on another grid, saved at 98: what the limit was reckoned for."""
    rng, waves = np.random.default_rng(4), basis()
    values = 6 * np.rint(rng.normal(0, 2, (24, 24, SIDE, SIDE)))
    plane = (waves.T @ values @ waves).transpose(0, 2, 1, 3).reshape(24 * SIDE, 24 * SIDE)
    plane = np.roll(np.clip(np.rint(plane + 128), 0, 255).astype(np.uint8), (3, 5), (0, 1))
    again = luminance(saved_again(np.repeat(plane[..., None], 3, axis=2), 98)).astype(float)
    blocks = again[3 : 3 + 23 * SIDE, 5 : 5 + 23 * SIDE].reshape(23, SIDE, 23, SIDE).transpose(0, 2, 1, 3)
    found = waves @ blocks @ waves.T
    off = found - 6 * np.rint(found / 6)
    least = least_steps(AT_98)
    for down, across in ((1, 2), (2, 5), (4, 3), (7, 6)):
        deviation = least[down, across] / 4.1
        assert np.std(off[..., down, across]) == pytest.approx(deviation, rel=0.25)


def test_a_part_with_a_table_of_a_camera_is_found_in_a_file_of_98(yard: Pixels, road: Pixels) -> None:
    """Steps of 1 to 3 up to the middle frequencies, unlike libjpeg's at any quality; votes do not tell it."""
    steps = dict(first_tables())["known table 7"]
    buffer, natural = io.BytesIO(), [0] * (SIDE * SIDE)
    for (down, across), step in zip(ZIGZAG, steps, strict=True):
        natural[SIDE * down + across] = step
    Pillow.fromarray(road[3:, 5:]).save(buffer, "JPEG", qtables=[natural, natural])
    with Pillow.open(buffer) as opened:
        part = np.array(opened.convert("RGB"), np.uint8)[240:304, 240:304]
    changed = yard.copy()
    changed[203:267, 301:365] = part
    luma = luminance(saved_again(changed, 98))
    assert not foreign_grids(tuple(votes(luma, zero=zero, but=0) for zero in (ZERO_SAVED, ZERO)), (0, 0))
    (one,) = foreign_steps(luma, OWN, AT_98)
    assert one.grid == (301 % 8, 203 % 8)
    assert "known table" in one.detail


def test_where_nothing_lies_outside_of_a_window_there_is_no_rest_to_differ_from() -> None:
    plain, noise = np.full((384, 384), 250, np.uint8), grey(384, 12)
    for luma, told in ((plain, 0), (noise, 1)):
        luma[83:163, 85:165] = at_multiples(92, 10)
        assert len(foreign_steps(luma, OWN, ())) == told
