"""A copy over its reference: altered parts are found and outlined, the fate of copies is not, and sums are open."""

from __future__ import annotations

import json
import math

import cv2
import numpy as np
import pytest

from benchmarks.forensics.altered import OPERATIONS, altered
from benchmarks.forensics.benign import WAYS, Pixels, Sent, jpeg, kept
from benchmarks.forensics.laid_over import OVERLAYS
from provenance.forensics.comparison import overlays, told
from provenance.forensics.comparison.clusters import ALARM_LOG10_NFA, LEVELS, LEVELS_OF_DETAIL
from provenance.forensics.comparison.compare import NOT_LAID, TOO_SMALL, Difference, difference
from provenance.forensics.comparison.placing import placed
from provenance.forensics.comparison.strips import strips
from provenance.forensics.comparison.surest import TOGETHER
from provenance.forensics.comparison.told import compared, not_at_hand
from provenance.model.canonical import plain
from provenance.model.differences import Compared
from provenance.model.image import WorkingCopy
from provenance.model.matches import Answer, Match, Reference
from provenance.model.publication import CopyKind
from provenance.model.source import Source, SourceKind

from .laying import laid_as_sent


@pytest.mark.parametrize("way", WAYS)
def test_what_befalls_a_copy_is_no_difference(way: str, photographs: list[Pixels]) -> None:
    for number, picture in enumerate(photographs):
        found = laid_as_sent(WAYS[way](picture, np.random.default_rng(number)), picture)
        assert found.outcome is Compared.NO_DIFFERENCE, (way, number, found.regions)
        assert found.log10_nfa > ALARM_LOG10_NFA


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if one != "filled"])
@pytest.mark.parametrize("way", ["", "posted"])
def test_an_altered_part_is_found_where_it_is(operation: str, way: str, photographs: list[Pixels]) -> None:
    found = []
    for number, picture in enumerate(photographs):
        rng = np.random.default_rng([3, number])
        changed, blob = altered(picture, photographs[number - 1], operation, rng)
        sent = WAYS[way](changed, rng) if way else kept(jpeg(changed, 95))
        seen = laid_as_sent(sent, picture)
        mask = np.zeros(blob.shape, np.uint8)
        for region in seen.regions:
            cv2.fillPoly(mask, [np.array(one, np.int32) for one in region.outlines], 1)
        inside = blob > 128
        found.append(seen.outcome is Compared.DIFFERS and (mask[inside].mean() > 0.3) and (mask[~inside].mean() < 0.02))
    assert sum(found) >= len(photographs) - 1, "a copied plain sky looks as it did; more than one must not be missed"


def test_a_shift_of_a_few_pixels_in_the_alignment_is_mended(photographs: list[Pixels]) -> None:
    sent = WAYS["cropped"](photographs[0], np.random.default_rng(4))
    off = sent.matrix @ np.array([[1.001, 0.0008, 1.5], [-0.0008, 0.999, -1.2], [0, 0, 1]])
    moved = Sent(pixels=sent.pixels, matrix=off)
    assert laid_as_sent(moved, photographs[0]).outcome is Compared.NO_DIFFERENCE


def test_the_number_of_false_alarms_can_be_computed_again(photographs: list[Pixels]) -> None:
    """From the machine form alone, by the formula that the model's documentation gives."""
    changed, _ = altered(photographs[0], photographs[1], "splice", np.random.default_rng(5))
    found = laid_as_sent(kept(jpeg(changed, 90)), photographs[0])
    for region in json.loads(json.dumps(plain(found.regions))):
        n, k, p = region["blocks"] // TOGETHER, region["unusual"] // TOGETHER, region["chance"]
        r = k / n
        tail = k * math.log10(p / r) + ((n - k) * math.log10((1 - p) / (1 - r)) if k < n else 0)
        assert region["log10_nfa"] == pytest.approx(tail + math.log10(region["tests"]), abs=0.01)
        assert p >= dict(LEVELS_OF_DETAIL if region["detail_lost"] else LEVELS)[region["level"]]
    x, y, width, height = found.regions[0].box_px
    assert 0 <= x < x + width <= changed.shape[1] and 0 <= y < y + height <= changed.shape[0]


