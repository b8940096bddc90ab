"""Questions, the closed set of words that answer each, and an answer with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Question(StrEnum):
    """What a desk asks of a picture, in report order."""

    SEEN_BEFORE = "seen-before"
    WHEN = "when"
    WHERE = "where"
    ALTERED = "altered"
    ORIGIN = "origin"
    SOURCES = "sources"


class Verdict(StrEnum):
    """Every word a finding may use; `WORDS` says which belong to which question."""

    NOT_CHECKED = "not checked"
    COPY = "copy"
    SAME_SCENE = "same scene or neighbouring frame"
    SHARED_ELEMENT = "shared element"
    NO_MATCH = "no match"
    NOT_ENOUGH_DETAIL = "not enough detail"
    RECYCLED = "recycled"
    CONTRADICTED = "contradicted"
    DISPUTED = "disputed"
    UNPROVEN = "unproven"
    CONSISTENT = "consistent"
    NO_CLAIM = "no claim"
    DIFFERS = "differs from a reference"
    TRACE_FOUND = "trace found"
    NO_TRACE_FOUND = "no trace found"
    NOT_JUDGED = "not judged"
    CREDENTIALS_NONE = "no credentials found"
    CREDENTIALS_REMOTE = "credentials elsewhere, not fetched"
    CREDENTIALS_TRUSTED = "unchanged since a listed signer signed it"
    CREDENTIALS_UNTRUSTED = "unchanged since it was signed, signer unproven"
    CREDENTIALS_EXPIRED = "signature intact, certificate ran out"
    CREDENTIALS_LAYOUT = "picture data match, metadata left unprotected"
    CREDENTIALS_CONTENT_CHANGED = "not the file that was signed"
    CREDENTIALS_DAMAGED = "credentials do not verify"
    CREDENTIALS_UNREADABLE = "credentials could not be read"
    CREDENTIALS_UNSUPPORTED = "credentials in a format that is not supported"
    CONTRADICT = "sources contradict each other"
    NO_CONTRADICTION = "no contradiction among the sources"
    NO_SOURCES = "no sources"


_CLAIM_WORDS = (
    Verdict.RECYCLED,
    Verdict.CONTRADICTED,
    Verdict.DISPUTED,
    Verdict.UNPROVEN,
    Verdict.CONSISTENT,
    Verdict.NO_CLAIM,
    Verdict.NOT_CHECKED,
)

WORDS: dict[Question, tuple[Verdict, ...]] = {
    Question.SEEN_BEFORE: (
        Verdict.COPY,
        Verdict.SAME_SCENE,
        Verdict.SHARED_ELEMENT,
        Verdict.NO_MATCH,
        Verdict.NOT_ENOUGH_DETAIL,
        Verdict.NOT_CHECKED,
    ),
    Question.WHEN: _CLAIM_WORDS,
    Question.WHERE: _CLAIM_WORDS,
    Question.ALTERED: (
        Verdict.DIFFERS,
        Verdict.TRACE_FOUND,
        Verdict.NO_TRACE_FOUND,
        Verdict.NOT_JUDGED,
        Verdict.NOT_CHECKED,
    ),
    Question.ORIGIN: (
        Verdict.CREDENTIALS_NONE,
        Verdict.CREDENTIALS_REMOTE,
        Verdict.CREDENTIALS_TRUSTED,
        Verdict.CREDENTIALS_UNTRUSTED,
        Verdict.CREDENTIALS_EXPIRED,
        Verdict.CREDENTIALS_LAYOUT,
        Verdict.CREDENTIALS_CONTENT_CHANGED,
        Verdict.CREDENTIALS_DAMAGED,
        Verdict.CREDENTIALS_UNREADABLE,
        Verdict.CREDENTIALS_UNSUPPORTED,
        Verdict.NOT_CHECKED,
    ),
    Question.SOURCES: (Verdict.CONTRADICT, Verdict.NO_CONTRADICTION, Verdict.NO_SOURCES, Verdict.NOT_CHECKED),
}
OVERALL_WORDS = _CLAIM_WORDS
"""Worst first: the overall word of several claims is the first of these that one of them has."""


class Likelihood(StrEnum):
    """ICD 203 (2015), first row only; never in one sentence with a confidence level."""

    ALMOST_NO_CHANCE = "almost no chance"
    VERY_UNLIKELY = "very unlikely"
    UNLIKELY = "unlikely"
    ROUGHLY_EVEN = "roughly even chance"
    LIKELY = "likely"
    VERY_LIKELY = "very likely"
    ALMOST_CERTAIN = "almost certain"


class Confidence(StrEnum):
    """ICD 203: how good the basis of a judgement is."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of the report and the evidence (or check) ids it rests on; never without any."""

    text: str
    cites: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.cites:
            raise ValueError(f"a sentence without a citation: {self.text!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two items that cannot both be right, named with their gap."""

    first: str
    second: str
    text: str
    gap: str = ""
    """In words: "94 days", "3,651 km"."""
    about: str = "picture"
    """Either "picture", or "event" when it moves no verdict about the picture."""
    dimension: str = ""
    """On what the two part: "time" or "place"; "" where that is not told, as of a pair that the desk recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimResult:
    """One claim under test beside its finding: a row of the table of claims."""

    claim: str
    """Id of the Claim."""
    when: Verdict
    where: Verdict
    overall: Verdict
    likelihood: Likelihood | None = None
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The answer to one question."""

    question: Question
    verdict: Verdict
    sentences: tuple[Sentence, ...] = ()
    """The first one is the one-line answer."""
    reason: str = ""
    """Why it is "not checked"."""
    remedy: str = ""
    would_change: tuple[str, ...] = ()
    """What would change the verdict, cheapest first."""
    not_established: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    likelihood: Likelihood | None = None
    confidence: Confidence | None = None

    def __post_init__(self) -> None:
        if self.verdict not in WORDS[self.question]:
            raise ValueError(f"{self.verdict!r} does not answer {self.question!r}")
        if self.verdict is Verdict.NOT_CHECKED and not self.reason:
            raise ValueError(f"{self.question}: not checked, without a reason")
        if self.verdict is not Verdict.NOT_CHECKED and not self.sentences:
            raise ValueError(f"{self.question}: a verdict without a sentence")


class Effort(StrEnum):
    """What a next step takes, cheapest first."""

    MINUTES = "minutes at the desk"
    A_MESSAGE = "a message and a wait"
    HOURS = "hours of research"


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """Something that a desk can do, and which answers it could move."""

    text: str
    could_settle: tuple[Question, ...] = ()
    """Answers that are open now and that it could close, in report order."""
    could_overturn: tuple[Question, ...] = ()
    """Answers that stand now and that it could change."""
    effort: Effort
    cites: tuple[str, ...]
    """What the step starts from, never empty."""

    def __post_init__(self) -> None:
        if not self.cites or not (self.could_settle or self.could_overturn):
            raise ValueError(f"a step that starts from nothing or moves nothing: {self.text!r}")
