"""When a cell equals its partner, and the number of false alarms of a window of such cells."""

from __future__ import annotations

import math

import numpy as np
import pytest

from provenance.forensics.blind.chance import log10_nfa
from provenance.forensics.copy_move.against import planes
from provenance.forensics.copy_move.exactness import Exact, Least, exact
from provenance.forensics.copy_move.within import holds_colour_noise, least_detail

from .conftest import Pixels, scene

BOX = (32, 32, 96, 96)
AWAY = np.array([[1.0, 0, 112], [0, 1.0, 16]])


def pair(grain: float = 0.0, colour: float = 0.0, side: int = 48) -> Pixels:
    """A part and its copy 112 pixels on and 16 down, with a little grain, in grey and in red less green."""
    pixels = scene(192, 288).astype(np.float64)
    part = pixels[56 : 56 + side, 56 : 56 + side]
    rng = np.random.default_rng(4)
    added = rng.normal(0, 1, (side, side, 1)) * grain + rng.normal(0, colour, (side, side, 1)) * (1, -0.51, 0)
    pixels[72 : 72 + side, 168 : 168 + side] = part + added
    return np.clip(np.round(pixels), 0, 255).astype(np.uint8)


def asked(pixels: Pixels, least: Least | None = None, tests: int = 1000, away: np.ndarray = AWAY) -> Exact | None:
    return exact(planes(pixels), away, BOX, least or Least(), tests)


@pytest.mark.parametrize(
    ("grain", "colour", "chance"),
    [(0.0, 0.0, 0.05), (0.7, 0.0, 0.05), (0.25, 3.0, 0.15), (0.5, 3.0, 0.25), (0.7, 3.0, None), (1.3, 0.0, None)],
)
def test_the_more_of_a_cell_is_equal_the_rarer_it_is(grain: float, colour: float, chance: float | None) -> None:
    """In light and colours to 15 %, in light to 2 %, to 5 %, of the energy of its fine detail; else it is not equal."""
    found = asked(pair(grain, colour))
    if chance is None:
        assert found is None
        return
    assert found is not None
    one = found.found
    assert (one.trials, one.hits, one.chance, one.window) == (16, 16, chance, (64, 64, 32, 32))
    assert one.log10_nfa == pytest.approx(3 + 16 * math.log10(chance))


def test_some_cells_may_differ_and_are_trials_all_the_same() -> None:
    found = asked(pair(1.0))
    assert found is not None
    assert 9 <= found.found.hits < found.found.trials == 16
    tail = log10_nfa(16, found.found.hits, 0.05, 1000)
    assert found.found.log10_nfa == pytest.approx(tail)


def test_what_was_tried_more_often_is_less_of_a_surprise() -> None:
    assert asked(pair(), tests=10**17) is not None
    assert asked(pair(), tests=10**18) is None


def test_cells_with_less_detail_than_saving_leaves_do_not_speak() -> None:
    assert asked(pair(), Least(light=1e4)) is None
    found = asked(pair(), Least(colours=1e4))
    assert found is not None
    assert found.found.chance == 0.15


@pytest.mark.parametrize("across", [32, 47])
def test_a_window_is_no_wider_than_its_partner_is_away(across: int) -> None:
    """The same grain comes again after so many pixels, ever on."""
    part = scene(192, across, seed=8)
    found = asked(np.tile(part, (1, 8, 1)), away=np.array([[1.0, 0, across], [0, 1.0, 0]]))
    assert found is not None
    assert found.found.window[2] == 32


def test_least_detail_is_that_of_eight_coefficients_of_one_step() -> None:
    """An orthonormal transform keeps energy: eight of size 7 among the 64 pixels of a block; twice two in colours."""
    table = (2,) * 20 + (7,) * 30 + (50,) * 14
    least = least_detail(table, (3,) * 64)
    assert least.light == pytest.approx(8 * 7**2 / 64)
    assert least.colours == pytest.approx(4 * 8 * 3**2 / 64)
    assert least_detail(table, ()).colours == pytest.approx(4 * 8 * 7**2 / 64)
    assert least_detail((), ()) == Least()


@pytest.mark.parametrize(("quiet", "there"), [(0.05, True), (0.15, False)])
def test_noise_of_colours_is_there_unless_it_is_gone_in_a_tenth_of_the_cells(quiet: float, there: bool) -> None:
    """Burnt-out cells, which have none in any picture, are not asked."""
    pixels = scene(160, 160)
    rows = round(20 * quiet) * 8
    pixels[:rows] = np.median(pixels, 2, keepdims=True).astype(np.uint8)[:rows]
    pixels[-40:] = 255
    assert holds_colour_noise(pixels) is there
