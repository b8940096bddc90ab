"""What people add to a case: where it stands in the log, and what they say of an item of evidence or of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .finding import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """The entry of a case's log in which a person recorded an item."""

    entry: int
    """Number of the entry, from 1."""
    by: str
    """Who recorded it; who says it is the item's source."""
    at: str
    line: str
    """SHA-256 of the entry's line in the log."""


class ReviewWord(StrEnum):
    """What a person says of an item of evidence or of an answer."""

    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A person's word on an item of evidence, or on the answer to a question, with the reason."""

    item: str
    """Id of the item, or the question, such as "when"."""
    statement: str
    """What the item said, or the answer was, when the person spoke of it."""
    word: ReviewWord
    by: str
    reason: str
    noted: Noted
    stands: bool
    """Whether no later word on the same item took its place."""
    here: bool
    """Whether the item is in this report; where it is not, nothing is set aside by it."""

    @property
    def sets_aside(self) -> bool:
        """Whether an item moves no verdict because of it; a word on an answer stands beside the answer."""
        return self.word is ReviewWord.DISMISSED and self.stands and self.here and not self.of_answer

    @property
    def of_answer(self) -> bool:
        """Whether it speaks of the answer to a question."""
        return self.item in set(Question)
