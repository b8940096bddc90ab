"""Reports, comparisons, and what sun and gazetteer say, in each form that a reader or a program takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.differences import Comparison
from ..model.image import Image
from ..model.matches import Match
from ..model.report import Report
from ..model.text import visible
from .drawn import drawings, sun_tests

if TYPE_CHECKING:
    from ..gazetteer.answer import PlaceAnswer
    from ..placetime.sun.answer import SunAnswer
    from ..report.figures.match import Figures
    from ..report.map.sheet import Map
    from ..report.pdf.document import Pdf
    from ..report.sky.tested import Tested


def render_json(report: Report) -> str:
    """The machine form; its schema is `provenance.report.jsonform.schema()`."""
    from ..report.jsonform import render

    return render(report)


def report_digest(report: Report) -> str:
    """SHA-256 of the RFC 8785 form of the report's JSON, in lower-case hex: the name of its content."""
    from ..report.jsonform import body_digest

    return body_digest(report)


def render_sun(found: SunAnswer, *, width: int = 80) -> str:
    """What the sun says, for a terminal of `width` columns."""
    from ..report.terminal.sun import render_sun as render

    return render(found, width=width)


def render_sun_figure(found: SunAnswer) -> str | None:
    """The sky of an answer about the sun as an SVG file, as beside a report; None where nothing can be drawn: it takes
    a place no wider than 1,000 km and a time with two ends.
    """
    from ..report.figures.files import render_sun_figure as render
    from ..report.sky.sheet import figure
    from ..report.sky.tested import Tested

    test = Tested(found=found, shadow=found.shadow)
    return render(figure(test), compiled=compiled_templates()) if test.drawable else None


def render_sun_json(found: SunAnswer) -> str:
    """The same for machines."""
    from ..report.terminal.sun import render_sun_json as render

    return render(found)


def render_place(found: PlaceAnswer, *, width: int = 80) -> str:
    """What the gazetteer says of a name or a position, for a terminal of `width` columns."""
    from ..report.terminal.place import render_place as render

    return render(found, width=width)


def render_place_json(found: PlaceAnswer) -> str:
    """The same for machines."""
    from ..report.terminal.place import render_place_json as render

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
    from ..findings.timed import timed
    from ..report.html import render
    from ..report.languages.tongue import tongue

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
    from ..findings.audits import agreeing_text, audit_text, audits
    from ..findings.people import set_aside_by, why_aside
    from ..findings.shadows import regions
    from ..findings.strength import sort_evidence
    from ..findings.wording import far, name
    from ..report.languages.tongue import tongue
    from ..report.map.marks import Band, Stated
    from ..report.map.sheet import draw

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
    from ..report.html import render_map as render

    return render(chart, compiled=compiled_templates())


def render_text(report: Report, *, width: int = 80, colour: bool = False, language: str = "en") -> str:
    """One line per question, for a terminal `width` columns wide; `language` as of `render_html`."""
    from ..report.languages.tongue import tongue
    from ..report.terminal.report import render

    return render(report, width=width, colour=colour, tongue=tongue(language))


def word(text: str, *, language: str = "en", **values: object) -> str:
    """A label of ours in that language, its places filled with `values`; in English where it has none."""
    from ..report.languages.patterns import replaced
    from ..report.languages.tongue import tongue

    return replaced(tongue(language).form(text), {name: str(value) for name, value in values.items()})


def render_markdown(report: Report, *, language: str = "en") -> str:
    """The first screen as Markdown for a chat; what strangers wrote is neither mark nor link nor mention in it."""
    from ..report.languages.tongue import tongue
    from ..report.markdown import render

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
    from ..report.figures.head_code import HEAD_NAME, head_code
    from ..report.languages.tongue import tongue
    from ..report.pdf.document import render

    tested = sun_tests(report)
    svgs = drawings(report, tested, chart, compiled=compiled_templates(), language=language)
    code = head_code(report)
    if code is not None and code.path:
        svgs[HEAD_NAME] = code.svg.encode()
    return render(report, pictures or {}, figures, drawings=svgs, suns=tested, blur=blur, tongue=tongue(language))


def render_inspection(report: Report, *, width: int = 80, colour: bool = False, language: str = "en") -> str:
    """The facts of a file by topic, for a terminal; `language` as of `render_html`."""
    from ..report.languages.tongue import tongue
    from ..report.terminal.inspection import render_inspect

    return render_inspect(report, width=width, colour=colour, tongue=tongue(language))


def render_comparison(
    match: Match,
    names: tuple[str, str],
    *,
    width: int = 80,
    colour: bool = False,
    compared: Comparison | None = None,
    language: str = "en",
) -> str:
    """How two pictures relate, for a terminal; `language` as of `render_html`."""
    from ..report.languages.tongue import tongue
    from ..report.terminal.comparison import render_comparison as render

    return render(match, names, width=width, colour=colour, compared=compared, tongue=tongue(language))


def render_comparison_json(match: Match, first: Image, second: Image, compared: Comparison | None = None) -> str:
    """The machine form of a comparison: both files, the match, and what laying one over the other came to."""
    import json

    from ..model.canonical import plain

    form = {"id": match.id, "first": first.original, "second": second.original, "match": match}
    if compared is not None:
        form["comparison"] = compared
    return json.dumps(plain(form), ensure_ascii=False, indent=2)


def compiled_templates() -> Path:
    """Where compiled templates are kept between runs."""
    from ..sets.which import cache_folder

    return cache_folder().with_name("templates")
