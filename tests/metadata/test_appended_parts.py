"""What stands behind a picture by name: Samsung's parts, what the XMP states; and packed boxes of a JPEG XL."""

import struct
from types import SimpleNamespace

import pytest

from provenance.image.containers.samsung import parts
from provenance.metadata.container import brob
from provenance.metadata.container.check import check
from provenance.metadata.exif.check import check as exif
from provenance.metadata.xmp.check import check as xmp
from provenance.model.context import Context
from provenance.model.evidence import Fact
from provenance.model.limits import Limits
from provenance.model.outcome import Ran

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
FILM = b"\0\0\0\x18ftypmp42" + bytes(200)


def facts(make: SimpleNamespace, context: Context, data: bytes, key: str) -> list[str]:
    outcome = check(make.image(data), context)
    assert isinstance(outcome, Ran)
    return [item.normal for item in outcome.evidence if isinstance(item, Fact) and item.key == key]


def samsung(*named: tuple[bytes, bytes]) -> bytes:
    """A trailer of named parts with its directory."""
    body, rows = b"", []
    for number, (name, content) in enumerate(named):
        part = struct.pack("<HHI", 0, number, len(name)) + name + content
        rows.append((number, len(body), len(part)))
        body += part
    entries = b"".join(struct.pack("<HHII", 0, kind, len(body) - at, size) for kind, at, size in rows)
    directory = b"SEFH" + struct.pack("<II", 106, len(rows)) + entries
    return body + directory + struct.pack("<I", len(directory)) + b"SEFT"


def test_the_parts_that_a_phone_appended_are_named_with_their_place(make: SimpleNamespace, context: Context) -> None:
    trailer = samsung((b"Image_UTC_Data", b"1678028674123"), (b"MotionPhoto_Data", FILM))
    data = make.jpeg(trailer=trailer)
    first, second = facts(make, context, data, "file.appended")
    assert first == f"Image_UTC_Data, 13 bytes at {data.index(b'1678028674123'):,}: 2023-03-05T15:04:34Z"
    assert second == f"MotionPhoto_Data, {len(FILM)} bytes at {data.index(FILM):,}"


def test_a_directory_that_points_elsewhere_gives_no_parts() -> None:
    good = samsung((b"Image_UTC_Data", b"1678028674123"), (b"Other", b"x"))
    assert len(parts(good, 0, len(good))) == 2
    for at in range(len(good)):
        for value in (b"\xff", b"\0", b"\x7f"):
            broken = good[:at] + value + good[at + 1 :]
            for part in parts(broken, 0, len(broken)):
                assert 0 <= part.offset_bytes <= part.offset_bytes + part.length_bytes <= len(broken)
    many = b"SEFH" + struct.pack("<II", 106, 2**32 - 1) + bytes(12)
    assert parts(many + struct.pack("<I", len(many)) + b"SEFT", 0, len(many) + 8) == ()


@pytest.mark.parametrize(
    ("trailer", "said"),
    [
        (FILM, "a film begins there"),
        (bytes(len(FILM)), "no film begins there"),
        (b"", "no film begins there"),
    ],
)
def test_a_motion_photo_s_stated_film_is_held_against_what_stands_there(
    make: SimpleNamespace, context: Context, trailer: bytes, said: str
) -> None:
    body = (
        f'<rdf:RDF {RDF}><rdf:Description rdf:about="" xmlns:GCamera="http://ns.google.com/photos/1.0/camera/" '
        f'GCamera:MicroVideo="1" GCamera:MicroVideoOffset="{len(FILM)}"/></rdf:RDF>'
    )
    data = make.jpeg(make.segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + body.encode()), trailer=trailer)
    (told,) = facts(make, context, data, "file.stated")
    assert told == f"film of {len(FILM)} bytes at {len(data) - len(FILM):,}: {said}"


