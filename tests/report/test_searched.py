"""What was searched, on the page: the set, how, and which planted variants were found."""

from __future__ import annotations

import dataclasses

from provenance.model.matches import Planted, Search
from provenance.model.report import Report
from provenance.report.details import search_rows
from provenance.report.html import render


def _searched(report: Report, **fields: object) -> tuple[Report, Search]:
    search = next(item for item in report.evidence if isinstance(item, Search))
    changed = dataclasses.replace(search, **fields)  # type: ignore[arg-type]
    items = tuple(changed if item is search else item for item in report.evidence)
    return dataclasses.replace(report, evidence=items), changed


def test_planted_variants_are_told_one_by_one_the_found_ones_first(founding: Report) -> None:
    planted = (Planted(variant="crop to 30 %", found=False), Planted(variant="mirrored", found=True))
    report, search = _searched(founding, planted=planted)
    rows = {row.label: row.text for row in search_rows(search)}
    assert rows["variants of this picture, planted in memory"] == "mirrored: found, crop to 30 %: not found"
    assert "mirrored: found, crop to 30 %: not found" in render(report, {})


def test_why_none_was_planted_is_told(founding: Report) -> None:
    report, search = _searched(founding, not_planted="a match was found")
    assert {row.label: row.text for row in search_rows(search)}["no variant planted"] == "a match was found"
    assert "a match was found" in render(report, {})
