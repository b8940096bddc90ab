"""Photoshop resources, GIF profiles, bare codestreams, icons, and what a HEIF holds beside its picture."""

from __future__ import annotations

import io
import struct
import time

import pytest
from PIL import Image as Pillow

from provenance.image.containers.item_tables import Item, Meta
from provenance.image.containers.items import _of_another
from provenance.image.containers.structure import payload, structure
from provenance.model.limits import Limits
from tests.image.parts import box, full, only

EXIF = b"II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00"


def resource(number: int, content: bytes, name: bytes = b"") -> bytes:
    label = bytes([len(name)]) + name
    padded = content + b"\0" * (len(content) & 1)
    return (
        b"8BIM"
        + struct.pack(">H", number)
        + label
        + b"\0" * (len(label) & 1)
        + struct.pack(">I", len(content))
        + padded
    )


def psd(*resources: bytes) -> bytes:
    header = b"8BPS\x00\x01" + bytes(6) + struct.pack(">HIIHH", 3, 48, 64, 8, 3)
    section = b"".join(resources)
    return header + struct.pack(">I", 0) + struct.pack(">I", len(section)) + section


def test_psd_resources_are_blocks_of_their_kind_and_the_section_stays_whole():
    parts = (
        resource(1028, b"iptc!"),
        resource(1060, b"<x/>", b"named"),
        resource(1058, EXIF),
        resource(1039, b"profile"),
    )
    data = psd(*parts)
    walked = structure(data, Limits())
    assert walked.problems == ()
    assert payload(data, only(walked, "iptc")) == b"".join(parts)
    assert payload(data, only(walked, "xmp")) == b"<x/>"
    assert payload(data, only(walked, "exif")) == EXIF
    assert payload(data, only(walked, "icc")) == b"profile"


@pytest.mark.parametrize(
    ("broken", "words"), [(b"8BIM\x04\x24\0\0\xff\xff\xff\xff", "reaches beyond"), (b"?" * 20, "No image")]
)
def test_a_broken_psd_resource_is_told_and_the_earlier_ones_are_kept(broken, words):
    walked = structure(psd(resource(1060, b"<x/>"), broken), Limits())
    assert only(walked, "xmp").payload_length_bytes == 4
    assert any(words in problem for problem in walked.problems)


def test_a_gif_profile_is_a_block():
    out = io.BytesIO()
    Pillow.new("P", (4, 3)).save(out, "GIF")
    blocks = b"\xff" + b"p" * 255 + b"\x05" + b"q" * 5 + b"\0"
    data = out.getvalue()[:-1] + b"!\xff\x0bICCRGBG1012" + blocks + b";"
    assert payload(data, only(structure(data, Limits()), "icc")) == blocks


@pytest.mark.parametrize(("width", "height"), [(64, 48), (1, 300), (5000, 3000)])
def test_a_bare_jpeg_2000_tells_its_size(width, height):
    siz = struct.pack(">HHIIII", 47, 0, width + 3, height + 2, 3, 2) + bytes(30)
    comment = b"\xff\x64" + struct.pack(">HH", 4 + 5, 1) + b"hello"
    data = b"\xff\x4f\xff\x51" + siz[:47] + comment + b"\xff\x90" + bytes(10)
    walked = structure(data, Limits())
    assert (walked.media_type, walked.width_px, walked.height_px) == ("image/jp2", width, height)
    assert payload(data, only(walked, "comment")) == b"hello"


def test_a_jpeg_2000_without_its_end_is_cut_short():
    siz = struct.pack(">HHIIII", 47, 0, 64, 48, 0, 0) + bytes(30)
    bare = b"\xff\x4f\xff\x51" + siz[:47] + b"\xff\x90" + bytes(100)
    start = b"\0\0\0\x0cjP  \r\n\x87\n" + box(b"ftyp", b"jp2 \0\0\0\0jp2 ")
    for head in (b"", start + b"\0\0\0\0jp2c"):  # a box of length 0 reaches to the end of the file
        assert structure(head + bare + b"\xff\xd9", Limits()).problems == ()
        assert structure(head + bare, Limits()).problems == ("The file is cut short: no end-of-codestream marker.",)


def bits(*fields: tuple[int, int]) -> bytes:
    """Values in so many bits each, least significant first."""
    value = at = 0
    for number, width in fields:
        value |= number << at
        at += width
    return value.to_bytes(16, "little")