def test_the_parts_of_a_container_directory_are_counted_from_the_end(make: SimpleNamespace, context: Context) -> None:
    gain, items = b"\xff\xd8\xff\xdbgain map", ""
    for mime, length in (("image/jpeg", 0), ("image/jpeg", len(gain)), ("video/mp4", len(FILM)), ("video/mp4", 10**9)):
        items += (
            f'<rdf:li rdf:parseType="Resource"><Container:Item Item:Mime="{mime}" Item:Length="{length}"/></rdf:li>'
        )
    for count, expected in (
        (3, [f"JPEG of {len(gain)} bytes at", f"film of {len(FILM)} bytes at"]),
        (4, ["the file is shorter than that"] * 3),
    ):
        shown = "</rdf:li>".join(items.split("</rdf:li>")[:count]) + "</rdf:li>"
        body = (
            f'<rdf:RDF {RDF}><rdf:Description rdf:about="" '
            'xmlns:Container="http://ns.google.com/photos/1.0/container/" '
            'xmlns:Item="http://ns.google.com/photos/1.0/container/item/">'
            f"<Container:Directory><rdf:Seq>{shown}</rdf:Seq></Container:Directory></rdf:Description></rdf:RDF>"
        )
        data = make.jpeg(make.segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + body.encode()), trailer=gain + FILM)
        told = facts(make, context, data, "file.stated")
        assert len(told) == len(expected)
        assert all(words in one for words, one in zip(expected, told, strict=True))


def packed(make: SimpleNamespace, name: bytes, content: bytes) -> bytes:
    brotli = pytest.importorskip("brotli")
    inner = name + brotli.compress(content)
    start = b"\0\0\0\x0cJXL \r\n\x87\n" + struct.pack(">I", 20) + b"ftypjxl \0\0\0\0jxl "
    return start + struct.pack(">I", 8 + len(inner)) + b"brob" + inner


def test_metadata_in_packed_boxes_is_read(make: SimpleNamespace, context: Context) -> None:
    block = make.tiff({"ifd0": {0x010F: make.ascii("Demo Optical")}})
    outcome = exif(make.image(packed(make, b"Exif", bytes(4) + block)), context)
    assert isinstance(outcome, Ran)
    assert [(item.key, item.normal) for item in outcome.evidence if isinstance(item, Fact)] == [
        ("exif.Make", "Demo Optical")
    ]
    packet = f'<rdf:RDF {RDF}><rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Make="A"/></rdf:RDF>'
    outcome = xmp(make.image(packed(make, b"xml ", packet.encode())), context)
    assert isinstance(outcome, Ran)
    assert [item.key for item in outcome.evidence if isinstance(item, Fact)] == ["xmp.tiff:Make"]


def test_packed_boxes_that_cannot_be_read_say_why(
    make: SimpleNamespace, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = packed(make, b"xml ", bytes(40 * 2**20))
    assert len(bomb) < 1000
    (told,) = facts(make, context, bomb, "file.problems")
    assert told == "The box xml at offset 32 is packed with Brotli; not read: it is broken, or larger than the limit."
    cut = packed(make, b"Exif", bytes(4) + b"II*\0" + bytes(range(200)))[:-4]
    image = make.image(cut[:32] + struct.pack(">I", len(cut) - 32) + cut[36:])
    assert list(brob.opened(image, brob.EXIF, Limits())) == []
    monkeypatch.setattr(brob, "find_spec", lambda _: None)
    (told,) = facts(make, context, packed(make, b"xml ", b"<a/>"), "file.problems")
    assert told.endswith("not read: brotli is not installed (pip install 'provenance-desk[jxl]').")


def test_the_profile_in_a_text_chunk_of_a_png_is_read(make: SimpleNamespace, context: Context) -> None:
    profile = bytes(128) + struct.pack(">I4sII", 1, b"desc", 144, 26) + b"desc\0\0\0\0\0\0\0\x0eDemo profile\0\0"
    text = b"Raw profile type icc\0\nicc\n" + f"{len(profile):8}\n{profile.hex()}\n".encode()
    assert facts(make, context, make.png((b"tEXt", text)), "icc.description") == ["Demo profile"]
