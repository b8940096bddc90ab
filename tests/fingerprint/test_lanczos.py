"""The filter that codes are made with: Pillow's, bit for bit, in the order of its versions before 13."""

import hashlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from provenance.fingerprint import gradients, lanczos, perceptual
from provenance.fingerprint.lanczos import filtered
from provenance.fingerprint.shrinking import SIDE_PX, shrink
from provenance.model.image import WorkingCopy

LANCZOS = Image.Resampling.LANCZOS


def as_pillow_shrinks(pixels: np.ndarray) -> np.ndarray:
    """Rows averaged, blocks averaged, filtered across, then down, each by Pillow: what the codes of all sets are of."""
    height, width, _ = pixels.shape
    rows = max(1, height // (4 * SIDE_PX))
    flat = Image.fromarray(pixels.reshape(height, 3 * width)).reduce((1, rows))
    colour = Image.fromarray(np.asarray(flat).reshape(flat.height, width, 3))
    factors = int(width / SIDE_PX / 3) or 1, int(height / rows / SIDE_PX / 3) or 1
    fewer = colour.reduce(factors) if factors != (1, 1) else colour
    across = fewer.resize((SIDE_PX, fewer.height), LANCZOS, box=(0, 0, width / factors[0], fewer.height))
    down = across.resize((SIDE_PX, SIDE_PX), LANCZOS, box=(0, 0, SIDE_PX, height / rows / factors[1]))
    return np.asarray(down.convert("L"))


def made(kind: str, width: int, height: int) -> np.ndarray:
    chance = np.random.default_rng(width * 10_000 + height)
    noise = chance.integers(0, 256, (height, width, 3), np.uint8)
    if kind == "flat":
        noise[:] = noise[0, 0]
    if kind == "black and white":
        noise = np.where(noise[:, :, :1] > 127, 255, 0).repeat(3, axis=2).astype(np.uint8)
    if kind == "stripes":
        noise[:] = (np.arange(width) // 5 % 2 * 255)[None, :, None]
    if kind == "symmetric":
        noise = np.minimum(noise, noise[::-1, ::-1])
    return np.ascontiguousarray(noise)


KINDS = ("noise", "flat", "black and white", "stripes", "symmetric")


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(KINDS), st.integers(1, 1300), st.integers(1, 1300))
def test_a_picture_of_any_size_is_shrunk_as_pillow_does_it(kind: str, width: int, height: int) -> None:
    pixels = made(kind, width, height)
    assert np.array_equal(shrink(WorkingCopy(pixels=pixels)), as_pillow_shrinks(pixels))


@pytest.mark.parametrize("height", [383, 384, 385, 427, 480, 511, 512])
@pytest.mark.parametrize("width", [191, 383, 384, 385, 576, 577, 640, 801, 2000])
def test_where_blocks_of_two_rows_are_averaged_they_are_rounded_once(width: int, height: int) -> None:
    pixels = made("noise", width, height)
    assert np.array_equal(shrink(WorkingCopy(pixels=pixels)), as_pillow_shrinks(pixels))


@pytest.mark.parametrize("size", [(24_769, 400), (49_536, 511), (66_000, 300), (100, 40_000), (1, 70_000), (70_000, 1)])
@pytest.mark.parametrize("kind", ["noise", "white"])
def test_sums_of_long_sides_exceed_no_whole_number(size: tuple[int, int], kind: str) -> None:
    pixels = made("noise", *size)
    if kind == "white":
        pixels[:, : size[0] // 2 + 1] = 255
    assert np.array_equal(shrink(WorkingCopy(pixels=pixels)), as_pillow_shrinks(pixels))


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 700), st.floats(0.05, 1.0), st.integers(1, 80))
def test_columns_are_filtered_over_a_part_of_the_rows_to_any_size(rows: int, share: float, size: int) -> None:
    length = max(1.0, float(np.float32(rows * share)))  # Pillow's boxes are in single precision
    levels = np.random.default_rng(rows).integers(0, 256, (rows, 40), np.uint8)
    down = Image.fromarray(levels.T.copy()).resize((size, 40), LANCZOS, box=(0, 0, length, 40))
    assert np.array_equal(filtered(levels, length, size), np.asarray(down).T)


def waves(width: int, height: int) -> np.ndarray:
    """A picture of whole numbers alone."""
    down, across = np.mgrid[:height, :width].astype(np.int64)
    planes = [across**2 // (7 + c) + down * (across // (3 + c)) + down**2 // (5 - c) for c in range(3)]
    return np.ascontiguousarray(np.stack(planes, axis=2) % 256).astype(np.uint8)


@pytest.mark.parametrize(
    ("width", "height", "digest"),
    [
        (640, 480, "8140fdccff731afd"),
        (800, 700, "5f301a548d79bc55"),
        (600, 380, "7ed659a2e14ae32f"),
        (70, 300, "14a88ae1f40c0921"),
    ],
)
def test_codes_are_those_of_pillow_12_whatever_the_version(width: int, height: int, digest: str) -> None:
    # Pillow 13 resizes the last three down before across, which would change their codes.
    grey = shrink(WorkingCopy(pixels=waves(width, height)))
    codes = perceptual.codes(grey)[0] + gradients.codes(grey)[0]
    assert hashlib.sha256(codes).hexdigest()[:16] == digest


def formula(rows: int, length: float, size: int) -> np.ndarray:
    """Lanczos' weights, shape (size, rows), as floats of which no term is rounded to Pillow's 22 binary places."""
    stretch = max(length / size, 1.0)
    middles = (np.arange(size) + 0.5) * (length / size)
    places = (np.arange(rows) + 0.5 - middles[:, None]) / stretch
    # Pillow takes the pixels from one rounded place to another, whatever of the filter lies beyond them.
    first, last = ((middles + side * 3 * stretch + 0.5).astype(int)[:, None] for side in (-1, 1))
    within = (np.arange(rows) >= first) & (np.arange(rows) < last) & (np.abs(places) < 3)
    found = np.where(within, np.sinc(places) * np.sinc(places / 3), 0)
    return np.asarray(found / found.sum(axis=1, keepdims=True))


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 900), st.floats(0.7, 1.0), st.sampled_from([16, 17, SIDE_PX]))
def test_weights_are_those_of_the_formula_and_their_sums_exact(rows: int, share: float, size: int) -> None:
    # Pillow is asked for them, so a version of it with another filter shows here, and with another order below.
    length = max(1.0, float(np.float32(rows * share)))
    whole = np.zeros((size, rows))
    for part, used, weights in lanczos._parts(rows, length, size):
        whole[part, used] = weights
    units = whole * 2**22
    assert np.array_equal(units, np.round(units)) and 255 * np.abs(units).sum(axis=1).max() < 2**53
    assert np.abs(units - formula(rows, length, size) * 2**22).max() < 1
