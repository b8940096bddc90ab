"""What a file says of itself, for a terminal: every metadata value by topic, then the file's structure."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest

from ..model.evidence import Claim, Evidence, Trace
from ..model.outcome import Failed, Skipped
from ..model.report import Report
from ..model.text import visible
from .blocks import BlockRun, block_runs
from .chain import panels
from .columns import clip, pad, wrap
from .facts import FactRow, fact_groups
from .history import steps
from .lines import NARROWEST, entry, headline
from .words import QUESTIONS, answer, at_odds, conflicts, distinct

LABEL = 28
"""Columns of a fact's label, indent and gap included."""
LABEL_IN_NARROW = 18


def render_inspect(report: Report, *, width: int, colour: bool) -> str:
    """Each value with label, raw form where it differs, block and offset; then the structure. No newline at the end."""
    width = max(width, NARROWEST)
    lines = [*headline(report, width), *wrap(visible(f"sha256 {report.original.sha256}"), width), ""]
    for finding in report.findings:
        text = visible(answer(finding))
        lines += entry(QUESTIONS[finding.question], text, width, verdict=finding.verdict, colour=colour)
    for number, conflict in enumerate(conflicts(report)):
        lines += entry("" if number else "At odds", visible(at_odds(conflict)), width)
    lines += _unread(report, width)
    told = steps(report.evidence, report.original)
    if len(told) > 1:
        lines += entry("History", visible(" -> ".join(f"{step.name}: {step.text}" for step in told)), width)
    for group in fact_groups(report.evidence):
        lines += ["", _heading(visible(group.name.capitalize()), colour)]
        for row in group.rows:
            lines += _fact(row, width)
    lines += _said(report.evidence, width, colour)
    lines += _chain(report.evidence, width, colour)
    return "\n".join([*lines, "", *_structure(report, width, colour)])


def _chain(evidence: Iterable[Evidence], width: int, colour: bool) -> Iterable[str]:
    """Who signed what, and the lists that were asked."""
    for panel in panels(evidence):
        yield from ("", _heading("Credential chain", colour))
        for link in panel.links:
            parts = (link.signer or "nobody", link.standing, link.when, link.program, link.actions, link.held)
            yield from _hanging(visible(link.place), visible("; ".join(filter(None, parts))), width)
        for row in panel.lists:
            yield from _hanging(visible(row.label), visible(row.text), width)


def _unread(report: Report, width: int) -> Iterable[str]:
    for run in report.checks:
        if isinstance(run.outcome, Failed):
            yield from entry("Failed", visible(f"{run.check}: {run.outcome.error}"), width)
        elif isinstance(run.outcome, Skipped):
            reason = "; ".join(filter(None, (run.outcome.reason, run.outcome.remedy)))
            yield from entry("Skipped", visible(f"{run.check}: {reason}"), width)


def _fact(row: FactRow, width: int) -> Iterable[str]:
    fact = row.fact
    shown, raw = visible(row.shown), visible(row.raw)
    where = f"[{visible(fact.block)} at {fact.offset_bytes}]" if fact.length_bytes and fact.block != "file" else ""
    yield from _hanging(visible(row.label), f"{shown} {where}", width)
    if raw and raw != shown:
        yield from _hanging("", f"raw: {raw}", width)
    for limit in fact.limits:
        yield from _hanging("", f"note: {visible(limit)}", width)


def _said(evidence: Iterable[Evidence], width: int, colour: bool) -> Iterable[str]:
    """Claims and traces that the readings made, each with its limits."""
    items = [item for item in evidence if isinstance(item, Claim | Trace)]
    if items:
        yield from ("", _heading("Claims and traces", colour))
    for item in items:
        label = item.basis or item.by if isinstance(item, Claim) else item.topic
        yield from _hanging(visible(label), visible(item.statement), width)
    for limit in distinct(limit for item in items for limit in item.limits):
        yield from _hanging("", f"note: {visible(limit)}", width)


def _structure(report: Report, width: int, colour: bool) -> Iterable[str]:
    structure = report.structure
    frames = f", {structure.frames} frames" if structure.frames > 1 else ""
    yield _heading(f"File structure: {len(structure.blocks)} blocks{frames}", colour)
    if structure.blocks:
        yield clip(f"  {'offset':>10} {'length':>10}  {'sha256':<12}  holds", width)
    for run in block_runs(structure.blocks):
        yield clip(_run(run), width)
    for problem in structure.problems:
        yield from _hanging("Problem", visible(problem), width)


def _run(run: BlockRun) -> str:
    name = f"{run.kind} ({run.name})" if run.kind != run.name else run.kind
    text = visible(f"{name}, {run.count} in a row" if run.count > 1 else name)
    return f"  {run.offset_bytes:>10} {run.length_bytes:>10}  {visible(run.sha256[:12]):<12}  {text}"


def _heading(text: str, colour: bool) -> str:
    return f"\x1b[1m{text}\x1b[0m" if colour else text


def _hanging(label: str, text: str, width: int) -> Iterable[str]:
    """Label and text in two columns, each wrapped in its own."""
    column = LABEL if width >= 2 * LABEL else LABEL_IN_NARROW
    labels, texts = wrap(label, column - 4), wrap(text, width - column)
    for name, line in zip_longest(labels, texts, fillvalue=""):
        yield f"  {pad(name, column - 2)}{line}".rstrip()
