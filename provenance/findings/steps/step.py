"""A step that a desk can take, and what the steps are read from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...image.decoding.refusals import ASK_AGAIN, ASK_OR_SAVE
from ...model.evidence import Evidence
from ...model.finding import Effort, Finding, Question, Verdict

MOST_RESTS = 2
"""Of the items an answer rests on, how many a step cites."""
UNDECIDED = (Verdict.UNPROVEN, Verdict.DISPUTED)
_CHANGED = (Verdict.NO_TRACE_FOUND, Verdict.TRACE_FOUND, Verdict.NOT_JUDGED, Verdict.DIFFERS)


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

    def first_rests(self, questions: Iterable[Question]) -> tuple[str, ...]:
        """The first of what each answer rests on: a step cites where it starts, the answers cite all."""
        return tuple(dict.fromkeys(one for question in questions for one in self.rests(question)[:MOST_RESTS]))

    @property
    def asks_again(self) -> bool:
        """Whether the sender has to be asked for the file in any case: then whoever sent it is asked once, for all."""
        return any(
            one.verdict is Verdict.NOT_CHECKED and one.remedy in (ASK_AGAIN, ASK_OR_SAVE)
            for one in self.findings.values()
        )

    @property
    def of_original(self) -> tuple[Question, ...]:
        """The answers to which the original file speaks."""
        return (
            *self.asked((*UNDECIDED, Verdict.CONSISTENT), Question.WHEN),
            *self.asked(_CHANGED, Question.ALTERED),
            *self.asked((Verdict.CREDENTIALS_NONE, Verdict.CREDENTIALS_UNREADABLE), Question.ORIGIN),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step before it is known what it could move."""

    text: str
    bears_on: tuple[Question, ...]
    effort: Effort
    cites: tuple[str, ...]
