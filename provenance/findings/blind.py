"""What the blind methods and the history of a file say under Altered, and what their alarms are worth."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.differences import Anomaly
from ..model.evidence import Evidence, Trace
from ..model.finding import Sentence
from ..model.outcome import CheckRun, Ran
from ..model.text import counted
from . import tables
from .wording import cited

METHODS = ("jpeg-grid", "double-jpeg", "copy-move")
"""The checks that look at one file alone, under one alarm level together (forensics/blind/chance.py)."""
PLAIN = {
    "declared-size": "The size in the tags",
    "thumbnail": "The thumbnail",
    "jpeg-grid": "The JPEG grid",
    "double-jpeg": "Double compression",
    "copy-move": "The search for copied parts",
}
"""What the checks are called in a sentence; citations name them by their ids."""
HISTORY = "history"
"""Topic of a Trace that tells how the file came about and speaks of no change to what it shows."""
FEW = "on posted copies these find fewer than 1 in 10 alterations"
_TOGETHER = (
    "All blind methods together are set to raise an alarm in at most 1 of 1,000 unaltered pictures; captions, blurred "
    "faces and logos laid on after saving raise one too."
)

TESTED = {
    "jpeg-grid": (1108, 554, 0, 515, 0),
    "double-jpeg": (1108, 272, 0, 515, 0),
    "copy-move": (1108, 583, 0, 515, 6),
}
"""Of each method, over photographs of which one file each was drawn: unaltered files, how many of these it judged, with
how many alarms; posted copies, and how many of these it judged, none with an alarm (docs/measured/blind.md)."""
TESTED_TOGETHER = (1623, 0, 542)
"""Those photographs, how many raised an alarm of any method, and one in how many may by the 95 % upper limit."""


def anomalies(items: Sequence[Evidence]) -> list[Anomaly]:
    """Those that speak of a change, the surest first."""
    found = [item for item in items if isinstance(item, Anomaly)]
    return sorted(found, key=lambda one: (min((part.log10_nfa for part in one.regions), default=0.0), one.id))


def beside(items: Sequence[Evidence]) -> list[Sentence]:
    """What moves no verdict: the history of the file."""
    history = [item for item in items if isinstance(item, Trace) and item.topic == HISTORY]
    return [
        *(cited(one.statement, one) for one in history),
        *([cited(_harmless(len(history)), *history)] if history else []),
        *tables.told(items),
    ]


def told(found: Sequence[Anomaly]) -> list[Sentence]:
    """What was seen, then its limits, then how many unaltered pictures would show the same."""
    limits: dict[str, list[Anomaly]] = {}
    for one in found:
        for limit in one.limits:
            limits.setdefault(limit, []).append(one)
    return [
        *(cited(one.statement, one) for one in found),
        *(cited(limit, *of) for limit, of in limits.items()),
        *([cited(_TOGETHER, *found), cited(_tested_together(), *found)] if found else []),
        *(cited(_tested(method), *of) for method, of in _by_method(found).items()),
    ]


def _by_method(found: Sequence[Anomaly]) -> dict[str, list[Anomaly]]:
    return {method: of for method in TESTED if (of := [one for one in found if one.method == method])}


def _tested_together() -> str:
    """What all methods said of pictures that nobody altered, and what such a count can carry."""
    photographs, alarms, one_in = TESTED_TOGETHER
    return (
        f"In tests all blind methods together raised an alarm on {alarms:,} of {photographs:,} unaltered photographs, "
        f"one file of each; so many cannot rule out a rate of 1 in {one_in:,}."
    )


def _tested(method: str) -> str:
    """What a method said of pictures that nobody altered, beside what it says of this one."""
    files, judged, alarms, posted, spoken = TESTED[method]
    return (
        f"{PLAIN[method]} in tests: of {files:,} unaltered photographs {judged:,} were judged and {alarms:,} raised an "
        f"alarm; of {posted:,} posted copies of others {spoken:,} were judged."
    )


def none_found(spoke: Sequence[CheckRun], methods: Sequence[CheckRun]) -> Sentence:
    """That nothing was found, by how many methods, and how little that says."""
    could = f"the {len(spoke)} of {counted(len(methods), 'method')} that could speak for this file"
    return Sentence(text=f"No trace found by {could}; {FEW}.", cites=tuple(run.id for run in methods))


def none_spoke(methods: Sequence[CheckRun]) -> Sentence:
    """That no method could look; why each could not is told behind it."""
    all_of = f"Of {counted(len(methods), 'method')} none" if len(methods) > 1 else "The one method that was run"
    could = "could speak" if len(methods) > 1 else "could not speak"
    text = f"{all_of} {could} for this file; that says nothing about the picture."
    return Sentence(text=text, cites=tuple(run.id for run in methods))


def called(run: CheckRun) -> str:
    """A check as a sentence calls it."""
    return PLAIN.get(run.check, run.check)


def found_by(found: Sequence[Evidence], methods: Sequence[CheckRun]) -> Sentence:
    """A method that looked and saw nothing has found no trace; one that could not look is not counted at all."""
    named = {item.method for item in found}
    could = named | {run.check for run in methods if isinstance(run.outcome, Ran)}
    text = f"A trace was found by {len(named)} of {counted(len(could), 'method')} that could speak."
    return Sentence(text=text, cites=tuple(run.id for run in methods))


def _harmless(count: int) -> str:
    return (
        f"{'That is' if count == 1 else 'These are'} the history of the file: saving, cutting and converting do this "
        "and leave what the picture shows as it was."
    )
