"""Error levels are for the eye: no check, no finding and no report may know of them."""

import io
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import provenance
from provenance.checks import CHECKS
from provenance.desk.lens import write_error_levels
from provenance.report.figures import error_levels

ROOT = Path(__file__).resolve().parents[2]
PICTURE = ROOT / "samples" / "railcar_recompressed.jpg"
ALLOWED = {"desk/lens.py", "report/figures/error_levels.py", "cli/inspect.py"}
NAMED = re.compile(r"\berror_levels\b|[Ee]rror levels?|\bela\b|\blens import")


def test_only_the_lens_itself_speaks_of_error_levels() -> None:
    package = ROOT / "provenance"
    files = (path for kind in ("*.py", "*.j2", "*.json") for path in package.rglob(kind))
    named = {str(path.relative_to(package)) for path in files if NAMED.search(path.read_text(encoding="utf-8"))}
    assert named == ALLOWED
    assert not any("lens" in check.module or "error" in check.module for check in CHECKS)


def test_no_verdict_changes_when_it_cannot_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def touched(*_: object) -> bytes:
        raise AssertionError("a check or a finding asked for error levels")

    monkeypatch.setattr(error_levels, "error_levels", touched)
    report = provenance.check(PICTURE, references=[], only=["altered"])
    assert not [run for run in report.checks if run.outcome.ended == "failed"]


def test_a_picture_is_written_beside_what_must_be_said(tmp_path: Path) -> None:
    path, said = write_error_levels(PICTURE, tmp_path / "ela")
    assert "no answer of this program rests on it" in said
    with Image.open(path) as written, Image.open(PICTURE) as picture:
        assert written.size == picture.size
    with pytest.raises(provenance.ProvenanceError, match="already holds"):
        write_error_levels(PICTURE, tmp_path / "ela")


def test_what_was_saved_so_already_stays_dark() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (64, 64), np.uint8)
    levels = [
        np.array(Image.open(io.BytesIO(error_levels.error_levels(np.repeat(one[..., None], 3, 2)))))
        for one in (np.full((64, 64), 90, np.uint8), noise)
    ]
    assert levels[0].mean() < 30 < levels[1].mean()
