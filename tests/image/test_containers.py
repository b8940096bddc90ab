"""WebP, GIF, TIFF, BMP, PSD and the box formats."""

from __future__ import annotations

import io
import struct

import pytest

from provenance.image.containers.structure import payload, structure
from provenance.model.limits import Limits
from tests.image.parts import box, full, only

EXIF = b"II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00"
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"


def riff(*chunks: bytes) -> bytes:
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def riff_chunk(code: bytes, content: bytes) -> bytes:
    return code + struct.pack("<I", len(content)) + content + b"\x00" * (len(content) & 1)


@pytest.mark.parametrize("prefix", [b"", b"Exif\x00\x00"])
def test_webp_exif_starts_at_the_tiff_header_with_and_without_prefix(prefix):
    data = riff(
        riff_chunk(b"VP8X", b"\x0c\x00\x00\x00" + b"\x3f\x00\x00" + b"\x2f\x00\x00"),
        riff_chunk(b"EXIF", prefix + EXIF + b"!"),
        riff_chunk(b"XMP ", XMP),
    )
    walked = structure(data, Limits())
    assert (walked.media_type, walked.width_px, walked.height_px, walked.problems) == ("image/webp", 64, 48, ())
    assert payload(data, only(walked, "exif")) == EXIF + b"!"
    assert payload(data, only(walked, "xmp")) == XMP


@pytest.mark.parametrize("options", [{"quality": 80}, {"lossless": True}, {"save_all": True}])
def test_webp_size_is_read_from_each_kind_of_bitstream(options, saved, scene):
    if "save_all" in options:
        options = {**options, "append_images": [scene.rotate(90), scene.rotate(180)], "lossless": True}
    walked = structure(saved(scene, "WEBP", **options), Limits())
    assert (walked.width_px, walked.height_px) == (64, 48)
    assert walked.frames == len(options.get("append_images", [])) + 1


def test_webp_trailer_and_cut_are_told(saved, scene):
    data = saved(scene, "WEBP")
    assert payload(data + b"more", only(structure(data + b"more", Limits()), "trailer")) == b"more"
    assert structure(data[:-9], Limits()).problems[0].startswith("The file is cut short")


def test_gif_frames_comment_and_xmp(saved, scene):
    frames = [scene.rotate(angle).quantize(16) for angle in (90, 180)]
    data = saved(scene.quantize(16), "GIF", save_all=True, append_images=frames, comment=b"made by hand")
    trailer = b"\x01" + bytes(range(255, -1, -1)) + b"\x00"
    data = data[:-1] + b"!\xff\x0bXMP DataXMP" + XMP + trailer + b";"
    walked = structure(data, Limits())
    assert (walked.width_px, walked.height_px, walked.frames, walked.problems) == (64, 48, 3, ())
    assert payload(data, only(walked, "comment")) == b"made by hand"
    assert payload(data, only(walked, "xmp")) == XMP


def test_gif_cut_trailer_and_nonsense_are_told(saved, scene):
    data = saved(scene.quantize(16), "GIF")
    assert "cut short" in structure(data[:-40], Limits()).problems[0]
    assert payload(data + b"zip", only(structure(data + b"zip", Limits()), "trailer")) == b"zip"
    assert "begins no block" in structure(data[:-1] + b"?;", Limits()).problems[0]


def test_a_gif_of_tiny_sub_blocks_is_left_soon(saved, scene):
    data = saved(scene.quantize(16), "GIF")[:-1] + b"!\xfe" + b"\x01x" * 2_000_000 + b"\x00;"
    assert "too many small sub-blocks" in structure(data, Limits()).problems[0]


@pytest.mark.parametrize("big", [False, True])
def test_tiff_is_one_exif_block_with_blocks_inside(big, saved, scene):
    options = {"tiffinfo": {700: XMP, 33723: b"\x1c\x02\x05\x00\x01x", 34377: b"8BIM"}, "icc_profile": b"profile"}
    data = saved(scene, "TIFF", big_tiff=big, save_all=True, append_images=[scene], **options)
    walked = structure(data, Limits())
    assert (walked.width_px, walked.height_px, walked.frames, walked.problems) == (64, 48, 2, ())
    assert payload(data, only(walked, "exif")) == data
    assert only(walked, "exif").name == ("BigTIFF" if big else "TIFF")
    assert payload(data, only(walked, "xmp")) == XMP
    assert payload(data, only(walked, "icc")) == b"profile"
    assert {block.name: payload(data, block) for block in walked.blocks if block.kind == "iptc"} == {
        "IPTC": b"\x1c\x02\x05\x00\x01x",
        "Photoshop": b"8BIM",
    }


