"""Projections, cutting and thinning of the map, against geographiclib and against the borders' own answer."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.gazetteer.borders import country_at
from provenance.report.map import cutting, lines, rings
from provenance.report.map.ground import ground
from provenance.report.map.projection import Azimuthal, World, circle, geodesic
from provenance.report.map.view import SMALLEST_KM, Frame, View, look

FRAME = Frame(width_px=900, lowest_px=440, highest_px=620, margin_px=80)
LAT, LON = st.floats(-89.9, 89.9), st.floats(-180, 180)


def around(*lonlat: tuple[float, float]) -> View:
    return look(np.array(lonlat, float), FRAME)


@given(LAT, LON, LAT, LON)
@settings(max_examples=100, deadline=None)
def test_distance_and_direction_from_the_middle_are_those_of_the_ellipsoid(
    lat0: float, lon0: float, lat: float, lon: float
) -> None:
    truth = Geodesic.WGS84.Inverse(lat0, lon0, lat, lon)
    x, y = Azimuthal(lat_deg=lat0, lon_deg=lon0).plane(np.array([[lon, lat]]))[0]
    km = truth["s12"] / 1000
    assert math.hypot(x, y) == pytest.approx(km, rel=0.006, abs=0.01)
    if 10 < km < 15_000 and max(abs(lat0), abs(lat)) < 85:
        bearing = math.degrees(math.atan2(x, y))
        assert abs((bearing - truth["azi1"] + 180) % 360 - 180) < 1.0


def test_equal_earth_keeps_areas() -> None:
    """A cell of one degree at the equator and one at 60 degrees north differ as on the sphere."""
    projection = World(lon_deg=30.0)

    def area(lat: float) -> float:
        corners = projection.plane(np.array([[30, lat], [31, lat], [31, lat + 1], [30, lat + 1]], float))
        x, y = corners.T
        return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2

    strip = [math.sin(math.radians(lat + 1)) - math.sin(math.radians(lat)) for lat in (0, 60)]
    assert area(60) / area(0) == pytest.approx(strip[1] / strip[0], rel=2e-3)
    assert area(0) == pytest.approx(6371.0088**2 * math.radians(1) * strip[0], rel=2e-3)


def test_a_circle_is_as_wide_as_it_says() -> None:
    for lat, lon, radius in ((51.7, 36.2, 170.0), (-17.0, 179.9, 300.0), (89.5, 0.0, 500.0)):
        for one, other in circle(lat, lon, radius):
            assert Geodesic.WGS84.Inverse(lat, lon, other, one)["s12"] / 1000 == pytest.approx(radius, rel=0.006)


def test_a_line_is_a_geodesic_and_its_pieces_are_as_long_as_the_whole() -> None:
    line = geodesic(35.68, 139.69, 34.05, -118.24)
    pieces = [Geodesic.WGS84.Inverse(a[1], a[0], b[1], b[0])["s12"] for a, b in pairwise(line)]
    assert sum(pieces) == pytest.approx(Geodesic.WGS84.Inverse(35.68, 139.69, 34.05, -118.24)["s12"], rel=1e-9)
    assert max(lat for _, lat in line) > 45  # far north of both ends: no straight line on a map


def inside(rings: list[np.ndarray], x: float, y: float) -> bool:
    """Even-odd, as an SVG path with fill-rule evenodd is filled."""
    crossings = 0
    for ring in rings:
        following = np.roll(ring, -1, axis=0)
        crosses = (ring[:, 1] > y) != (following[:, 1] > y)
        at = ring[crosses, 0] + (y - ring[crosses, 1]) / (following - ring)[crosses, 1] * (following - ring)[crosses, 0]
        crossings += int((at > x).sum())
    return crossings % 2 == 1


PLACES = [
    ("Chukotka, across the antimeridian", [(178, 67), (-178, 67), (-172, 66)]),
    ("Fiji, across the antimeridian", [(178, -18), (-179, -17)]),
    ("Antarctica, around the pole", [(0, -80), (120, -75), (-100, -70)]),
    ("South pole alone", [(0, -90)]),
    ("North pole, nothing but sea", [(0, 90)]),
    ("Russia and Europe", [(36, 51), (93, 56), (170, 65)]),
    ("South Africa with the hole of Lesotho", [(28, -29.5), (31, -28)]),
    ("Caspian sea, a hole in land", [(51, 42)]),
    ("Kyiv, land without a coast", [(30.5, 50.4)]),
    ("Pacific", [(139, 35), (-118, 34)]),
    ("New Zealand, with Spain at the rim", [(174, -41), (150, -20), (-170, -50)]),
    ("world", [(-70, -30), (0, 51), (151, -33), (37, -1), (139, 35)]),
    ("world, cut in the Atlantic", [(-175, 60), (175, -60), (30, 0), (80, 80)]),
]


def positions(view: View) -> list[tuple[float, float]]:
    """Positions all over the window, longitude and latitude in degrees."""
    if isinstance(view.projection, World):
        return [(lon, lat) for lat in range(-84, 85, 12) for lon in range(-177, 180, 29)]
    found = []
    for across in np.linspace(0.03, 0.97, 11):
        for down in np.linspace(0.05, 0.95, 8):
            x = view.left_km + across * view.width_km
            y = view.top_km - down * view.height_px / view.px_per_km
            there = Geodesic.WGS84.Direct(
                view.projection.lat_deg,
                view.projection.lon_deg,
                math.degrees(math.atan2(x, y)),
                math.hypot(x, y) * 1000,
            )
            found.append((there["lon2"], there["lat2"]))
    return found


def by_a_coast(lon: float, lat: float, reach_km: float) -> bool:
    """Whether land and sea both lie within a reach."""
    ways = [Geodesic.WGS84.Direct(lat, lon, turn, reach_km * 1000) for turn in range(0, 360, 45)]
    kinds = {ground().area_at(one["lon2"], max(-89.99, min(89.99, one["lat2"]))) is None for one in ways}
    return len(kinds | {ground().area_at(lon, lat) is None}) > 1


@pytest.mark.parametrize(("name", "lonlat"), PLACES, ids=[name for name, _ in PLACES])
def test_land_on_the_map_is_land_by_the_borders(name: str, lonlat: list[tuple[float, float]]) -> None:
    """Positions all over the window, away from coasts, are filled exactly where the borders know an area."""
    view = around(*lonlat)
    found = rings.rings_px(ground(), ground().land, view)
    checked = 0
    for lon, lat in positions(view):
        x, y = view.point(lon, lat)
        if not (0 < x < view.width_px and 0 < y < view.height_px) or by_a_coast(lon, lat, 4 / view.px_per_km):
            continue
        checked += 1
        assert inside(found, x, y) == (ground().area_at(lon, lat) is not None), (lon, lat)
    assert checked > 40


def test_the_point_opposite_the_middle_is_on_the_rim_and_not_in_the_middle() -> None:
    for lat, lon in ((0.0, 0.0), (30.0, 40.0), (90.0, 0.0)):
        x, y = Azimuthal(lat_deg=lat, lon_deg=lon).plane(np.array([[lon + 180.0, -lat]]))[0]
        assert math.hypot(x, y) == pytest.approx(math.pi * 6371.0088, rel=1e-9)


def test_a_hole_is_a_hole() -> None:
    south_africa = next(area for area in ground().areas if area.name == "South Africa")
    view = around((26, -30), (31, -28))
    found = rings.rings_px(ground(), south_africa.rings, view)
    assert inside(found, *view.point(26.2, -29.1))
    assert not inside(found, *view.point(28.3, -29.6))  # Lesotho


def test_disputed_borders_are_told_apart() -> None:
    def told(*lonlat: tuple[float, float]) -> set[str]:
        return {disputed for _, disputed in lines.borders_px(ground(), around(*lonlat))}

    assert "Crimea (RU, UA)" in told((33.5, 46.0), (34.5, 46.2))
    assert "Golan Heights (IL, SY)" in told((35.7, 33.0), (35.8, 32.9))
    assert "Kashmir (IN, PK)" in told((74, 34))
    assert told((14.5, 51.0)) == {""}  # Germany and Poland


def test_a_seam_at_the_antimeridian_is_covered_and_open_sea_is_not() -> None:
    ends = ground().lonlat[ground().seams], ground().lonlat[ground().seams + 1]
    assert all((np.abs(end[:, 0]) == 180).all() for end in ends)
    for lon, lat in ground().lonlat[ground().seams]:
        assert country_at(lat, -180.0 if lon > 0 else 180.0) or abs(lat) > 60


@given(st.lists(st.tuples(LON, LAT), min_size=1, max_size=12))
@settings(max_examples=100, deadline=None)
def test_every_mark_lies_in_the_window(lonlat: list[tuple[float, float]]) -> None:
    view = around(*lonlat)
    points = view.at(np.array(lonlat, float))
    assert np.isfinite(points).all()
    assert (points >= -1e-6).all()
    assert (points <= [view.width_px + 1e-6, view.height_px + 1e-6]).all()
    assert view.width_km >= SMALLEST_KM - 1e-9


def test_cutting_leaves_what_lies_in_the_window() -> None:
    square = np.array([[-10.0, 2], [5, 2], [5, 8], [-10, 8]])
    cut = cutting.clipped(square, 0, 0, 10, 10)
    assert sorted(map(tuple, cut.tolist())) == [(0, 2), (0, 8), (5, 2), (5, 8)]
    assert len(cutting.clipped(square, 20, 20, 30, 30)) == 0


def test_thinning_keeps_corners() -> None:
    straight = [[x, 0.0] for x in range(50)]
    corner = np.array([*straight, *([49.0, y] for y in range(1, 50))])
    thin = cutting.thinned(corner, 0.2)
    assert len(thin) < 30
    assert [49.0, 0.0] in thin.tolist()
