"""What moved stands in both pictures: two photographs of one scene, or a part moved by hand, and no part put in."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from benchmarks.forensics.altered import OPERATIONS, altered
from benchmarks.forensics.benign import Pixels, jpeg
from provenance.forensics.comparison import told
from provenance.forensics.comparison.compare import MOVED
from provenance.forensics.comparison.moving import moved
from provenance.model.differences import Compared
from provenance.model.image import WorkingCopy
from provenance.model.matches import Alignment, Answer, Match, Reference
from provenance.model.publication import CopyKind
from provenance.model.source import Source, SourceKind

from .laying import laid

THINGS = ((110, 140, 14.0, 5.0, 2.0), (230, 420, -9.0, 3.0, -3.0))
"""Row and column, then by how many pixels and degrees the thing moves."""


def frame(scene: Pixels, things: Pixels, time: float, seed: int) -> Pixels:
    """The scene with two things of another picture before it, each on its way, and grain of its own."""
    shown = scene.astype(np.float32)
    for row, column, across, down, turn_deg in THINGS:
        turn = cv2.getRotationMatrix2D((column, row), time * turn_deg, 1.0)
        turn[:, 2] += np.array([time * across, time * down])
        outline = np.zeros(scene.shape[:2], np.float32)
        cv2.ellipse(outline, (column, row), (34, 26), 0, 0, 360, 1.0, -1)
        size = scene.shape[1::-1]
        share = cv2.GaussianBlur(cv2.warpAffine(outline, turn, size), (0, 0), 0.8)[..., None]
        other = cv2.warpAffine(cv2.resize(things, size), turn, size, flags=cv2.INTER_CUBIC)
        shown = shown * (1 - share) + other * share
    grain = np.random.default_rng(seed).normal(0, 2.0, shown.shape)
    return jpeg(np.clip(shown + grain, 0, 255).astype(np.uint8), 92)


def pulled(picture: Pixels) -> Pixels:
    """A part drawn to the right by hand: it passes steadily into what stands still."""
    height, width = picture.shape[:2]
    part = np.zeros((height, width), np.float32)
    cv2.ellipse(part, (width // 2, height // 2), (width // 5, height // 5), 0, 0, 360, 9.0, -1)
    down, across = np.mgrid[:height, :width].astype(np.float32)
    way = cv2.INTER_CUBIC
    return np.asarray(
        cv2.remap(picture, across + cv2.GaussianBlur(part, (0, 0), 20), down, way, borderMode=4), np.uint8
    )


def matched(*, query_share: float, reference_share: float) -> Match:
    whole = ((0.0, 0.0), (640.0, 0.0), (640.0, 400.0), (0.0, 400.0))
    lies = Alignment(
        points=90, points_in_view=100, query_share=query_share, reference_share=reference_share, residual_share=0.0,
        log_odds=9.0, query_region=whole, reference_region=whole, turn_deg=0.0, scale=1.0, mirrored=False,
        parallax=0.0, overlapping_view=False, blocks=0, blocks_alike=0.0, matrix=(1, 0, 0, 0, 1, 0, 0, 0, 1), pairs=(),
    )  # fmt: skip
    return Match(
        source=Source(kind=SourceKind.PROGRAM, name="this program", origin="this check"), statement="It is in it.",
        method="search", reference=Reference(image_id="ab" * 32, name="a.jpg", set_name="one"), answer=Answer.COPY,
        copy=CopyKind.NEAR, fingerprint="sift300/1", distance_bits=0, radius_bits=0, transform="as it is",
        alignment=lies,
    )  # fmt: skip


def test_frames_between_which_things_moved_are_not_said_to_differ(photographs: list[Pixels]) -> None:
    for number, scene in enumerate(photographs):
        things = photographs[number - 1]
        found = laid(frame(scene, things, 1, 2), frame(scene, things, 0, 1))
        assert (found.outcome, found.reason) == (Compared.NOT_JUDGED, MOVED)
        assert found.regions
        assert found.log10_nfa == 0


@pytest.mark.parametrize("operation", OPERATIONS)
def test_what_was_put_in_did_not_move(operation: str, photographs: list[Pixels]) -> None:
    for number, picture in enumerate(photographs):
        changed, _ = altered(picture, photographs[number - 1], operation, np.random.default_rng([4, number]), (0.04,))
        assert laid(jpeg(changed, 92), picture).outcome is Compared.DIFFERS


def test_a_small_part_moved_by_hand_does_not_speak_for_a_larger_one_put_in(photographs: list[Pixels]) -> None:
    """The splice lies far from it and stands in one picture alone."""
    yard, road, _ = photographs
    for picture, donor in ((yard, road), (road, yard)):
        changed = picture.copy()
        changed[210:310, 400:560] = donor[100:200, 200:360]
        here, there = (slice(60, 100), slice(100, 150)), (slice(69, 109), slice(112, 162))
        part = picture[here].copy()
        changed[here] = cv2.GaussianBlur(part, (0, 0), 9)
        changed[there] = part
        assert laid(jpeg(changed, 92), picture).outcome is Compared.DIFFERS


def test_a_thing_that_only_came_did_not_move(photographs: list[Pixels]) -> None:
    scene, things = photographs[:2]
    grain = np.random.default_rng(1).normal(0, 2.0, scene.shape)
    without = jpeg(np.clip(scene + grain, 0, 255).astype(np.uint8), 92)
    assert laid(frame(scene, things, 0, 2), without).outcome is Compared.DIFFERS


def test_a_part_that_passes_steadily_into_the_rest_was_pulled(photographs: list[Pixels]) -> None:
    for picture in photographs:
        assert laid(jpeg(pulled(picture), 92), picture).outcome is Compared.DIFFERS


def test_nothing_is_concluded_at_edges_and_on_plain_ground() -> None:
    for height, width in ((8, 8), (12, 300), (200, 300)):
        plain = np.full((height, width, 3), 90, np.float32)
        assert not moved(plain, plain, np.ones((height, width), np.bool_))
    noise = np.random.default_rng(3).uniform(0, 255, (200, 300, 3)).astype(np.float32)
    other = np.random.default_rng(4).uniform(0, 255, (200, 300, 3)).astype(np.float32)
    assert not moved(noise, other, np.ones((200, 300), np.bool_))
    assert not moved(noise, other, np.zeros((200, 300), np.bool_))


def test_with_a_view_beyond_each_edge_it_is_another_photograph(photographs: list[Pixels]) -> None:
    scene, things = photographs[:2]
    ours, theirs = (WorkingCopy(pixels=frame(scene, things, time, time)) for time in (1, 0))
    beyond = told.compared(matched(query_share=0.93, reference_share=0.94), ours, theirs)
    assert beyond.outcome is Compared.OTHER_PHOTOGRAPH
    assert beyond.regions == ()
    assert any("Two cuts of one photograph" in one for one in beyond.limits)
    within = told.compared(matched(query_share=0.93, reference_share=1.0), ours, theirs)
    assert within.outcome is Compared.NOT_JUDGED
    assert within.statement == f"Not judged: {MOVED}."
