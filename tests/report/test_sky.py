"""The figure of the sun: what it draws is what the answer says, and what a stranger wrote stays text."""

from __future__ import annotations

import dataclasses
import math
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta

import pytest

from provenance.intake.claims import statements_from
from provenance.model.limits import Limits
from provenance.model.place import Place
from provenance.model.report import Report
from provenance.model.time import Interval, parse_interval
from provenance.output.drawn import sun_tests
from provenance.placetime.sun.answer import Answer, ask
from provenance.placetime.sun.position import position
from provenance.placetime.sun.shadow import Measured, Shadow
from provenance.report.figures.files import drawn_files, render_sun_figure
from provenance.report.sky.compass import RADIUS_PX, compass, compass_point, point
from provenance.report.sky.hours import LABEL_PX, hours
from provenance.report.sky.sheet import MOST_DRAWN, draw, figure
from provenance.report.sky.side import side
from provenance.report.sky.tested import MOST_DAYS, Day, Tested, days
from tests.report.founding_evidence import HOSTILE, KRASNOYARSK

PYONGYANG = Place(name="Pyongyang", cc="KP", lat_deg=39.02, lon_deg=125.75, radius_km=20)
SHADOW = Shadow(object_px=Measured(value=100, error=3), shadow_px=Measured(value=190, error=6), slope_deg=2)


def asked(place: Place, time: str | Interval, shadow: Shadow | None = SHADOW) -> Tested:
    found = ask(place=place, time=parse_interval(time) if isinstance(time, str) else time, shadow=shadow)
    return Tested(found=found, shadow=shadow, ids=("claim-0123456789ab",))


@pytest.mark.parametrize("place", [PYONGYANG, KRASNOYARSK, Place(name="Suva", lat_deg=-18.1, lon_deg=178.4)])
@pytest.mark.parametrize("time", ["2024-11-14", "2024-11-14T04:30Z", "2024-11-14T01:30Z", "2024-06-20/2024-06-22"])
def test_the_hours_that_fit_are_those_of_the_answer(place: Place, time: str) -> None:
    one = asked(place, time)
    drawn = days(one.found)
    assert any(day.fits for day in drawn) == (one.found.answer is Answer.NOT_EXCLUDED)
    if drawn and not drawn[0].moment:
        minutes = sum(part.last - part.first for day in drawn for part in day.fits)
        told = sum((window.end - window.start) / timedelta(minutes=1) for window in one.found.windows)
        assert minutes == pytest.approx(told, abs=2 * len(drawn))
    for day in drawn:
        assert all(0 <= part.first <= part.last <= 1_440 for part in (*day.fits, *day.beside, *day.up))


def test_the_sun_stands_in_the_circle_where_it_stood() -> None:
    one = asked(PYONGYANG, "2024-11-14T04:30Z")
    sky, drawn = one.found.sky, figure(one).wide.compass
    assert sky is not None and drawn.sun is not None
    x, y = drawn.sun
    assert math.degrees(math.atan2(x, -y)) % 360 == pytest.approx(sky.azimuth_deg, abs=0.2)
    assert 90 - 90 * math.hypot(x, y) / RADIUS_PX == pytest.approx(sky.altitude_deg, abs=0.1)
    assert point(0, 0) == (0, -RADIUS_PX) and point(90, 0)[0] == RADIUS_PX
    assert [compass_point(turn) for turn in (0, 46, 180, 359)] == ["north", "north-east", "south", "north"]


def test_a_day_is_that_of_the_place_and_its_rows_are_to_scale() -> None:
    (day,) = days(asked(PYONGYANG, "2024-11-14T04:30Z").found)
    noon = day.start + timedelta(hours=12)
    assert abs(float(position(noon.timestamp(), 39.02, 125.75).azimuth_deg) - 180) < 6
    (row,) = hours((day,), 484).rows
    assert row.moment == pytest.approx(
        LABEL_PX + 400 * (datetime(2024, 11, 14, 4, 30, tzinfo=UTC) - day.start) / timedelta(days=1), abs=0.1
    )
    assert row.label == "14 Nov 2024" and row.asked is None and len(row.up) == 1


