"""Altered: does anything speak of a change after capture? Never more than the methods that could speak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model.differences import Anomaly, Compared, Comparison
from ..model.evidence import Evidence, Trace
from ..model.finding import Finding, Question, Sentence, Verdict
from ..model.matches import Answer, Match
from ..model.outcome import CheckRun, Failed, Ran, Skipped
from ..model.publication import CopyKind
from ..model.text import counted
from . import blind, compared
from .seen_words import shown, surest
from .wording import as_step, cited

QUESTION = Question.ALTERED
AS_IT_IS = "as it is"
"""The transform of a match that needs no turning."""
MOST_LISTED = 4
_FRAMING = (
    "Cutting, turning, scaling and the frame of a post or collage change how a picture lies, how much of it is seen "
    "and what surrounds it, not what the shared part shows"
)
_NOT_INSIDE = "; whether something inside the shared region was changed is not compared here"
_SIZES = (
    "Two sizes are consistent with resizing or cropping after the tags were written, and with a camera or program that "
    "writes another size."
)
_NOT_BY_TAGS = "Whether anything was changed, what, by whom and why: resizing counts here too."
_NOT_BY_REGIONS = "What was changed there, by whom and why."
METHODS = ("declared-size", "thumbnail", *blind.METHODS)
"""The checks whose traces can speak of an alteration."""
Marks = Sequence[Trace | Anomaly]


def finding(items: Sequence[Evidence], runs: tuple[CheckRun, ...]) -> Finding | None:
    """The answer; None when no method was run at all."""
    found = _answer(items, runs)
    return None if found is None else replace(found, sentences=(*found.sentences, *blind.beside(items)))


def _answer(items: Sequence[Evidence], runs: tuple[CheckRun, ...]) -> Finding | None:
    methods = [run for run in runs if run.check in METHODS]
    spoke = [run for run in methods if isinstance(run.outcome, Ran)]
    traces: list[Trace | Anomaly] = [item for item in items if isinstance(item, Trace) and item.alters]
    traces += blind.anomalies(items)
    mirrored = [item for item in items if isinstance(item, Match) and item.answer is Answer.COPY and _mirrored(item)]
    laid = compared.comparisons(items)
    if any(one.outcome in compared.DIFFERENT for one in laid):
        rest = [*_listed(mirrored), *_trace_sentences(traces, methods), *_framed(items), *_silent(methods)]
        return compared.differing(laid, rest, items)
    if mirrored:
        found = _differs(mirrored, items, traces, methods)
        return replace(found, sentences=(*found.sentences, *compared.told(laid, items)))
    return _undiffering(_by_methods(traces, spoke, methods), laid, items)


def _undiffering(by_methods: Finding | None, laid: list[Comparison], items: Sequence[Evidence]) -> Finding | None:
    """What the methods found, and beside it that a reference was compared and nothing in it differs."""
    found = by_methods
    if any(one.outcome is Compared.NO_DIFFERENCE for one in laid):
        if found is None or found.verdict is Verdict.NOT_JUDGED:
            found = compared.alike(laid, items)
        elif found.verdict is Verdict.NO_TRACE_FOUND:
            found = replace(found, sentences=(*compared.told(laid, items), *found.sentences))
        else:
            found = replace(found, sentences=(*found.sentences, *compared.told(laid, items)))
    elif found is not None:
        told = compared.told(laid, items)
        # That no method found a trace must not be read before that parts lie otherwise than in a reference.
        apart = any(one.outcome is Compared.NOT_JUDGED and one.regions for one in laid)
        first = apart and found.verdict is not Verdict.TRACE_FOUND
        found = replace(found, sentences=(*told, *found.sentences) if first else (*found.sentences, *told))
    return None if found is None else replace(found, sentences=(*found.sentences, *_framed(items)))


def _by_methods(traces: Marks, spoke: list[CheckRun], methods: list[CheckRun]) -> Finding | None:
    if traces:
        return _traced(traces, methods)
    if spoke:
        return _untraced(spoke, methods)
    if methods and all(isinstance(run.outcome, Skipped) and run.outcome.reason != "time" for run in methods):
        return _not_judged(methods)
    return None


def _framed(items: Sequence[Evidence]) -> list[Sentence]:
    """Copies that were cut, turned, scaled or set inside a screen: named, and no alteration by that."""
    copies = [item for item in items if isinstance(item, Match) and item.answer is Answer.COPY and not _mirrored(item)]
    framed = [match for match in copies if match.transform not in ("", AS_IT_IS)]
    if not framed:
        return []
    judged = {one.match_id for one in compared.comparisons(items) if one.outcome in compared.JUDGED}
    framing = f"{_FRAMING}{'' if judged & {match.id for match in framed} else _NOT_INSIDE}."
    return [*(cited(_against(match), match) for match in framed[:MOST_LISTED]), cited(framing, *framed)]


def _traced(traces: Marks, methods: list[CheckRun]) -> Finding:
    return Finding(
        question=QUESTION,
        verdict=Verdict.TRACE_FOUND,
        sentences=(*_trace_sentences(traces, methods), *_silent(methods)),
        would_change=("The original file, from the author.",),
        not_established=(_NOT_BY_TAGS if any(isinstance(one, Trace) for one in traces) else _NOT_BY_REGIONS,),
    )


def _trace_sentences(found: Marks, methods: list[CheckRun]) -> tuple[Sentence, ...]:
    """What was seen, what that is consistent with, and its limits; the check says only the first."""
    traces = [one for one in found if isinstance(one, Trace)]
    sizes = [trace for trace in traces if trace.topic == "size"]
    return (
        *(cited(trace.statement, trace) for trace in traces),
        *([cited(_SIZES, *sizes)] if sizes else []),
        *(cited(limit, trace) for trace in traces for limit in trace.limits),
        *blind.told([one for one in found if isinstance(one, Anomaly)]),
        *([blind.found_by(found, methods)] if methods and found else []),
    )


def _mirrored(match: Match) -> bool:
    """Whether the comparison itself saw a difference: the copy meets the reference only when turned over.

    Cut, turned, scaled, or set inside a screenshot it still shows the same.
    """
    return match.copy is CopyKind.MIRRORED or (match.alignment is not None and match.alignment.mirrored)


def _differs(
    mirrored: Sequence[Match],
    items: Sequence[Evidence],
    traces: Marks,
    methods: list[CheckRun],
) -> Finding:
    """A copy that is mirrored against a reference: a difference that was observed, whoever made it."""
    copies = [item for item in items if isinstance(item, Match) and item.answer is Answer.COPY]
    upright = sorted((match for match in copies if not _mirrored(match)), key=surest)
    mirrored = sorted(mirrored, key=surest)
    best = upright[0] if upright and _surer(upright[0], mirrored[0]) else None
    of_all = f"lies the same way; laid another way: {len(mirrored):,} of {len(copies):,} copies"
    return Finding(
        question=QUESTION,
        verdict=Verdict.DIFFERS,
        sentences=(
            *([cited(f"The surest copy, {_where(best)}, {of_all}.", best, *mirrored)] if best else []),
            *_listed(mirrored),
            cited("Which of the two was turned over the comparison cannot say.", *mirrored),
            *(cited(f"{_laid(match)}, it meets {_where(match)}.", match) for match in upright[:1] if match is not best),
            *_trace_sentences(traces, methods),
            *_silent(methods),
        ),
        would_change=("The original file, from the author, or the earliest copy of the picture.",),
        not_established=("Which of the two was turned over, by whom and why.", "Whether anything else was changed."),
    )


def _surer(first: Match, second: Match) -> bool:
    """Whether the first copy is the surer one, by more than its name."""
    return surest(first)[:-1] < surest(second)[:-1]


def _listed(mirrored: Sequence[Match]) -> list[Sentence]:
    """Matches that are mirrored, each against its reference."""
    listed = [cited(_against(match), match) for match in mirrored[:MOST_LISTED]]
    if rest := mirrored[MOST_LISTED:]:
        listed.append(cited(f"{counted(len(rest), 'more match', 'more matches')} of that kind in the evidence.", *rest))
    return listed


def _against(match: Match) -> str:
    return f"{_laid(match)} against {_where(match)}."


def _laid(match: Match) -> str:
    return f"{match.transform[:1].upper()}{match.transform[1:]}" if match.transform else "As it is"


def _where(match: Match) -> str:
    return f"{shown(match.reference)} in {match.reference.set_name}"


def _untraced(spoke: list[CheckRun], methods: list[CheckRun]) -> Finding:
    notes = [
        Sentence(text=f"{blind.called(run)}: {run.outcome.note}.", cites=(run.id,))
        for run in spoke
        if isinstance(run.outcome, Ran) and run.outcome.note
    ]
    return Finding(
        question=QUESTION,
        verdict=Verdict.NO_TRACE_FOUND,
        sentences=(
            blind.none_found(spoke, methods),
            *notes,
            *_silent(methods),
        ),
        would_change=("The original file, and a comparison with a reference copy.",),
        not_established=("Whether the picture was altered.",),
    )


def _not_judged(methods: list[CheckRun]) -> Finding:
    outcomes = [run.outcome for run in methods]
    remedies = list(dict.fromkeys(one.remedy for one in outcomes if isinstance(one, Skipped) and one.remedy))
    longest = [one for one in remedies if not any(other != one and other.startswith(one) for other in remedies)]
    return Finding(
        question=QUESTION,
        verdict=Verdict.NOT_JUDGED,
        sentences=(blind.none_spoke(methods), *_silent(methods)),
        would_change=tuple(f"{as_step(remedy)}." for remedy in longest),
        not_established=("Whether the picture was altered.",),
    )


def _silent(methods: list[CheckRun]) -> list[Sentence]:
    """Which methods could not speak, and why."""
    said = []
    for run in methods:
        if isinstance(run.outcome, Skipped | Failed):
            why = run.outcome.reason if isinstance(run.outcome, Skipped) else f"broke ({run.outcome.error})"
            said.append(Sentence(text=f"{blind.called(run)} could not speak: {why}.", cites=(run.id,)))
    return said
