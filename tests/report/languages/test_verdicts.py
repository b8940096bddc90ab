"""Which of several claims has which word is told in the languages of reports, however many have one."""

from __future__ import annotations

from itertools import product

import pytest

from provenance.findings.judging import Judged
from provenance.findings.verdicts import headline
from provenance.model.evidence import Claim
from provenance.model.finding import Sentence, Verdict
from provenance.model.languages import LANGUAGES
from provenance.model.source import Source, SourceKind
from provenance.report.languages.tongue import tongue

WORDS = Verdict.RECYCLED, Verdict.CONTRADICTED, Verdict.UNPROVEN
DESK = Source(kind=SourceKind.PERSON, name="desk", origin="desk")


def opening(counts: tuple[int, ...]) -> str:
    """The first line where so many claims have the first word, so many the second, ..."""
    words = [word for word, count in zip(WORDS, counts, strict=False) for _ in range(count)]
    judged = [
        Judged(claim=Claim(source=DESK, statement=f"s{at}", method="test", by="@a", label=f"c{at}"), verdict=word)
        for at, word in enumerate(words, 1)
    ]
    return headline(judged, lambda one: Sentence(text=f"It is {one.claim.label}.", cites=(one.claim.id,)))[0].text


@pytest.mark.parametrize("code", sorted(set(LANGUAGES) - {"en"}))
def test_every_way_to_tell_claims_apart_is_told(code: str) -> None:
    said = [opening(counts) for words in (1, 2, 3) for counts in product((1, 2), repeat=words)]
    assert "Of five claims, c1 and c2 are recycled, c3 is contradicted and c4 and c5 are unproven." in said
    assert [one for one in said[1:] if tongue(code).told(one) is None] == []
