"""Numbers of people in words, in the languages that desks meet most."""

from __future__ import annotations

import time

import pytest

from provenance.findings.accounts.number_words import in_digits
from provenance.findings.accounts.tolls import counts_part


@pytest.mark.parametrize(
    ("text", "digits"),
    [("Thirty-four dead", "34 dead"), ("twenty one", "21"), ("one hundred and twelve killed", "112 killed"),
     ("Treinta y cuatro muertos", "34 muertos"), ("veintitrés heridos", "23 heridos"), ("ciento veinte", "120"),
     ("vierunddreißig Tote", "34 Tote"), ("quatre-vingt-douze morts", "92 morts"), ("soixante et onze", "71"),
     ("soixante-dix-sept", "77"), ("trois cents morts", "300 morts"), ("vingt-et-un", "21"),
     ("trenta morti", "30 morti"), ("trinta e dois mortos", "32 mortos"), ("сто двадцать три погибших", "123 погибших"),
     ("тридцять п'ять загиблих", "35 загиблих"), ("yirmi üç ölü", "23 ölü"),
     ("Yirmi altı", "26"), ("YİRMİ ALTI", "26"), ("Sıx dead", "6 dead"),
     ("two thousand", "2 thousand"), ("двести тридцать", "230"), ("двісті п'ять", "205"), ("doscientos treinta", "230"),
     ("duzentos e trinta", "230"), ("zweihundert Tote", "200 Tote"), ("duecento", "200"), ("двести тысяч", "200 тысяч"),
     ("On iki ölü", "12 ölü"), ("yüz on ölü", "110 ölü"), ("yüz on beş", "115"), ("a hundred and two", "a 102")],
)  # fmt: skip
def test_numbers_in_words(text: str, digits: str) -> None:
    assert in_digits(text) == digits


@pytest.mark.parametrize(
    "text",
    ["five six", "a two-year-old boy", "12 sept. 2022", "once upon a time", "um dos mortos", "un muerto", "The Elf",
     "nineteen eighty-four", "one of the dead", "tensions", "due to fire",
     "at five the first wounded arrived", "a las cinco", "six-month", "setenta-e", "one thousand two hundred",
     "mille deux cents", "mil cien", "bin iki yüz", "тысяча сто", "3 thousand two hundred", "several hundred",
     "mehrere hundert", "ein paar hundert", "birkaç yüz", "a few hundred", "per cent", "on", "two hundred hundred"],
)  # fmt: skip
def test_what_is_no_number_stays(text: str) -> None:
    assert in_digits(text) == text


@pytest.mark.parametrize(
    ("first", "second"),
    [("Doce muertos en el ataque", "Treinta y cuatro muertos en el ataque"),
     ("Au moins douze morts", "Trois morts dans l'explosion"), ("Vierunddreißig Tote", "4 Tote"),
     ("Двенадцать человек погибли", "3 погибших"), ("Thirty people were killed", "Six people were killed"),
     ("Patlamada en az 12 kişi öldü", "Patlamada 3 kişi hayatını kaybetti"),
     ("مقتل 40 شخصا في القصف", "قتل 3 أشخاص في القصف")],
)  # fmt: skip
def test_counts_in_words_are_held_apart(first: str, second: str) -> None:
    assert counts_part(first, second) and counts_part(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [("Twelve people were killed", "12 people were killed"), ("Two missiles killed 30", "Thirty people were killed"),
     ("At least three dead", "Forty people were killed"), ("Dos niños muertos", "Doce muertos"),
     ("Several hundred people were killed", "Four hundred people were killed"), ("On beş ölü", "15 ölü"),
     ("Двести тридцать погибших", "230 погибших"), ("One thousand two hundred killed", "1,200 killed"),
     ("Two thousand five hundred killed", "2,500 killed"), ("Forty per cent wounded", "Ten wounded"),
     ("One in three killed was a child", "Thirty killed"), ("1 in 3 killed was a child", "30 killed"),
     ("Two more people died overnight", "14 dead")],
)  # fmt: skip
def test_and_those_that_can_both_be_right_are_not(first: str, second: str) -> None:
    assert not counts_part(first, second)


@pytest.mark.parametrize("text", ["two " * 500, "twenty-" * 300, "hundred and " * 160, "cent cent " * 200])
def test_long_runs_cost_no_more_than_short_ones(text: str) -> None:
    began = time.process_time()
    in_digits(text)
    assert time.process_time() - began < 1
