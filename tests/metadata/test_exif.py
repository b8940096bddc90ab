"""The check "exif": facts with byte ranges, claims with intervals, places and defeaters."""

import hashlib
import struct
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from provenance.metadata.exif.check import check
from provenance.metadata.exif.time import future
from provenance.model.context import Context
from provenance.model.evidence import Claim, Fact, Trace
from provenance.model.image import Block
from provenance.model.outcome import Ran
from provenance.model.time import parse_interval
from tests.metadata.facts import facts

MAKE, MODEL, SOFTWARE, ORIGINAL, OFFSET, SUBSECOND = 0x010F, 0x0110, 0x0131, 0x9003, 0x9011, 0x9291
CHANGED = 0x0132


def evidence(make: SimpleNamespace, context: Context, *blocks: bytes) -> Ran:
    outcome = check(make.image(make.jpeg_with_exif(*blocks)), context)
    assert isinstance(outcome, Ran)
    return outcome


def claim(outcome: Ran, basis: str) -> Claim | None:
    return next((item for item in outcome.evidence if isinstance(item, Claim) and item.basis == basis), None)


def captured(make: SimpleNamespace, context: Context, **texts: str) -> Claim | None:
    tags = {"time": ORIGINAL, "offset": OFFSET, "subsecond": SUBSECOND}
    exif = {tags[name]: make.ascii(text) for name, text in texts.items() if name in tags}
    ifd0 = {SOFTWARE: make.ascii(texts["software"])} if "software" in texts else {}
    ifd0 |= {CHANGED: make.ascii(texts["changed"])} if "changed" in texts else {}
    return claim(evidence(make, context, make.tiff({"ifd0": ifd0, "exif": exif})), "EXIF DateTimeOriginal")


def gps(make: SimpleNamespace, latitude: tuple[str, tuple], longitude: tuple[str, tuple], **more: tuple):  # type: ignore[no-untyped-def,type-arg]
    tags = {1: make.ascii(latitude[0]), 2: make.rationals(*latitude[1])}
    tags |= {3: make.ascii(longitude[0]), 4: make.rationals(*longitude[1])}
    return make.tiff({"gps": tags | {int(name.removeprefix("t")): value for name, value in more.items()}})


def test_without_a_block_nothing_is_said_of_the_picture(make: SimpleNamespace, context: Context) -> None:
    outcome = check(make.image(make.jpeg()), context)
    assert isinstance(outcome, Ran)
    assert outcome.evidence == ()
    assert outcome.note.startswith("no EXIF block in this JPEG")
    assert "says nothing about the picture" in outcome.note


def test_a_time_without_a_zone_is_26_hours_wide(make: SimpleNamespace, context: Context) -> None:
    said = captured(make, context, time="2024:11:14 12:33:44")
    assert said is not None and said.time is not None
    moment = datetime(2024, 11, 14, 12, 33, 44, tzinfo=UTC)
    assert said.time.earliest == moment - timedelta(hours=14)
    assert said.time.latest is not None and said.time.latest - moment <= timedelta(hours=12, seconds=1)
    assert not said.time.zone_known
    assert said.quote == "2024:11:14 12:33:44"
    assert str(said.grade) == "F6"


def test_a_time_with_an_offset_is_exact_to_its_second(make: SimpleNamespace, context: Context) -> None:
    said = captured(make, context, time="2024:11:14 12:33:44", offset="+07:00")
    assert said is not None and said.time is not None
    assert said.time.earliest == datetime(2024, 11, 14, 5, 33, 44, tzinfo=UTC)
    assert said.time.latest == datetime(2024, 11, 14, 5, 33, 44, 999_999, tzinfo=UTC)
    assert said.quote == "2024:11:14 12:33:44 +07:00"


def test_a_sub_second_is_a_fraction_of_its_second(make: SimpleNamespace, context: Context) -> None:
    said = captured(make, context, time="2024:11:14 12:33:44", offset="Z", subsecond="25")
    assert said is not None and said.time is not None
    assert said.time.earliest == datetime(2024, 11, 14, 12, 33, 44, 250_000, tzinfo=UTC)


@pytest.mark.parametrize("offset", ["+25:00", "   :  ", "+07:99", "local"])
def test_an_impossible_offset_is_no_offset(make: SimpleNamespace, context: Context, offset: str) -> None:
    said = captured(make, context, time="2024:11:14 12:33:44", offset=offset)
    assert said is not None and said.time is not None
    assert not said.time.zone_known


