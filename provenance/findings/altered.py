"""Altered: does anything speak of a change after capture? Never more than the methods that could speak."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.evidence import Evidence, Trace
from ..model.finding import Finding, Question, Sentence, Verdict
from ..model.outcome import CheckRun, Failed, Ran, Skipped
from .wording import cited, counted

QUESTION = Question.ALTERED
METHODS = ("declared-size",)
"""The checks whose traces can speak of an alteration."""
_FEW = "On pictures that went through a platform such methods find few of the alterations there are."


def finding(items: Sequence[Evidence], runs: tuple[CheckRun, ...]) -> Finding | None:
    """The answer; None when no method was run at all."""
    methods = [run for run in runs if run.check in METHODS]
    spoke = [run for run in methods if isinstance(run.outcome, Ran)]
    traces = [item for item in items if isinstance(item, Trace) and item.alters]
    if traces:
        return _traced(traces, spoke, methods)
    if spoke:
        return _untraced(spoke, methods)
    if methods and all(isinstance(run.outcome, Skipped) and run.outcome.reason != "time" for run in methods):
        return _not_judged(methods)
    return None


def _traced(traces: Sequence[Trace], spoke: list[CheckRun], methods: list[CheckRun]) -> Finding:
    first, *others = traces
    return Finding(
        question=QUESTION,
        verdict=Verdict.TRACE_FOUND,
        sentences=(
            cited(first.statement, first),
            *(cited(trace.statement, trace) for trace in others),
            *(cited(limit, trace) for trace in traces for limit in trace.limits),
            *([_count("A trace was found", spoke, methods)] if methods else []),
        ),
        would_change=("The original file, from the author.",),
        not_established=("What was changed, by whom and why: resizing is an alteration to these methods too.",),
    )


def _untraced(spoke: list[CheckRun], methods: list[CheckRun]) -> Finding:
    ids = tuple(run.id for run in spoke)
    notes = [
        Sentence(text=f"{run.check}: {run.outcome.note}.", cites=(run.id,))
        for run in spoke
        if isinstance(run.outcome, Ran) and run.outcome.note
    ]
    return Finding(
        question=QUESTION,
        verdict=Verdict.NO_TRACE_FOUND,
        sentences=(
            _count("No trace found", spoke, methods),
            Sentence(text=_FEW, cites=ids),
            *notes,
            *_silent(methods),
        ),
        would_change=("The original file, and a comparison with a reference copy.",),
        not_established=("Whether the picture was altered.",),
    )


def _count(opening: str, spoke: list[CheckRun], methods: list[CheckRun]) -> Sentence:
    could = f"by {len(spoke)} of {counted(len(methods), 'method')} that could speak"
    return Sentence(text=f"{opening} {could}.", cites=tuple(run.id for run in methods))


def _not_judged(methods: list[CheckRun]) -> Finding:
    outcomes = [run.outcome for run in methods]
    reasons = "; ".join(dict.fromkeys(one.reason for one in outcomes if isinstance(one, Skipped)))
    remedies = dict.fromkeys(one.remedy for one in outcomes if isinstance(one, Skipped) and one.remedy)
    text = f"No method could speak: {reasons}."
    return Finding(
        question=QUESTION,
        verdict=Verdict.NOT_JUDGED,
        sentences=(Sentence(text=text, cites=tuple(run.id for run in methods)),),
        would_change=tuple(f"{remedy[:1].upper()}{remedy[1:].rstrip('.')}." for remedy in remedies),
        not_established=("Whether the picture was altered.",),
    )


def _silent(methods: list[CheckRun]) -> list[Sentence]:
    """Which methods could not speak, and why."""
    said = []
    for run in methods:
        if isinstance(run.outcome, Skipped | Failed):
            why = run.outcome.reason if isinstance(run.outcome, Skipped) else f"broke ({run.outcome.error})"
            said.append(Sentence(text=f"{run.check} could not speak: {why}.", cites=(run.id,)))
    return said