def test_tiff_loops_and_cuts_are_told(saved, scene):
    loop = b"II*\x00\x08\x00\x00\x00" + struct.pack("<HI", 0, 8)
    assert structure(loop, Limits()).problems == (
        "The chain of directories returns to offset 8; it was followed once.",
    )
    data = saved(scene, "TIFF")
    assert any("cut short" in problem for problem in structure(data[:-500], Limits()).problems)
    assert any("cut short" in problem for problem in structure(data[:30], Limits()).problems)


def test_a_chain_of_directories_is_cut_off_at_the_limit():
    chain = b"".join(struct.pack("<HI", 0, 8 + 6 * (n + 1)) for n in range(100))
    walked = structure(b"II*\x00\x08\x00\x00\x00" + chain, Limits(frames=10))
    assert walked.problems == ("The chain of directories was cut off after 10.",)


def test_bmp_size_profile_free_trailer(saved, scene):
    data = saved(scene, "BMP")
    walked = structure(data + b"more", Limits())
    assert (walked.width_px, walked.height_px) == (64, 48)
    assert payload(data + b"more", only(walked, "trailer")) == b"more"
    assert "cut short" in structure(data[:-100], Limits()).problems[0]
    assert "cut short" in structure(data[:20], Limits()).problems[0]


def test_psd_size_and_resources():
    header = b"8BPS\x00\x01" + bytes(6) + struct.pack(">HIIHH", 3, 48, 64, 8, 3)
    data = header + struct.pack(">I", 0) + struct.pack(">I", 4) + b"8BIM"
    walked = structure(data, Limits())
    assert (walked.width_px, walked.height_px) == (64, 48)
    assert payload(data, only(walked, "iptc")) == b"8BIM"


EXIF_ITEM = struct.pack(">I", 6) + b"Exif\x00\x00" + EXIF


def heif(*, method: int = 0, offset: int | None = None, xmp_type: bytes = b"application/rdf+xml") -> bytes:
    """A HEIF without pictures: an Exif item and an XMP item, either in the file (method 0) or in `idat` (1)."""
    ftyp = box(b"ftyp", b"heic\x00\x00\x00\x00mif1heic")
    infe = full(b"infe", struct.pack(">HH4s", 2, 0, b"Exif") + b"\x00", 2)
    infe += full(b"infe", struct.pack(">HH4s", 3, 0, b"mime") + b"\x00" + xmp_type + b"\x00", 2)
    parts = full(b"hdlr", bytes(20)) + full(b"pitm", struct.pack(">H", 1)) + full(b"iinf", struct.pack(">H", 2) + infe)
    ispe = full(b"ispe", struct.pack(">II", 64, 48))
    properties = ispe + box(b"irot", b"\x01") + box(b"colr", b"prof" + b"profile")
    ipma = full(b"ipma", struct.pack(">I", 1) + struct.pack(">HB", 1, 3) + b"\x01\x02\x03")
    parts += box(b"iprp", box(b"ipco", properties) + ipma)
    idat = box(b"idat", EXIF_ITEM + XMP) if method == 1 else b""
    iloc_bytes = 8 + 4 + 2 + 2 + 2 * (2 + 2 + 2 + 2 + 8)
    mdat_at = len(ftyp) + 12 + len(parts) + iloc_bytes + len(idat) + 8
    start = offset if offset is not None else (0 if method == 1 else mdat_at)
    iloc = struct.pack(">HH", 0x4400, 2)
    for number, at, length in ((2, start, len(EXIF_ITEM)), (3, start + len(EXIF_ITEM), len(XMP))):
        iloc += struct.pack(">HHHHII", number, method, 0, 1, at, length)
    meta = full(b"meta", parts + full(b"iloc", iloc, 1) + idat)
    return ftyp + meta + box(b"mdat", EXIF_ITEM + XMP if method == 0 else b"")


@pytest.mark.parametrize("method", [0, 1])
def test_heif_items_are_found_in_the_file_and_in_idat(method):
    data = heif(method=method)
    walked = structure(data, Limits())
    assert (walked.media_type, walked.width_px, walked.height_px, walked.problems) == ("image/heif", 64, 48, ())
    assert payload(data, only(walked, "exif")) == EXIF
    assert payload(data, only(walked, "xmp")) == XMP
    assert payload(data, only(walked, "icc")) == b"profile"
    assert payload(data, only(walked, "irot")) == b"\x01"


