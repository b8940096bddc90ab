"""Accounts of the event of which one negates, in the languages of those who speak."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from provenance.findings.events import opposed_accounts
from provenance.intake.claims import statements_from
from provenance.model.limits import Limits


def opposed(*texts: str) -> int:
    """How many pairs of accounts, each of its own origin, are held to part."""
    items = [
        {"id": f"e{index}", "kind": "context", "origin": f"origin {index}", "by": f"speaker {index}", "text": text}
        for index, text in enumerate(texts)
    ]
    return len(list(opposed_accounts(statements_from({"evidence": items}, "a.yaml", Limits()))))


SAID = "The ministry says that the hospital was shelled on 3 May"


@pytest.mark.parametrize(
    "denial",
    [
        "The army denies it",
        "The Border Guard's figures are wrong",
        "Calls the accusation a fabrication by the other side",
        "The army dismissed the report as baseless",
        "Армия отвергла это сообщение",
        "Це вигадка, кажуть у штабі",
        "Es gab an diesem Tag keinen Brand",
        "L'armée dément toute frappe",
        normalize("NFD", "L'armée dément toute frappe"),
        "El ejército desmiente el ataque",
        "O exército negou o ataque, segundo a agência",
        "Il ministero smentisce",
        "Wojsko zaprzecza",
        "Ordu iddiayı yalanladı",
        "نفى الجيش قصف المستشفى",
        "ارتش این خبر را تکذیب کرد",
        "צה״ל הכחיש את הדיווח",
        "군은 이를 부인했다",
        "军方否认轰炸医院",
        "軍は攻撃を否定した",
    ],
)
def test_a_denial_is_seen_in_the_language_it_is_written_in(denial: str) -> None:
    assert opposed(SAID, denial) == 1


@pytest.mark.parametrize(
    "account",
    [
        "In Neukölln hat es am 3. Mai gebrannt",
        "L'armée a bombardé l'hôpital",
        "La armada bombardeó el hospital",
        "Non-combatants were taken to the station",
        "Il 3 maggio l'ospedale è stato colpito",
        "军队未来将调查此事",
        "被害者は少ない",
        "قصف الجيش المستشفى",
    ],
)
def test_an_account_that_negates_nothing_is_not_opposed(account: str) -> None:
    assert opposed(SAID, account) == 0


def test_how_far_two_places_lie_apart_is_no_account() -> None:
    assert opposed("The army has not withdrawn", "Homs is 170 km from Aleppo") == 0


@pytest.mark.parametrize(
    "denial",
    [
        "अशोक विहार में ऐसी कोई घटना नहीं हुई",
        "Polisi membantah",
        "Không có cháy",
        "Η αστυνομία διαψεύδει",
        "پولیس نے تردید کی",
        "The scene was staged with an actress",
        "Это постановочные кадры",
    ],
)
def test_denials_in_more_languages(denial: str) -> None:
    assert opposed(SAID, denial) == 1


def test_a_march_that_was_staged_denies_nothing() -> None:
    assert opposed(SAID, "A march was staged in front of the ministry") == 0
