"""Accounts of a thing in two states that exclude each other, and ordinary pairs in which there are two things."""

from __future__ import annotations

import time

import pytest

from provenance.findings.accounts.opposites import states_in

from .test_ordinary_accounts import opposed


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The crossing is open to lorries", "The crossing remains closed"),
        ("The clinic was full of patients", "The clinic was empty"),
        ("The weir was destroyed", "The weir is intact"),
        ("The ferry has sunk", "The ferry is still afloat"),
        ("We sank the lighter with a mine", "The crew is safe and the lighter is afloat"),
        ("The tug's crew are all alive", "The crew of the tug died"),
        ("The colonel is alive", "The colonel was killed"),
        ("The gunman is in custody", "The gunman is at large"),
        ("The convoy was hit by mistake", "The convoy was deliberately hit"),
        ("The market was closed on Tuesday", "On Tuesday the market was open as ever"),
        ("Больница была переполнена", "Больница пустовала"),
        ("Вокзал закрыт", "Вокзал открыт"),
        ("Плотина разрушена", "Плотина цела"),
        ("Міст зруйновано", "Міст вцілів"),
        ("Die Schleuse ist eingestürzt", "Die Schleuse ist intakt"),
        ("Le barrage est détruit", "Le barrage est intact"),
        ("La frontera está cerrada", "La frontera está abierta"),
        ("A represa foi destruída", "A represa está intacta"),
        ("Il ponte è distrutto", "Il ponte è intatto"),
        ("Most został zniszczony", "Most jest nienaruszony"),
        ("Baraj yıkıldı", "Baraj ayakta"),
        ("الجسر مدمر", "الجسر سليم"),
        ("터미널이 폐쇄됐다", "터미널은 정상 운영 중이다"),
        ("大坝已被摧毁", "坝体完好"),
        ("The weir was destroyed", "Плотина цела"),  # of two languages a few nouns are known
        ("The ministry says that the bridge is closed", "The mayor says that the bridge is open"),
        ("Colonel Harlow was killed", "Colonel Harlow is alive"),
        ("The road to the harbour is closed", "The road to the harbour is open"),
        ("Разрушен мост через реку", "Мост через реку цел"),
        ("Командир батальона убит", "Командир батальона жив"),
        ("병원은 텅 비어 있었다", "병원은 환자로 가득했다"),
        ("Burmistrz nie żyje", "Burmistrz żyje"),
        ("قتل العمدة", "العمدة على قيد الحياة"),
    ],
)
def test_one_thing_is_not_in_both(first: str, second: str) -> None:
    assert opposed(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The clinic was closed on Monday", "The market was open on Monday"),
        ("The clinic was closed on Monday", "The clinic was open on Friday"),
        ("The road to the harbour is closed", "The harbour is open"),
        ("Two tunnels are closed", "Three tunnels are open"),
        ("The weir was intact before the flood", "The weir was destroyed"),
        ("Part of the wall collapsed", "The wall is intact on the south side"),
        ("The clinic was open until midnight", "The clinic is closed"),
        ("The shop could be closed", "The shop is open"),
        ("The shop will be closed tomorrow", "The shop is open"),
        ("The guards opened fire", "The border is closed"),
        ("The captain is alive", "A stoker was killed"),
        ("The man was arrested at noon", "His brother is at large"),
        ("The pilot was captured", "The pilot was freed in an exchange"),
        ("The embassy was empty", "The embassy's courtyard was crowded with reporters"),
        ("The tower is partly destroyed, the rest of it is intact", "The tower is intact"),
        ("Школа закрыта", "Рынок открыт"),
        ("Школа була порожня", "Лікарня переповнена"),
        ("Le marché était fermé", "L'école était ouverte"),
        ("Die Schule war geschlossen", "Der Markt war geöffnet"),
        ("El puente fue destruido", "La iglesia está intacta"),
        ("Szkoła jest zamknięta", "Sklep jest otwarty"),
        ("Köprü açık", "Okul kapalı"),
        ("다리가 무너졌다", "교회는 멀쩡하다"),
        ("大桥被炸毁", "教堂完好"),
        ("Colonel Harlow was killed", "Colonel Brandt is alive"),
        ("Terminal A is closed", "Terminal B is open"),
        ("The old bridge was destroyed", "The new bridge is intact"),
        ("The airport road is closed", "The airport is open"),
        ("The school director was killed", "The school teacher is alive"),
        ("The school on Hill Street is closed", "The school on Mill Street is open"),
        ("One suspect is in custody", "The second suspect is at large"),
        ("The station was closed in the morning", "The station was open in the evening"),
        ("In 2020 the border was closed", "In 2024 the border was open"),
        ("After the first strike the silo was intact", "After the second strike the silo was destroyed"),
        ("The hospital was empty", "The hospital was full of smoke"),
        ("The village was captured last week", "The village is free of mines"),
        ("Children found the mine by accident", "The mine was deliberately laid"),
        ("The reporter was nearly killed", "The reporter is alive"),
        ("The bridge was allegedly destroyed", "The bridge is intact"),
        ("The hospital was hit by a rocket. It was destroyed", "The church next door is intact"),
        ("They are alive", "The driver was killed"),
        ("Мост у вокзала разрушен", "Вокзал цел"),
        ("Крыша больницы разрушена", "Больница цела"),
        ("Директор школы погиб", "Учитель школы жив"),
        ("Полковник Иванов погиб", "Полковник Петров жив"),
        ("Правда ли, что мост разрушен?", "Мост цел"),
        ("Вчера рынок был закрыт", "Сегодня рынок открыт"),
        ("Горить ціла вулиця", "Вулиця зруйнована"),
        ("Бійці з підвалу здалися в полон", "Підвал порожній"),
        ("По блокпосту відкрито вогонь", "Блокпост закрито"),
        ("아버지는 숨졌다", "아들은 살아 있다"),
        ("시장은 월요일에 폐쇄됐다", "시장은 금요일에 정상 운영했다"),
        ("다리가 무너졌나요?", "다리는 멀쩡하다"),
        ("Die Brücke neben der Schule ist zerstört", "Die Schule ist intakt"),
        ("Der Fahrer wurde getötet", "Die Familie des Fahrers lebt in Bonn"),
        ("L'incendie est accidentel", "Des pompiers volontaires ont éteint l'incendie"),
        ("La route de l'aéroport est fermée", "L'aéroport est ouvert"),
        ("El ataque fue transmitido en vivo", "Un muerto en el ataque"),
        ("الطريق إلى المطار مغلق", "المطار مفتوح"),
        ("Okulun çatısı çöktü", "Okulun duvarları sağlam"),
        ("Most przy dworcu został zniszczony", "Dworzec jest nienaruszony"),
        ("学校旁边的桥被炸毁", "学校完好"),
        ("A boy was killed", "Родители живы"),
        ("The deputy mayor was killed", "The mayor is alive"),
        ("The ex-husband was arrested", "The husband is at large"),
        ("Західний міст зруйновано", "Східний міст вцілів"),
        ("The old school is closed", "Школа открыта"),
    ],
)
def test_two_things_or_two_moments_may_differ(first: str, second: str) -> None:
    assert not opposed(first, second)


def test_a_negated_state_tells_no_state() -> None:
    assert states_in("The weir is intact")
    assert not states_in("The weir is not intact")


def test_reading_takes_time_in_proportion() -> None:
    began = time.perf_counter()
    states_in("was still closed " * 5_000)
    states_in("закрыт, " * 5_000)
    states_in(", " * 10_000)
    assert time.perf_counter() - began < 1.0
