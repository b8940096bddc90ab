"""Two reports on one picture, finding by finding: what came, went and changed, which answers moved, and by what.

The moment of a check is no change: two checks with the same evidence, answers and means are the same. What is compared
is the reports' content; an item is the same where its id is, because ids derive from content.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ..model.canonical import plain
from ..model.credentials import Credential
from ..model.differences import Comparison
from ..model.evidence import Appearance, Bound, BoundKind, Claim, Evidence, Fact, Trace
from ..model.finding import Finding, Question
from ..model.matches import EarlierCheck, Match, Search
from ..model.noted import Review
from ..model.report import Report
from .jsonform import body_digest
from .means import MeansChange, means

NOT_ASKED = "not asked"
_DECIDING = 2
"""Sentences that give an answer: its line, and the one before that tells what a person set aside."""


class How(StrEnum):
    """What became of an item between two reports."""

    CAME = "came"
    WENT = "went"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChange:
    """An item of evidence that only one report has, or that says something else in each."""

    how: How
    id: str
    """In the new report; of an item that went, in the old one."""
    statement: str
    was_id: str = ""
    was: str = ""
    """The statement in the old report, where it was another."""
    fields: tuple[str, ...] = ()
    """Names of the fields that differ, of a changed item."""
    entry: int = 0
    """Entry of the case's log in which a person recorded it; 0 for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChange:
    """An answer that reads otherwise, and the changed items that it rests on."""

    question: str
    """A question, or "overall"."""
    was: str
    now: str
    because: tuple[str, ...] = ()
    """Ids of items that came, went, changed, were set aside or are so no longer, which either answer cites."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two reports."""

    name: str
    sha256: str
    """Of the picture."""
    made_at: str
    overall: str
    digest: str
    """Of the report (jsonform.body_digest)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Everything that differs between an old report and a new one."""

    old: Side
    new: Side
    same_picture: bool
    answers: tuple[AnswerChange, ...] = ()
    items: tuple[ItemChange, ...] = ()
    reviews: tuple[Review, ...] = ()
    """People's words on items that the old report does not have."""
    means: tuple[MeansChange, ...] = ()

    @property
    def same(self) -> bool:
        """Whether nothing differs but the moment of the check."""
        return self.same_picture and not (self.answers or self.items or self.reviews or self.means)


def changes(old: Report, new: Report) -> Changes:
    """What differs; of different pictures nothing but that is said."""
    sides = _side(old), _side(new)
    if old.original.sha256 != new.original.sha256:
        return Changes(old=sides[0], new=sides[1], same_picture=False)
    items = tuple(_items(old, new))
    said = {(one.item, one.noted.line) for one in old.reviews}
    return Changes(
        old=sides[0],
        new=sides[1],
        same_picture=True,
        answers=tuple(_answers(old, new, items)),
        items=items,
        reviews=tuple(one for one in new.reviews if (one.item, one.noted.line) not in said),
        means=tuple(means(old, new)),
    )


def _side(report: Report) -> Side:
    return Side(
        name=report.original.name,
        sha256=report.original.sha256,
        made_at=report.made_at,
        overall=report.overall.value,
        digest=body_digest(report),
    )


def _weighed(report: Report) -> dict[str, Evidence]:
    """The items to compare: a search is a means, and the moment of the check no change, nor is the check before it."""
    return {
        item.id: item for item in report.evidence if not isinstance(item, Search) and not _by_the_clock(item, report)
    }


def _by_the_clock(item: Evidence, report: Report) -> bool:
    """Whether it only tells when the desk had this very file."""
    if isinstance(item, EarlierCheck):
        return item.reference.image_id == report.original.sha256
    return isinstance(item, Bound) and item.bound in (BoundKind.RECEIVED, BoundKind.CHECKED_BEFORE)


def _items(old: Report, new: Report) -> Iterator[ItemChange]:
    before, after = _weighed(old), _weighed(new)
    went: dict[tuple[Any, ...], deque[Evidence]] = {}
    for id_, item in before.items():
        if id_ not in after:
            went.setdefault(_key(item), deque()).append(item)
    for id_, item in after.items():
        if id_ in before:
            continue
        others = went.get(_key(item))
        yield _changed(others.popleft(), item) if others else _alone(How.CAME, item)
    for items in went.values():
        yield from (_alone(How.WENT, item) for item in items)


def _key(item: Evidence) -> tuple[Any, ...]:
    """What makes two items of different content the same observation, looked at twice."""
    if item.noted is not None:
        return item.kind, "entry", item.noted.line
    match item:
        case Fact():
            return item.kind, item.key, item.block, item.offset_bytes
        case Match() | Comparison():
            return item.kind, item.reference.set_name, item.reference.image_id
        case Trace():
            return item.kind, item.topic
        case Credential():
            return item.kind, item.store_sha256
        case Appearance():
            return item.kind, item.label, item.by, item.url
        case Claim():
            return item.kind, item.label, item.by, item.basis, item.tested, item.quote
        case _:
            return item.kind, item.label, item.method, item.source.name


def _alone(how: How, item: Evidence) -> ItemChange:
    return ItemChange(how=how, id=item.id, statement=item.statement, entry=item.noted.entry if item.noted else 0)


def _changed(old: Evidence, new: Evidence) -> ItemChange:
    before, after = plain(old), plain(new)
    names = tuple(name for name in {**before, **after} if before.get(name) != after.get(name))
    return ItemChange(
        how=How.CHANGED,
        id=new.id,
        statement=new.statement,
        was_id=old.id,
        was=old.statement if old.statement != new.statement else "",
        fields=names,
        entry=new.noted.entry if new.noted else 0,
    )


def _answers(old: Report, new: Report, items: Sequence[ItemChange]) -> Iterator[AnswerChange]:
    moved = {id_ for item in items for id_ in (item.id, item.was_id) if id_}
    moved |= {one.item for one in old.reviews if one.sets_aside} ^ {one.item for one in new.reviews if one.sets_aside}
    because: dict[str, None] = {}
    changed = []
    for question in Question:
        before, after = old.finding(question), new.finding(question)
        if _read(before) == _read(after):
            continue
        both = (after, before)
        causes = [id_ for finding in both for id_ in _cited(finding, _DECIDING) if id_ in moved]
        causes = causes or [id_ for finding in both for id_ in _cited(finding) if id_ in moved]
        because |= dict.fromkeys(causes)
        changed.append(
            AnswerChange(
                question=question.value, was=_read(before), now=_read(after), because=tuple(dict.fromkeys(causes))
            )
        )
    if old.overall is not new.overall:
        yield AnswerChange(question="overall", was=old.overall.value, now=new.overall.value, because=tuple(because))
    yield from changed


def _read(finding: Finding | None) -> str:
    """The verdict with its likelihood and confidence, as far as they are there."""
    if finding is None:
        return NOT_ASKED
    likely = f" (likelihood of what is claimed: {finding.likelihood.value})" if finding.likelihood else ""
    confidence = f" ({finding.confidence.value} confidence)" if finding.confidence else ""
    return f"{finding.verdict.value}{likely or confidence}"  # never both in one sentence (ICD 203)


def _cited(finding: Finding | None, most: int | None = None) -> Iterator[str]:
    """What an answer, or its first sentences and its conflicts, rest on."""
    if finding is None:
        return
    for sentence in finding.sentences[:most]:
        yield from sentence.cites
    for conflict in finding.conflicts:
        yield from (conflict.first, conflict.second)
