"""Makes tests/accuracy/data/sun.csv: where skyfield with the ephemeris DE421 puts the sun, for the accuracy test.

    pip install skyfield skyfield-data
    python -m benchmarks.sun_reference > tests/accuracy/data/sun.csv

Columns: seconds since 1970-01-01 UTC, latitude and longitude in degrees, geometric altitude of the sun's centre (from
the ellipsoid's surface, without refraction) and azimuth from true north, in degrees. 400 places and times spread
evenly over 1975-2050, latitudes -70 to 80, from a stated seed.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime

from benchmarks.asked import arguments

FIRST, LAST = datetime(1975, 1, 1, tzinfo=UTC), datetime(2050, 12, 31, tzinfo=UTC)


def main() -> None:
    from skyfield.api import Loader, wgs84
    from skyfield_data import get_skyfield_data_path

    load = Loader(get_skyfield_data_path())
    times, bodies = load.timescale(builtin=True), load("de421.bsp")
    chance = random.Random(20241114)
    print("unix_s,latitude_deg,longitude_deg,altitude_deg,azimuth_deg")
    for _ in range(400):
        unix_s = round(chance.uniform(FIRST.timestamp(), LAST.timestamp()))
        latitude, longitude = round(chance.uniform(-70, 80), 4), round(chance.uniform(-180, 180), 4)
        place = bodies["earth"] + wgs84.latlon(latitude, longitude)
        moment = times.from_datetime(datetime.fromtimestamp(unix_s, UTC))
        altitude, azimuth, _ = place.at(moment).observe(bodies["sun"]).apparent().altaz()
        print(f"{unix_s},{latitude},{longitude},{altitude.degrees:.5f},{azimuth.degrees:.5f}")


if __name__ == "__main__":
    arguments(__doc__)
    main()
