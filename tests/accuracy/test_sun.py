"""The sun against skyfield's (tests/accuracy/data/sun.csv, made by benchmarks/sun_reference.py)."""

import csv
from pathlib import Path

import numpy as np

from provenance.placetime.sun.position import position

TOLERATED_DEG = 0.02
TABLE = Path(__file__).parent / "data" / "sun.csv"


def test_the_sun_is_within_a_fiftieth_of_a_degree_of_the_reference() -> None:
    with TABLE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    known = {name: np.array([float(row[name]) for row in rows]) for name in rows[0]}
    ours = position(known["unix_s"], known["latitude_deg"], known["longitude_deg"])
    apart = np.abs((ours.azimuth_deg - known["azimuth_deg"] + 180) % 360 - 180)
    assert len(rows) == 400
    assert np.abs(ours.geometric_deg - known["altitude_deg"]).max() <= TOLERATED_DEG
    assert (apart * np.cos(np.radians(known["altitude_deg"]))).max() <= TOLERATED_DEG
