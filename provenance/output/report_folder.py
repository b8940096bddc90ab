"""The folder of a report or a comparison: which files stand in it, and how it is written, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import OutputError
from ..model.differences import Comparison
from ..model.image import Image
from ..model.matches import Match
from ..model.report import Report
from ..model.report_files import COMPARISON_HTML_NAME, COMPARISON_JSON_NAME, HTML_NAME, JSON_NAME, PDF_NAME
from .drawn import drawings, sun_tests
from .rendering import compiled_templates, draw_map, render_comparison_json, render_html, render_json, render_pdf

if TYPE_CHECKING:
    from ..custody.folder import Seal
    from ..desk.desk import Checked, Desk
    from ..report.figures.match import Figures

FIGURES = (".jpg", ".png", ".svg")
"""Endings of files that show something; beside them may lie what was asked outside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A report folder, the page in it, and the names of the figures beside the page."""

    folder: Path
    page: Path
    figures: tuple[str, ...]
    pdf: Path | None = None
    no_pdf: OutputError | None = None
    """Why there is no PDF, where one was asked for."""
    pdf_standard: str = ""
    """The standard for archives that the PDF keeps to; "" where its content did not allow it."""
    sealed: bool = False
    """Whether a seal of its own lists and signs what is in the folder."""


def require_room(folder: Path, *, alone: bool) -> None:
    """Raises OutputError where no report can be written into that folder, before a picture is checked for it.

    `alone`: the report is to stand in the folder itself, which then has none yet.
    """
    from ..custody.folder import refuse_replacing, require_writable

    require_writable(folder)
    if alone and folder.exists():
        refuse_replacing(folder, (JSON_NAME, HTML_NAME))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFiles:
    """The files of a report by name, and what came of a PDF that was asked for (as in `Written`)."""

    files: dict[str, bytes]
    no_pdf: OutputError | None = None
    pdf_standard: str = ""

    def written(self, folder: Path, *, sealed: bool = False) -> Written:
        """What stands in `folder` then, told for a reader."""
        return Written(
            folder=folder,
            page=folder / HTML_NAME,
            figures=tuple(name for name in self.files if name.endswith(FIGURES)),
            pdf=folder / PDF_NAME if PDF_NAME in self.files else None,
            no_pdf=self.no_pdf,
            pdf_standard=self.pdf_standard,
            sealed=sealed,
        )


def write(
    desk: Desk,
    checked: Checked,
    target: Path,
    *,
    inside: bool = False,
    figures: bool = True,
    blur: bool = False,
    pdf: bool = False,
    seal: Seal | None = None,
    language: str = "en",
) -> Written:
    """Write the report folder: report.json, report.html, the figures and SHA256SUMS.

    `inside`: make a new folder in `target`, named after the time and the picture's digest. `blur`: the pictures of the
    page stay covered until they are opened. `pdf`: report.pdf as well; that it cannot be made takes nothing from the
    others. `seal`: what seals the folder (`signing.folder_sealing`), unless it holds other files already. `language`:
    of page and PDF, as of `render_html`.
    Raises OutputError.
    """
    from ..custody.folder import holds_others, write_folder, write_new_folder

    report = checked.report
    made = report_files(desk, checked, figures=figures, blur=blur, pdf=pdf, language=language)
    seal = None if not inside and holds_others(target) else seal
    if inside:
        folder = write_new_folder(target, folder_name(report), made.files, seal)
    else:
        folder = write_folder(target, made.files, seal)
    return made.written(folder, sealed=seal is not None)


def report_files(
    desk: Desk,
    checked: Checked,
    *,
    figures: bool = True,
    blur: bool = False,
    pdf: bool = False,
    language: str = "en",
) -> ReportFiles:
    """report.json, report.html, the figures of the matches, timeline and map; with `pdf`, report.pdf."""
    report, shown = checked.report, desk.show(checked, figures=figures)
    files = files_of(report, shown.pictures, shown.figures, drawn=figures, blur=blur, language=language)
    files |= checked.beside
    if not pdf:
        return ReportFiles(files=files)
    try:
        made = render_pdf(
            report, shown.pictures, shown.figures, draw_map(report, language=language), blur=blur, language=language
        )
    except OutputError as error:
        return ReportFiles(files=files, no_pdf=error)
    return ReportFiles(files={**files, PDF_NAME: made.data}, pdf_standard=made.standard)


def files_of(
    report: Report,
    pictures: Mapping[str, bytes],
    figures: Figures | None = None,
    *,
    drawn: bool = True,
    blur: bool = False,
    language: str = "en",
) -> dict[str, bytes]:
    """The same of any report with these pictures and figures. `drawn`: with its timeline and map.

    With `blur` no figure lies beside the page, since a folder's view would show what the page covers.
    """
    mapped, tested = draw_map(report, language=language) if drawn else None, sun_tests(report)
    return {
        JSON_NAME: f"{render_json(report)}\n".encode(),
        HTML_NAME: render_html(
            report, pictures, figures, chart=mapped, suns=tested, blur=blur, language=language
        ).encode(),
        **(figures.files() if figures and not blur else {}),
        **(drawings(report, tested, mapped, compiled=compiled_templates(), language=language) if drawn else {}),
    }


def folder_name(report: Report) -> str:
    """A name for the folder of a report: its time and the picture's digest."""
    stamp = report.made_at.replace("-", "").replace(":", "")
    return f"{stamp}-{report.original.sha256[:8]}"


def write_comparison(
    match: Match,
    first: Image,
    second: Image,
    target: Path,
    *,
    compared: Comparison | None = None,
    language: str = "en",
) -> Written:
    """Write how two pictures relate: compare.json, compare.html, its figures and SHA256SUMS. Raises OutputError.

    `language`: of our words in the page, as of `render_html`.
    """
    from ..custody.folder import write_folder
    from ..desk.showing import shown
    from ..report.figures.match import AtHand
    from ..report.html import render_comparison_page
    from ..report.languages.tongue import tongue

    at_hand = {match.reference.image_id: AtHand(copy=second.working_copy)}
    seen = shown(first, [match], at_hand, figures=True, compared=[compared] if compared else [])
    page = render_comparison_page(
        match,
        (first.original, second.original),
        seen.pictures,
        seen.figures,
        compared=compared,
        compiled=compiled_templates(),
        tongue=tongue(language),
    )
    files = {
        COMPARISON_JSON_NAME: f"{render_comparison_json(match, first, second, compared)}\n".encode(),
        COMPARISON_HTML_NAME: page.encode(),
        **seen.figures.files(),
    }
    folder = write_folder(target, files)
    return Written(folder=folder, page=folder / COMPARISON_HTML_NAME, figures=tuple(seen.figures.files()))
