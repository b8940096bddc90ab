"""People's statements that give no place and no time: they move no verdict, and where they part it is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from provenance.findings.events import opposed_accounts
from provenance.intake.claims import statements_from
from provenance.model.finding import Conflict
from provenance.model.limits import Limits

from .test_ordinary_accounts import opposed

JET = "The front says that its fighters hit the jet"
DENIED = "The jet was not hit"


def conflicts(*items: dict[str, Any]) -> list[Conflict]:
    evidence = [{"id": f"e{place}", "origin": f"origin {place}", **item} for place, item in enumerate(items)]
    return list(opposed_accounts(statements_from({"evidence": evidence}, "a.yaml", Limits())))


def said(text: str, kind: str = "statement", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "by": text[:9], "text": text, **more}


def test_two_statements_part_and_it_is_not_called_the_event() -> None:
    (one,) = conflicts(said(JET), said(DENIED))
    assert "seem to disagree; this moves no verdict about the picture" in one.text
    (other,) = conflicts(said(JET, "context"), said(DENIED, "context"))
    assert "about the event" in other.text


def test_a_statement_parts_from_an_account_of_the_event() -> None:
    assert len(conflicts(said(JET), said(DENIED, "context"))) == 1


@pytest.mark.parametrize(
    ("of_picture", "of_event"),
    [
        ("The photo does not show the bridge", "The bridge was hit at noon"),
        ("This is not our hospital in the picture", "A rocket hit the hospital"),
        ("The picture was not taken by a soldier", "A soldier was taken prisoner"),
        ("На фото не наша больница", "Больница разрушена"),
    ],
)
def test_nor_is_it_held_against_a_statement_that_does_not_speak_of_one(of_picture: str, of_event: str) -> None:
    assert not conflicts(said(of_picture), said(of_event))


def test_a_statement_about_a_picture_is_not_held_against_the_event() -> None:
    assert not conflicts(
        said("The picture was not taken by a soldier"), said("A soldier was taken prisoner", "context")
    )


def test_who_was_shot_or_taken_prisoner_is_in_no_picture() -> None:
    assert conflicts(said("The mayor was shot by a sniper"), said("The mayor was not shot"))
    assert conflicts(said("The pilot was taken prisoner"), said("The pilot was not taken prisoner"))


def test_words_of_a_screen_are_nobodys_statement() -> None:
    items = [{"id": one, "origin": one, **said(text)} for one, text in (("e1", JET), ("e2", DENIED))]
    recorded = statements_from({"evidence": items}, "a.yaml", Limits())
    assert len(list(opposed_accounts(recorded))) == 1
    assert not list(opposed_accounts([replace(one, method="screen text") for one in recorded]))


def test_a_statement_with_a_day_is_weighed_and_no_account() -> None:
    assert not conflicts(said(JET), said(DENIED, time={"earliest": "2022-05-10", "latest": "2022-05-10"}))


@pytest.mark.parametrize(
    "unknown",
    [
        "Not able to verify independently where the jet was hit",
        "We could not determine whether the jet was hit",
        "Не можем подтвердить, что самолёт сбит",
    ],
)
def test_who_does_not_know_denies_nothing(unknown: str) -> None:
    assert not conflicts(said(JET), said(unknown))


def test_who_was_not_able_to_do_it_denies_that_it_was_done() -> None:
    assert opposed("The rebels reached the harbour", "The rebels were not able to reach the harbour")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("It shelled the dam, we did not mine it", "They mined the dam, nobody shelled it"),
        ("The scene was staged", "Nothing was staged"),
    ],
)
def test_of_two_that_both_deny_one_negates_what_the_other_tells(first: str, second: str) -> None:
    assert opposed(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The ministry denies that the jet was hit", "The army did not hit the jet"),
        ("The jet was not hit, it is being repaired", "The tanks were not hit either"),
    ],
)
def test_of_two_that_deny_the_same_none_is_opposed(first: str, second: str) -> None:
    assert not opposed(first, second)


@pytest.mark.parametrize(
    ("none", "some"),
    [
        ("Kimse ölmedi", "Beş kişi öldü"),
        ("Kimse yaralanmadı", "Yedi kişi yaralandı"),
        ("Nikt nie zginął", "Zginęły dwie osoby"),
        ("Ninguém morreu", "Dois mortos"),
        ("事故没有造成人员伤亡", "事故造成三人死亡"),
        ("没有人员伤亡", "造成五人受伤"),
        ("사망자는 없다", "다섯 명이 숨졌다"),
        ("لم يصب أحد في الغارة", "أصيب سبعة أشخاص في الغارة"),
        ("Niemand kam ums Leben", "Drei Tote"),
    ],
)
def test_none_harmed_and_some(none: str, some: str) -> None:
    assert opposed(none, some)


@pytest.mark.parametrize(
    ("none", "other"),
    [
        ("Kimse ölmedi", "Fabrika yandı"),
        ("Kimse ölmedi", "Yedi kişi yaralandı"),
        ("没有人死亡", "造成五人受伤"),
        ("인명 피해는 없다", "다리가 무너졌다"),
        ("Nikt nie zginął", "Spłonęły dwa domy"),
    ],
)
def test_none_harmed_denies_nothing_else(none: str, other: str) -> None:
    assert not opposed(none, other)


def test_turkish_verbs_are_negated_within() -> None:
    assert opposed("Uçak düştü", "Uçak düşmedi")
    assert not opposed("Uçak indi", "Okullar açılmadı")
    assert not opposed("Komedi sahnelendi", "Uçak düştü")
    assert not opposed("Mr Ahmadi says that the school was bombed", "Школу разбомбили")


def test_of_two_that_both_deny_who_denies_an_act_to_one_thing_does_not_deny_it_to_another() -> None:
    assert not opposed("We did not see the drone, we heard it", "The drone fell on the roof, nobody complained")


def test_between_two_languages_a_negation_beside_what_is_told_denies_nothing() -> None:
    assert not opposed("The school burned down, nothing could be saved", "Северный мост закрыт")
    assert opposed("There was no fire", "Школа сгорела")
