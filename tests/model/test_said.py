"""A date is never shown finer than it was written."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.model.said import last_day, span
from provenance.model.time import Interval, day_interval, parse_interval


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2024-11-14", "14 Nov 2024"),
        ("2024-11", "Nov 2024"),
        ("2024", "2024"),
        ("2024-10-01/2024-11-15", "1 Oct – 15 Nov 2024"),
        ("2024-11-14/2024-11-15", "14 – 15 Nov 2024"),
        ("2023-12-31/2024-01-01", "31 Dec 2023 – 1 Jan 2024"),
        ("../2019-04-30", "until 30 Apr 2019"),
        ("2019-04-30/..", "from 30 Apr 2019"),
        ("2024-11-14T15:42", "14 Nov 2024 15:42 (no time zone)"),
        ("2024-11-14T15:42+07:00", "14 Nov 2024 08:42 UTC"),
    ],
)
def test_a_span_is_said_as_it_was_written(written: str, said: str) -> None:
    assert span(parse_interval(written)) == said


def test_no_limit_is_said_as_any_time() -> None:
    assert span(Interval()) == "any time"


@given(st.dates(min_value=date(2, 1, 1), max_value=date(9998, 12, 31)))
def test_the_last_day_of_a_day_is_that_day(day: date) -> None:
    assert last_day(day_interval(day)) == day.isoformat()


def test_the_last_day_of_a_time_in_the_year_1_is_named_right() -> None:
    time = parse_interval("0001-06-01/0001-06-03")
    assert time is not None
    assert span(time) == "1 – 3 Jun 1"
