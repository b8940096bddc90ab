"""What people added to a report, apart from what was read and from what this program inferred."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..model.evidence import Appearance, Claim, Evidence, Lead
from ..model.noted import Noted, Review, ReviewWord
from ..model.report import Report
from ..model.said import listing
from ..model.standing import Standing, standing
from ..model.text import visible

STANDINGS = {
    Standing.FACT: "fact: read as it stands there",
    Standing.INFERENCE: "inference of this program",
    Standing.PERSON: "added by a person",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """An item that a person recorded, in the words in which the page tells it."""

    item: Evidence
    by: str
    words: str
    """Theirs, verbatim; "" where there are none."""
    where: str
    """In which entry of the case's log it stands, or that it came in a claims file."""
    aside: tuple[str, ...]
    """Why it counts for nothing, where it was corrected or a fault of it is known."""


def additions(report: Report) -> tuple[Addition, ...]:
    """Everything that people recorded but the claims under test, in report order; each item once."""
    items = {item.id: item for item in report.evidence if standing(item) is Standing.PERSON}.values()
    return tuple(
        Addition(
            item=item,
            by=item.source.name,
            words=_words(item),
            where=entry(item.noted),
            aside=getattr(item, "defeaters", ()),
        )
        for item in items
        if not (isinstance(item, Claim) and item.tested)
    )


def entry(noted: Noted | None) -> str:
    """Where in a case's log an item stands, who wrote it there, and when."""
    if noted is None:
        return "claims file"
    return f"entry {noted.entry}, by {visible(noted.by, limit=80)}, {visible(noted.at, limit=40)}"


def reviewed(report: Report, item: Evidence) -> tuple[str, ...]:
    """What people said of an item, each in a few words, for its place in the list of evidence."""
    return tuple(
        f"{review.word.value} by {review.by} in entry {review.noted.entry}" + ("" if review.stands else ", then not")
        for review in report.reviews
        if review.item == item.id
    )


def outcome(review: Review) -> str:
    """What became of a person's word."""
    if not review.stands:
        return "a later word on it took its place"
    if not review.here:
        return "not in this report, so nothing came of it"
    if review.of_answer:
        return "stands beside the answer, which it does not change"
    return "set aside: it moves no verdict" if review.sets_aside else "marked; it weighs as before"


def in_one_line(report: Report) -> str:
    """How much people added, and what they set aside, for the terminal; "" where nobody did."""
    added = additions(report)
    parts = [f"added {_counted(added)}"] if added else []
    for words, ones in (
        ("set aside", [one for one in report.reviews if one.sets_aside]),
        ("accepted", [one for one in report.reviews if one.stands and one.here and one.word is ReviewWord.ACCEPTED]),
        ("not accepted", [one for one in report.reviews if one.stands and one.here and _rejects(one)]),
    ):
        if ones:
            what = listing([_called(one) for one in ones], most=2)
            parts.append(f"{words} by {listing(list(dict.fromkeys(one.by for one in ones)), most=2)}: {what}")
    return "; ".join(parts)


def _rejects(review: Review) -> bool:
    return review.of_answer and review.word is ReviewWord.DISMISSED


def _called(review: Review) -> str:
    return f'the answer to "{review.item}"' if review.of_answer else review.item[: review.item.rfind("-") + 5]


def _counted(added: Iterable[Addition]) -> str:
    """ "5 items (entries 4, 5, 6, 8 and 9)"."""
    entries = [str(one.item.noted.entry) for one in added if one.item.noted is not None]
    total = len(list(added))
    word = "entry" if len(entries) == 1 else "entries"
    behind = f" ({word} {listing(entries, most=6)} of the case)" if entries else " (claims file)"
    return f"{total} item{'' if total == 1 else 's'} of evidence{behind}"


def _words(item: Evidence) -> str:
    if isinstance(item, Appearance):
        return item.notes or item.caption
    return item.quote if isinstance(item, Claim | Lead) else ""
