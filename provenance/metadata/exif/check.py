"""Check "exif": every EXIF block of the file, tag by tag, and what the tags claim of time, place and camera."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime

from ...image.containers.structure import payload
from ...model.context import Context
from ...model.evidence import Claim, Evidence, Fact, Trace
from ...model.image import Block, Image
from ...model.outcome import Outcome, Ran
from ...model.source import FILE_TAGS
from ..container import brob
from ..container.png_text import is_packed_exif, packed_exif
from ..facts import fact_of
from ..iptc import resources as photoshop
from ..iptc.blocks import stretches
from ..topics import topic
from .cite import fact, problem_fact
from .claims import METHOD, claims
from .joining import with_what_follows
from .place import altitude_m, signed_degrees
from .tiff_entries import Directory
from .value import ExifBlock, Value

# More blocks than any camera or program writes (two is already a mark); each costs up to 40 ms.
BLOCKS = 8
MAKER_NOTE = "maker-note"
KINDS = ("exif", MAKER_NOTE)
_FLIR = "flir"
_MOST_PARTS = 256
"""Parts of FLIR's block: their number is a byte."""
_TEXT = "text"
_WHERE = (*KINDS, _TEXT, brob.EXIF)
# A CR3 keeps each directory in a block of its own (image/containers/structure.py): which one begins it, by its box.
OPENING: Mapping[str, Directory] = {"CMT1": "ifd0", "CMT2": "exif", "CMT4": "gps"}
PARTS = (*OPENING, "CMT3")
# Only Canon writes CR3; an editor may have changed the tag Make.
_MAKER_OF_CR3 = "Canon"
_GOES_ON = "The EXIF block goes on through {0} segments, where the standard allows one; it was read in one piece."
_OF_ANOTHER = "The file holds further pictures with EXIF blocks of their own; those were not read."
_SIGNED = {"gps.GPSLatitude": "Latitude", "gps.GPSLongitude": "Longitude"}
# Said once, within the value they belong to.
_FOLDED = {"gps.GPSLatitudeRef": "gps.GPSLatitude", "gps.GPSLongitudeRef": "gps.GPSLongitude"}
_COMPARED = (
    "exif.Make",
    "exif.Model",
    "exif.BodySerialNumber",
    "exif.DateTimeOriginal",
    "exif.DateTimeDigitized",
    "exif.DateTime",
    "exif.Software",
    "exif.Artist",
    "gps.GPSLatitude",
    "gps.GPSLongitude",
)


def check(image: Image, context: Context) -> Outcome:
    """Facts for the tags of each EXIF block, and claims by the file on capture time, GPS position and time, camera."""
    blocks = [block for block in image.structure.blocks if block.kind in _WHERE and _is_exif(image, block)]
    thermal = list(_of_flir(image))
    among = [] if blocks else list(_among_resources(image, context))
    if not blocks and not thermal and not among:
        kind = image.original.media_type.removeprefix("image/").upper() or "file"
        note = f"no EXIF block in this {kind}; most platforms remove it, so this says nothing about the picture"
        return Ran(note=note)
    from .reader import read, read_maker_note  # with the tables of exifread, which most pictures do not need

    found: list[Evidence] = []
    read_blocks: list[tuple[Block, ExifBlock]] = []
    pieces = with_what_follows(image.data, blocks)
    for block, *further in pieces[:BLOCKS]:
        whole = block.kind in KINDS and not further
        content = _content(image, block, further, context)
        if block.kind == MAKER_NOTE:
            exif = read_maker_note(content, _MAKER_OF_CR3)
        else:
            exif = read(content, context.limits, OPENING.get(block.name, "ifd0"))
        read_blocks.append((block, exif))
        found.extend(_facts(content, block, exif, verbatim=whole))
        if further:
            found.append(problem_fact(block, _GOES_ON.format(len(further) + 1)))
    for block, content, verbatim in among:
        exif = read(content, context.limits)
        read_blocks.append((block, exif))
        found.extend(_facts(content, block, exif, verbatim=verbatim))
    if len(pieces) > BLOCKS:
        found.append(
            problem_fact(pieces[BLOCKS][0], f"Of {len(pieces)} EXIF blocks only the first {BLOCKS} were read.")
        )
    others = [block for block in image.structure.blocks if block.kind == "other-exif"]
    found.extend(problem_fact(block, _OF_ANOTHER) for block in others[:1])
    if context.claims:
        found.extend(_claims(read_blocks, context.now))
    found.extend(thermal)
    found.extend(_disagreement(read_blocks))
    return Ran(evidence=tuple(found), note="" if found else "the EXIF block holds none of the tags that are read")


