"""A rating that a person gave a picture. This program gives none; it passes on what a person set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class RatingWord(StrEnum):
    """The closed set of MediaReview (schema.org 30.0, MediaManipulationRatingEnumeration; still "pending" there)."""

    DECONTEXTUALIZED = "DecontextualizedContent"
    EDITED_OR_CROPPED = "EditedOrCroppedContent"
    ORIGINAL = "OriginalMediaContent"
    SATIRE_OR_PARODY = "SatireOrParodyContent"
    STAGED = "StagedContent"
    TRANSFORMED = "TransformedContent"


class ClaimWord(StrEnum):
    """How a person rates a claim in words: the six ratings that Meta publishes for its fact-checking partners.

    They speak of the claim, never of the picture. schema.org leaves the wording of a ClaimReview to the publisher.
    """

    FALSE = "False"
    ALTERED = "Altered"
    PARTLY_FALSE = "Partly False"
    MISSING_CONTEXT = "Missing Context"
    SATIRE = "Satire"
    TRUE = "True"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """Who rated what, when, and why. Raises ValueError where one of these is missing."""

    by: str
    """The person who answers for it."""
    when: datetime
    """Aware."""
    word: RatingWord
    claim_word: ClaimWord | None = None
    """Of the claim, for the ClaimReview; None: `word` stands there, too."""
    reason: str
    """In the rater's own words; published with the rating."""
    desk: str = ""
    """The organisation for which they answer."""
    claim: str = ""
    """Id or label of the Claim that the reason speaks of; "" where the report tests no more than one."""
    url: str = ""
    """Where the desk publishes its article, if it does."""

    def __post_init__(self) -> None:
        if not self.by.strip():
            raise ValueError("a rating needs the name of whoever answers for it")
        if not self.reason.strip():
            raise ValueError("a rating needs a reason in the rater's words")
        if self.when.tzinfo is None:
            raise ValueError("a rating needs a time with a zone")
