"""Of a film only the first frame is looked at, and the answers that rest on pixels say so."""

from __future__ import annotations

import pytest

from provenance.findings.frames import UNSEEN, beside
from provenance.model.evidence import Fact
from provenance.model.finding import Finding, Question, Sentence, Verdict
from provenance.model.source import Source, SourceKind


def told(question: Question, verdict: Verdict, number: str) -> bool:
    source = Source(kind=SourceKind.FILE, name="the file", origin="the file")
    fact = Fact(
        source=source, statement="x", method="container", key="file.frames", raw=number, normal=number, block="x"
    )
    answer = Finding(
        question=question, verdict=verdict, reason="r", sentences=(Sentence(text="It is so.", cites=("run-1",)),)
    )
    return UNSEEN in beside(answer, (fact,)).not_established


@pytest.mark.parametrize(
    ("question", "verdict"), [(Question.SEEN_BEFORE, Verdict.COPY), (Question.ALTERED, Verdict.NO_TRACE_FOUND)]
)
def test_what_the_other_frames_show_is_not_established(question: Question, verdict: Verdict) -> None:
    assert told(question, verdict, "3")
    assert not told(question, verdict, "1")
    assert not told(question, Verdict.NOT_CHECKED, "3")


def test_answers_that_rest_on_no_pixels_say_nothing_of_frames() -> None:
    assert not told(Question.ORIGIN, Verdict.CREDENTIALS_NONE, "3")
