"""Raw files of cameras: named by content, their blocks and previews listed, their pixels refused by name."""

from __future__ import annotations

import io
import random
import struct
from types import SimpleNamespace

import pytest
from PIL import Image as Pillow

from provenance.image import previews
from provenance.image.containers import heif_thumbnails
from provenance.image.containers.sniff import media_type
from provenance.image.containers.structure import payload, structure
from provenance.model.image import Refusal, Structure
from provenance.model.limits import Limits
from provenance.model.report import Pixels
from provenance.report.words import dimensions
from tests.image.parts import box, full

EXIF = b"II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00"
CANON = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
Rows = dict[int, tuple[int, int, bytes]]  # tag: type, count, the value's bytes


def jpeg(exif: bytes = EXIF) -> bytes:
    out = io.BytesIO()
    Pillow.new("RGB", (24, 16), "teal").save(out, "JPEG", exif=b"Exif\x00\x00" + exif, quality=70)
    return out.getvalue()


def directory(rows: Rows, at: int, after: int = 0) -> bytes:
    """A little-endian directory at offset `at`, values behind it."""
    head, values = struct.pack("<H", len(rows)), b""
    behind = at + 2 + 12 * len(rows) + 4
    for tag, (kind, count, value) in sorted(rows.items()):
        inline = value.ljust(4, b"\0")
        if len(value) > 4:
            inline, values = struct.pack("<I", behind + len(values)), values + value
        head += struct.pack("<HHI", tag, kind, count) + inline
    return head + struct.pack("<I", after) + values


def short(value: int) -> tuple[int, int, bytes]:
    return 3, 1, struct.pack("<H", value)


def long(*values: int) -> tuple[int, int, bytes]:
    return 4, len(values), struct.pack(f"<{len(values)}I", *values)


def text(value: bytes) -> tuple[int, int, bytes]:
    return 2, len(value) + 1, value + b"\0"


def raw(make: bytes, *, sub: Rows | None = None, start: bytes = b"II*\0", first: Rows | None = None) -> bytes:
    """A raw file like a TIFF: a first directory with a maker, and a sub-directory with the sensor's picture."""
    rows: Rows = {254: long(1), 256: short(160), 257: short(106), 271: text(make), 330: long(512), **(first or {})}
    inner = sub if sub is not None else {254: long(0), 256: short(3040), 257: short(2014), 262: short(32803)}
    return (start + struct.pack("<I", 8) + directory(rows, 8)).ljust(512, b"\0") + directory(inner, 512)


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (b"NIKON CORPORATION", "image/x-nikon-nef"),
        (b"SONY", "image/x-sony-arw"),
        (b"PENTAX Corporation", "image/x-pentax-pef"),
        (b"SAMSUNG", "image/x-samsung-srw"),
        (b"Hasselblad", "image/x-hasselblad-3fr"),
        (b"A maker without a format", "image/tiff"),
    ],
)
def test_a_raw_like_a_tiff_is_named_by_its_maker_and_has_the_size_of_the_full_picture(make, expected):
    data = raw(make)
    walked = structure(data, Limits())
    assert (media_type(data), walked.media_type) == (expected, expected)
    assert (walked.width_px, walked.height_px, walked.problems) == (3040, 2014, ())


@pytest.mark.parametrize(("compression", "expected"), [(34713, "image/x-nikon-nef"), (1, "image/tiff")])
def test_a_raw_whose_maker_somebody_changed_is_named_by_a_compression_of_one_maker(compression, expected):
    sub = {254: long(0), 256: short(3040), 257: short(2014), 259: short(compression), 262: short(32803)}
    assert media_type(raw(b"somebody", sub=sub)) == expected


def test_a_tiff_of_the_same_maker_without_sensor_values_stays_a_tiff():
    assert (
        media_type(raw(b"NIKON CORPORATION", sub={256: short(3040), 257: short(2014), 262: short(2)})) == "image/tiff"
    )


def test_a_version_tag_makes_a_dng_whoever_the_maker():
    assert media_type(raw(b"Canon", first={50706: (1, 4, b"\1\4\0\0")})) == "image/x-adobe-dng"


