"""A report as the plain values that the PDF's template reads; the same rows and words as on the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from ...model.evidence import Fact
from ...model.report import Report
from .. import view
from ..facts import shown_facts
from ..figures.match import Figure, Figures
from ..languages.coverage import governs_report
from ..languages.tongue import ENGLISH, Tongue
from ..outline import Outline, outline
from ..sky.sheet import SunFigure
from .sections import Sections
from .values import Values, picture, said

MOST_ITEMS = 200
MOST_FACTS = 300
QUERY = "The picture under test"
WORDS = {
    "report": "Provenance report",
    "refused": "The pixels were not decoded.",
    "covered": "Covered: the last pages show it",
    "pictures": "Covered pictures",
    "query": QUERY,
}
BEHIND = "The pages behind this one show {n} pictures that are covered above."

Files = dict[str, bytes]


def form(
    report: Report,
    pictures: Mapping[str, bytes],
    figures: Figures,
    drawings: Mapping[str, bytes],
    *,
    suns: Sequence[SunFigure] = (),
    blur: bool = False,
    tongue: Tongue = ENGLISH,
) -> tuple[dict[str, Any], Files]:
    """What /form.json holds, and the pictures that it names. `drawings`: SVG by the name of its file.

    `blur`: every photograph is covered by a link to the last pages, which alone show it.
    """
    told, drawn = outline(report, tongue), _photographs(figures)
    files = {**drawings, **{figure.name: figure.jpeg for figure in drawn}}
    if "query" in pictures:
        files["query.jpg"] = pictures["query"]
    cited = {item.id for item in told.cited}
    items, facts = view.items(report), shown_facts(report)
    kept, kept_facts = _kept(items, cited, MOST_ITEMS), _kept(facts, cited, MOST_FACTS)
    every = len(items) + sum(isinstance(item, Fact) for item in report.evidence)
    ids = frozenset({item.id for item in (*kept, *kept_facts)} | {run.id for run in report.checks})
    sections = Sections(
        report=report,
        figures=figures,
        suns=suns,
        files=files,
        values=Values(ids, tongue),
        items=kept,
        facts=kept_facts,
        left_out=every - len(kept) - len(kept_facts),
        people=told.people,
    )
    covered = _covered(files, drawn, Values(ids, tongue)) if blur else []
    values = _first(report, told, Values(ids, tongue)) | {
        "lang": tongue.code,
        "words": _words(tongue, covered=len(covered)),
        "governs": [{"lang": code, "text": text} for code, text in governs_report(report, tongue)],
        "query": "query.jpg" if "query.jpg" in files else None,
        "sections": [{"title": sections.title(title), "parts": parts} for title, parts in sections.all() if parts],
        "covered": covered,
    }
    return values, files


def _first(report: Report, told: Outline, values: Values) -> dict[str, Any]:
    """The first screen."""
    groups = (
        ("At odds", told.at_odds, False),
        ("Not established", told.unknown, False),
        ("Next steps", told.steps, True),
        ("Checked before", told.earlier, False),
    )
    return {
        "title": said(told.title) or "picture",
        "date": _date(report.made_at),
        "made": said(report.made_at),
        "footer": values.tongue.word("sha256 of the report's canonical body: {digest}", digest=told.digest),
        "facts": [said(fact) for fact in told.facts],
        "overall": values.verdict(told.overall),
        "refusal": said(told.refusal),
        "edition": said(told.edition),
        "claims": [values.line(line) for line in told.claims],
        "answers": [values.line(line) for line in told.answers],
        "groups": [
            {"title": values.tongue.word(title), "numbered": numbered, "all": [values.line(line) for line in lines]}
            for title, lines, numbered in groups
            if lines
        ],
    }


def _date(written: str) -> list[int]:
    """Year to second of the moment, [] for what is none: a report.json may have been edited by hand."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return []
    return [*moment.timetuple()[:6]]


def _words(tongue: Tongue, *, covered: int) -> dict[str, str]:
    """Words that stand in the template itself."""
    return {name: tongue.word(text) for name, text in WORDS.items()} | {"behind": tongue.word(BEHIND, n=covered)}


def _photographs(figures: Figures) -> list[Figure]:
    """The figures that show pictures, in the order of the pages."""
    found = [figures.outline, *figures.anomalies.values()]
    for shown in figures.of.values():
        found += [shown.joined, shown.under_test, shown.laid]
    return [one for one in (*found, figures.thumbnail, figures.difference) if one]


def _covered(files: Files, drawn: Sequence[Figure], values: Values) -> list[dict[str, Any]]:
    """Every photograph, for the last pages."""
    query = Figure(name="query.jpg", jpeg=b"", width_px=0, height_px=1, alt=QUERY)
    return [
        part for figure in (*([query] if query.name in files else []), *drawn) for part in picture(figure, values.ours)
    ]


def _kept(items: Iterable[Any], cited: set[str], most: int) -> tuple[Any, ...]:
    """The first so many, and every one that the first screen cites."""
    return tuple(item for number, item in enumerate(items) if number < most or item.id in cited)
