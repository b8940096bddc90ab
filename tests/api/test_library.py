"""`import provenance` does whatever the command does."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import provenance
from provenance import Question, Verdict
from provenance.errors import InputError, ProvenanceError, StatementsError
from provenance.model.differences import Comparison

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
NOW = datetime(2024, 11, 15, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(used_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("PROVENANCE_REFERENCE", raising=False)


def test_check_returns_the_typed_report_and_writes_it_when_asked(tmp_path: Path) -> None:
    report = provenance.check(
        SAMPLES / "railcar_mirrored.jpg", references=[SAMPLES / "reference"], now=NOW, out=tmp_path / "report"
    )
    finding = report.finding(Question.SEEN_BEFORE)
    assert finding is not None and finding.verdict is Verdict.COPY
    for sentence in finding.sentences:
        for cited in sentence.cites:
            assert report.by_id(cited) is not None or cited in {run.id for run in report.checks}
    assert (tmp_path / "report" / "report.html").is_file()


def test_every_sentence_of_the_founding_report_cites_what_is_in_it() -> None:
    report = provenance.check(
        SAMPLES / "railcar_post.png",
        references=[SAMPLES / "reference"],
        claims=SAMPLES / "railcar_post.claims.yaml",
        now=NOW,
    )
    known = {item.id for item in report.evidence} | {run.id for run in report.checks}
    cited = {cited for finding in report.findings for sentence in finding.sentences for cited in sentence.cites}
    assert cited and cited <= known
    words = {finding.question: finding.verdict for finding in report.findings}
    assert words[Question.WHEN] is words[Question.WHERE] is Verdict.UNPROVEN
    assert words[Question.SOURCES] is Verdict.CONTRADICT
    assert report.overall is Verdict.UNPROVEN
    (laid,) = (item for item in report.evidence if isinstance(item, Comparison))
    assert "a page or a frame on all sides of it" in laid.statement  # the post, told once and not side by side
    assert len([side for side in laid.also if "strip" in side]) == 4


def test_bytes_are_checked_as_a_file_is() -> None:
    path = SAMPLES / "stranger.jpg"
    one = provenance.check(path, only=["origin"], now=NOW)
    two = provenance.check(path.read_bytes(), only=["origin"], now=NOW)
    assert one.evidence == two.evidence


def test_errors_are_of_one_tree_with_remedies(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        provenance.check(tmp_path / "missing.jpg")
    assert isinstance(caught.value, ProvenanceError) and caught.value.remedy
    with pytest.raises(StatementsError):
        provenance.claim(place="Nowhere@99,0", text="x")
    with pytest.raises(ValueError, match="everything"):
        provenance.questions(["everything"])


def test_one_desk_checks_many_pictures_against_one_open_set() -> None:
    with provenance.Desk(references=[SAMPLES / "reference"], clock=lambda: NOW) as desk:
        words = [
            desk.check(SAMPLES / name).report.finding(Question.SEEN_BEFORE)
            for name in ("railcar_mirrored.jpg", "stranger.jpg", "railcar_recompressed.jpg")
        ]
    assert [finding.verdict for finding in words if finding] == [Verdict.COPY, Verdict.NO_MATCH, Verdict.COPY]