def test_a_full_picture_counts_before_a_larger_preview():
    sub = {254: long(1), 256: short(4000), 257: short(3000), 262: short(6)}
    data = raw(b"NIKON", first={330: long(512, 700)}, sub=sub).ljust(700, b"\0")
    data += directory({254: long(0), 256: short(3040), 257: short(2014), 262: short(32803)}, 700)
    walked = structure(data, Limits())
    assert (walked.width_px, walked.height_px) == (3040, 2014)


def test_a_preview_in_a_sub_directory_is_a_block():
    picture = jpeg()
    data = raw(b"SONY", sub={254: long(0), 262: short(32803), 513: long(1024), 514: long(len(picture))})
    data = data.ljust(1024, b"\0") + picture
    (preview,) = (block for block in structure(data, Limits()).blocks if block.kind == "preview")
    assert payload(data, preview) == picture


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (b"IIRO", "image/x-olympus-orf"),
        (b"IIRS", "image/x-olympus-orf"),
        (b"II*\0\x10\0\0\0CR\2\0", "image/x-canon-cr2"),
        (b"IIU\0\x18\0\0\0" + bytes.fromhex("88e774d8f8251d4d947a6e77822b5d6a"), "image/x-panasonic-rw2"),
        (b"IIU\0\x08\0\0\0", "image/x-panasonic-raw"),
        (b"FUJIFILMCCD-RAW 0201", "image/x-fujifilm-raf"),
        (b"\0MRM\0\0\0\0", "image/x-minolta-mrw"),
        (b"FOVb\2\0\2\0", "image/x-sigma-x3f"),
        (b"II\x1a\0\0\0HEAPCCDR", "image/x-canon-crw"),
        (b"MM\0\0\0\x1aHEAPCCDR", "image/x-canon-crw"),
        (bytes(25) + b"ARECOYK", "image/x-kyocera-raw"),
        (b"\0\0\0\x18ftypcrx \0\0\0\1crx isom", "image/x-canon-cr3"),
    ],
)
def test_first_bytes_name_the_others_and_nothing_more_is_no_escape(start, expected):
    for data in (start, start + bytes(4), start + b"\xff" * 300):
        assert media_type(data) == expected
        assert structure(data, Limits()).media_type == expected


def test_panasonic_states_its_size_by_the_borders_of_the_sensor():
    borders = {4: short(4), 5: short(8), 6: short(2740), 7: short(3656)}
    data = raw(b"Panasonic", start=b"IIU\0", first={**borders, 273: long(2**32 - 1), 279: long(5000)})
    walked = structure(data, Limits())
    assert (walked.width_px, walked.height_px, walked.problems) == (3648, 2736, ())


def raf(picture: bytes, *, length: int | None = None) -> bytes:
    tags = struct.pack(">IHHHHHHHH", 2, 0x0100, 4, 1424, 4256, 0x0111, 4, 1400, 4200)
    at = 160 + len(picture)
    pointers = struct.pack(">4I", 160, len(picture) if length is None else length, at, len(tags))
    return (b"FUJIFILMCCD-RAW 0201FF392201".ljust(84, b"\0") + pointers).ljust(160, b"\0") + picture + tags


def test_raf_size_preview_and_the_exif_block_inside_it():
    picture = jpeg()
    data = raf(picture)
    walked = structure(data, Limits())
    found = {block.kind: payload(data, block) for block in walked.blocks}
    assert (walked.width_px, walked.height_px, walked.problems) == (4200, 1400, ())
    assert found["preview"] == picture
    assert found["exif"] == EXIF


def test_raf_whose_preview_lies_outside_says_so():
    assert any("the preview RAF" in problem for problem in structure(raf(jpeg(), length=2**31), Limits()).problems)


def test_raf_whose_raw_picture_is_cut_off_says_so():
    """Its preview, its size and its tags stand before that, and all of them are there."""
    data = bytearray(raf(jpeg()))
    sensor = bytes(100)
    struct.pack_into(">2I", data, 100, len(data), len(sensor))
    assert structure(bytes(data) + sensor, Limits()).problems == ()
    cut = structure(bytes(data) + sensor[:-1], Limits())
    assert cut.width_px == 4200
    (problem,) = cut.problems
    assert "cut short: the raw picture" in problem and problem.endswith("needs 100 bytes, 99 are there.")


