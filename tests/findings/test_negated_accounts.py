"""Which negations speak against another account: those of something that both speak of."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

from .test_ordinary_accounts import accounts, opposed

TABLE = Path(__file__).parent / "data" / "negated_accounts.tsv"
with TABLE.open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file, delimiter="\t"))


def told(parts: str) -> list[str]:
    return [row["other_text"] for row in ROWS if row["parts"] == parts and opposed(row["text"], row["other_text"])]


def test_a_negation_of_something_else_opposes_nothing() -> None:
    assert told("no") == []


def test_a_negation_of_the_same_opposes() -> None:
    assert len(told("yes")) >= 52


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
        ("Rakieta trafiła w szpital", "Rakieta nie trafiła w szpital"),
        ("L'usine a été bombardée", "L'armée nie toute implication"),
        ("An explosion tore the hangar apart", "Nothing exploded at the hangar"),
        ("The city was evacuated at noon", "There was no evacuation of the city"),
        ("Prisoners were executed", "No executions took place"),
        ("अस्पताल पर बमबारी हुई", "अस्पताल पर बमबारी नहीं हुई"),
        ("The hospital was hit", "The ministry dismissed the reports as lies"),
        ("The hospital was hit", "The ministry rejected the accusation"),
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
        ("Strażak zginął w pożarze", "Pociągi nie kursują na linii zachodniej"),  # French "nie" denies
        ("Ein Feuerwehrmann starb im Keller", "Er war nie in der Stadt"),
        ("An explosion hit reactor No. 4", "Workers left the reactor building at dawn"),
        ("The blast hit a cafe not far from the market", "The market was closed for the holiday"),
        ("Police do not rule out arson", "Arson caused two other fires in the city this year"),
        ("A van hit the door of a kiosk", "The police said that no shots had been fired in the street"),  # no Dutch
        ("Los Angeles police shot a man", "The man was not carrying a phone in Las Vegas"),
        ("The police of Da Nang closed the road", "Da Nang police said no tourists had come"),  # no Portuguese
        ("The plane landed safely", "The plant was not damaged by the storm"),
        ("The market reopened on Monday", "The route was not marked on the map"),
        ("The state of emergency was lifted", "The station is not open"),
        ("The street was flooded", "No strength of wind was measured"),
        ("Автобус съехал в кювет", "На дороге не было автомобилей"),
        ("Seven militants were killed", "Not one hostage was killed"),
        ("Погибли 7 человек", "Ни один солдат не погиб"),
        ("बाज़ार में आग लगी", "स्कूल कल नहीं खुलेंगे"),
        ("The minister was dismissed on Friday", "Rain is expected in the north"),
        ("Shelling in the disputed region went on", "The governor opened a clinic"),
        ("A false alarm emptied the terminal", "Flights resumed at six"),
        ("The driver went the wrong way on the motorway", "Two cars burned"),
        ("The court rejected the appeal", "The trial lasted four months"),
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


def test_many_long_accounts_are_soon_held_against_each_other() -> None:
    """Words are looked up by their beginnings, not each compared with each."""
    tails = [f"aaaa{chr(98 + a)}{chr(98 + b)}{chr(98 + c)}zz" for a in range(20) for b in range(20) for c in range(20)]
    negating = [". ".join("not " + " ".join(tails[i::n]) for i in range(12))[:20_000] for n in range(60, 80)]
    telling = [" ".join(f"bbbb{word}" for word in tails[n::20]) for n in range(20)]
    started = time.process_time()
    assert accounts((*negating, *telling), tuple(f"speaker {n}" for n in range(40))) == 0
    assert time.process_time() - started < 20
