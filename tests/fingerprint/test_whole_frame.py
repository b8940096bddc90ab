"""The whole-frame codes: their turns, their rule, and what they refuse to describe."""

import io

import imagehash
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from provenance.fingerprint import gradients, perceptual
from provenance.fingerprint.shrinking import MIRRORED, TURNS, WAYS, shrink
from provenance.fingerprint.whole_frame import describe, distance_bits, fingerprints
from provenance.model.image import WorkingCopy


def scene(seed: int, width: int = 320, height: int = 240) -> np.ndarray:
    """A picture with detail at several scales, unlike any other seed's."""
    chance = np.random.default_rng(seed)
    layers = [
        np.asarray(
            Image.fromarray(chance.integers(0, 256, (side, side, 3), np.uint8)).resize((width, height)), np.float64
        )
        for side in (3, 6, 12, 24)
    ]
    return (np.average(layers, axis=0, weights=(4, 3, 2, 1))).astype(np.uint8)


def copy(pixels: np.ndarray) -> WorkingCopy:
    return WorkingCopy(pixels=np.ascontiguousarray(pixels))


def saved(pixels: np.ndarray, quality: int) -> np.ndarray:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=quality)
    return np.asarray(Image.open(buffer))


def test_the_first_turn_is_the_picture_as_it_is_and_equals_its_fingerprint() -> None:
    frame = describe(copy(scene(1)))
    assert frame.turns[0].words == "as it is"
    assert frame.turns[0].frequencies == frame.fingerprints[0].code == perceptual.fingerprint(copy(scene(1))).code
    assert frame.turns[0].gradients == frame.fingerprints[1].code
    assert perceptual.turns(copy(scene(1))) == tuple((turn.words, turn.frequencies) for turn in frame.turns)
    assert fingerprints(copy(scene(1))) == frame.fingerprints


def test_codes_have_the_stated_length_and_names_carry_a_version() -> None:
    first, second = describe(copy(scene(2))).fingerprints
    assert (first.name, len(first.code) * 8) == ("phash256/1", perceptual.BITS)
    assert (second.name, len(second.code) * 8) == ("dhash512/1", gradients.BITS)


UNDO = {
    "as it is": lambda pixels: pixels,
    "mirrored left-right": lambda pixels: pixels[:, ::-1],
    "turned by 90 degrees clockwise": lambda pixels: np.rot90(pixels, 1),
    "turned by 180 degrees": lambda pixels: np.rot90(pixels, 2),
    "turned by 90 degrees counter-clockwise": lambda pixels: np.rot90(pixels, 3),
    "mirrored top-bottom": lambda pixels: pixels[::-1],
    "mirrored left-right, then turned by 90 degrees clockwise": lambda pixels: np.rot90(pixels, 1)[:, ::-1],
    "mirrored left-right, then turned by 90 degrees counter-clockwise": lambda pixels: np.rot90(pixels, 3)[:, ::-1],
}


@pytest.mark.parametrize("words", [words for words, _, _ in TURNS])
def test_the_words_say_how_to_turn_the_query_to_meet_the_reference(words: str) -> None:
    reference = scene(3)
    query = copy(UNDO[words](reference))
    code = perceptual.fingerprint(copy(reference)).code
    nearest = min(describe(query).turns, key=lambda turn: distance_bits(turn.frequencies, code))
    assert nearest.words == words
    assert distance_bits(nearest.frequencies, code) <= perceptual.ALONE_BITS


def test_every_turn_that_mirrors_is_known_as_mirrored() -> None:
    assert {words for words, _, _ in TURNS if "mirrored" in words} == MIRRORED
    assert len(MIRRORED) == 4


@pytest.mark.parametrize("quality", [75, 50, 30, 10])
def test_saving_again_stays_within_the_rule(quality: int) -> None:
    reference, query = describe(copy(scene(4))), describe(copy(saved(scene(4), quality)))
    bits = [distance_bits(query.turns[0].frequencies, reference.turns[0].frequencies)]
    bits.append(distance_bits(query.turns[0].gradients, reference.turns[0].gradients))
    assert query.turns[0].matches(*bits)


def test_pictures_with_other_content_do_not_match_in_any_turn() -> None:
    reference = describe(copy(scene(5))).turns[0]
    for seed in range(100, 140):
        for turn in describe(copy(scene(seed))).turns:
            bits = distance_bits(turn.frequencies, reference.frequencies)
            assert not turn.matches(bits, distance_bits(turn.gradients, reference.gradients))


@given(st.integers(0, 256), st.none() | st.integers(0, 512))
def test_the_rule_never_matches_beyond_the_radius_and_always_at_the_near_end(near: int, other: int | None) -> None:
    turn = describe(copy(scene(6))).turns[0]
    if near > perceptual.RADIUS_BITS:
        assert not turn.matches(near, other)
    if near <= perceptual.ALONE_BITS:
        assert turn.matches(near, other)
    if near > perceptual.ALONE_BITS and other is None:
        assert not turn.matches(near, other)


