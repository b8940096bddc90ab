"""Sentences recognised in English and said in another language: values stay values, doubt stays English."""

from __future__ import annotations

import time

import pytest

from provenance.report.languages import formats
from provenance.report.languages.po import Entry
from provenance.report.languages.tongue import ENGLISH, Tongue, tongue

RU, UK, KO = (tongue(code) for code in ("ru", "uk", "ko"))


def made(*pairs: tuple[str, str], code: str = "ru") -> Tongue:
    """A language of these messages alone."""
    entries = tuple(Entry(context="", msgid=msgid, plural="", forms=(form,)) for msgid, form in pairs)
    return Tongue(code=code, reviewed=False, entries=entries)


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        (RU, "None of 2 items of 2 origins contradicts another or the claim.",
         "Ни одно из оснований (всего 2, первоисточников: 2) не противоречит другому или утверждению."),
        (RU, "Sources contradict each other in 21 points.", "Источники противоречат друг другу в 21 пункте."),
        (UK, "A copy was published by 31 May 2016, at least 1,489 days before the claimed time.",
         "Копію опубліковано не пізніше 31 травня 2016 р. — щонайменше 1\u00a0489 днів до заявленого часу."),
        (UK, "No match among 3 pictures.", "Збігів немає, переглянуто 3 знімки."),
        (KO, "It existed by 2 Feb 2022, when it was checked; nothing firm sets an earlier limit.",
         "점검 시점인 2022년 2월 2일에는 존재했다. 더 이른 확실한 한계는 없다."),
        (RU, "No independent source dates it to 1 Oct – 15 Nov 2024.",
         "Ни один независимый источник не подтверждает эту дату: 1 октября 2024 г. – 15 ноября 2024 г."),
        (RU, "Claim c1: No source of enough weight places it in Lima (PE).",
         "Утверждение c1: Ни один достаточно весомый источник не указывает это место: Lima (PE)."),
    ],
)  # fmt: skip
def test_a_sentence_is_told_in_another_language(language: Tongue, text: str, told: str) -> None:
    assert language.told(text) == told


def test_what_no_message_fits_is_not_translated() -> None:
    assert RU.told("An owl sat there.") is None
    assert RU.word("An owl sat there.") == "An owl sat there."
    assert ENGLISH.told("An owl sat there.") == "An owl sat there."


def test_a_value_of_another_kind_fits_no_place() -> None:
    assert RU.told("No match among many pictures.") is None
    assert RU.told("No independent source dates it to the day of the owl.") is None


def test_a_sentence_that_can_be_read_in_two_ways_stays_english() -> None:
    both = made(("{who} and {who2} differ.", "{who2} / {who}"))
    assert both.told("A and B differ.") == "B / A"
    assert both.told("A and B and C differ.") is None


def test_of_two_messages_that_fit_the_one_that_says_more_is_taken() -> None:
    assert (
        made(("{x} is here.", "1 {x}"), ("{x} of the desk is here.", "2 {x}")).told("A of the desk is here.") == "2 A"
    )


@pytest.mark.parametrize("name", ["{who}", "{0.__class__}", "%(n)s", "\\1", "[a-z]+(", "{{7*7}}", "a.b"])
def test_what_strangers_wrote_is_never_a_pattern_or_a_format(name: str) -> None:
    told = RU.told(f"A reason to distrust {name}.")
    assert told == f"Причина не доверять источнику {name}."


def test_a_name_that_is_a_sentence_of_ours_stands_as_it_is() -> None:
    assert RU.told("A reason to distrust Whether the picture is new.") == (
        "Причина не доверять источнику Whether the picture is new."
    )


@pytest.mark.parametrize("text", [
    f"{'and ' * 990}.", f"A {'and B ' * 600}dates it to 3 Sep 2021, {'and C ' * 50}.", "a; " * 1300, "x" * 200_000,
    f"Not counted: {'a, 1 Jan 2020 and ' * 200}b, because it is dated after this check.",
])  # fmt: skip
def test_hostile_sentences_are_read_within_a_bound(text: str) -> None:
    started_s = time.process_time()
    RU.told(text)
    assert time.process_time() - started_s < 5


@pytest.mark.parametrize(
    ("text", "ru", "ko"),
    [
        ("14 Nov 2024", "14 ноября 2024 г.", "2024년 11월 14일"),
        ("Nov 2024", "ноябрь 2024 г.", "2024년 11월"),
        ("2024", "2024 г.", "2024년"),
        ("until 30 Apr 2019", "не позднее 30 апреля 2019 г.", "2019년 4월 30일 이전"),
        ("14 Nov 2024 08:42 UTC", "14 ноября 2024 г., 08:42 UTC", "2024년 11월 14일, 08:42 UTC"),
        ("10 Sep 2022 21:40 (no time zone)", "10 сентября 2022 г., 21:40 (часовой пояс не указан)",
         "2022년 9월 10일, 21:40 (시간대 표시 없음)"),
        ("8 – 9 Nov 2021", "8 ноября 2021 г. – 9 ноября 2021 г.", "2021년 11월 8일 – 2021년 11월 9일"),
        ("any time", "любое время", "시점 제한 없음"),
    ],
)  # fmt: skip
def test_times_are_written_as_the_language_does(text: str, ru: str, ko: str) -> None:
    assert (RU.when(text), KO.when(text)) == (ru, ko)


@pytest.mark.parametrize(
    "text", ["14 November 2024", "2024-11-14", "14 Nov 2024 08:42", "from", "8 – 9", "", "١٤ Nov 2024"]
)
def test_what_is_no_time_of_ours_is_not_touched(text: str) -> None:
    assert RU.when(text) == text


def test_numbers_and_counted_words_are_written_as_the_language_writes_them() -> None:
    assert [formats.number(RU.style, text) for text in ("1,489", "3.5", "12,34", "x")] == [
        "1\u00a0489",
        "3,5",
        None,
        None,
    ]
    assert KO.number(1489) == "1,489"
    assert RU.word("{n} block", plural="{n} blocks", n=22) == "22 блока"
    assert ENGLISH.word("{n} block", plural="{n} blocks", n=1) == "1 block"


def test_a_name_takes_in_no_part_of_a_sentence_that_is_known() -> None:
    text = "Claim c1: The shadow measured by a desk rules out the claimed time, 14 Nov 2024, at Kyiv (UA)."
    assert tongue("ru").told(text) == (
        "Утверждение c1: a desk: измеренная тень исключает заявленное время, 14 ноября 2024 г.; место: Kyiv (UA)."
    )
