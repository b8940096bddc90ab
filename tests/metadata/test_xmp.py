"""The check "xmp": every form of a property, packets wherever they stand, slips mended and said, bombs refused."""

import hashlib
import random
import struct
import time
import zlib
from types import SimpleNamespace

import pytest

from provenance.metadata.credentials import check as credentials
from provenance.metadata.credentials import presence
from provenance.metadata.exif.inside import inside
from provenance.metadata.topics import topic
from provenance.metadata.traces import platform
from provenance.metadata.xmp import packets
from provenance.metadata.xmp.check import check
from provenance.metadata.xmp.packet import packet_text
from provenance.metadata.xmp.reading import Packet, read
from provenance.model.context import Context
from provenance.model.evidence import Claim, Fact, Trace
from provenance.model.limits import Limits
from provenance.model.outcome import Ran
from provenance.model.place import Level

NAMESPACES = (
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("exif", "http://ns.adobe.com/exif/1.0/"),
    ("photoshop", "http://ns.adobe.com/photoshop/1.0/"),
    ("xmp", "http://ns.adobe.com/xap/1.0/"),
    ("xmpMM", "http://ns.adobe.com/xap/1.0/mm/"),
    ("xmpNote", "http://ns.adobe.com/xmp/note/"),
    ("stEvt", "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"),
    ("Iptc4xmpExt", "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"),
    ("Iptc4xmpCore", "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
)
NAME = b"http://ns.adobe.com/xap/1.0/\0"
EXTENSION = b"http://ns.adobe.com/xmp/extension/\0"
KIND = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


def packet(body: str = "", attributes: str = "") -> str:
    bound = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF {bound}><rdf:Description rdf:about="" {attributes}>{body}</rdf:Description></rdf:RDF></x:xmpmeta>'
        '<?xpacket end="w"?>'
    )


def values(text: str) -> dict[str, str]:
    return {one.path: one.value for one in read(text, Limits()).properties}


def jpeg(make: SimpleNamespace, *packets: str) -> bytes:
    return make.jpeg(*(make.segment(0xE1, NAME + text.encode()) for text in packets))


def found(make: SimpleNamespace, context: Context, data: bytes) -> Ran:
    outcome = check(make.image(data), context)
    assert isinstance(outcome, Ran)
    return outcome


def facts(outcome: Ran) -> dict[str, Fact]:
    return {item.key: item for item in outcome.evidence if isinstance(item, Fact)}


def claims(outcome: Ran) -> dict[str, Claim]:
    return {item.basis: item for item in outcome.evidence if isinstance(item, Claim)}


@pytest.mark.parametrize(
    ("body", "attributes", "path", "value"),
    [
        ("", 'photoshop:City="Kursk"', "photoshop:City", "Kursk"),
        ("<photoshop:City>Kursk</photoshop:City>", "", "photoshop:City", "Kursk"),
        ('<xmp:BaseURL rdf:resource="http://a/"/>', "", "xmp:BaseURL", "http://a/"),
        ("<dc:subject><rdf:Bag><rdf:li>a</rdf:li><rdf:li>b</rdf:li></rdf:Bag></dc:subject>", "", "dc:subject[2]", "b"),
        (
            '<xmpMM:History><rdf:Seq><rdf:li stEvt:action="saved"/></rdf:Seq></xmpMM:History>',
            "",
            "xmpMM:History[1]/stEvt:action",
            "saved",
        ),
        (
            '<xmpMM:DerivedFrom rdf:parseType="Resource"><stEvt:when>2024</stEvt:when></xmpMM:DerivedFrom>',
            "",
            "xmpMM:DerivedFrom/stEvt:when",
            "2024",
        ),
        (
            "<xmpMM:DerivedFrom><rdf:Description><stEvt:when>2024</stEvt:when></rdf:Description></xmpMM:DerivedFrom>",
            "",
            "xmpMM:DerivedFrom/stEvt:when",
            "2024",
        ),
        (
            '<dc:source rdf:parseType="Resource"><rdf:value>AFP</rdf:value><xmp:Label>x</xmp:Label></dc:source>',
            "",
            "dc:source",
            "AFP",
        ),
        (
            '<dc:source rdf:parseType="Resource"><rdf:value>AFP</rdf:value><xmp:Label>x</xmp:Label></dc:source>',
            "",
            "dc:source/?xmp:Label",
            "x",
        ),
        ('<dc:source rdf:value="AFP" xmp:Label="x"/>', "", "dc:source", "AFP"),
        ('<exif:Flash exif:Fired="True" exif:Mode="1"/>', "", "exif:Flash/exif:Mode", "1"),
        (
            "<Iptc4xmpExt:LocationCreated><rdf:Bag><rdf:li><rdf:Description>"
            "<Iptc4xmpExt:City>Kyiv</Iptc4xmpExt:City></rdf:Description></rdf:li></rdf:Bag></Iptc4xmpExt:LocationCreated>",
            "",
            "Iptc4xmpExt:LocationCreated[1]/Iptc4xmpExt:City",
            "Kyiv",
        ),
        ('<exif:Flash><rdf:Bag exif:Fired="True"/></exif:Flash>', "", "exif:Flash/exif:Fired", "True"),
    ],
)
def test_each_form_of_a_property_has_its_path(body: str, attributes: str, path: str, value: str) -> None:
    assert values(packet(body, attributes))[path] == value


