"""Seen before: is the picture, or part of it, in a reference set, and when was it first published?"""

from __future__ import annotations

from collections.abc import Sequence

from ..intake.said import listing, span, where
from ..model.evidence import Answer, Appearance, CopyKind, DateBasis, Evidence, Match, Reference, Search
from ..model.finding import Finding, Question, Sentence, Verdict
from ..model.outcome import CheckRun, Failed, Ran, Skipped
from .intervals import LATEST, end, start
from .strength import BOUNDING_COPIES, DATES_NOTHING
from .wording import cited, counted, merged, name

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
            found, [match for match in matches if match.answer is found], items, [*_searched(searches), *recorded]
        )
    if found is Answer.NOT_ENOUGH_DETAIL or any(one.text.startswith(_PLAIN) for one in recorded):
        said = cited(_UNDETAILED, *matches, *searches) if matches or searches else recorded[0]
        return _undetailed(said, [*_searched(searches), *recorded])
    if searches:
        return _nothing(searches, recorded)
    return _not_searched(runs, recorded)


_PLAIN = "Not enough detail"
_UNDETAILED = "The picture is too plain to be told from others; at most the same file can be found."


def _note(runs: tuple[CheckRun, ...]) -> list[Sentence]:
    """What the search itself noted: too plain a picture, no pixels, a set that could not be searched."""
    ran = [run for run in runs if run.check == CHECK and isinstance(run.outcome, Ran) and run.outcome.note]
    return [
        Sentence(text=f"{run.outcome.note[:1].upper()}{run.outcome.note[1:].rstrip('.')}.", cites=(run.id,))
        for run in ran
        if isinstance(run.outcome, Ran)
    ]


def _found(answer: Answer, matches: list[Match], items: Sequence[Evidence], context: list[Sentence]) -> Finding:
    by_match = {
        match.id: [item for item in items if isinstance(item, Appearance) and item.match_id == match.id]
        for match in matches
    }
    matches = sorted(
        matches,
        key=lambda match: (min(map(dated, by_match[match.id]), default=_UNDATED), match.distance_bits, match.id),
    )
    first = matches[0]
    appearances = sorted(by_match[first.id], key=dated)
    sentences = [_headline(answer, first, appearances, len(matches))]
    for match in matches[:MOST_LISTED]:
        sentences.append(cited(_how(match), match))
        sentences += [
            cited(_appeared(item), match, item) for item in sorted(by_match[match.id], key=dated)[:MOST_LISTED]
        ]
    if rest := matches[MOST_LISTED:]:
        sentences.append(cited(f"{counted(len(rest), 'more match', 'more matches')} in the list of evidence.", *rest))
    return Finding(
        question=QUESTION,
        verdict=_VERDICTS[answer],
        sentences=tuple(dict.fromkeys((*sentences, *context))),
        would_change=("Looking at both pictures side by side: the comparison is a measurement, not an eye.",),
        not_established=(
            "Whether the earliest copy found is the first publication.",
            *(
                ()
                if answer is Answer.COPY
                else ("Whether it is the same picture: this bounds neither its time nor its place.",)
            ),
        ),
    )


_UNDATED = (LATEST, LATEST, "")


def dated(item: Appearance) -> tuple[object, object, str]:
    """Sorts appearances by the end of their date, since that is what a publication proves; undated ones last."""
    if item.published is None or item.date_basis in DATES_NOTHING - {DateBasis.UNKNOWN}:
        return LATEST, LATEST, item.id
    return end(item.published), start(item.published), item.id


def _headline(answer: Answer, first: Match, appearances: Sequence[Appearance], number: int) -> Sentence:
    what = {Answer.COPY: "A copy", Answer.SAME_SCENE: "A picture of the same scene"}.get(answer, "A shared element")
    more = f"; {counted(number, 'match', 'matches')} in all" if number > 1 else ""
    place = f"in {first.reference.set_name}: {shown(first.reference)}"
    if not appearances:
        return cited(f"{what} is {place}, with no record of publication{more}.", first)
    one = appearances[0]
    day = f", {span(one.published)}" if one.published else ", undated"
    return cited(f"{what} is {place}, published by {name(one)}{day}{more}.", first, one)


