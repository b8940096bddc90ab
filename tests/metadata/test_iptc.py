"""The check "iptc": datasets in every container, in the right letters, with no zone invented and no length believed."""

import hashlib
import random
import struct
import time
import zlib
from types import SimpleNamespace

import pytest

from provenance.metadata.countries import two_letters
from provenance.metadata.iptc.check import check
from provenance.metadata.iptc.iim import datasets, records
from provenance.metadata.iptc.resources import resources
from provenance.model.context import Context
from provenance.model.evidence import Claim, Fact, Trace
from provenance.model.limits import Limits
from provenance.model.outcome import Ran
from provenance.model.place import Level
from tests.metadata.facts import facts

CITY, CREDIT, KEYWORDS, BYLINE = (2, 90), (2, 110), (2, 25), (2, 80)
UTF_8 = (1, 90), b"\x1b%G"


def dataset(place: tuple[int, int], data: bytes) -> bytes:
    return bytes((0x1C, *place)) + struct.pack(">H", len(data)) + data


def iim(*items: tuple[tuple[int, int], bytes]) -> bytes:
    return b"".join(dataset(place, data) for place, data in items)


def resource(number: int, data: bytes, *, name: bytes = b"", signature: bytes = b"8BIM") -> bytes:
    named = bytes((len(name),)) + name + b"\0" * ((len(name) + 1) % 2)
    return signature + struct.pack(">H", number) + named + struct.pack(">I", len(data)) + data + b"\0" * (len(data) % 2)


def jpeg(make: SimpleNamespace, *payloads: bytes) -> bytes:
    return make.jpeg(*(make.segment(0xED, b"Photoshop 3.0\0" + payload) for payload in payloads))


def found(make: SimpleNamespace, context: Context, data: bytes) -> Ran:
    outcome = check(make.image(data), context)
    assert isinstance(outcome, Ran)
    return outcome


def claims(outcome: Ran) -> dict[str, Claim]:
    return {item.basis: item for item in outcome.evidence if isinstance(item, Claim)}


def test_datasets_are_facts_by_their_names_in_the_standard(make: SimpleNamespace, context: Context) -> None:
    block = iim((CITY, b"Kursk"), (KEYWORDS, b"a"), (KEYWORDS, b"b"), ((2, 0), b"\0\4"), ((2, 230), b"x"))
    outcome = found(make, context, jpeg(make, resource(0x0404, block)))
    (city,) = facts(outcome, "iptc.City")
    assert (city.raw, "dataset 2:90" in city.statement, city.limits) == ("Kursk", True, ())
    assert [fact.raw for fact in facts(outcome, "iptc.Keywords")] == ["a", "b"]
    assert facts(outcome, "iptc.RecordVersion")[0].raw == "4"
    assert facts(outcome, "iptc.2:230")[0].raw == "x"


@pytest.mark.parametrize(
    ("data", "declared", "text", "words"),
    [
        (b"Kursk", b"", "Kursk", ""),
        ("Красноярск".encode(), UTF_8[1], "Красноярск", ""),
        ("평양".encode(), b"", "평양", "declares no character set; the bytes are UTF-8"),
        ("Köln".encode(), b"\x1b-A", "Köln", "declares ISO 8859-1; the bytes are UTF-8"),
        ("Köln".encode("latin-1"), b"\x1b.A", "Köln", "Read as ISO 8859-1"),
        ("Плёс".encode("iso8859-5"), b"\x1b-L", "Плёс", "Read as ISO 8859-5"),
        ("Köln – „x“".encode("cp1252"), b"", "Köln – „x“", "read as Windows-1252, which may be wrong"),
        ("Köln".encode("latin-1"), UTF_8[1], "Köln", "declares UTF-8, which the bytes are not"),
    ],
)
def test_letters_are_utf8_if_they_can_be_and_the_fact_says_what_they_were_taken_for(
    make: SimpleNamespace, context: Context, data: bytes, declared: bytes, text: str, words: str
) -> None:
    block = iim(*([((1, 90), declared)] if declared else []), (CITY, data))
    (fact,) = facts(found(make, context, jpeg(make, resource(0x0404, block))), "iptc.City")
    assert fact.raw == text
    assert words in " ".join(fact.limits) if words else fact.limits == ()


