"""Codes of the GPS tags in words, and nothing else touched."""

import pytest

from provenance.metadata.gps_words import in_words


@pytest.mark.parametrize(
    ("key", "code", "words"),
    [
        ("gps.GPSLatitudeRef", "S", "south"),
        ("gps.GPSLongitudeRef", "w", "west"),
        ("gps.GPSSpeedRef", "K", "kilometres an hour"),
        ("gps.GPSImgDirectionRef", "T", "true north"),
        ("gps.GPSDestBearingRef", "M\0", "magnetic north"),
        ("gps.GPSAltitudeRef", "1", "below sea level (since Exif 3.0: below the ellipsoid)"),
        ("gps.GPSStatus", "V", "measurement interrupted"),
        ("xmp.exif:GPSImgDirectionRef", "M", "magnetic north"),
        ("gps.GPSSpeedRef", "X", ""),
        ("gps.GPSSpeedRef", "K" * 10_000, ""),
        ("gps.GPSSpeed", "3", ""),
        ("exif.Make", "M", ""),
        ("GPSStatus", "A", ""),
    ],
)
def test_a_code_is_said_in_words_where_the_format_gives_it_some(key: str, code: str, words: str) -> None:
    assert in_words(key, code) == words
