"""The QR code of a case's head: what a phone reads from the paper is what `verify --against` takes."""

from __future__ import annotations

import io
import re
import sys
from dataclasses import replace

import numpy as np
import pytest

from provenance.custody.verifying import known_head
from provenance.model.case import HEAD_THEN
from provenance.model.report import Event, Report
from provenance.output.rendering import render_html, render_pdf
from provenance.report.figures.head_code import MISSING, HeadCode, case_head, head_code

HEAD = f"123:{'0123456789abcdef' * 4}"


def filed(report: Report, detail: str = HEAD_THEN + HEAD, what: str = "kept") -> Report:
    return replace(report, events=(*report.events, Event(at="2026-03-01T12:00:00Z", what=what, detail=detail)))


def pixels(code: HeadCode, scale: int = 8) -> np.ndarray:
    """The path of the SVG, drawn by the test."""
    drawn = np.full((code.side, code.side), 255, np.uint8)
    for x, y, width, back in re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", code.path):
        assert width == back
        drawn[int(y), int(x) : int(x) + int(width)] = 0
    return np.kron(drawn, np.ones((scale, scale), np.uint8))


def test_another_programs_decoder_reads_the_head(bare: Report) -> None:
    cv2 = pytest.importorskip("cv2")
    code = head_code(filed(bare))
    assert code is not None
    read, corners, _ = cv2.QRCodeDetector().detectAndDecode(pixels(code))
    assert (read, corners is not None) == (HEAD, True)
    assert str(known_head(read)) == HEAD
    assert str(known_head(f" {HEAD[:40]}\u200b\n  {HEAD[40:]} ")) == HEAD
    assert f'viewBox="0 0 {code.side} {code.side}"' in code.svg and code.path in code.svg


def test_the_page_carries_it_for_print_and_says_the_head_in_text(bare: Report) -> None:
    page = render_html(filed(bare), {})
    code = head_code(filed(bare))
    assert code is not None and code.path in page and page.count('class="on-paper"') == 1
    assert re.search(rf"<code[^>]*>(<bdi[^>]*>)?{HEAD}<", page)


@pytest.mark.parametrize(
    ("detail", "what"),
    [
        (f"{HEAD_THEN}{HEAD} and more", "kept"),
        (f"{HEAD_THEN}12:abc", "kept"),
        (f"elsewhere {HEAD}", "kept"),
        (HEAD_THEN + HEAD, "received"),
        (f'{HEAD_THEN}1:{"a" * 63}"', "kept"),
    ],
)
def test_nothing_else_is_taken_for_a_head(bare: Report, detail: str, what: str) -> None:
    report = filed(bare, detail, what)
    assert case_head(report) == "" and head_code(report) is None
    assert 'class="on-paper"' not in render_html(report, {})


def test_without_the_library_the_page_says_so(bare: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "segno", None)
    page = render_html(filed(bare), {})
    assert MISSING in page and HEAD in page and "QR code of the head" not in page


def test_page_and_pdf_say_it_in_their_language(bare: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("typst")
    pypdf = pytest.importorskip("pypdf")
    when = "Последняя запись журнала дела на момент поступления снимка"
    page = render_html(filed(bare), {}, language="ru")
    assert when in page and "последняя запись журнала при получении" in page
    assert "head of the" not in re.sub(r"<[^>]*>|in a case; head of its log then", "", page)
    monkeypatch.setitem(sys.modules, "segno", None)
    pages = pypdf.PdfReader(io.BytesIO(render_pdf(filed(bare), language="ru").data)).pages
    told = "".join("".join(page.extract_text() for page in pages).split())
    assert "segnoнеустановлен" in told and "isnotinstalled" not in told


def test_the_pdf_carries_both(bare: Report) -> None:
    pytest.importorskip("typst")
    pypdf = pytest.importorskip("pypdf")
    made = render_pdf(filed(bare))
    assert made.standard
    pages = pypdf.PdfReader(io.BytesIO(made.data)).pages
    told = "".join("".join(page.extract_text() for page in pages).replace("\u200b", "").split())
    assert HEAD in told and "--againstHEAD" in told