def test_the_default_language_comes_first_and_others_are_named(make: SimpleNamespace, context: Context) -> None:
    body = (
        '<dc:title><rdf:Alt><rdf:li xml:lang="de">Geschütz</rdf:li><rdf:li xml:lang="x-default">Gun</rdf:li>'
        "</rdf:Alt></dc:title>"
    )
    found_facts = facts(found(make, context, jpeg(make, packet(body))))
    assert found_facts["xmp.dc:title[1]"].raw == "Gun"
    assert found_facts["xmp.dc:title[1]"].limits == ()
    assert found_facts["xmp.dc:title[2]"].limits == ("In the language de.",)


def test_prefixes_are_those_of_the_namespaces_and_not_of_the_file() -> None:
    text = (
        packet().replace("photoshop", "ps").replace("</rdf:Description>", "<ps:City>Kursk</ps:City></rdf:Description>")
    )
    text = text.replace("http://ns.adobe.com/ps/1.0/", "http://ns.adobe.com/photoshop/1.0/")
    assert values(text)["photoshop:City"] == "Kursk"
    (one,) = read(packet('<my:City xmlns:my="urn:my">Kursk</my:City>'), Limits()).properties
    assert one.path == "my:City"
    assert "not a well-known one" in one.notes[0]


@pytest.mark.parametrize(
    "text",
    [
        packet(attributes='photoshop:Credit="AFP"'),
        packet(attributes='photoshop:Credit="AFP"').replace('<?xpacket end="w"?>', "") + "\0\0\0",
        "\n\n  " + packet(attributes='photoshop:Credit="AFP"') + " " * 2_000,
        packet(attributes='photoshop:Credit="AFP"').replace("x:xmpmeta", "x:xapmeta"),
        packet(attributes='photoshop:Credit="AFP"')
        .replace('<x:xmpmeta xmlns:x="adobe:ns:meta/">', "")
        .replace("</x:xmpmeta>", ""),
        f'<rdf:Description xmlns:rdf="{NAMESPACES[-1][1]}" xmlns:photoshop="{NAMESPACES[2][1]}" '
        'photoshop:Credit="AFP"/>',
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/" xmlns:photoshop="{NAMESPACES[2][1]}">'
        "<photoshop:Credit>AFP</photoshop:Credit></x:xmpmeta>",
        '<rdf:RDF><rdf:Description photoshop:Credit="AFP"/></rdf:RDF>',
        packet(attributes='photoshop:Credit="AFP"') + packet(attributes='dc:format="x"'),
        packet(attributes='photoshop:Credit="AFP"')[:-45],
        packet("<photoshop:Category>a &amp; b & c \x07 &nbsp; &#1;</photoshop:Category>", 'photoshop:Credit="AFP"'),
    ],
)
def test_packets_of_every_make_and_state_are_read(text: str) -> None:
    assert values(text)["photoshop:Credit"] == "AFP"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_every_encoding_of_unicode_is_read(encoding: str, mark: str) -> None:
    text, problem = packet_text((mark + packet(attributes='photoshop:City="Київ"')).encode(encoding), Limits())
    assert (problem, values(text)["photoshop:City"]) == ("", "Київ")


