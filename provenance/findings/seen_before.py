"""Seen before: is the picture, or part of it, in a reference set, and when was it first published?"""

from __future__ import annotations

from collections.abc import Sequence

from ..intake.fetched import METHOD as FETCHED
from ..model.evidence import Appearance, Claim, Evidence
from ..model.finding import Finding, Question, Sentence, Verdict
from ..model.matches import Answer, Match, Search
from ..model.outcome import CheckRun, Ran, Skipped
from ..model.publication import CopyKind
from ..model.said import listing, span
from ..model.source import SourceKind
from ..model.text import counted
from .claimants import carries
from .seen_words import UNDATED, appeared, dated, how, missed, planted, searched, shown, surest, tried
from .strength import received, shows_this
from .unrun import why_not
from .wording import cited, merged, name, seen_at, shortened

QUESTION = Question.SEEN_BEFORE
CHECK = "search"
MOST_LISTED = 10
_ORDER = (Answer.COPY, Answer.SAME_SCENE, Answer.SHARED_ELEMENT, Answer.NO_MATCH, Answer.NOT_ENOUGH_DETAIL)
_VERDICTS = {answer: Verdict(answer.value) for answer in Answer}
_NOT_NEW = "That nothing was found is a fact about this search: the picture may have been published anywhere else."


def finding(items: Sequence[Evidence], runs: tuple[CheckRun, ...]) -> Finding:
    """The answer; a copy counts before a scene, a scene before an element, and anything found before nothing found."""
    matches = [item for item in items if isinstance(item, Match)]
    searches = [item for item in items if isinstance(item, Search)]
    recorded = [*_note(runs), *_recorded(items)]
    found = next((answer for answer in _ORDER if any(match.answer is answer for match in matches)), None)
    if found in (Answer.COPY, Answer.SAME_SCENE, Answer.SHARED_ELEMENT):
        return _found(
            found, [match for match in matches if match.answer is found], items, [*searched(searches), *recorded]
        )
    plain = [one for one in recorded if _PLAIN in one.text.casefold()]
    if found is Answer.NOT_ENOUGH_DETAIL or plain:
        rests = tuple(
            dict.fromkeys([*(item.id for item in (*matches, *searches)), *(i for one in plain for i in one.cites)])
        )
        return _undetailed(Sentence(text=_UNDETAILED, cites=rests), [*searched(searches), *recorded])
    if searches:
        return _nothing(searches, recorded, known=_known(items))
    return _not_searched(runs, recorded)


_PLAIN = "not enough detail"
_UNDETAILED = "Too plain to be told from others; only the same file can be found."


def _note(runs: tuple[CheckRun, ...]) -> list[Sentence]:
    """What the search itself noted: too plain a picture, no pixels, pictures or a set that could not be searched."""
    noted = [(run, run.outcome.note) for run in runs if run.check == CHECK and isinstance(run.outcome, Ran)]
    return [Sentence(text=f"{note[:1].upper()}{note[1:].rstrip('.')}.", cites=(run.id,)) for run, note in noted if note]


def _found(answer: Answer, matches: list[Match], items: Sequence[Evidence], context: list[Sentence]) -> Finding:
    by_match = {
        match.id: [item for item in items if isinstance(item, Appearance) and item.match_id == match.id]
        for match in matches
    }
    matches = sorted(
        matches,
        key=lambda match: (min(map(dated, by_match[match.id]), default=UNDATED), surest(match)),
    )
    first = matches[0]
    appearances = sorted(by_match[first.id], key=dated)
    sentences = [_headline(first, appearances, len(matches))]
    for match in matches[:MOST_LISTED]:
        sentences.append(cited(how(match), match))
        published = sorted(by_match[match.id], key=dated)
        told = [cited(appeared(item), match, item) for item in published]
        of = shown(match.reference)
        sentences += shortened(told, MOST_LISTED, f"publication of {of}", f"publications of {of}")
    if rest := matches[MOST_LISTED:]:
        sentences.append(cited(f"{counted(len(rest), 'more match', 'more matches')} in the list of evidence.", *rest))
    return Finding(
        question=QUESTION,
        verdict=_VERDICTS[answer],
        sentences=tuple(dict.fromkeys((*sentences, *context))),
        would_change=("Looking at both pictures side by side: the comparison is a measurement, not an eye.",),
        not_established=_not_established(answer, matches),
    )


def _not_established(answer: Answer, matches: Sequence[Match]) -> tuple[str, ...]:
    if answer is not Answer.COPY:
        return ("Whether it is the same picture: this bounds neither its time nor its place.",)
    first = "Whether the earliest copy found is the first publication."
    if any(match.copy is CopyKind.COMPONENT for match in matches):
        return first, "How old the rest of the picture is: a copy of a small part of it bounds no time and no place."
    return (first,)


