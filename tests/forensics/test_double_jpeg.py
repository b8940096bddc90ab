"""What was changed in a JPEG before it was saved again is found where the first compression can still be seen."""

import io
import math
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from provenance.forensics.blind import double_jpeg, history, once, twice
from provenance.forensics.blind.chance import log10_nfa
from provenance.forensics.blind.tables import as_fine_as
from provenance.image.containers.jpeg_tables import libjpeg
from provenance.image.decoding import coefficients as reading
from provenance.image.decoding.coefficients import Coefficients, coefficients
from provenance.model.context import Context
from provenance.model.differences import Anomaly
from provenance.model.image import Refusal
from provenance.model.limits import Limits
from provenance.model.outcome import Ran, Skipped

from .conftest import Pixels, Saved

jpeglib = pytest.importorskip("jpeglib", reason="jpeglib is not installed (extra `jpeg`)")


@pytest.fixture(scope="module")
def host(yard: Pixels) -> Pixels:
    """A photograph that was a JPEG of quality 75."""
    buffer = io.BytesIO()
    Pillow.fromarray(yard).save(buffer, "JPEG", quality=75)
    return np.array(Pillow.open(buffer).convert("RGB"), np.uint8)


def test_a_part_that_was_compressed_once_is_found(host: Pixels, road: Pixels, saved: Saved, context: Context) -> None:
    changed = host.copy()
    changed[200:312, 300:428] = np.clip(road[100:212, 100:228] * 0.9 + 7, 0, 255)
    outcome = double_jpeg.check(saved(changed, "JPEG", quality=95), context)
    assert isinstance(outcome, Ran)
    (found,) = outcome.evidence
    assert isinstance(found, Anomaly)
    region = found.regions[0]
    x, y, width, height = region.box_px
    assert 280 <= x < x + width <= 448
    assert 180 <= y < y + height <= 332
    again = log10_nfa(region.trials, region.hits, region.chance, region.tests)
    assert math.isclose(again, region.log10_nfa, abs_tol=1e-3)


def test_unaltered_it_is_silent_and_the_first_quality_is_told(host: Pixels, saved: Saved, context: Context) -> None:
    image = saved(host, "JPEG", quality=95)
    outcome = double_jpeg.check(image, context)
    assert isinstance(outcome, Ran)
    assert not outcome.evidence
    told = history.check(image, context)
    assert isinstance(told, Ran)
    assert "libjpeg quality 75" in str(vars(told.evidence[0])["value"])


@pytest.mark.parametrize(("quality", "why"), [(85, "below quality 90"), (96, "an earlier saving")])
def test_it_abstains_below_quality_90_and_where_an_earlier_saving_left_nothing(
    road: Pixels, saved: Saved, context: Context, quality: int, why: str
) -> None:
    smaller = np.ascontiguousarray(road[1::2, 1::2])
    outcome = double_jpeg.check(saved(smaller, "JPEG", quality=quality), context)
    assert isinstance(outcome, Skipped)
    assert why in outcome.reason


def test_without_a_jpeg_or_without_the_library_it_is_skipped(
    road: Pixels, saved: Saved, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(double_jpeg.check(saved(road), context), Skipped)
    monkeypatch.setattr(reading, "find_spec", lambda _: None)
    outcome = double_jpeg.check(saved(road, "JPEG", quality=95), context)
    assert isinstance(outcome, Skipped)
    assert outcome.reason == "jpeglib is not installed"
    assert "provenance-desk[jpeg]" in outcome.remedy


def test_coefficients_are_those_that_libjpeg_decodes(road: Pixels) -> None:
    buffer = io.BytesIO()
    Pillow.fromarray(road).convert("L").save(buffer, "JPEG", quality=90)
    read = coefficients(buffer.getvalue(), Limits())
    assert isinstance(read, Coefficients)
    decoded = np.array(Pillow.open(buffer), np.int16)
    assert np.abs(twice.luminance(read.quantised, read.steps) - decoded).max() <= 2  # libjpeg's DCT is of whole numbers


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff", b"\xff\xd8" + 2000 * b"\xff\xd9", b"not a picture at all"])
def test_what_is_no_jpeg_is_refused(data: bytes) -> None:
    assert isinstance(coefficients(data, Limits()), Refusal)


def test_a_reading_that_takes_too_long_is_ended(road: Pixels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = tmp_path / "slow.py"
    slow.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr("provenance.image.decoding.coefficients._SCRIPT", slow)
    buffer = io.BytesIO()
    Pillow.fromarray(road).save(buffer, "JPEG", quality=90)
    refused = coefficients(buffer.getvalue(), Limits(), within_s=0.1)
    assert isinstance(refused, Refusal)
    assert "more than 0.1 s" in refused.reason


def test_three_frequencies_must_agree() -> None:
    ratios = np.zeros((3, 12, 12))
    ratios[0] = 10.0
    spoken = np.ones((12, 12), bool)
    hits = np.zeros((12, 12), bool)
    hits[2:8, 2:8] = True
    assert not once.clustered(once.Blocks(ratios=ratios, spoken=spoken, hits=hits))
    assert once.clustered(once.Blocks(ratios=np.full((3, 12, 12), 10.0), spoken=spoken, hits=hits))


def test_tables_are_libjpegs() -> None:
    for quality in (50, 75, 90, 98, 100):
        buffer = io.BytesIO()
        Pillow.new("L", (16, 16)).save(buffer, "JPEG", quality=quality)
        assert sorted(Pillow.open(buffer).quantization[0]) == sorted(libjpeg(quality)[0])  # type: ignore[attr-defined]
    assert as_fine_as(libjpeg(98)[0], 98)
    assert not as_fine_as(libjpeg(97)[0], 98)
    assert not as_fine_as((), 98)


def test_a_copy_that_the_library_made_does_not_stay_where_it_fails(
    road: Pixels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    buffer = io.BytesIO()
    Pillow.fromarray(road).save(buffer, "JPEG", quality=90)
    assert isinstance(coefficients(buffer.getvalue(), Limits(pixels_px=100)), Refusal)  # 400 bytes may be written
    assert isinstance(coefficients(buffer.getvalue(), Limits()), Coefficients)
    assert list(tmp_path.iterdir()) == []
