"""Which words of an account are towns, so that a toll in one is not held against a toll in another."""

from __future__ import annotations

import pytest

from provenance.findings.accounts.elsewhere import elsewhere, settlements
from provenance.findings.events import opposed_accounts
from provenance.intake.claims import statements_from
from provenance.model.limits import Limits


def opposed(*texts: str) -> int:
    items = [
        {"id": f"e{index}", "kind": "context", "origin": f"origin {index}", "by": f"speaker {index}", "text": text}
        for index, text in enumerate(texts)
    ]
    return len(list(opposed_accounts(statements_from({"evidence": items}, "a.yaml", Limits()))))


@pytest.mark.parametrize(
    "text",
    [
        "Der Brand im Stall forderte 5 Tote",
        "Der Zug stand am Damm, als das Wasser kam",
        "Das Haus und die Halle wurden getroffen, es gab 8 Verletzte",
        "Die Täter setzten den Hof in Brand, es gab 3 Verletzte",
        "Brand: 5 Tote nach einem Unfall am Kreuz",
        "Die Kinder und das Spital wurden nicht getroffen",
        "Al menos 30 heridos",
        "Des obus ont fait 8 morts",
        "Il fuoco ha ucciso 8 persone",
        "Bir patlamada 8 kişi öldü",
        "Selon les secours, 8 morts",
    ],
)
def test_a_word_with_another_reason_for_its_capital_letter_is_no_town(text: str) -> None:
    assert settlements(text) == ()


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Bei dem Unfall in Brand bei Bludenz gab es 2 Tote", "Brand"),
        ("In Halle gab es nach der Tat 2 Tote", "Halle (Saale)"),
        ("Die Stadt Hamm meldet nach dem Sturm 4 Tote", "Hamm"),
        ("Leer (dpa) - Es gab bei dem Unfall 3 Tote", "Leer"),
        ("Hagen meldet nach der Flut am Abend 3 Tote", "Hagen"),
        ("Nach dem Angriff auf Sumy gab es 3 Tote", "Sumy"),
        ("Varsovie a fait 8 morts", "Warsaw"),
        ("Izmir'de 8 kişi öldü", "İzmir"),
        ("Zwei Tote in Kassel", "Kassel"),
        ("Потоп у Кракову", "Kraków"),
    ],
)
def test_a_town_where_towns_stand_is_one(text: str, town: str) -> None:
    assert town in [one.name for one in settlements(text)]


def test_tolls_of_one_event_part_though_a_noun_is_a_village_somewhere() -> None:
    assert opposed("Der Brand im Heim forderte 5 Tote", "In Mölln gab es bei dem Feuer 11 Tote") == 1
    assert opposed("Beim Sturz der Linde gab es 2 Tote", "In Jena gab es unter dem Baum 7 Tote") == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("In der Halle kamen 3 Menschen ums Leben", "In der Halle starben 20 Menschen"),
        ("Bei dem Angriff starben 3 Menschen", "Bei dem Angriff gab es 30 Tote"),
        ("12 Menschen starben in der Nacht", "Es gab in der Nacht 40 Todesopfer"),
    ],
)
def test_the_dead_in_german_are_counted_by_verbs_too(one: str, other: str) -> None:
    assert opposed(one, other) == 1


def test_tolls_of_two_towns_do_not_though_both_count_the_dead() -> None:
    assert opposed("Die Flut forderte in Koblenz 3 Tote", "Die Flut forderte in Dresden 14 Tote") == 0


def test_without_a_town_on_both_sides_nothing_lies_elsewhere() -> None:
    assert not elsewhere(settlements("In Kiel gab es 3 Tote"), ())
