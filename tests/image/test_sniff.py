from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.image.sniff import media_type


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