def test_the_block_is_found_in_each_container(make: SimpleNamespace, context: Context) -> None:
    bare, packed = iim((CITY, b"Kursk")), resource(0x0404, iim((CITY, b"Kursk")))
    profile = b"\nIPTC profile\n%8d\n%s\n" % (len(packed), packed.hex().encode())
    words = bare + b"\0" * (-len(bare) % 4)
    swapped = b"".join(words[at : at + 4][::-1] for at in range(0, len(words), 4))
    box = bytes.fromhex("2c4c0100850440b9a03e562148d6dfeb") + packed
    whole = [
        jpeg(make, packed),
        make.jpeg_with_exif(make.tiff({"ifd0": {33723: (7, len(bare), bare)}})),
        b"\0\0\0\x0cjP  \r\n\x87\n" + struct.pack(">I", 8 + len(box)) + b"uuid" + box,
        jpeg(make, resource(0x03ED, b"x" * 15) + packed),
        jpeg(make, resource(0x1000, b"x", signature=b"MeSa", name=b"n") + packed),
        make.tiff({"ifd0": {0x0100: (4, 1, b"\0\0\0\1"), 33723: (7, len(bare), bare)}}),
        make.tiff({"ifd0": {0x0100: (4, 1, b"\0\0\0\1"), 34377: (7, len(packed), packed)}}),
        make.tiff({"ifd0": {0x0100: (4, 1, b"\0\0\0\1"), 33723: (4, len(swapped) // 4, swapped)}}, "<"),
        b"8BPS\0\1" + bytes(20) + bytes(4) + struct.pack(">I", len(packed)) + packed,
    ]
    others = [
        jpeg(make, packed[:20], packed[20:]),
        make.png((b"zTXt", b"Raw profile type iptc\0\0" + zlib.compress(profile))),
    ]
    for data in (*whole, *others):
        (fact,) = facts(found(make, context, data), "iptc.City")
        assert fact.raw == "Kursk"
    for data in whole:
        (fact,) = facts(found(make, context, data), "iptc.City")
        cited = data[fact.offset_bytes : fact.offset_bytes + fact.length_bytes]
        assert hashlib.sha256(cited).hexdigest() == fact.block_sha256


@pytest.mark.parametrize(
    ("block", "words"),
    [
        (b"garbage" + iim((CITY, b"Kursk")), "no dataset"),
        (iim((CITY, b"Kursk")) + b"garbage", "no dataset"),
        (iim((CITY, b"Kursk")) + b"\x1c\2\x6e\x7f\xff", "no dataset"),
        (b"\x1c\2\x6e\x80\7" + iim((CITY, b"Kursk")), "no dataset"),
        (b"\x1c\2\x6e\x80\0" + iim((CITY, b"Kursk")), "no dataset"),
    ],
)
def test_what_is_broken_is_passed_over_and_said(
    make: SimpleNamespace, context: Context, block: bytes, words: str
) -> None:
    outcome = found(make, context, jpeg(make, resource(0x0404, block)))
    assert facts(outcome, "iptc.City")[0].raw == "Kursk"
    assert words in facts(outcome, "iptc.problems")[0].statement


def test_extended_lengths_and_padding_are_no_problem() -> None:
    long = b"\x1c\2\x78\x80\4" + struct.pack(">I", 40_000) + b"x" * 40_000
    read = records(long + iim((CITY, b"Kursk")) + bytes(7), Limits())
    assert [len(one.data) for one in read.datasets] == [40_000, 5]
    assert read.problems == ()


def test_a_resource_that_reaches_beyond_its_block_is_refused() -> None:
    read = resources(b"8BIM\4\4\0\0\xff\xff\xff\xff" + resource(0x0404, iim((CITY, b"Kursk"))))
    assert [one.number for one in read.items] == [0x0404]
    assert "beyond the end" in read.problems[0]


@pytest.mark.parametrize(
    ("date", "clock", "earliest", "zone_known"),
    [
        (b"20241114", b"123344+0700", "2024-11-14T05:33:44", True),
        (b"20241114", b"123344", "2024-11-13T22:33:44", False),
        (b"20241114", b"", "2024-11-13T10:00:00", False),
        (b"20241114", b"123344+0000", "2024-11-13T22:33:44", False),
        (b"20241114", b"000000+0000", "2024-11-13T10:00:00", False),
        (b"20241114", b"000000", "2024-11-13T10:00:00", False),
        (b"2024-11-14", b"12:33:44-0500", "2024-11-14T17:33:44", True),
        (b"20241100", b"", "2024-10-31T10:00:00", False),
        (b"20241114", b"996199", "2024-11-13T10:00:00", False),
        (b"20241399", b"", "", False),
        (b"00000000", b"000000", "", False),
        (b"soon", b"", "", False),
    ],
)
def test_a_date_is_claimed_with_a_zone_only_where_one_is_written(
    make: SimpleNamespace, context: Context, date: bytes, clock: bytes, earliest: str, zone_known: bool
) -> None:
    block = iim(((2, 55), date), *([((2, 60), clock)] if clock else []))
    claim = claims(found(make, context, jpeg(make, resource(0x0404, block)))).get("IPTC DateCreated")
    if not earliest:
        assert claim is None
        return
    assert claim and claim.time and claim.time.earliest
    assert claim.time.earliest.isoformat() == f"{earliest}+00:00"
    assert claim.time.zone_known is zone_known
    assert any("zone" in limit or "day only" in limit for limit in claim.limits) is not zone_known


def test_place_and_author_are_claims_by_the_file(make: SimpleNamespace, context: Context) -> None:
    block = iim(
        UTF_8, (CITY, b"Kursk"), ((2, 101), b"Russia"), ((2, 100), b"RUS"), (BYLINE, b"I. Petrov"), (BYLINE, b"A. B.")
    )
    told = claims(found(make, context, jpeg(make, resource(0x0404, block))))
    place = told["IPTC City/Province/Country"].place
    assert place and (place.name, place.cc, place.level, place.lat_deg) == ("Kursk, Russia", "RU", Level.CITY, None)
    assert told["IPTC By-line"].quote == "I. Petrov; A. B."
    assert {claim.source.origin for claim in told.values()} == {"file"}


@pytest.mark.parametrize(
    ("code", "two"), [("RUS", "RU"), ("ua", "UA"), ("GBR", "GB"), ("XUK", ""), ("", ""), ("Z", "")]
)
def test_country_codes_are_those_of_iso_3166(code: str, two: str) -> None:
    assert two_letters(code) == two


def test_photoshop_resources_are_facts(make: SimpleNamespace, context: Context) -> None:
    name = "Adobe Photoshop"
    version = struct.pack(">IBI", 1, 1, len(name)) + name.encode("utf-16-be") + struct.pack(">I", 0)
    thumbnail = bytes(28) + b"\xff\xd8\xff\xd9"
    block = b"".join(
        (
            resource(0x0406, b"\0\x08\1\1\0\1\0"),
            resource(0x0421, version),
            resource(0x040C, thumbnail),
            resource(0x040B, b"https://example.org/"),
            resource(0x040A, b"\1"),
        )
    )
    outcome = found(make, context, jpeg(make, block))
    read = {item.key: item for item in outcome.evidence if isinstance(item, Fact)}
    assert (read["photoshop.JPEGQuality"].raw, read["photoshop.JPEGQuality"].normal) == (
        "8",
        "Photoshop quality 12 of 12",
    )
    assert read["photoshop.JPEGFormat"].normal == "progressive"
    assert read["photoshop.WriterName"].raw == name
    assert read["photoshop.thumbnail"].normal == hashlib.sha256(b"\xff\xd8\xff\xd9").hexdigest()
    assert read["photoshop.URL"].raw == "https://example.org/"
    assert read["photoshop.CopyrightFlag"].raw == "1"


@pytest.mark.parametrize(
    ("digest", "stale"),
    [
        (hashlib.md5(iim((CITY, b"Kursk"))).digest(), False),
        (hashlib.md5(iim((CITY, b"Kyiv"))).digest(), True),
        (bytes(16), False),
        (b"short", False),
    ],
)
def test_a_stale_digest_is_a_trace(make: SimpleNamespace, context: Context, digest: bytes, stale: bool) -> None:
    data = jpeg(make, resource(0x0404, iim((CITY, b"Kursk"))) + resource(0x0425, digest))
    traces = [item for item in found(make, context, data).evidence if isinstance(item, Trace)]
    assert [trace.topic for trace in traces] == (["iptc digest"] if stale else [])


def test_metas_instructions_are_a_plain_fact(make: SimpleNamespace, context: Context) -> None:
    block = resource(0x0404, iim(((2, 40), b"FBMD23000969010000b1590000")))
    assert [one.data for one in datasets(block, Limits())] == [b"FBMD23000969010000b1590000"]
    assert facts(found(make, context, jpeg(make, block)), "iptc.SpecialInstructions")[0].raw.startswith("FBMD23")


def test_mutated_blocks_never_escape_and_cost_no_time(make: SimpleNamespace, context: Context) -> None:
    whole, rng = (
        resource(0x0404, iim(UTF_8, (CITY, b"Kursk"), ((2, 55), b"20241114"))) + resource(0x0425, bytes(16)),
        (random.Random(12)),
    )
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 8)):
            at = rng.randrange(len(data))
            data[at : at + rng.randint(0, 3)] = rng.randbytes(rng.randint(0, 3))
        for item in found(make, context, jpeg(make, bytes(data))).evidence:
            assert item.statement
    for block in (
        b"8BIM" * 500_000,
        b"\x1c\2\x5a\0\0" * 400_000,
        b"\x1c" * 2_000_000,
        b"8BIM\4\4\0\0\0\0\0\0" * 150_000,
    ):
        image = make.image(make.tiff({"ifd0": {0x0100: (4, 1, b"\0\0\0\1"), 33723: (7, len(block), block)}}))
        started = time.process_time()
        outcome = check(image, context)
        assert isinstance(outcome, Ran)
        assert len(outcome.evidence) <= 2_100
        assert time.process_time() - started < 2
