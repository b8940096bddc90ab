"""Limits that leave no time but the claimed support it by their grade; the days of this desk's own checks do not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from provenance.findings.weigh import weigh
from provenance.model.evidence import Bound, BoundKind, Claim
from provenance.model.finding import Question, Verdict
from provenance.model.outcome import CheckRun, Ran
from provenance.model.source import Grade, Source, SourceKind
from provenance.model.time import Interval

MACHINE = Source(kind=SourceKind.PROGRAM, name="this program", origin="this check")
POSTER = Source(kind=SourceKind.PERSON, name="poster", origin="poster")


def by(kind: BoundKind, year: int) -> Bound:
    return Bound(
        source=MACHINE, statement=f"It existed in {year}.", method="recorded", grade=Grade("A", 1), bound=kind,
        time=Interval(None, datetime(year, 6, 1, tzinfo=UTC), True),
    )  # fmt: skip


def verdict_on_before(year: int, *bounds: Bound) -> Verdict:
    claim = Claim(
        source=POSTER, statement="By the claim: before.", method="recorded by the desk", by="poster", tested=True,
        time=Interval(None, datetime(year, 1, 1, tzinfo=UTC), True),
    )  # fmt: skip
    runs = (CheckRun(check="recorded", outcome=Ran(evidence=bounds)),)
    found = weigh((claim, *bounds), runs, (Question.WHEN,))
    return next(one.verdict for one in found.findings if one.question is Question.WHEN)


@pytest.mark.parametrize(("year", "verdict"), [(2025, Verdict.CONSISTENT), (2031, Verdict.UNPROVEN)])
def test_an_earlier_check_supports_only_what_this_one_could_have_ruled_out(year: int, verdict: Verdict) -> None:
    assert verdict_on_before(year, by(BoundKind.RECEIVED, 2030), by(BoundKind.CHECKED_BEFORE, 2024)) is verdict


def test_the_day_of_the_check_supports_nothing() -> None:
    assert verdict_on_before(2031, by(BoundKind.RECEIVED, 2030)) is Verdict.UNPROVEN
