"""Pages from strangers, saved and fetched: numbers that no integer takes, and tags of millions of attributes."""

from __future__ import annotations

import time

import pytest

from provenance.intake.results.markup import Opening, tokens
from provenance.intake.results.read import read_results
from provenance.online.page import pictures_named
from tests.machine import counting_s

_NUMBER = "&#" + "1" * 5_000
_LINK = '<a href="https://one.example/p">One</a>'


@pytest.mark.parametrize("written", [_NUMBER, f'<p title="{_NUMBER[:3_990]}">', f'<p title="{_NUMBER}">'])
def test_a_character_of_thousands_of_digits_stops_no_saved_page(written: str) -> None:
    assert [hit.url for hit in read_results((_LINK + written).encode()).hits] == ["https://one.example/p"]


def test_a_character_of_thousands_of_digits_stops_no_fetched_page() -> None:
    body = f'<html><img src="/a.jpg" alt="{_NUMBER}"><img src="/b.jpg"></html>'.encode()
    assert pictures_named(body, "https://one.example/") == ("https://one.example/a.jpg", "https://one.example/b.jpg")


@pytest.mark.parametrize("attribute", ["a=b ", "=", "a "])
def test_a_tag_of_endless_attributes_is_left(attribute: str) -> None:
    page = f"{_LINK}<p {attribute * 1_000_000}"
    began_s = time.process_time()
    assert len(list(tokens(page))) == 4
    assert time.process_time() - began_s < 1.5 * counting_s()


def test_two_hundred_attributes_are_read() -> None:
    named = " ".join(f"a{number}=b" for number in range(200))
    assert [len(one.attributes) for one in tokens(f"<p {named}>") if isinstance(one, Opening)] == [200]
