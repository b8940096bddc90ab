"""The measurement of a merge: what it merges, and that it would tell another answer."""

from pathlib import Path

import pytest

from benchmarks.archive import merging
from provenance.reference.codes import bands as code_bands
from provenance.reference.codes import merging as code_merging


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_bands, "INDEX_ROWS", 64)
    monkeypatch.setattr(code_merging, "TIERS_ROWS", (400,))


def test_segments_are_merged_into_one_with_the_same_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    merging.main(["--rows", "600", "--parts", "3", "--work", str(tmp_path)])
    told = capsys.readouterr().out
    assert "600 rows of 3 segments into one" in told and "15 answers, the same" in told


def test_another_answer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([[[(0, b"a")]], [[(1, b"a")]]])
    monkeypatch.setattr(merging, "answers", lambda *_: next(answers))
    with pytest.raises(AssertionError, match="other answers"):
        merging.main(["--rows", "600", "--parts", "3", "--work", str(tmp_path)])


def test_where_nothing_was_merged_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        merging.main(["--rows", "300", "--parts", "3", "--work", str(tmp_path)])