def plain_pictures() -> dict[str, np.ndarray]:
    down, across = np.mgrid[0:240, 0:320].astype(np.float64)
    chance = np.random.default_rng(7)
    grey = {
        "black": down * 0,
        "white": down * 0 + 255,
        "middle grey": down * 0 + 128,
        "ramp across": across / 320 * 255,
        "ramp down": down / 240 * 255,
        "ramp along the diagonal": (across / 320 + down / 240) * 127,
        "halves": np.where(across < 160, 20.0, 200.0),
        "stripes": (across // 20 % 2) * 255,
        "sky over sea": np.where(down < 170, 180 - down * 0.05, 90.0),
        "vignette": 220 - ((across - 160) ** 2 + (down - 120) ** 2) / 300,
        "faint noise": 128 + chance.normal(0, 2, down.shape),
    }
    return {
        name: np.repeat(np.clip(level, 0, 255).astype(np.uint8)[:, :, None], 3, axis=2) for name, level in grey.items()
    }


@pytest.mark.parametrize("name", sorted(plain_pictures()))
@pytest.mark.parametrize("quality", [100, 75, 30])
def test_pictures_without_detail_are_flagged(name: str, quality: int) -> None:
    assert not describe(copy(saved(plain_pictures()[name], quality))).searchable


@pytest.mark.parametrize("lines", [0, 1, 3, 6, 24])
@pytest.mark.parametrize(("paper", "ink"), [("white", "black"), ("#15202b", "white")])
def test_lines_of_text_are_flagged_however_many(lines: int, paper: str, ink: str) -> None:
    def page(lines: int) -> np.ndarray:
        drawn = Image.new("RGB", (540, 960), paper)
        for line in range(lines):
            words = f"line {line} of a post that says nothing much {line * 7919}"
            ImageDraw.Draw(drawn).text((20, 100 + line * 34), words, ink, ImageFont.load_default(24))
        return np.asarray(drawn)

    assert not describe(copy(saved(page(lines), 75))).searchable


def test_pictures_with_detail_are_searchable() -> None:
    assert all(describe(copy(scene(seed))).searchable for seed in range(20))


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 40), st.integers(1, 40))
def test_any_shape_down_to_one_pixel_is_shrunk(width: int, height: int) -> None:
    grey = shrink(copy(scene(8, width, height)))
    assert grey.shape == (64, 64) and grey.dtype == np.uint8


def test_a_very_tall_picture_is_shrunk_whole() -> None:
    tall = np.zeros((5_001, 3, 3), np.uint8)
    tall[2_500:] = 255
    grey = shrink(copy(tall))
    assert grey[:30].max() < 10 and grey[34:].min() > 245


def test_size_does_not_change_the_code_much() -> None:
    large = scene(9, 1600, 1200)
    small = np.asarray(Image.fromarray(large).resize((200, 150), Image.Resampling.LANCZOS))
    bits = distance_bits(perceptual.fingerprint(copy(large)).code, perceptual.fingerprint(copy(small)).code)
    assert bits <= perceptual.ALONE_BITS


def test_read_only_and_oddly_strided_pixels_are_taken() -> None:
    pixels = scene(10)
    pixels.setflags(write=False)
    assert perceptual.fingerprint(WorkingCopy(pixels=pixels)) == perceptual.fingerprint(copy(pixels.copy()))
    assert perceptual.fingerprint(WorkingCopy(pixels=pixels[::-1, ::-1])).searchable


def codes_of_imagehash(grey: np.ndarray) -> tuple[bytes, bytes]:
    picture = Image.fromarray(np.ascontiguousarray(grey))
    parts = (imagehash.dhash(picture, 16).hash, imagehash.dhash_vertical(picture, 16).hash)
    second = b"".join(np.packbits(bits).tobytes() for bits in parts)
    return np.packbits(imagehash.phash(picture, hash_size=16).hash).tobytes(), second


def greys() -> dict[str, np.ndarray]:
    """With detail, without, and symmetric ones, whose frequencies are the median but for rounding."""
    found = {name: shrink(copy(pixels)) for name, pixels in plain_pictures().items()}
    for seed in range(30):
        found[f"scene {seed}"] = shrink(copy(scene(seed)))
        found[f"noise {seed}"] = np.random.default_rng(seed).integers(0, 256, (64, 64), np.uint8)
        found[f"the same on both sides {seed}"] = np.maximum(found[f"scene {seed}"], found[f"scene {seed}"][:, ::-1])
        found[f"the same above and below {seed}"] = np.minimum(found[f"noise {seed}"], found[f"noise {seed}"][::-1])
        found[f"its own transpose {seed}"] = np.minimum(found[f"noise {seed}"], found[f"noise {seed}"].T)
    return found


def test_codes_of_all_turns_are_those_of_imagehash() -> None:
    for name, grey in greys().items():
        first, second = perceptual.codes(grey), gradients.codes(grey)
        for number, (words, mirrored, quarters) in enumerate(TURNS):
            way = np.rot90(grey[:, ::-1] if mirrored else grey, quarters)
            assert WAYS[number].words == words and np.array_equal(WAYS[number].laid(grey), way)
            assert (first[number], second[number]) == codes_of_imagehash(way), (name, words)
        assert perceptual.of_grey(grey).code == first[0]
        assert gradients.of_grey(grey, searchable=True).code == second[0]


def test_changes_are_rises_and_the_rises_of_the_picture_upside_down() -> None:
    for grey in greys().values():
        ways = (codes_of_imagehash(way)[1] for way in (grey, np.rot90(grey, 2)))
        assert gradients.changes(grey) == sum(int.from_bytes(code, "big").bit_count() for code in ways)
