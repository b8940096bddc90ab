from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.model.time import Interval, local_moment, parse_interval


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "zone_known"),
    [
        ("2024-11-14", "2024-11-13T10:00", "2024-11-15T12:00", False),
        ("2024-11", "2024-10-31T10:00", "2024-12-01T12:00", False),
        ("2024-12", "2024-11-30T10:00", "2025-01-01T12:00", False),
        ("2024", "2023-12-31T10:00", "2025-01-01T12:00", False),
        ("2024-11-14T15:42:00Z", "2024-11-14T15:42:00", "2024-11-14T15:42:00.999999", True),
        ("2024-11-14T15:42:07.25+07:00", "2024-11-14T08:42:07.25", "2024-11-14T08:42:07.25", True),
        ("2024-11-14 15:42+0700", "2024-11-14T08:42", "2024-11-14T08:42:59.999999", True),
        ("2024-11-14 15:42-07", "2024-11-14T22:42", "2024-11-14T22:42:59.999999", True),
        ("2024-11-14T15:42", "2024-11-14T01:42", "2024-11-15T03:42:59.999999", False),
        ("2024-11-13/2024-11-14T00:00Z", "2024-11-12T10:00", "2024-11-14T00:00:59.999999", False),
    ],
)
def test_written_times_become_the_interval_they_can_mean(
    text: str, earliest: str, latest: str, zone_known: bool
) -> None:
    assert parse_interval(text) == Interval(utc(earliest), utc(latest), zone_known)


def test_an_interval_may_have_one_open_end() -> None:
    assert parse_interval("../2003").earliest is None
    assert parse_interval("2003/..").latest is None


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "2024-13", "2024-02-30", "14.11.2024", "2024-11-14T25:00", "2024-11-14T10:00+15:00",
     "2024-11-14T10:00-13:00", "2024-11-14T10:00+05:75", "2025/2023", "20241114", "2024-11-14T10:00:00 CET",
     "2023/2024/2025", "/" * 60_000, "2024-11-14 10:00-11"],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_interval(text)


@pytest.mark.parametrize("text", ["2016-12-31T23:59:60Z", "2017-01-01T05:29:60+05:30", "2016-12-31T19:59:60-04:00"])
def test_a_leap_second_counts_with_the_second_before_it_and_as_the_next(text: str) -> None:
    assert parse_interval(text) == Interval(
        datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC), datetime(2017, 1, 1, 0, 0, 0, 999_999, tzinfo=UTC), True
    )
    assert parse_interval("2017-01-01T08:59:60").meets(parse_interval(text))


@pytest.mark.parametrize(
    "text", ["2016-12-31T22:59:60Z", "2016-12-31T23:59:60+01:00", "2016-12-31T23:58:60", "2016-12-31T23:59:61Z"]
)
def test_a_second_more_in_any_other_minute_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_interval(text)


@pytest.mark.parametrize("last", ["2023", "2023-12", "2023-12-31", "2023-12-31T23:59", "2023-12-31T10:00:00.5"])
def test_a_range_that_runs_backwards_is_none_though_unknown_zones_would_let_it(last: str) -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        parse_interval(f"2024/{last}")
    assert parse_interval(f"{last}/2024").latest == parse_interval("2024").latest


@pytest.mark.parametrize(
    "one", ["2024", "2024-02-29", "2024-11-14T15:42", "2024-11-14T15:42:00.5", "2024-11-14T15:42Z"]
)
def test_a_range_may_end_where_it_begins(one: str) -> None:
    assert parse_interval(f"{one}/{one}") == parse_interval(one)


def test_the_first_and_last_year_do_not_overflow_silently() -> None:
    zoned = (
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "0001-01-01T13:59+14:00",
        "../9999-12-31T13:00-12",
    )
    for text in ("0001", "9999", "0001-01-01", "9999-12-31T23:00", *zoned):
        with pytest.raises(ValueError, match=r"."):
            parse_interval(text)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)), st.integers(-12 * 60, 14 * 60))
def test_a_local_time_lies_in_its_interval_whatever_the_zone(naive: datetime, offset_min: int) -> None:
    moment = (naive - timedelta(minutes=offset_min)).replace(tzinfo=UTC)
    interval = local_moment(naive)
    assert interval.earliest is not None and interval.latest is not None
    assert interval.earliest <= moment <= interval.latest


moments = st.datetimes(datetime(2000, 1, 1), datetime(2001, 1, 1)).map(lambda naive: naive.replace(tzinfo=UTC))
ends = st.none() | moments


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    first, second = draw(ends), draw(ends)
    if first and second and first > second:
        first, second = second, first
    return Interval(first, second)


@given(intervals(), intervals())
def test_two_intervals_meet_or_one_is_before_the_other(one: Interval, other: Interval) -> None:
    assert [one.meets(other), one.before(other), other.before(one)].count(True) == 1
    assert one.meets(other) == other.meets(one)


def test_an_interval_refuses_naive_times_and_a_wrong_order() -> None:
    with pytest.raises(ValueError, match="UTC"):
        Interval(datetime(2024, 1, 1))
    with pytest.raises(ValueError, match="before it begins"):
        Interval(utc("2024-01-02"), utc("2024-01-01"))
