"""Whatever the bytes are, a walker answers, and what it lists lies inside the file."""

from __future__ import annotations

import hashlib
import io
import struct
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from provenance.image.containers.sniff import media_type
from provenance.image.containers.structure import payload, structure
from provenance.model.image import Refusal
from provenance.model.limits import Limits

EXIF = b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00"


def _made(kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    Pillow.new("RGB", (24, 16), "teal").save(buffer, kind, **options)
    return buffer.getvalue()


SEEDS = [
    _made("JPEG", exif=EXIF, icc_profile=b"p" * 50, xmp=b"<x/>", comment=b"c"),
    _made("JPEG", progressive=True),
    _made("PNG", exif=EXIF, icc_profile=b"p" * 50),
    _made("WEBP", exif=EXIF, xmp=b"<x/>", icc_profile=b"p" * 50),
    _made("GIF", comment=b"c"),
    _made("TIFF", tiffinfo={700: b"<x/>"}),
    _made("TIFF", big_tiff=True),
    _made("BMP"),
    _made("AVIF", exif=EXIF),
    _made("JPEG2000"),
]


@settings(max_examples=400, deadline=10_000)
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 2000), st.binary(min_size=1, max_size=8)), max_size=6),
    st.integers(0, 3000),
)
def test_a_damaged_file_is_answered(seed, damages, length):
    data = bytearray(seed)
    for place, new in damages:
        at = place % len(data)
        data[at : at + len(new)] = new
    whole = bytes(data[: length or None])
    walked = structure(whole, Limits())
    for block in walked.blocks:
        end = block.payload_offset_bytes + block.payload_length_bytes
        assert 0 <= block.payload_offset_bytes <= end <= len(whole)
        assert block.offset_bytes <= len(whole)
        assert hashlib.sha256(payload(whole, block)).hexdigest() == block.sha256


@pytest.mark.parametrize("seed", SEEDS)
def test_a_file_cut_anywhere_says_so_or_is_whole(seed):
    for length in range(12, len(seed), 7):
        walked = structure(seed[:length], Limits())
        assert walked.media_type == "" or walked.problems or walked.blocks


FTYP = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8\xff\xda\x00\x02" + b"\xff\x00" * 4_000_000,
        b"\xff\xd8" + b"\xff" * 8_000_000,
        b"\xff\xd8" + b"\xff\xfe\x00\x02" * 2_000_000,
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sI", 0, b"abCd", 0) * 700_000,
        b"RIFF\xff\xff\xff\x7fWEBP" + b"ABCD\x00\x00\x00\x00" * 1_000_000,
        b"GIF89a" + bytes(7) + b"," + bytes(9) + b"\x02" + b"\x01\x00" * 4_000_000,
        b"II*\x00\x08\x00\x00\x00" + b"\x01\x00" * 4_000_000,
        FTYP + struct.pack(">I4sI", 8_000_012, b"meta", 0) + struct.pack(">I4s", 8, b"free") * 1_000_000,
        FTYP + struct.pack(">I4s", 8, b"free") * 1_000_000,
        FTYP
        + struct.pack(">I4sII4s", 8_000_024, b"meta", 0, 8_000_012, b"iloc")
        + b"\x02\x00\x00\x00"
        + b"\x00" * 8_000_000,
        FTYP
        + struct.pack(">I4sII4s", 8_000_024, b"meta", 0, 8_000_012, b"iloc")
        + b"\x02\x00\x00\x00"
        + b"\x40" * 8_000_000,
    ],
)
def test_eight_megabytes_made_to_cost_time_are_answered_within_two_seconds(data):
    start = time.process_time()
    walked = structure(data, Limits())
    assert time.process_time() - start < 2
    assert walked.problems


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 2000), st.binary(min_size=1, max_size=4)), min_size=1, max_size=4),
)
def test_a_damaged_file_gives_pixels_or_a_reason(decoder, seed, damages):
    data = bytearray(seed)
    for place, new in damages:
        at = place % len(data)
        data[at : at + len(new)] = new
    whole = bytes(data)
    decoded = decoder.decode(whole, media_type(whole), Limits(pixels_px=10**6))
    if isinstance(decoded, Refusal):
        assert decoded.reason
        assert decoded.remedy
    else:
        assert decoded.pixels.ndim == 3
        assert 0 < decoded.width_px * decoded.height_px <= 10**6
