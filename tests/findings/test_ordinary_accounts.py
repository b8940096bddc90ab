"""Ordinary sentences about one event in several languages, which are not held to part, and some that are."""

from __future__ import annotations

import time

import pytest

from provenance.findings.events import opposed_accounts
from provenance.intake.claims import statements_from
from provenance.model.limits import Limits


def opposed(first: str, second: str, by: tuple[str, str] = ("speaker 1", "speaker 2")) -> bool:
    """Whether two accounts of their own origins are held to part, in whichever order they stand."""
    told = [accounts((first, second), by), accounts((second, first), by[::-1])]
    assert told[0] == told[1]
    return bool(told[0])


def accounts(texts: tuple[str, ...], by: tuple[str, ...]) -> int:
    items = [
        {"id": f"e{index}", "kind": "context", "origin": f"origin {index}", "by": said, "text": text}
        for index, (said, text) in enumerate(zip(by, texts, strict=True))
    ]
    return len(list(opposed_accounts(statements_from({"evidence": items}, "a.yaml", Limits()))))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("12 people were killed in the strike", "A strike killed 12 people"),
        ("2 missiles killed 30 people", "30 people were killed"),
        ("12 mortar shells hit the village, killing 3", "3 killed"),
        ("12 killed or wounded", "3 killed and 9 wounded"),
        ("The downing of MH17 killed 298 people", "298 people died"),
        ("A 24 year old man died", "3 dead"),
        ("34-летний мужчина погиб", "2 погибших"),
        ("On 25 May people were killed at the market", "3 people were killed at the market"),
        ("Not only the school but the hospital was shelled", "The hospital was shelled"),
        ("No fewer than 12 people were killed", "15 people were killed"),
        ("Not less than 12 people were killed", "40 people were killed"),
        ("12 children were killed", "40 people were killed, among them children"),
        ("So far 12 people have been killed", "The death toll has risen to 40 killed"),
        ("The toll rose to 40 dead", "12 dead"),
        ("40 killed in Kharkiv", "3 killed in Odesa"),
        ("3 people were injured", "12 people were killed"),
        ("The report could not be independently verified", "The army shelled the village"),
        ("It is not yet clear how many people were killed", "12 people were killed"),
        ("The city was left without power", "The power station was hit"),
        ("Не только школа, но и больница пострадала", "Больница пострадала"),
        ("Погибли не менее 12 человек", "15 человек погибли"),
        ("не менее 12 погибших", "40 погибших"),
        ("Ракетой убиты 12 мирных жителей", "12 убитых"),
        ("3 ракеты убили 20 человек", "20 человек убиты"),
        ("Не лише школа, а й лікарня зруйнована", "Лікарня зруйнована"),
        ("понад 10 загиблих", "30 загиблих"),
        ("Nicht nur das Dach brannte ab", "Das Dach brannte ab"),
        ("mindestens 12 Tote", "30 Tote"),
        ("Non seulement l'école mais l'hôpital a été touché", "L'hôpital a été touché"),
        ("au moins 12 morts", "30 morts"),
        ("No solo la escuela, también el hospital fue alcanzado", "El hospital fue alcanzado"),
        ("al menos 12 muertos", "30 muertos"),
        ("不仅学校，医院也被炸", "医院被炸"),
        ("造成至少12人死亡", "30人死亡"),
        ("학교뿐만 아니라 병원도 공격을 받았다", "병원이 공격을 받았다"),
        ("최소 12명 사망", "30명 사망"),
        ("Tidak hanya sekolah, rumah sakit juga terkena", "Rumah sakit terkena"),
        ("Em 3 dias morreram pessoas; 40 mortos", "40 mortos"),
        ("3 attacks in 2 days killed 15", "15 dead"),
        ("1,200 dead", "about 1,300 dead"),
        ("5 strikes hit the port", "8 drones were shot down over the port"),
        ("12 soldiers were wounded", "30 civilians were wounded"),
        ('"12 killed", the mayor said', "The mayor said that 12 were killed"),
        ("Between 10 and 20 people died", "At least 15 people died"),
        ("up to 300 dead", "270 dead"),
        ("Initial reports spoke of 12 dead", "31 dead"),
        ("The attack was staged from Belarus", "The attack came from Belarus"),
        ("No casualties were reported", "Shelling damaged a school"),
        ("Пострадавших нет", "Загорелся склад"),
        ("No one was injured", "12 people were killed"),
        ("No deaths were reported", "3 people were hurt"),
        ("Keine Verletzten", "Ein Dach brannte ab"),
        ("The toll stands at 12 dead", "The toll now stands at 40 dead"),
        ("100 km from the front 3 people died", "3 people died"),
    ],
)
def test_ordinary_sentences_are_not_held_to_part(first: str, second: str) -> None:
    assert not opposed(first, second)


@pytest.mark.parametrize(
    ("by", "first", "second"),
    [
        (("Ukraine", "Russia"), "Russia shelled Kharkiv overnight", "Ukrainian drones attacked Belgorod"),
        (("Pakistan", "India"), "A strike was indicated by radar", "Packages were launched by post"),
        (
            ("India", "Pakistan"),
            "Indian police said a blast hit the market",
            "Pakistani police said a blast hit the market",
        ),
        (("Israel's army", "Hamas"), "Hamas fired rockets at Ashkelon", "Israel bombed Rafah"),
    ],
)
def test_each_of_another_attack_blames_nobody_for_the_other(by: tuple[str, str], first: str, second: str) -> None:
    assert not opposed(first, second, by)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("No casualties", "A man was killed"),
        ("Nobody was hurt", "12 injured"),
        ("Пострадавших нет", "Погибли два человека"),
        ("No casualties", "12 people were killed"),
        ("At least 40 dead", "Nobody was killed"),
        ("471 people were killed", "Between 100 and 300 people were killed"),
        ("12 killed", "40 people killed"),
        ("造成40人死亡", "至少100人死亡"),
        ("12 убитых в Харькове", "40 человек убиты в Харькове"),
        ("The army denies it, not only today", "The army shelled it"),
        ("471 Palestinians were killed", "100 to 300 were killed"),
    ],
)
def test_what_cannot_both_be_right_is_held_to_part(first: str, second: str) -> None:
    assert opposed(first, second)


def test_where_a_speaker_sits_is_not_where_it_happened() -> None:
    by = ("Ukraine's president", "Russia's ministry")
    assert opposed("Kyiv says that Russian forces blew up the dam", "Moscow says that Ukrainian shells hit it", by)
    assert opposed("Kyiv said 40 people were killed", "Moscow said 3 people were killed")


def test_a_toll_is_an_account_though_it_says_how_far_away_it_was() -> None:
    assert opposed("40 people were killed in a village 170 km from Aleppo", "3 people were killed")


def test_towns_thirty_kilometres_apart_are_one_place() -> None:
    assert opposed("40 killed in Kharkiv", "3 killed in Merefa")


def test_forty_long_accounts_are_read_once_each() -> None:
    longest = Limits().text_chars - 1
    texts = tuple((f"{index} " + "1 000 a a " * longest)[:longest] for index in range(40))
    start = time.process_time()
    assert accounts(texts, tuple(map(str, range(40)))) == 0
    assert time.process_time() - start < 60  # minutes where each pair is read anew
