"""What the parts of one file say against each other; nothing where they agree as far as both go."""

import pytest

from provenance.findings.file.announced import ANNOUNCED, announced_after
from provenance.findings.file.conflicts import file_conflicts
from provenance.findings.file.written_times import times_differ
from provenance.findings.weigh import weigh
from provenance.model.evidence import Evidence, Fact
from provenance.model.finding import Question
from provenance.model.outcome import CheckRun, Ran
from provenance.model.source import Source, SourceKind
from provenance.model.time import parse_interval

FILE = Source(kind=SourceKind.FILE, name="the file's own tags", origin="file")
BLOCKS = {
    "exif": "exif",
    "gps": "exif",
    "maker": "exif",
    "xmp": "xmp",
    "iptc": "iptc",
    "file": "file",
    "png": "text",
}


def fact(key: str, value: str, *, raw: str = "", at: int = 0) -> Fact:
    block = BLOCKS[key.partition(".")[0]]
    where = at or list(BLOCKS.values()).index(block) * 100 + 1
    return Fact(
        source=FILE,
        statement=f"{key} stands in the file.",
        method=block,
        key=key,
        raw=raw or value,
        normal=value,
        block=block,
        offset_bytes=where,
        length_bytes=1,
        block_sha256=f"{block}{at}",
    )


def told(**values: str) -> list[str]:
    return [one.text for one in file_conflicts([fact(*pair) for pair in pairs(values)])]


def pairs(values: dict[str, str]) -> list[tuple[str, str]]:
    return [(NAMES[name], value) for name, value in values.items()]


