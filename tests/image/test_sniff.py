from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.image.containers.sniff import media_type


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("JPEG", "image/jpeg"),
        ("PNG", "image/png"),
        ("WEBP", "image/webp"),
        ("GIF", "image/gif"),
        ("TIFF", "image/tiff"),
        ("BMP", "image/bmp"),
        ("AVIF", "image/avif"),
        ("JPEG2000", "image/jp2"),
    ],
)
def test_each_format_is_known_by_what_pillow_writes(kind, expected, saved, scene):
    assert media_type(saved(scene, kind)) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "image/heif"),
        (b"\x00\x00\x00\x18ftypheix\x00\x00\x00\x00mif1heix", "image/heif"),
        (b"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1avifmiaf", "image/avif"),
        (b"\x00\x00\x00\x1cftypXXXX\x00\x00\x00\x00mif1heicmiaf", "image/heif"),
        (b"\x00\x00\x00\x14ftypisom\x00\x00\x02\x00isom", ""),
        (b"\x00\x00\x00\x14ftypcrx \x00\x00\x00\x01crx ", "image/x-canon-cr3"),
        (b"\xff\xd8", "image/jpeg"),
        (b"\x00\x00\x00\x0cJXL \r\n\x87\n", "image/jxl"),
        (b"8BPS\x00\x01", "image/vnd.adobe.photoshop"),
        (b"II\xbc\x01\x08\0\0\0", "image/jxr"),
        (b"II+\x00\x08\x00\x00\x00", "image/tiff"),
        (b"BMW is a car maker, and this is a letter.", ""),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", ""),
        (b"%PDF-1.7", ""),
        (b"Dear editor,\n", ""),
        (b"", ""),
    ],
)
def test_first_bytes_decide(data, expected):
    assert media_type(data) == expected


@given(st.binary(max_size=600))
def test_any_bytes_get_an_answer(data):
    assert media_type(data) == "" or media_type(data).startswith("image/")


def _tiff(magic: int, rows: list[tuple[int, int]]) -> bytes:
    entries = b"".join(struct.pack("<HHII", tag, kind, 1, 1) for tag, kind in rows)
    return b"II" + struct.pack("<HIH", magic, 8, len(rows)) + entries + bytes(4)


PICTURE = [(256, 3), (257, 3), (258, 3), (259, 3), (262, 3), (273, 4), (277, 3), (278, 3), (279, 4)]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (_tiff(66, PICTURE), "image/tiff"),
        (_tiff(66, [(256, 3), (257, 47875), *PICTURE[2:]]), "image/tiff"),
        (_tiff(66, [(256, 99), (257, 47875), *PICTURE[2:]]), ""),
        (_tiff(66, PICTURE[::-1]), ""),
        (_tiff(66, PICTURE[:5]), ""),
        (_tiff(66, PICTURE)[:60], ""),
    ],
)
def test_a_tiff_with_a_damaged_number_is_known_by_its_directory(data: bytes, expected: str) -> None:
    assert media_type(data) == expected