def test_nodes_named_apart_stand_where_they_are_referred_to() -> None:
    nodes = (
        '<rdf:Description rdf:nodeID="a" xmp:Label="x"/><rdf:Bag rdf:nodeID="b"><rdf:li>k</rdf:li></rdf:Bag>'
        '<rdf:Bag rdf:nodeID="c"><rdf:li>z</rdf:li></rdf:Bag>'
    )
    whole = packet('<dc:subject rdf:nodeID="b"/>')
    text = whole.replace("<rdf:Description rdf:about", f"{nodes}<rdf:Description rdf:about")
    assert values(text) == {"xmp:Label": "x", "dc:subject[1]": "k", "rdf:li[1]": "z"}
    ring = '<rdf:Description rdf:nodeID="a"><dc:source rdf:nodeID="a"/><xmp:Label>x</xmp:Label></rdf:Description>'
    looped = values(whole.replace("<rdf:Description rdf:about", f"{ring}<rdf:Description rdf:about"))
    assert list(looped.values()) == ["x"]
    assert not any("\0" in path for path in looped)


def test_what_was_mended_and_what_broke_off_is_said() -> None:
    mended = read(packet(attributes='photoshop:Credit="AFP & Getty"'), Limits())
    assert mended.problems == ()
    assert mended.properties[0].value == "AFP & Getty"
    assert "repaired: bare ampersands escaped" in mended.properties[0].notes[0]
    broken = read(packet("<photoshop:City>Kursk</photoshop:City><photoshop:State>", 'photoshop:Credit="AFP"'), Limits())
    assert {one.path for one in broken.properties} == {"photoshop:Credit", "photoshop:City"}
    assert "before the break" in broken.problems[0]


def test_latin_letters_in_a_utf8_packet_are_read_and_said(make: SimpleNamespace, context: Context) -> None:
    data = packet(attributes='photoshop:City="Köln"').encode().replace("ö".encode(), b"\xf6")
    fact = facts(found(make, context, make.jpeg(make.segment(0xE1, NAME + data))))["xmp.photoshop:City"]
    assert fact.raw == "Köln"
    assert "Windows-1252" in fact.limits[-1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('<!DOCTYPE a [<!ENTITY b "x">]>' + packet(), "document type"),
        ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>', "document type"),
        (packet("<dc:source>" * 4_000), "more than 64 deep"),
        (packet("".join(f"<xmp:P{n}>1</xmp:P{n}>" for n in range(3_000))), "more than 2,000 values"),
        (packet("<xmp:P/>" * 120_000), "too many elements"),
        (packet(attributes=" ".join(f'xmp:P{n}=""' for n in range(120_000))), "too many attributes"),
    ],
)
def test_what_costs_too_much_is_refused_fast_and_named(
    make: SimpleNamespace, context: Context, text: str, words: str
) -> None:
    started = time.process_time()
    content, problem = packet_text(text.encode(), Limits())
    problems = (problem,) if problem else read(content, Limits()).problems
    assert words in problems[0]
    assert time.process_time() - started < 2


def test_long_values_and_names_are_cut_and_said() -> None:
    (one,) = read(packet(f"<photoshop:City>{'x' * 50_000}</photoshop:City>"), Limits(text_chars=20_000)).properties
    assert len(one.value) == 20_000
    assert "Cut after 20,000" in one.notes[0]
    (named,) = read(packet(f"<xmp:{'n' * 5_000}>1</xmp:{'n' * 5_000}>"), Limits()).properties
    assert len(named.path) < 200


def test_hostile_texts_cost_no_time() -> None:
    uri = NAMESPACES[7][1]
    for text in (
        f'xmlns:Iptc4xmpExt="{uri}" ' + "<a " * 20_000 + "Iptc4xmpExt:DigitalSourceType " * 20_000,
        packet("&" * 200_000),
        packet("\udcff\x01" * 100_000),
        packet("&#1;" * 100_000),
        packet("".join(f"<p{n}:a/>" for n in range(20_000))),
        "<a:" * 100_000,
        packet("<" + "a/" * 100_000),
    ):
        started = time.process_time()
        read(packet_text(text.encode("utf-8", "surrogateescape"), Limits())[0], Limits())
        assert time.process_time() - started < 2


