"""The check "recorded" hands on what the desk wrote down and adds the one limit it knows itself."""

from __future__ import annotations

from datetime import UTC, datetime

from provenance.findings.strength import received, set_aside
from provenance.intake.claims import claim_from_flags
from provenance.model.context import Context
from provenance.model.evidence import Bound, BoundKind
from provenance.model.image import Image, Original, Refusal, Structure
from provenance.model.outcome import Ran
from provenance.placetime.recorded import check

NOW = datetime(2024, 11, 15, 9, tzinfo=UTC)
IMAGE = Image(
    original=Original(name="a.jpg", path="a.jpg", sha256="ab" * 32, size_bytes=1, media_type="image/jpeg"),
    data=b"",
    structure=Structure(media_type="image/jpeg"),
    refusal=Refusal(reason="not asked for"),
)


def test_the_picture_existed_when_the_check_began() -> None:
    outcome = check(IMAGE, Context(now=NOW))
    assert isinstance(outcome, Ran)
    (bound,) = outcome.evidence
    assert isinstance(bound, Bound)
    assert (bound.bound, str(bound.grade)) == (BoundKind.RECEIVED, "A1")
    assert bound.time is not None
    assert (bound.time.earliest, bound.time.latest) == (None, NOW)
    assert "no claim to test" in outcome.note


def test_a_clock_that_stands_before_the_program_limits_no_time() -> None:
    outcome = check(IMAGE, Context(now=datetime(1980, 1, 1, tzinfo=UTC)))
    assert isinstance(outcome, Ran)
    (bound,) = outcome.evidence
    assert isinstance(bound, Bound)
    assert "so it limits no time" in bound.defeaters[0] and "was not set" not in bound.defeaters[0]  # --now may say so
    assert "so it limits no time" in set_aside(bound, None)
    assert received(outcome.evidence) is None  # and so no publication is dated after the check


def test_what_the_desk_wrote_down_is_handed_on_unchanged() -> None:
    claim = claim_from_flags(text="x", place="RU")
    outcome = check(IMAGE, Context(now=NOW, statements=(claim,)))
    assert isinstance(outcome, Ran)
    assert outcome.evidence[0] == claim
    assert outcome.note == ""
    assert outcome == check(IMAGE, Context(now=NOW, statements=(claim,)))
