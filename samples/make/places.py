"""Where and when each sample scene is set.  The renderer takes the Sun's elevation from here, the EXIF script the rest.

All settings are invented; only the coordinates and the Sun are real.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sun import sun_position


@dataclass(frozen=True)
class Setting:
    """A fictional shot: place, local time with offset, and what of it the EXIF block will carry."""

    lat: float
    lon: float
    when: str
    exif: bool = False
    offset: bool = False
    gps: bool = False

    def sun(self) -> tuple[float, float]:
        """Elevation and azimuth of the Sun in degrees."""
        return sun_position(datetime.fromisoformat(self.when), self.lat, self.lon)


SETTINGS: dict[str, Setting] = {
    "railcar_yard": Setting(56.0106, 92.8525, "2024-11-13T13:40:00+07:00"),
    "yard_empty": Setting(56.0106, 92.8525, "2023-11-08T12:15:00+07:00", exif=True, offset=True, gps=True),
    "harbour_cranes": Setting(51.95, 4.06, "2019-08-21T10:25:00+02:00", exif=True, offset=True),
    "wheat_road": Setting(49.45, 34.20, "2021-07-14T10:50:00+03:00", exif=True, gps=True),
    "apartment_blocks": Setting(43.238, 76.89, "2018-10-09T16:00:00+06:00"),
    "mountain_road": Setting(42.475, 44.48, "2016-09-18T15:30:00+04:00", exif=True, offset=True, gps=True),
    "river_bridge": Setting(45.25, 19.86, "2022-10-29T15:10:00+02:00", exif=True),
    "lorry_park": Setting(52.08, 23.66, "2023-11-21T12:30:00+03:00"),
    "village_street": Setting(47.72, 24.00, "2015-08-22T16:45:00+03:00", exif=True),
    "factory_chimneys": Setting(50.29, 18.95, "2017-02-11T13:50:00+01:00"),
    "forest_track": Setting(65.97, 29.19, "2020-02-14T12:10:00+02:00", exif=True, offset=True, gps=True),
    "desert_outpost": Setting(32.34, 36.30, "2017-03-25T14:40:00+03:00"),
    "market_stalls": Setting(40.53, 72.80, "2024-06-08T15:20:00+06:00", exif=True, offset=True),
    "warehouse": Setting(53.51, 9.96, "2022-03-03T09:05:00+01:00", exif=True),
    "stranger": Setting(39.36, -9.40, "2024-04-06T17:30:00+01:00", exif=True, offset=True, gps=True),
}


if __name__ == "__main__":
    for name, setting in SETTINGS.items():
        print("%-18s %-26s elevation %5.2f  azimuth %6.2f" % (name, setting.when, *setting.sun()))