def test_mutated_packets_never_escape() -> None:
    body = (
        "<dc:subject><rdf:Bag><rdf:li>a</rdf:li></rdf:Bag></dc:subject>"
        '<xmpMM:History><rdf:Seq><rdf:li stEvt:action="saved"/></rdf:Seq></xmpMM:History>'
        '<dc:source rdf:parseType="Resource"><rdf:value>AFP</rdf:value></dc:source>'
    )
    whole, rng = packet(body, 'photoshop:City="Kursk"').encode(), random.Random(12)
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 12)):
            at = rng.randrange(len(data))
            if rng.random() < 0.5:
                data[at] = rng.randrange(256)
            elif rng.random() < 0.5:
                del data[at : at + rng.randint(1, 40)]
            else:
                data[at:at] = data[rng.randrange(len(data)) :][: rng.randint(1, 60)]
        text, _ = packet_text(bytes(data), Limits())
        for one in read(text, Limits()).properties:
            assert one.path and one.value.strip()


def resource(number: int, data: bytes) -> bytes:
    return b"8BIM" + struct.pack(">HHI", number, 0, len(data)) + data + b"\0" * (len(data) % 2)


def test_packets_are_found_wherever_they_stand(make: SimpleNamespace, context: Context) -> None:
    text = packet(attributes='photoshop:City="Kursk"').encode()
    raw = b"\nxmp\n%8d\n%s\n" % (len(text), text.hex().encode())
    psd = b"8BPS\0\1" + bytes(20) + bytes(4) + struct.pack(">I", len(resource(0x0424, text))) + resource(0x0424, text)
    inside_exif = make.tiff({"ifd0": {700: (1, len(text), text)}})
    moved = make.tiff({"ifd0": {}, "exif": {700: (1, len(text), text)}}, "<")
    files = [
        make.jpeg(make.segment(0xE1, NAME + text)),
        make.jpeg_with_exif(inside_exif),
        make.jpeg_with_exif(moved),
        make.jpeg(make.segment(0xE1, b"XMP\0://ns.adobe.com/xap/1.0/\0" + text)),
        make.jpeg(make.segment(0xED, b"Photoshop 3.0\0" + resource(0x0424, text))),
        make.png((b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + text)),
        make.png((b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(text))),
        make.png((b"zTXt", b"Raw profile type xmp\0\0" + zlib.compress(raw))),
        make.png((b"tEXt", b"XML:com.adobe.xmp\0" + text)),
        make.tiff({"ifd0": {0x0100: (4, 1, b"\0\0\0\1"), 700: (1, len(text), text)}}),
        psd,
    ]
    for data in files:
        fact = facts(found(make, context, data))["xmp.photoshop:City"]
        assert fact.raw == "Kursk"
        cited = data[fact.offset_bytes : fact.offset_bytes + fact.length_bytes]
        assert hashlib.sha256(cited).hexdigest() == fact.block_sha256


def extended(text: bytes, *, guid: bytes = b"", parts: int = 2) -> tuple[str, list[bytes]]:
    guid = guid or hashlib.md5(text).hexdigest().upper().encode()
    step = -(-len(text) // parts)
    pieces = [
        EXTENSION + guid + struct.pack(">II", len(text), at) + text[at : at + step] for at in range(0, len(text), step)
    ]
    return packet(attributes=f'xmpNote:HasExtendedXMP="{guid.decode()}"'), pieces


def test_an_extended_packet_is_joined_in_any_order(make: SimpleNamespace, context: Context) -> None:
    main, pieces = extended(packet(attributes='photoshop:City="Kursk"').encode(), parts=3)
    data = make.jpeg(*(make.segment(0xE1, piece) for piece in (NAME + main.encode(), *reversed(pieces))))
    outcome = found(make, context, data)
    assert facts(outcome)["xmp.photoshop:City"].raw == "Kursk"
    assert "xmp.problems" not in facts(outcome)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("missing", "are missing"),
        ("digest", "not the one that its name"),
        ("stray", "refers to this extended one"),
        ("huge", "longer than"),
        ("outside", "outside it"),
    ],
)
def test_what_is_wrong_with_an_extended_packet_is_said(
    make: SimpleNamespace, context: Context, change: str, words: str
) -> None:
    text = packet(attributes='photoshop:City="Kursk"').encode()
    main, pieces = extended(text, guid=b"0" * 32 if change == "digest" else b"")
    if change == "missing":
        pieces = pieces[:1]
    elif change == "stray":
        main = packet()
    elif change == "huge":
        pieces = [piece[:67] + b"\xff\xff\xff\xff" + piece[71:] for piece in pieces]
    elif change == "outside":
        pieces = [piece[:71] + b"\xff\xff\xff\xff" + piece[75:] for piece in pieces]
    data = make.jpeg(*(make.segment(0xE1, piece) for piece in (NAME + main.encode(), *pieces)))
    outcome = found(make, context, data)
    assert any(words in text for item in outcome.evidence for text in (item.statement, *item.limits))


