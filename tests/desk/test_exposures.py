"""Tags of two files that name two exposures are said beside the comparison, and move no outcome."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow

from provenance import check, compare, difference
from provenance.desk.at_hand import PixelsAtHand
from provenance.desk.exposures import tags_of, two_exposures
from provenance.image.load import inspect
from provenance.metadata.exif.check import check as exif
from provenance.model.context import Context
from provenance.model.differences import Compared, Comparison
from provenance.model.image import Image
from provenance.model.limits import Limits
from provenance.model.outcome import Outcome
from provenance.report.languages.tongue import tongue

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "reference" / "railcar_yard.jpg"
SAYS = "two moments of capture"
ONE_CAMERA, ONE_MODEL = "name one camera by its serial number and two", "name one model of camera and two"
TAKEN = "2024:05:06 07:08:09"
EXIF, ORIGINAL, FRACTION, SERIAL = 0x8769, 0x9003, 0x9291, 0xA431


def kept(
    path: Path,
    *,
    taken: str = TAKEN,
    fraction: str = "",
    camera: str = "DO-1",
    serial: str = "",
    altered: bool = False,
) -> Path:
    """The sample as a file with these tags, or with a part of it filled."""
    with Pillow.open(SAMPLE) as opened:
        pixels = np.array(opened.convert("RGB"), np.uint8)
    if altered:
        part = np.zeros(pixels.shape[:2], np.uint8)
        cv2.ellipse(part, (pixels.shape[1] // 2, pixels.shape[0] // 2), (80, 60), 0, 0, 360, 255, -1)
        pixels = np.asarray(cv2.inpaint(pixels, part, 5, cv2.INPAINT_TELEA), np.uint8)
    tags = Pillow.Exif()
    tags[0x010F], tags[0x0110] = "Demo Optical", camera
    tags.get_ifd(EXIF)[ORIGINAL] = taken
    if fraction:
        tags.get_ifd(EXIF)[FRACTION] = fraction
    if serial:
        tags.get_ifd(EXIF)[SERIAL] = serial
    Pillow.fromarray(pixels).save(path, "JPEG", quality=92, exif=tags)
    return path


def tags(path: Path) -> Mapping[str, str]:
    return tags_of(inspect(path, Limits()), Limits())


@pytest.mark.parametrize(
    ("first", "second", "two"),
    [
        ({}, {}, False),
        ({}, {"taken": "2024:05:06 07:08:10"}, True),
        ({"fraction": "12"}, {"fraction": "45"}, True),
        ({"fraction": "50"}, {"fraction": "5"}, False),
        ({"fraction": "12"}, {"fraction": "123"}, False),
        ({"fraction": "127"}, {"fraction": "13"}, False),
        ({"fraction": "123"}, {"fraction": "124"}, True),
        ({"fraction": "1"}, {"fraction": "45"}, True),
        ({"fraction": "9" * 10_000}, {"fraction": "9" * 9_999}, False),
        ({"fraction": "-1"}, {"fraction": "1e9"}, False),
        ({"fraction": "12"}, {}, False),
        ({}, {"taken": "2024:05:06 09:08:09"}, False),
        ({"fraction": "12"}, {"taken": "2024:05:06 09:08:09", "fraction": "45"}, True),
        ({}, {"taken": "2024:05:16 07:08:09"}, True),
        ({}, {"taken": "2024:05:06 07:08:10", "camera": "DO-2"}, False),
        ({"camera": ""}, {"camera": "", "taken": "2024:05:06 07:08:10"}, False),
        ({}, {"taken": "1970:01:01 00:00:07"}, False),
        ({}, {"taken": "2024:05:06"}, False),
        ({}, {"taken": "sometime"}, False),
    ],
)
def test_two_moments_of_one_camera(tmp_path: Path, first: dict[str, str], second: dict[str, str], two: bool) -> None:
    """Whole quarters of an hour within a day may be a time zone; a clock that was never set says nothing.

    Programs cut and round the fraction of a second.
    """
    files = kept(tmp_path / "a.jpg", **first), kept(tmp_path / "b.jpg", **second)  # type: ignore[arg-type]
    said = two_exposures(*map(tags, files))
    assert (SAYS in said) is two
    for language in ("ru", "uk", "ko"):
        assert not said or tongue(language).told(said)


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("123", "123", ONE_CAMERA),
        ("123", "124", ONE_MODEL),
        ("123", "", ONE_MODEL),
        ("", "", ONE_MODEL),
        ("0000", "0000", ONE_MODEL),
    ],
)
def test_one_camera_is_said_by_the_serial_number_alone(tmp_path: Path, first: str, second: str, said: str) -> None:
    """Two photographers may each own that model."""
    files = kept(tmp_path / "a.jpg", serial=first), kept(tmp_path / "b.jpg", serial=second, taken="2024:05:06 07:08:10")
    found = two_exposures(*map(tags, files))
    assert said in found
    for language in ("ru", "uk", "ko"):
        assert tongue(language).told(found)


def test_a_picture_without_tags_says_nothing(tmp_path: Path) -> None:
    bare = tmp_path / "bare.jpg"
    with Pillow.open(SAMPLE) as opened:
        opened.convert("RGB").save(bare, "JPEG")
    assert two_exposures(tags(bare), tags(kept(tmp_path / "a.jpg"))) == ""


def test_forged_moments_silence_no_difference(tmp_path: Path) -> None:
    """Whoever alters a picture can write another moment into it: the region is reported all the same."""
    whole, forged = kept(tmp_path / "a.jpg"), kept(tmp_path / "b.jpg", taken="2024:05:06 07:08:11", altered=True)
    match, first, second = compare(forged, whole)
    found = difference(match, first, second)
    assert found is not None
    assert found.outcome is Compared.DIFFERS
    assert found.log10_nfa < -3
    assert "07:08:11 and 2024-05-06 07:08:09" in found.limits[-1]


def test_beside_a_copy_in_a_set(tmp_path: Path) -> None:
    """The file of the reference is read where it lies."""
    (tmp_path / "set").mkdir()
    reference = kept(tmp_path / "set" / "a.jpg")
    query = kept(tmp_path / "b.jpg", taken="2024:05:06 07:08:11", altered=True)
    report = check(query, references=[reference.parent])
    told = [item for item in report.evidence if isinstance(item, Comparison)]
    assert [one.outcome for one in told] == [Compared.DIFFERS]
    assert SAYS in told[0].limits[-1]


@pytest.mark.parametrize("questions", [(), ("seen-before", "altered")])
def test_the_files_own_tags_are_read_once_for_all_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, questions: tuple[str, ...]
) -> None:
    """Whether its check ran, or the question that it feeds was not asked."""
    (tmp_path / "set").mkdir()
    for number in range(2):
        kept(tmp_path / "set" / f"{number}.jpg", taken=f"2024:05:06 07:08:0{number}")
    query, looked = kept(tmp_path / "b.jpg", taken="2024:05:06 07:08:11", altered=True), []

    def looking(image: Image, context: Context) -> Outcome:
        looked.append(image.original.name)
        return exif(image, context)

    monkeypatch.setattr("provenance.metadata.exif.check.check", looking)
    report = check(query, references=[tmp_path / "set"], only=questions)
    told = [item for item in report.evidence if isinstance(item, Comparison)]
    assert len(told) == 2 and all(SAYS in one.limits[-1] for one in told)
    assert looked.count("b.jpg") == 1


def test_the_file_of_a_reference_is_not_opened_for_the_tags_of_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(PixelsAtHand, "file", lambda _, reference: asked.append(reference.path))
    (tmp_path / "set").mkdir()
    reference = kept(tmp_path / "set" / "a.jpg")
    same = tmp_path / "same.jpg"
    same.write_bytes(reference.read_bytes())
    check(same, references=[reference.parent])
    assert not asked
    check(kept(tmp_path / "b.jpg", altered=True), references=[reference.parent])
    assert asked
