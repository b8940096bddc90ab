"""The axis of time: one scale, cut where it is empty for long; marks in words that never overlap."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.report.timeline.ticks import ticks, width_px
from provenance.report.timeline.timescale import DAY_S, Scale, lasts, scale, seconds

FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
WIDTH_PX = 426.0


def at(*parts: int) -> float:
    return seconds(datetime(*parts, tzinfo=UTC))  # type: ignore[misc,arg-type]


def axis(covered: list[tuple[float, float]], points: list[float], width_px: float = WIDTH_PX) -> Scale:
    most = 3 if width_px > 400 else 2
    return scale(covered, points, width_px=width_px, most_cuts=most, cut_px=60, least_px=50)


NOVEMBER = (at(2024, 11, 13, 10), at(2024, 11, 15, 12))
CLAIM = (at(2024, 10, 1), at(2024, 11, 15))


def test_a_record_ten_years_older_is_cut_off_and_the_cut_says_by_how_much() -> None:
    found = axis([CLAIM, (at(2014, 6, 27), at(2014, 6, 28))], [])
    assert len(found.stretches) == 2
    assert [cut.lasts for cut in found.cuts] == ["10 years"]
    days_px = found.place_px(CLAIM[1]) - found.place_px(CLAIM[0])
    assert days_px > WIDTH_PX / 2


def test_without_an_older_record_nothing_is_cut() -> None:
    assert not axis([CLAIM, NOVEMBER], [at(2024, 11, 20)]).cuts


def test_time_that_something_is_said_of_is_not_empty() -> None:
    assert not axis([(at(2014, 1, 1), at(2024, 12, 31)), NOVEMBER], []).cuts
    whole_years = [(at(year, 1, 1), at(year + 1, 1, 1)) for year in (2014, 2019, 2024)]
    assert not axis(whole_years, []).cuts


def test_what_is_spread_evenly_over_the_years_is_not_cut_at_random_places() -> None:
    days = [(at(2000 + year, 3, 1), at(2000 + year, 3, 3)) for year in range(20)]
    assert not axis(days, []).cuts
    assert len(axis([*days, (at(1900, 1, 1), at(1900, 1, 2))], []).cuts) == 1


def test_one_moment_has_an_axis_of_hours_around_it() -> None:
    found = axis([], [at(2024, 11, 14, 15)])
    (stretch,) = found.stretches
    assert 6 * 3600 <= stretch.end_s - stretch.start_s <= 2 * DAY_S
    assert any(tick.label for tick in ticks(found))


def test_the_first_and_the_last_moment_there_are_have_a_place() -> None:
    found = axis([], [seconds(FIRST), seconds(LAST), at(2024, 11, 14)])
    assert 0 <= found.place_px(seconds(FIRST)) < found.place_px(at(2024, 11, 14)) < found.place_px(seconds(LAST))
    assert found.place_px(seconds(LAST)) <= WIDTH_PX
    assert {"1 Jan", "31 Dec"} <= {tick.label for tick in ticks(found)}
    assert {"0001", "9999"} <= {tick.context for tick in ticks(found)}


@pytest.mark.parametrize(
    ("covered", "label", "context"),
    [
        ((at(2024, 11, 14, 12), at(2024, 11, 14, 18)), "15:00", "14 Nov 2024"),
        ((at(2024, 11, 1), at(2024, 11, 9)), "5 Nov", "2024"),
        ((at(2024, 1, 5), at(2024, 12, 1)), "Jul", "2024"),
        ((at(2004, 5, 5), at(2024, 12, 1)), "2014", ""),
        ((at(1, 5, 5), at(9000, 12, 1)), "4000", ""),
    ],
)
def test_marks_are_written_as_finely_as_the_span_asks(covered: tuple[float, float], label: str, context: str) -> None:
    found = ticks(axis([covered], []))
    assert label in {tick.label for tick in found}
    assert {context} <= {tick.context for tick in found}


@pytest.mark.parametrize(
    ("days", "text"),
    [(0.5, "0 days"), (1, "1 day"), (59, "59 days"), (61, "2 months"), (800, "2 years"), (900_000, "2,464 y")],
)
def test_what_is_left_out_is_told_rounded_down(days: float, text: str) -> None:
    assert lasts(days * DAY_S) == text


MOMENTS = st.one_of(
    st.datetimes(datetime(2024, 10, 1), datetime(2024, 11, 20), timezones=st.just(UTC)),
    st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    st.datetimes(timezones=st.just(UTC)),
)
LENGTHS = st.sampled_from([0.0, 60.0, 3600.0, 50 * 3600.0, 30 * DAY_S, 365 * DAY_S, 4000 * DAY_S])


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(MOMENTS, LENGTHS), max_size=12),
    st.lists(MOMENTS, min_size=1, max_size=12),
    st.sampled_from([WIDTH_PX, 336.0]),
)
def test_any_moments_keep_their_order_their_scale_and_their_room(
    spans: list[tuple[datetime, float]], single: list[datetime], width: float
) -> None:
    covered = [(seconds(start), min(seconds(start) + length, seconds(LAST))) for start, length in spans]
    points = [seconds(one) for one in single]
    found = axis(covered, points, width)
    places = [found.place_px(one) for one in sorted({*points, *(end for pair in covered for end in pair)})]
    assert places == sorted(places)
    assert -0.01 <= places[0] <= places[-1] <= width + 0.01
    for one in found.stretches:
        assert (one.right_px - one.left_px) == pytest.approx((one.end_s - one.start_s) * found.px_per_s, rel=1e-6)
    assert found.stretches[-1].right_px == pytest.approx(width)
    for before, after in pairwise(found.stretches):
        assert before.right_px < after.left_px
        assert not any(start < after.first_s and end > before.last_s for start, end in covered)
    _marks_have_room(found)


def _marks_have_room(found: Scale) -> None:
    marks = ticks(found)
    for size in ("label", "context"):
        shown = [(tick.label_px, getattr(tick, size)) for tick in marks if getattr(tick, size)]
        for (middle, text), (next_middle, next_text) in pairwise(shown):
            assert middle + width_px(text) / 2 <= next_middle - width_px(next_text) / 2 + 0.01
    for one in found.stretches:
        inside = [tick for tick in marks if one.left_px <= tick.label_px <= one.right_px]
        labelled = [tick for tick in inside if tick.label]
        assert labelled
        assert any(tick.context or tick.label.isdigit() for tick in labelled)
        for tick in labelled:
            half = max(width_px(tick.label), width_px(tick.context)) / 2
            assert one.left_px - 0.01 <= tick.label_px - half
            assert tick.label_px + half <= one.right_px + 0.01
    assert len(marks) < 400


def test_a_day_is_a_day_on_every_stretch() -> None:
    found = axis([NOVEMBER, (at(2014, 6, 27), at(2014, 6, 29))], [at(2026, 11, 28)])
    some = DAY_S / 8
    ends = (NOVEMBER[0], at(2014, 6, 27), at(2026, 11, 28))
    widths = [found.place_px(end) - found.place_px(end - some) for end in ends]
    assert widths == pytest.approx([some * found.px_per_s] * 3)
