"""The sun and shadows: known days, the geometry of a slope, windows, regions, and what cannot be said."""

import json
import math
from datetime import UTC, datetime

import numpy as np
import pytest

import provenance
from provenance.errors import UsageError
from provenance.model.place import Level, Place
from provenance.model.time import Interval, parse_interval
from provenance.placetime.sun.answer import Answer, ask
from provenance.placetime.sun.position import part_of_day, position, refraction_deg, unix_seconds
from provenance.placetime.sun.shadow import Band, Measured, Shadow, band
from provenance.placetime.sun.windows import latitudes, windows
from provenance.placetime.sun.world import inside, region

KRASNOYARSK = Place(name="Krasnoyarsk", cc="RU", lat_deg=56.01, lon_deg=92.85, radius_km=20, level=Level.CITY)
EQUATOR = Place(name="0, 0", lat_deg=0.0, lon_deg=0.0, radius_km=0)


def shadow(tall: float, long: float, slope_deg: float = 0.0, error: float = 0.0, bearing=None) -> Shadow:
    return Shadow(
        object_px=Measured(value=tall, error=error),
        shadow_px=Measured(value=long, error=error),
        slope_deg=slope_deg,
        bearing_deg=bearing,
    )


def test_the_highest_sun_of_the_founding_days() -> None:
    """By an independent library: 15.6 degrees in Krasnoyarsk and 19.9 in Kursk on 14 November 2024."""
    for place, known_deg in ((KRASNOYARSK, 15.6), (Place(name="Kursk", lat_deg=51.73, lon_deg=36.19), 19.9)):
        (day,) = ask(place=place, time=parse_interval("2024-11-14")).days
        assert day.highest.altitude_deg == pytest.approx(known_deg, abs=0.1)


def test_refraction_lifts_the_setting_sun_by_half_a_degree_and_nothing_overhead() -> None:
    assert float(refraction_deg(0.0)) == pytest.approx(0.48, abs=0.02)
    assert float(refraction_deg(10.0)) == pytest.approx(0.09, abs=0.01)
    assert float(refraction_deg(89.9)) == pytest.approx(0.0, abs=0.001)
    assert float(refraction_deg(-20.0)) == 0.0


def test_parts_of_the_day_go_by_the_usual_limits() -> None:
    names = [part_of_day(deg) for deg in (10, -0.8, -3, -9, -15, -30)]
    assert names[:2] == ["day", "day"] and names[-1] == "night" and len(set(names)) == 5


def test_a_moment_without_a_zone_has_no_sun() -> None:
    with pytest.raises(ValueError, match="time zone"):
        unix_seconds(datetime(2024, 1, 1))


def test_a_shadow_on_level_ground_and_on_a_slope() -> None:
    level = band(shadow(100, 100))
    assert (level.lowest_deg, level.highest_deg) == pytest.approx((45, 45))
    sloped = band(shadow(100, 200, slope_deg=5))
    # A ray from the top of an upright object meets ground that falls by 5 degrees at 200 along the slope.
    fall = math.radians(5)
    seen = math.degrees(math.atan2(100 + 200 * math.sin(fall), 200 * math.cos(fall)))
    assert sloped.highest_deg == pytest.approx(seen)
    assert sloped.lowest_deg < 26.57 < sloped.highest_deg


def test_on_steep_ground_the_lowest_sun_is_not_at_the_steepest_slope() -> None:
    steep = band(shadow(300, 100, slope_deg=44))
    seen = [math.degrees(math.atan(3 / math.cos(math.radians(b)) + math.tan(math.radians(b)))) for b in range(-44, 45)]
    assert steep.lowest_deg == pytest.approx(min(seen), abs=0.05) and steep.highest_deg == pytest.approx(max(seen))


def test_a_long_time_and_a_far_year_are_said_to_be_cut_and_unmeasured() -> None:
    found = ask(place=KRASNOYARSK, time=parse_interval("2100-06"))
    assert len(found.days) == 10
    assert any("30 days" in one for one in found.reasons) and any("2050" in one for one in found.reasons)


def test_what_cannot_be_measured_is_refused() -> None:
    for wrong in ({"tall": 0}, {"long": -1}, {"error": 100}, {"slope_deg": 60}, {"tall": float("nan")}):
        with pytest.raises(ValueError, match=r"length|error|slope|measurement"):
            shadow(**{"tall": 100.0, "long": 100.0, **wrong})


def test_windows_hold_morning_and_afternoon_and_only_moments_of_that_height() -> None:
    allowed = Band(lowest_deg=30, highest_deg=35)
    found = windows(EQUATOR, Interval(datetime(2024, 3, 20, tzinfo=UTC), datetime(2024, 3, 21, tzinfo=UTC)), allowed)
    assert [one.morning for one in found] == [True, False]
    for one in found:
        for moment in (one.start, one.end):
            assert 29.7 <= float(position(moment.timestamp(), 0, 0).altitude_deg) <= 35.3


def test_a_bearing_leaves_one_of_the_two() -> None:
    day = Interval(datetime(2024, 3, 20, tzinfo=UTC), datetime(2024, 3, 21, tzinfo=UTC))
    west = shadow(100, 173.2, slope_deg=2, bearing=Measured(value=270, error=10))
    found = ask(place=EQUATOR, time=day, shadow=west)
    assert found.answer is Answer.NOT_EXCLUDED and all(one.morning for one in found.windows)