def _headline(first: Match, appearances: Sequence[Appearance], number: int) -> Sentence:
    more = f"; {counted(number, 'match', 'matches')} in all" if number > 1 else ""
    part = "a small part of it: " if first.copy is CopyKind.COMPONENT and first.answer is Answer.COPY else ""
    place = f"{part}{shown(first.reference)} in {first.reference.set_name}"
    if not appearances:
        return cited(f"{place}, with no record of publication{more}.", first)
    one = appearances[0]
    day = span(one.published) if one.published else ""
    if one.sighting:
        return cited(f"{place}, {seen_at(one)}, {day or 'undated'}{more}.", first, one)
    published = f"published {day} by {one.source.name}" if day else f"published by {one.source.name}, undated"
    return cited(f"{place}, {published}{more}.", first, one)


def _nothing(searches: Sequence[Search], recorded: list[Sentence], *, known: bool) -> Finding:
    total = sum(item.pictures for item in searches)
    opening = cited(f"No match among {counted(total, 'picture')}{missed(searches)}{tried(searches)}.", *searches)
    sentences = [opening, *searched(searches)]
    for item in searches:
        sentences += planted(item)
        sentences.append(cited(f"It would have caught: {item.would_catch.rstrip('.')}.", item))
        sentences.append(cited(f"It would have missed: {item.would_miss.rstrip('.')}.", item))
    sentences.append(cited(_NOT_NEW, *searches))
    return Finding(
        question=QUESTION,
        verdict=Verdict.NO_MATCH,
        sentences=merged((*sentences, *recorded)),
        would_change=("A search of more sets, and by hand in several reverse image search engines.",),
        not_established=() if known else ("Whether the picture is new.",),
    )


def _undetailed(sentence: Sentence, recorded: list[Sentence]) -> Finding:
    return Finding(
        question=QUESTION,
        verdict=Verdict.NOT_ENOUGH_DETAIL,
        sentences=(sentence, *recorded),
        would_change=("A larger, sharper or less cropped copy of the picture.",),
        not_established=("Whether the picture was published before.",),
    )


def _not_searched(runs: tuple[CheckRun, ...], recorded: list[Sentence]) -> Finding:
    run = next((run for run in runs if run.check == CHECK), None)
    outcome = run.outcome if run else Skipped(reason="not asked for", remedy="ask for seen-before")
    if run is not None and isinstance(outcome, Skipped) and "detail" in outcome.reason:
        return _undetailed(Sentence(text=f"Not searched: {outcome.reason}.", cites=(run.id,)), recorded)
    reason, remedy = why_not(run or CheckRun(check=CHECK, outcome=outcome))
    if isinstance(outcome, Ran):
        reason = outcome.note or "the search said nothing"
    return Finding(
        question=QUESTION,
        verdict=Verdict.NOT_CHECKED,
        reason=reason,
        remedy=remedy,
        sentences=tuple(recorded),
        not_established=("Whether the picture was published before.",),
    )


def _unmatched(items: Sequence[Evidence]) -> list[Appearance]:
    """Copies without a match of this program's, but those that something sets aside."""
    copies = (item for item in items if isinstance(item, Appearance) and not item.match_id)
    as_of = received(items)
    return [item for item in copies if shows_this(item, as_of)]


def _fetched(item: Appearance) -> bool:
    return item.source.kind is SourceKind.WEB and item.method == FETCHED


def _known(items: Sequence[Evidence]) -> bool:
    """Whether anybody names a copy; where the bytes were fetched, and the posts that put the claim about, are none."""
    claims = [item for item in items if isinstance(item, Claim) and item.tested]
    others = (item for item in _unmatched(items) if not _fetched(item))
    return any(not any(carries(item, claim) for claim in claims) for item in others)


def _recorded(items: Sequence[Evidence]) -> list[Sentence]:
    """Copies that others name: said beside what this program found, each kind in its own words."""
    copies = _unmatched(items)
    fetched = [item for item in copies if _fetched(item)]
    listed = [item for item in copies if item.source.kind is SourceKind.WEB and not _fetched(item)]
    return [
        *_by_the_desk([item for item in copies if item.source.kind is not SourceKind.WEB]),
        *(cited(f"{name(item)} {_LISTED}", item) for item in listed[:MOST_LISTED]),
        *([cited(f"{counted(len(rest), *_MORE_LISTED)}.", *rest)] if (rest := listed[MOST_LISTED:]) else []),
        *([cited(_from(fetched), *fetched)] if fetched else []),
    ]


_LISTED = "names a copy with the same digest in its own index; its bytes were not fetched, so they were not compared."


_MORE_LISTED = (
    "more entry of an index names a copy with the same digest, not compared either",
    "more entries of indexes name copies with the same digest, not compared either",
)


def _from(fetched: Sequence[Appearance]) -> str:
    where = listing([*dict.fromkeys(map(name, fetched))])
    return f"The picture was fetched from {where}; that is no other copy, and says only where it stood at that moment."


def _by_the_desk(copies: Sequence[Appearance]) -> list[Sentence]:
    if not copies:
        return []
    first = min(copies, key=dated)
    day = f", {span(first.published)}" if first.published and dated(first) != (*UNDATED[:2], first.id) else ""
    text = (
        f"The desk recorded {counted(len(copies), 'publication')} of it, which this program did not compare; the "
        f"earliest: {name(first)}{day}."
    )
    return [cited(text, first, *copies)]
