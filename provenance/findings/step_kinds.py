"""Every kind of step that a desk can take, with the questions it bears on, the effort, and what it starts from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..intake.said import listing, span, where
from ..model.evidence import Appearance, Claim, CopyKind, Evidence, Lead, LeadKind, Match
from ..model.finding import Conflict, Effort, Finding, Question, Verdict
from ..model.outcome import CheckRun
from ..model.place import Place
from ..model.source import SourceKind
from .pairs import speakers
from .seen_words import dated
from .weigh import RESTS_ON
from .wording import ids, name, seen_at

SEEN_FROM_ORBIT_KM = 60.0
"""A place this small can be looked for on satellite images: the circle of a large city, not of a region."""
_CLAIM = (Question.WHEN, Question.WHERE)
_UNDECIDED = (Verdict.UNPROVEN, Verdict.DISPUTED)
_DECIDED_AGAINST = (Verdict.RECYCLED, Verdict.CONTRADICTED)
_MUTE = (SourceKind.FILE, SourceKind.PROGRAM)
_OTHER_PICTURES = (CopyKind.SIMILAR_SCENE, CopyKind.DIFFERENT_IMAGE)
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
    yield from _claim(found)
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
        if finding.verdict is Verdict.NOT_CHECKED and finding.remedy:
            remedies.setdefault(finding.remedy, []).append(question)
    for remedy, questions in remedies.items():
        checks = {check for question in questions for check in RESTS_ON[question]}
        yield Step(
            text=f"{remedy[:1].upper()}{remedy[1:].rstrip('.')}, and check again.",
            bears_on=tuple(questions),
            effort=Effort.MINUTES,
            cites=tuple(run.id for run in runs if run.check in checks),
        )


def _claim(found: Found) -> Iterator[Step]:
    lacking = found.asked((Verdict.NO_CLAIM,), *_CLAIM)
    if lacking:
        what = " and ".join({Question.WHEN: "time", Question.WHERE: "place"}[question] for question in lacking)
        yield Step(
            text=f"Record which {what} is claimed for the picture, and check again.",
            bears_on=lacking,
            effort=Effort.MINUTES,
            cites=_all_rests(found, lacking),
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
    speaks_of = (
        *found.asked((*_UNDECIDED, Verdict.CONSISTENT), Question.WHEN),
        *found.asked(
            (Verdict.NO_TRACE_FOUND, Verdict.TRACE_FOUND, Verdict.NOT_JUDGED, Verdict.DIFFERS), Question.ALTERED
        ),
        *found.asked((Verdict.CREDENTIALS_NONE,), Question.ORIGIN),
    )
    published = _published(found.items)
    claimants = [item for item in found.items if isinstance(item, Claim) and item.tested and item.by]
    if published:
        first = published[0]
        who = seen_at(first) if first.sighting else name(first)
        text = f"Ask for the original file: {who}, the earliest publisher known."
        yield Step(text=text, bears_on=speaks_of, effort=Effort.A_MESSAGE, cites=ids(published[:1]))
    elif claimants:
        text = f"Ask for the original file, and who took the picture: {name(claimants[0])}."
        yield Step(text=text, bears_on=speaks_of, effort=Effort.A_MESSAGE, cites=ids(claimants[:1]))
    else:
        text = "Ask for the original file, and who took the picture: whoever sent it."
        yield Step(text=text, bears_on=speaks_of, effort=Effort.A_MESSAGE, cites=_all_rests(found, speaks_of))


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
    named = [(item, place) for item, place in _places(found.items) if _small(place)]
    if moved and named:
        item, place = min(named, key=lambda pair: (str(pair[0].grade), pair[1].radius_km, pair[0].id))
        day = _day(found.items)
        yield Step(
            text=f"Compare the scene with a satellite image of {where(place)}{day}.",
            bears_on=moved,
            effort=Effort.HOURS,
            cites=(item.id,),
        )


def _places(items: Iterable[Evidence]) -> Iterator[tuple[Evidence, Place]]:
    for item in items:
        if isinstance(item, Claim | Lead) and not (isinstance(item, Lead) and item.lead is LeadKind.SIMILARITY):
            place = None if getattr(item, "denies", False) or getattr(item, "defeaters", ()) else item.place
        else:
            place = item.caption_place if isinstance(item, Appearance) and not item.caption_denies else None
        if place is not None:
            yield item, place


def _small(place: Place) -> bool:
    return place.lat_deg is not None and 0 <= place.radius_km <= SEEN_FROM_ORBIT_KM


def _day(items: Iterable[Evidence]) -> str:
    """By which day the scene must stand there: that of the earliest dated publication, else the claimed time."""
    items = tuple(items)
    published = [item for item in _published(items) if item.published]
    if published and published[0].published is not None:
        return f" from {span(published[0].published)} or shortly before"
    claimed = [item.time for item in items if isinstance(item, Claim) and item.tested and item.time is not None]
    return f" from the claimed time, {span(claimed[0])}" if claimed else ""


def _published(items: Iterable[Evidence]) -> list[Appearance]:
    """Publications of this picture, the earliest first: of no other picture, and of none that counts for nothing."""
    of_this = (item for item in items if isinstance(item, Appearance) and item.copy not in _OTHER_PICTURES)
    return sorted((item for item in of_this if not item.defeaters), key=dated)


def _all_rests(found: Found, questions: Iterable[Question]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for question in questions for one in found.rests(question)))