def test_a_high_sun_excludes_krasnoyarsk_in_november_and_not_pyongyang() -> None:
    day, high = parse_interval("2024-11-14"), shadow(100, 190, slope_deg=2, error=2)
    assert ask(place=KRASNOYARSK, time=day, shadow=high).answer is Answer.EXCLUDED
    pyongyang = Place(name="Pyongyang", lat_deg=39.02, lon_deg=125.75, radius_km=20, level=Level.CITY)
    assert ask(place=pyongyang, time=day, shadow=high).answer is Answer.NOT_EXCLUDED


def test_what_cannot_be_said_is_said() -> None:
    low = shadow(100, 380)
    country = Place(name="Russia", cc="RU", lat_deg=60, lon_deg=90, radius_km=4000, level=Level.COUNTRY)
    assert ask(place=country, time=parse_interval("2024-11-14"), shadow=low).answer is Answer.CANNOT_SAY
    assert ask(place=KRASNOYARSK, time=parse_interval("../2024-11-14"), shadow=low).answer is Answer.CANNOT_SAY
    assert ask(shadow=low).answer is Answer.NOT_ASKED
    for asked in ({}, {"place": Place(name="Kursk")}, {"time": parse_interval("2024")}):
        with pytest.raises(ValueError, match=r"given|coordinates"):
            ask(**asked)


def test_polar_day_and_night_have_no_sunrise() -> None:
    for day, part in (("2024-06-21", "day"), ("2024-12-21", "nautical twilight")):
        (found,) = ask(place=Place(name="Longyearbyen", lat_deg=78.2, lon_deg=15.6), time=parse_interval(day)).days
        assert found.sunrise is None and found.sunset is None
        assert found.highest.part_of_day == part


def test_the_grid_is_the_same_sun() -> None:
    south_north, west_east = np.arange(-89.5, 90), np.arange(-180.0, 180)
    for moment in (datetime(2024, 11, 14, 9, tzinfo=UTC), datetime(2024, 6, 21, 23, tzinfo=UTC)):
        for low_deg, high_deg in ((0, 90), (9.4, 19.9), (40, 45), (80, 90)):
            grid = inside(moment, south_north, west_east, Band(lowest_deg=low_deg, highest_deg=high_deg))
            seen = position(moment.timestamp(), south_north[:, None], west_east[None, :]).altitude_deg
            alone = (seen >= low_deg) & (seen <= high_deg)
            edge = (np.abs(seen - low_deg) < 0.01) | (np.abs(seen - high_deg) < 0.01)
            assert grid.shape == (180, 360) and grid.any() and not ((grid != alone) & ~edge).any()


def test_a_region_is_the_ring_round_the_point_under_the_sun_and_leaves_out_no_place_inside() -> None:
    moment, allowed = datetime(2024, 11, 14, 9, tzinfo=UTC), Band(lowest_deg=40, highest_deg=45)
    boxes = [strip[0] for strip in region(moment, allowed)["geometry"]["coordinates"]]
    west, east = np.array([box[0][0] for box in boxes]), np.array([box[1][0] for box in boxes])
    south, north = np.array([box[0][1] for box in boxes]), np.array([box[2][1] for box in boxes])
    assert (west >= -180).all() and (west < east).all() and (east <= 180).all()
    edges = position(moment.timestamp(), (south + north) / 2, west).altitude_deg
    assert (edges >= 39).all() and (edges <= 46).all()
    chance = np.random.default_rng(1)
    latitudes_deg, longitudes_deg = chance.uniform(-89, 89, 4_000), chance.uniform(-180, 180, 4_000)
    seen = position(moment.timestamp(), latitudes_deg, longitudes_deg).altitude_deg
    inside_deg = [
        (one, other) for one, other, deg in zip(latitudes_deg, longitudes_deg, seen, strict=True) if 40 <= deg <= 45
    ]
    assert len(inside_deg) > 20
    for one, other in inside_deg:
        assert ((south <= one) & (one <= north) & (west <= other) & (other <= east)).any()


def test_latitudes_of_a_day_are_those_that_a_scan_finds() -> None:
    day, allowed = datetime(2024, 11, 14, tzinfo=UTC), Band(lowest_deg=40, highest_deg=50)
    south, north = latitudes(day, allowed) or (0.0, 0.0)
    minutes = day.timestamp() + 60 * np.arange(1440)
    seen = [
        latitude
        for latitude in np.arange(-90.0, 90.5, 0.5)
        if ((heights := position(minutes, latitude, 0.0).altitude_deg) >= 40).any() and (heights <= 50).any()
    ]
    assert abs(south - min(seen)) <= 1 and abs(north - max(seen)) <= 1


def test_the_library_reads_words_and_both_forms_tell_the_answer() -> None:
    place = "Krasnoyarsk@56.01,92.85,20km"
    found = provenance.sun(place=place, time="2024-11-14", object_px=(100, 2), shadow_px=(190, 2), slope_deg=2)
    assert found.answer is Answer.EXCLUDED
    assert "excluded" in provenance.render_sun(found, width=80)
    assert max(map(len, provenance.render_sun(found, width=60).splitlines())) <= 60
    assert json.loads(provenance.render_sun_json(found))["answer"] == "excluded"
    with pytest.raises(UsageError, match="coordinates"):
        provenance.sun(place="Qwertzograd", time="2024")
