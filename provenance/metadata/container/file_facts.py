"""What speaks of the whole file: type, size, frames, parts, the name it came under, what stands behind its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...image.containers.structure import payload
from ...model.evidence import Fact, Trace
from ...model.image import Image
from ...model.source import FILE_STRUCTURE
from ...model.text import visible
from .cite import METHOD, fact, of_kind
from .extensions import EXTENSIONS

_KINDS_LISTED = 24
_FURTHER = 20


def file_facts(image: Image) -> Iterator[Fact]:
    """Type by content, size in pixels, frames, rotation asked for, and a count of the parts by kind."""
    structure = image.structure
    yield fact(image, "file.type", image.original.media_type, image.original.media_type)
    if structure.width_px and structure.height_px:
        size = f"{structure.width_px} x {structure.height_px}"
        stored = _before_crop(image) or size
        notes = () if stored == size else (f"Stored are {stored} pixels, of which the file asks to show a part.",)
        yield fact(image, "file.size", stored, size, notes=notes)
    for block in of_kind(image, "acTL")[:1]:  # W3C PNG, 3rd edition, section 11.3.2: an APNG may announce one, or none
        announced = str(int.from_bytes(payload(image.data, block)[:4], "big"))
        yield fact(image, "file.frames", announced, announced, block)
    if structure.frames > 1 and not of_kind(image, "acTL"):
        yield fact(image, "file.frames", str(structure.frames), str(structure.frames))
    for block in of_kind(image, "irot")[:1]:  # ISO/IEC 23008-12, section 6.5.10: quarter turns anticlockwise
        angle = (payload(image.data, block)[:1] or b"\0")[0] & 3
        yield fact(image, "heif.rotation", str(angle), str(90 * angle), block)
    for block in of_kind(image, "mpf-image", "auxiliary")[:_FURTHER]:
        words = f"{block.name}, {block.length_bytes:,} bytes at {block.offset_bytes:,}"
        yield fact(image, "file.further", block.name, words, block)
    kinds = Counter(block.kind for block in structure.blocks)
    if kinds:
        shown = [f"{count} x {kind}" if count > 1 else kind for kind, count in list(kinds.items())[:_KINDS_LISTED]]
        more = [f"{len(kinds) - _KINDS_LISTED} further kinds"] if len(kinds) > _KINDS_LISTED else []
        yield fact(image, "file.blocks", str(len(structure.blocks)), ", ".join(shown + more))


def _before_crop(image: Image) -> str:
    """The size of a HEIF or AVIF before its clean aperture cuts it; "" where there is none."""
    stored, cut = of_kind(image, "ispe")[:1], of_kind(image, "clap")
    body = payload(image.data, stored[0]) if stored and cut else b""
    return f"{int.from_bytes(body[4:8], 'big')} x {int.from_bytes(body[8:12], 'big')}" if len(body) >= 12 else ""


def extension(image: Image) -> Iterator[Trace]:
    """A trace where the name ends as another type does."""
    stem, _, letters = image.original.name.rpartition("/")[2].rpartition(".")
    ending = f".{letters.lower()}" if stem and letters else ""
    expected = EXTENSIONS.get(image.original.media_type, ())
    if not ending or not expected or ending in expected:
        return
    yield Trace(
        source=FILE_STRUCTURE,
        statement=f"The file's name ends as another type does; by its content it is {image.original.media_type}.",
        method=METHOD,
        limits=("Whoever stored or sent the file may have named it; the name is no part of the picture.",),
        topic="extension",
        value=f"{visible(ending, limit=20)} on {image.original.media_type}",
    )


def trailers(image: Image) -> Iterator[Trace]:
    """A trace for each stretch of bytes behind the end of the picture, with what it is by its content."""
    for block in of_kind(image, "trailer"):
        yield Trace(
            source=FILE_STRUCTURE,
            statement=(
                f"Behind the end of the picture stand {block.length_bytes:,} bytes more, "
                f"from byte {block.offset_bytes:,}: {block.name}."
            ),
            method=METHOD,
            limits=("Phones put short films and depth maps there, and anybody can append anything.",),
            topic="trailing data",
            value=f"{block.length_bytes} bytes at {block.offset_bytes}, sha256 {block.sha256}",
        )
