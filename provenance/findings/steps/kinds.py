"""Every kind of step that a desk can take, with the questions it bears on, the effort, and what it starts from.

Those of what is not answered yet: unanswered.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...matching.words import NO_SET
from ...model.evidence import Appearance, Claim, Lead
from ...model.finding import Conflict, Effort, Question, Verdict
from ...model.matches import Match
from ...model.outcome import CheckRun
from ...model.said import listing, where
from ...model.source import SourceKind
from ..pairs import speakers
from ..weigh import RESTS_ON
from ..wording import ids, name, seen_at
from .starts import before_orbit, day, places, published_of_this, small
from .step import UNDECIDED, Found, Step
from .unanswered import ON_A_CLAIM, unchecked, unclaimed, unplaced_claims

_DECIDED_AGAINST = (Verdict.RECYCLED, Verdict.CONTRADICTED)
_MUTE = (SourceKind.FILE, SourceKind.PROGRAM)
_FOUND = (Verdict.COPY, Verdict.SAME_SCENE, Verdict.SHARED_ELEMENT)


def candidates(found: Found, runs: Sequence[CheckRun]) -> Iterator[Step]:
    """Every step that these findings call for, in the order in which equals are told."""
    yield from unchecked(found, runs)
    yield from unclaimed(found, runs)
    yield from unplaced_claims(found)
    yield from _limit(found)
    yield from _original(found)
    yield from _elsewhere(found, runs)
    yield from _sides(found)
    yield from _by_eye(found)
    yield from _second_angle(found)
    yield from _satellite(found)


def _limit(found: Found) -> Iterator[Step]:
    """What a decided answer hangs on, looked at once more."""
    for question in found.asked(_DECIDED_AGAINST, *ON_A_CLAIM):
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
    speaks_of = found.of_original
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
    elif not found.asks_again:
        text = "Ask for the original file, and who took the picture: whoever sent it."
        yield Step(text=text, bears_on=speaks_of, effort=Effort.A_MESSAGE, cites=found.first_rests(speaks_of))


def _elsewhere(found: Found, runs: Sequence[CheckRun]) -> Iterator[Step]:
    """An earlier or a first copy: other sets, reverse search."""
    seen = found.asked((Verdict.NO_MATCH, Verdict.SAME_SCENE, Verdict.SHARED_ELEMENT), Question.SEEN_BEFORE)
    older = found.asked(UNDECIDED, Question.WHEN)
    if found.word(Question.SEEN_BEFORE) is Verdict.NOT_ENOUGH_DETAIL:
        yield Step(
            text="Find a larger, sharper or less cropped copy, and check that.",
            bears_on=(Question.SEEN_BEFORE, *older),
            effort=Effort.A_MESSAGE,
            cites=found.rests(Question.SEEN_BEFORE),
        )
    elif _without_a_set(found, runs):
        yield Step(
            text="Search by hand with several reverse image searches, for a copy.",
            bears_on=(Question.SEEN_BEFORE, *older),
            effort=Effort.MINUTES,
            cites=tuple(run.id for run in runs if run.check in RESTS_ON[Question.SEEN_BEFORE]),
        )
    elif found.word(Question.SEEN_BEFORE) not in (None, Verdict.NOT_CHECKED):
        first = "an earlier copy" if found.word(Question.SEEN_BEFORE) is Verdict.COPY else "a copy"
        yield Step(
            text=f"Search the reference set of another desk, and by hand several reverse image searches, for {first}.",
            bears_on=(*seen, *older),
            effort=Effort.MINUTES,
            cites=found.rests(Question.SEEN_BEFORE),
        )


def _without_a_set(found: Found, runs: Sequence[CheckRun]) -> bool:
    """Whether nothing was searched for want of a set, and not because of the picture: that is mended first."""
    not_searched = found.word(Question.SEEN_BEFORE) is Verdict.NOT_CHECKED
    return not_searched and any(run.outcome == NO_SET for run in runs)


def _sides(found: Found) -> Iterator[Step]:
    """Whoever contradicts each other about the picture, asked what they rest on."""
    sources = found.findings.get(Question.SOURCES)
    about = [one for one in (sources.conflicts if sources else ()) if one.about == "picture" and _speakers(one, found)]
    if about:
        first = about[0]
        pair = (found.known[first.first], found.known[first.second])
        dimension = {"time": Question.WHEN, "place": Question.WHERE}.get(first.dimension)
        moved = found.asked(UNDECIDED, dimension) if dimension else ()
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
    moved = found.asked(UNDECIDED, Question.WHERE)
    yield Step(
        text="Find a second angle of the scene, with a landmark or a sign that others can look up.",
        bears_on=moved,
        effort=Effort.HOURS,
        cites=found.first_rests(moved),
    )


def _satellite(found: Found) -> Iterator[Step]:
    """A satellite picture, where a place small enough was named by somebody."""
    moved = found.asked((*UNDECIDED, Verdict.CONTRADICTED, Verdict.CONSISTENT), Question.WHERE)
    named = [(item, place) for item, place in places(found.items) if small(place)]
    refuted = bool(found.asked(_DECIDED_AGAINST, Question.WHEN))
    if moved and named and not before_orbit(found.items, refuted=refuted):
        item, place = min(named, key=lambda pair: (str(pair[0].grade), pair[1].radius_km, pair[0].id))
        yield Step(
            text=f"Compare the scene with a satellite image of {where(place)}{day(found.items, refuted=refuted)}.",
            bears_on=moved,
            effort=Effort.HOURS,
            cites=(item.id,),
        )
