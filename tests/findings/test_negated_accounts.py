"""Which negations speak against another account: those of something that both speak of."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

from .test_ordinary_accounts import opposed

TABLE = Path(__file__).parent / "data" / "negated_accounts.tsv"
with TABLE.open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file, delimiter="\t"))


def told(parts: str) -> list[str]:
    return [row["other_text"] for row in ROWS if row["parts"] == parts and opposed(row["text"], row["other_text"])]


def test_a_negation_of_something_else_opposes_nothing() -> None:
    assert told("no") == []


def test_a_negation_of_the_same_opposes() -> None:
    assert len(told("yes")) >= 48


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The frigate sank off the cape", "The frigate did not sink"),
        ("Troops already hold the crossing", "They have not yet been seen near it"),
        ("Войска уже в городе", "Туда ещё не дошли"),
        ("Склад сгорел", "Ничего не горело"),
        ("O prefeito renunciou no sábado", "O prefeito não renunciou"),
        ("Die Brücke wurde gesprengt", "Es wurde keine Brücke gesprengt"),
        ("The vote was postponed", "На участках ничего не отменяли"),  # in two languages no words can be compared
        ("No", "The vote was postponed and the hall was empty"),
    ],
)
def test_marks_of_one_subject(first: str, second: str) -> None:
    assert opposed(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("A strike hit Sumy", "No strike hit Lviv"),
        ("O navio entrou no porto", "O navio chegou na sexta"),
        ("A crane fell on the line", "The driver had not slept"),
        ("The station was evacuated", "The statement does not name the company"),
    ],
)
def test_no_marks_of_one_subject(first: str, second: str) -> None:
    assert not opposed(first, second)


@pytest.mark.parametrize(
    "text", ["not " * 5_000, "не было " * 2_500, "没有" * 10_000, "no, " * 5_000, "not" + "a" * 19_000]
)
def test_a_long_text_is_soon_read(text: str) -> None:
    started = time.process_time()
    opposed(text, "The hall was empty")
    assert time.process_time() - started < 3
