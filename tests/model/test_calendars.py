"""Years of other calendars: what they may be, and that a Gregorian year is never taken for one."""

from __future__ import annotations

import pytest

from provenance.model.days.calendars import before_photography, of_no_photograph, other_calendars
from provenance.model.time import parse_interval


@pytest.mark.parametrize(
    ("year", "read"),
    [  # 1 Farvardin 1402 was 21 Mar 2023, 1 Muharram 1446 7 Jul 2024, 1 Tishri 5785 3 Oct 2024
        (1402, "2023 (Iranian calendar)"),
        (1446, "2024 (Islamic calendar)"),
        (1402, "1981 (Islamic calendar)"),
        (1400, "1979 (Islamic calendar)"),
        (1440, "2018 (Islamic calendar)"),
        (2567, "2024 (Buddhist calendar)"),
        (5785, "2024 (Hebrew calendar)"),
        (113, "2024 (Minguo calendar)"),
        (2081, "2024 (Nepali calendar)"),
    ],
)
def test_a_year_of_another_calendar_is_read(year: int, read: str) -> None:
    assert read in other_calendars(year)


@pytest.mark.parametrize("year", [1826, 1900, 1999, 2024, 2069])
def test_a_gregorian_year_is_none_of_another(year: int) -> None:
    assert other_calendars(year) == ""
    assert of_no_photograph(parse_interval(str(year))) is None


def test_a_year_is_not_read_as_one_that_has_not_come() -> None:
    assert other_calendars(1446) == "2024 (Islamic calendar)"


def test_what_was_before_photographs_and_what_is_no_year_of_ours() -> None:
    assert of_no_photograph(parse_interval("1402-06-25")) == 1402
    assert of_no_photograph(parse_interval("2567-10-05")) == 2567
    assert of_no_photograph(parse_interval("2567")) == 2567
    assert of_no_photograph(parse_interval("2081-04")) == 2081
    assert of_no_photograph(parse_interval("1402")) == 1402
    assert of_no_photograph(parse_interval("../1990")) is None
    assert of_no_photograph(parse_interval("1402/..")) is None
    assert before_photography(parse_interval("1445"))
    assert not before_photography(parse_interval("1826"))
