"""A report as the plain values that the PDF's template reads; the same rows and words as on the page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from ..model.evidence import Evidence, Fact
from ..model.finding import Finding, Question, Verdict
from ..model.report import Report
from ..model.standing import standing
from ..model.text import visible
from . import earlier as before
from . import people, view, words
from .details import Form, Row, details, match_rows, publication_rows, search_rows, short_name
from .facts import fact_groups, shown_facts
from .figures import Figure, Figures
from .glossary import words_used
from .languages.coverage import coverage
from .languages.tongue import ENGLISH, UNREVIEWED, Tongue
from .outline import Line, line_of, outline
from .page_words import OUR_ROWS
from .run import custody_rows, setting_rows, tool_rows

MOST_ITEMS = 200
MOST_FACTS = 300
MOST_CHARS = 1_500
"""Of one text; what is cut stands in the JSON."""
QUERY = "The picture under test"
WORDS = {
    "report": "Provenance report",
    "refused": "The pixels were not decoded.",
    "covered": "Covered: the last pages show it",
    "pictures": "Covered pictures",
    "query": QUERY,
}
"""Words that stand in the template itself."""
BEHIND = "The pages behind this one show {n} pictures that are covered above."
LONGEST_WORD = 64
"""Letters in a row without a place to break, such as a SHA-256; longer ones may break after every 32."""
_LONG = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
_ISOLATE, _POP, _BREAK, _CIRCLE = "\u2068", "\u2069", "\u200b", "\u25cc"

Files = dict[str, bytes]


def form(
    report: Report,
    pictures: Mapping[str, bytes],
    figures: Figures,
    drawings: Mapping[str, bytes],
    *,
    blur: bool = False,
    tongue: Tongue = ENGLISH,
) -> tuple[dict[str, Any], Files]:
    """What /form.json holds, and the pictures that it names. `drawings`: SVG by "timeline" and "map".

    `blur`: every photograph is covered by a link to the last pages, which alone show it.
    """
    made = _Form(report, figures, tongue)
    files = {f"{name}.svg": svg for name, svg in drawings.items()}
    files |= {f"{name}.jpg": pictures[name] for name in ("query",) if name in pictures}
    files |= {figure.name: figure.jpeg for figure in made.drawn}
    covered = made.covered(files) if blur else []
    values = made.whole(files) | {"covered": covered}
    values["words"]["behind"] = tongue.word(BEHIND, n=len(covered))
    return values, files


def said(text: str) -> str:
    """A text made harmless: visible, cut, breakable, and apart from its surroundings in its own direction."""
    shown = visible(text, limit=MOST_CHARS)
    if unicodedata.category(shown[:1] or " ").startswith("M"):
        shown = _CIRCLE + shown  # or the mark would sit on a character of ours
    shown = _LONG.sub(lambda found: _BREAK.join(found[0][at : at + 32] for at in range(0, len(found[0]), 32)), shown)
    turned = any(unicodedata.bidirectional(character) in ("R", "AL") for character in shown)
    return f"{_ISOLATE}{shown}{_POP}" if turned else shown


class _Form:
    def __init__(self, report: Report, figures: Figures, tongue: Tongue) -> None:
        self.report, self.figures, self.tongue = report, figures, tongue
        self.drawn = [*([figures.outline] if figures.outline else [])]
        self.drawn += figures.anomalies.values()
        for shown in figures.of.values():
            self.drawn += [shown.joined, shown.under_test, shown.laid]
        self.drawn += [one for one in (figures.thumbnail, figures.difference) if one]
        told = outline(report, tongue)
        self.told = told
        cited = {item.id for item in told.cited}
        items, facts = view.items(report), shown_facts(report)
        self.items = _kept(items, cited, MOST_ITEMS)
        self.facts = _kept(facts, cited, MOST_FACTS)
        self.left_out = len(items) + sum(isinstance(item, Fact) for item in report.evidence)
        self.left_out -= len(self.items) + len(self.facts)
        self.ids = {item.id for item in (*self.items, *self.facts)} | {run.id for run in report.checks}

    def whole(self, files: Files) -> dict[str, Any]:
        told, report = self.told, self.report
        groups = (
            ("At odds", told.at_odds, False),
            ("Not established", told.unknown, False),
            ("Next steps", told.steps, True),
            ("Checked before", told.earlier, False),
        )
        return {
            "title": said(told.title) or "picture",
            "lang": self.tongue.code,
            "words": {name: self.tongue.word(text) for name, text in WORDS.items()},
            "governs": self.governs(),
            "date": [int(part) for part in re.findall(r"\d+", report.made_at)[:6]],
            "made": report.made_at,
            "footer": self.tongue.word("sha256 of the report's canonical body: {digest}", digest=told.digest),
            "facts": [said(fact) for fact in told.facts],
            "overall": self.verdict(told.overall),
            "refusal": said(told.refusal),
            "edition": said(told.edition),
            "query": "query.jpg" if "query.jpg" in files else None,
            "claims": [self.line(line) for line in told.claims],
            "answers": [self.line(line) for line in told.answers],
            "groups": [
                {"title": self.tongue.word(title), "numbered": numbered, "all": [self.line(line) for line in lines]}
                for title, lines, numbered in groups
                if lines
            ],
            "sections": [
                {"title": self.title(title), "parts": parts} for title, parts in self.sections(files) if parts
            ],
        }

    def sections(self, files: Files) -> Iterable[tuple[str, list[dict[str, Any]]]]:
        """Everything below the first screen, in the order of the page."""
        yield "Seen before", [*self.finding(Question.SEEN_BEFORE), *self.earlier(), *self.matches()]
        yield (
            "When",
            [*self.finding(Question.WHEN), *self.drawing(files, "timeline", "Everything that speaks of the time.")],
        )
        yield "Where", [*self.finding(Question.WHERE), *self.drawing(files, "map", "The places that are spoken of.")]
        yield (
            "Altered",
            [
                *self.finding(Question.ALTERED),
                *self.figure(self.figures.difference),
                *(part for one in self.figures.anomalies.values() for part in self.figure(one)),
                *self.figure(self.figures.thumbnail),
            ],
        )
        yield "Origin", self.finding(Question.ORIGIN)
        yield "Sources", [*self.finding(Question.SOURCES), *self.origins()]
        yield (
            "What people added",
            [{"kind": "lines", "all": [self.line(one) for one in self.told.people]}] if self.told.people else [],
        )
        yield "Evidence", self.evidence()
        yield "What the file says of itself", [*self.metadata()]
        yield "Checks", [self.check(run) for run in self.report.checks]
        yield "Searched", [part for search in view.searches(self.report) for part in self.rows(search_rows(search))]
        yield "Custody", self.custody()

    def title(self, title: str) -> str:
        """A heading: one of the questions, or a word of the page."""
        return self.tongue.word(title, "question" if title in words.QUESTIONS.values() else "")

    def ours(self, text: str) -> str:
        """A text of ours in the language of the file, or as it is."""
        return self.tongue.told(text) or text

    def row(self, row: Row) -> str:
        """The text of a row, where it is ours in the language of the file."""
        ours = row.label in OUR_ROWS and row.form is Form.PLAIN
        return (self.tongue.told(row.text, OUR_ROWS[row.label]) if ours else None) or row.text

    def governs(self) -> list[dict[str, str]]:
        """That this is a translation, which text governs, and how much of it is not translated; nothing in English."""
        tongue = self.tongue
        if tongue.english:
            return []
        counted = coverage(self.report, tongue)
        left = "{n} of {all} sentences in English: not translated."
        told = [] if tongue.reviewed else [(tongue.code, tongue.word(UNREVIEWED)), ("en", UNREVIEWED)]
        told += [(tongue.code, tongue.word(left, n=counted.shown, all=counted.all))] if counted.shown else []
        return [{"lang": code, "text": text} for code, text in told]

    def verdict(self, verdict: Verdict) -> dict[str, str]:
        """Its word and its tone."""
        return {"word": self.tongue.word(verdict.value, "verdict"), "tone": words.tone(verdict).value}

    def line(self, line: Line) -> dict[str, Any]:
        return {
            "text": said(line.text),
            "lang": "en" if line.english else None,
            "label": line.label,
            "verdict": self.verdict(line.verdict) if line.verdict else None,
            "note": said(line.note),
            "by": said(line.by),
            "cites": [self.cite(one) for one in line.cites],
        }

    def cite(self, evidence_id: str) -> dict[str, Any]:
        kind, _, digest = evidence_id.rpartition("-")
        short = evidence_id if kind.startswith("check") or not digest else f"{kind} {digest[:4]}"
        return {"id": evidence_id, "short": said(short), "known": evidence_id in self.ids}

    def finding(self, question: Question) -> list[dict[str, Any]]:
        finding: Finding | None = self.report.finding(question)
        if finding is None:
            return [{"kind": "note", "text": self.tongue.word("This question was not asked.")}]
        lines = [line_of(one.text, self.tongue, cites=one.cites) for one in finding.sentences] or [
            line_of(words.answer(finding), self.tongue)
        ]
        parts = [{"kind": "lines", "all": [self.line(one) for one in lines]}]
        notes = [self.ours(one) for one in words.estimates(finding)]
        if finding.would_change:
            changes = " ".join(map(self.ours, finding.would_change))
            notes.append(f"{self.tongue.word('What would change this answer:')} {changes}")
        return [*parts, *({"kind": "note", "text": said(note)} for note in notes)]

    def matches(self) -> Iterable[dict[str, Any]]:
        yield from self.figure(self.figures.outline)
        for number, pairing in enumerate(view.pairings(self.report), 1):
            match = pairing.match
            shown = self.figures.of.get(match.id)
            yield {
                "kind": "heading",
                "text": said(f"{number}. {self.tongue.word(match.answer, 'verdict')}: {short_name(match.reference)}"),
            }
            for figure in (shown.joined, shown.under_test, shown.laid) if shown else ():
                yield from self.figure(figure)
            yield from self.rows(match_rows(match))
            for seen in pairing.appearances:
                yield {"kind": "heading", "text": said(self.tongue.word("Published by {who}", who=seen.by))}
                yield from self.rows(publication_rows(seen))

    def earlier(self) -> Iterable[dict[str, Any]]:
        for item in before.earlier_checks(self.report):
            yield {
                "kind": "heading",
                "text": said(
                    f"{self.tongue.word('Checked before by this desk:')} {self.tongue.when(before.when(item))}"
                ),
            }
            yield from self.rows(before.rows(item))

    def figure(self, figure: Figure | None) -> list[dict[str, Any]]:
        if figure is None:
            return []
        wide = figure.width_px > figure.height_px
        caption = f"{figure.alt} {figure.name}"
        return [
            {"kind": "picture", "file": figure.name, "alt": said(figure.alt), "caption": said(caption), "wide": wide}
        ]

    def drawing(self, files: Files, name: str, caption: str) -> list[dict[str, Any]]:
        """A drawing, if it is there."""
        file, shown = f"{name}.svg", self.tongue.word(caption)
        if file not in files:
            return []
        return [{"kind": "picture", "file": file, "alt": shown, "caption": f"{shown} {file}", "wide": True}]

    def covered(self, files: Files) -> list[dict[str, Any]]:
        """Every photograph, for the last pages."""
        query = Figure(name="query.jpg", jpeg=b"", width_px=0, height_px=1, alt=QUERY)
        found = [*([query] if query.name in files else []), *self.drawn]
        return [part for figure in found for part in self.figure(figure)]

    def origins(self) -> Iterable[dict[str, Any]]:
        for origin in view.origins(self.report):
            grades = self.tongue.word("grade {grade}", grade=", ".join(origin.grades))
            text = f"{', '.join(origin.sources)}; {grades}"
            yield {
                "kind": "lines",
                "all": [
                    self.line(Line(label=self.tongue.word("Origin"), text=f"{origin.name}: {text}", cites=origin.items))
                ],
            }

    def evidence(self) -> list[dict[str, Any]]:
        parts: list[dict[str, Any]] = [
            {
                "kind": "item",
                "id": item.id,
                "meta": said(self.meta(item)),
                "text": said(self.tongue.told(item.statement) or item.statement),
                "rows": self._rows(details(item)),
            }
            for item in self.items
        ]
        if self.left_out:
            note = self.tongue.word("{n} more items stand in the JSON form of this report.", n=self.left_out)
            parts.append({"kind": "note", "text": note})
        return parts

    def meta(self, item: Evidence) -> str:
        word = self.tongue.word
        label = word("label {label}", label=item.label) if item.label else ""
        stands = word(people.STANDINGS[standing(item)], "standing")
        meta = (word(item.kind, "kind"), word("grade {grade}", grade=item.grade), label, stands)
        return ", ".join(filter(None, (*meta, *people.reviewed(self.report, item))))

    def metadata(self) -> Iterable[dict[str, Any]]:
        for group in fact_groups(self.facts):
            yield {"kind": "heading", "text": said(self.tongue.word(group.name, "topic"))}
            for row in group.rows:
                yield {
                    "kind": "item",
                    "id": row.fact.id,
                    "meta": said(
                        f"{self.tongue.told(row.label, 'topic') or row.label} ({row.fact.key}, {row.fact.block})"
                    ),
                    "text": said(row.shown),
                    "rows": [],
                }

    def check(self, run: Any) -> dict[str, Any]:
        outcome = run.outcome
        told = getattr(outcome, "note", "") or getattr(outcome, "reason", "") or getattr(outcome, "error", "")
        return {
            "kind": "item",
            "id": run.id,
            "meta": self.tongue.word(outcome.ended, "outcome"),
            "text": said(self.ours(told)),
            "rows": [],
        }

    def custody(self) -> list[dict[str, Any]]:
        report = self.report
        events = [Row(event.at, f"{event.what}: {event.detail} {event.sha256[:12]}") for event in report.events]
        parts = [*self.rows(custody_rows(report))]
        for title, rows in (
            ("Events", events),
            ("Made with", tool_rows(report.tool)),
            ("Settings", setting_rows(report.settings)),
            ("Words used", words_used(report)),
        ):
            parts += [{"kind": "heading", "text": self.tongue.word(title)}, *self.rows(rows)] if rows else []
        return parts

    def rows(self, rows: Iterable[Row]) -> list[dict[str, Any]]:
        return [{"kind": "rows", "all": self._rows(rows)}]

    def _rows(self, rows: Iterable[Row]) -> list[dict[str, Any]]:
        return [
            {
                "label": said(self.tongue.word(row.label, "label")),
                "text": said(self.row(row)),
                "form": row.form.value,
                "cite": self.cite(row.text) if row.form is Form.CITED else None,
            }
            for row in rows
        ]


def _kept(items: Iterable[Any], cited: set[str], most: int) -> tuple[Any, ...]:
    """The first so many, and every one that the first screen cites."""
    return tuple(item for number, item in enumerate(items) if number < most or item.id in cited)
