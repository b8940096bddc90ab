"""The answers, the rule of the overlapping view, and the chance stated with a copy."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageOps

from provenance.fingerprint.local.encode import coded, features, query
from provenance.matching.points import chance, geometry, scoring, settling
from provenance.matching.points.agreement import Agreement
from provenance.matching.points.hypotheses import FINAL_SHARE
from provenance.matching.points.pairing import guided, sides
from provenance.matching.sighted import Sighting, sighted
from provenance.model.matches import Answer
from tests.matching.pictures import copy_of, sample


def laid(asked: Pillow.Image, reference: Pillow.Image) -> Sighting:
    found = sighted(query(copy_of(asked)), features(copy_of(reference)), "reference", mirrored=False)
    assert found is not None
    return found


def agreement(asked: Pillow.Image, reference: Pillow.Image) -> Agreement:
    return laid(asked, reference).laid.agreement


def test_what_covers_a_hundredth_of_the_query_is_a_shared_element_however_much_of_the_reference_it_is() -> None:
    yard = sample("reference/railcar_yard.jpg")
    measured = agreement(yard, yard)
    assert scoring.answer(measured) is Answer.COPY
    assert scoring.answer(replace(measured, hull_query=0.01)) is Answer.SHARED_ELEMENT
    assert scoring.answer(replace(measured, hull_query=0.02, hull_reference=0.02)) is Answer.SHARED_ELEMENT
    assert scoring.answer(replace(measured, hull_query=0.02, hull_reference=0.5)) is Answer.COPY


def test_two_windows_of_one_view_overlap_and_a_crop_does_not() -> None:
    yard = sample("reference/railcar_yard.jpg")
    left, right = yard.crop((0, 0, 850, 800)), yard.crop((300, 0, 1200, 760))
    assert scoring.overlapping_view(agreement(left, right))
    assert scoring.overlapping_view(agreement(right, left))
    assert not scoring.overlapping_view(agreement(yard.crop((100, 50, 900, 700)), yard))
    assert not scoring.overlapping_view(agreement(yard, yard.crop((100, 50, 900, 700))))


def test_a_post_that_cuts_the_picture_is_no_overlapping_view() -> None:
    yard = sample("reference/railcar_yard.jpg")
    page = Pillow.new("RGB", (700, 900), "white")
    page.paste(ImageOps.fit(yard, (700, 600)), (0, 120))
    measured = agreement(page, yard)
    assert not scoring.overlapping_view(measured)
    assert scoring.answer(measured) is Answer.COPY


def test_blocks_outside_the_matched_hull_do_not_speak_against_a_copy() -> None:
    yard = sample("reference/railcar_yard.jpg")
    page = Pillow.new("RGB", (600, 1000), "white")
    page.paste(ImageOps.fit(sample("stranger.jpg"), (600, 1000)), (0, 0))
    page.paste(ImageOps.fit(yard, (500, 500)), (50, 250))
    measured = agreement(page, yard)
    assert measured.blocks_alike < 0.9 < 0.95 < measured.inside_alike
    assert scoring.answer(measured) is Answer.COPY


def test_things_moved_before_a_fixed_camera_are_no_copy() -> None:
    measured = agreement(sample("reference/yard_empty.jpg"), sample("reference/railcar_yard.jpg"))
    assert scoring.answer(measured) is not Answer.COPY


def test_wrong_pairs_do_not_tilt_the_settled_transform() -> None:
    yard = sample("reference/railcar_yard.jpg")
    copy = copy_of(yard)
    asked, kept = query(copy), features(copy)
    both = sides(asked.plain, asked.projections[0], coded(kept))
    tilted = geometry.scaling((asked.plain.width_px, asked.plain.height_px), (kept.width_px, kept.height_px))
    tilted[2, 0] = 8e-6
    pairs = guided(both, tilted, FINAL_SHARE * kept.width_px)
    transform, settled = settling.settled(both, tilted, pairs, kept.width_px)
    assert len(settled) >= len(pairs)
    off = geometry.apply(transform, both.query_xy[settled.query]) - both.reference_xy[settled.reference]
    assert np.median(np.hypot(*off.T)) < 0.2


def test_the_surer_a_copy_the_rarer_a_stranger_and_larger_sets_hold_more_of_them() -> None:
    margins = np.linspace(chance.THRESHOLD, chance.THRESHOLD + 30, 50)
    told = [chance.one_false_match_in(float(margin), chance.PICTURES) for margin in margins]
    assert told == sorted(told)
    assert told[-1] <= chance.SEARCHES
    assert chance.one_false_match_in(20.0, 10 * chance.PICTURES) <= told[-1] // 5
    assert chance.one_false_match_in(20.0, 1) == told[-1]
    assert chance.one_false_match_in(chance.THRESHOLD - 1, 100) == 0


@pytest.mark.parametrize("shift", [0.0, 1e-7, -1e-7, 1e-5, -1e-4])
def test_a_frame_that_coincides_with_the_picture_but_for_rounding_overlaps_all_of_it(shift: float) -> None:
    frame = geometry.corners(512, 341)
    moved = frame + shift * np.array([[1, 1], [-1, 1], [1, -1], [-1, 1]])
    whole = geometry.area_px(frame)
    assert geometry.area_px(geometry.overlap(moved, 512, 341)) == pytest.approx(whole, rel=1e-4)
    assert geometry.area_px(geometry.common(moved, frame[::-1])) == pytest.approx(whole, rel=1e-4)
    assert geometry.inside(np.array([[5.0, 5.0], [600.0, 5.0]]), moved) == 1
