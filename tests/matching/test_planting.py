"""What a search that found nothing would have found: true of that set and the looks of that search, kept nowhere."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import numpy as np
import pytest
from PIL import Image as Pillow

from provenance.errors import UnusableSetError
from provenance.fingerprint.variants import LONGEST_PX, variants
from provenance.matching import planting
from provenance.matching.planting import grown
from provenance.matching.search import check
from provenance.matching.sighted import CANDIDATES, CROWD
from provenance.model.context import Context
from provenance.model.matches import Answer, Match, Search
from provenance.model.outcome import Ran
from provenance.model.record import Entry
from provenance.reference.open import open_set
from tests.matching.pictures import copy_of, entry, image_of, sample

NOW = datetime(2026, 1, 2, tzinfo=UTC)
WORDS = (
    "crop to 50 %",
    "crop to 30 %",
    "mirrored",
    "with a caption bar",
    "in a screenshot of a post",
    "saved at JPEG quality 30",
    "scaled to 400 px",
    "without colour",
)


def searched(pixels: np.ndarray, *stores, left_s=None) -> list[Search]:
    outcome = check(image_of(pixels), Context(now=NOW, references=stores, left_s=left_s))
    assert isinstance(outcome, Ran)
    return [item for item in outcome.evidence if isinstance(item, Search)]


def reasons(found: list[Search]) -> list[str]:
    assert not any(one.planted for one in found)
    return [one.not_planted for one in found]


@pytest.fixture(scope="module")
def stranger() -> np.ndarray:
    return np.asarray(sample("stranger.jpg"))


@pytest.fixture(scope="module")
def others() -> list[Entry]:
    return [entry(sample(f"reference/{name}.jpg")) for name in ("railcar_yard", "warehouse", "river_bridge")]


@pytest.fixture(scope="module")
def desk(tmp_path_factory, others):
    store = open_set(tmp_path_factory.mktemp("sets") / "desk.sqlite", create=True)
    store.add(others)
    yield store
    store.close()


def test_eight_variants_always_the_same_and_none_that_changes_nothing(stranger) -> None:
    first, again = list(variants(copy_of(stranger))), list(variants(copy_of(stranger)))
    assert tuple(words for words, _ in first) == WORDS
    assert all(np.array_equal(one[1].pixels, other[1].pixels) for one, other in zip(first, again, strict=True))
    shapes = {words: made.pixels.shape[:2] for words, made in first}
    height, width = stranger.shape[:2]
    for share, words in ((0.5, "crop to 50 %"), (0.3, "crop to 30 %")):
        assert shapes[words][0] * shapes[words][1] == pytest.approx(share * height * width, rel=0.01)
    assert max(shapes["scaled to 400 px"]) == 400
    small = np.repeat(stranger[::3, ::3, :1], 3, axis=2)
    assert {words for words, _ in variants(copy_of(small))} == {*WORDS} - {"scaled to 400 px", "without colour"}


def test_variants_of_any_shape_are_made(stranger) -> None:
    for pixels in (stranger[:1, :1], stranger[:1, :600], stranger[:600, :2], np.resize(stranger, (40, 6000, 3))):
        for _, made in variants(copy_of(pixels)):
            assert min(made.pixels.shape[:2]) >= 1
            assert max(made.pixels.shape[:2]) <= 2 * LONGEST_PX


def test_nothing_found_says_which_variants_would_have_been(desk, stranger) -> None:
    before = desk.state(), desk.count()
    (found,) = searched(stranger, desk)
    assert tuple(one.variant for one in found.planted) == WORDS
    assert sum(one.found for one in found.planted) >= 6
    assert found.not_planted == ""
    assert (desk.state(), desk.count()) == before
    assert searched(stranger, desk)[0].id == found.id


def test_what_is_said_of_a_variant_is_what_a_set_that_holds_it_gives(tmp_path, others, stranger) -> None:
    """The truth it stands for: each variant really added, alone, to such a set, and the same search made."""
    soft = np.asarray(Pillow.fromarray(stranger).resize((150, 100)))
    for number, query in enumerate((stranger, soft)):
        store = open_set(tmp_path / f"{number}.sqlite", create=True)
        store.add(others)
        (told,) = searched(query, store)
        for said, (words, variant) in zip(told.planted, variants(copy_of(query)), strict=True):
            added = entry(variant.pixels)
            store.add([added])
            outcome = check(image_of(query), Context(now=NOW, references=(store,)))
            assert isinstance(outcome, Ran)
            copies = [item for item in outcome.evidence if isinstance(item, Match) and item.answer is Answer.COPY]
            assert said.variant == words
            assert said.found is (added.image_id in {one.reference.image_id for one in copies}), words
            store.remove([added.image_id])
        store.close()


def test_a_crop_that_has_lost_all_detail_is_not_found(desk, stranger) -> None:
    hollow = stranger.copy()
    height, width = hollow.shape[:2]
    hollow[height // 5 : -height // 5, width // 5 : -width // 5] = 128
    (found,) = searched(hollow, desk)
    assert [one.variant for one in found.planted if not one.found] == ["crop to 30 %"]


def test_a_variant_must_come_before_the_pictures_of_the_set_by_votes(monkeypatch, desk, stranger) -> None:
    """With no room among the candidates nothing that only its parts would show is found."""
    (roomy,) = searched(stranger, desk)
    real = type(desk).vote
    crowd = [{"image_id": f"{number:064x}", "mirrored": False, "votes": 10**9 - number} for number in range(30)]

    def crowded(self, probe, name, most, *, beside=None):
        from provenance.model.features import Candidate

        return [
            *(Candidate(**one) for one in crowd[: CANDIDATES + CROWD]),
            *real(self, probe, name, most, beside=beside),
        ][:most]

    monkeypatch.setattr(type(desk), "vote", crowded)
    (full,) = searched(stranger, desk)
    lost = {one.variant for one in full.planted if not one.found}
    assert {"crop to 30 %", "in a screenshot of a post"} <= lost
    assert sum(one.found for one in full.planted) < sum(one.found for one in roomy.planted)


def test_none_is_planted_where_a_match_was_found(desk) -> None:
    assert reasons(searched(np.asarray(sample("reference/railcar_yard.jpg"))[:, ::-1], desk)) == [planting.MATCH_FOUND]


def test_a_match_in_one_set_is_enough(desk, tmp_path, stranger) -> None:
    other = open_set(tmp_path / "other.sqlite", create=True)
    other.add([entry(stranger[:, ::-1])])
    assert reasons(searched(stranger, desk, other)) == [planting.MATCH_FOUND] * 2
    other.close()


def test_none_is_planted_of_a_picture_without_detail(desk) -> None:
    assert reasons(searched(np.full((300, 400, 3), 200, np.uint8), desk)) == [planting.NOT_ENOUGH_DETAIL]


def test_none_is_planted_in_an_empty_set_beside_another(desk, tmp_path, stranger) -> None:
    empty = open_set(tmp_path / "empty.sqlite", create=True)
    first, second = searched(stranger, desk, empty)
    assert first.planted and not first.not_planted
    assert (second.planted, second.not_planted) == ((), planting.EMPTY)
    empty.close()


def test_none_is_planted_when_time_is_short_and_never_only_some(desk, stranger) -> None:
    assert reasons(searched(stranger, desk, left_s=lambda: 4.0)) == [planting.NO_TIME]
    for good_for in (2, 6, 10, 11):
        clock = iter([60.0] * good_for + [1.0] * 100)
        (found,) = searched(stranger, desk, left_s=lambda clock=clock: next(clock))
        assert len(found.planted) in (0, 8)
        assert bool(found.planted) is (found.not_planted == "")


def test_none_is_planted_after_a_search_that_took_long(desk, stranger) -> None:
    clock = iter([100.0, *[60.0] * 100])
    assert reasons(searched(stranger, desk, left_s=lambda: next(clock))) == [planting.NO_TIME]


def test_a_set_without_local_features_is_asked_by_whole_frames_alone(tmp_path, stranger) -> None:
    store = open_set(tmp_path / "old.sqlite", create=True)
    store.add([entry(sample("reference/railcar_yard.jpg"), with_features=False)])
    (found,) = searched(stranger, store)
    told = {one.variant: one.found for one in found.planted}
    assert told["saved at JPEG quality 30"] and told["mirrored"]
    assert not told["crop to 30 %"] and not told["in a screenshot of a post"]
    store.close()


def test_a_set_that_changes_meanwhile_is_not_spoken_of(monkeypatch, tmp_path, others, stranger) -> None:
    store = open_set(tmp_path / "busy.sqlite", create=True)
    store.add(others[:2])

    def slow(copy, enough):
        store.add(others[2:])
        return grown(copy, enough)

    monkeypatch.setattr(planting, "grown", slow)
    assert reasons(searched(stranger, store)) == [planting.CHANGED]
    store.close()


def test_what_goes_wrong_in_planting_takes_nothing_from_the_search(monkeypatch, desk, stranger) -> None:
    def broken(*_: object) -> None:
        raise UnusableSetError("the disk is gone", remedy="mend it")

    monkeypatch.setattr(planting, "plant", broken)
    assert reasons(searched(stranger, desk)) == ["the set could not be searched again: the disk is gone"]
    monkeypatch.setattr(planting, "grown", lambda *_: 1 / 0)
    assert reasons(searched(stranger, desk)) == ["the variants could not be made: ZeroDivisionError"]


def test_votes_beside_a_set_are_those_of_a_set_that_holds_the_pictures(tmp_path, others, stranger) -> None:
    from provenance.fingerprint.local.encode import name, query

    probe = query(copy_of(stranger)).probe
    kept = [entry(variant.pixels) for _, variant in variants(copy_of(stranger))][:3]
    without, holding = (open_set(tmp_path / f"{one}.sqlite", create=True) for one in "ab")
    without.add(others)
    holding.add([*others, *kept])
    beside = {one.image_id: one.features for one in kept}
    assert without.vote(probe, name(), 20, beside=beside) == holding.vote(probe, name(), 20)
    assert without.vote(probe, name(), 20) == without.vote(probe, name(), 20, beside={})
    other = {one.image_id: dataclasses.replace(one.features, name="older") for one in kept}
    assert without.vote(probe, name(), 20, beside=other) == without.vote(probe, name(), 20)
    without.close()
    holding.close()
