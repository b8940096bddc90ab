from __future__ import annotations

import zlib

from PIL import Image as Pillow
from PIL.PngImagePlugin import PngInfo

from provenance.image.containers.structure import payload, structure
from provenance.model.limits import Limits
from tests.image.parts import chunk, only

EXIF = b"MM\x00*\x00\x00\x00\x08\x00\x00\x00\x00\x00\x00"


def with_chunk(png: bytes, new: bytes) -> bytes:
    return png[:33] + new + png[33:]


def test_chunks_are_listed_by_what_they_hold(saved, scene):
    text = PngInfo()
    text.add_text("Comment", "hello")
    text.add_text("Software", "x" * 100, zip=True)
    text.add_itxt("Title", "Наводнение")
    text.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta/>")
    data = saved(scene, "PNG", pnginfo=text, exif=b"Exif\x00\x00" + EXIF, icc_profile=b"profile", dpi=(72, 72))
    walked = structure(data, Limits())
    assert (walked.width_px, walked.height_px, walked.problems) == (64, 48, ())
    assert payload(data, only(walked, "exif")) == EXIF
    assert payload(data, only(walked, "xmp")) == b"<x:xmpmeta/>"
    assert payload(data, only(walked, "icc")).startswith(b"ICC Profile\x00\x00")
    assert [block.name for block in walked.blocks if block.kind == "text"] == ["tEXt", "zTXt", "iTXt"]
    assert payload(data, walked.blocks[0]) == data[16:29]


def test_a_run_of_pixel_chunks_is_one_block(saved, scene):
    data = saved(Pillow.effect_noise((400, 400), 90), "PNG")
    assert data.count(b"IDAT") > 1
    walked = structure(data, Limits())
    run = only(walked, "IDAT")
    assert data[run.offset_bytes : run.offset_bytes + run.length_bytes].count(b"IDAT") == data.count(b"IDAT")
    assert walked.blocks[-1].kind == "IEND"


def test_compressed_xmp_stays_compressed(saved, scene):
    packed = zlib.compress(b"<x:xmpmeta/>")
    data = with_chunk(saved(scene, "PNG"), chunk(b"iTXt", b"XML:com.adobe.xmp\x00\x01\x00\x00\x00" + packed))
    assert payload(data, only(structure(data, Limits()), "xmp")) == packed


def test_frames_and_manifest_store_are_seen(saved, scene):
    data = saved(scene, "PNG", save_all=True, append_images=[scene.rotate(90, expand=False), scene.rotate(180)])
    data = with_chunk(data, chunk(b"caBX", b"jumbf"))
    walked = structure(data, Limits())
    assert walked.frames == 3
    assert payload(data, only(walked, "c2pa")) == b"jumbf"


def test_a_wrong_checksum_is_told_and_the_rest_is_read(saved, scene):
    bad = bytearray(chunk(b"tEXt", b"Comment\x00hello"))
    bad[-1] ^= 1
    walked = structure(with_chunk(saved(scene, "PNG"), bytes(bad)), Limits())
    assert walked.problems == ("The chunk tEXt at offset 33 has a wrong checksum.",)
    assert walked.blocks[-1].kind == "IEND"


def test_bytes_behind_iend_are_a_trailer(saved, scene):
    data = saved(scene, "PNG") + b"hidden"
    assert payload(data, only(structure(data, Limits()), "trailer")) == b"hidden"


def test_cut_files_and_impossible_lengths_are_told(saved, scene):
    data = saved(scene, "PNG")
    for length in (20, 40, 60, len(data) - 12, len(data) - 5):
        assert any("cut short" in problem for problem in structure(data[:length], Limits()).problems)
    walked = structure(with_chunk(data, b"\xff\xff\xff\xfftEXt" + bytes(8)), Limits())
    assert walked.problems == ("The chunk tEXt at offset 33 has the impossible length 4294967295.",)


def test_a_million_empty_chunks_are_left_soon(saved, scene):
    walked = structure(with_chunk(saved(scene, "PNG"), chunk(b"IDAT", b"") * 300_000), Limits())
    assert any("none is listed" in problem for problem in walked.problems)
