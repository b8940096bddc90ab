"""The PDF: for archives and for readers aloud, every citation leads to its item, and no text is ever mark-up."""

from __future__ import annotations

import dataclasses
import io
import json
import sys
from collections.abc import Mapping
from typing import Any

import pytest

from provenance.errors import OutputError
from provenance.findings.timed import timed
from provenance.model.differences import Anomaly
from provenance.model.report import Report
from provenance.report import html
from provenance.report.edition.edition import edition
from provenance.report.edition.parts import ALL
from provenance.report.figures.match import Figure, Figures
from provenance.report.jsonform import body_digest
from provenance.report.pdf import document as pdf
from provenance.report.pdf import form as pdf_form
from provenance.report.pdf import glyphs as pdf_glyphs
from provenance.report.pdf import values as pdf_values
from tests.machine import largest_file

typst = pytest.importorskip("typst", reason="no Typst to make the PDF with")
pypdf = pytest.importorskip("pypdf", reason="no pypdf to read it with")


@pytest.fixture(scope="module")
def made(founding: Report, pictures: Mapping[str, bytes]) -> pdf.Pdf:
    drawn = html.render_timeline(founding, timed(founding.evidence))
    assert drawn is not None
    return pdf.render(founding, pictures, None, drawings={"timeline.svg": drawn.encode()})


@pytest.fixture(scope="module")
def document(made: pdf.Pdf) -> Any:
    return pypdf.PdfReader(io.BytesIO(made.data))


@pytest.fixture(scope="module")
def words(document: Any) -> str:
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())


def test_it_is_for_archives_and_for_readers_aloud(made: pdf.Pdf, document: Any) -> None:
    assert made.standard == "PDF/A-2a and PDF/UA-1"
    told = document.xmp_metadata.stream.get_data().decode() if document.xmp_metadata.stream else ""
    assert "pdfaid:part" in told and "pdfuaid:part" in told
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en" and "/OutputIntents" in root


def test_it_says_what_the_first_screen_says(words: str, founding: Report) -> None:
    for finding in founding.findings:
        assert finding.verdict.value in words
    for part in ("At odds", "Not established", "Next steps", "Look at both pictures side by side.", "overturn"):
        assert part in words
    assert body_digest(founding) in words
    assert "Красноярск" in words


def test_an_edition_earlier_checks_anomalies_and_peoples_words_are_told(founding: Report, reviewed: Report) -> None:
    found = next(item for item in reviewed.evidence if isinstance(item, Anomaly))
    figure = Figure(name="anomaly.jpg", jpeg=b"", width_px=2, height_px=2, alt="Regions of the picture.")
    values, files = pdf_form.form(edition(founding, ALL).report, {}, Figures(), {})
    assert values["edition"].startswith("An edition, not the full record.")
    assert body_digest(founding) in values["edition"]
    values, files = pdf_form.form(reviewed, {}, Figures(anomalies={found.id: figure}), {})
    parts = {section["title"]: json.dumps(section["parts"], ensure_ascii=False) for section in values["sections"]}
    assert "14 Nov 2024 20:02 UTC: " in parts["Seen before"]
    assert "anomaly.jpg" in files and "anomaly.jpg" in parts["Altered"] and values["edition"] == ""
    assert "not this yard" in parts["What people added"] and "it moves no verdict" in parts["What people added"]
    assert "dismissed by Eve Reader in entry 7" in parts["Evidence"]
    assert "inference of this program" in parts["Evidence"]


def test_every_citation_leads_to_its_item(document: Any, founding: Report) -> None:
    targets = []
    for page in document.pages:
        for note in page.get("/Annots", ()):
            one = note.get_object()
            assert one["/Subtype"] == "/Link" and ("/Dest" in one or one["/A"]["/S"] == "/GoTo")
            targets.append(one["/Dest"] if "/Dest" in one else one["/A"]["/D"])
    assert len(targets) > 40
    named = document.named_destinations
    assert all(str(target) in named or hasattr(target, "get_object") for target in targets)