@pytest.mark.parametrize(
    ("header", "size"),
    [
        (bits((1, 1), (5, 5), (0, 3), (7, 5)), (64, 48)),  # both in steps of eight
        (bits((1, 1), (5, 5), (3, 3)), (64, 48)),  # 4:3
        (bits((0, 1), (1, 2), (2999, 13), (0, 3), (1, 2), (4999, 13)), (5000, 3000)),
        (bits((0, 1), (0, 2), (299, 9), (1, 3)), (300, 300)),
    ],
)
def test_a_jpeg_xl_tells_its_size_bare_and_in_boxes(header, size):
    bare = b"\xff\x0a" + header
    walked = structure(bare, Limits())
    assert (walked.media_type, walked.width_px, walked.height_px) == ("image/jxl", *size)
    start = b"\x00\x00\x00\x0cJXL \r\n\x87\n" + box(b"ftyp", b"jxl \0\0\0\0jxl ")
    for code, content in ((b"jxlc", bare), (b"jxlp", bytes(4) + bare)):
        walked = structure(start + box(code, content), Limits())
        assert (walked.media_type, walked.width_px, walked.height_px) == ("image/jxl", *size)


def test_a_brotli_box_is_listed_by_what_it_packs():
    start = b"\x00\x00\x00\x0cJXL \r\n\x87\n" + box(b"ftyp", b"jxl \0\0\0\0jxl ")
    walked = structure(start + box(b"brob", b"Exifpacked") + box(b"brob", b"jumbpacked"), Limits())
    assert walked.problems == ("The box jumb at offset 50 is packed with Brotli, which is not read.",)
    assert [block.kind for block in walked.blocks if "brob" in block.kind] == ["brob Exif", "brob jumb"]


def test_the_low_overhead_form_of_heif_is_named_in_words():
    walked = structure(box(b"ftyp", b"mif3avif") + box(b"mini", bytes(40)), Limits())
    assert walked.media_type == "image/avif"
    assert walked.problems == (
        "The picture is kept in the low-overhead form of HEIF (mini): its metadata and its size are not read.",
    )


def test_a_size_in_a_signed_type_counts_and_one_below_zero_does_not():
    for value, size in ((40, (40, 30)), (-40, (0, 30))):
        rows = struct.pack("<HHHIi", 2, 256, 9, 1, value) + struct.pack("<HHIi", 257, 9, 1, 30)
        walked = structure(b"II*\0" + struct.pack("<I", 8) + rows + bytes(4), Limits())
        assert (walked.width_px, walked.height_px) == size


def test_a_bigtiff_with_another_size_for_offsets_is_a_tiff_that_is_broken():
    walked = structure(b"MM\0+" + bytes(30), Limits())
    assert walked.media_type == "image/tiff"
    assert any("no size of 8 bytes for offsets" in problem for problem in walked.problems)


def test_an_icon_names_its_pictures():
    out = io.BytesIO()
    Pillow.new("RGB", (48, 48)).save(out, "ICO", sizes=[(48, 48), (16, 16)])
    walked = structure(out.getvalue(), Limits())
    assert (walked.media_type, walked.frames, walked.problems) == ("image/x-icon", 2, ())
    assert {block.name for block in walked.blocks if block.kind == "image"} == {"icon of 48 x 48", "icon of 16 x 16"}


def heif(
    properties: list[bytes], owned: dict[int, list[int]], *, items: dict[int, bytes], extents: dict[int, list]
) -> bytes:
    """A HEIF by its tables; item 1 is the primary one, `extents` are (offset, length) in the file's `idat`."""
    infe = b"".join(full(b"infe", struct.pack(">HH4s", n, 0, code) + b"\0", 2) for n, code in items.items())
    iinf = full(b"iinf", struct.pack(">H", len(items)) + infe)
    ipma = struct.pack(">I", len(owned))
    for number, indices in owned.items():
        ipma += struct.pack(">HB", number, len(indices)) + bytes(indices)
    iloc = struct.pack(">HH", 0x4400, len(extents))
    for number, pieces in extents.items():
        iloc += struct.pack(">HHHH", number, 1, 0, len(pieces)) + b"".join(struct.pack(">II", *one) for one in pieces)
    parts = full(b"pitm", struct.pack(">H", 1)) + iinf + full(b"iloc", iloc, 1)
    parts += full(b"iref", box(b"thmb", struct.pack(">HHH", 3, 1, 1)))
    parts += box(b"iprp", box(b"ipco", b"".join(properties)) + full(b"ipma", ipma)) + box(b"idat", bytes(range(200)))
    return box(b"ftyp", b"heic\0\0\0\0mif1heic") + full(b"meta", parts)