@pytest.mark.parametrize(
    ("zone", "normal"), [("+0700", "+07:00"), ("Z", "+00:00"), ("-12:00", "-12:00"), ("+14:15", ""), ("local", "")]
)
def test_a_zone_has_one_form(make: SimpleNamespace, context: Context, zone: str, normal: str) -> None:
    outcome = evidence(make, context, make.tiff({"exif": {OFFSET: make.ascii(zone)}}))
    (fact,) = facts(outcome, "exif.OffsetTimeOriginal")
    assert (fact.raw, fact.normal) == (zone, normal)
    assert bool(fact.limits) is not bool(normal)


@pytest.mark.parametrize(("time", "offset"), [("0001:01:01 00:00:00", "+14:00"), ("9999:12:31 23:59:59", "-12:00")])
def test_a_zone_that_leads_beyond_the_calendar_breaks_nothing(
    make: SimpleNamespace, context: Context, time: str, offset: str
) -> None:
    block = make.tiff(
        {"ifd0": {MAKE: make.ascii("Maker")}, "exif": {ORIGINAL: make.ascii(time), OFFSET: make.ascii(offset)}}
    )
    outcome = evidence(make, context, block)
    assert claim(outcome, "EXIF DateTimeOriginal") is None
    assert facts(outcome, "exif.Make") and facts(outcome, "exif.DateTimeOriginal")[0].raw == time


@pytest.mark.parametrize(("digits", "normal"), [("25", "25"), ("250 ", "250"), ("2x", "")])
def test_a_fraction_of_a_second_is_digits(make: SimpleNamespace, context: Context, digits: str, normal: str) -> None:
    outcome = evidence(make, context, make.tiff({"exif": {SUBSECOND: make.ascii(digits)}}))
    assert facts(outcome, "exif.SubSecTimeOriginal")[0].normal == normal


@pytest.mark.parametrize("raw", ["0000:00:00 00:00:00", "2024:13:40 99:99:99", "    :  :     :  :  "])
def test_a_time_that_is_none_is_a_fact_with_a_problem_and_no_claim(
    make: SimpleNamespace, context: Context, raw: str
) -> None:
    outcome = evidence(make, context, make.tiff({"exif": {ORIGINAL: make.ascii(raw)}}))
    assert claim(outcome, "EXIF DateTimeOriginal") is None
    (fact,) = facts(outcome, "exif.DateTimeOriginal")
    assert fact.raw == raw
    assert fact.normal == ""
    assert fact.limits


@pytest.mark.parametrize(
    ("texts", "word"),
    [
        ({"time": "1980:01:01 00:00:07"}, "never set"),
        ({"time": "2000:01:01 03:12:00"}, "never set"),
        ({"time": "1987:05:02 10:00:00"}, "older than the EXIF format"),
        ({"time": "2019:01:01 00:00:00"}, "first moment of a year"),
        ({"time": "2024:11:14 12:33:44", "offset": "+25:00"}, "no clock on Earth"),
        ({"time": "2024:11:14 12:33:44", "changed": "2024:11:10 12:33:44"}, "changed before it was taken"),
        ({"time": "2031:01:01 10:00:00"}, "after the moment of this check"),
    ],
)
def test_known_reasons_not_to_rely_on_a_time_are_named(
    make: SimpleNamespace, context: Context, texts: dict[str, str], word: str
) -> None:
    said = captured(make, context, **texts)
    assert said is not None
    assert len([defeater for defeater in said.defeaters if word in defeater]) == 1


def test_an_ordinary_time_has_no_defeater(make: SimpleNamespace, context: Context) -> None:
    said = captured(make, context, time="2024:11:14 12:33:44", software="Ver.1.0")
    assert said is not None and said.defeaters == ()


@pytest.mark.parametrize(("day", "differs"), [("2024:11:14", False), ("2024:11:20", True)])
def test_a_gps_date_elsewhere_speaks_against_the_clock(
    make: SimpleNamespace, context: Context, day: str, differs: bool
) -> None:
    block = make.tiff(
        {
            "exif": {ORIGINAL: make.ascii("2024:11:14 12:33:44")},
            "gps": {7: make.rationals((5, 1), (33, 1), (4450, 100)), 0x1D: make.ascii(day)},
        }
    )
    outcome = evidence(make, context, block)
    clock, receiver = (claim(outcome, b) for b in ("EXIF DateTimeOriginal", "EXIF GPSDateStamp and GPSTimeStamp"))
    assert clock is not None and receiver is not None and receiver.time is not None
    assert receiver.time.earliest == datetime(int(day[:4]), 11, int(day[-2:]), 5, 33, 44, 500_000, tzinfo=UTC)
    assert receiver.time.zone_known
    assert any("GPS time" in defeater for defeater in clock.defeaters) is differs


