"""What stands behind the end of a JPEG, and the index of a multi-picture file."""

from __future__ import annotations

import struct

import pytest

from provenance.image.containers import mpf
from provenance.image.containers.structure import payload, structure
from provenance.model.limits import Limits


def index(*entries: tuple[int, int, int], count: int | None = None) -> bytes:
    """A multi-picture index, little-endian; entries of (attributes, length, offset from here)."""
    rows = b"".join(struct.pack("<IIIHH", *entry, 0, 0) for entry in entries)
    number = len(entries) if count is None else count
    head = b"II*\0" + struct.pack("<IH", 8, 2)
    head += struct.pack("<HHII", 0xB001, 4, 1, number)
    head += struct.pack("<HHII", 0xB002, 7, len(rows), 8 + 2 + 24 + 4) + bytes(4)
    return head + rows


def with_index(picture: bytes, *entries: tuple[int, int, int]) -> bytes:
    content = b"MPF\0" + index(*entries)
    return picture[:2] + struct.pack(">BBH", 0xFF, 0xE2, len(content) + 2) + content + picture[2:]


INDEX_AT = 2 + 4 + 4  # behind SOI, the marker with its length, and the identifier


def test_pictures_of_the_index_are_blocks_and_no_trailer(saved, scene):
    picture, second = saved(scene, "JPEG"), saved(scene, "JPEG", quality=30)
    size = len(with_index(picture, (0, 0, 0), (0, 0, 0)))
    data = with_index(picture, (0x20030000, size, 0), (0x00020002, len(second), size - INDEX_AT)) + second
    walked = structure(data, Limits())
    (found,) = (block for block in walked.blocks if block.kind == "mpf-image")
    assert (found.name, payload(data, found)) == ("disparity", second)
    assert not [block for block in walked.blocks if block.kind == "trailer"]
    assert walked.problems == ()


def test_what_stands_between_and_behind_the_pictures_of_the_index_is_told_apart(saved, scene):
    picture, second = saved(scene, "JPEG"), saved(scene, "JPEG", quality=30)
    size = len(with_index(picture, (0, 0, 0), (0, 0, 0)))
    at = size + 20 - INDEX_AT
    film = struct.pack(">I4s", 24, b"ftyp") + b"mp42" + bytes(40)
    data = with_index(picture, (0, size, 0), (0, len(second), at)) + bytes(20) + second + film
    walked = structure(data, Limits())
    named = [(block.kind, block.name) for block in walked.blocks if block.kind in ("mpf-image", "trailer")]
    assert named == [("trailer", "zeros only"), ("mpf-image", "type not stated"), ("trailer", "a film (MP4)")]


@pytest.mark.parametrize("offset", [5, 2**31, 2**32 - 1])
def test_an_index_that_points_elsewhere_is_told(saved, scene, offset):
    walked = structure(with_index(saved(scene, "JPEG"), (0, 0, 0), (0, 100, offset)) + b"PK\3\4", Limits())
    assert any("none is there" in problem for problem in walked.problems)
    assert [block.name for block in walked.blocks if block.kind == "trailer"] == ["an archive (ZIP)"]


@pytest.mark.parametrize(
    ("behind", "words"),
    [
        (b"PK\3\4" + bytes(60), "an archive (ZIP)"),
        (b"\xff\xd8\xff\xe0" + bytes(60), "another JPEG"),
        (b"\0\0\0\x18ftypmp42" + bytes(60), "a film (MP4)"),
        (b"MotionPhoto_Data" + b"\0\0\0\x18ftypmp42", "a film (Samsung)"),
        (b"abcd" * 10 + b"\0\0\0\x18ftypmp42", "a film (MP4) from byte"),
        (bytes(60), "zeros only"),
        (b"\xff" * 60, "one byte repeated"),
        (b"SEFH" + bytes(20) + b"SEFT", "Samsung"),
        (b"some words of somebody", "no kind known here"),
    ],
)
def test_bytes_behind_the_end_are_named_by_their_content(behind, words, saved, scene):
    data = saved(scene, "JPEG") + behind
    (trailer,) = (block for block in structure(data, Limits()).blocks if block.kind == "trailer")
    assert payload(data, trailer) == behind
    assert words in trailer.name


@pytest.mark.parametrize("data", [b"", b"II*\0", index()[:12], b"MM\0*\xff\xff\xff\xff", b"II*\0\x08\0\0\0\xff\xff"])
def test_a_broken_index_has_no_pictures(data):
    assert (mpf.number_of_images(data), mpf.entries(data)) == (0, ())


def test_an_index_that_promises_more_than_it_holds_gives_what_is_there():
    data = index((0, 10, 0), (0, 10, 20), count=3)
    assert mpf.number_of_images(data) == 3
    assert len(mpf.entries(data[:-4])) == 1


def test_damaged_multi_picture_files_are_answered(saved, scene, withstands):
    second = saved(scene, "JPEG", quality=30)
    size = len(with_index(saved(scene, "JPEG"), (0, 0, 0), (0, 0, 0)))
    data = with_index(saved(scene, "JPEG"), (0, size, 0), (0x00050000, len(second), size - INDEX_AT)) + second
    withstands(data, seed=7, times=400)
