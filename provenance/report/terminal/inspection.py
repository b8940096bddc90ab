"""What a file says of itself, for a terminal: every metadata value by topic, then the file's structure."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest

from ...model.evidence import Claim, Evidence, Trace
from ...model.finding import Verdict
from ...model.outcome import Failed, Skipped
from ...model.report import Report
from ...model.text import visible
from ..blocks import BlockRun, block_runs
from ..chain import panels
from ..facts import FactRow, fact_groups
from ..history import steps
from ..languages.coverage import governs_report
from ..languages.isolate import isolated
from ..languages.tongue import ENGLISH, Tongue
from ..words import QUESTIONS, answer, at_odds, conflicts, distinct
from .columns import clip, display_width, pad, wrap
from .lines import LABEL as LABEL_OF_ANSWER
from .lines import NARROWEST, either, entry, headline, noted, told_in

LABEL = 28
"""Columns of a fact's label, indent and gap included."""
LABEL_IN_NARROW = 18


def render_inspect(report: Report, *, width: int, colour: bool, tongue: Tongue = ENGLISH) -> str:
    """Each value with label, raw form where it differs, block and offset; then the structure. No newline at the end.

    In another language than English (`tongue`) a note stands first, and "(en)" before what is not translated.
    """
    width = max(width, NARROWEST)
    lines = [*headline(report, width), *wrap(visible(f"sha256 {report.original.sha256}"), width)]
    lines += [*noted(governs_report(report, tongue), width), ""]
    answers = tuple(_answers(report, tongue))
    column = LABEL_OF_ANSWER if tongue.english else max(display_width(label) for label, _, _ in answers) + 2
    for label, text, verdict in answers:
        lines += entry(label, isolated(text), width, verdict=verdict, colour=colour, tongue=tongue, column=column)
    for group in fact_groups(report.evidence):
        name = either(group.name, tongue, "topic")
        lines += ["", _heading(name[:1].upper() + name[1:], colour)]
        for row in group.rows:
            lines += _fact(row, width, tongue)
    lines += _said(report.evidence, width, colour, tongue)
    lines += _chain(report.evidence, width, colour, tongue)
    return "\n".join([*lines, "", *_structure(report, width, colour, tongue)])


def _answers(report: Report, tongue: Tongue) -> Iterable[tuple[str, str, Verdict | None]]:
    """Label, text and verdict of what was found, of what contradicts it, of what was not read, and of the history."""
    for finding in report.findings:
        label = tongue.word(QUESTIONS[finding.question], "question")
        yield label, told_in(answer(finding), tongue), finding.verdict
    for number, conflict in enumerate(conflicts(report)):
        yield "" if number else tongue.word("At odds"), told_in(at_odds(conflict), tongue), None
    yield from _unread(report, tongue)
    told = steps(report.evidence, report.original)
    if len(told) > 1:
        ways = (f"{tongue.word(step.name, 'step')}: {either(step.text, tongue, 'hist')}" for step in told)
        yield tongue.word("History"), visible(" -> ".join(ways)), None


def _chain(evidence: Iterable[Evidence], width: int, colour: bool, tongue: Tongue) -> Iterable[str]:
    """Who signed what, and the lists that were asked."""
    for panel in panels(evidence):
        yield from ("", _heading(tongue.word("Credential chain"), colour))
        for link in panel.links:
            parts = (
                visible(link.signer) or tongue.word("nobody"),
                link.standing and told_in(link.standing, tongue, "stands"),
                either(link.when, tongue, "signedat"),
                visible(link.program),
                visible(link.actions),
                told_in(link.held, tongue, "held"),
            )
            yield from _hanging(either(link.place, tongue, "chain"), "; ".join(filter(None, parts)), width)
        for row in panel.lists:
            yield from _hanging(visible(row.label), visible(row.text), width)


def _unread(report: Report, tongue: Tongue) -> Iterable[tuple[str, str, None]]:
    for run in report.checks:
        if isinstance(run.outcome, Failed):
            yield tongue.word("Failed"), visible(f"{run.check}: {run.outcome.error}"), None
        elif isinstance(run.outcome, Skipped):
            reason = "; ".join(told_in(one, tongue) for one in (run.outcome.reason, run.outcome.remedy) if one)
            yield tongue.word("Skipped"), f"{visible(run.check)}: {reason}", None


def _fact(row: FactRow, width: int, tongue: Tongue) -> Iterable[str]:
    fact = row.fact
    shown, raw = visible(row.shown), visible(row.raw)
    where = f"[{visible(fact.block)} at {fact.offset_bytes}]" if fact.length_bytes and fact.block != "file" else ""
    yield from _hanging(either(row.label, tongue, "topic"), isolated(f"{shown} {where}"), width)
    if raw and raw != shown:
        yield from _hanging("", f"{tongue.word('raw')}: {raw}", width)
    for limit in fact.limits:
        yield from _hanging("", _note(limit, tongue), width)


def _note(limit: str, tongue: Tongue) -> str:
    return tongue.word("note: {x}", x=told_in(limit, tongue))


def _said(evidence: Iterable[Evidence], width: int, colour: bool, tongue: Tongue) -> Iterable[str]:
    """Claims and traces that the readings made, each with its limits."""
    items = [item for item in evidence if isinstance(item, Claim | Trace)]
    if items:
        yield from ("", _heading(tongue.word("Claims and traces"), colour))
    for item in items:
        label = item.basis or item.by if isinstance(item, Claim) else item.topic
        yield from _hanging(visible(label), isolated(told_in(item.statement, tongue)), width)
    for limit in distinct(limit for item in items for limit in item.limits):
        yield from _hanging("", _note(limit, tongue), width)


def _structure(report: Report, width: int, colour: bool, tongue: Tongue) -> Iterable[str]:
    structure = report.structure
    number = len(structure.blocks)
    counted = tongue.word("{n} block", plural="{n} blocks", n=number)
    if structure.frames > 1:
        counted += f", {tongue.word('{n} frame', plural='{n} frames', n=structure.frames)}"
    yield _heading(f"{tongue.word('File structure')}: {counted}", colour)
    if structure.blocks:
        heads = [tongue.word(word) for word in ("Offset", "Length", "Holds")]
        if tongue.english:
            heads = [head.lower() for head in heads]
        at, long, holds = heads
        yield clip(
            f"  {' ' * (10 - display_width(at))}{at} {' ' * (10 - display_width(long))}{long}  {'sha256':<12}  {holds}",
            width,
        )
    for run in block_runs(structure.blocks):
        yield clip(_run(run, tongue), width)
    for problem in structure.problems:
        yield from _hanging(tongue.word("Problem"), visible(problem), width)


def _run(run: BlockRun, tongue: Tongue) -> str:
    kind = either(run.kind, tongue, "block")
    name = f"{kind} ({visible(run.name)})" if run.kind != run.name else kind
    text = tongue.word("{name}, {n} in a row", name=name, n=run.count) if run.count > 1 else name
    return f"  {run.offset_bytes:>10} {run.length_bytes:>10}  {visible(run.sha256[:12]):<12}  {text}"


def _heading(text: str, colour: bool) -> str:
    return f"\x1b[1m{text}\x1b[0m" if colour else text


def _hanging(label: str, text: str, width: int) -> Iterable[str]:
    """Label and text in two columns, each wrapped in its own."""
    column = LABEL if width >= 2 * LABEL else LABEL_IN_NARROW
    labels, texts = wrap(label, column - 4), wrap(text, width - column)
    for name, line in zip_longest(labels, texts, fillvalue=""):
        yield f"  {pad(name, column - 2)}{line}".rstrip()