@pytest.mark.parametrize(
    ("north", "east", "expected"),
    [
        (("N", ((51, 1), (30, 1), (0, 1))), ("W", ((0, 1), (7, 1), (3000, 100))), (51.5, -0.125)),
        (("S", ((15, 1), (42, 1), (9, 1))), ("E", ((47, 1), (54, 1), (0, 1))), (-15.7025, 47.9)),
        (("s", ((3370123, 100000),)), ("w", ((7050000, 100000),)), (-33.70123, -70.5)),
    ],
)
def test_a_position_carries_its_sign(make: SimpleNamespace, context: Context, north, east, expected) -> None:  # type: ignore[no-untyped-def]
    outcome = evidence(make, context, gps(make, north, east))
    said = claim(outcome, "EXIF GPS")
    assert said is not None and said.place is not None
    assert (said.place.lat_deg, said.place.lon_deg) == pytest.approx(expected)
    assert said.place.radius_km == 0.05
    assert said.defeaters == ()
    assert float(facts(outcome, "gps.GPSLatitude")[0].normal) == pytest.approx(expected[0])


def test_the_receivers_own_error_widens_the_position(make: SimpleNamespace, context: Context) -> None:
    north, east = ("N", ((51, 1), (30, 1), (7, 1))), ("E", ((3, 1), (1, 1), (1, 1)))
    said = claim(evidence(make, context, gps(make, north, east, t31=make.rationals((420, 1)))), "EXIF GPS")
    assert said is not None and said.place is not None
    assert said.place.radius_km == 0.42


@pytest.mark.parametrize(
    ("degrees", "word", "radius_km"),
    [
        (((0, 1), (0, 1), (0, 1)), "are zero", 0.05),
        (((48, 1), (0, 1), (0, 1)), "whole degrees", 78.7),
        (((48, 1), (30, 1), (0, 1)), "tenths of a degree", 7.87),
        (((48, 1), (31, 1), (0, 1)), "whole minutes", 1.31),
        (((48, 1), (1, 1), (4800, 100)), "hundredths of a degree", 0.787),
    ],
)
def test_a_position_that_no_receiver_measured_is_named(
    make: SimpleNamespace, context: Context, degrees: tuple[tuple[int, int], ...], word: str, radius_km: float
) -> None:
    said = claim(evidence(make, context, gps(make, ("N", degrees), ("E", degrees))), "EXIF GPS")
    assert said is not None and said.place is not None
    assert any(word in defeater for defeater in said.defeaters)
    assert said.place.radius_km == radius_km
    decimals = len(said.place.name.partition(" ")[0].partition(".")[2])
    assert decimals <= {0.05: 4, 78.7: 1, 7.87: 2}.get(radius_km, 3)  # what the tags carry


@pytest.mark.parametrize(
    "north",
    [
        ("N", ((0, 0), (0, 0), (0, 0))),
        ("N", ((91, 1), (0, 1), (0, 1))),
        ("N", ((51, 1), (75, 1), (0, 1))),
        ("", ((51, 1), (30, 1), (0, 1))),
        ("X", ((51, 1), (30, 1), (0, 1))),
    ],
)
def test_an_impossible_position_is_a_fact_with_a_problem_and_no_claim(
    make: SimpleNamespace, context: Context, north: tuple[str, tuple[tuple[int, int], ...]]
) -> None:
    outcome = evidence(make, context, gps(make, north, ("E", ((3, 1), (1, 1), (1, 1)))))
    assert claim(outcome, "EXIF GPS") is None
    (fact,) = facts(outcome, "gps.GPSLatitude")
    assert fact.normal == ""
    assert fact.limits


def test_a_height_below_the_sea_is_negative(make: SimpleNamespace, context: Context) -> None:
    block = make.tiff({"gps": {5: (1, 1, b"\1"), 6: make.rationals((300, 2))}})
    assert facts(evidence(make, context, block), "gps.GPSAltitude")[0].normal == "-150"


@pytest.mark.parametrize(
    ("maker", "model", "quote"),
    [("Demo Optical", "DO-1", "Demo Optical DO-1"), ("Canon", "Canon EOS 5D", "Canon EOS 5D"), ("", "DO-1", "DO-1")],
)
def test_the_camera_is_a_claim_in_the_files_words(
    make: SimpleNamespace, context: Context, maker: str, model: str, quote: str
) -> None:
    outcome = evidence(make, context, make.tiff({"ifd0": {MAKE: make.ascii(maker), MODEL: make.ascii(model)}}))
    said = claim(outcome, "EXIF Make/Model")
    assert said is not None and said.quote == quote