NAMES = {
    "exif": "exif.DateTimeOriginal",
    "offset": "exif.OffsetTimeOriginal",
    "xmp": "xmp.exif:DateTimeOriginal",
    "made": "xmp.photoshop:DateCreated",
    "iptc": "iptc.DateCreated",
    "clock": "iptc.TimeCreated",
    "artist": "exif.Artist",
    "creator": "xmp.dc:creator[1]",
    "creator2": "xmp.dc:creator[2]",
    "byline": "iptc.By-line",
    "lat": "gps.GPSLatitude",
    "lon": "gps.GPSLongitude",
    "xlat": "xmp.exif:GPSLatitude",
    "xlon": "xmp.exif:GPSLongitude",
    "city": "iptc.City",
    "xcity": "xmp.photoshop:City",
    "size": "file.size",
    "xwidth": "xmp.exif:PixelXDimension",
    "xheight": "xmp.exif:PixelYDimension",
    "make": "exif.Make",
    "xmake": "xmp.tiff:Make",
    "model": "exif.Model",
    "xmodel": "xmp.tiff:Model",
    "serial": "exif.BodySerialNumber",
    "xserial": "xmp.aux:SerialNumber",
    "mserial": "maker.SerialNumber",
    "turn": "exif.Orientation",
    "xturn": "xmp.tiff:Orientation",
    "program": "exif.Software",
    "xprogram": "xmp.tiff:Software",
    "state": "iptc.Province-State",
    "xstate": "xmp.photoshop:State",
    "country": "iptc.Country-PrimaryLocationName",
    "xcountry": "xmp.photoshop:Country",
    "code": "iptc.Country-PrimaryLocationCode",
    "xcode": "xmp.Iptc4xmpCore:CountryCode",
    "spot": "iptc.Sub-location",
    "xspot": "xmp.Iptc4xmpCore:Location",
    "gpsday": "gps.GPSDateStamp",
    "gpsclock": "gps.GPSTimeStamp",
    "changed": "exif.DateTime",
    "xchanged": "xmp.xmp:ModifyDate",
    "scanned": "exif.DateTimeDigitized",
    "png": "png.text.Creation Time",
}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2024-11-14T12:33:44", "2024-11-14"),
        ("2024-11-14T12:33:44", "2024-11"),
        ("2024-11-14T12:33:44", "2024"),
        ("2024-11-14T12:33:44", "2024-11-14T12:33"),
        ("2024-11-14T12:33:44", "2024-11-14T12:33:44.25"),
        ("2024-11-14T12:33:44", "2024-11-14T12:33:44+07:00"),
        ("2024-11-14T12:33:44", "2024-11-14T05:33:44Z"),
        ("2024-11-14T12:33:44+07:00", "2024-11-14T05:33:44Z"),
        ("2024-11-14T23:30:00Z", "2024-11-15"),
        ("2024-11-16T11:59:00Z", "2024-11-15"),
        ("2024-11-14T12:33:44", "2024-11-14T12:33:44-12:27"),
        ("2024-11-14T12:33:44", "yesterday"),
        ("2024-11-14T12:33:44", ""),
        ("2024-11-14T12:33:44", "2024-11-13T22:33:44Z"),
        ("2024-11-14T12:33:44", "2024-11-15T00:33:44Z"),
    ],
)
def test_times_that_agree_as_far_as_both_go(first: str, second: str) -> None:
    assert not times_differ(first, second)
    assert not times_differ(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2024-11-14T12:33:44", "2024-11-15"),
        ("2024-11-14T12:33:44", "2023"),
        ("2024-11-14T12:33:44", "2024-10"),
        ("2024-11-14T12:33:44", "2024-11-14T12:35"),
        ("2024-11-14T12:33:44", "2024-11-14T13:33:44"),
        ("2024-11-14T12:33:44", "2024-11-16T12:33:44+07:00"),
        ("2024-11-14T12:33:44+07:00", "2024-11-14T12:33:44+02:00"),
        ("2024-11-14T12:33:44", "2024-11-13T22:33:40Z"),
        ("2024-11-14T12:33:44", "2024-11-15T00:33:48Z"),
        ("2024-11-14T12:33:44", "2024-11-14T12:33:47"),
        ("2024-11-14T12:00:00Z", "2024-11-17"),
        ("2024-11-16T12:00:01Z", "2024-11-15"),
        ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"),
        ("0001-01-01T00:00:00", "9999-12-31T23:59:59-12:00"),
        ("0001-01-01T00:00:00+14:00", "0001-01-03"),
        ("9999-12-31T23:59:59-12:00", "9999-12-30"),
    ],
)
def test_times_that_part(first: str, second: str) -> None:
    assert times_differ(first, second)
    assert times_differ(second, first)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"exif": "2024-11-14T12:33:44", "xmp": "2024-11-14T12:33:44+07:00", "iptc": "2024-11-14", "clock": "12:33:44"},
        {"exif": "2024-11-14T12:33:44", "iptc": "2024-11-14", "clock": "00:00:00+00:00"},
        {"artist": "Ada Doe; Ben Roe", "creator": "ben roe", "creator2": "ADA DOE", "byline": "Ada Doe, Ben Roe"},
        {"artist": "Ada Doe", "creator": "Ada Doe", "creator2": "Ben Roe"},
        {"lat": "56.0097", "lon": "92.8525", "xlat": "56.0101", "xlon": "92.853"},
        {"city": "KURSK ", "xcity": "Kursk"},
        {"city": "Llanfairpwllgwyngyllgogerychwyrn", "xcity": "Llanfairpwllgwyngyllgogerychwyrndrobwll"},
        {"city": "D?sseldorf", "xcity": "Düsseldorf"},
        {"city": "Kyiv", "xcity": "Kiev"},
        {"city": "Київ", "xcity": "Kyiv"},
        {"city": "Moscow, Russia", "xcity": "Москва"},
        {"city": "Xyzzyq", "xcity": "Хызыы"},
        {"country": "Russia", "xcountry": "Россия"},
        {"country": "Russia", "xcountry": "RU"},
        {"country": "Russian Federation", "xcode": "RUS"},
        {"state": "Kursk", "xstate": "Курская область"},
        {"state": "CA", "xstate": "California"},
        {"artist": "Иван Петров", "byline": "Ivan Petrov"},
        {"exif": "2024-11-14T12:33:44", "gpsday": "2024-11-14", "gpsclock": "05:33:41"},
        {"xmp": "2024-11-14T12:33:44+07:00", "gpsday": "2024-11-14", "gpsclock": "06:30:00"},
        {"exif": "2024-11-14T12:33:44", "gpsday": "1980-01-06", "gpsclock": "00:00:00"},
        {"exif": "2024-11-14T12:33:44", "changed": "2024-11-20T09:00:00", "scanned": "2024-11-15T09:00:00"},
        {"exif": "2024-11-14T12:33:44", "changed": "2024-11-14T10:33:44"},
        {"exif": "2024-11-14T12:33:44", "xchanged": "1970-01-01T00:00:00Z"},
        {"exif": "2024-11-14T12:33:44", "png": "2025:01:02 10:00:00"},
        {"size": "3000 x 4000", "xwidth": "4000", "xheight": "3000"},
        {"make": "NIKON CORPORATION", "xmake": "Nikon", "model": "NIKON D90", "xmodel": "D90 "},
        {"serial": "0123456", "xserial": "123456", "mserial": "NO= 00123456"},
        {"turn": "6", "xturn": "6"},
        {"exif": "2018-09-30T10:00:00", "model": "iPhone XS"},
        {"exif": "1990-01-01T10:00:00", "model": "A camera nobody lists"},
    ],
)
def test_where_the_parts_agree_nothing_is_told(values: dict[str, str]) -> None:
    assert told(**values) == []


