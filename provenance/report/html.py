"""The report as one HTML file: no script, no request, nothing from a stranger that a browser could act upon.

Everything printed into the page goes through two gates. `model.text.visible` turns control, bidi and invisible
characters into escapes (as the template engine's finalizer, so that no template can forget it), and autoescape turns
markup into text. A Content Security Policy in the page allows one inline style, by its digest, and pictures from
data: URIs; everything else is refused by the browser even if both gates failed (CSP Level 3, sections 6 and 8).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..metadata.source_type import made_by
from ..model.differences import Comparison
from ..model.evidence import Fact
from ..model.finding import Question
from ..model.image import Original
from ..model.matches import Match
from ..model.report import Report
from ..model.timed import Timed
from . import earlier as before
from . import people, view, words
from .blocks import block_runs
from .by_hand import address_of, by_hand
from .chain import panels
from .environment import data_uri, page_environment, style_digest
from .facts import fact_groups, shown_facts
from .figures.chain import chain_drawings
from .figures.head_code import MISSING, head_code
from .figures.match import Figures
from .figures.structure import strips
from .glossary import words_used
from .history import steps
from .languages.coverage import coverage
from .languages.tongue import ENGLISH, Tongue
from .page_words import word
from .run import custody_rows, setting_rows, tool_rows
from .shown_in import shown_in
from .sky.sheet import draw
from .sky.tested import Tested
from .timeline.layout import drawing
from .timeline.parts import BROAD, NARROW, WIDE
from .timeline.rows import timeline

if TYPE_CHECKING:
    from .map.sheet import Map

BLOCK_LINES = 500
"""Lines of the table of blocks: an ordinary file takes under 60 of the 20,000 that a walker lists."""
PAGE, COMPARISON_PAGE, MAP = "report.html.j2", "comparison.html.j2", "map.svg.j2"
TIMELINE, TIMELINE_NAME = "timeline_file.svg.j2", "timeline.svg"


def render(
    report: Report,
    pictures: Mapping[str, bytes],
    figures: Figures | None = None,
    *,
    timed: Sequence[Timed] = (),
    chart: Map | None = None,
    suns: Sequence[Tested] = (),
    compiled: Path | None = None,
    blur: bool = False,
    tongue: Tongue = ENGLISH,
) -> str:
    """The page. `pictures`: JPEG bytes by "query" and by reference image id; where one is missing the page says so.

    `figures`: what shows the matches; without them both pictures stand side by side. `timed`: what each item says of
    the time, as findings.timed lists it; without it no timeline is drawn. `chart`: the map; without it none is drawn.
    `suns`: measured shadows against claims; without them no sun is drawn. `blur`: every picture stays covered until
    the reader opens it. `tongue`: the language of our words in it.
    `compiled`: a private folder in which the compiled templates are kept, as Python keeps its own;
    it spares a new process 90 ms. Where it cannot be written the page is made without it.
    """
    environment = page_environment(compiled)
    facts, runs = shown_facts(report), block_runs(report.structure.blocks)
    items, line = view.items(report), timeline(report, timed)
    chains, (sun_figures, suns_left_out) = panels(report.evidence), draw(suns, tongue)
    return environment.get_template(PAGE).render(
        report=report,
        tongue=tongue,
        _=word(tongue),
        in_english=coverage(report, tongue),
        blur=blur,
        pictures={name: data_uri(jpeg) for name, jpeg in pictures.items()},
        figures=figures or Figures(),
        map=chart,
        suns=sun_figures,
        suns_left_out=suns_left_out,
        style_digest=style_digest(environment),
        ids=frozenset({item.id for item in (*facts, *items)} | {run.id for run in report.checks}),
        finding=report.finding,
        questions=Question,
        conflicts=words.conflicts(report),
        pairings=view.pairings(report),
        under_test=view.under_test(report),
        others=view.others(report),
        timeline=line,
        timelines=() if line is None else tuple(drawing(line, frame, tongue) for frame in (BROAD, WIDE, NARROW)),
        origins=view.origins(report),
        additions=people.additions(report),
        reviewed=partial(people.reviewed, report),
        groups=fact_groups(facts),
        facts_left_out=sum(isinstance(item, Fact) for item in report.evidence) - len(facts),
        earlier=before.earlier_checks(report),
        made_by=made_by(report.evidence),
        history=steps(report.evidence, report.original),
        chains=chains,
        chain_drawings=tuple(chain_drawings(one, tongue) for one in chains),
        strips=strips(report.structure, report.original, tongue),
        runs=runs[:BLOCK_LINES],
        block_lines_left_out=max(len(runs) - BLOCK_LINES, 0),
        items=items,
        shown_in=shown_in(items, figures or Figures(), line=line, chart=chart, suns=sun_figures, chains=chains),
        searches=view.searches(report),
        by_hand=by_hand(report),
        by_hand_address=address_of(report),
        custody=custody_rows(report),
        head=head_code(report),
        no_code=MISSING,
        made_with=tool_rows(report.tool),
        settings=setting_rows(report.settings),
        glossary=words_used(report),
    )


def render_timeline(
    report: Report, timed: Sequence[Timed], *, compiled: Path | None = None, tongue: Tongue = ENGLISH
) -> str | None:
    """The timeline of the page as an SVG file that can be passed on alone; None where nothing speaks of time."""
    line = timeline(report, timed)
    if line is None:
        return None
    template = page_environment(compiled).get_template(TIMELINE)
    return template.render(
        report=report, timeline=line, drawn=drawing(line, WIDE, tongue), tongue=tongue, _=word(tongue)
    )


def render_map(chart: Map, *, compiled: Path | None = None) -> str:
    """The wide drawing of a map as an SVG file that needs nothing else; in a reader's dark scheme it is dark."""
    return page_environment(compiled).get_template(MAP).render(map=chart, sheet=chart.wide)


def render_comparison_page(
    match: Match,
    originals: tuple[Original, Original],
    pictures: Mapping[str, bytes],
    figures: Figures,
    *,
    compared: Comparison | None = None,
    compiled: Path | None = None,
    tongue: Tongue = ENGLISH,
) -> str:
    """How two pictures relate, as a page of the same make. `originals`: the first picture, then the second."""
    environment = page_environment(compiled)
    return environment.get_template(COMPARISON_PAGE).render(
        match=match,
        tongue=tongue,
        _=word(tongue),
        blur=False,
        compared=compared,
        originals=originals,
        pictures={name: data_uri(jpeg) for name, jpeg in pictures.items()},
        figures=figures,
        ids=frozenset({match.id}),
        style_digest=style_digest(environment),
    )
