"""A pasted part with another JPEG grid is found where the file can hold one; elsewhere the check is silent."""

import math

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageDraw

from provenance.forensics.blind import history, jpeg_grid
from provenance.forensics.blind.chance import ALARM_LOG10_NFA, log10_nfa
from provenance.forensics.blind.grid import foreign_grids
from provenance.forensics.blind.votes import NO_VOTE, luminance, votes, votes_by
from provenance.model.context import Context
from provenance.model.differences import Anomaly
from provenance.model.evidence import Trace
from provenance.model.outcome import Outcome, Ran, Skipped

from .conftest import Pixels, Saved, saved_again

PLACE = (slice(203, 203 + 64), slice(301, 301 + 64))


@pytest.fixture
def pasted(yard: Pixels, road: Pixels) -> Pixels:
    """64 x 64 pixels of another photograph, off the grid."""
    changed = yard.copy()
    changed[PLACE] = road[240:304, 240:304]
    return changed


def anomaly(outcome: Outcome) -> Anomaly:
    assert isinstance(outcome, Ran)
    (found,) = outcome.evidence
    assert isinstance(found, Anomaly)
    return found


@pytest.mark.parametrize(
    ("kind", "how"), [("PNG", {}), ("BMP", {}), ("JPEG", {"quality": 98}), ("JPEG", {"quality": 100})]
)
def test_a_pasted_part_is_found_and_its_number_can_be_computed_again(
    pasted: Pixels, saved: Saved, context: Context, kind: str, how: dict[str, int]
) -> None:
    found = anomaly(jpeg_grid.check(saved(pasted, kind, **how), context))
    (region,) = found.regions
    x, y, width, height = region.box_px
    inside = max(0, min(x + width, 365) - max(x, 301)) * max(0, min(y + height, 267) - max(y, 203))
    assert inside > 0.5 * width * height
    assert inside > 0.4 * 64 * 64
    again = log10_nfa(region.trials, region.hits, region.chance, region.tests)
    assert math.isclose(again, region.log10_nfa, abs_tol=1e-3)
    assert again <= ALARM_LOG10_NFA
    assert found.alarms_per_thousand == 0.25


@pytest.mark.parametrize("quality", [0, 98, 100])
@pytest.mark.parametrize("start", [0, 3])
def test_unaltered_pictures_raise_no_alarm(
    yard: Pixels, saved: Saved, context: Context, start: int, quality: int
) -> None:
    cut = yard[start:, 2 * start :]
    image = saved(cut, "JPEG", quality=quality) if quality else saved(cut)
    outcome = jpeg_grid.check(image, context)
    assert isinstance(outcome, Ran)
    assert not outcome.evidence


@pytest.mark.parametrize(
    ("kind", "how", "why"),
    [
        ("JPEG", {"quality": 85}, "below quality 98"),
        ("JPEG", {"quality": 97}, "below quality 98"),
        ("WEBP", {"quality": 90}, "format"),
        ("GIF", {}, "format"),
    ],
)
def test_it_abstains_where_saving_wiped_the_grid_out(
    pasted: Pixels, saved: Saved, context: Context, kind: str, how: dict[str, int], why: str
) -> None:
    outcome = jpeg_grid.check(saved(pasted, kind, **how), context)
    assert isinstance(outcome, Skipped)
    assert why in outcome.reason


def test_it_abstains_where_the_picture_was_resized_or_is_too_small(
    pasted: Pixels, saved: Saved, context: Context
) -> None:
    import cv2

    smaller = np.asarray(cv2.resize(pasted, None, fx=0.7, fy=0.7, interpolation=cv2.INTER_AREA), np.uint8)
    resized, small = (jpeg_grid.check(saved(one), context) for one in (smaller, pasted[:100, :100]))
    assert isinstance(resized, Skipped)
    assert "resized" in resized.reason
    assert isinstance(small, Skipped)
    assert "too small" in small.reason


@pytest.mark.parametrize("value", [0, 255])
def test_a_plain_picture_has_no_grid(saved: Saved, context: Context, value: int) -> None:
    assert isinstance(jpeg_grid.check(saved(np.full((200, 300, 3), value, np.uint8)), context), Skipped)


def test_history_tells_a_former_jpeg_and_where_it_was_cut(yard: Pixels, saved: Saved, context: Context) -> None:
    whole, cut = (history.check(saved(one), context) for one in (yard, yard[5:, 3:]))
    assert isinstance(whole, Ran)
    assert isinstance(cut, Ran)
    (first,), (second,) = whole.evidence, cut.evidence
    assert isinstance(first, Trace)
    assert not first.alters
    assert first.statement == "This PNG was a JPEG before it was saved as it is."
    assert "cut after that: the first whole block begins at 5, 3" in second.statement
    saved_again = history.check(saved(yard[5:, 3:], "JPEG", quality=99), context)
    assert isinstance(saved_again, Ran)
    assert "begins at 5, 3" in saved_again.evidence[0].statement


def textured(seed: int, amplitude: float, across: float, down: float) -> Pixels:
    """Smooth above, texture below."""
    rng = np.random.default_rng(seed)
    ground = cv2.GaussianBlur(rng.normal(0, 1, (512, 512)), (0, 0), 30)
    texture = cv2.GaussianBlur(rng.normal(0, 1, (512, 512)), (0, 0), across, sigmaY=down)
    texture[:256] = 0
    levels = (
        110 + 20 * ground / ground.std() + amplitude * texture / texture[256:].std() + rng.normal(0, 0.7, (512, 512))
    )
    return np.repeat(np.clip(levels, 0, 255).astype(np.uint8)[..., None], 3, axis=2)


