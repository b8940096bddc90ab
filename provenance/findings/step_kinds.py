"""Every kind of step that a desk can take, with the questions it bears on, the effort, and what it starts from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..image.refusals import ASK_AGAIN, ASK_OR_SAVE, SAVE_AS_PNG
from ..intake.said import listing, where
from ..model.evidence import Appearance, Claim, Evidence, Lead
from ..model.finding import Conflict, Effort, Finding, Question, Verdict
from ..model.matches import Match
from ..model.outcome import CheckRun
from ..model.source import SourceKind
from .pairs import speakers
from .step_starts import day, places, published_of_this, small
from .weigh import RECORD, RESTS_ON
from .wording import ids, name, seen_at

MOST_RESTS = 2
"""Of the items an answer rests on, how many a step cites."""
_CLAIM = (Question.WHEN, Question.WHERE)
_UNDECIDED = (Verdict.UNPROVEN, Verdict.DISPUTED)
_DECIDED_AGAINST = (Verdict.RECYCLED, Verdict.CONTRADICTED)
_MUTE = (SourceKind.FILE, SourceKind.PROGRAM)
_FOUND = (Verdict.COPY, Verdict.SAME_SCENE, Verdict.SHARED_ELEMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the steps are read from."""

    findings: dict[Question, Finding]
    items: tuple[Evidence, ...]
    known: dict[str, Evidence]

    def word(self, question: Question) -> Verdict | None:
        """The word that answers the question; None where it was not asked."""
        finding = self.findings.get(question)
        return finding.verdict if finding else None

    def asked(self, words: Sequence[Verdict], *questions: Question) -> tuple[Question, ...]:
        """Those of the questions that were answered with one of the words."""
        return tuple(question for question in questions if self.word(question) in words)

    def rests(self, question: Question) -> tuple[str, ...]:
        """What the first sentence of the answer cites."""
        finding = self.findings.get(question)
        return finding.sentences[0].cites if finding and finding.sentences else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step before it is known what it could move."""

    text: str
    bears_on: tuple[Question, ...]
    effort: Effort
    cites: tuple[str, ...]


def candidates(found: Found, runs: Sequence[CheckRun]) -> Iterator[Step]:
    """Every step that these findings call for, in the order in which equals are told."""
    yield from _unchecked(found, runs)
    yield from _claim(found, runs)
    yield from _limit(found)
    yield from _original(found)
    yield from _elsewhere(found)
    yield from _sides(found)
    yield from _by_eye(found)
    yield from _second_angle(found)
    yield from _satellite(found)


def _unchecked(found: Found, runs: Sequence[CheckRun]) -> Iterator[Step]:
    """What was not checked, by its remedy; one remedy may serve several questions."""
    remedies: dict[str, list[Question]] = {}
    for question, finding in found.findings.items():
        if finding.verdict is Verdict.NOT_CHECKED and finding.remedy not in ("", RECORD):
            both = finding.remedy == ASK_OR_SAVE  # two people's work, two steps
            for remedy in (ASK_AGAIN, SAVE_AS_PNG) if both else (finding.remedy,):
                remedies.setdefault(remedy, []).append(question)
    if _asks_again(found):
        questions = remedies.pop(ASK_AGAIN)
        first = f"{ASK_AGAIN[:1].upper()}{ASK_AGAIN[1:]}, as the original"
        yield Step(
            text=f"{first}, and who took the picture; then check again.",
            bears_on=tuple(dict.fromkeys((*questions, *_of_original(found)))),
            effort=Effort.A_MESSAGE,
            cites=_looked_at(questions, runs),
        )
    for remedy, questions in remedies.items():
        yield Step(
            text=f"{remedy[:1].upper()}{remedy[1:].rstrip('.')}{'' if remedy == SAVE_AS_PNG else ', and check again'}.",
            bears_on=tuple(questions),
            effort=Effort.MINUTES,
            cites=_looked_at(questions, runs),
        )


def _asks_again(found: Found) -> bool:
    """Whether the sender has to be asked for the file in any case: then whoever sent it is asked once, for all."""
    return any(
        one.verdict is Verdict.NOT_CHECKED and one.remedy in (ASK_AGAIN, ASK_OR_SAVE) for one in found.findings.values()
    )


def _looked_at(questions: Iterable[Question], runs: Sequence[CheckRun]) -> tuple[str, ...]:
    checks = {check for question in questions for check in RESTS_ON[question]}
    return tuple(run.id for run in runs if run.check in checks)


def _claim(found: Found, runs: Sequence[CheckRun]) -> Iterator[Step]:
    """One step for all that waits for a claim: answers without one, and answers with nothing to rest on."""
    unrecorded = tuple(question for question, one in found.findings.items() if one.remedy == RECORD)
    lacking = tuple(
        question for question in _CLAIM if found.word(question) is Verdict.NO_CLAIM or question in unrecorded
    )
    if not lacking and not unrecorded:
        return
    what = " and ".join({Question.WHEN: "time", Question.WHERE: "place"}[question] for question in lacking)
    first = f"Record which {what} is claimed for the picture" if lacking else f"{RECORD[:1].upper()}{RECORD[1:]}"
    yield Step(
        text=f"{first}, and check again.",
        bears_on=tuple(dict.fromkeys((*lacking, *unrecorded))),
        effort=Effort.MINUTES,
        cites=_all_rests(found, lacking) or _looked_at(unrecorded, runs),
    )


def _limit(found: Found) -> Iterator[Step]:
    """What a decided answer hangs on, looked at once more."""
    for question in found.asked(_DECIDED_AGAINST, *_CLAIM):
        causes = [found.known[one] for one in found.rests(question) if one in found.known]
        causes = [item for item in causes if not (isinstance(item, Claim) and item.tested)]
        if not causes:
            continue
        named = listing([*dict.fromkeys(map(name, causes))], most=3)
        copies = all(isinstance(item, Appearance) for item in causes)
        what = (
            f"Look whether the copy at {named} is the same picture, and whether its date holds."
            if copies
            else f"Look for a reason to distrust {named}: the answer to {question.value!r} hangs on it."
        )
        yield Step(text=what, bears_on=(question,), effort=Effort.MINUTES, cites=ids(causes))


def _original(found: Found) -> Iterator[Step]:
    """The original file: time of capture, the camera's tags, credentials, what was cut or changed."""
    speaks_of = _of_original(found)
    published = published_of_this(found.items)
    claimants = [item for item in found.items if isinstance(item, Claim) and item.tested and item.by]
    if published:
        first = published[0]
        who = seen_at(first) if first.sighting else name(first)
        text = f"Ask for the original file: {who}, the earliest publisher known."
        yield Step(text=text, bears_on=speaks_of, effort=Effort.A_MESSAGE, cites=ids(published[:1]))
    elif claimants:
        text = f"Ask for the original file, and who took the picture: {name(claimants[0])}."
        yield Step(text=text, bears_on=speaks_of, effort=Effort.A_MESSAGE, cites=ids(claimants[:1]))
    elif not _asks_again(found):
        text = "Ask for the original file, and who took the picture: whoever sent it."
        yield Step(text=text, bears_on=speaks_of, effort=Effort.A_MESSAGE, cites=_all_rests(found, speaks_of))


