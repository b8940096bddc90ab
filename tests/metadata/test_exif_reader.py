"""Values: character sets, fractions, enumerations, and times that are none."""

import struct
from types import SimpleNamespace

import pytest

from provenance.metadata.exif.reader import read
from provenance.metadata.exif.tags import TAGS
from provenance.metadata.exif.time import why_no_moment, written_moment
from provenance.metadata.topics import TOPICS
from provenance.model.limits import Limits

LIMITS = Limits()
SOFTWARE, ARTIST, COPYRIGHT, COMMENT, XP_TITLE, ORIGINAL = 0x0131, 0x013B, 0x8298, 0x9286, 0x9C9B, 0x9003


def one(make: SimpleNamespace, directory: str, tag: int, entry: tuple[int, int, bytes], key: str, order: str = ">"):  # type: ignore[no-untyped-def]
    return read(make.tiff({directory: {tag: entry}}, order), LIMITS).values[key]


def test_utf8_is_read_as_utf8_without_a_note(make: SimpleNamespace) -> None:
    value = one(make, "ifd0", ARTIST, make.ascii("© Žofie"), "exif.Artist")
    assert (value.raw, value.notes) == ("© Žofie", ())


def test_other_bytes_are_read_as_windows_1252_and_that_is_said(
    make: SimpleNamespace, caplog: pytest.LogCaptureFixture
) -> None:
    value = one(make, "ifd0", ARTIST, make.ascii(b"Andr\xe9"), "exif.Artist")
    assert value.raw == "André"
    assert "Windows-1252" in value.notes[0]
    assert caplog.records == []


def test_text_of_the_utf8_type_of_exif_3_is_read(make: SimpleNamespace) -> None:
    text = "東京".encode()
    assert one(make, "ifd0", ARTIST, (129, len(text), text), "exif.Artist").raw == "東京"


def test_markup_and_control_characters_stay_verbatim_in_raw(make: SimpleNamespace) -> None:
    hostile = "<script>alert(1)</script>\x1b[31m\u202e"
    assert one(make, "ifd0", SOFTWARE, make.ascii(hostile), "exif.Software").raw == hostile


def test_copyright_keeps_the_part_of_the_editor(make: SimpleNamespace) -> None:
    value = one(make, "ifd0", COPYRIGHT, make.ascii("Photographer\0Editor"), "exif.Copyright")
    assert (value.raw, value.normal) == ("Photographer\0Editor", "Photographer / Editor")


def test_bytes_behind_the_end_of_a_text_are_noted(make: SimpleNamespace) -> None:
    assert "Further bytes" in one(make, "ifd0", SOFTWARE, make.ascii("v1\0hidden"), "exif.Software").notes[0]


@pytest.mark.parametrize(
    ("data", "order", "text"),
    [
        (b"ASCII\0\0\0plain", ">", "plain"),
        (b"\0" * 8 + "Привет".encode(), ">", "Привет"),
        (b"no code at all", ">", "no code at all"),
        (b"UNICODE\0" + "Steps: 20".encode("utf-16-be"), ">", "Steps: 20"),
        (b"UNICODE\0" + "Steps: 20".encode("utf-16-le"), ">", "Steps: 20"),
        (b"UNICODE\0" + "Steps: 20".encode("utf-16-be"), "<", "Steps: 20"),
        (b"UNICODE\0" + "日本".encode("utf-16"), ">", "日本"),
        (b"JIS\0\0\0\0\0" + "日本".encode("iso2022_jp"), ">", "日本"),
        ("GoodFon.ru\0".encode("utf-16-le"), ">", "GoodFon.ru"),
        (b"\0" * 8 + "Köln 3".encode("utf-16-be"), "<", "Köln 3"),
        (b"ASCII\0\0\0" + "Steps".encode("utf-16-le"), "<", "Steps"),
        (b"\0\0\0IICSAUser comments\0", ">", "User comments"),
    ],
)
def test_the_user_comment_is_decoded_by_its_code(make: SimpleNamespace, data: bytes, order: str, text: str) -> None:
    assert one(make, "exif", COMMENT, (7, len(data), data), "exif.UserComment", order).raw == text


def test_a_comment_of_more_than_a_thousand_bytes_is_not_silently_empty(make: SimpleNamespace) -> None:
    data = b"UNICODE\0" + ("prompt " * 400).encode("utf-16-le")
    assert one(make, "exif", COMMENT, (7, len(data), data), "exif.UserComment", "<").raw == "prompt " * 400


