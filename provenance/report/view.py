"""A Report laid out for a page: which items stand together, in which order. No markup here."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.evidence import Appearance, Bound, Claim, Evidence, Fact, Lead
from ..model.finding import ClaimResult, Question
from ..model.matches import Answer, Match, Search
from ..model.origin import origin_of, roots
from ..model.place import Place
from ..model.report import Report
from ..model.source import Grade
from ..model.time import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One row of the table of who says what about where and when."""

    item: Evidence
    by: str
    words: str
    verbatim: bool
    """Whether `words` are theirs; otherwise they are our statement."""
    place: Place | None
    time: Interval | None
    denies: bool
    result: ClaimResult | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """All items that descend from one root: however many there are, they count once."""

    name: str
    sources: tuple[str, ...]
    grades: tuple[str, ...]
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """A match with the publications known of the reference picture."""

    match: Match
    appearances: tuple[Appearance, ...]
    aside: bool = False
    """Whether a person set the match aside."""


def items(report: Report) -> tuple[Evidence, ...]:
    """All evidence but the metadata facts, which have a table of their own; each item once."""
    return tuple({item.id: item for item in report.evidence if not isinstance(item, Fact)}.values())


def pairings(report: Report) -> tuple[Pairing, ...]:
    """Every match in the order in which the answer names them, then nearest first; with its known publications."""
    seen = report.finding(Question.SEEN_BEFORE)
    named = [cited for sentence in seen.sentences for cited in sentence.cites] if seen else []
    matches = [item for item in items(report) if isinstance(item, Match)]
    aside = {review.item for review in report.reviews if review.sets_aside}
    matches.sort(
        key=lambda match: (
            match.id in aside,
            named.index(match.id) if match.id in named else len(named),
            _nearness(match),
        )
    )
    published = [item for item in items(report) if isinstance(item, Appearance)]
    return tuple(
        Pairing(
            match=match,
            appearances=tuple(item for item in published if item.match_id == match.id),
            aside=match.id in aside,
        )
        for match in matches
    )


def _nearness(match: Match) -> tuple[int, int, float, str]:
    """Copies before scenes before elements; among these by bits that differ, then by the points that agree."""
    log_odds = match.alignment.log_odds if match.alignment else 0.0
    return list(Answer).index(match.answer), match.distance_bits, -log_odds, match.reference.image_id


def searches(report: Report) -> tuple[Search, ...]:
    """Every search that was made."""
    return tuple(item for item in items(report) if isinstance(item, Search))


def under_test(report: Report) -> tuple[Saying, ...]:
    """The claims under test, each with its finding."""
    results = {result.claim: result for result in report.claims}
    claims = [item for item in items(report) if isinstance(item, Claim) and (item.tested or item.id in results)]
    return tuple(_saying(claim, results.get(claim.id)) for claim in claims)


def others(report: Report) -> tuple[Saying, ...]:
    """Everything else that says where or when: statements, captions, limits, leads."""
    tested = {saying.item.id for saying in under_test(report)}
    sayings = [_saying(item, None) for item in items(report) if item.id not in tested and _speaks(item)]
    return tuple(saying for saying in sayings if saying.place or saying.time)


def origins(report: Report) -> tuple[Origin, ...]:
    """The sources that speak, by the root each descends from, in the order in which they come."""
    same = roots(items(report))
    groups: dict[str, list[Evidence]] = {}
    for item in items(report):
        if _speaks(item):
            origin = origin_of(item) if item.source.origin else ""
            groups.setdefault(same.get(origin, origin), []).append(item)
    return tuple(
        Origin(
            name=group[0].source.origin,
            sources=tuple(dict.fromkeys(item.source.name for item in group)),
            grades=tuple(sorted({str(item.grade) for item in group})),
            items=tuple(item.id for item in group),
        )
        for group in groups.values()
    )


def graded(item: Evidence) -> bool:
    """Whether a grade says something of an item: it is one of what a source says.

    A measurement of this program has none, and "F6" beside it would read as if nobody could judge it.
    """
    return _speaks(item) or item.grade != Grade()


def _speaks(item: Evidence) -> bool:
    return isinstance(item, Claim | Bound | Lead | Appearance)


def _saying(item: Evidence, result: ClaimResult | None) -> Saying:
    by, quote, place, time, denies = item.source.name, "", None, None, getattr(item, "denies", False)
    match item:
        case Appearance():
            by, quote = item.by, item.caption or item.post_text
            place, time, denies = item.caption_place, item.caption_time, bool(item.caption_denies)
        case Claim() | Lead():
            by, quote, place, time = item.by or by, item.quote, item.place, item.time
        case Bound():
            place, time = item.place, item.time
    return Saying(
        item=item,
        by=by,
        words=quote or item.statement,
        verbatim=bool(quote),
        place=place,
        time=time,
        denies=denies,
        result=result,
    )
