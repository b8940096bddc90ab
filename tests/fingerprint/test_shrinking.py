"""What codes are made of: means of areas in whole numbers, and Pillow's filter from there to the second code."""

import hashlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from provenance.fingerprint import gradients, perceptual, shrinking
from provenance.fingerprint.shrinking import SIDE_PX, shrink
from provenance.fingerprint.whole_frame import describe, distance_bits
from provenance.model.image import WorkingCopy

SAMPLES = Path(__file__).parents[2] / "samples/reference"


def means_of_areas(pixels: np.ndarray) -> np.ndarray:
    """The 64 x 64 levels as they are defined, in whole numbers alone."""
    fewer, halved = pixels.astype(np.int64), [0, 0]
    while min(fewer.shape[:2]) >= 128:
        height, width = fewer.shape[0] // 2, fewer.shape[1] // 2
        fours = fewer[: 2 * height, : 2 * width].reshape(height, 2, width, 2, 3).sum(axis=(1, 3))
        fewer, halved = (fours + 2) // 4, [halved[0] + 1, halved[1] + 1]
    for axis in range(2):
        while fewer.shape[axis] > 1024:
            two = np.arange(fewer.shape[axis] // 2 * 2).reshape(-1, 2)
            fewer = (fewer.take(two[:, 0], axis) + fewer.take(two[:, 1], axis) + 1) // 2
            halved[axis] += 1
    down, across = (within(pixels.shape[axis], fewer.shape[axis], 1 << halved[axis]) for axis in range(2))
    thousandths = down @ (fewer @ np.array([299, 587, 114])) @ across.T
    area = 1000 * np.outer(down.sum(axis=1), across.sum(axis=1))
    return np.asarray((2 * thousandths + area) // (2 * area), np.uint8)


def within(length: int, rows: int, pixels: int) -> np.ndarray:
    """How many 64ths of a pixel of each row, that stands for so many, lie in each 64th of a length."""
    found = np.zeros((SIDE_PX, rows), np.int64)
    for part in range(SIDE_PX):
        for row in range(part * length // SIDE_PX // pixels, rows):
            begin, end = max(part * length, row * pixels * 64), min((part + 1) * length, (row + 1) * pixels * 64)
            if end <= begin:
                break
            found[part, row] = end - begin
    return found


def made(kind: str, width: int, height: int) -> np.ndarray:
    chance = np.random.default_rng(width * 10_000 + height)
    noise = chance.integers(0, 256, (height, width, 3), np.uint8)
    if kind == "flat":
        noise[:] = noise[0, 0]
    if kind == "black and white":
        noise = np.where(noise[:, :, :1] > 127, 255, 0).repeat(3, axis=2).astype(np.uint8)
    if kind == "stripes":
        noise[:] = (np.arange(width) // 5 % 2 * 255)[None, :, None]
    if kind == "white":
        noise[:, : width // 2 + 1] = 255
    return np.ascontiguousarray(noise)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["noise", "flat", "black and white", "stripes"]),
    st.integers(1, 1300),
    st.integers(1, 1300),
)
def test_levels_of_any_size_are_the_means_of_areas(kind: str, width: int, height: int) -> None:
    pixels = made(kind, width, height)
    assert np.array_equal(shrink(WorkingCopy(pixels=pixels)), means_of_areas(pixels))


@pytest.mark.parametrize("height", [1, 63, 64, 65, 127, 128, 129, 255, 257, 1023, 1025, 2049])
@pytest.mark.parametrize("width", [1, 64, 127, 129, 255, 256, 511, 1024, 1027])
def test_levels_are_the_means_where_halving_begins_and_ends(width: int, height: int) -> None:
    pixels = made("noise", width, height)
    assert np.array_equal(shrink(WorkingCopy(pixels=pixels)), means_of_areas(pixels))


@pytest.mark.parametrize("size", [(24_769, 400), (4_000, 3_000), (100, 40_000), (1, 3_000_000), (3_000_000, 1)])
@pytest.mark.parametrize("kind", ["noise", "white"])
def test_large_and_long_pictures_lose_nothing_of_their_sums(size: tuple[int, int], kind: str) -> None:
    pixels = made(kind, *size)
    assert np.array_equal(shrink(WorkingCopy(pixels=pixels)), means_of_areas(pixels))


def test_a_picture_of_one_level_keeps_it_at_any_size() -> None:
    for level, size in ((255, (1, 1)), (1, (37, 200)), (254, (131, 259)), (128, (513, 1023))):
        assert (shrink(WorkingCopy(pixels=np.full((*size, 3), level, np.uint8))) == level).all()


@pytest.mark.parametrize("turn", [np.transpose, np.flipud])
def test_a_picture_laid_otherwise_has_its_levels_laid_so(turn: object) -> None:
    # Of 192 x 256 pixels nothing is left out when it is halved, so both ends are alike.
    pixels = made("noise", 256, 192)
    laid = np.stack([turn(pixels[:, :, channel]) for channel in range(3)], axis=2)  # type: ignore[operator]
    assert np.array_equal(
        shrink(WorkingCopy(pixels=np.ascontiguousarray(laid))),
        turn(shrink(WorkingCopy(pixels=pixels))),  # type: ignore[operator]
    )


def waves(width: int, height: int) -> np.ndarray:
    """A picture of whole numbers alone."""
    down, across = np.mgrid[:height, :width].astype(np.int64)
    planes = [across**2 // (7 + c) + down * (across // (3 + c)) + down**2 // (5 - c) for c in range(3)]
    return np.ascontiguousarray(np.stack(planes, axis=2) % 256).astype(np.uint8)


@pytest.mark.parametrize(
    ("width", "height", "digest"),
    [
        (640, 480, "e292dd985e0e326d"),
        (800, 700, "3239545b73480735"),
        (600, 380, "b5f6ba7d31f702af"),
        (70, 300, "0783280f6568cb7e"),
        (101, 90, "a5b6555505c20c01"),
    ],
)
def test_codes_are_the_same_on_every_machine(width: int, height: int, digest: str) -> None:
    grey = shrink(WorkingCopy(pixels=waves(width, height)))
    codes = perceptual.codes(grey)[0] + gradients.codes(grey)[0]
    assert hashlib.sha256(codes).hexdigest()[:16] == digest


def test_weights_are_those_of_the_formula_and_their_sums_exact() -> None:
    # Pillow is asked for them, so a version of it with another filter shows here.
    units = gradients._weights() * 2**22
    assert np.array_equal(units, np.round(units)) and 255 * np.abs(units).sum(axis=1).max() < 2**53
    for size, found in ((17, units[:17]), (16, units[17:])):
        places = (np.arange(SIDE_PX) + 0.5 - (np.arange(size)[:, None] + 0.5) * SIDE_PX / size) * size / SIDE_PX
        formula = np.where(np.abs(places) < 3, np.sinc(places) * np.sinc(places / 3), 0)
        assert np.abs(found - formula / formula.sum(axis=1, keepdims=True) * 2**22).max() < 1


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        (
            "desert_outpost",
            "857823e46a177c3bd3a5ab50143803a7e950943c6b8f2afe9478ebc3fe055d2a",
            "f480fa00d4806300b3006f40af00be00a70179a1ccadcd2cf324fec0f800fd40"
            "ffffffff1fffdfffffff9fffeffe108000000005e7feff835c64007d10004000",
        ),
        (
            "forest_track",
            "c91c893ea676e66524daecdd3992b15a73453666f169d4191229526dd6a94ea9",
            "cd8ccf84cd8ccf84cf8ccf0cdf04db04db0cdb0cff1bbe0aff4afa0af600f480"
            "0fc803e8d8d68191e08b00109839442ff8bdba6fcf19fc3af837005fc0000038",
        ),
        (
            "railcar_yard",
            "a114d0c8db074e4f6df6a75f133a7ad1900428d0cd2892f57ff7c00e11f96e8f",
            "f841fa00d301c761b1c069f468bcea5846f3e7c5c63ff1e29a48132ef0d67999"
            "fffff9ff70ff007f001ffe033b00002010000fc7001f7ffcff0012bf1e5fe0cc",
        ),
    ],
)
def test_codes_of_sets_filled_before_are_near_those_of_today(name: str, first: str, second: str) -> None:
    # Names stayed when the levels were defined otherwise, so old sets are asked with new codes and the reverse.
    with Image.open(SAMPLES / f"{name}.jpg") as picture:
        turn = describe(WorkingCopy(pixels=np.asarray(picture.convert("RGB")))).turns[0]
    assert distance_bits(turn.frequencies, bytes.fromhex(first)) <= 6
    assert distance_bits(turn.gradients, bytes.fromhex(second)) <= 40


@pytest.mark.parametrize("size", [(300, 4_000), (4_000, 300), (256, 2_560)])
def test_a_panorama_made_smaller_has_the_codes_of_the_large_one(size: tuple[int, int]) -> None:
    blocks = np.random.default_rng(size[0]).integers(40, 216, (size[0] // 32 + 1, size[1] // 32 + 1, 3), np.uint8)
    large = Image.fromarray(blocks).resize(size[::-1], Image.Resampling.BICUBIC)
    small = large.resize((size[1] * 2 // 5, size[0] * 2 // 5), Image.Resampling.BICUBIC)
    turns = [describe(WorkingCopy(pixels=np.asarray(picture))).turns[0] for picture in (large, small)]
    assert distance_bits(turns[0].frequencies, turns[1].frequencies) <= perceptual.ALONE_BITS


def test_borders_that_are_kept_take_at_most_16_mb() -> None:
    # Of each process: a pass over an archive meets sides of hundreds of lengths.
    most = shrinking._many_borders.cache_info().maxsize
    assert most is not None and most * sum(column.nbytes for column in shrinking._many_borders(15, 0)) <= 2**24
