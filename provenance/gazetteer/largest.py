"""The largest settlements around a position: names by which a reader finds their way on a map."""

from __future__ import annotations

import math

from .table import Row, table

_KM_PER_DEG = 111.195


def largest(lat_deg: float, lon_deg: float, reach_km: float, *, most: int) -> tuple[Row, ...]:
    """Settlements within about `reach_km` of a position, the most populous first, at most `most`."""
    import numpy as np

    data = table()
    count = data.settlements
    lat, lon = np.asarray(data.lat[:count]), np.asarray(data.lon[:count])
    high = reach_km / _KM_PER_DEG
    narrow = math.cos(math.radians(min(90.0, abs(lat_deg) + high)))
    wide = 180.0 if narrow < 0.05 else min(180.0, high / narrow)
    near = np.abs(lat / 1e5 - lat_deg) <= high
    near &= np.abs((lon / 1e5 - lon_deg + 180) % 360 - 180) <= wide
    rows = np.flatnonzero(near)
    people = np.asarray(data.population[:count])[rows]
    if len(rows) > most:
        chosen = np.argpartition(people, len(rows) - most)[len(rows) - most :]
        rows, people = rows[chosen], people[chosen]
    order = np.lexsort((rows, -people.astype(np.int64)))
    return tuple(data.row(int(row)) for row in rows[order])