def test_two_blocks_that_disagree_both_become_evidence(make: SimpleNamespace, context: Context) -> None:
    blocks = [make.tiff({"ifd0": {MAKE: make.ascii(maker)}}) for maker in ("Canon", "NIKON")]
    outcome = evidence(make, context, *blocks)
    assert [fact.raw for fact in facts(outcome, "exif.Make")] == ["Canon", "NIKON"]
    (trace,) = [item for item in outcome.evidence if isinstance(item, Trace)]
    assert trace.value == "disagree"
    assert "maker of the camera" in trace.statement
    assert len({item.id for item in outcome.evidence}) == len(outcome.evidence)


def test_a_block_that_goes_on_in_the_next_segment_is_read_in_one_piece(make: SimpleNamespace, context: Context) -> None:
    block = make.tiff({"ifd0": {MAKE: make.ascii("a camera of a long name")}})
    outcome = evidence(make, context, block[:-12], block[-12:])
    assert [fact.raw for fact in facts(outcome, "exif.Make")] == ["a camera of a long name"]
    assert "goes on through 2 segments" in facts(outcome, "exif.problems")[0].statement
    assert not [item for item in outcome.evidence if isinstance(item, Trace)]


def test_thousands_of_segments_that_go_on_are_not_joined_to_one(make: SimpleNamespace, context: Context) -> None:
    outcome = evidence(make, context, make.tiff({"ifd0": {MAKE: make.ascii("Demo")}}), *[b"more"] * 3_000)
    told = [fact.statement for fact in facts(outcome, "exif.problems")]
    assert "goes on through 256 segments" in told[0]
    assert any("of 12 EXIF blocks only the first 8" in text.replace("Of", "of") for text in told)


def test_the_directories_of_a_cr3_are_one_block_in_parts(make: SimpleNamespace, context: Context) -> None:
    text = b"2024:11:14 12:33:44\0"
    head = b"MM\0*\0\0\0\x08\0\1"
    parts = {
        "CMT1": ("exif", make.tiff({"ifd0": {MAKE: make.ascii("a tag that somebody changed")}})),
        "CMT2": ("exif", head + struct.pack(">HHII", ORIGINAL, 2, len(text), 26) + bytes(4) + text),
        "CMT3": ("maker-note", head + struct.pack(">HHII", 0x0096, 2, 10, 26) + bytes(4) + b"KQ0121813\0"),
    }
    data, blocks = b"", []
    for name, (kind, part) in parts.items():
        place = {"payload_offset_bytes": len(data), "payload_length_bytes": len(part)}
        blocks.append(Block(kind=kind, name=name, offset_bytes=len(data), length_bytes=len(part), sha256=name, **place))
        data += part
    image = make.image(make.jpeg())
    outcome = check(replace(image, data=data, structure=replace(image.structure, blocks=tuple(blocks))), context)
    assert isinstance(outcome, Ran)
    assert facts(outcome, "maker.InternalSerialNumber")[0].raw == "KQ0121813"
    said = claim(outcome, "EXIF DateTimeOriginal")
    assert said is not None and "at byte" not in said.statement
    assert not [item for item in outcome.evidence if isinstance(item, Trace)]
    (fact,) = facts(outcome, "exif.DateTimeOriginal")
    assert data[fact.offset_bytes : fact.offset_bytes + fact.length_bytes] == text


def test_every_fact_cites_the_bytes_it_was_read_from(make: SimpleNamespace, context: Context) -> None:
    block = make.tiff({"ifd0": {MAKE: make.ascii("Demo")}})
    data = make.jpeg_with_exif(block)
    (fact,) = facts(evidence(make, context, block), "exif.Make")
    assert data[fact.offset_bytes : fact.offset_bytes + fact.length_bytes] == b"Demo\0"
    assert fact.block_sha256 == hashlib.sha256(block).hexdigest()


def test_what_the_sanitiser_refused_is_in_the_report(make: SimpleNamespace, context: Context) -> None:
    outcome = evidence(make, context, make.tiff({"ifd0": {MAKE: make.ascii("ABC"), 0x927C: (7, 2**30, b"")}}))
    assert "MakerNote" in facts(outcome, "exif.problems")[0].statement


