"""Sources: who contradicts whom, by name, and which stated distances do not hold."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.evidence import Appearance, Bound, BoundKind, Claim, Evidence, Lead
from ..model.finding import Conflict, Finding, Question, Sentence, Verdict
from .audits import audit_text, audits
from .strength import origin_of
from .wording import cited, counted, name

QUESTION = Question.SOURCES
MOST_SAID = 20


def finding(items: Sequence[Evidence], conflicts: Sequence[Conflict]) -> Finding | None:
    """The answer; None when there are no sources at all."""
    sources = [item for item in items if speaks(item)]
    if not sources:
        return None
    opening = _opening(sources, conflicts)
    said = [Sentence(text=_conflict_text(one), cites=(one.first, one.second)) for one in conflicts[:MOST_SAID]]
    if len(conflicts) > MOST_SAID:
        rest = conflicts[MOST_SAID:]
        ids = tuple(dict.fromkeys(name for one in rest for name in (one.first, one.second)))
        said.append(Sentence(text=f"{counted(len(rest), 'more conflict')} in the table of conflicts.", cites=ids))
    notes = [cited(audit_text(item, one), item) for item, one in audits(items) if one.flagged]
    return Finding(
        question=QUESTION,
        verdict=Verdict.CONTRADICT if conflicts else Verdict.NO_CONTRADICTION,
        sentences=(opening, *said, *_relays(sources), *notes),
        would_change=("An answer from either side of a conflict.",)
        if conflicts
        else ("A source that says otherwise.",),
        not_established=() if conflicts else ("Whether the sources are right: agreeing is not proof.",),
        conflicts=tuple(conflicts),
    )


def speaks(item: Evidence) -> bool:
    """Whether an item is somebody's word, or a record of one; the program's own clock and searches are not."""
    if isinstance(item, Bound):
        return item.bound is not BoundKind.RECEIVED
    return isinstance(item, Claim | Lead | Appearance)


def _opening(sources: Sequence[Evidence], conflicts: Sequence[Conflict]) -> Sentence:
    heard = f"{counted(len(sources), 'item')} of {counted(len({origin_of(item) for item in sources}), 'origin')}"
    if not conflicts:
        return cited(f"None of {heard} contradicts another or the claim.", *sources)
    events = sum(one.about == "event" for one in conflicts)
    of_event = f", {events} about the event only" if events and events < len(conflicts) else ""
    of_event = ", only about the event" if events == len(conflicts) else of_event
    ids = tuple(dict.fromkeys(item for one in conflicts for item in (one.first, one.second)))
    opening = f"Sources contradict each other in {counted(len(conflicts), 'point')}{of_event}."
    return Sentence(text=opening, cites=ids)


def _conflict_text(one: Conflict) -> str:
    return f"{one.text.removesuffix('.')}; the gap is {one.gap}." if one.gap else one.text


def _relays(sources: Sequence[Evidence]) -> list[Sentence]:
    """Items that descend from one root count once; said, so that five relays do not read as five sources."""
    groups: dict[str, list[Evidence]] = {}
    for item in sources:
        groups.setdefault(origin_of(item), []).append(item)
    said = []
    for items in groups.values():
        speakers = sorted({name(item) for item in items if isinstance(item, Appearance)})
        if len(speakers) > 1:
            text = f"{', '.join(speakers[:4])} descend from one origin ({items[0].source.origin}) and count once."
            said.append(cited(text, *items))
    return said[:MOST_SAID]