def _of_original(found: Found) -> tuple[Question, ...]:
    """The answers to which the original file speaks."""
    changed = (Verdict.NO_TRACE_FOUND, Verdict.TRACE_FOUND, Verdict.NOT_JUDGED, Verdict.DIFFERS)
    return (
        *found.asked((*_UNDECIDED, Verdict.CONSISTENT), Question.WHEN),
        *found.asked(changed, Question.ALTERED),
        *found.asked((Verdict.CREDENTIALS_NONE, Verdict.CREDENTIALS_UNREADABLE), Question.ORIGIN),
    )


def _elsewhere(found: Found) -> Iterator[Step]:
    """An earlier or a first copy: other sets, reverse search."""
    seen = found.asked((Verdict.NO_MATCH, Verdict.SAME_SCENE, Verdict.SHARED_ELEMENT), Question.SEEN_BEFORE)
    older = found.asked(_UNDECIDED, Question.WHEN)
    if found.word(Question.SEEN_BEFORE) is Verdict.NOT_ENOUGH_DETAIL:
        yield Step(
            text="Find a larger, sharper or less cropped copy, and check that.",
            bears_on=(Question.SEEN_BEFORE, *older),
            effort=Effort.A_MESSAGE,
            cites=found.rests(Question.SEEN_BEFORE),
        )
    elif found.word(Question.SEEN_BEFORE) not in (None, Verdict.NOT_CHECKED):
        first = "an earlier copy" if found.word(Question.SEEN_BEFORE) is Verdict.COPY else "a copy"
        yield Step(
            text=f"Search the reference of another desk, and by hand several reverse image searches, for {first}.",
            bears_on=(*seen, *older),
            effort=Effort.MINUTES,
            cites=found.rests(Question.SEEN_BEFORE),
        )


