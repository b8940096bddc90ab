"""Days in words: read where one meaning is left, and refused with both where two countries differ."""

from __future__ import annotations

import time

import pytest

from provenance.model.days_in_words import day_in_words, read_time
from provenance.model.time import parse_interval


@pytest.mark.parametrize(
    ("text", "iso"),
    [("3 March 2022", "2022-03-03"), ("March 3, 2022", "2022-03-03"), ("3rd of March 2022", "2022-03-03"),
     ("Thursday, 3 March 2022", "2022-03-03"), ("16 mars 2022", "2022-03-16"), ("1er mars 2022", "2022-03-01"),
     ("16 de marzo de 2022", "2022-03-16"), ("16. März 2022", "2022-03-16"), ("16 марта 2022 г.", "2022-03-16"),
     ("16 березня 2022 року", "2022-03-16"), ("2022年3月16日", "2022-03-16"), ("2022년 3월 16일", "2022-03-16"),
     ("16 مارس 2022", "2022-03-16"), ("16.03.2022", "2022-03-16"), ("2022.03.16.", "2022-03-16"),
     ("2022/03/16", "2022-03-16"), ("16/3/2022", "2022-03-16"), ("3/16/2022", "2022-03-16"),
     ("4/4/2022", "2022-04-04"),
     ("March 2022", "2022-03"), ("март 2022", "2022-03"), ("2022년 3월", "2022-03"),
     ("3-5 March 2022", "2022-03-03/2022-03-05"),
     ("3 March 2022 - 5 April 2022", "2022-03-03/2022-04-05"), ("2024-11-14", "2024-11-14"),
     ("2022/2023", "2022/2023")],
)  # fmt: skip
def test_a_day_in_words_is_as_wide_as_its_date(text: str, iso: str) -> None:
    assert read_time(text) == parse_interval(iso)


@pytest.mark.parametrize(
    "text",
    ["3/4/2022", "03-04-2022", "Saturday evening", "вчера", "early hours of 3 March", "3 March", "last week",
     "31 February 2022", "0 March 2022", "00.03.2022",
     "3 March 22", "14.13.2022", "March", "spring 2022", "5 March 2022 - 3 March 2022"],
)  # fmt: skip
def test_what_may_be_two_days_or_none_is_refused(text: str) -> None:
    with pytest.raises(
        ValueError, match=r"may be|no ISO 8601|day is out of range|before it begins|month must be|out of"
    ):
        read_time(text)


def test_both_readings_are_told() -> None:
    with pytest.raises(ValueError, match="it may be 2022-04-03 or 2022-03-04"):
        read_time("3/4/2022")


@pytest.mark.parametrize("text", ["1" * 10_000, "3 March " * 2_000, " - " * 3_000, "März" * 3_000, "3-5 " * 3_000])
def test_a_long_text_is_soon_none(text: str) -> None:
    started = time.process_time()
    assert day_in_words(text) is None
    assert time.process_time() - started < 1
