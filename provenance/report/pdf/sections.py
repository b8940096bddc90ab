"""What stands below the first screen of the PDF, section by section, in the order of the page.

What the file says of itself, and the run: run.py.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from ...model.evidence import Evidence, Fact
from ...model.finding import Finding, Question
from ...model.report import Report
from ...model.standing import standing
from .. import earlier as before
from .. import people, view, words
from ..chain import panels
from ..details import Row, details, match_rows, publication_rows, search_rows, short_name
from ..figures.chain import link_told
from ..figures.match import Figures
from ..history import steps
from ..outline import Line, line_of
from ..sky.sheet import SunFigure
from .run import check, custody, drawn, metadata, structure
from .values import Value, Values, heading, note, picture, said


@dataclass(frozen=True, slots=True, kw_only=True)
class Sections:
    """`files`: names of the pictures and drawings at hand. `left_out`: items that are not listed."""

    report: Report
    figures: Figures
    suns: Sequence[SunFigure]
    files: Container[str]
    values: Values
    items: Sequence[Evidence]
    facts: Sequence[Fact]
    left_out: int
    people: Sequence[Line]

    def all(self) -> Iterable[tuple[str, list[Value]]]:
        """Title and parts of each; a section without parts is left out by whoever prints it."""
        yield "Seen before", [*self.finding(Question.SEEN_BEFORE), *self.matches(), *self.earlier()]
        yield "When", [*self.finding(Question.WHEN), *self.drawn("timeline.svg", "Everything that speaks of the time.")]
        yield "Where", [*self.finding(Question.WHERE), *self.drawn("map.svg", "The places that are spoken of.")]
        yield "The sun", [part for sun in self.suns for part in self.sun(sun)]
        yield "Altered", [*self.finding(Question.ALTERED), *self.changes()]
        yield "Origin", [*self.finding(Question.ORIGIN), *self.history(), *self.credentials()]
        yield "Sources", [*self.finding(Question.SOURCES), *self.origins()]
        yield "What people added", self.values.lines(self.people)
        yield "Evidence", self.evidence()
        yield "What the file says of itself", [*metadata(self.facts, self.values)]
        yield "File structure", [*structure(self.report, self.files, self.values)]
        yield "Checks", [check(run, self.values) for run in self.report.checks]
        yield "Searched", [part for one in view.searches(self.report) for part in self.values.rows(search_rows(one))]
        yield "Custody", custody(self.report, self.files, self.values)

    def title(self, title: str) -> str:
        """A heading: one of the questions, or a word of the page."""
        return self.word(title, "question" if title in words.QUESTIONS.values() else "")

    def word(self, text: str, context: str = "", *, plural: str = "", n: int | None = None, **values: object) -> str:
        """A word of the page in the language of the file; as `Tongue.word`."""
        return self.values.tongue.word(text, context, plural=plural, n=n, **values)

    def drawn(self, name: str, caption: str) -> list[Value]:
        """A drawing across the page, where it was made."""
        return drawn(name, caption, self.files, self.values)

    def finding(self, question: Question) -> list[Value]:
        """An answer in full."""
        finding: Finding | None = self.report.finding(question)
        if finding is None:
            return [note(self.word("This question was not asked."))]
        tongue, ours = self.values.tongue, self.values.ours
        lines = [line_of(one.text, tongue, cites=one.cites) for one in finding.sentences]
        notes = [ours(one) for one in words.estimates(finding)]
        if finding.would_change:
            notes.append(f"{self.word('What would change this answer:')} {' '.join(map(ours, finding.would_change))}")
        return [*self.values.lines(lines or [line_of(words.answer(finding), tongue)]), *map(note, notes)]

    def matches(self) -> Iterable[Value]:
        """Each match with its figures and publications."""
        yield from picture(self.figures.outline, self.values.ours)
        for number, pairing in enumerate(view.pairings(self.report), 1):
            match = pairing.match
            shown = self.figures.of.get(match.id)
            yield heading(f"{number}. {self.word(match.answer, 'verdict')}: {short_name(match.reference)}")
            for figure in (shown.joined, shown.under_test, shown.laid) if shown else ():
                yield from picture(figure, self.values.ours)
            yield from self.values.rows(match_rows(match))
            for seen in pairing.appearances:
                by = "Seen by {who}" if seen.sighting else "Published by {who}"
                yield heading(self.word(by, who=seen.by))
                yield from self.values.rows(publication_rows(seen))

    def earlier(self) -> Iterable[Value]:
        """Checks that this desk made before, a line each, and all that was noted of the first."""
        found = before.earlier_checks(self.report)
        if found:
            yield heading(self.word("Checked before by this desk"))
            lines = [Line(text=f"{before.told(item, self.values.tongue)}.", cites=(item.id,)) for item in found]
            yield from self.values.lines(lines)
            yield from self.values.rows(before.rows(found[0]))

    def sun(self, sun: SunFigure) -> Iterable[Value]:
        """The figure, and the same in words with what it rests on."""
        yield heading(sun.title)
        yield from self.drawn(sun.file, f"{sun.title}.")
        first, *rest = sun.told
        tongue = self.values.tongue
        told = [line_of(first, tongue, cites=sun.ids), *(line_of(text, tongue) for text in rest)]
        yield from self.values.lines(told)
        yield from map(note, map(self.values.ours, sun.limits))

    def changes(self) -> Iterable[Value]:
        """Figures of what differs."""
        yield from picture(self.figures.difference, self.values.ours)
        for one in self.figures.anomalies.values():
            yield from picture(one, self.values.ours)
        yield from picture(self.figures.thumbnail, self.values.ours)

    def history(self) -> Iterable[Value]:
        """The strip of steps, as on the page; a file alone has none."""
        found = steps(self.report.evidence, self.report.original)
        if len(found) > 1:
            yield heading(self.word("What the facts tell of its history"))
            yield {
                "kind": "steps",
                "all": [
                    {
                        "name": self.word(one.name, "step"),
                        "text": said(self.values.ours(one.text, "hist")),
                        "cites": [self.values.cite(cited) for cited in one.cites],
                    }
                    for one in found
                ],
            }
            yield note(
                self.word(
                    "In the order in which it can have happened. Each step is what a tag, the coding or a trace says; "
                    "between two of them anything can have happened."
                )
            )

    def credentials(self) -> Iterable[Value]:
        """The chain of each Credential, drawn and as rows, with the lists that were asked."""
        tongue = self.values.tongue
        for number, panel in enumerate(panels(self.report.evidence), 1):
            yield heading(self.word("Credential chain"))
            yield from self.drawn(f"credentials-{number}.svg", "What each manifest vouches for, this file first.")
            yield from self.values.rows(
                Row(tongue.shown(link.place, "chain")[0], "; ".join(link_told(link, tongue))) for link in panel.links
            )
            if panel.left_out:
                yield note(self.word("{n} more are in the JSON form of this report.", n=panel.left_out))
            yield heading(self.word("Trust lists asked, one by one"))
            yield from self.values.rows(panel.lists)

    def origins(self) -> Iterable[Value]:
        """Sources by the root from which they descend."""
        for origin in view.origins(self.report):
            grades = self.word("grade {grade}", grade=", ".join(origin.grades))
            text = f"{origin.name}: {', '.join(origin.sources)}; {grades}"
            yield from self.values.lines([Line(label=self.word("Origin"), text=text, cites=origin.items)])

    def evidence(self) -> list[Value]:
        """Every item that is listed."""
        parts = [
            {
                "kind": "item",
                "id": item.id,
                "meta": said(self.meta(item)),
                "text": said(self.values.ours(item.statement)),
                "rows": self.values.cells(details(item)),
            }
            for item in self.items
        ]
        if self.left_out:
            parts.append(note(self.word("{n} more items stand in the JSON form of this report.", n=self.left_out)))
        return parts

    def meta(self, item: Evidence) -> str:
        """Kind, grade, label, standing, and what people said of it."""
        label = self.word("label {label}", label=item.label) if item.label else ""
        stands = self.word(people.STANDINGS[standing(item)], "standing")
        grade = self.word("grade {grade}", grade=item.grade) if view.graded(item) else ""
        told = (self.word(item.kind, "kind"), grade, label, stands)
        return ", ".join(filter(None, (*told, *people.reviewed(self.report, item))))