@pytest.mark.parametrize("written", ["<b>\u202e", "12-13", "9" * 5_000, "2024-99-99T99:99:99Z"])
def test_a_moment_that_is_none_leaves_the_file_undated(founding: Report, written: str) -> None:
    made = pdf.render(dataclasses.replace(founding, made_at=written), {}, None, drawings={})
    document = pypdf.PdfReader(io.BytesIO(made.data))
    assert document.metadata.creation_date is None
    assert "\u202e" not in document.pages[0].extract_text()


def test_markup_of_the_library_is_text(founding: Report, words: str) -> None:
    hostile = '#panic("x") $ 1/0 $ *b* <lab> @ref = head\n#read("/etc/passwd")'
    item = dataclasses.replace(founding.evidence[0], statement=hostile)
    bare = dataclasses.replace(founding, evidence=(item,), checks=(), findings=(), claims=(), next_steps=(), events=())
    told = pypdf.PdfReader(io.BytesIO(pdf.render(bare, {}, None, drawings={}).data))
    text = " ".join(" ".join(page.extract_text() for page in told.pages).split())
    assert '#panic("x") $ 1/0 $ *b* <lab> @ref = head' in text and "root:" not in text


def test_with_blur_the_last_pages_alone_show_pictures(founding: Report, pictures: Mapping[str, bytes]) -> None:
    found = next(item for item in founding.evidence if isinstance(item, Anomaly))
    figure = Figure(name="anomaly.jpg", jpeg=pictures["query"], width_px=2, height_px=2, alt="Regions.")
    figures = Figures(anomalies={found.id: figure})
    made = pdf.render(founding, pictures, figures, drawings={}, blur=True)
    document = pypdf.PdfReader(io.BytesIO(made.data))
    assert [len(page.images) for page in document.pages[-2:]] == [1, 1] and made.standard
    assert not any(len(page.images) for page in document.pages[:-2])
    assert "Covered: the last pages show it" in document.pages[0].extract_text()
    plain = pypdf.PdfReader(io.BytesIO(pdf.render(founding, pictures, figures, drawings={}).data))
    assert len(plain.pages[0].images) == 1 and "Covered pictures" not in plain.pages[-1].extract_text()


def test_the_same_report_gives_the_same_file(bare: Report) -> None:
    assert pdf.render(bare, {}, None, drawings={}).data == pdf.render(bare, {}, None, drawings={}).data


def test_what_no_font_shows_stands_as_an_escape(bare: Report) -> None:
    """Without the fonts of the machine nothing of Hangul is there; Cyrillic is."""
    fonts = typst.Fonts(include_system_fonts=False)
    values = {"text": "Красноярск 한국어 榴弾砲 \U0001f682"}
    lost = pdf_glyphs.without_glyph(typst, fonts, values)
    assert lost >= set("한국어榴弾砲\U0001f682") and not lost & set("Красноярск")
    assert pdf_glyphs.escaped(values, lost)["text"].startswith("Красноярск \\u{d55c}")


def test_a_flood_is_counted_and_long_words_may_break(founding: Report) -> None:
    items = tuple(dataclasses.replace(founding.evidence[0], statement=f"Number {number}.") for number in range(1_000))
    form, _ = pdf_form.form(dataclasses.replace(founding, evidence=(*founding.evidence, *items)), {}, Figures(), {})
    parts = next(section["parts"] for section in form["sections"] if section["title"] == "Evidence")
    assert len(parts) < 230 and "more items stand in the JSON form" in parts[-1]["text"]
    assert pdf_values.said("A" * 100) == "\u200b".join(("A" * 32, "A" * 32, "A" * 32, "A" * 4))
    assert pdf_values.said("\u0301x") == "\u25cc\u0301x" and pdf_values.said("خط").startswith("\u2068")


def test_without_the_library_the_remedy_is_told(bare: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(OutputError, match="is not installed") as refused:
        pdf.render(bare, {}, None, drawings={})
    assert "provenance-desk[pdf]" in refused.value.remedy


def test_where_temporary_files_find_no_room_it_is_said_which_folder_that_is(
    founding: Report, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with (
        largest_file(1000),
        pytest.raises(OutputError, match=f"cannot be made in {tmp_path}: File too large") as caught,
    ):
        pdf.render(founding, {}, None, drawings={})
    assert caught.value.remedy.startswith("make room there, or ") and "$TMPDIR" in caught.value.remedy
    assert list(tmp_path.iterdir()) == []
