"""Local features: mirrored without looking again, the same every time, read back as they were kept."""

import contextlib
import hashlib
from dataclasses import replace
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow

from provenance.fingerprint.local import codebook, thumbnail
from provenance.fingerprint.local.detect import REFERENCE_POINTS, Points, detect, grey_of
from provenance.fingerprint.local.encode import coded, features, name, query
from provenance.fingerprint.local.mirror import mirrored, order
from provenance.model.image import WorkingCopy


def scene(seed: int = 0, width: int = 480, height: int = 360) -> WorkingCopy:
    chance = np.random.default_rng(seed)
    layers = [
        np.asarray(
            Pillow.fromarray(chance.integers(0, 256, (side * 3 // 4, side, 3), np.uint8)).resize(
                (width, height), Pillow.Resampling.BICUBIC
            ),
            np.float64,
        )
        for side in (4, 12, 32, 80)
    ]
    return WorkingCopy(pixels=np.average(layers, axis=0, weights=(3, 3, 2, 2)).astype(np.uint8))


def nearest(points: Points, others: Points) -> np.ndarray:
    """For every point the row of the other whose place, size and direction are nearest."""
    apart = np.abs(points.xy[:, None] - others.xy[None]).sum(axis=2)
    apart += np.abs(points.size_px[:, None] - others.size_px[None])
    apart += np.abs((points.angle_deg[:, None] - others.angle_deg[None] + 180) % 360 - 180) / 10
    return apart.argmin(axis=1)


def test_mirrored_descriptors_are_those_of_the_mirrored_picture() -> None:
    grey = grey_of(scene(), 480)
    derived = mirrored(detect(grey, 300))
    found = detect(np.ascontiguousarray(grey[:, ::-1]), 5000)
    rows = nearest(derived, found)
    assert np.median(np.abs(derived.xy - found.xy[rows])) < 0.01
    assert np.median(np.abs(derived.size_px - found.size_px[rows])) < 0.01
    difference = ((derived.descriptors.astype(int) - found.descriptors[rows]) ** 2).sum(axis=1)
    # Two descriptors of different points are 160,000 apart in the median.
    assert np.median(difference) <= 200
    assert np.mean(difference <= 5000) > 0.9


def test_mirroring_twice_changes_nothing() -> None:
    assert (order()[order()] == np.arange(128)).all()
    points = detect(grey_of(scene(3), 480), 200)
    twice = mirrored(mirrored(points))
    assert (twice.descriptors == points.descriptors).all()
    assert np.allclose(twice.xy, points.xy, atol=1e-3)
    assert np.allclose((twice.angle_deg - points.angle_deg + 180) % 360, 180, atol=1e-3)


def test_the_same_picture_gives_the_same_bytes_on_one_thread_and_on_two() -> None:
    import cv2

    before = cv2.getNumThreads()
    try:
        kept = []
        for threads in (1, 2):
            cv2.setNumThreads(threads)
            kept.append(features(scene(1)))
    finally:
        cv2.setNumThreads(before)
    assert kept[0] == kept[1]


def test_points_are_spread_over_the_picture() -> None:
    points = detect(grey_of(scene(2, 500, 500), 500), 100)
    cells = (points.xy // 100).astype(int)
    _, counts = np.unique(cells, axis=0, return_counts=True)
    assert counts.tolist() == [4] * 25


def test_a_plain_picture_has_no_points() -> None:
    plain = WorkingCopy(pixels=np.full((200, 300, 3), 90, np.uint8))
    assert features(plain).points == 0
    assert len(query(plain).plain.xy) == 0
    assert len(query(plain).probe.words) == 0


@pytest.mark.parametrize("size", [(1, 1), (1, 700), (3, 2), (40, 9)])
def test_a_tiny_picture_breaks_nothing(size: tuple[int, int]) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (*size, 3), np.uint8)
    kept = features(WorkingCopy(pixels=pixels))
    assert len(kept.words) == 2 * kept.points
    assert thumbnail.luma(kept.thumbnail).size
    query(WorkingCopy(pixels=pixels))


def test_what_is_kept_reads_back_as_it_was_found() -> None:
    copy = scene(4)
    points = detect(grey_of(copy, 512), REFERENCE_POINTS)
    kept = features(copy)
    read = coded(kept)
    assert kept.points == len(points.xy) == REFERENCE_POINTS
    assert np.abs(read.xy - points.xy).max() <= 1 / 128 + 1e-4
    assert np.abs(np.log2(read.size_px / points.size_px)).max() <= 1 / 32 + 1e-4
    assert np.abs((read.angle_deg - points.angle_deg + 180) % 360 - 180).max() <= 360 / 512 + 1e-3
    above = codebook.shipped().projections(points.descriptors) > 0
    assert (read.signs == np.where(above, 1, -1)).all()


def test_a_reference_takes_less_than_ten_kilobytes() -> None:
    kept = features(scene(5, 1600, 1200))
    assert 24 * kept.points + len(kept.thumbnail) <= 10_000


def test_the_codebook_is_small_and_named_by_its_content() -> None:
    data = files("provenance.fingerprint.local").joinpath(codebook.FILE).read_bytes()
    assert len(data) <= 2_000_000
    book = codebook.read(data)
    digest = hashlib.sha256()
    for array, kind in ((book.coarse, "<u1"), (book.fine, "<i1"), (book.cuts, "<i1"), (book.middles, "<i4")):
        digest.update(array.astype(kind).tobytes())
    assert book.version == digest.hexdigest()[:8]
    assert name().endswith(book.version)


def test_the_codebook_multiplies_whole_numbers_exactly() -> None:
    """Every sum stays below 2**24, so 32-bit floating point has no rounding and no order matters."""
    book = codebook.shipped()
    longest = 512.0 * 1.01  # a descriptor; the sum of |a_i b_i| is at most the product of lengths
    assert longest * np.sqrt((book.cuts**2).sum(axis=0)).max() + np.abs(book.middles).max() < 2**24
    # |d - c - f|**2 in the parts in which it is summed.
    centre, step = (np.sqrt((one**2).sum(axis=1)).max() for one in (book.coarse, book.fine))
    assert centre**2 + step**2 + 2 * centre * step + 2 * longest * (centre + step) < 2**24
    descriptors = detect(grey_of(scene(6), 512), 200).descriptors
    exact = descriptors.astype(np.int64) @ book.cuts.astype(np.int64) - book.middles.astype(np.int64)
    assert (book.projections(descriptors) == exact).all()


def test_nearest_words_are_the_nearest_by_brute_force() -> None:
    """Centre by centre and step by step, in 64-bit whole numbers."""
    book = codebook.shipped()
    coarse, fine = book.coarse.astype(np.int64), book.fine.astype(np.int64)
    descriptors = detect(grey_of(scene(7), 512), 40).descriptors
    asked, kept = book.nearest_words(descriptors, 6), book.nearest_words(descriptors, 1)
    for row, descriptor in enumerate(descriptors.astype(np.int64)):
        centres = np.argsort(((descriptor - coarse) ** 2).sum(axis=1), kind="stable")[:4]
        apart = ((descriptor - coarse[centres, None] - fine[None]) ** 2).sum(axis=2)
        words = centres[:, None] * len(fine) + np.arange(len(fine))
        assert asked[row].tolist() == [word for _, word in sorted(zip(apart.flat, words.flat, strict=True))[:6]]
        assert kept[row, 0] == words[0, apart[0].argmin()]


def test_a_thumbnail_looks_like_the_picture() -> None:
    copy = scene(8, 640, 427)
    small = np.asarray(Pillow.fromarray(copy.pixels).resize((128, 85), Pillow.Resampling.BOX), np.float64)
    shown = thumbnail.pixels(thumbnail.encode(copy)).astype(np.float64)
    assert shown.shape == small.shape
    assert np.sqrt(((shown - small) ** 2).mean()) < 20


@pytest.mark.parametrize("levels", [2, 256])
def test_a_thumbnail_of_noise_is_no_larger_than_a_set_keeps_and_can_be_read(levels: int) -> None:
    chance = np.random.default_rng(4)
    noise = (chance.integers(0, levels, (512, 512, 1)) * (255 // (levels - 1))).astype(np.uint8).repeat(3, axis=2)
    kept = thumbnail.encode(WorkingCopy(pixels=np.ascontiguousarray(noise)))
    assert len(kept) <= thumbnail.KEPT_BYTES
    assert thumbnail.pixels(kept).shape == (128, 128, 3)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_thumbnail_reader(data: bytes) -> None:
    with contextlib.suppress(ValueError):
        assert thumbnail.luma(data).dtype == np.uint8


def test_a_thumbnail_that_unpacks_to_more_is_refused() -> None:
    import zlib

    with pytest.raises(ValueError, match="another length"):
        thumbnail.luma(bytes((8, 8)) + zlib.compress(bytes(3_000_000)))


def test_features_with_parts_that_do_not_fit_are_refused() -> None:
    kept = features(scene(9))
    with pytest.raises(ValueError):
        coded(replace(kept, places=kept.places[:-2]))
