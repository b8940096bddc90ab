"""Words are found however they are spelled, and what stands around them is left as it is."""

import unicodedata

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


def test_nothing_is_wanted_of_gaps_alone() -> None:
    assert wanted(["", " ", "\u23ce"]) is None


@given(st.text(min_size=1, max_size=12), st.sampled_from(["NFC", "NFD"]))
def test_every_word_is_found_in_itself_in_whatever_case_and_form(word: str, form: str) -> None:
    found = wanted([word])
    if found is None:
        return
    for text in (word, unicodedata.normalize(form, word), word.casefold(), word.lower()):
        assert folded(found.replaced(text, lambda _: "<>")) == "<>", (ascii(word), ascii(text), folded(word))
        assert found.stands_in(f"{text} ß"), "read letter by letter it is another word"