@pytest.mark.parametrize(
    ("values", "parts"),
    [
        (
            {"exif": "2019-01-01T00:00:00", "xmp": "2024-11-14T12:33:44+07:00"},
            ["time of capture", "EXIF DateTimeOriginal gives 2019", "XMP exif:DateTimeOriginal gives 2024-11-14"],
        ),
        ({"exif": "2024-11-14T12:33:44", "iptc": "2024-11-15"}, ["IPTC DateCreated gives 2024-11-15"]),
        (
            {"exif": "2024-11-14T12:33:44", "offset": "+02:00", "xmp": "2024-11-14T12:33:44+07:00"},
            ["gives 2024-11-14T12:33:44+02:00"],
        ),
        ({"artist": "Ada Doe", "byline": "Ben Roe"}, ["author", "EXIF Artist gives Ada Doe", "By-line gives Ben Roe"]),
        ({"lat": "56.0097", "lon": "92.8525", "xlat": "56.0200", "xlon": "92.8525"}, ["position", "56.0097, 92.8525"]),
        ({"city": "Kursk", "xcity": "Krasnoyarsk"}, ["city", "IPTC City gives Kursk", " km: "]),
        ({"city": "Київ", "xcity": "Kursk"}, ["city", "Київ", "city by 380 km: "]),
        ({"city": "York", "xcity": "New York"}, ["city"]),
        ({"country": "Россия", "xcode": "POL"}, ["country", "POL"]),
        (
            {"city": "Kursk", "xcity": "Warsaw", "country": "Russia", "xcountry": "Poland"},
            ["city and country", "IPTC gives Kursk, Russia; XMP gives Warsaw, Poland", " km: "],
        ),
        (
            {"exif": "2024-11-14T12:33:44", "gpsday": "2024-11-20", "gpsclock": "05:33:41"},
            ["the GPS time (GPSDateStamp, GPSTimeStamp) gives 2024-11-20T05:33:41Z", "capture by at least 5 days: "],
        ),
        ({"exif": "2024-11-14T12:33:44", "xmp": "2024-11-14T12:33:50"}, ["by 6 seconds: "]),
        ({"exif": "2024-11-14T12:33:44+02:00", "xmp": "2024-11-14T12:53:44+02:00"}, ["by 20 minutes: "]),
        (
            {"exif": "2024-11-14T12:33:44", "changed": "2024-11-10T09:00:00"},
            ["last changed at least 3 days before it was taken: EXIF DateTime gives 2024-11-10"],
        ),
        ({"exif": "2024-11-14T12:33:44Z", "xchanged": "2024-11-10T09:00:00Z"}, ["last changed 4 days before"]),
        (
            {"exif": "2024-11-14T12:33:44", "scanned": "2024-11-10T09:00:00"},
            ["digitised at least 3 days before"],
        ),
        (
            {"exif": "2024-11-14T12:33:44", "png": "2023:01:02 10:00:00"},
            ["made as a PNG at least 681 days before"],
        ),
        ({"size": "800 x 600", "xwidth": "4000", "xheight": "3000"}, ["the picture gives 800 x 600", "4000 x 3000"]),
        ({"make": "Hasselblad", "xmake": "DJI"}, ["maker of the camera"]),
        ({"model": "L1D-20c", "xmodel": "Test_Pro"}, ["model of the camera"]),
        ({"serial": "560018150", "mserial": "730407016"}, ["serial number", "the maker's note gives 730407016"]),
        ({"turn": "6", "xturn": "1"}, ["orientation"]),
        ({"program": "Ver.1.00", "xprogram": "digiKam-3.2.0"}, ["program"]),
        ({"exif": "2017-01-05T10:00:00", "model": "iPhone XS"}, ["iPhone XS", "announced only in 2018-09"]),
    ],
)
def test_a_disagreement_is_one_sentence_with_both_sides(values: dict[str, str], parts: list[str]) -> None:
    (text,) = told(**values)
    assert text.endswith(".")
    for part in parts:
        assert part in text