def test_mrw_size_and_exif():
    prd = b"\0PRD" + struct.pack(">I", 24) + b"27200001" + struct.pack(">HHHH", 2456, 3272, 2448, 3264) + bytes(8)
    ttw = b"\0TTW" + struct.pack(">I", len(EXIF)) + EXIF
    data = b"\0MRM" + struct.pack(">I", len(prd + ttw)) + prd + ttw
    walked = structure(data, Limits())
    assert (walked.width_px, walked.height_px, walked.problems) == (3264, 2448, ())
    assert [payload(data, block) for block in walked.blocks if block.kind == "exif"] == [EXIF]


def test_what_a_raw_file_holds_past_the_limit_is_told():
    blocks = (b"\0XYZ" + bytes(4)) * 64
    for data, told in (
        (b"\0MRM" + struct.pack(">I", len(blocks)) + blocks, ()),
        (b"\0MRM" + struct.pack(">I", len(blocks) + 8) + blocks + b"\0XYZ" + bytes(4), ("More than 64 blocks",)),
    ):
        assert tuple(problem.partition(":")[0] for problem in structure(data, Limits()).problems) == told
    head = (b"FOVb" + struct.pack("<HH", 2, 2)).ljust(64, b"\0")
    for count, told in ((64, ()), (65, ("More than 64 sections",))):
        table = b"SECd" + struct.pack("<II", 2, count) + struct.pack("<II4s", 0, 0, b"PROP") * count
        walked = structure(head + table + struct.pack("<I", len(head)), Limits())
        assert tuple(problem.partition(":")[0] for problem in walked.problems) == told


def test_crw_size_through_two_levels_of_directories():
    info = struct.pack("<II", 3072, 2048)
    inner = info + struct.pack("<HHII", 1, 0x1810, len(info), 0) + struct.pack("<I", len(info))
    outer = inner + struct.pack("<HHII", 1, 0x300A, len(inner), 0) + struct.pack("<I", len(inner))
    whole = b"II\x1a\0\0\0HEAPCCDR".ljust(26, b"\0") + outer
    walked = structure(whole, Limits())
    assert (walked.width_px, walked.height_px, walked.problems) == (3072, 2048, ())
    for cut in (30, 36, 48, 56, 63, 65):  # elsewhere four bytes happen to point into so small a file
        assert "cut short" in structure(whole[:cut], Limits()).problems[0], cut


def test_x3f_size_and_preview():
    picture = jpeg()
    head = (b"FOVb" + struct.pack("<HH", 2, 2)).ljust(28, b"\0") + struct.pack("<II", 2268, 1512)
    head = head.ljust(64, b"\0")
    section = b"SECi" + struct.pack("<6I", 2, 2, 18, 24, 16, 0) + picture
    table = b"SECd" + struct.pack("<II", 2, 1) + struct.pack("<II4s", 64, len(section), b"IMA2")
    data = head + section + table + struct.pack("<I", 64 + len(section))
    walked = structure(data, Limits())
    assert (walked.width_px, walked.height_px, walked.problems) == (2268, 1512, ())
    assert [payload(data, block) for block in walked.blocks if block.kind == "exif"] == [EXIF]


def test_cr3_blocks_and_size():
    first = b"II*\0\x08\0\0\0" + directory({256: short(6000), 257: short(4000)}, 8)
    parts = box(b"CMT1", first) + box(b"CMT2", EXIF) + box(b"CMT3", b"II*\0note") + box(b"CMT4", EXIF)
    data = box(b"ftyp", b"crx \0\0\0\1crx isom") + box(b"moov", box(b"uuid", CANON + parts)) + box(b"mdat", b"pixels")
    walked = structure(data, Limits())
    assert (walked.width_px, walked.height_px, walked.problems) == (6000, 4000, ())
    named = {block.name: (block.kind, payload(data, block)) for block in walked.blocks}
    assert named["CMT1"] == ("exif", first)
    assert named["CMT2"][0] == named["CMT4"][0] == "exif"
    assert named["CMT3"] == ("maker-note", b"II*\0note")


@pytest.mark.parametrize(
    "data", [raf(b"no picture"), raw(b"SONY"), raw(b"NIKON", first={254: long(0)}), b"FOVb" + bytes(60)]
)
def test_pixels_of_a_raw_file_are_refused_by_the_name_of_its_format(data, loaded):
    refusal = loaded(data).refusal
    assert refusal is not None
    assert "is not decoded here" in refusal.reason
    assert "PNG" in refusal.remedy