def describing(references: dict[int, int]) -> bytes:
    """A HEIF with Exif items 4 and 5, each describing an item."""
    items = {1: b"hvc1", 2: b"hvc1", 4: b"Exif", 5: b"Exif"}
    data = heif([ISPE], {1: [1]}, items=items, extents={4: [(0, 40)], 5: [(60, 40)]})
    thumbnail = full(b"iref", box(b"thmb", struct.pack(">HHH", 3, 1, 1)))
    told = b"".join(box(b"cdsc", struct.pack(">HHH", item, 1, of)) for item, of in references.items())
    return data.replace(thumbnail, full(b"iref", told)).replace(
        data[24:28], struct.pack(">I", len(data) - 24 - len(thumbnail) + len(full(b"iref", told))), 1
    )


@pytest.mark.parametrize(
    ("references", "own"),
    [({4: 2, 5: 1}, [5]), ({4: 1, 5: 2}, [4]), ({4: 2, 5: 2}, [4, 5]), ({5: 1}, [4, 5]), ({4: 1, 5: 1}, [4, 5])],
)
def test_exif_of_another_picture_in_a_heif_is_told_apart(references, own):
    walked = structure(describing(references), Limits())
    kinds = [block.kind for block in walked.blocks if block.name == "item Exif"]
    assert kinds == ["exif" if item in own else "other-exif" for item in (4, 5)]


ISPE = full(b"ispe", struct.pack(">II", 64, 48))
PROFILE = box(b"colr", b"prof" + b"profile")
GAIN_MAP = full(b"auxC", b"urn:com:apple:photo:2020:aux:hdrgainmap\0")


def test_gain_maps_and_thumbnails_of_a_heif_are_named():
    items = {1: b"grid", 2: b"hvc1", 3: b"hvc1"}
    data = heif([ISPE, GAIN_MAP], {1: [1], 2: [2]}, items=items, extents={2: [(10, 30)], 3: [(50, 20)]})
    walked = structure(data, Limits())
    assert only(walked, "auxiliary").name == "urn:com:apple:photo:2020:aux:hdrgainmap"
    assert payload(data, only(walked, "auxiliary")) == bytes(range(10, 40))
    assert payload(data, only(walked, "thumbnail")) == bytes(range(50, 70))


def test_the_profile_of_a_tile_stands_in_where_the_grid_has_none():
    data = heif([ISPE, PROFILE], {1: [1], 2: [2]}, items={1: b"grid", 2: b"hvc1"}, extents={})
    assert payload(data, only(structure(data, Limits()), "icc")) == b"profile"


def test_the_profile_of_the_primary_item_is_taken_where_it_has_one():
    other = box(b"colr", b"prof" + b"another")
    data = heif([other, ISPE, PROFILE], {1: [2, 3], 2: [1]}, items={1: b"hvc1", 2: b"hvc1"}, extents={})
    assert payload(data, only(structure(data, Limits()), "icc")) == b"profile"


def test_extents_without_a_gap_are_one_and_others_are_told():
    pieces = [(0, 10), (10, 20)]
    data = heif([ISPE], {1: [1]}, items={1: b"hvc1", 2: b"Exif"}, extents={2: pieces})
    assert only(structure(data, Limits()), "exif").length_bytes == 30
    data = heif([ISPE], {1: [1]}, items={1: b"hvc1", 2: b"Exif"}, extents={2: [(0, 10), (50, 20)]})
    walked = structure(data, Limits())
    assert only(walked, "exif").length_bytes == 10
    assert any("several places" in problem for problem in walked.problems)


def test_a_sequence_tells_its_size_and_number_of_pictures():
    tkhd = full(b"tkhd", bytes(72) + struct.pack(">II", 1280 << 16, 720 << 16))
    stbl = box(b"stbl", full(b"stsz", struct.pack(">II", 0, 25)))
    moov = box(b"moov", box(b"trak", tkhd + box(b"mdia", box(b"minf", stbl))))
    walked = structure(box(b"ftyp", b"msf1\0\0\0\0msf1hevc") + moov, Limits())
    assert (walked.media_type, walked.width_px, walked.height_px, walked.frames) == ("image/heif", 1280, 720, 25)
    assert walked.problems == ()