def test_time_place_and_author_are_claims_by_the_file(make: SimpleNamespace, context: Context) -> None:
    body = (
        "<dc:creator><rdf:Seq><rdf:li>I. Petrov</rdf:li></rdf:Seq></dc:creator>"
        "<Iptc4xmpExt:LocationCreated><rdf:Bag><rdf:li Iptc4xmpExt:City='Kyiv' Iptc4xmpExt:CountryCode='UKR' "
        "exif:GPSLatitude='50,27.0N' exif:GPSLongitude='30,31.2E'/>"
        "</rdf:Bag></Iptc4xmpExt:LocationCreated>"
        "<Iptc4xmpExt:LocationShown><rdf:Bag><rdf:li Iptc4xmpExt:City='Moscow'/></rdf:Bag></Iptc4xmpExt:LocationShown>"
    )
    attributes = (
        'exif:DateTimeOriginal="2024-11-14T12:33:44+07:00" photoshop:DateCreated="2024-11-14" photoshop:City="Kursk" '
        'photoshop:Country="Russia" Iptc4xmpCore:CountryCode="RU" exif:GPSLatitude="56,0.6N" '
        'exif:GPSLongitude="92,51.0E"'
    )
    told = claims(found(make, context, jpeg(make, packet(body, attributes))))
    assert {claim.source.origin for claim in told.values()} == {"file"}
    capture = told["XMP exif:DateTimeOriginal"].time
    assert (
        capture and capture.zone_known and capture.earliest and capture.earliest.isoformat()[:16] == "2024-11-14T05:33"
    )
    day = told["XMP photoshop:DateCreated"].time
    assert day and not day.zone_known
    city = told["XMP photoshop:City/State/Country"].place
    assert city and (city.name, city.cc, city.level, city.lat_deg) == ("Kursk, Russia", "RU", Level.CITY, None)
    created = told["XMP Iptc4xmpExt:LocationCreated"].place
    assert created and (created.name, created.cc) == ("Kyiv", "UA")
    stood = told["XMP Iptc4xmpExt:LocationCreated exif:GPS"].place
    assert stood and (stood.lat_deg, stood.lon_deg) == (50.45, 30.52)
    shown = told["XMP Iptc4xmpExt:LocationShown"]
    assert shown.place is None and shown.quote == "Moscow" and "need not have stood" in shown.statement
    point = told["XMP exif:GPS"].place
    assert point and (point.lat_deg, point.lon_deg) == (56.01, 92.85)
    assert told["XMP dc:creator"].quote == "I. Petrov"


@pytest.mark.parametrize(
    ("written", "earliest"),
    [
        ("2015-01-22T00:00:00 +00:00", "2015-01-21T10:00"),
        ("2015-01-22T10:00Z", "2015-01-22T10:00"),
        ("2015-01-22T10:00:00", "2015-01-21T20:00"),
        ("2015:01:22", "2015-01-21T10:00"),
        ("2015", "2014-12-31T10:00"),
        ("early", ""),
    ],
)
def test_a_date_of_creation_is_no_finer_than_it_is_known(
    make: SimpleNamespace, context: Context, written: str, earliest: str
) -> None:
    data = jpeg(make, packet(attributes=f'photoshop:DateCreated="{written}"'))
    claim = claims(found(make, context, data)).get("XMP photoshop:DateCreated")
    assert (claim is not None) is bool(earliest)
    if claim and claim.time and claim.time.earliest:
        assert claim.time.earliest.isoformat()[:16] == earliest
        assert claim.quote == written


@pytest.mark.parametrize(
    ("written", "unset"), [("1980-01-01T00:00:07", True), ("2000-01-01", True), ("1975-06-01", False)]
)
def test_a_date_of_clocks_that_were_never_set_is_set_aside(
    make: SimpleNamespace, context: Context, written: str, unset: bool
) -> None:
    """As of the EXIF that programs copy it from; an old date alone is none: prints are scanned."""
    data = jpeg(make, packet(attributes=f'photoshop:DateCreated="{written}"'))
    claim = claims(found(make, context, data))["XMP photoshop:DateCreated"]
    assert any("never set" in words for words in claim.defeaters) is unset


