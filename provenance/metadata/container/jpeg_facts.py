"""What the segments of a JPEG say of its coding and of the program that wrote it."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from ...image.containers import raw_types, sniff
from ...image.containers.jpeg_tables import quantisation_tables
from ...image.containers.mpf import number_of_images
from ...image.containers.structure import payload
from ...model.evidence import Fact
from ...model.image import Block, Image
from . import jpeg_coding
from .cite import fact, of_kind
from .jpeg_quality import equal_step, estimated_step, in_words

_UNITS = {0: "no unit: the ratio of the sides of a pixel", 1: "pixels an inch", 2: "pixels a centimetre"}
_TRANSFORMS = {0: "none: RGB or CMYK", 1: "YCbCr", 2: "YCCK"}
_DUCKY_QUALITY = 1
_DUCKY_RECORDS = 50
_TABLE = " ".join(64 * ("%d",))
_WITH_A_JPEG = (sniff.JPEG, raw_types.RAF, raw_types.RW2, raw_types.RAW, raw_types.X3F)
_PREVIEW = "This is the JPEG preview inside the raw file."


def jpeg_facts(image: Image) -> Iterator[Fact]:
    """Process, subsampling, tables and quality; the JFIF, Adobe, Ducky and MPF segments. Nothing for other types."""
    if image.structure.media_type in _WITH_A_JPEG:
        notes = () if image.structure.media_type == sniff.JPEG else (_PREVIEW,)
        yield from _coding(image, notes)
        yield from _segments(image)


def _coding(image: Image, notes: tuple[str, ...]) -> Iterator[Fact]:
    for frame in of_kind(image, "frame")[:1]:
        yield fact(image, "jpeg.process", frame.name, jpeg_coding.process(frame.name), frame, notes=notes)
        raw, words = jpeg_coding.subsampling(payload(image.data, frame))
        if raw:
            yield fact(image, "jpeg.subsampling", raw, words, frame, notes=notes)
    segments = of_kind(image, "quantisation")
    tables = quantisation_tables(image.data, segments)
    if tables:
        numbers = "; ".join([_TABLE % tables[number] for number in sorted(tables)])
        equal, estimate = equal_step(tables), estimated_step(tables)
        limits = (
            *notes,
            "Programs other than libjpeg use its tables too, and number their qualities differently.",
        )
        yield fact(
            image, "jpeg.quality", str(equal or estimate or ""), in_words(equal, estimate), segments[0], notes=limits
        )
        if equal and estimate not in (equal, 0):
            yield fact(
                image, "jpeg.estimate", str(estimate), f"{estimate} by sums of {len(tables)} tables", segments[0]
            )
        yield fact(image, "jpeg.tables", numbers, jpeg_coding.tables_digest(tables), segments[0], notes=notes)


def _segments(image: Image) -> Iterator[Fact]:
    for block in of_kind(image, "jfif")[:1]:
        yield from _jfif(image, block)
    for block in of_kind(image, "adobe")[-1:]:
        body = payload(image.data, block)
        if len(body) > 6:  # Adobe Technical Note 5116: version, two words of flags, transform
            yield fact(image, "jpeg.adobe_transform", str(body[6]), _TRANSFORMS.get(body[6], "unknown"), block)
    for block in of_kind(image, "ducky")[:1]:
        value = _ducky_quality(payload(image.data, block))
        if value is not None:
            yield fact(image, "jpeg.ducky", str(value), f"{value} of 100 by Adobe's Save for Web", block)
    for block in of_kind(image, "mpf")[:1]:
        count = number_of_images(payload(image.data, block))
        if count:
            yield fact(image, "mpf.images", str(count), str(count), block)


def _jfif(image: Image, block: Block) -> Iterator[Fact]:
    """JFIF version and pixel density (JFIF 1.02, the APP0 marker segment)."""
    body = payload(image.data, block)
    if len(body) >= 2:
        yield fact(image, "jpeg.jfif_version", f"{body[0]} {body[1]}", f"{body[0]}.{body[1]:02d}", block)
    if len(body) >= 7:
        unit, across, down = struct.unpack_from(">BHH", body, 2)
        words = f"{across} x {down}, {_UNITS.get(unit, f'unknown unit {unit}')}"
        yield fact(image, "jpeg.jfif_density", f"{unit} {across} {down}", words, block)


def _ducky_quality(body: bytes) -> int | None:
    """The quality in a Ducky segment: records of tag, length (16 bits each) and content; tag 0 ends them."""
    at = 0
    for _ in range(_DUCKY_RECORDS):
        if at + 4 > len(body):
            break
        tag, length = struct.unpack_from(">HH", body, at)
        if tag == 0 or at + 4 + length > len(body):
            break
        if tag == _DUCKY_QUALITY and length == 4:
            return int.from_bytes(body[at + 4 : at + 8], "big")
        at += 4 + length
    return None