def test_one_odd_value_among_three_is_told_once() -> None:
    assert len(told(exif="2024-11-14T12:33:44", xmp="2024-11-14T12:33:44", iptc="2020-01-01")) == 1
    assert len(told(exif="2020-01-01T12:33:44", xmp="2024-11-14T12:33:44", iptc="2024-11-14")) == 1
    assert len(told(exif="2020-01-01T12:33:44", xmp="2024-11-14T12:33:44", iptc="2022-11-14")) == 2


def test_two_blocks_of_one_kind_are_told_apart_by_where_they_stand() -> None:
    blocks = [fact(NAMES["exif"], "2024-11-14T12:33:44", at=74), fact(NAMES["exif"], "2019-01-01T12:33:44", at=1166)]
    (conflict,) = file_conflicts(blocks)
    assert "EXIF DateTimeOriginal at byte 74" in conflict.text and "at byte 1,166 gives 2019" in conflict.text
    assert file_conflicts([blocks[0], fact(NAMES["exif"], "2024-11-14T12:33:44", at=1166)]) == ()


def test_two_positions_of_two_exif_blocks_part() -> None:
    first = [fact(NAMES["lat"], "56.0097", at=74), fact(NAMES["lon"], "92.8525", at=74)]
    second = [fact(NAMES["lat"], "51.73", at=900), fact(NAMES["lon"], "36.19", at=900)]
    (conflict,) = file_conflicts([*first, *second])
    assert "EXIF GPS at byte 74 gives 56.0097, 92.8525" in conflict.text and conflict.gap == "3,651 km"
    assert file_conflicts([*first, *(fact(one.key, one.raw, at=900) for one in first)]) == ()


def test_a_gap_is_the_least_there_is_only_where_a_zone_is_unknown() -> None:
    def gap(first: str, second: str) -> str:
        (conflict,) = file_conflicts([fact(*pair) for pair in pairs({"exif": first, "xmp": second})])
        assert conflict.gap in conflict.text
        return conflict.gap

    assert gap("2024-11-14T12:00:00Z", "2024-11-24T12:00:00Z") == "10 days"
    assert gap("2024-11-14T12:00:00", "2024-11-24T12:00:00Z") == "at least 9 days"