@pytest.mark.parametrize(
    ("latitude", "longitude", "words"),
    [("0,0.0N", "0,0.0E", "zero"), ("51,0.0N", "5,0.0E", "whole degrees")],
)
def test_an_empty_or_rounded_position_is_a_defeater(
    make: SimpleNamespace, context: Context, latitude: str, longitude: str, words: str
) -> None:
    attributes = f'exif:GPSLatitude="{latitude}" exif:GPSLongitude="{longitude}"'
    claim = claims(found(make, context, jpeg(make, packet(attributes=attributes))))["XMP exif:GPS"]
    assert words in claim.defeaters[0]


@pytest.mark.parametrize("latitude", ["91,0.0N", "51,60.0N", "51,30.0E", "51,30.0", "north", "95.5", "-91"])
def test_an_impossible_position_is_a_fact_with_its_reason_and_no_claim(
    make: SimpleNamespace, context: Context, latitude: str
) -> None:
    outcome = found(
        make, context, jpeg(make, packet(attributes=f'exif:GPSLatitude="{latitude}" exif:GPSLongitude="5,1.0E"'))
    )
    assert facts(outcome)["xmp.exif:GPSLatitude"].normal == ""
    assert facts(outcome)["xmp.exif:GPSLatitude"].limits
    assert "XMP exif:GPS" not in claims(outcome)


@pytest.mark.parametrize(
    ("latitude", "beside", "degrees"),
    [
        ("51,30.0", "S", "-51.5"),
        ("51.5", "S", "-51.5"),
        ("51.5", "N", "51.5"),
        ("51,30.0N", "S", "51.5"),
        ("51, 30, 0.00", "N", "51.5"),
        ("51/1 30/1 1800/100", "N", "51.505"),
        ("51 deg 30' 18.00\" S", "", "-51.505"),
        ("51\u00b030\u203218\u2033N", "", "51.505"),
    ],
)
def test_positions_that_other_programs_write_are_read_with_the_hemisphere_beside_them(
    make: SimpleNamespace, context: Context, latitude: str, beside: str, degrees: str
) -> None:
    written = latitude.replace('"', "&quot;")
    attributes = f'exif:GPSLatitude="{written}" exif:GPSLatitudeRef="{beside}" exif:GPSLongitude="5,1.0E"'
    outcome = found(make, context, jpeg(make, packet(attributes=attributes)))
    assert facts(outcome)["xmp.exif:GPSLatitude"].normal == degrees
    place = claims(outcome)["XMP exif:GPS"].place
    assert place is not None
    assert place.lat_deg == float(degrees)


@pytest.mark.parametrize(
    ("latitude", "beside", "doubtful"),
    [
        ("51,30.0N", "S", True),
        ("-51.5", "N", True),
        ("51,30.0S", "N", True),
        ("51,30.0N", "N", False),
        ("-51.5", "S", False),
    ],
)
def test_a_position_in_two_hemispheres_bounds_nothing(
    make: SimpleNamespace, context: Context, latitude: str, beside: str, doubtful: bool
) -> None:
    attributes = f'exif:GPSLatitude="{latitude}" exif:GPSLatitudeRef="{beside}" exif:GPSLongitude="5,1.0E"'
    outcome = found(make, context, jpeg(make, packet(attributes=attributes)))
    assert any("opposite hemispheres" in limit for limit in facts(outcome)["xmp.exif:GPSLatitude"].limits) == doubtful
    assert any("one of two" in one for one in claims(outcome)["XMP exif:GPS"].defeaters) == doubtful


@pytest.mark.parametrize(
    "latitude", ["48.8566, 2.3522", "48.8566 2.3522 N", "48,51.5,30.5,N", "48 51.5 30 N", "0.5 30 N"]
)
def test_a_pair_of_decimals_is_no_degrees_and_minutes(make: SimpleNamespace, context: Context, latitude: str) -> None:
    attributes = f'exif:GPSLatitude="{latitude}" exif:GPSLatitudeRef="N" exif:GPSLongitude="5,1.0E"'
    outcome = found(make, context, jpeg(make, packet(attributes=attributes)))
    assert facts(outcome)["xmp.exif:GPSLatitude"].normal == ""
    assert facts(outcome)["xmp.exif:GPSLatitude"].limits
    assert "XMP exif:GPS" not in claims(outcome)