def _claims(read_blocks: list[tuple[Block, ExifBlock]], now: datetime) -> Iterator[Claim]:
    """What the tags claim, block by block; the blocks of a CR3 are the parts of one."""
    parts = [pair for pair in read_blocks if pair[0].name in PARTS]
    if parts:
        values = {key: value for _, exif in parts for key, value in exif.values.items()}
        yield from claims(parts[0][0], values, now, several=False)
        return
    for block, exif in read_blocks:
        yield from claims(block, exif.values, now, several=len(read_blocks) > 1)


def _is_exif(image: Image, block: Block) -> bool:
    """Whether a block of these kinds is EXIF: a text only in a PNG, and only some."""
    return block.kind != _TEXT or (image.structure.media_type == "image/png" and is_packed_exif(image.data, block))


def _among_resources(image: Image, context: Context) -> Iterator[tuple[Block, bytes, bool]]:
    """EXIF among the Photoshop resources of a file that has no other, and whether it stands there as it is."""
    if photoshop.EXIF_MARK not in image.data:
        return
    for stretch in stretches(image, context.limits):
        for item in photoshop.resources(stretch.content).of(photoshop.EXIF):
            block = stretch.cited(item)
            yield block, item.data(stretch.content), block.payload_length_bytes == item.length_bytes
            return


def _of_flir(image: Image) -> Iterator[Fact]:
    """The serial number in the segments of a thermal camera, cited by the part that begins the block."""
    parts = [block for block in image.structure.blocks if block.kind == _FLIR][:_MOST_PARTS]
    if not parts:
        return
    from .flir import serial_number

    if value := serial_number(b"".join(payload(image.data, part) for part in parts)):
        yield fact(parts[0], value, verbatim=value.offset_bytes + value.length_bytes <= parts[0].payload_length_bytes)


def _content(image: Image, block: Block, further: list[Block], context: Context) -> bytes:
    if block.kind in KINDS:
        whole = payload(image.data, block)
        return b"".join((whole, *(payload(image.data, one) for one in further))) if further else whole
    unpack = brob.unpacked if block.kind == brob.EXIF else packed_exif
    return unpack(image.data, block, context.limits)


def _facts(content: bytes, block: Block, exif: ExifBlock, *, verbatim: bool) -> Iterator[Fact]:
    for value in exif.values.values():
        if not value.key.startswith("gps."):
            yield fact(block, value, verbatim)
        elif _FOLDED.get(value.key) not in exif.values:
            yield fact(block, _signed(value, exif), verbatim)
    yield from _thumbnail(content, block, exif, verbatim)
    for problem in exif.problems:
        yield problem_fact(block, problem)


def _signed(value: Value, exif: ExifBlock) -> Value:
    """A value of the position with the sign that stands in its reference; any other as it is."""
    if axis := _SIGNED.get(value.key):
        degrees, reason = signed_degrees(exif.values, axis)
        reference = exif.values.get(f"{value.key}Ref")
        return value._replace(
            raw=f"{value.raw} {reference.raw}" if reference else value.raw,
            normal="" if degrees is None else f"{degrees:.7f}".rstrip("0").rstrip("."),
            notes=value.notes or ((reason,) if reason else ()),
        )
    if value.key == "gps.GPSAltitude" and (metres := altitude_m(exif.values)) is not None:
        return value._replace(normal=f"{metres:.10g}")
    return value


def _thumbnail(content: bytes, block: Block, exif: ExifBlock, verbatim: bool) -> Iterator[Fact]:
    if exif.thumbnail is None:
        return
    offset, length = exif.thumbnail
    thumbnail = content[offset : offset + length]
    whole = thumbnail.startswith(b"\xff\xd8")
    yield fact_of(
        block,
        source=FILE_TAGS,
        method=METHOD,
        statement=f"The EXIF block holds a thumbnail of {length:,} bytes.",
        key="exif.thumbnail",
        raw=f"{length} bytes",
        normal=hashlib.sha256(thumbnail).hexdigest(),
        notes=() if whole else ("Its bytes do not begin as a JPEG does.",),
        place=exif.thumbnail if verbatim else None,
    )


def _disagreement(blocks: list[tuple[Block, ExifBlock]]) -> Iterator[Trace]:
    """Two EXIF blocks are a mark of their own, more so when they disagree."""
    if len(blocks) < 2 or any(block.name in PARTS for block, _ in blocks):
        return
    differing = [
        topic(key).label
        for key in _COMPARED
        if len({exif.values[key].raw for _, exif in blocks if key in exif.values}) > 1
    ]
    where = ", ".join(f"{block.payload_offset_bytes:,}" for block, _ in blocks)
    verdict = f"disagree on the {', the '.join(differing)}" if differing else "agree on time, place, camera and program"
    yield Trace(
        source=FILE_TAGS,
        statement=f"The file holds {len(blocks)} EXIF blocks (at bytes {where}), a camera writes one; they {verdict}.",
        method=METHOD,
        limits=("Which of them is the older one cannot be seen from the blocks.",),
        topic="several EXIF blocks",
        value="disagree" if differing else "agree",
    )
