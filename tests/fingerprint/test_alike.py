"""Which pictures are alike as a whole: the same answer as the search's own rule, pair by pair."""

import itertools

import numpy as np
import pytest

from provenance.fingerprint.alike import PACKED_BYTES, lay, packed
from provenance.fingerprint.whole_frame import describe, distance_bits
from provenance.model.image import WorkingCopy


def copy(pixels: np.ndarray) -> WorkingCopy:
    return WorkingCopy(pixels=np.ascontiguousarray(pixels))


@pytest.fixture(scope="module")
def frames() -> list:
    random = np.random.default_rng(7)
    found = []
    for _ in range(4):
        coarse = random.integers(0, 256, (24, 24, 3), np.uint8)
        one = np.kron(coarse, np.ones((10, 10, 1), np.uint8))
        noisy = np.clip(one.astype(int) + random.integers(-9, 10, one.shape), 0, 255).astype(np.uint8)
        found += [describe(copy(one), drawn=False), describe(copy(noisy[:, ::-1]), drawn=False)]
    return found


def test_the_answer_is_that_of_the_rule_of_the_search(frames) -> None:
    laid = lay([packed(frame) for frame in frames])
    for row, other in itertools.combinations(range(len(frames)), 2):
        known = frames[row].turns[0]
        expected = any(
            turn.matches(
                distance_bits(turn.frequencies, known.frequencies), distance_bits(turn.gradients, known.gradients)
            )
            for turn in frames[other].turns
        )
        assert (row in laid.before(other)) == expected == (row // 2 == other // 2)
    assert not laid.before(0).size


def test_a_picture_too_plain_to_be_searched_has_no_codes() -> None:
    assert packed(describe(copy(np.full((200, 200, 3), 90, np.uint8)))) == b""


def test_other_bytes_are_refused() -> None:
    assert lay([]).words.shape[0] == 0
    with pytest.raises(ValueError, match=str(PACKED_BYTES)):
        lay([b"short"])
