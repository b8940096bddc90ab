"""The drawings of a report that are no photographs: timeline, sun, credential chain, file structure, map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..model.report import Report

if TYPE_CHECKING:
    from pathlib import Path

    from ..report.map.sheet import Map
    from ..report.sky.tested import Tested

MAP_NAME = "map.svg"


def sun_tests(report: Report) -> tuple[Tested, ...]:
    """Every measured shadow against every claim under test, as the findings weigh them."""
    from ..findings.shadows import tests
    from ..findings.wording import name
    from ..report.sky.tested import Tested

    return tuple(
        Tested(
            found=one.found,
            shadow=one.shadow,
            claim=f", by {name(one.claim)}",
            measured=f" measured by {name(one.bound)}",
            ids=(one.claim.id, one.bound.id),
        )
        for one in tests(report.evidence)
    )


def drawings(
    report: Report,
    tested: Sequence[Tested],
    chart: Map | None,
    *,
    compiled: Path | None = None,
    language: str = "en",
) -> dict[str, bytes]:
    """SVG files by their names; where there is nothing to draw, a file is left out.

    `language`: of our words in them; the map has that in which it was drawn.
    """
    from ..findings.timed import timed
    from ..report.figures.files import drawn_files
    from ..report.html import TIMELINE_NAME, render_map, render_timeline
    from ..report.languages.tongue import tongue

    told = timed(report.evidence, report.reviews)
    there = tongue(language)
    line = render_timeline(report, told, compiled=compiled, tongue=there)
    return {
        **({} if line is None else {TIMELINE_NAME: line.encode()}),
        **drawn_files(report, tested, compiled=compiled, tongue=there),
        **({} if chart is None else {MAP_NAME: render_map(chart, compiled=compiled).encode()}),
    }
