"""Texts as long as a claims file may hold, made to cost: each is read in the time of any other of its length."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from provenance.findings.accounts.tolls import counts_harm
from provenance.findings.texts import MOST_TEXTS_CHARS, looked_through
from provenance.intake.places import place_from_text
from provenance.model.evidence import Claim
from provenance.model.limits import Limits
from provenance.model.source import Source, SourceKind
from provenance.placetime.quantities import quantities
from provenance.placetime.stated import distances
from provenance.report.linter import Rule, broken

CHARS = Limits().text_chars
ANSWER_S = 2.0
TOWNS = ("Kur", "Kurs", "Kursk", "Moscow")
SAID = "Moscow is 5 km from Kursk "

CASES: dict[str, Callable[[], object]] = {
    "a sentence that never ends": lambda: distances(SAID + "!" * CHARS),
    "a number that never ends": lambda: distances(SAID + "10 " + "101 " * CHARS),
    "a gap between two places": lambda: distances(f"5 km from Moscow{' ' * 19_000}to Kursk"),
    "a gap between two units": lambda: quantities(f"5 km{' ' * CHARS}3 miles"),
    "places and lengths without end": lambda: distances("Kursk Moscow 5 km " * 1_100, names=TOWNS),
    "a name that begins everywhere": lambda: distances("a " * 9_000 + "5 km", names=[f"{'a ' * 8_000}b"] * 50),
    "a place of white space": lambda: place_from_text(f"a{chr(9) * CHARS}b"),
    "a share that never ends": lambda: broken("authentic " + "1" * CHARS),
    "marks that nothing closes": lambda: broken("authentic " + "«“" * (CHARS // 2)),
    "words that stand nearly everywhere": lambda: broken("authentic " + "a " * (CHARS // 2), [f"{'a ' * 16_000}b"]),
    "a count that never ends": lambda: counts_harm("101 " * CHARS),
}


@pytest.mark.parametrize("case", CASES)
def test_a_long_text_is_read_in_time(case: str) -> None:
    distances(SAID)  # the gazetteer is opened once
    started_s = time.process_time()
    CASES[case]()
    assert time.process_time() - started_s < ANSWER_S


def test_what_stands_in_quotation_marks_is_still_exempt_and_an_open_mark_exempts_nothing() -> None:
    assert broken('It says "authentic" and «fake» and “genuine”.') == ()
    assert broken("It says «fake» and « an authentic picture.") == (Rule.JUDGEMENT,)


def test_words_of_others_are_exempt_in_a_text_longer_than_a_sentence() -> None:
    words = "an authentic letter " * 400
    assert broken(f"A thing in the picture: {words}", [words]) == ()
    assert broken(f"A thing in the picture: {words}", ["another"]) == (Rule.JUDGEMENT,)


def test_texts_are_looked_through_until_their_characters_are_spent() -> None:
    claims = [
        Claim(
            source=Source(kind=SourceKind.PERSON, name="w", origin="w"),
            statement="s",
            method="m",
            by="w",
            quote=text * 50_000,
        )
        for text in ("a", "", *"bcdefghijklm")
    ]
    read = [text for _, text in looked_through(claims, bool)]
    assert [text[0] for text in read] == list("abcdefgh") and sum(map(len, read)) == MOST_TEXTS_CHARS
