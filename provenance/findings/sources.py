"""Sources: who contradicts whom, by name, and which stated distances do not hold."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.evidence import Appearance, Bound, BoundKind, Claim, Evidence, Fact, Lead
from ..model.finding import Conflict, Finding, Question, Sentence, Verdict
from ..model.origin import root_among
from ..model.said import listing
from ..model.text import counted, visible
from .audits import audit_text, audits, unjudged, unjudged_text
from .wording import cited, name

QUESTION = Question.SOURCES
MOST_SAID = 20
MOST_NAMED = 6
MOST_ORIGIN = 100
"""Characters of an origin that are shown."""
_PAIRS = "They stand in {n:,} pairs of items; relays of one origin count once."


def finding(items: Sequence[Evidence], conflicts: Sequence[Conflict]) -> Finding | None:
    """The answer; None when there are no sources at all."""
    sources = [item for item in items if speaks(item)]
    if not sources and not conflicts:
        return None
    points = _points(conflicts, items)
    opening = _opening(sources, points, items)
    said = []
    if len(points) < len(conflicts):
        said.append(Sentence(text=_PAIRS.format(n=len(conflicts)), cites=opening.cites))
    said += [Sentence(text=_conflict_text(one), cites=(one.first, one.second)) for one in conflicts[:MOST_SAID]]
    if len(conflicts) > MOST_SAID:
        rest = conflicts[MOST_SAID:]
        ids = tuple(dict.fromkeys(name for one in rest for name in (one.first, one.second)))
        said.append(Sentence(text=f"{counted(len(rest), 'more conflict')} in the table of conflicts.", cites=ids))
    notes = [cited(audit_text(item, one), item) for item, one in audits(items) if one.flagged]
    notes += [cited(unjudged_text(item, one), item) for item, one in unjudged(items)]
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
        return item.bound not in (BoundKind.RECEIVED, BoundKind.CHECKED_BEFORE, BoundKind.SIGNED)
    return isinstance(item, Claim | Lead | Appearance)


def _opening(sources: Sequence[Evidence], conflicts: Sequence[Conflict], items: Sequence[Evidence]) -> Sentence:
    if not conflicts:
        return _no_conflict(sources)
    facts = {item.id for item in items if isinstance(item, Fact)}
    number = len(conflicts)
    events = sum(one.about == "event" for one in conflicts)
    within = sum({one.first, one.second} <= facts for one in conflicts)
    parts = [f", {events} about the event only"] if events and events < number else []
    parts += [", only about the event"] if events == number else []
    parts += [f", {within} of them within the file"] if within and within < number else []
    who = "The file's own tags" if within == number else "Sources"
    ids = tuple(dict.fromkeys(item for one in conflicts for item in (one.first, one.second)))
    opening = f"{who} contradict each other in {counted(number, 'point')}{''.join(parts)}."
    return Sentence(text=opening, cites=ids)


def _points(conflicts: Sequence[Conflict], items: Sequence[Evidence]) -> list[Conflict]:
    """The first conflict of each two origins in one dimension: what ten relays of one root contradict is one point."""
    root_of = root_among(items)
    origins = {item.id: root_of(item) for item in items}
    found: dict[object, Conflict] = {}
    for one in conflicts:
        ends = frozenset(origins.get(end, end) for end in (one.first, one.second))
        # Two parts of one file have one root, and each of their disagreements is a point of its own.
        found.setdefault((ends, one.dimension, one.about) if len(ends) == 2 else (one.first, one.second, one.text), one)
    return list(found.values())


def _no_conflict(sources: Sequence[Evidence]) -> Sentence:
    """Only what can contradict is counted as not doing so."""
    heard = [item for item in sources if comparable(item)]
    aside = [item for item in sources if getattr(item, "defeaters", ())]
    rest = f"; {len(aside)} set aside, with the reason in the evidence" if aside else ""
    spoken_of = {item.id: item for item in (*heard, *aside)}.values()
    if not heard:
        return cited(f"No source gives a time or place that another could contradict{rest}.", *sources)
    if len(heard) == 1:
        return cited(f"One item alone gives a time or place to compare; nothing contradicts it{rest}.", *spoken_of)
    root_of = root_among(sources)
    origins = counted(len({root_of(item) for item in heard}), "origin")
    return cited(
        f"None of {counted(len(heard), 'item')} of {origins} contradicts another or the claim{rest}.", *spoken_of
    )


def comparable(item: Evidence) -> bool:
    """Whether an item holds a time or place to compare, and nothing sets it aside."""
    if isinstance(item, Appearance):
        return any(value is not None for value in (item.published, item.caption_place, item.caption_time))
    if isinstance(item, Claim | Bound | Lead):
        set_aside = isinstance(item, Claim) and bool(item.defeaters)
        return not set_aside and (item.time is not None or item.place is not None)
    return False


def _conflict_text(one: Conflict) -> str:
    told = not one.gap or one.gap in one.text
    return one.text if told else f"{one.text.removesuffix('.')}; the gap is {one.gap}."


def _relays(sources: Sequence[Evidence]) -> list[Sentence]:
    """Items that descend from one root count once; said, so that five relays do not read as five sources."""
    root_of = root_among(sources)
    groups: dict[str, list[Evidence]] = {}
    for item in sources:
        groups.setdefault(root_of(item), []).append(item)
    said = []
    for items in groups.values():
        published = any(isinstance(item, Appearance) for item in items)
        speakers = sorted({name(item) for item in items if not (isinstance(item, Claim) and item.tested)})
        if published and len(speakers) > 1:
            root = visible(" ".join(items[0].source.origin.split()), limit=MOST_ORIGIN)
            text = f"{listing(speakers, most=MOST_NAMED)} descend from one origin ({root}) and count once."
            said.append(cited(text, *items))
    return said[:MOST_SAID]