def test_two_packets_that_name_two_documents() -> None:
    key = "xmp.xmpMM:DocumentID"
    (conflict,) = file_conflicts([fact(key, "xmp.did:aaaa", at=10), fact(key, "xmp.did:bbbb", at=900)])
    assert "XMP packet at byte 10" in conflict.text and "XMP packet at byte 900" in conflict.text
    assert file_conflicts([fact(key, "xmp.did:aaaa", at=10), fact(key, "xmp.did:aaaa", at=900)]) == ()


def test_whole_minutes_leave_two_kilometres_open() -> None:
    exif = [fact("gps.GPSLatitude", "56.0097", raw="56, 0, 873/25 N"), fact("gps.GPSLongitude", "92.8525")]
    near = [fact("xmp.exif:GPSLatitude", "56", raw="56,0N"), fact("xmp.exif:GPSLongitude", "92.85", raw="92,51E")]
    far = [
        fact("xmp.exif:GPSLatitude", "56", raw="56,0.000N"),
        fact("xmp.exif:GPSLongitude", "92.85", raw="92,51.000E"),
    ]
    assert file_conflicts([*exif, *near]) == ()
    assert len(file_conflicts([*exif, *far])) == 1


def test_a_strangers_words_are_made_harmless_in_the_sentence() -> None:
    (text,) = told(city="Kur\x1b[31msk\u202e", xcity="Krasnoyarsk" * 40)
    assert "\x1b" not in text and "\u202e" not in text
    assert len(text) < 300


@pytest.mark.parametrize("junk", ["9" * 20_000, "٣" * 50, "\0", "nan", "2024-99-99T99:99:99+99:99", "0/0, 0/0", "?"])
def test_no_value_of_a_stranger_raises(junk: str) -> None:
    facts = [fact(key, junk) for key in NAMES.values()]
    other = [fact(key, value, at=9_000) for key, value in pairs({"xmp": "2024-11-14", "city": "Kursk", "lat": "1"})]
    assert isinstance(file_conflicts([*facts, *other]), tuple)


def test_the_order_of_the_evidence_does_not_matter() -> None:
    facts = [fact(*pair) for pair in pairs({"exif": "2019-01-01T00:00:00", "iptc": "2024-11-15", "made": "2024-11-13"})]
    assert file_conflicts(facts) == file_conflicts(facts[::-1])


def test_the_origin_finding_tells_and_cites_both_sides() -> None:
    items: tuple[Evidence, ...] = tuple(fact(*pair) for pair in pairs({"city": "Kursk", "xcity": "Krasnoyarsk"}))
    runs = (CheckRun(check="credentials", outcome=Ran()), CheckRun(check="exif", outcome=Ran(evidence=items)))
    (finding,) = weigh(items, runs, (Question.ORIGIN,)).findings
    (conflict,) = finding.conflicts
    assert {conflict.first, conflict.second} == {item.id for item in items}
    assert any(set(sentence.cites) == {item.id for item in items} for sentence in finding.sentences)


def test_every_announcement_is_a_month_and_no_model_stands_twice() -> None:
    assert len(ANNOUNCED) > 120
    assert all(parse_interval(month).earliest for month in ANNOUNCED.values())


def test_the_month_of_announcement_itself_is_no_contradiction_in_any_zone() -> None:
    assert announced_after("iPhone XS", "2018-09-01T00:00:00") == ""
    assert announced_after("iPhone XS", "2018-08-31T20:00:00") == ""
    assert announced_after("iPhone XS", "2018-08-29T20:00:00") == "2018-09"
    assert announced_after("iPhone XS", "garbage") == ""


def test_a_camera_known_by_its_year_alone_is_not_held_to_a_month() -> None:
    assert announced_after("Canon EOS 5D Mark III", "2012-01-02T00:00:00") == ""
    assert announced_after("Canon EOS 5D Mark III", "2011-12-30T00:00:00") == "2012"
