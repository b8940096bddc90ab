"""A file of tests that changes the process or a module for the next is told by name."""

import logging
import signal
import time
from pathlib import Path

import cv2
import pytest

from provenance.reference.packs import packing
from tests.left_over import around, held, left_over

LOGGER = logging.getLogger("exifread")  # there before anything is noted, whichever test is the first of its process

CHANGES = {
    "the working folder": lambda patch: patch.chdir("/"),
    "the environment": lambda patch: patch.setenv("SOMETHING", "else"),
    "sys.path": lambda patch: patch.syspath_prepend("/"),
    "signal handlers": lambda patch: patch.setattr(signal, "getsignal", lambda _: None),
    "the time zone": lambda patch: patch.setattr(time, "tzname", ("X", "Y")),
    "threads of OpenCV": lambda patch: patch.setattr(cv2, "getNumThreads", lambda: 77),
    "the most pixels of Pillow": lambda patch: patch.setattr("PIL.Image.MAX_IMAGE_PIXELS", 5),
    "the level of.exifread": lambda patch: patch.setattr(LOGGER, "level", logging.CRITICAL),
    "provenance.reference.packs.packing.": lambda patch: patch.setattr(packing, sorted(_constants())[0], 2),
}


def _constants() -> list[str]:
    return [name for name in vars(packing) if name.isupper()]


@pytest.mark.parametrize("what", CHANGES)
def test_what_a_test_leaves_changed_is_named(what: str) -> None:
    before = around(), held()
    assert left_over(before) == []
    with pytest.MonkeyPatch.context() as patch:
        CHANGES[what](patch)
        told = left_over(before)
        assert told and any(one.startswith(what) for one in told)
    assert left_over(before) == []


def test_a_folder_that_is_gone_is_told_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = around(), held()
    with monkeypatch.context() as patch:
        (tmp_path / "gone").mkdir()
        patch.chdir(tmp_path / "gone")
        (tmp_path / "gone").rmdir()
        assert "one that is gone" in left_over(before)[0]
    assert left_over(before) == []
