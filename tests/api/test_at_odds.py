"""One disagreement within a file is one sentence wherever it is told: screen, page, count of sources, inspection."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

import provenance
from provenance import Question, Verdict
from provenance.output.rendering import render_html, render_inspection, render_text

NOW = datetime(2024, 11, 20, 9, tzinfo=UTC)
PACKET = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" '
    'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" exif:DateTimeOriginal="2024-11-14T12:33:44+07:00" '
    'photoshop:DateCreated="2019-05-01T10:00:00"/></rdf:RDF></x:xmpmeta>'
)
TOLD = (
    "The file's own tags disagree on the time of capture by at least 2,023 days: XMP exif:DateTimeOriginal gives "
    "2024-11-14T12:33:44+07:00, XMP photoshop:DateCreated gives 2019-05-01T10:00:00."
)


@pytest.fixture
def picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("PROVENANCE_REFERENCE", raising=False)
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", PACKET)
    Image.new("RGB", (64, 48), (90, 120, 40)).save(tmp_path / "two.png", pnginfo=info)
    return tmp_path / "two.png"


def test_it_is_told_once_and_the_same_everywhere(picture: Path) -> None:
    report = provenance.check(picture, now=NOW)
    sources = report.finding(Question.SOURCES)
    assert sources is not None and sources.verdict is Verdict.CONTRADICT
    assert sources.sentences[0].text == "The file's own tags contradict each other in 1 point."
    assert [conflict.text for conflict in sources.conflicts] == [TOLD]
    screen = " ".join(render_text(report, width=400, colour=False).split())
    assert screen.count("disagree on the time of capture") == 1
    assert "no contradiction" not in screen
    page = render_html(report, {}).replace("&#39;", "'")
    at_odds = page.partition('id="h-odds"')[2].partition("</section>")[0]
    assert at_odds.count("disagree") == 1 and TOLD in at_odds


def test_inspect_tells_it_too_and_stops_in_time(picture: Path) -> None:
    assert TOLD in " ".join(render_inspection(provenance.inspect(picture, now=NOW), width=400, colour=False).split())
    late = provenance.inspect(picture, now=NOW, within_s=1e-9)
    assert {run.outcome.reason for run in late.checks if hasattr(run.outcome, "reason")} == {"time"}
    assert late.finding(Question.ORIGIN).verdict is Verdict.NOT_CHECKED
    in_time = provenance.inspect(picture, now=NOW, within_s=600.0)
    assert in_time.evidence == provenance.inspect(picture, now=NOW).evidence


def test_without_origin_or_sources_the_rest_still_tells_it(picture: Path) -> None:
    for only in ("when", "sources", "origin"):
        report = provenance.check(picture, now=NOW, only=(only,))
        assert "disagree on the time of capture" in " ".join(render_text(report, width=400, colour=False).split())
