"""What people said of items and answers, beside what this program finds: a dismissed item moves no verdict.

Everything is weighed once with the dismissed items and once without. The answer is the one without; where it rested on
a dismissed item before, it says who set that aside, why, and what it would have read. So a person's word never hides a
result, and never is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ..model.differences import Comparison
from ..model.evidence import Appearance, Evidence
from ..model.finding import Finding, Question, Sentence
from ..model.noted import Review, ReviewWord
from ..model.outcome import CheckRun
from ..model.said import listing
from ..model.standing import may_be_set_aside
from ..model.text import quoted, visible
from .weigh import Weighed, weigh

MOST_SAID = 6


def in_report(
    reviews: Sequence[Review], evidence: Sequence[Evidence], questions: Sequence[Question]
) -> tuple[Review, ...]:
    """The reviews, each with whether what it speaks of is in the report, and can be spoken of so."""
    known = {item.id for item in evidence} | {question.value for question in questions}
    fixed = {item.id for item in evidence if not may_be_set_aside(item)}
    return tuple(
        replace(review, here=review.item in known - (fixed if review.word is ReviewWord.DISMISSED else set()))
        for review in reviews
    )


def set_aside_by(reviews: Iterable[Review], evidence: Sequence[Evidence]) -> dict[str, Review]:
    """By id, every item that a person's word sets aside: the item itself, and what was found through it alone."""
    dismissed = {review.item: review for review in reviews if review.sets_aside}
    through = {
        item.id: dismissed[item.match_id]
        for item in evidence
        if isinstance(item, Appearance | Comparison) and item.match_id in dismissed
    }
    return {**through, **dismissed}


def why_aside(review: Review) -> str:
    """The reason in a sentence without its full stop, as the lists of set-aside items give it."""
    return f"{_who(review)} set it aside {_why(review)}"


def weigh_reviewed(
    evidence: tuple[Evidence, ...],
    runs: tuple[CheckRun, ...],
    questions: tuple[Question, ...],
    reviews: Sequence[Review],
) -> Weighed:
    """The answers without what people dismissed, and people's words beside the answers they speak of."""
    aside = set_aside_by(reviews, evidence)
    weighed = weigh(tuple(item for item in evidence if item.id not in aside), runs, questions)
    before = weigh(evidence, runs, questions) if aside else weighed
    items = {item.id: item for item in evidence}
    findings = tuple(
        _beside(finding, _dismissed(finding, other, aside, items), _of_answer(finding, reviews))
        for finding, other in zip(weighed.findings, before.findings, strict=True)
    )
    return replace(weighed, findings=findings)


def _dismissed(
    finding: Finding, before: Finding, aside: Mapping[str, Review], items: Mapping[str, Evidence]
) -> tuple[list[Sentence], list[Sentence]]:
    """What the answer would have been, where it would be another; and who set what aside that it would rest on."""
    rested = {cited for sentence in before.sentences for cited in sentence.cites}
    rested |= {end for conflict in before.conflicts for end in (conflict.first, conflict.second)}
    moved = before.verdict is not finding.verdict
    concerned = {review.item: review for id_, review in aside.items() if id_ in rested}
    concerned = concerned or ({review.item: review for review in aside.values()} if moved else {})
    said = [
        Sentence(text=f"{_who(review)} set {_called(items[item])} aside {_why(review)}.", cites=(item,))
        for item, review in list(concerned.items())[:MOST_SAID]
    ]
    if not moved:
        return [], said
    would = f'It would read "{before.verdict.value}" but for'
    if len(concerned) == 1:
        ((item, review),) = concerned.items()
        text = f"{would} {_called(items[item])}, which {_who(review)} set aside {_why(review)}."
        return [Sentence(text=text, cites=(item,))], []
    who = listing(list(dict.fromkeys(map(_who, concerned.values()))))
    return [Sentence(text=f"{would} {len(concerned)} items that {who} set aside.", cites=tuple(concerned))], said


def _who(review: Review) -> str:
    return visible(review.by, limit=80)


def _why(review: Review) -> str:
    return f"in entry {review.noted.entry}: {quoted(review.reason, limit=200)}"


def _called(item: Evidence) -> str:
    return f"the {item.kind} {item.id.rpartition('-')[2][:4]}"


def _of_answer(finding: Finding, reviews: Sequence[Review]) -> list[Sentence]:
    """People's words on the answer itself, which stands as it is."""
    said = []
    cites = tuple(dict.fromkeys(cited for sentence in finding.sentences for cited in sentence.cites))
    for review in reviews:
        if review.item == finding.question.value and review.stands and cites:
            verb = "accepts" if review.word is ReviewWord.ACCEPTED else "does not accept"
            changed = (
                "" if review.statement == finding.verdict.value else f', then "{visible(review.statement, limit=80)}"'
            )
            text = f"{_who(review)} {verb} this answer{changed}, {_why(review)}."
            said.append(Sentence(text=text, cites=cites[:1]))
    return said


def _beside(
    finding: Finding, dismissed: tuple[Sequence[Sentence], Sequence[Sentence]], of_answer: Sequence[Sentence]
) -> Finding:
    """A dismissal that changed the verdict comes first, because the answer in one line must tell it."""
    opening, rest = dismissed
    if not (opening or rest or of_answer):
        return finding
    return replace(finding, sentences=(*opening, *finding.sentences, *rest, *of_answer))