def test_a_reduced_preview_that_can_be_decoded_is_and_says_what_it_is(loaded, saved, scene):
    tiff = saved(scene, "TIFF", tiffinfo={254: 1, 271: "Canon", 50706: b"\1\4\0\0"})
    image = loaded(tiff)
    assert image.original.media_type == "image/x-adobe-dng"
    assert image.working_copy is not None
    height, width = image.working_copy.pixels.shape[:2]
    assert image.working_copy.steps[0].startswith(f"examined on the preview of {width} x {height} px; the raw")


def with_previews(*sizes: tuple[int, int], orientation: int = 1, subfile: int = 1) -> bytes:
    """A DNG of 3040 x 2014 pixels whose directories hold JPEGs of these sizes, red at the top and blue below."""
    parts, at = [], 2048
    for size in sizes:
        out = io.BytesIO()
        picture = Pillow.new("RGB", size, "blue")
        picture.paste("red", (0, 0, size[0], size[1] // 2))
        picture.save(out, "JPEG", quality=90, subsampling=0)
        parts.append((at, out.getvalue()))
        at += len(out.getvalue())
    rows = [{254: long(1), 513: long(start), 514: long(len(data))} for start, data in parts]
    main = {254: long(0), 256: short(3040), 257: short(2014), 262: short(32803)}
    subs = [512 + 200 * number for number in range(len(rows) + 1)]
    first = {254: long(subfile), 274: short(orientation), 330: long(*subs), 50706: (1, 4, b"\1\4\0\0")}
    data = raw(b"Canon", first=first)[:512]
    for start, entries in zip(subs, (main, *rows), strict=True):
        data = data.ljust(start, b"\0") + directory(entries, start)
    return data.ljust(2048, b"\0") + b"".join(data for _, data in parts)


def test_of_several_previews_the_largest_is_examined_and_both_sizes_are_said(loaded):
    image = loaded(with_previews((160, 120), (1200, 800), (640, 480)))
    assert (image.structure.width_px, image.structure.height_px) == (3040, 2014)
    assert image.working_copy.pixels.shape == (800, 1200, 3)
    assert image.working_copy.steps[0] == (
        "examined on the preview of 1200 x 800 px; the raw picture is 3040 x 2014 px"
    )


@pytest.mark.parametrize(
    ("orientation", "shape", "red"),
    [(1, (80, 120), (5, 60)), (3, (80, 120), (75, 60)), (6, (120, 80), (60, 75)), (8, (120, 80), (60, 5))],
)
def test_a_preview_without_tags_is_turned_as_the_raw_file_says(loaded, orientation, shape, red):
    pixels = loaded(with_previews((120, 80), orientation=orientation)).working_copy.pixels
    assert pixels.shape[:2] == shape
    assert not pixels.flags.writeable
    assert pixels[red][0] > 200 and pixels[shape[0] - 1 - red[0], shape[1] - 1 - red[1]][2] > 200


def test_the_main_picture_of_a_raw_file_counts_though_nothing_marks_the_first_as_a_copy():
    walked = structure(with_previews((160, 120), subfile=0), Limits())
    assert (walked.width_px, walked.height_px) == (3040, 2014)


def test_a_preview_that_cannot_be_decoded_gives_way_to_the_next(loaded):
    data = with_previews((160, 120), (1200, 800))
    at = data.rindex(b"\xff\xda")
    image = loaded(data[: at + 14] + bytes(len(data) - at - 14))
    assert image.working_copy.pixels.shape in ((120, 160, 3), (800, 1200, 3))
    broken = bytearray(data)
    broken[data.rindex(b"\xff\xc0") + 4] = 77  # a precision that no decoder knows
    assert loaded(bytes(broken)).working_copy.pixels.shape == (120, 160, 3)


def test_the_sensor_s_own_lossless_jpeg_is_no_preview(loaded):
    data = bytearray(with_previews((120, 80)))
    data[data.rindex(b"\xff\xc0") + 1] = 0xC3
    assert loaded(bytes(data)).refusal is not None


CR3 = box(b"ftyp", b"crx \0\0\0\1crx isom") + box(
    b"moov", box(b"uuid", CANON + box(b"CMT1", b"II*\0\x08\0\0\0" + directory({256: short(60)}, 8)))
)
BUILT = [
    raw(b"NIKON"),
    raw(b"SONY", start=b"MM\0*"),
    raw(b"Panasonic", start=b"IIU\0", first={4: short(1), 7: short(90), 46: (7, 400, bytes(2))}),
    raf(jpeg()),
    b"\0MRM\0\0\0\x20\0PRD\0\0\0\x18" + bytes(24),
    CR3,
]


@pytest.mark.parametrize("number", range(len(BUILT)))
def test_damaged_raw_files_are_answered(number, withstands):
    withstands(BUILT[number], seed=number, times=300)


def test_a_dng_as_a_big_tiff_is_one():
    entry = struct.pack("<HHQ4s4x", 50706, 1, 4, b"\1\4\0\0")
    data = b"II+\0\x08\0\0\0" + struct.pack("<QQ", 16, 1) + entry + bytes(8)
    assert media_type(data) == "image/x-adobe-dng"
    assert media_type(data.replace(struct.pack("<H", 50706), struct.pack("<H", 50707))) == "image/tiff"


def test_the_header_of_a_report_gives_the_raw_picture_s_size_and_that_of_the_preview():
    declared = Structure(media_type="image/x-adobe-dng", width_px=3040, height_px=2014)
    seen = Pixels(width_px=1200, height_px=800)
    words = dimensions(SimpleNamespace(structure=declared, pixels=seen))
    assert words == "3040 × 2014 px, examined on a preview of 1200 × 800 px"
    turned = Pixels(width_px=2014, height_px=3040)
    assert dimensions(SimpleNamespace(structure=declared, pixels=turned)) == "2014 × 3040 px"


def test_no_bytes_make_the_search_for_previews_and_thumbnails_raise():
    rng = random.Random(20)
    for seed in (with_previews((64, 48), (40, 30)), raf(jpeg()), thumbnailed()):
        for _ in range(150):
            data = bytearray(seed)
            for _ in range(rng.randint(1, 6)):
                at = rng.randrange(min(len(data) - 4, 900))
                data[at : at + 4] = rng.choice([b"\xff" * 4, bytes(4), rng.randbytes(4), b"\0\0\0\1"])
            broken = bytes(data)
            previews.examined(broken, structure(broken, Limits()), Limits(), lambda *_: Refusal(reason="a test"))
            for one in heif_thumbnails.thumbnails(broken, Limits()):
                assert len(heif_thumbnails.shown(broken, one.edits)) == len(broken)


def thumbnailed() -> bytes:
    """The tables of a HEIF with a thumbnail: item 2 is one of item 1; no picture can be decoded."""

    infe = b"".join(full(b"infe", struct.pack(">HH4s", number, 0, b"hvc1") + b"\0", 2) for number in (1, 2))
    iloc = struct.pack(">HH", 0x4400, 2) + b"".join(
        struct.pack(">HHHHII", number, 0, 0, 1, 300 + 10 * number, 10) for number in (1, 2)
    )
    iref = full(b"iref", box(b"thmb", struct.pack(">HHH", 2, 1, 1)))
    tables = full(b"pitm", struct.pack(">H", 1)) + full(b"iinf", struct.pack(">H", 2) + infe)
    meta = full(b"meta", tables + full(b"iloc", iloc, 1) + iref)
    return (box(b"ftyp", b"heic\0\0\0\0mif1heic") + meta).ljust(400, b"\0")


def test_a_thumbnail_is_shown_by_its_number_in_the_place_of_the_primary_item_s():
    data = thumbnailed()
    (one,) = heif_thumbnails.thumbnails(data, Limits())
    assert (one.offset_bytes, one.length_bytes) == (320, 10)
    shown = heif_thumbnails.shown(data, one.edits)
    assert shown[data.index(b"pitm") + 8 :][:2] == b"\0\2"
    assert b"thmb" not in shown and len(shown) == len(data)
    assert heif_thumbnails.thumbnails(shown, Limits()) == ()


def test_a_raw_file_that_is_no_tiff_is_examined_on_its_preview_too(loaded):
    image = loaded(raf(jpeg()))
    assert image.working_copy.pixels.shape == (16, 24, 3)
    assert image.working_copy.steps[0] == "examined on the preview of 24 x 16 px; the raw picture is 4200 x 1400 px"
