"""What the nouns refuse, and text made harmless."""

import dataclasses
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.model.evidence import Fact
from provenance.model.finding import WORDS, Finding, Question, Sentence, Verdict
from provenance.model.limits import Limits
from provenance.model.place import Place
from provenance.model.source import Grade, Source, SourceKind
from provenance.model.text import visible


@pytest.mark.parametrize(
    "wrong",
    [{"lat_deg": 91.0, "lon_deg": 0.0}, {"lat_deg": 0.0, "lon_deg": 181.0}, {"lat_deg": 1.0}, {"cc": "rus"},
     {"radius_km": -1.0}, {"radius_km": 30_000.0}, {"lat_deg": float("nan"), "lon_deg": 0.0}],
)  # fmt: skip
def test_a_place_off_the_earth_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"."):
        Place(name="x", **wrong)  # type: ignore[arg-type]


def test_grades_are_two_axes() -> None:
    assert str(Grade.parse("b2")) == "B2"
    assert Grade("B", 2).at_least("B", 2) and Grade("A", 1).at_least("B", 2)
    assert not Grade("A", 3).at_least("B", 2) and not Grade("C", 1).at_least("B", 2)
    for text in ("", "G1", "B7", "B", "2B", "B22"):
        with pytest.raises(ValueError, match="Admiralty"):
            Grade.parse(text)


def test_a_sentence_needs_a_citation() -> None:
    with pytest.raises(ValueError, match="without a citation"):
        Sentence(text="It rained.", cites=())


def test_a_finding_uses_only_its_own_words() -> None:
    sentence = Sentence(text="x", cites=("y-1",))
    for question in Question:
        for verdict in Verdict:
            fits = verdict in WORDS[question]
            try:
                Finding(question=question, verdict=verdict, sentences=(sentence,), reason="r")
            except ValueError:
                assert not fits
            else:
                assert fits


def test_not_checked_needs_a_reason_and_a_verdict_a_sentence() -> None:
    with pytest.raises(ValueError, match="without a reason"):
        Finding(question=Question.WHEN, verdict=Verdict.NOT_CHECKED)
    with pytest.raises(ValueError, match="without a sentence"):
        Finding(question=Question.WHEN, verdict=Verdict.UNPROVEN)


@given(st.text())
def test_visible_text_moves_nothing(text: str) -> None:
    shown = visible(text)
    assert not any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for character in shown)
    assert not set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u2028\u2029\ufeff") & set(shown)


def test_visible_text_keeps_what_people_write() -> None:
    assert visible("Красноярск 크라스노야르스크 كراسنويارسك 👍") == "Красноярск 크라스노야르스크 كراسنويارسك 👍"
    assert visible("می\u200cخواهم") == "می\u200cخواهم"
    assert visible("\x1b[31mred\u202e") == "\\x1b[31mred\\u202e"
    assert visible("abcdef", limit=4) == "abc…"


def test_a_fact_sets_each_of_its_fields_and_no_other() -> None:
    given = {field.name: field.name for field in dataclasses.fields(Fact)}
    fact = Fact(**given)  # type: ignore[arg-type]
    assert fact.__dict__ == given
    source = Source(kind=SourceKind.FILE, name="the file", origin="file")
    bare = Fact(source=source, statement="s", method="m", key="k", raw="r", normal="n", block="b")
    defaults = {f.name: f.default for f in dataclasses.fields(Fact) if f.default is not dataclasses.MISSING}
    assert {name: getattr(bare, name) for name in defaults} == defaults
    with pytest.raises(dataclasses.FrozenInstanceError):
        bare.key = "other"  # type: ignore[misc]


def test_every_limit_is_looked_at_somewhere() -> None:
    """A limit that nobody reads promises what is not kept."""
    package = Path(__file__).parents[2] / "provenance"
    read = "".join(path.read_text() for path in package.rglob("*.py") if path.name != "limits.py")
    assert [one.name for one in dataclasses.fields(Limits) if not re.search(rf"\.{one.name}\b", read)] == []
