"""Reports and comparisons as text, JSON and HTML, and the folder that holds them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from .model.evidence import Match
from .model.report import Report

if TYPE_CHECKING:
    from .desk import Checked, Desk

JSON_NAME, HTML_NAME = "report.json", "report.html"


def write(desk: Desk, checked: Checked, target: Path, *, inside: bool = False) -> Path:
    """Write the report folder: report.json, report.html and SHA256SUMS; the folder written.

    `inside`: make a new folder in `target`, named after the time and the picture's digest. Raises OutputError.
    """
    from .custody.folder import write_folder, write_new_folder

    report = checked.report
    pages = {
        JSON_NAME: f"{render_json(report)}\n".encode(),
        HTML_NAME: render_html(report, desk.pictures(checked)).encode(),
    }
    if not inside:
        return write_folder(target, pages)
    stamp = report.made_at.replace("-", "").replace(":", "")
    return write_new_folder(target, f"{stamp}-{report.original.sha256[:8]}", pages)


def render_json(report: Report) -> str:
    """The machine form; its schema is `provenance.report.jsonform.schema()`."""
    from .report.jsonform import render

    return render(report)


def render_html(report: Report, pictures: Mapping[str, bytes]) -> str:
    """One file that needs no script and no network. `pictures`: JPEG bytes by "query" and by reference image id."""
    from .report.html import render
    from .sets import cache_folder

    return render(report, dict(pictures), compiled=cache_folder().with_name("templates"))


def render_text(report: Report, *, width: int = 80, colour: bool = False) -> str:
    """One line per question, for a terminal `width` columns wide."""
    from .report.terminal import render

    return render(report, width=width, colour=colour)


def render_inspection(report: Report, *, width: int = 80, colour: bool = False) -> str:
    """The facts of a file by topic, for a terminal."""
    from .report.inspection import render_inspect

    return render_inspect(report, width=width, colour=colour)


def render_comparison(match: Match, names: tuple[str, str], *, width: int = 80, colour: bool = False) -> str:
    """How two pictures relate, for a terminal."""
    from .report.comparison import render_comparison as render

    return render(match, names, width=width, colour=colour)