def _sides(found: Found) -> Iterator[Step]:
    """Whoever contradicts each other about the picture, asked what they rest on."""
    sources = found.findings.get(Question.SOURCES)
    about = [one for one in (sources.conflicts if sources else ()) if one.about == "picture" and _speakers(one, found)]
    if about:
        first = about[0]
        pair = (found.known[first.first], found.known[first.second])
        dimension = {"time": Question.WHEN, "place": Question.WHERE}.get(first.dimension)
        moved = found.asked(_UNDECIDED, dimension) if dimension else ()
        yield Step(
            text=f"Ask what each rests on: {' and '.join(speakers(*pair))}, who contradict each other.",
            bears_on=(*moved, Question.SOURCES),
            effort=Effort.A_MESSAGE,
            cites=ids(pair),
        )


def _speakers(one: Conflict, found: Found) -> bool:
    """Whether both sides are people who can be asked."""
    ends = [found.known.get(end) for end in (one.first, one.second)]
    return all(isinstance(end, Claim | Appearance | Lead) and end.source.kind not in _MUTE for end in ends)


def _by_eye(found: Found) -> Iterator[Step]:
    rests = found.rests(Question.SEEN_BEFORE)
    if found.asked(_FOUND, Question.SEEN_BEFORE):
        yield Step(
            text="Look at both pictures side by side: the comparison is a measurement, not an eye.",
            bears_on=(Question.SEEN_BEFORE,),
            effort=Effort.MINUTES,
            cites=tuple(one for one in rests if isinstance(found.known.get(one), Match)),
        )


def _second_angle(found: Found) -> Iterator[Step]:
    """Another picture of the same scene: landmarks for the place, and shadows or weather for the time."""
    moved = found.asked(_UNDECIDED, Question.WHERE)
    yield Step(
        text="Find a second angle of the scene, with a landmark or a sign that others can look up.",
        bears_on=moved,
        effort=Effort.HOURS,
        cites=_all_rests(found, moved),
    )


def _satellite(found: Found) -> Iterator[Step]:
    """A satellite picture, where a place small enough was named by somebody."""
    moved = found.asked((*_UNDECIDED, Verdict.CONTRADICTED, Verdict.CONSISTENT), Question.WHERE)
    named = [(item, place) for item, place in places(found.items) if small(place)]
    if moved and named:
        item, place = min(named, key=lambda pair: (str(pair[0].grade), pair[1].radius_km, pair[0].id))
        yield Step(
            text=f"Compare the scene with a satellite image of {where(place)}{day(found.items)}.",
            bears_on=moved,
            effort=Effort.HOURS,
            cites=(item.id,),
        )


def _all_rests(found: Found, questions: Iterable[Question]) -> tuple[str, ...]:
    """The first of what each answer rests on: a step cites where it starts, the answers cite all."""
    return tuple(dict.fromkeys(one for question in questions for one in found.rests(question)[:MOST_RESTS]))