def test_the_windows_tags_are_utf16_also_where_they_are_counted_as_numbers(make: SimpleNamespace) -> None:
    data = ("Aerial picture " * 10).encode("utf-16-le")
    assert one(make, "ifd0", XP_TITLE, (3, len(data) // 2, data), "exif.XPTitle").raw == "Aerial picture " * 10


def test_the_windows_tags_are_utf16(make: SimpleNamespace) -> None:
    data = "Tïtle\0".encode("utf-16-le")
    assert one(make, "ifd0", XP_TITLE, (1, len(data), data), "exif.XPTitle").raw == "Tïtle"


def test_floats_and_fractions_over_zero_are_numbers_or_nothing(make: SimpleNamespace) -> None:
    double = one(make, "exif", 0x920A, (12, 1, struct.pack(">d", 4.25)), "exif.FocalLength")
    assert (double.raw, double.normal, double.numbers) == ("4.25", "4.25", (4.25,))
    nothing = one(make, "exif", 0x829A, make.rationals((0, 0)), "exif.ExposureTime")
    assert (nothing.raw, nothing.normal, nothing.numbers) == ("0/0", "", (None,))
    assert nothing.notes


def test_an_orientation_is_given_in_words(make: SimpleNamespace) -> None:
    value = one(make, "ifd0", 0x0112, (3, 1, struct.pack(">H", 6)), "exif.Orientation")
    assert (value.raw, value.normal) == ("6", "Rotated 90 CW")


@pytest.mark.parametrize(
    ("raw", "normal"),
    [
        ("2024:11:14 12:33:44", "2024-11-14T12:33:44"),
        ("2024-11-14T12:33:44", "2024-11-14T12:33:44"),
        ("2024:11:14 12:33", "2024-11-14T12:33:00"),
        ("2024:11:14 12:33:44.250+02:00", "2024-11-14T12:33:44.25+02:00"),
        ("0000:00:00 00:00:00", ""),
        ("2024:13:01 00:00:00", ""),
        ("2024:02:30 00:00:00", ""),
        ("    :  :     :  :  ", ""),
        ("yesterday", ""),
    ],
)
def test_a_time_is_normal_or_noted_as_none(make: SimpleNamespace, raw: str, normal: str) -> None:
    value = one(make, "exif", ORIGINAL, make.ascii(raw), "exif.DateTimeOriginal")
    assert (value.raw, value.normal) == (raw, normal)
    assert bool(value.notes) is (normal == "")


def test_every_tag_has_its_place_among_the_topics() -> None:
    assert {tag.key for tag in TAGS} <= set(TOPICS)


def test_facts_come_in_the_order_of_the_table(make: SimpleNamespace) -> None:
    block = make.tiff({"ifd0": {0x010F: make.ascii("Demo")}, "exif": {ORIGINAL: make.ascii("2024:11:14 12:33:44")}})
    assert list(read(block, LIMITS).values) == ["exif.DateTimeOriginal", "exif.Make"]


@pytest.mark.parametrize(
    ("written", "normal"), [("1/60", "0.01666666667"), ("0.5", "0.5"), ("1/0", ""), ("fast", ""), ("1,5", "")]
)
def test_a_number_written_in_letters_counts_only_where_it_is_one(
    make: SimpleNamespace, written: str, normal: str
) -> None:
    value = one(make, "exif", 0x829A, make.ascii(written), "exif.ExposureTime")
    assert (value.raw, value.normal) == (written, normal)
    assert bool(value.notes) == (not normal)


def test_a_time_of_day_in_letters_is_no_guess(make: SimpleNamespace) -> None:
    assert one(make, "gps", 0x07, make.ascii("17:08:29"), "gps.GPSTimeStamp").normal == "17:08:29"
    assert one(make, "gps", 0x07, make.ascii("17,00000,8,00000,29,00000"), "gps.GPSTimeStamp").normal == ""


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("0000:00:00 00:00:00", "it was emptied"),
        ("    :  :     :  :  ", "it was emptied"),
        ("2023:02:30 10:00:00", "No calendar has this"),
        ("2023:13:01 10:00:00", "No calendar has this"),
    ],
)
def test_a_date_of_no_calendar_is_told_from_an_emptied_one(raw: str, said: str) -> None:
    assert written_moment(raw) is None and said in why_no_moment(raw)
