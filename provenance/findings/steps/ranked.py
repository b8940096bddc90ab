"""What to do next: the cheapest steps that could move an answer most, each once however many answers it serves.

A step bears on certain questions. Whether it could settle or overturn an answer depends on the word that stands there
now: an open word ("unproven", "no match", "not checked") can be settled, every other can be overturned. A word that
rests on a firm limit falls only with the limit, so no other step is offered for it. The order is counted, not scored:

1. how many of "when" and "where" it could settle, since the overall word rests on these two;
2. how many answers in all it could settle;
3. how many of "when" and "where" it could overturn, then how many in all;
4. the effort, cheapest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ...model.evidence import Evidence
from ...model.finding import Effort, Finding, NextStep, Question, Verdict
from ...model.outcome import CheckRun
from .kinds import candidates
from .step import Found, Step

MOST_STEPS = 5
_CLAIM = (Question.WHEN, Question.WHERE)
_OPEN = frozenset(
    {
        Verdict.NOT_CHECKED,
        Verdict.NO_MATCH,
        Verdict.NOT_ENOUGH_DETAIL,
        Verdict.SAME_SCENE,
        Verdict.SHARED_ELEMENT,
        Verdict.DISPUTED,
        Verdict.UNPROVEN,
        Verdict.NO_CLAIM,
        Verdict.NO_TRACE_FOUND,
        Verdict.TRACE_FOUND,
        Verdict.NOT_JUDGED,
        Verdict.NO_SOURCES,
        Verdict.CREDENTIALS_NONE,
        Verdict.CREDENTIALS_REMOTE,
        Verdict.CREDENTIALS_UNREADABLE,
        Verdict.CREDENTIALS_UNSUPPORTED,
    }
)


def next_steps(
    findings: Sequence[Finding], items: Sequence[Evidence], runs: Sequence[CheckRun] = ()
) -> tuple[NextStep, ...]:
    """At most five steps, that with the most effect first; none where no answer could be moved."""
    known = {item.id: item for item in sorted(items, key=lambda item: (item.label, item.id))}
    found = Found(findings={one.question: one for one in findings}, items=tuple(known.values()), known=known)
    steps = [_weighed(step, found) for step in _once(candidates(found, runs)) if step.cites and step.bears_on]
    return tuple(sorted(steps, key=_effect)[:MOST_STEPS])


def _once(steps: Iterable[Step]) -> list[Step]:
    """Steps in the same words are one, which bears on all that each bears on."""
    merged: dict[tuple[str, Effort], Step] = {}
    for step in steps:
        said = (step.text, step.effort)
        before = merged.get(said, step)
        bears_on = tuple(dict.fromkeys((*before.bears_on, *step.bears_on)))
        merged[said] = replace(before, bears_on=bears_on, cites=tuple(dict.fromkeys((*before.cites, *step.cites))))
    return list(merged.values())


def _weighed(step: Step, found: Found) -> NextStep:
    open_now = tuple(one for one in Question if one in step.bears_on and found.word(one) in _OPEN)
    standing = tuple(one for one in Question if one in step.bears_on and one not in open_now)
    return NextStep(
        text=step.text, could_settle=open_now, could_overturn=standing, effort=step.effort, cites=step.cites
    )


def _effect(step: NextStep) -> tuple[int, ...]:
    """The order of the module's docstring; what is equal stays in the order in which the steps are listed."""
    settles, overturns = step.could_settle, step.could_overturn
    return (
        -sum(one in _CLAIM for one in settles),
        -len(settles),
        -sum(one in _CLAIM for one in overturns),
        -len(overturns),
        list(Effort).index(step.effort),
    )
