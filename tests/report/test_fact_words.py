"""Codes of the GPS tags on the screen and on the page: words, with the code beside them."""

from __future__ import annotations

import dataclasses

from provenance.model.evidence import Fact
from provenance.model.outcome import CheckRun, Ran
from provenance.model.report import Report
from provenance.model.source import Source, SourceKind
from provenance.report import html
from provenance.report.terminal.inspection import render_inspect

TAGS = Source(kind=SourceKind.FILE, name="the file's own tags", origin="file")


def test_a_code_is_shown_in_words_with_the_code_beside(bare: Report) -> None:
    codes = {"gps.GPSSpeedRef": "K", "gps.GPSImgDirectionRef": "T", "exif.Make": "K"}
    facts = tuple(
        Fact(source=TAGS, statement="s", method="exif", key=key, raw=raw, normal=raw, block="exif")
        for key, raw in codes.items()
    )
    runs = (CheckRun(check="exif", outcome=Ran(evidence=facts)),)
    report = dataclasses.replace(bare, checks=runs, evidence=facts)
    lines = [" ".join(line.split()) for line in render_inspect(report, width=120, colour=False).splitlines()]
    for words, code in (("kilometres an hour", "K"), ("true north", "T")):
        place = next(index for index, line in enumerate(lines) if words in line)
        assert any(line.endswith(f"raw: {code}") for line in lines[place : place + 4])
    assert any(line.startswith("maker of the camera K") for line in lines)
    page = html.render(report, {})
    assert "kilometres an hour" in page and "true north" in page
    assert page.count('<span class="raw">raw <code><bdi dir="auto">') == 2
