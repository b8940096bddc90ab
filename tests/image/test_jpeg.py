from __future__ import annotations

import hashlib
import struct

import pytest

from provenance.image.containers.structure import payload, structure
from provenance.model.limits import Limits
from tests.image.parts import only

EXIF = b"II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00"
ICC = bytes(range(200))


def segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def with_segments(jpeg: bytes, *segments: bytes) -> bytes:
    return jpeg[:2] + b"".join(segments) + jpeg[2:]


def kinds(walked):
    return [block.kind for block in walked.blocks]


def test_segments_are_listed_with_kind_place_and_digest(saved, scene):
    data = saved(scene, "JPEG", exif=b"Exif\x00\x00" + EXIF, icc_profile=ICC, comment=b"hello", xmp=b"<x:xmpmeta/>")
    walked = structure(data, Limits())
    assert (walked.media_type, walked.width_px, walked.height_px, walked.problems) == ("image/jpeg", 64, 48, ())
    assert {"jfif", "exif", "xmp", "icc", "comment", "quantisation", "frame", "DHT", "SOS", "EOI"} == set(kinds(walked))
    assert payload(data, only(walked, "exif")) == EXIF
    assert payload(data, only(walked, "icc")) == ICC
    assert payload(data, only(walked, "comment")) == b"hello"
    assert payload(data, only(walked, "xmp")) == b"<x:xmpmeta/>"
    for block in walked.blocks:
        assert hashlib.sha256(payload(data, block)).hexdigest() == block.sha256
    ends = [block.offset_bytes + block.length_bytes for block in walked.blocks]
    assert [block.offset_bytes for block in walked.blocks] == [2, *ends[:-1]]
    assert ends[-1] == len(data)


def test_every_scan_of_a_progressive_picture_and_what_lies_between_is_seen(saved, scene):
    data = saved(scene, "JPEG", progressive=True)
    last_scan = data.rindex(b"\xff\xda")
    data = data[:last_scan] + segment(0xFE, b"late comment") + data[last_scan:]
    walked = structure(data, Limits())
    assert kinds(walked).count("SOS") == data.count(b"\xff\xda")
    assert payload(data, only(walked, "comment")) == b"late comment"
    assert only(walked, "frame").name == "SOF2"


def test_fill_bytes_before_a_marker_are_no_problem(saved, scene):
    data = with_segments(saved(scene, "JPEG"), b"\xff\xff\xff", segment(0xFE, b"x"))
    assert structure(data, Limits()).problems == ()


def test_bytes_behind_the_end_are_a_trailer(saved, scene):
    data = saved(scene, "JPEG") + b"PK\x03\x04 an archive"
    assert payload(data, only(structure(data, Limits()), "trailer")) == b"PK\x03\x04 an archive"


def test_bytes_between_segments_are_told(saved, scene):
    walked = structure(with_segments(saved(scene, "JPEG"), segment(0xFE, b"x"), b"stray"), Limits())
    assert walked.problems == ("5 bytes at offset 7 belong to no segment.",)
    assert walked.width_px == 64


def test_extended_xmp_photoshop_adobe_ducky_and_mpf_are_told_apart(saved, scene):
    guid = b"0123456789ABCDEF0123456789ABCDEF" + struct.pack(">II", 4, 0) + b"part"
    data = with_segments(
        saved(scene, "JPEG"),
        segment(0xE1, b"http://ns.adobe.com/xmp/extension/\x00" + guid),
        segment(0xED, b"Photoshop 3.0\x008BIM"),
        segment(0xEE, b"Adobe\x00\x64\x00\x00\x00\x00\x01"),
        segment(0xEC, b"Ducky\x00\x01\x00\x04"),
        segment(0xE2, b"MPF\x00II*\x00"),
    )
    walked = structure(data, Limits())
    assert payload(data, only(walked, "xmp-extended")) == guid
    assert payload(data, only(walked, "iptc")) == b"8BIM"
    assert payload(data, only(walked, "mpf")) == b"II*\x00"
    assert {"adobe", "ducky"} <= set(kinds(walked))


def jumbf(label: bytes) -> bytes:
    description = b"\x00" * 16 + b"\x03" + label + b"\x00"
    described = struct.pack(">I4s", 8 + len(description), b"jumd") + description
    return struct.pack(">I4s", 8 + len(described) + 40, b"jumb") + described + b"0123456789" * 4


def test_parts_of_a_manifest_store_join_to_the_box(saved, scene):
    box = jumbf(b"c2pa")
    parts = [box[:50], box[:8] + box[50:]]
    segments = [segment(0xEB, b"JP\x00\x01" + struct.pack(">I", n) + part) for n, part in enumerate(parts, start=1)]
    data = with_segments(saved(scene, "JPEG"), *segments)
    walked = structure(data, Limits())
    assert b"".join(payload(data, block) for block in walked.blocks if block.kind == "c2pa") == box


def test_another_jumbf_box_is_no_manifest_store(saved, scene):
    data = with_segments(saved(scene, "JPEG"), segment(0xEB, b"JP\x00\x01\x00\x00\x00\x01" + jumbf(b"acme")))
    assert "c2pa" not in kinds(structure(data, Limits()))


@pytest.mark.parametrize("length", [30, 200, 400, 700])
def test_a_cut_is_told(length, saved, scene):
    walked = structure(saved(scene, "JPEG", exif=EXIF + bytes(300))[:length], Limits())
    assert any(problem.startswith("The file is cut short") for problem in walked.problems)


def test_an_impossible_length_is_told_and_passed_over(saved, scene):
    walked = structure(with_segments(saved(scene, "JPEG"), b"\xff\xe5\x00\x01"), Limits())
    assert walked.problems[0] == "The segment APP5 at offset 2 has the impossible length 1; it was passed over."
    assert walked.width_px == 64


def test_more_blocks_than_the_limit_are_cut_off_and_told(saved, scene):
    data = with_segments(saved(scene, "JPEG"), *[segment(0xFE, b"x")] * 50)
    walked = structure(data, Limits(blocks=20))
    assert len(walked.blocks) == 20
    assert any("none is listed" in problem for problem in walked.problems)


def test_a_file_of_lone_markers_is_left_soon():
    walked = structure(b"\xff\xd8\xff" + b"\xff\xd8" * 2_000_000, Limits())
    assert walked.problems


def test_a_height_behind_the_first_scan_is_read_and_none_is_told(saved, scene):
    data = saved(scene, "JPEG")
    at = data.index(b"\xff\xc0") + 5
    without = data[:at] + bytes(2) + data[at + 2 :]
    assert structure(without, Limits()).problems == ("The frame header says 64 x 0 pixels.",)
    walked = structure(without[:-2] + segment(0xDC, b"\x00\x30") + without[-2:], Limits())
    assert (walked.width_px, walked.height_px, walked.problems) == (64, 48, ())
