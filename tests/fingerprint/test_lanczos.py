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
    # Pillow 13 filters the last three down before across, and so would change their codes.
    grey = shrink(WorkingCopy(pixels=waves(width, height)))
    codes = perceptual.codes(grey)[0] + gradients.codes(grey)[0]
    assert hashlib.sha256(codes).hexdigest()[:16] == digest


def test_sums_near_a_half_are_made_again_in_whole_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    levels = np.random.default_rng(3).integers(0, 256, (300, 9_000), np.uint8)
    found, asked = filtered(levels, 300.0, SIDE_PX), []

    def counted(levels: np.ndarray, taps: object, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        asked.append(len(rows))
        return np.full(len(rows), 7, np.uint8)

    monkeypatch.setattr(lanczos, "_exactly", counted)
    spoilt = filtered(levels, 300.0, SIDE_PX)
    assert 0 < np.count_nonzero(spoilt != found) <= asked[0] < found.size / 200


@pytest.mark.parametrize("rows", [1, 7, 64, 65, 200, 383])
def test_sums_in_single_precision_are_off_by_less_than_is_allowed_for(rows: int) -> None:
    kept = lanczos._filter(rows, float(rows), SIDE_PX)
    whole = kept.taps.whole(np.float64) / (1 << 22)
    worst = np.where(whole > 0, 255, 0).astype(np.uint8).T  # each column the largest sum of one row
    levels = np.concatenate([worst, np.random.default_rng(rows).integers(0, 256, (rows, 500), np.uint8)], axis=1)
    exact = whole @ levels
    for part, used, weights in kept.parts:
        assert np.array_equal(weights, whole[part, used]) and not np.delete(whole[part], np.r_[used], axis=1).any()
        for order in (slice(None), slice(None, None, -1)):
            sums = np.zeros((len(weights), levels.shape[1]), np.float32)
            for weight, row in zip(weights.T[order], levels[used][order].astype(np.float32), strict=True):
                sums += weight[:, None] * row
            assert np.abs(sums - exact[part]).max() < kept.off < 2e-3
