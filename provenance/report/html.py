"""The report as one HTML file: no script, no request, nothing from a stranger that a browser could act upon.

Everything printed into the page goes through two gates. `model.text.visible` turns control, bidi and invisible
characters into escapes (as the template engine's finalizer, so that no template can forget it), and autoescape turns
markup into text. A Content Security Policy in the page allows one inline style, by its digest, and pictures from
data: URIs; everything else is refused by the browser even if both gates failed (CSP Level 3, sections 6 and 8).
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..metadata.source_type import made_by
from ..model.differences import Comparison
from ..model.evidence import Fact
from ..model.finding import Question
from ..model.image import Original
from ..model.matches import Match
from ..model.report import Report
from ..model.standing import standing
from ..model.text import visible
from ..model.timed import Timed
from . import details, measures, people, view, words
from . import earlier as before
from .blocks import block_runs
from .by_hand import address_of, by_hand
from .chain import panels
from .chain_figure import chain_drawings
from .edition.told import OPENING, told
from .facts import fact_groups, shown_facts
from .figures import Figures
from .glossary import words_used
from .head_code import MISSING, head_code
from .history import steps
from .languages.coverage import by_person, coverage
from .languages.tongue import ENGLISH, Tongue
from .outline import could
from .page_words import OUR_ROWS, ours, word
from .run import custody_rows, setting_rows, tool_rows
from .shown_in import shown_in
from .sky.sheet import draw
from .sky.tested import Tested
from .structure_figure import strips
from .timeline import timeline
from .timeline_layout import SHOWN_CHARS, drawing
from .timeline_parts import BROAD, NARROW, WIDE

if TYPE_CHECKING:
    from jinja2 import Environment

    from .map.sheet import Map

BLOCK_LINES = 500
"""Lines of the table of blocks: an ordinary file takes under 60 of the 20,000 that a walker lists."""
PAGE, COMPARISON_PAGE, MAP, STYLE = "report.html.j2", "comparison.html.j2", "map.svg.j2", "style.css"
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


def style_digest(environment: Environment, name: str = STYLE) -> str:
    """The one style of a page as its Content Security Policy names it."""
    style = environment.get_template(name).render()
    return base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")


@cache
def page_environment(compiled: Path | None) -> Environment:
    """Templates compiled once a process; Jinja2 is imported only when a page is made."""
    from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        bytecode_cache=FileSystemBytecodeCache(str(compiled)) if compiled and _private(compiled) else None,
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(
        short=_short,
        brief=_brief,
        tone=words.tone,
        media=words.media,
        size=words.size,
        interval=words.interval,
        place=words.place,
        answer=words.answer,
        estimates=words.estimates,
        at_odds=words.at_odds,
        details=details.details,
        match_rows=details.match_rows,
        publication_rows=details.publication_rows,
        search_rows=details.search_rows,
        earlier_rows=before.rows,
        earlier_told=before.told,
        short_name=details.short_name,
        plain_name=details.plain_name,
        share=measures.share,
        could=could,
        data_uri=data_uri,
        outcome=people.outcome,
        edition_told=told,
        entry=people.entry,
        ours=ours,
        by_person=by_person,
        standing=lambda item: people.STANDINGS[standing(item)],
    )
    environment.globals.update(edition_opening=OPENING, question_names=words.QUESTIONS, dimensions=words.dimensions)
    environment.globals.update(tongue=ENGLISH, _=word(ENGLISH), our_rows=OUR_ROWS)
    return environment


def _private(folder: Path) -> bool:
    """Whether the folder is there, ours alone and writable: what lies in it will be run."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
    except OSError:
        return False
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022 and os.access(folder, os.W_OK)


def _shown(value: object) -> object:
    """What every expression of a template passes: text made harmless to show. Markup of our own macros stays."""
    if not isinstance(value, str) or hasattr(value, "__html__") or value.isprintable():
        return value  # printable: without any character of the categories that `visible` escapes
    return visible(value)


def _short(evidence_id: str) -> str:
    """A citation as it is printed: the kind and four digits of the digest; checks by their name."""
    kind, _, digest = evidence_id.rpartition("-")
    return evidence_id.replace("-", " ", 1) if kind.startswith("check") or not digest else f"{kind} {digest[:4]}"


def _brief(text: str) -> str:
    """A text from a stranger where there is no room for all of it, made harmless before it is cut."""
    return visible(text, limit=SHOWN_CHARS)


def data_uri(jpeg: bytes) -> str:
    """A JPEG as an address that a page can hold."""
    return "data:image/jpeg;base64," + base64.b64encode(jpeg).decode("ascii")