def test_heif_extents_outside_the_file_are_refused_and_told():
    walked = structure(heif(offset=2**31), Limits())
    assert not [block for block in walked.blocks if block.kind == "exif"]
    assert any("cut short: an item Exif" in problem for problem in walked.problems)


def test_an_exif_item_that_begins_with_its_tiff_header_is_read_and_told():
    bare = EXIF.ljust(len(EXIF_ITEM), b"\0")
    data = heif().replace(EXIF_ITEM, bare)
    walked = structure(data, Limits())
    assert payload(data, only(walked, "exif")) == bare
    assert any("lacks the offset before its TIFF header" in problem for problem in walked.problems)


def test_heif_items_by_another_construction_are_refused_and_told():
    walked = structure(heif(method=2), Limits())
    assert "An item Exif lies where method 2 says, which is not read." in walked.problems


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (struct.pack(">I4s", 5, b"free"), "impossible size 5"),
        (struct.pack(">I4sQ", 1, b"free", 0), "impossible size 0"),
        (struct.pack(">I4sQ", 1, b"free", 2**63), "cut short"),
        (struct.pack(">I4s", 4000, b"free"), "cut short"),
    ],
)
def test_boxes_of_impossible_size_are_told_and_the_rest_is_kept(bad, told):
    walked = structure(heif() + bad, Limits())
    assert told in walked.problems[0]
    assert only(walked, "exif")


def test_a_box_of_size_zero_reaches_to_the_end_outside_and_is_refused_inside():
    data = heif() + struct.pack(">I4s", 0, b"free") + b"rest"
    assert structure(data, Limits()).problems == ()
    inside = box(b"ftyp", b"heic\x00\x00\x00\x00mif1heic") + full(b"meta", struct.pack(">I4s", 0, b"iinf"))
    assert "size 0" in structure(inside, Limits()).problems[0]


def test_c2pa_and_xmp_boxes_are_found_by_their_uuid():
    manifest = bytes.fromhex("d8fec3d61b0e483c92975828877ec481") + bytes(4) + b"manifest\x00" + bytes(8) + b"jumbf"
    packet = bytes.fromhex("be7acfcb97a942e89c71999491e3afac") + b"<second/>"
    data = heif() + box(b"uuid", manifest) + box(b"uuid", packet)
    walked = structure(data, Limits())
    assert payload(data, only(walked, "c2pa")) == b"jumbf"
    assert [payload(data, block) for block in walked.blocks if block.kind == "xmp"] == [XMP, b"<second/>"]


def test_real_heif_and_avif_have_their_size(saved, scene):
    pillow_heif = pytest.importorskip("pillow_heif")
    buffer = io.BytesIO()
    pillow_heif.from_pillow(scene).save(buffer, exif=b"Exif\x00\x00" + EXIF)
    for data in (buffer.getvalue(), saved(scene, "AVIF", exif=EXIF)):
        walked = structure(data, Limits())
        assert (walked.width_px, walked.height_px, walked.problems) == (64, 48, ())
        assert payload(data, only(walked, "exif")).startswith(EXIF[:8])


def test_jpeg_2000_has_its_size(saved, scene):
    walked = structure(saved(scene, "JPEG2000"), Limits())
    assert (walked.media_type, walked.width_px, walked.height_px) == ("image/jp2", 64, 48)


def test_overlapping_extents_do_not_cost_more_than_a_few_times_the_file():
    entries = range(2, 4_000)
    iloc = struct.pack(">HH", 0x4400, len(entries))
    iloc += b"".join(struct.pack(">HHHII", number, 0, 1, 0, 3_000_000) for number in entries)
    infe = b"".join(full(b"infe", struct.pack(">HH4s", number, 0, b"Exif") + b"\x00", 2) for number in entries)
    meta = full(b"meta", full(b"iinf", struct.pack(">H", len(entries)) + infe) + full(b"iloc", iloc))
    data = box(b"ftyp", b"heic\x00\x00\x00\x00mif1heic") + meta + box(b"mdat", bytes(3_000_000))
    walked = structure(data, Limits())
    assert any("overlap too often" in problem for problem in walked.problems)