def test_words_a_mark_and_a_bar_have_their_names(photographs: list[Pixels]) -> None:
    picture = photographs[0]
    words, bar, mark = picture.copy(), picture.copy(), picture.copy()
    for line in (60, 110):
        cv2.putText(words, "SEEN THIS MORNING", (20, line), cv2.FONT_HERSHEY_DUPLEX, 1.4, (255, 255, 255), 3)
    bar[-80:] = 12
    over = np.zeros(picture.shape[:2], np.uint8)
    cv2.circle(over, (200, 200), 70, 255, 18)
    mark[over > 0] = (0.5 * mark[over > 0] + 0.5 * 255).astype(np.uint8)
    names = []
    for changed in (words, bar, mark):
        found = laid_as_sent(kept(jpeg(changed, 92)), picture)
        assert found.outcome is Compared.OVERLAID and found.log10_nfa == 0, found.regions
        names.append({region.what for region in found.regions})
    assert names[0] == {overlays.TEXT} and names[2] == {overlays.MARK}
    assert names[1] <= {overlays.BAR, overlays.TEXT}, "what rings at the edge of a bar may look like words"


def test_two_different_pictures_are_never_an_altered_copy(photographs: list[Pixels]) -> None:
    size = photographs[0].shape[1], photographs[0].shape[0]
    other = np.asarray(cv2.resize(photographs[1], size), np.uint8)
    assert laid_as_sent(kept(other), photographs[0]).outcome in (Compared.OTHER_PHOTOGRAPH, Compared.NOT_JUDGED)


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_what_is_laid_over_has_a_name_that_fits(overlay: str, photographs: list[Pixels]) -> None:
    lay, names = OVERLAYS[overlay]
    right = 0
    for number, picture in enumerate(photographs):
        found = laid_as_sent(kept(jpeg(lay(picture.copy(), np.random.default_rng([6, number])), 90)), picture)
        given = {region.what for region in found.regions}
        assert found.outcome in (Compared.OVERLAID, Compared.DIFFERS), "what was laid over it must never be unseen"
        right += given <= names
    assert right >= len(photographs) - 1


def test_a_bar_is_told_from_a_plain_ground_that_both_have(photographs: list[Pixels]) -> None:
    ground = photographs[0].copy()
    ground[:80] = 250
    assert laid_as_sent(kept(jpeg(ground, 90)), ground).outcome is Compared.NO_DIFFERENCE
    found = laid_as_sent(kept(jpeg(ground, 90)), photographs[0])
    assert [region.what for region in found.regions] == [overlays.BAR]
    (bar,) = found.regions
    assert bar.box_px == (0, 0, ground.shape[1], 80) and bar.log10_nfa < ALARM_LOG10_NFA


@pytest.mark.parametrize("side", [8, 70])
def test_too_little_to_compare_is_not_judged(side: int) -> None:
    plain = np.full((side, side, 3), 90, np.uint8)
    found = laid_as_sent(kept(plain), plain)
    assert found.outcome in (Compared.NOT_JUDGED, Compared.NO_DIFFERENCE)
    assert found.reason in (TOO_SMALL, NOT_LAID, "")


@pytest.mark.parametrize("matrix", [np.zeros((3, 3)), np.full((3, 3), np.nan), np.diag([1e9, 1e9, 1.0])])
def test_a_senseless_alignment_is_not_judged(matrix: np.ndarray, photographs: list[Pixels]) -> None:
    assert laid_as_sent(Sent(pixels=photographs[0], matrix=matrix), photographs[0]).outcome is Compared.NOT_JUDGED


def matched(transform: str = "as it is", **fields: object) -> Match:
    return Match(
        source=Source(kind=SourceKind.PROGRAM, name="this program", origin="this check"),
        statement="x",
        method="search",
        reference=Reference(set_name="s", image_id="ab" * 32),
        answer=Answer.COPY,
        copy=CopyKind.NEAR,
        distance_bits=3,
        radius_bits=60,
        transform=transform,
        **{"fingerprint": "phash256/1", **fields},  # type: ignore[arg-type]
    )


