"""Reports and comparisons as text, JSON and HTML, and the folder that holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .drawn import drawings, sun_tests
from .errors import OutputError
from .model.differences import Comparison
from .model.image import Image
from .model.matches import Match
from .model.report import Report
from .model.text import visible

if TYPE_CHECKING:
    from .custody.folder import Seal
    from .desk import Checked, Desk
    from .gazetteer.answer import PlaceAnswer
    from .placetime.sun.answer import SunAnswer
    from .report.figures import Figures
    from .report.map.sheet import Map
    from .report.pdf import Pdf
    from .report.sky.tested import Tested

JSON_NAME, HTML_NAME, PDF_NAME = "report.json", "report.html", "report.pdf"
FIGURES = (".jpg", ".png", ".svg")
"""Endings of files that show something; beside them may lie what was asked outside."""
COMPARISON_JSON_NAME, COMPARISON_HTML_NAME = "compare.json", "compare.html"


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
    from .custody.folder import holds_others, write_folder, write_new_folder

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
    from .custody.folder import write_folder
    from .report.figures import AtHand
    from .report.html import render_comparison_page
    from .report.languages.tongue import tongue
    from .showing import shown

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


def render_json(report: Report) -> str:
    """The machine form; its schema is `provenance.report.jsonform.schema()`."""
    from .report.jsonform import render

    return render(report)


def report_digest(report: Report) -> str:
    """SHA-256 of the RFC 8785 form of the report's JSON, in lower-case hex: the name of its content."""
    from .report.jsonform import body_digest

    return body_digest(report)


def render_sun(found: SunAnswer, *, width: int = 80) -> str:
    """What the sun says, for a terminal of `width` columns."""
    from .report.sun import render_sun as render

    return render(found, width=width)


def render_sun_figure(found: SunAnswer) -> str | None:
    """The sky of an answer about the sun as an SVG file, as beside a report; None where nothing can be drawn: it takes
    a place no wider than 1,000 km and a time with two ends.
    """
    from .report.figure_files import render_sun_figure as render
    from .report.sky.sheet import figure
    from .report.sky.tested import Tested

    test = Tested(found=found, shadow=found.shadow)
    return render(figure(test), compiled=compiled_templates()) if test.drawable else None


def render_sun_json(found: SunAnswer) -> str:
    """The same for machines."""
    from .report.sun import render_sun_json as render

    return render(found)


def render_place(found: PlaceAnswer, *, width: int = 80) -> str:
    """What the gazetteer says of a name or a position, for a terminal of `width` columns."""
    from .report.place import render_place as render

    return render(found, width=width)


def render_place_json(found: PlaceAnswer) -> str:
    """The same for machines."""
    from .report.place import render_place_json as render

    return render(found)


def render_html(
    report: Report,
    pictures: Mapping[str, bytes],
    figures: Figures | None = None,
    chart: Map | None = None,
    *,
    suns: Sequence[Tested] | None = None,
    blur: bool = False,
    language: str = "en",
) -> str:
    """One file that needs no script and no network. `pictures`: JPEG bytes by "query" and by reference image id.

    `figures`: those of the matches, as `Desk.show` draws them. `chart`: as `draw_map` draws it. `suns`: shadows
    tested against claims, found in the report where they are not at hand. `blur`: every picture stays covered until
    the reader opens it. `language`: of our words, a code of `model.languages.LANGUAGES`.
    """
    from .findings.timed import timed
    from .report.html import render
    from .report.languages.tongue import tongue

    return render(
        report,
        pictures,
        figures,
        timed=timed(report.evidence, report.reviews),
        chart=chart,
        suns=sun_tests(report) if suns is None else suns,
        compiled=compiled_templates(),
        blur=blur,
        tongue=tongue(language),
    )


