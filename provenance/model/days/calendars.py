"""Years of other calendars that stand where a year of the Gregorian one belongs: 1402, 1445, 2567.

ISO 8601 counts in the Gregorian calendar. Eras as in the supplemental calendar data of the Unicode CLDR; years of the
Islamic calendar have 354.367 days (Reingold and Dershowitz, Calendrical Calculations, chapter 7).
"""

from __future__ import annotations

from datetime import UTC, datetime

from ..time import Interval

FIRST_PHOTOGRAPH = datetime(1826, 1, 1, tzinfo=UTC)
"""View from the Window at Le Gras, Niepce, 1826 or 1827: nothing was photographed before."""
LAST_YEAR = 2069
"""Nobody claims a picture of a later year in the Gregorian calendar; those of Nepal come next."""
_ISLAMIC_YEAR_DAYS, _GREGORIAN_YEAR_DAYS, _ISLAMIC_EPOCH = 354.36707, 365.2425, 622.54


def before_photography(time: Interval) -> bool:
    """Whether it ends before there was a photograph."""
    return time.latest is not None and time.latest < FIRST_PHOTOGRAPH


def of_no_photograph(time: Interval) -> int | None:
    """The year where all of a time lies before there were photographs, or in a future that nobody claims; else None."""
    start, end = time.earliest, time.latest
    moment = start + (end - start) / 2 if start and end else start or end  # a year is wider than its zones
    told = moment is not None and (before_photography(time) or (start is not None and start.year > LAST_YEAR))
    return moment.year if moment and told else None


def other_calendars(year: int) -> str:
    """What a year may be in the Gregorian one: "2023 (Iranian calendar) or 1981 (Islamic calendar)"; "" of none."""
    islamic = int((year - 1) * _ISLAMIC_YEAR_DAYS / _GREGORIAN_YEAR_DAYS + _ISLAMIC_EPOCH)
    found = {
        "Iranian": year + 621 if 1205 <= year <= 1430 else 0,
        "Islamic": islamic if 1241 <= year <= 1600 else 0,
        "Buddhist": year - 543 if 2369 <= year <= 2700 else 0,
        "Hebrew": year - 3761 if 5586 <= year <= 5900 else 0,
        "Nepali": year - 57 if LAST_YEAR < year <= 2150 else 0,
        "Minguo": year + 1911 if 0 < year <= 200 else 0,
    }
    return " or ".join(f"{read} ({name} calendar)" for name, read in found.items() if read)