def test_whole_frames_are_laid_by_the_words_of_their_turn(photographs: list[Pixels]) -> None:
    upright = photographs[0]
    for words, pixels in (
        ("as it is", upright),
        ("mirrored left-right", upright[:, ::-1]),
        ("turned by 90 degrees clockwise", np.rot90(upright, 1)),
        ("mirrored top-bottom", upright[::-1]),
    ):
        query = WorkingCopy(pixels=np.ascontiguousarray(pixels))
        matrix, outline = placed(matched(words), query, WorkingCopy(pixels=upright))
        assert outline is None
        found = difference(query, WorkingCopy(pixels=upright), matrix)
        assert (found.outcome, found.also) == (Compared.NO_DIFFERENCE, ()), words


def test_what_is_said_of_each_outcome() -> None:
    same = compared(matched(fingerprint="sha256"), None, None)
    assert same.outcome is Compared.NO_DIFFERENCE and "byte for byte" in same.statement
    gone = not_at_hand(matched(), "no place of it was kept")
    assert gone.statement == "Not checked: the reference picture is not at hand: no place of it was kept."


def test_a_caption_is_named_before_it_is_said_that_nothing_differs() -> None:
    """Who reads one line would read that nothing was there; a page on all sides of a screenshot is no caption."""
    none = Difference(outcome=Compared.NO_DIFFERENCE, blocks=900)
    strip, page = ("a strip with words below, 14 % of the height, added to it",), ("above", "below", "at the left")
    first = told._evidence(matched(), none, beside=strip).statement
    assert first.startswith(f"Beside what was compared: {strip[0]}. No difference from the reference")
    assert told._evidence(matched(), none, beside=page).statement.startswith("No difference from the reference")
    differing = Difference(outcome=Compared.NOT_JUDGED, reason=NOT_LAID)
    assert told._evidence(matched(), differing, beside=strip).statement.startswith("Not judged")


def captioned(picture: Pixels, kind: str) -> tuple[Pixels, np.ndarray]:
    """A copy with a strip below, and the outline that a matcher draws, which ends above the strip."""
    height, width = picture.shape[:2]
    cut = int(0.8 * height)
    if kind == "added":
        copy = np.vstack([picture, np.zeros((height // 6, width, 3), np.uint8)])
        cut = height
    else:
        copy = picture.copy()
        strip = copy[cut : cut + height // 9]
        strip[:] = strip * 0.3 if kind == "shines through" else 20
    words = (20, cut + height // 12)
    cv2.putText(copy, "Yard, seen this morning", words, 0, width / 900, (255, 255, 255), 2, cv2.LINE_AA)
    return jpeg(copy, 90), np.array([[0, 0], [width - 1, 0], [width - 1, cut - 2], [0, cut - 2]], float)


def test_a_strip_added_below_is_named_and_is_no_difference(photographs: list[Pixels]) -> None:
    for picture in photographs:
        copy, outline = captioned(picture, "added")
        both = WorkingCopy(pixels=copy), WorkingCopy(pixels=picture)
        assert difference(*both, np.eye(3), outline).outcome is Compared.NO_DIFFERENCE
        (said,) = strips(*both, np.eye(3), outline)
        assert said == "a strip with words or marks below, 14 % of the height, added to it"


@pytest.mark.parametrize("kind", ["shines through", "covers"])
def test_what_goes_on_below_a_caption_is_compared_and_the_caption_named(kind: str, photographs: list[Pixels]) -> None:
    named = []
    for picture in photographs:
        copy, outline = captioned(picture, kind)
        whole = difference(WorkingCopy(pixels=copy), WorkingCopy(pixels=picture), np.eye(3), None)
        found = difference(WorkingCopy(pixels=copy), WorkingCopy(pixels=picture), np.eye(3), outline)
        assert found.blocks > 0.95 * whole.blocks
        named.append(found.outcome)
    assert named.count(Compared.OVERLAID) >= 2


def test_soft_retouching_at_half_size_is_found_by_the_detail_it_took(photographs: list[Pixels]) -> None:
    found = []
    for number, picture in enumerate(photographs):
        rng = np.random.default_rng([7, number])
        changed, _ = altered(picture, picture, "retouched", rng, (0.04,))
        found.append(laid_as_sent(WAYS["half size"](changed, rng), picture))
    assert sum(one.outcome is Compared.DIFFERS for one in found) >= 2
    assert any(region.detail_lost for one in found for region in one.regions)