BUILT = [
    psd(resource(1028, b"iptc!"), resource(1060, b"<x/>", b"named"), resource(1058, EXIF), resource(1039, b"profile")),
    b"\xff\x4f\xff\x51" + struct.pack(">HHIIII", 47, 0, 64, 48, 0, 0) + bytes(31) + b"\xff\x64\0\x06\0\1hi\xff\x90",
    b"\x00\x00\x00\x0cJXL \r\n\x87\n" + box(b"ftyp", b"jxl \0\0\0\0jxl ") + box(b"jxlc", b"\xff\x0a" + bytes(20)),
    struct.pack("<HHHBBBBHHII", 0, 1, 1, 16, 16, 0, 0, 1, 32, 40, 22) + bytes(40),
    heif(
        [ISPE, PROFILE, GAIN_MAP],
        {1: [1, 2], 2: [3]},
        items={1: b"grid", 2: b"hvc1", 3: b"hvc1", 4: b"Exif"},
        extents={2: [(10, 30)], 3: [(50, 20)], 4: [(0, 8), (8, 20)]},
    ),
    box(b"ftyp", b"msf1\0\0\0\0msf1hevc")
    + box(b"moov", box(b"trak", full(b"tkhd", bytes(80)) + box(b"mdia", box(b"minf", box(b"stbl", bytes(20)))))),
]


@pytest.mark.parametrize("number", range(len(BUILT)))
def test_damaged_containers_are_answered(number, withstands):
    withstands(BUILT[number], seed=100 + number, times=300)


@pytest.mark.parametrize(("text", "kind"), [(b"<x:xmpmeta/>", "xmp"), (b"<IMAGE_CREATION xmlns='urn:x'/>", "xml ")])
def test_an_xml_box_is_xmp_only_where_it_says_so(text, kind):
    data = b"\x00\x00\x00\x0cjP  \r\n\x87\n" + box(b"ftyp", b"jp2 \0\0\0\0jp2 ") + box(b"xml ", text)
    assert payload(data, only(structure(data, Limits()), kind)) == text


def test_the_film_of_a_motion_photo_in_a_heif_is_named():
    data = box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"mpvd", b"film")
    assert only(structure(data, Limits()), "auxiliary").name == "a film (motion photo)"


def test_a_jpeg_xr_is_walked_as_the_tiff_that_it_is_like():
    packet = b"<x:xmpmeta/>"
    entries = struct.pack("<HHII", 700, 1, len(packet), 50)
    entries += b"".join(struct.pack("<HHII", tag, 4, 1, side) for tag, side in ((0xBC80, 640), (0xBC81, 480)))
    data = b"II\xbc\x01" + struct.pack("<IH", 8, 3) + entries + bytes(4) + packet
    walked = structure(data, Limits())
    assert (walked.media_type, walked.width_px, walked.height_px, walked.problems) == ("image/jxr", 640, 480, ())
    assert payload(data, only(walked, "xmp")) == packet


def test_metadata_of_another_type_do_not_make_xmp_that_of_another_picture():
    """A text about the main picture is no XMP: what there is of XMP is read."""
    meta = Meta(budget=9, primary=1)
    xmp = Item(code=b"mime", content_type=b"application/rdf+xml", describes=(2,))
    meta.of_primary = frozenset({(b"mime", b"text/plain")})
    assert _of_another(xmp, meta) is False
    meta.of_primary = frozenset({(b"mime", b"application/rdf+xml")})
    assert _of_another(xmp, meta) is True


def test_many_items_of_another_picture_are_told_in_one_pass():
    numbers = range(10, 9_900)
    told = b"".join(box(b"cdsc", struct.pack(">HHH", item, 1, 2)) for item in numbers)
    infe = b"".join(full(b"infe", struct.pack(">HH4s", n, 0, b"Exif") + b"\0", 2) for n in numbers)
    parts = full(b"pitm", struct.pack(">H", 1)) + full(b"iinf", struct.pack(">H", len(numbers)) + infe)
    data = box(b"ftyp", b"heic\0\0\0\0mif1heic") + full(b"meta", parts + full(b"iref", told))
    start = time.process_time()
    structure(data, Limits())
    assert time.process_time() - start < 2
