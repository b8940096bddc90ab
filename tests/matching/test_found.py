"""Which witness decides where a whole frame matched and points were laid, too."""

from dataclasses import replace

import pytest

from provenance.fingerprint import perceptual
from provenance.matching.found import AS_IT_IS, Found, joined
from provenance.matching.sighted import Sighting
from provenance.model.matches import Answer

FRAME = Found(image_id="a", distance_bits=2, turn=AS_IT_IS, exact=False)


def sighting(answer: Answer) -> Sighting:
    return Sighting(image_id="a", answer=answer, score=1.0, laid=None, size_px=(512, 384))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("bits", "answer", "becomes"),
    [
        (2, Answer.SHARED_ELEMENT, Answer.COPY),
        (perceptual.ALONE_BITS, Answer.SHARED_ELEMENT, Answer.COPY),
        (perceptual.ALONE_BITS + 1, Answer.SHARED_ELEMENT, Answer.SHARED_ELEMENT),
        (2, Answer.SAME_SCENE, Answer.SAME_SCENE),
        (2, Answer.NO_MATCH, Answer.COPY),
    ],
)
def test_a_shared_element_is_no_witness_against_a_frame_that_is_trusted_alone(bits, answer, becomes) -> None:
    (found,) = joined([replace(FRAME, distance_bits=bits)], [sighting(answer)])
    assert found.answer is becomes


def test_an_avatar_is_a_shared_element_however_near_its_frame() -> None:
    (found,) = joined([replace(FRAME, box_px=(10, 10, 60, 60))], [sighting(Answer.SHARED_ELEMENT)])
    assert found.answer is Answer.SHARED_ELEMENT


def test_a_sighting_of_a_picture_that_did_not_match_as_a_frame_stays() -> None:
    (found,) = joined([], [sighting(Answer.SHARED_ELEMENT)])
    assert found.answer is Answer.SHARED_ELEMENT
