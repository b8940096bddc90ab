"""Words are found however they are spelled, and what stands around them is left as it is."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.report.edition.spelling import folded, wanted


def test_what_stands_around_a_word_is_left_as_it_is() -> None:
    found = wanted(["Zoe\u0308  Weiß", "Anna"])
    assert found is not None
    text = "ﬁn İ Nguyê\u0303n: ZOË\u23ceWEISS, Zoe\u0308 weiss; Annas, Anna\u0301; ANNA"
    said: list[str] = []

    def by(one: str) -> str:
        said.append(one)
        return "<>"

    assert found.replaced(text, by) == "ﬁn İ Nguyê\u0303n: <>, <>; Annas, Anna\u0301; <>"
    assert said == ["ZOË\u23ceWEISS", "Zoe\u0308 weiss", "ANNA"] and len({folded(one) for one in said}) == 2


@pytest.mark.parametrize(
    "written",
    [
        "Ａｎｎａ　Ivanova",
        "An\u200dna Iva\u00adnova",
        "\u2068Anna\u2069 \u202eIvanova\u202c",
        "A\u200bn\u2060n\ufeffa Ivan\u034fova",
        "𝐀𝐧𝐧𝐚 Ⓘvanova",
        "An\\u200bna Ivanova",  # as a sentence of ours shows it
        "Anna\u3164 Ivanova",
    ],
)
def test_what_a_reader_takes_for_the_name_is_the_name(written: str) -> None:
    for name, text in (("Anna Ivanova", written), (written, "ANNA IVANOVA"), (written, written)):
        found = wanted([name])
        assert found is not None and folded(name) == folded(text) == "anna ivanova"
        said = found.replaced(f"ﬁrst, by {text}: \u200dnot\u200d Annabel", lambda _: "<>")
        assert re.fullmatch("ﬁrst, by \u2068?<>\u202c?: \u200dnot\u200d Annabel", said), ascii(said)
        assert found.stands_in(text)


def test_half_width_kana_and_digits_are_the_same_as_wide_ones() -> None:
    found = wanted(["ガンダム", "４２１７"])
    assert found is not None and found.replaced("ｶﾞﾝﾀﾞﾑ 4217 42178 \\u200q", lambda _: "<>") == "<> <> 42178 \\u200q"


@pytest.mark.parametrize(
    ("name", "pointed"),
    [
        ("محمد علي", "مُحَمَّد عَلِيّ"),
        ("محمد علي", "محـــمد علي"),
        ("שרה כהן", "שָׂרָה כֹּהֵן"),
        ("שרה כהן", "\ufb2bרה כהן"),
    ],
)
def test_points_and_vowel_signs_are_had_or_not(name: str, pointed: str) -> None:
    for sought, text in ((name, pointed), (pointed, name)):
        found = wanted([sought])
        assert found is not None and folded(name) == folded(pointed)
        assert found.replaced(f"({text}) عُلَماء ילדים", lambda _: "<>") == "(<>) عُلَماء ילדים"


def test_nothing_is_wanted_of_gaps_alone() -> None:
    assert wanted(["", " ", "\u23ce", "\u200b\u00ad", "\u2068 \u2069"]) is None


@given(st.text(min_size=1, max_size=12), st.sampled_from(["NFC", "NFD"]))
def test_every_word_is_found_in_itself_in_whatever_case_and_form(word: str, form: str) -> None:
    found = wanted([word])
    if found is None:
        return
    for text in (word, unicodedata.normalize(form, word), word.casefold(), word.lower()):
        assert folded(found.replaced(text, lambda _: "<>")) == "<>", (ascii(word), ascii(text), folded(word))
        assert found.stands_in(f"{text} ß"), "read letter by letter it is another word"
