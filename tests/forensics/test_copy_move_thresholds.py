"""Where the search for copies draws its lines, each from both sides."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from provenance.forensics.copy_move import points
from provenance.forensics.copy_move.against import softenings
from provenance.forensics.copy_move.exactness import Exact, Least, _surest, exact
from provenance.forensics.copy_move.identical import identical
from provenance.forensics.copy_move.likeness import Window, alike
from provenance.forensics.copy_move.no_copy import drawn, framed
from provenance.forensics.copy_move.points import Pairs
from provenance.forensics.copy_move.shifts import shifts, sound
from provenance.forensics.copy_move.within import drawn_share, holds_colour_noise

from .conftest import Checked, scene

Floats = NDArray[np.float32]
WHOLE = np.s_[0:6, 0:6]
AWAY = np.array([[1.0, 0, 96], [0, 1.0, 0]])
_FINE = 1 - 2 / (2 * np.pi) + 1 / (4 * np.pi)
"""Of the energy of white noise, what is left without a blur of one pixel."""


def noise(energy: float, seed: int, shape: tuple[int, int] = (96, 192)) -> Floats:
    """White, with so much fine detail."""
    return np.random.default_rng(seed).normal(0, np.sqrt(energy / _FINE), shape).astype(np.float32)


def repeated(plane: Floats) -> Floats:
    plane[:, 96:] = plane[:, :96]
    return plane


def asked(light: float, colour: float = 0.0) -> Exact | None:
    """A copy all of whose cells have fine detail of such energies, in luminance and in both colours."""
    grey = repeated(120 + noise(light, 1))
    red, blue = (np.rint(repeated(noise(max(colour / 2 - _FINE / 12, 0), seed))).astype(np.int16) for seed in (2, 3))
    return exact((grey, red, blue), AWAY, (0, 0, 96, 96), Least(), 1)


@pytest.mark.parametrize(("energy", "told"), [(0.65, False), (1.6, True)])
def test_a_cell_speaks_from_one_squared_level_of_fine_detail_on(energy: float, told: bool) -> None:
    assert (asked(energy) is not None) is told


@pytest.mark.parametrize(("energy", "chance"), [(1.3, 0.15), (3.2, 0.05)])
def test_and_its_colours_from_two_on(energy: float, chance: float) -> None:
    found = asked(30.0, energy)
    assert found is not None
    assert found.found.chance == chance


@pytest.mark.parametrize(
    ("share", "colours", "chance"),
    [(0.01, False, 0.15), (0.03, False, 0.25), (0.08, False, None), (0.12, True, 0.05), (0.2, True, None)],
)
def test_a_cell_is_equal_by_what_is_left_of_its_energy(share: float, colours: bool, chance: float | None) -> None:
    """To 2 % in light, to 5 %, or to 15 % in light and colours; so much of it is other noise."""
    grey = repeated(120 + noise(400, 1))
    grey[:, 96:] += noise(400 * share, 2, (96, 96))
    red = repeated(noise(400 * colours, 3))
    red[:, 96:] += noise(400 * colours * share, 4, (96, 96))
    levels = np.rint(red).astype(np.int16)
    found = exact((grey, levels, np.zeros_like(levels)), AWAY, (0, 0, 96, 96), Least(), 1)
    assert (None if found is None else found.found.chance) == chance


@pytest.mark.parametrize(("hits", "told"), [(8, False), (9, True)])
def test_a_window_needs_nine_equal_cells(hits: int, told: bool) -> None:
    equal = np.zeros((12, 12), bool)
    equal[4:7, 4:7] = np.arange(9).reshape(3, 3) < hits
    found = _surest(equal, equal, np.full((12, 12), 900.0), 0.05, 1)
    assert (found is not None) is told


@pytest.mark.parametrize(("share", "said"), [(0.4, False), (0.6, True)])
def test_what_has_half_its_neighbours_alike_is_drawn(share: float, said: bool) -> None:
    rng = np.random.default_rng(4)
    steps = np.where(rng.random((48, 48)) < share, 0, 7)
    levels = np.asarray(np.cumsum(steps, axis=1), np.float32)
    assert drawn(levels, np.ones((6, 6), bool), WHOLE) is said


@pytest.mark.parametrize(("away_px", "said"), [(20, True), (28, True), (36, False), (60, False)])
def test_an_ornament_lies_within_32_pixels_of_the_edge(away_px: int, said: bool) -> None:
    hit = np.zeros((1, 6), bool)
    hit[0, 1:5] = True
    assert framed(hit, np.s_[0:1, 0:6], (200, away_px - 4), AWAY, (600, 800)) is said


def patches(rows: int, columns: int, added: float = 0.0, differs: tuple[int, ...] = (), energy: float = 30.0) -> Floats:
    """Plain but for two parts of so many cells, 96 pixels apart, alike but for some noise and some cells."""
    grey = np.full((96, 208), 120.0, np.float32)
    height, width = 8 * rows, 8 * columns
    part = noise(energy, 5, (height, width))
    grey[16 : 16 + height, 16 : 16 + width] += part
    other = part + noise(energy * added, 6, (height, width))
    for number in differs:
        row, column = divmod(number, columns)
        other[8 * row : 8 * row + 8, 8 * column : 8 * column + 8] = noise(energy, 7 + number, (8, 8))
    grey[16 : 16 + height, 112 : 112 + width] += other
    return grey


@pytest.mark.parametrize(("rows", "columns", "found"), [(2, 3, False), (3, 3, True)])
def test_a_window_has_eight_cells_that_look_alike(rows: int, columns: int, found: bool) -> None:
    assert isinstance(alike(patches(rows, columns), AWAY), Window) is found


@pytest.mark.parametrize(("differs", "found"), [((5, 6, 9, 10), True), ((0, 5, 6, 9, 10), False)])
def test_three_in_four_of_them_do(differs: tuple[int, ...], found: bool) -> None:
    """Those that do not lie in the middle of four by four, so that no smaller window has fewer."""
    assert isinstance(alike(patches(4, 4, differs=differs), AWAY), Window) is found


@pytest.mark.parametrize(("added", "found"), [(0.3, True), (3.0, False)])
def test_cells_look_alike_from_a_correlation_of_0_7_on(added: float, found: bool) -> None:
    assert isinstance(alike(patches(6, 6, added), AWAY), Window) is found


@pytest.mark.parametrize(("band", "found"), [(0.6, False), (1.7, True)])
def test_cells_look_alike_only_with_a_squared_level_between_both_blurs(band: float, found: bool) -> None:
    """Blurs of 0.7 and 2.5 pixels leave 0.128 of the energy of white noise between them."""
    assert isinstance(alike(patches(6, 6, energy=band * _FINE / 0.128), AWAY), Window) is found


@pytest.mark.parametrize(("likeness", "paired"), [(0.92, False), (0.94, True)])
def test_points_are_paired_from_a_likeness_of_0_93_on(likeness: float, paired: bool) -> None:
    features = np.array([[1, 0], [likeness, np.sqrt(1 - likeness**2)]], np.float32)
    first, _, _ = points._nearest(features, np.array([[0, 0], [90, 0]], np.float32))
    assert bool(len(first)) is paired


@pytest.mark.parametrize(("away_px", "paired"), [(23, False), (25, True)])
def test_points_nearer_than_24_pixels_are_not_paired(away_px: int, paired: bool) -> None:
    first, _, _ = points._nearest(np.ones((2, 1), np.float32), np.array([[0, 0], [away_px, 0]], np.float32))
    assert bool(len(first)) is paired


def test_a_point_has_three_partners() -> None:
    first, second, _ = points._nearest(np.ones((9, 1), np.float32), np.arange(18, dtype=np.float32).reshape(9, 2) * 50)
    pairs = {frozenset(one) for one in zip(first.tolist(), second.tolist(), strict=True)}
    assert pairs == {frozenset((a, b)) for a in range(9) for b in range(9) if a != b and min(a, b) < 4} - {
        frozenset((3, b)) for b in range(4, 9)
    }


@pytest.mark.parametrize(
    ("across", "down", "said"),
    [
        (0.42, 0.42, True),
        (0.38, 0.38, False),
        (2.4, 2.4, True),
        (2.6, 2.6, False),
        (1.5, 1.0, True),
        (1.7, 1.0, False),
    ],
)
def test_copies_are_scaled_by_so_much_and_stretched_by_less(across: float, down: float, said: bool) -> None:
    assert sound(np.array([[across, 0, 5.0], [0, down, 7.0]])) is said


@pytest.mark.parametrize(("count", "told"), [(3, False), (4, True)])
def test_four_pairs_make_a_likeness(count: int, told: bool) -> None:
    start = np.array([[0, 0], [40, 3], [8, 44], [37, 29]], np.float32)[:count]
    ones = np.ones(count, np.float32)
    found = Pairs(start=start, end=start + np.float32(300), turn_rad=0 * ones, scale=ones, likeness=ones)
    assert bool(shifts(found)) is told


@pytest.mark.parametrize(("reduced", "count"), [(1.0, 1), (1.05, 1), (1.2, 2)])
def test_what_is_made_smaller_by_a_tenth_may_be_softened(reduced: float, count: int) -> None:
    assert len(softenings(np.array([[reduced, 0, 0], [0, reduced, 0.0]]))) == count


@pytest.mark.parametrize(("energy", "there"), [(0.65, False), (1.6, True)])
def test_noise_of_colours_is_gone_below_one_squared_level(energy: float, there: bool) -> None:
    """All in red less green."""
    grey = np.full((160, 160, 3), 120, np.float64)
    grey[..., 0] += noise(energy * 1.35 - _FINE / 12, 9, (160, 160))  # a tenth of the cells have a quarter less
    assert holds_colour_noise(np.clip(np.rint(grey), 0, 255).astype(np.uint8)) is there


@pytest.mark.parametrize(("rows", "burnt", "there"), [(2, 0, True), (4, 0, False), (4, 4, True)])
def test_a_tenth_of_the_cells_may_be_without_unless_they_are_burnt_out(rows: int, burnt: int, there: bool) -> None:
    """So many of 20 rows of cells are grey, the last of which has some noise from the next; and so many of 8 columns
    of their pixels white, so that they are not asked."""
    pixels = scene(160, 160)
    grey = np.median(pixels[: 8 * rows], 2, keepdims=True).astype(np.uint8)
    grey[:, np.arange(160) % 8 < burnt] = 255
    pixels[: 8 * rows] = grey
    assert holds_colour_noise(pixels) is there


@pytest.mark.parametrize(("raised", "share"), [(12, 1.0), (32, 0.0)])
def test_a_block_has_no_detail_below_a_quarter_of_a_squared_level(raised: int, share: float) -> None:
    """So many of its 64 pixels are one level higher: a variance of 0.15, and of 0.25."""
    block = (np.arange(64) < raised).reshape(8, 8)
    pixels = np.repeat(np.tile(block, (5, 5))[..., None], 3, 2).astype(np.uint8) + np.uint8(90)
    assert drawn_share(pixels) == share


@pytest.mark.parametrize(("share", "judged"), [(0.3, True), (0.37, False)])
def test_of_a_picture_a_third_may_be_without_detail(checked: Checked, share: float, judged: bool) -> None:
    pixels = scene(256, 264)
    pixels[: round(32 * share) * 8] = 140
    assert ("no detail at all" not in str(checked(pixels))) is judged


def test_four_cells_are_a_copy_where_every_pixel_is_equal_and_one_in_ten_thousand_is_by_chance() -> None:
    pixels = scene(192, 288)
    pixels[75:91, 187:203] = pixels[56:72, 24:40]
    (found,) = identical(pixels, 1.0)
    assert (found.found.trials, found.found.hits) == (9, 4)
    assert found.found.log10_nfa == pytest.approx(math.log10(found.found.tests * math.comb(9, 4)) - 16, abs=0.01)
