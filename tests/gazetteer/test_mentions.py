"""Places in running text, and words that are none."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.gazetteer.mentions import MOST_CHARS, MOST_MENTIONS, mentions


def names(text: str) -> list[tuple[str, str]]:
    return [(one.text, one.candidates[0].name) for one in mentions(text)]


def test_mentions_stand_where_they_say() -> None:
    text = "Под Новым Осколом, в Ростове-на-Дону и Курске; 쿠르스크에서 and New York's Kyiv. 北京市和上海。"
    found = mentions(text)
    assert [one.text for one in found] == [text[one.start : one.end] for one in found]
    assert [one.candidates[0].name for one in found] == [
        "Novy Oskol", "Rostov-on-Don", "Kursk", "Kursk", "New York City", "Kyiv", "Beijing", "Shanghai",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Of course the army said no.",
        "of mobile reading nice",
        "Мир и победа",
        "весь мир смотрит",
        "오늘 사진 정부 대전",
        "今天的照片",
        "March and May were cold; on Monday it snowed.",
        "GPS and EXIF tags",
        "в Курской области и в Сумській області",
        "1234 !!! ...",
        "",
    ],
)
def test_words_of_the_language_are_no_places(text: str) -> None:
    assert mentions(text) == ()


def test_a_given_name_before_a_surname_is_no_town() -> None:
    assert names("Vladimir Shevchuk spoke.") == []
    assert names("He lives near Vladimir.") == [("Vladimir", "Vladimir")]


def test_a_hyphen_between_two_towns_parts_them() -> None:
    assert [one for one, _ in names("the Beijing-Shanghai line")] == ["Beijing", "Shanghai"]
    assert names("Он был в Улан-Удэ")[0][1] == "Ulan-Ude"


def test_an_ambiguous_name_keeps_every_candidate() -> None:
    (one,) = mentions("하산에서 찍었다")
    assert {candidate.cc for candidate in one.candidates} >= {"RU", "IN"}


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read(text: str) -> None:
    found = mentions(text)
    assert all(one.text == text[one.start : one.end] and one.candidates for one in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


@pytest.mark.parametrize("text", ["Kursk " * 50_000, "А" * 100_000, "北" * 100_000, "Saint-" * 30_000, "가" * 100_000])
def test_a_long_text_costs_a_bounded_time(text: str) -> None:
    start = time.thread_time()
    found = mentions(text)
    assert time.thread_time() - start < 5
    assert len(found) <= MOST_MENTIONS
    assert all(one.end <= MOST_CHARS for one in found)