def test_exif_packed_into_png_text_is_read(make: SimpleNamespace, context: Context) -> None:
    block = b"Exif\0\0" + make.tiff({"ifd0": {MAKE: make.ascii("Demo")}})
    text = f"\nexif\n{len(block):8}\n{block.hex()}\n".encode()
    outcome = check(make.image(make.png((b"tEXt", b"Raw profile type exif\0" + text))), context)
    assert isinstance(outcome, Ran)
    (fact,) = facts(outcome, "exif.Make")
    assert fact.raw == "Demo"
    assert fact.length_bytes > len(text), "packed bytes are nowhere in the file as they are, so the block is cited"


def test_a_strangers_words_stand_in_no_statement(make: SimpleNamespace, context: Context) -> None:
    word = "zzqx<script>"
    block = make.tiff({"ifd0": {tag: make.ascii(word) for tag in (MAKE, MODEL, SOFTWARE, 0x13B, 0x8298, 0x10E)}})
    outcome = evidence(make, context, block)
    assert any(word in fact.raw for fact in facts(outcome, "exif.Make"))
    assert not any(word in item.statement or word in "".join(item.limits) for item in outcome.evidence)


def test_the_same_bytes_give_the_same_evidence(make: SimpleNamespace, context: Context) -> None:
    block = make.tiff({"ifd0": {MAKE: make.ascii("Demo"), 0x0112: (3, 1, struct.pack(">H", 1))}})
    first, second = (evidence(make, context, block) for _ in range(2))
    assert [item.id for item in first.evidence] == [item.id for item in second.evidence]


def test_a_position_is_said_in_words_and_a_void_or_wide_one_is_not(make: SimpleNamespace, context: Context) -> None:
    def said(latitude: tuple[str, tuple], longitude: tuple[str, tuple]) -> str:  # type: ignore[type-arg]
        found = claim(evidence(make, context, gps(make, latitude, longitude)), "EXIF GPS")
        assert found is not None
        return found.statement

    yenisei = said(("N", ((56, 1), (3, 1), (0, 1))), ("E", ((92, 1), (54, 1), (0, 1))))
    assert "Krasnoyarsk Krai (RU), the nearest settlement of more than 500 people; in Russia (RU)" in yenisei
    assert "nearest" not in said(("N", ((0, 1), (0, 1), (0, 1))), ("E", ((0, 1), (0, 1), (0, 1))))
    assert "nearest" not in said(("N", ((56, 1), (0, 1), (0, 1))), ("E", ((92, 1), (0, 1), (0, 1))))
    border = said(("N", ((51, 1), (17, 1), (53, 1))), ("E", ((34, 1), (23, 1), (41, 1))))
    assert "in Russia (RU) or Ukraine (UA)" in border


def test_exif_among_the_photoshop_resources_is_read_where_the_file_has_no_other(
    make: SimpleNamespace, context: Context
) -> None:
    among, own = (
        make.tiff({"ifd0": {MAKE: make.ascii(name), 0x0100: (3, 1, b"\0\x09")}}) for name in ("NIKON", "Sony")
    )
    resource = (
        b"Photoshop 3.0\0" + b"8BIM\x04\x22\0\0" + struct.pack(">I", len(among)) + among + b"\0" * (len(among) % 2)
    )
    outcome = check(make.image(make.jpeg(make.segment(0xED, resource))), context)
    assert isinstance(outcome, Ran)
    assert [fact.raw for fact in facts(outcome, "exif.Make")] == ["NIKON"]
    both = check(make.image(make.jpeg(make.segment(0xE1, b"Exif\0\0" + own), make.segment(0xED, resource))), context)
    assert isinstance(both, Ran)
    assert [fact.raw for fact in facts(both, "exif.Make")] == ["Sony"]
    assert not [item for item in both.evidence if isinstance(item, Trace)]


def test_exif_of_a_further_picture_is_said_not_to_be_read(make: SimpleNamespace, context: Context) -> None:
    own = struct.pack("<2sHIHI", b"II", 42, 8, 0, 0)
    image = make.image(make.jpeg(make.segment(0xE1, b"Exif\0\0" + own)))
    block = replace(image.structure.blocks[0], kind="other-exif", name="item Exif")
    other = replace(image, structure=replace(image.structure, blocks=(*image.structure.blocks, block)))
    said = [
        [item.statement for item in check(one, context).evidence if isinstance(item, Fact)] for one in (image, other)
    ]
    assert [any("further pictures" in one for one in statements) for statements in said] == [False, True]


def test_nothing_lies_after_a_check_by_a_clock_that_was_never_set() -> None:
    taken = parse_interval("2024-11-14T12:33:44Z")
    assert future(taken, datetime(2024, 11, 14, tzinfo=UTC))
    assert not future(taken, datetime(1980, 1, 1, tzinfo=UTC))
