"""Distances on the ellipsoid, against published values, and the audit of stated ones."""

from __future__ import annotations

import math

import pytest

from provenance.model.evidence import StatedDistance
from provenance.model.place import Level, Place
from provenance.placetime.distance import audit, gap_km, geodesic_km

KURSK = Place(name="Kursk", lat_deg=51.7304, lon_deg=36.1926, radius_km=20, level=Level.CITY)
KRASNOYARSK = Place(name="Krasnoyarsk", lat_deg=56.0106, lon_deg=92.8525, radius_km=20, level=Level.CITY)


def test_the_founding_distance_is_3651_km() -> None:
    assert geodesic_km(KURSK, KRASNOYARSK) == pytest.approx(3650.9, abs=0.1)


def test_the_defining_lengths_of_wgs_84_are_met() -> None:
    origin = Place(name="o", lat_deg=0, lon_deg=0)
    degree, pole = Place(name="e", lat_deg=0, lon_deg=1), Place(name="n", lat_deg=90, lon_deg=0)
    assert geodesic_km(origin, degree) == pytest.approx(6378.137 * math.pi / 180, abs=1e-6)  # the equator is a circle
    assert geodesic_km(origin, pole) == pytest.approx(10001.965729, abs=1e-6)  # quarter meridian of WGS 84


def test_a_gap_is_between_the_circles_and_needs_coordinates() -> None:
    gap = gap_km(KURSK, KRASNOYARSK)
    assert gap == pytest.approx(3610.9, abs=0.1)
    assert gap_km(KURSK, KURSK) == -40
    assert gap_km(KURSK, Place(name="Krasnoyarsk")) is None


def test_the_founding_statement_is_noted_with_its_likely_cause() -> None:
    found = audit(StatedDistance(start="Kursk", end="Krasnoyarsk", km=4400))
    assert found is not None
    assert found.flagged
    assert found.straight_km == pytest.approx(3651, abs=2)
    assert found.causes[0] == "it may be a distance by road or rail"


def test_places_among_the_evidence_come_before_the_list() -> None:
    moved = Place(name="Kursk", lat_deg=0, lon_deg=92.8525, radius_km=1)
    found = audit(StatedDistance(start="Kursk", end="Krasnoyarsk", km=6209), [moved, KRASNOYARSK])
    assert found is not None
    assert found.start == moved
    assert not found.flagged


@pytest.mark.parametrize(
    ("km", "cause"),
    [(2268.6, "miles"), (5875.5, "converted from miles twice"), (1971.3, "nautical"), (900.0, "other end points")],
)
def test_swapped_units_are_recognised(km: float, cause: str) -> None:
    found = audit(StatedDistance(start="Kursk", end="Krasnoyarsk", km=km))
    assert found is not None
    assert cause in " ".join(found.causes)


@pytest.mark.parametrize("share", [0.96, 1.0, 1.04])
def test_below_five_per_cent_nothing_is_noted(share: float) -> None:
    found = audit(StatedDistance(start="Kursk", end="Krasnoyarsk", km=3651 * share))
    assert found is not None
    assert not found.flagged
    assert found.causes == ()


def test_an_unknown_or_ambiguous_name_is_not_audited() -> None:
    assert audit(StatedDistance(start="Springfield", end="Kursk", km=10)) is None
    two = [
        Place(name="Springfield", lat_deg=39.8, lon_deg=-89.6),
        Place(name="Springfield", lat_deg=42.1, lon_deg=-72.6),
    ]
    assert audit(StatedDistance(start="Springfield", end="Kursk", km=10), two) is None