def draw_map(report: Report, *, language: str = "en") -> Map | None:
    """The places that a report speaks of on a map, offline; None where none has a position or an outline.

    `language`: of our words on it, as of `render_html`.
    """
    from .findings.audits import agreeing_text, audit_text, audits
    from .findings.people import set_aside_by, why_aside
    from .findings.shadows import regions
    from .findings.strength import sort_evidence
    from .findings.wording import far, name
    from .report.languages.tongue import tongue
    from .report.map.marks import Band, Stated
    from .report.map.sheet import draw

    stated = [
        Stated(
            id=item.id,
            start=one.start,
            end=one.end,
            label=f"{one.stated.km:,.0f} km stated, {far(one.straight_km, one.start, one.end)} measured",
            told=audit_text(item, one) if one.flagged else agreeing_text(item, one),
        )
        for item, one in audits(report.evidence)
    ]
    bands = [
        Band(
            ids=(claim.id, bound.id),
            told=visible(
                f"Where the sun stood as the shadow measured by {name(bound)} says, "
                f"at the moment that {name(claim)} names."
            ),
            strips=tuple(tuple((x, y) for x, y in strip[0]) for strip in region["geometry"]["coordinates"]),
        )
        for claim, bound, region in regions(report.evidence)
    ]
    dismissed = {id_: why_aside(one) for id_, one in set_aside_by(report.reviews, report.evidence).items()}
    counted = {item.evidence.id for item in sort_evidence(report.evidence, dismissed).places}
    aside = frozenset(item.id for item in report.evidence) - counted
    return draw(report, stated, bands, aside, tongue(language))


def render_map(chart: Map) -> str:
    """A map as an SVG file that needs no network."""
    from .report.html import render_map as render

    return render(chart, compiled=compiled_templates())


def render_text(report: Report, *, width: int = 80, colour: bool = False, language: str = "en") -> str:
    """One line per question, for a terminal `width` columns wide; `language` as of `render_html`."""
    from .report.languages.tongue import tongue
    from .report.terminal import render

    return render(report, width=width, colour=colour, tongue=tongue(language))


def render_markdown(report: Report, *, language: str = "en") -> str:
    """The first screen as Markdown for a chat; what strangers wrote is neither mark nor link nor mention in it."""
    from .report.languages.tongue import tongue
    from .report.markdown import render

    return render(report, tongue(language))


def render_pdf(
    report: Report,
    pictures: Mapping[str, bytes] | None = None,
    figures: Figures | None = None,
    chart: Map | None = None,
    *,
    blur: bool = False,
    language: str = "en",
) -> Pdf:
    """The report as a PDF, tagged and for archives; arguments as of `render_html`. Raises OutputError.

    `blur`: where a picture would stand there is a link to it; all of them stand on pages of their own at the end.
    """
    from .report.head_code import HEAD_NAME, head_code
    from .report.languages.tongue import tongue
    from .report.pdf import render

    tested = sun_tests(report)
    svgs = drawings(report, tested, chart, compiled=compiled_templates(), language=language)
    code = head_code(report)
    if code is not None and code.path:
        svgs[HEAD_NAME] = code.svg.encode()
    return render(report, pictures or {}, figures, drawings=svgs, suns=tested, blur=blur, tongue=tongue(language))


def render_inspection(report: Report, *, width: int = 80, colour: bool = False) -> str:
    """The facts of a file by topic, for a terminal."""
    from .report.inspection import render_inspect

    return render_inspect(report, width=width, colour=colour)


def render_comparison(
    match: Match,
    names: tuple[str, str],
    *,
    width: int = 80,
    colour: bool = False,
    compared: Comparison | None = None,
) -> str:
    """How two pictures relate, for a terminal."""
    from .report.comparison import render_comparison as render

    return render(match, names, width=width, colour=colour, compared=compared)


def render_comparison_json(match: Match, first: Image, second: Image, compared: Comparison | None = None) -> str:
    """The machine form of a comparison: both files, the match, and what laying one over the other came to."""
    import json

    from .model.canonical import plain

    form = {"id": match.id, "first": first.original, "second": second.original, "match": match}
    if compared is not None:
        form["comparison"] = compared
    return json.dumps(plain(form), ensure_ascii=False, indent=2)


def compiled_templates() -> Path:
    """Where compiled templates are kept between runs."""
    from .sets import cache_folder

    return cache_folder().with_name("templates")