def test_a_long_time_shows_days_from_the_first_to_the_last() -> None:
    drawn = days(asked(PYONGYANG, "2024-01-01T00:00Z/2024-12-31T00:00Z").found)
    assert len(drawn) == MOST_DAYS and str(drawn[0].day) == "2024-01-01" and str(drawn[-1].day) == "2024-12-31"
    assert len(compass(drawn, None, None, None).paths) == 3


def test_the_shadow_from_the_side_keeps_the_ratio() -> None:
    for long in (0.2, 1.9, 40.0):
        shadow = Shadow(object_px=Measured(value=100, error=2), shadow_px=Measured(value=100 * long, error=2 * long))
        shown = side(shadow, None, 300)
        assert shown.longest_px <= 300 and shown.shortest_px < shown.longest_px
        if long < 10:
            assert (shown.shortest_px + shown.longest_px) / 2 / shown.object_px == pytest.approx(long, rel=0.02)


@pytest.mark.parametrize(
    "one",
    [
        asked(PYONGYANG, "../2024-11-14"),
        asked(Place(name="Russia", lat_deg=60, lon_deg=90, radius_km=4000), "2024-11-14"),
        asked(PYONGYANG, Interval(datetime.min.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC), True), None),
    ],
)
def test_what_has_no_answer_is_not_drawn(one: Tested) -> None:
    assert draw([one]) == ((), 0)


def test_the_poles_the_date_line_and_both_bearings_are_drawn() -> None:
    pole = asked(Place(name="Alert", lat_deg=82.5, lon_deg=-62.3), "2024-12-20", None)
    assert not figure(pole).wide.compass.paths and "did not rise" in " ".join(figure(pole).told)
    summer = asked(Place(name="Alert", lat_deg=82.5, lon_deg=-62.3), "2024-06-20T12:00Z", None)
    assert "the sun was up" in " ".join(figure(summer).told)
    for bearing in (0.0, 350.0):
        shadow = Shadow(
            object_px=Measured(value=9), shadow_px=Measured(value=9), bearing_deg=Measured(value=bearing, error=170)
        )
        assert figure(
            asked(Place(name="Taveuni", lat_deg=-16.8, lon_deg=180.0), "2024-11-14", shadow)
        ).wide.compass.bearing


def test_a_report_draws_the_first_tests_and_counts_the_rest(bare: Report) -> None:
    claims = [
        {"id": f"c{number}", "text": "x", "by": HOSTILE, "time": f"2024-11-{number + 10}",
         "place": {"name": f"{HOSTILE} {number}", "lat": 39, "lon": 125, "radius_km": 5, "level": "city"}}
        for number in range(MOST_DRAWN + 2)
    ]  # fmt: skip
    sun = {"id": "s", "kind": "sun", "by": HOSTILE, "grade": "B2", "object_px": 100, "shadow_px": 190}
    items = statements_from({"claims": claims, "evidence": [sun]}, "x.yaml", Limits())
    tests = sun_tests(dataclasses.replace(bare, evidence=items))
    drawn, more = draw(tests)
    assert (len(drawn), more) == (MOST_DRAWN, 2) and {items[0].id, items[-1].id} == set(drawn[0].ids)
    for one in drawn:
        text = render_sun_figure(one)
        assert {element.tag.rpartition("}")[2] for element in ET.fromstring(text).iter()} <= {
            "svg", "style", "title", "desc", "rect", "text", "g", "pattern", "path", "circle",
        }  # fmt: skip
        assert "\u202e" not in text and "\x1b" not in text and "<script" not in text
    assert set(drawn_files(bare, tests)) >= {"sun-1.svg", "sun-2.svg", "sun-3.svg"}


def test_without_a_shadow_the_day_alone_is_drawn() -> None:
    one = figure(asked(PYONGYANG, "2024-11-14T04:30Z", None))
    assert one.wide.side is None and not one.limits and one.wide.compass.band == ""
    assert all(isinstance(day, Day) for day in days(asked(PYONGYANG, "2024-11-14", None).found))
