"""What the PDF says of the file itself and of the run: its metadata, its structure, the checks, its custody."""

from __future__ import annotations

from collections.abc import Container, Iterable

from ...model.evidence import Fact
from ...model.outcome import CheckRun
from ...model.report import Report
from ..blocks import block_runs
from ..details import Row
from ..facts import fact_groups
from ..figures.files import STRUCTURE_NAME
from ..figures.head_code import HEAD_NAME, MISSING, case_head
from ..figures.structure import called, placed
from ..glossary import words_used
from ..outline import Line
from ..run import custody_rows, setting_rows, tool_rows
from .values import Value, Values, drawing, heading, note, said, small_drawing

MOST_BLOCKS = 60
"""Lines of the table of blocks; the rest stands in the page and the JSON."""


def drawn(name: str, caption: str, files: Container[str], values: Values) -> list[Value]:
    """A drawing across the page, where it was made."""
    return [drawing(name, values.tongue.word(caption))] if name in files else []


def metadata(facts: Iterable[Fact], values: Values) -> Iterable[Value]:
    """The values that are listed, by topic."""
    for group in fact_groups(facts):
        yield heading(values.tongue.word(group.name, "topic"))
        for row in group.rows:
            yield {
                "kind": "item",
                "id": row.fact.id,
                "meta": said(f"{values.ours(row.label, 'topic')} ({row.fact.key}, {row.fact.block})"),
                "text": said(row.shown),
                "rows": [],
            }


def structure(report: Report, files: Container[str], values: Values) -> Iterable[Value]:
    """The blocks of the file, drawn and as rows."""
    read = report.structure
    yield from values.lines(Line(text=problem) for problem in read.problems)
    yield from drawn(STRUCTURE_NAME, "The file from its first byte to its last, to scale.", files, values)
    runs, tongue = block_runs(read.blocks), values.tongue
    if runs:
        yield from values.rows(
            Row(
                called(run, tongue),
                f"{placed(run, tongue)}{f', sha256 {run.sha256[:12]}' if run.sha256 else ''}",
            )
            for run in runs[:MOST_BLOCKS]
        )
    if len(runs) > MOST_BLOCKS:
        yield note(values.tongue.word("{n} more lines are in the JSON form of this report.", n=len(runs) - MOST_BLOCKS))


def check(run: CheckRun, values: Values) -> Value:
    """How a check ended."""
    outcome = run.outcome
    told = getattr(outcome, "note", "") or getattr(outcome, "reason", "") or getattr(outcome, "error", "")
    return {
        "kind": "item",
        "id": run.id,
        "meta": values.tongue.word(outcome.ended, "outcome"),
        "text": said(values.ours(told)),
        "rows": [],
    }


def custody(report: Report, files: Container[str], values: Values) -> list[Value]:
    """Digests, events, tools, settings, and the words used."""
    events = [Row(event.at, f"{event.what}: {event.detail} {event.sha256[:12]}") for event in report.events]
    parts = [*values.rows(custody_rows(report)), *_head(report, files, values)]
    for title, rows in (
        ("Events", events),
        ("Made with", tool_rows(report.tool)),
        ("Settings", setting_rows(report.settings)),
        ("Words used", words_used(report)),
    ):
        parts += [heading(values.tongue.word(title)), *values.rows(rows)] if rows else []
    return parts


def _head(report: Report, files: Container[str], values: Values) -> Iterable[Value]:
    """The QR code of the head of the case's log; why there is none; nothing for a report in no case."""
    if HEAD_NAME in files:
        told = values.tongue.word("The head of the case's log when the picture came in, for:")
        yield small_drawing(HEAD_NAME, f"{told} provenance verify CASE --against HEAD")
    elif case_head(report):
        yield note(values.tongue.word(MISSING))
