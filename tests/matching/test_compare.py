"""Two pictures side by side."""

import hashlib

import numpy as np
import pytest
from PIL import Image as Pillow

from provenance.errors import DecodeError
from provenance.matching.compare import compare
from provenance.model.image import Image, Original, Refusal, Structure, WorkingCopy
from provenance.model.matches import Answer
from provenance.model.publication import CopyKind


def scene(seed: int) -> np.ndarray:
    chance = np.random.default_rng(seed)
    layers = [
        np.asarray(Pillow.fromarray(chance.integers(0, 256, (side, side, 3), np.uint8)).resize((320, 240)), np.float64)
        for side in (3, 6, 12, 24)
    ]
    return (np.average(layers, axis=0, weights=(4, 3, 2, 1))).astype(np.uint8)


def image(pixels: np.ndarray | None, data: bytes) -> Image:
    digest = hashlib.sha256(data).hexdigest()
    original = Original(name="p.jpg", path="/p.jpg", sha256=digest, size_bytes=9, media_type="image/jpeg")
    structure = Structure(media_type="image/jpeg")
    if pixels is None:
        refusal = Refusal(reason="the pixels are broken", remedy="ask for the original")
        return Image(original=original, data=data, structure=structure, refusal=refusal)
    copy = WorkingCopy(pixels=np.ascontiguousarray(pixels))
    return Image(original=original, data=data, structure=structure, working_copy=copy)


def test_equal_bytes_are_the_same_file_even_without_pixels() -> None:
    match = compare(image(None, b"a"), image(scene(1), b"a"))
    assert (match.answer, match.copy, match.fingerprint) == (Answer.COPY, CopyKind.EXACT, "sha256")
    assert match.limits == ()


@pytest.mark.parametrize(
    ("turned", "words", "kind"),
    [
        (scene(1), "as it is", CopyKind.NEAR),
        (scene(1)[:, ::-1], "mirrored left-right", CopyKind.MIRRORED),
        (np.rot90(scene(1)), "turned by 90 degrees clockwise", CopyKind.NEAR),
    ],
)
def test_a_copy_is_found_in_any_turn(turned: np.ndarray, words: str, kind: CopyKind) -> None:
    match = compare(image(turned, b"a"), image(scene(1), b"b"))
    assert (match.answer, match.copy, match.transform) == (Answer.COPY, kind, words)
    assert match.reference.image_id == hashlib.sha256(b"b").hexdigest()
    assert (match.reference.width_px, match.reference.height_px) == (320, 240)
    assert match.limits and match.alignment is not None and match.alignment.pairs


def test_other_pictures_do_not_match_and_the_limits_say_what_was_not_looked_for() -> None:
    match = compare(image(scene(1), b"a"), image(scene(2), b"b"))
    assert (match.answer, match.copy) == (Answer.NO_MATCH, CopyKind.UNKNOWN)
    assert "would miss" in match.limits[0]


def test_plain_pictures_are_not_judged() -> None:
    plain = np.full((240, 320, 3), 99, np.uint8)
    for first, second in ((plain, plain), (plain, scene(1)), (scene(1), plain)):
        match = compare(image(first, b"a"), image(second, b"b"))
        assert match.answer is Answer.NOT_ENOUGH_DETAIL and match.copy is CopyKind.UNKNOWN


def test_a_picture_without_pixels_cannot_be_compared() -> None:
    with pytest.raises(DecodeError, match="the pixels are broken") as caught:
        compare(image(scene(1), b"a"), image(None, b"b"))
    assert caught.value.remedy == "ask for the original"
