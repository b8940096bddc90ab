"""Blocks ranked among those around them: no more hits than chance gives where no grid is, many more where one is."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow

from provenance.forensics.blind.grid import foreign_grids
from provenance.forensics.blind.quieter import quieter_parts
from provenance.forensics.blind.ranks import Ranks, kinds, ranked
from provenance.forensics.blind.votes import GRIDS, NO_VOTE, SIDE

from .conftest import Pixels

TESTS = 1_000_000


def grain(tall: int, wide: int, seed: int = 1) -> Pixels:
    rng = np.random.default_rng(seed)
    soft = cv2.GaussianBlur(rng.normal(0, 1, (tall, wide)), (0, 0), 1.2)
    return np.clip(120 + 8 * soft / soft.std(), 0, 255).astype(np.uint8)


def saved_at(luma: Pixels, quality: int) -> Pixels:
    buffer = io.BytesIO()
    Pillow.fromarray(luma).save(buffer, "JPEG", quality=quality)
    with Pillow.open(buffer) as opened:
        return np.array(opened, np.uint8)


def shares(ranks: Ranks) -> list[float]:
    """Of every origin that is ranked, hits of those that say something."""
    of = {one: ranks.told[one // SIDE :: SIDE, one % SIDE :: SIDE] for kind in ranks.three for one in kind.names}
    return [float((told == 1).sum() / (told != NO_VOTE).sum()) for told in of.values()]


@pytest.mark.parametrize(
    ("main", "own", "missing"), [((0, 0), (0, 0), {0}), ((3, 5), None, {43}), ((3, 5), (0, 0), {0, 43})]
)
def test_every_origin_but_the_pictures_own_is_of_one_kind(
    main: tuple[int, int], own: tuple[int, int] | None, missing: set[int]
) -> None:
    off, rows, columns = kinds(main, own)
    assert {one // SIDE for one in rows.names} == {main[1]} and {one % SIDE for one in columns.names} == {main[0]}
    assert sorted([*off.names, *rows.names, *columns.names]) == sorted(set(range(GRIDS)) - missing)


@pytest.mark.parametrize("own", [None, (0, 0)])
def test_where_no_grid_is_each_origin_is_a_hit_as_often_as_chance_says(own: tuple[int, int] | None) -> None:
    ranks = ranked(grain(1100, 700), (0, 0), own)
    off = len(ranks.three[0].names)
    met = shares(ranks)
    assert all(one.chance in {6 / 49, 1 / 7} for one in ranks.three)
    assert np.mean(met[:off]) == pytest.approx(6 / 49, abs=0.01)
    assert np.mean(met[off:]) == pytest.approx(1 / 7, abs=0.01)
    assert max(met) < 0.2
    assert not quieter_parts(ranks, (0, 0), TESTS)


def test_strips_are_ranked_as_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    luma = grain(1100, 120)
    told = ranked(luma, (3, 5), (0, 0)).told
    monkeypatch.setattr("provenance.forensics.blind.ranks._STRIP_ROWS", 2048)
    assert (ranked(luma, (3, 5), (0, 0)).told == told).all()


def test_plain_blocks_and_the_edge_say_nothing() -> None:
    luma = grain(200, 200)
    luma[80:140] = 90
    told = ranked(luma, (0, 0), None).told
    assert (told[80:132] == NO_VOTE).all()
    assert (told[:8] == NO_VOTE).all() and (told[:, -15:] == NO_VOTE).all()
    assert not quieter_parts(ranked(np.full((200, 200), 90, np.uint8), (0, 0), None), (0, 0), TESTS)


def test_a_grid_is_told_where_it_lies_and_once() -> None:
    luma = grain(320, 400)
    luma[101:181, 203:283] = saved_at(grain(160, 160, seed=2), 92)[40:120, 40:120]
    found = sorted(quieter_parts(ranked(luma, (0, 0), None), (0, 0), TESTS), key=lambda one: one.log10_nfa)
    first = found[0]
    assert first.detail == "grid from 3, 5 where the rest has 0, 0, by ranks"
    x, y, width, height = first.window
    assert x % 8 == 3 and y % 8 == 5
    assert 195 <= x < x + width <= 291 and 93 <= y < y + height <= 189
    rows, columns = np.nonzero(first.cells)
    assert abs(8 * rows.mean() + 4 - 141) < 8 and abs(8 * columns.mean() + 4 - 243) < 8
    assert first.cells.sum() == pytest.approx(100, abs=30)


@pytest.mark.parametrize(
    ("inside", "outside", "side", "told"),
    [(0.22, 0.05, 60, 0), (0.5, 0.3, 60, 0), (0.5, 0.05, 16, 1), (0.75, 0.12, 9, 1)],
)
def test_neither_a_slight_surplus_over_most_of_a_picture_nor_what_is_common_elsewhere_is_a_part(
    inside: float, outside: float, side: int, told: int
) -> None:
    """Textures give an origin a few more hits than chance, over large parts; a part of another grid gives it half."""
    rng = np.random.default_rng(2)
    hits = rng.random((80, 80)) < outside
    hits[10 : 10 + side, 10 : 10 + side] = rng.random((side, side)) < inside
    blocks = np.zeros((640, 640), np.uint8)
    blocks[5::8, 3::8] = hits
    found = quieter_parts(Ranks(three=kinds((0, 0), None), told=blocks), (0, 0), TESTS)
    assert len(found) == told
    for one in found:
        assert abs(one.window[0] - 83) <= 40 and abs(one.window[1] - 85) <= 40


def test_origins_half_a_block_from_the_pictures_grid_are_not_told_by_ranks() -> None:
    blocks = np.zeros((640, 640), np.uint8)
    for origin in (8 * 5 + 3, 8 * 4 + 3, 8 * 5 + 4):
        blocks[origin // 8 :: 8, origin % 8 :: 8][10:26, 10:26] = 1
    for main, told in (((0, 0), {"3, 5"}), ((7, 0), {"4, 5"}), ((0, 1), {"3, 4"})):
        found = quieter_parts(Ranks(three=kinds(main, None), told=blocks), main, TESTS)
        assert {one.detail.removeprefix("grid from ").split(" where")[0] for one in found} == told


@pytest.mark.parametrize(("across", "told"), [(3, 1), (4, 0)])
def test_votes_half_a_block_along_a_line_of_the_pictures_grid_must_exceed_its_neighbours_by_more(
    across: int, told: int
) -> None:
    """45 % for one origin where another of the row has 12 %: texture does that half a block off, and only there."""
    rng = np.random.default_rng(3)
    cast = np.full((640, 640), NO_VOTE, np.uint8)
    part = rng.choice(np.array([across, 1, NO_VOTE], np.uint8), (192, 192), p=[0.45, 0.12, 0.43])
    cast[80:272, 160:352] = part
    assert len(foreign_grids((cast,), None, (0, 0))) == told
