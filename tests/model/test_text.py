"""Text from strangers, made harmless to show, and JSON of it that stays what it is."""

from __future__ import annotations

import json

import pytest

from provenance.model.text import json_escaped, visible

ODD = "".join(
    map(chr, [*range(0x20), *range(0x7F, 0xA0), 0xAD, 0x200B, 0x200D, 0x2028, 0x2029, 0x202E, 0x2066, 0xFEFF])
)
FAR = "\U000e0001\U000e0041\U0010ffff"


@pytest.mark.parametrize("indent", [None, 2, "\t"])
def test_json_that_was_escaped_has_the_same_values_and_nothing_that_acts(indent: int | str | None) -> None:
    form = {ODD: [ODD, FAR, "\ud800", "列車 é שלום \xa0"], "plain": 1.5}
    text = json_escaped(json.dumps(form, ensure_ascii=False, indent=indent))
    assert json.loads(text) == form
    assert all(line.replace("\t", "").replace("\xa0", "").isprintable() for line in text.split("\n"))
    assert "列車 é שלום \xa0" in text


def test_as_ascii_each_further_character_is_an_escape_too() -> None:
    form = {"é 列車": ["😀\u202e", "plain"]}
    text = json_escaped(json.dumps(form, ensure_ascii=False, indent=2), as_ascii=True)
    assert text.isascii() and json.loads(text) == form
    assert '"plain"' in text


def test_json_without_any_is_left_as_it_is() -> None:
    text = json.dumps({"a": ["列車", "\n\t\\u202e", 1]}, ensure_ascii=False, indent=2)
    assert json_escaped(text) == text


def test_what_acts_is_shown_as_an_escape() -> None:
    assert all(one.isprintable() for one in visible(ODD + FAR))