def shown(reference: Reference) -> str:
    """A reference picture by its file name, else by the start of its digest."""
    return reference.path.replace("\\", "/").rpartition("/")[2] or reference.image_id[:12]


def _how(match: Match) -> str:
    kind = {CopyKind.EXACT: "the same bytes", CopyKind.NEAR: "a near copy", CopyKind.MIRRORED: "a mirrored copy"}
    what = kind.get(
        match.copy, match.answer.value if match.answer is not Answer.COPY else f"a {match.copy.value.replace('_', ' ')}"
    )
    if match.fingerprint == "sha256":
        return f"{shown(match.reference)} is {what}: equal SHA-256."
    return (
        f"{shown(match.reference)} is {what}, {match.transform}: {match.distance_bits} of at most {match.radius_bits} "
        f"bits apart by {match.fingerprint}."
    )


def _appeared(item: Appearance) -> str:
    day = (
        f"{span(item.published)} ({item.date_basis.value.replace('_', ' ')})" if item.published else "no date recorded"
    )
    place = f", captioned {where(item.caption_place)}" if item.caption_place else ""
    return f"Published by {name(item)}, {day}{place}; graded {item.grade}."


def _searched(searches: Sequence[Search]) -> list[Sentence]:
    return [
        cited(
            f"Searched: {counted(item.pictures, 'picture')} in {item.set_name} at snapshot {item.snapshot[:12]}, by "
            f"{_how_searched(item)}{_unsearchable(item)}.",
            item,
        )
        for item in searches
    ]


def _how_searched(item: Search) -> str:
    return f"{item.fingerprint} within {item.radius_bits} bits" if item.radius_bits else "equal bytes (SHA-256)"


def _unsearchable(item: Search) -> str:
    left = item.pictures - item.searchable
    return f"; {left:,} of them have too little detail to be found" if left > 0 else ""


def _nothing(searches: Sequence[Search], recorded: list[Sentence]) -> Finding:
    total = sum(item.pictures for item in searches)
    sets = listing([item.set_name for item in searches])
    whole = ", compared as whole frames" if any(item.radius_bits for item in searches) else ""
    opening = cited(f"No copy among {counted(total, 'picture')} in {sets}{whole}.", *searches)
    sentences = [opening, *_searched(searches)]
    for item in searches:
        sentences.append(cited(f"It would have caught: {item.would_catch.rstrip('.')}.", item))
        sentences.append(cited(f"It would have missed: {item.would_miss.rstrip('.')}.", item))
    sentences.append(cited(_NOT_NEW, *searches))
    return Finding(
        question=QUESTION,
        verdict=Verdict.NO_MATCH,
        sentences=merged((*sentences, *recorded)),
        would_change=("A search of more sets, and by hand in several reverse image search engines.",),
        not_established=("Whether the picture is new.",),
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
    if isinstance(outcome, Skipped):
        reason, remedy = outcome.reason, outcome.remedy
    elif isinstance(outcome, Failed):
        reason, remedy = f"the search broke ({outcome.error})", "report it, with the file if you may"
    else:
        reason, remedy = (outcome.note if isinstance(outcome, Ran) else "") or "the search said nothing", ""
    return Finding(
        question=QUESTION,
        verdict=Verdict.NOT_CHECKED,
        reason=reason,
        remedy=remedy,
        sentences=tuple(recorded),
        not_established=("Whether the picture was published before.",),
    )


def _recorded(items: Sequence[Evidence]) -> list[Sentence]:
    """Copies that a person recorded: said beside what this program found, never as its own finding."""
    copies = [
        item for item in items if isinstance(item, Appearance) and not item.match_id and item.copy in BOUNDING_COPIES
    ]
    if not copies:
        return []
    first = min(copies, key=dated)
    day = f", {span(first.published)}" if first.published else ""
    text = (
        f"The desk recorded {counted(len(copies), 'publication')} of it, which this program did not compare; the "
        f"earliest: {name(first)}{day}."
    )
    return [cited(text, first, *copies)]
