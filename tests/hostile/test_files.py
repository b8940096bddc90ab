"""Files made to break readers: each is answered in two seconds of processor time, and what was refused is told."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from provenance.errors import InputError
from provenance.image.containers.structure import payload, structure
from provenance.image.decoding.decoder import Decoder
from provenance.image.load import load
from provenance.model.limits import Limits
from tests.machine import spent_s

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "corpora" / "metadata" / "hostile"
NAMES = sorted(path.name for path in FOLDER.iterdir() if path.suffix != ".md") if FOLDER.is_dir() else []
ANSWER_S = 2.0

pytestmark = pytest.mark.skipif(not NAMES, reason="the shared hostile files are not beside this checkout")


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    with Decoder() as started:
        yield started


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_file_is_answered_in_time(name, decoder):
    child = decoder._child
    child.wait_until_ready()
    before_s, start = time.process_time() + spent_s(child._process.pid), time.monotonic()
    try:
        image = load(FOLDER / name, decoder, Limits())
        assert (image.refusal is None) != (image.working_copy is None)
    except InputError as error:
        assert name == "empty.jpg"
        assert error.remedy
    assert decoder._child is child, "no file ends the process that decodes"
    assert time.process_time() + spent_s(child._process.pid) - before_s < ANSWER_S
    assert time.monotonic() - start < 5 * ANSWER_S, "nor does one wait"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("heic-box-size64-zero.heic", "impossible size 0"),
        ("heic-box-size-zero.heic", "size 0"),
        ("heic-ascii-kind.heic", "No meta box"),
        ("heic-truncated.heic", "No meta box"),
        ("ifd-chain-60000.tif", "cut off after 10000"),
        ("ifd-65535-entries-x999.tif", "has 65535 entries; only 20000 were read"),
        ("only-soi.jpg", "cut short"),
        ("truncated.jpg", "cut short"),
        ("png-nonascii-chunk.png", "no four letters"),
    ],
)
def test_what_was_refused_is_told(name, told):
    problems = structure((FOLDER / name).read_bytes(), Limits()).problems
    assert any(told in problem for problem in problems), problems


@pytest.mark.parametrize(
    "name",
    [
        "exif-plain.jpg",
        "exif-after-com.jpg",
        "exif-after-dqt.jpg",
        "exif-after-5kB-app2.jpg",
        "exif-after-60kB-app13.jpg",
        "jpeg-named.png",
        "makernote-count-1e9.jpg",
        "webp-exif-no-prefix.webp",
        "webp-exif-prefix.webp",
    ],
)
def test_the_exif_block_is_found_wherever_it_stands(name):
    data = (FOLDER / name).read_bytes()
    (block,) = (block for block in structure(data, Limits()).blocks if block.kind == "exif")
    assert payload(data, block)[:4] in (b"II*\x00", b"MM\x00*")


def test_both_of_two_exif_blocks_are_listed():
    blocks = structure((FOLDER / "two-exif-segments.jpg").read_bytes(), Limits()).blocks
    assert len({block.sha256 for block in blocks if block.kind == "exif"}) == 2


def test_an_archive_behind_a_picture_is_a_trailer():
    data = (FOLDER / "jpeg-with-zip-trailer.jpg").read_bytes()
    (block,) = (block for block in structure(data, Limits()).blocks if block.kind == "trailer")
    assert payload(data, block).startswith(b"PK")


def test_a_giant_keeps_its_size_and_structure(decoder):
    image = load(FOLDER / "png-huge-dimensions.png", decoder, Limits())
    assert (image.structure.width_px, image.structure.height_px) == (200_000, 200_000)
    assert image.refusal is not None
    assert image.refusal.reason.startswith("200,000 x 200,000 pixels")


@pytest.mark.parametrize("name", ["png-ztxt-bomb.png", "png-itxt-bomb.png", "png-iccp-bomb.png"])
def test_a_bomb_beside_the_pixels_does_not_cost_the_pixels(name, decoder):
    image = load(FOLDER / name, decoder, Limits())
    assert image.working_copy is not None
    assert "a part beside the pixels is broken" in image.working_copy.steps[0]