def test_two_packets_stay_apart_and_their_disagreement_is_a_trace(make: SimpleNamespace, context: Context) -> None:
    first, second = (packet(attributes=f'photoshop:City="{city}"') for city in ("Kursk", "Kyiv"))
    outcome = found(make, context, jpeg(make, first, second))
    cities = [item for item in outcome.evidence if isinstance(item, Fact) and item.key == "xmp.photoshop:City"]
    assert [fact.raw for fact in cities] == ["Kursk", "Kyiv"]
    assert len({fact.offset_bytes for fact in cities}) == 2
    (trace,) = [item for item in outcome.evidence if isinstance(item, Trace)]
    assert trace.topic == "several XMP packets" and "city" in trace.statement
    assert not [item for item in found(make, context, jpeg(make, first, first)).evidence if isinstance(item, Trace)]


@pytest.mark.parametrize(
    "body",
    [
        f'<rdf:Description Iptc4xmpExt:DigitalSourceType="{KIND}"/>',
        f"<rdf:Description><Iptc4xmpExt:DigitalSourceType>{KIND}</Iptc4xmpExt:DigitalSourceType></rdf:Description>",
        f'<Iptc4xmpExt:DigitalSourceType rdf:resource="{KIND}"/>',
    ],
)
def test_the_digital_source_type_is_found_in_each_form(make: SimpleNamespace, context: Context, body: str) -> None:
    text = f'<x:xmpmeta xmlns:Iptc4xmpExt="{NAMESPACES[7][1]}">{body}</x:xmpmeta>'
    fact = facts(found(make, context, jpeg(make, text)))["xmp.Iptc4xmpExt:DigitalSourceType"]
    assert (fact.raw, fact.normal) == (KIND, "trainedAlgorithmicMedia")


def test_the_name_under_another_namespace_is_another_property() -> None:
    other = packet(attributes='xmlns:x="urn:other" x:DigitalSourceType="y"')
    assert values(other) == {"x:DigitalSourceType": "y"}


def test_a_packet_is_parsed_once_for_all_checks(
    make: SimpleNamespace, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed = []

    def counting(text: str, limits: Limits) -> Packet:
        parsed.append(text)
        return read(text, limits)

    monkeypatch.setattr(packets, "read", counting)
    body = packet(attributes='xmlns:dcterms="http://purl.org/dc/terms/" dcterms:provenance="https://a.example/b"')
    image = make.image(jpeg(make, body))
    for each in (check, presence.check, credentials.check, platform.check):
        each(image, context)
    assert len(parsed) == 1


@pytest.mark.parametrize(
    ("key", "group", "label"),
    [
        ("xmp.dc:creator[1]", "people and rights", "author in XMP"),
        ("xmp.xmpMM:History[3]/stEvt:softwareAgent", "software", "history of edits 3: softwareAgent"),
        ("xmp.xmpMM:DerivedFrom/stRef:documentID", "software", "document it was derived from: documentID"),
        ("xmp.crs:Exposure2012", "further metadata", "crs:Exposure2012"),
    ],
)
def test_parts_of_a_property_stand_with_it_and_the_rest_under_its_path(key: str, group: str, label: str) -> None:
    assert (topic(key).group, topic(key).label) == (group, label)


def test_a_file_without_a_packet_says_so(make: SimpleNamespace, context: Context) -> None:
    assert "no XMP packet" in found(make, context, make.jpeg()).note


@pytest.mark.parametrize("tag", [700, 33723, 34377])
def test_a_directory_that_points_to_the_whole_file_again_and_again_is_hashed_twice_at_most(
    make: SimpleNamespace, tag: int
) -> None:
    """400 entries, each with nearly all of the file as its value: hashing every one would take time without end."""
    size, entries = 400_000, 400
    rows = b"".join(struct.pack("<HHII", tag, 7, size - 100 - number, 8 + number) for number in range(entries))
    data = b"II*\0" + struct.pack("<IH", 8, entries) + rows + bytes(4)
    image = make.image(data + bytes(size - len(data)))
    parts = list(inside(image, Limits(), tag))
    assert sum(part.payload_length_bytes for part in parts) <= 2 * size
    assert all(part.payload_length_bytes > size // 2 for part in parts)