@pytest.mark.parametrize(("first", "made"), [(60, (8, 1.0, 1.0)), (75, (14, 1.6, 0.6))])
def test_texture_of_a_picture_saved_twice_on_its_grid_is_no_part_from_elsewhere(
    saved: Saved, context: Context, first: int, made: tuple[float, float, float]
) -> None:
    once = saved_again(textured(1, *made), first)
    outcome = jpeg_grid.check(saved(once, "JPEG", quality=99), context)
    assert isinstance(outcome, Ran)
    assert not outcome.evidence
    once[203:267, 301:365] = once[300:364, 43:107]
    found = anomaly(jpeg_grid.check(saved(once, "JPEG", quality=99), context))
    assert all(abs(region.box_px[0] - 301) <= 24 and abs(region.box_px[1] - 203) <= 24 for region in found.regions)


def test_a_part_saved_finely_is_told_by_the_smaller_zeros_alone(
    yard: Pixels, road: Pixels, saved: Saved, context: Context
) -> None:
    """Grain and a quality of 97 leave so few zeros that up to a whole level other grids have as many."""
    grained = np.clip(road + np.random.default_rng(1).normal(0, 16, road.shape), 0, 255).astype(np.uint8)
    part, changed = (saved_again(one, quality) for one, quality in ((grained, 97), (yard, 75)))
    changed[PLACE] = part[240:304, 240:304]
    (region,) = anomaly(jpeg_grid.check(saved(changed, "JPEG", quality=100), context)).regions
    x, y, width, height = region.box_px
    assert abs(x + width / 2 - 333) < 16 and abs(y + height / 2 - 235) < 16


@pytest.mark.parametrize(("across", "told"), [(3, 1), (4, 0)])
def test_votes_half_a_block_along_a_line_of_the_pictures_grid_must_exceed_its_neighbours_by_more(
    across: int, told: int
) -> None:
    """45 % for one origin where another of the row has 12 %: texture does that half a block off, and only there."""
    rng = np.random.default_rng(3)
    cast = np.full((640, 640), NO_VOTE, np.uint8)
    part = rng.choice(np.array([across, 1, NO_VOTE], np.uint8), (192, 192), p=[0.45, 0.12, 0.43])
    cast[80:272, 160:352] = part
    assert len(foreign_grids((cast,), (0, 0))) == told


@pytest.mark.parametrize(("quality", "sampling"), [(98, 2), (99, 0), (100, 2)])
@pytest.mark.parametrize("start", [(5, 6), (2, 1)])
def test_lines_of_a_screenshot_that_recur_every_two_blocks_are_no_part_from_elsewhere(
    yard: Pixels, saved: Saved, context: Context, quality: int, sampling: int, start: tuple[int, int]
) -> None:
    """Blocks of one origin are then alike all along the page: each lies between two lines, or on one."""
    page = Pillow.new("RGB", (640, 560), (245, 245, 247))
    page.paste(Pillow.fromarray(yard).resize((600, 330)), (20, 20))
    words = "people said that the road was closed on monday " * 2
    for line in range(9):
        ImageDraw.Draw(page).text((start[0] + 56, start[1] + 384 + 16 * line), words, fill=(30, 30, 30))
    outcome = jpeg_grid.check(saved(np.array(page), "JPEG", quality=quality, subsampling=sampling), context)
    assert isinstance(outcome, Ran)
    assert not outcome.evidence


def test_where_a_grid_has_no_votes_outside_of_a_part_its_chance_is_one_of_all_grids() -> None:
    """Half of the pixels of 96 x 96 vote for one grid: 72 of 144 trials, 1 in 64 each."""
    cast = np.full((320, 320), NO_VOTE, np.uint8)
    cast[80:176, 160:256:2] = 8 * 5 + 3
    (found,) = foreign_grids((cast,), (0, 0))
    assert (found.window, found.trials, found.hits) == ((160, 80, 96, 96), 144, 72)
    assert found.chance == pytest.approx(1 / (8 * 8), abs=1e-6)


@pytest.mark.parametrize(("inside", "outside", "told"), [(0.3, 0.17, 0), (0.6, 0.17, 1), (0.22, 0.0, 1), (0.1, 0.0, 0)])
def test_neither_few_votes_nor_what_is_common_elsewhere_is_a_part(inside: float, outside: float, told: int) -> None:
    rng = np.random.default_rng(7)
    cast = np.where(rng.random((640, 640)) < outside, 8 * 5 + 3, NO_VOTE).astype(np.uint8)
    cast[80:336, 160:416] = np.where(rng.random((256, 256)) < inside, 8 * 5 + 3, NO_VOTE)
    assert len(foreign_grids((cast,), (0, 0))) == told


@pytest.mark.parametrize(("scale", "quality"), [(0.99, 100), (1.01, 100), (1.01, 98), (1.02, 100)])
def test_a_grid_that_runs_in_steps_is_that_of_a_picture_resized_a_little(
    yard: Pixels, saved: Saved, context: Context, scale: float, quality: int
) -> None:
    resized = np.asarray(cv2.resize(yard, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR), np.uint8)
    image = saved(resized, "JPEG", quality=quality)
    seen = jpeg_grid.grids(image, context.limits)
    assert foreign_grids(seen.casts, seen.main.origin if seen.own is None else seen.own)
    outcome = jpeg_grid.check(image, context)
    assert isinstance(outcome, Skipped)
    assert "resized a little" in outcome.reason


def test_votes_by_several_sizes_are_those_by_each(yard: Pixels) -> None:
    luma = luminance(saved_again(yard, 80))
    for zero, cast in zip((1.0, 0.5), votes_by(luma, (1.0, 0.5), but=0), strict=True):
        assert (cast == votes(luma, zero=zero, but=0)).all()
        assert not (cast == 0).any()
