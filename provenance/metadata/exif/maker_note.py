"""What a maker note says of serial number, owner, lens and Live Photo: a small bounded reader for many makers.

exifread is not asked: it finds a third of the serial numbers, and hangs on hostile notes (docs/adr/0006). Numbers of
the tags: ExifTool's tag tables 12.57 (Canon, Nikon, Olympus, Pentax, Panasonic, FujiFilm, Sigma, Ricoh, Motorola,
Kodak, Samsung, Reconyx, PhaseOne, Apple). Whatever does not look like text or a number of its kind is left out: an
editor that moved the note without mending its offsets leaves other bytes there.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from .maker_layout import MOST_ENTRIES, Layout, Note, layout
from .sony_serial import sony_serial
from .text import decoded
from .tiff_entries import BYTE_TYPES, WIDTH_BYTES
from .value import Value

Form = Literal["text", "serial", "number", "panasonic", "canon", "ricoh", "pentax", "sony", "enciphered"]
SERIAL, INTERNAL, OWNER = "maker.SerialNumber", "maker.InternalSerialNumber", "maker.OwnerName"
LENS, LIVE_PHOTO = "maker.LensModel", "apple.ContentIdentifier"
LONGEST_BYTES = 256
TAGS: Mapping[str, tuple[tuple[int, str, Form], ...]] = {
    "Apple": ((0x0011, LIVE_PHOTO, "text"),),
    "Canon": ((0x000C, SERIAL, "serial"), (0x0096, INTERNAL, "canon"), (0x0009, OWNER, "text"), (0x0095, LENS, "text")),
    "Nikon": ((0x001D, SERIAL, "serial"), (0x00A0, SERIAL, "text")),
    "Olympus": ((0x0404, SERIAL, "text"), (0x101A, SERIAL, "text")),
    "Olympus equipment": ((0x0101, SERIAL, "text"), (0x0102, INTERNAL, "text"), (0x0203, LENS, "text")),
    "Pentax": ((0x0229, SERIAL, "text"), (0x0215, INTERNAL, "pentax")),
    "Panasonic": ((0x0025, INTERNAL, "panasonic"), (0x0051, LENS, "text")),
    "Leica": (
        *((0x0303, SERIAL, "number"), (0x0305, SERIAL, "number")),
        *((0x0500, INTERNAL, "panasonic"), (0x0303, LENS, "text")),
    ),
    "FujiFilm": ((0x0010, INTERNAL, "text"),),
    "Sigma": ((0x0002, SERIAL, "serial"),),
    "Ricoh": ((0x0005, SERIAL, "ricoh"),),
    "Motorola": ((0x5501, SERIAL, "text"),),
    "Kodak": ((0xFA19, SERIAL, "text"),),
    "Samsung": ((0xA002, SERIAL, "text"),),
    "Sony": ((0x2031, SERIAL, "sony"), (0x9050, INTERNAL, "enciphered")),
}
_WANTED: Mapping[str, frozenset[int]] = {maker: frozenset(tag for tag, _, _ in rows) for maker, rows in TAGS.items()}
_BELOW: Mapping[str, tuple[tuple[int, str], ...]] = {
    "Olympus": ((0x2010, "Olympus equipment"), (0x4000, "Olympus")),
    "Kodak": ((0xFC00, "Kodak"), (0xFCFF, "Kodak")),
}
"""Directories that others point to or hold as bytes, and whose tags stand in them; all count from one base."""
_UNCONFIRMED = "Where Sony keeps it was found by comparing pictures; it is no number printed on the camera."
# Reconyx writes no directory but fields at fixed places: signature, offset, length, and the letters' width in bytes.
_RECONYX = ((b"\x01\xf1", 42, 30, 2), (b"RECONYXUF\0", 0x4B, 15, 1), (b"RECONYXH2\0", 0x7E, 30, 2))
_KODAK_SERIAL = re.compile(rb"[CK][A-Z\d]{3} ?[A-Z\d]{1,2}\d{2}[A-Z\d]\d{4}(?=[ \0])")
_PANASONIC = re.compile(r"[A-Z][0-9A-Z]{2}\d{10}")


@dataclass(frozen=True, slots=True)
class _Found:
    type: int
    count: int
    at: int
    value: bytes
    before: bytes
    """The byte that stands before a value elsewhere."""


def maker_values(note: Note, make: str, model: str = "") -> list[Value]:
    """The values of a note, each key once. Never raises on any bytes; reads at most 255 entries a directory.

    `make` and `model` are those of the file's own tags.
    """
    values: dict[str, Value] = {}
    for value in (*_fixed(note, make), *_phase_one(note), *_directory(note, make, model)):
        values.setdefault(value.key, value)
    return list(values.values())


def _directory(note: Note, make: str, model: str) -> Iterator[Value]:
    laid = layout(note, make)
    if laid is None:
        return
    readings = [list(_read(note, laid, base, model)) for base in laid.bases]
    yield from max(readings, key=len)


def _read(note: Note, laid: Layout, base: int, model: str) -> Iterator[Value]:
    for tag, name in _BELOW.get(laid.maker, ()):
        yield from _below(note, laid, base, (tag, name))
    entries = _entries(note.block, laid, base, _WANTED[laid.maker])
    for tag, key, form in TAGS[laid.maker]:
        if tag not in entries:
            continue
        found = entries[tag]
        value = _enciphered(found, key, model) if form == "enciphered" else _value(found, key, form, laid.order)
        if value:
            yield value


def _below(note: Note, laid: Layout, base: int, named: tuple[int, str]) -> Iterator[Value]:
    """What a directory below the maker's own says, if the maker's has the tag that leads to it."""
    tag, name = named
    entry = _entries(note.block, laid, base, frozenset({tag})).get(tag)
    if entry is None:
        return
    pointed = entry.type in (4, 13) and entry.count == 1
    start = base + int.from_bytes(entry.value[:4], "little" if laid.order == "<" else "big") if pointed else entry.at
    entries = _entries(note.block, replace(laid, start=start), base, _WANTED[name])
    for number, key, form in TAGS[name]:
        if number in entries and (value := _value(entries[number], key, form, laid.order)):
            yield value


def _entries(block: bytes, laid: Layout, base: int, wanted: frozenset[int]) -> dict[int, _Found]:
    """The wanted entries of a directory whose values lie in the block, by tag; nothing where no directory can be."""
    found: dict[int, _Found] = {}
    if not 0 <= laid.start <= len(block) - 2:
        return found
    (count,) = struct.unpack_from(f"{laid.order}H", block, laid.start)
    if count > MOST_ENTRIES:
        return found
    start, count = laid.start + 2, min(count, (len(block) - laid.start - 2) // 12)
    rows = struct.iter_unpack(f"{laid.order}HHII", block[start : start + 12 * count])
    for index, (tag, kind, number, pointer) in enumerate(rows):
        if tag not in wanted or tag in found:
            continue
        size = number * WIDTH_BYTES.get(kind, 0)
        where = start + 12 * index + 8 if size <= 4 else base + pointer
        if not size or not 0 <= where <= len(block) - size:
            continue
        value, before = block[where : where + min(size, LONGEST_BYTES)], block[max(0, where - 1) : where]
        found[tag] = _Found(kind, number, where, value, before if size > 4 else b"")
    return found


def _value(found: _Found, key: str, form: Form, order: str) -> Value | None:
    key, text = _told(found, key, form, order)
    if not text:
        return None
    normal = " ".join(text.split())
    return Value(key=key, raw=text, normal=normal, offset_bytes=found.at, length_bytes=len(found.value))


def _told(found: _Found, key: str, form: Form, order: str) -> tuple[str, str]:
    """Key and text of a value by its form; "" where the bytes are none of that form."""
    if form == "pentax":
        return key, _pentax_internal(found, order)
    if found.type not in BYTE_TYPES:
        numbers = WIDTH_BYTES[found.type] * found.count == len(found.value) and found.type in (3, 4)
        number = int.from_bytes(found.value, "little" if order == "<" else "big") if found.count == 1 else 0
        return key, str(number) if form in ("serial", "number") and numbers and number else ""
    if form == "number":
        return key, ""
    if form == "ricoh":
        if re.fullmatch(rb"[-\w ]+", found.value):
            return SERIAL, found.value.decode("ascii")
        return INTERNAL, found.value.hex() if found.value.strip(b"\0") and found.count == 16 else ""
    if form == "canon":  # behind nine bytes in the EOS 5D; padded with 0xFF in others
        value = found.value if found.value[:1].isalnum() else found.value[9:]
        return key, _letters(value.partition(b"\0")[0].rstrip(b"\xff"))
    if form == "sony":
        return key, _sony_serial(found.value.partition(b"\0")[0])
    if form == "panasonic":  # place and day of manufacture and a number; other bytes may follow
        text = decoded(found.value.lstrip(b"\0").partition(b"\0")[0])[0]
        return key, text if _PANASONIC.match(text) else ""
    if key == OWNER and found.before.isalnum():
        return key, ""  # the middle of another text: the note was moved
    return key, _letters(found.value.partition(b"\0")[0])


def _letters(value: bytes) -> str:
    """The text of these bytes if they are letters; "" for what is not."""
    text = decoded(value)[0].strip()
    letters = text.isprintable() and "\ufffd" not in text and any(character.isalnum() for character in text)
    return text if letters else ""


def _pentax_internal(found: _Found, order: str) -> str:
    """CameraInfo: model, day of manufacture as YYYYMMDD, two numbers, serial number; the day tells that it is that."""
    if len(found.value) < 20:
        return ""
    _, day, _, _, serial = struct.unpack_from(f"{order}5I", found.value)
    likely = re.fullmatch(r"(?:20|19)?\d?\d(?:0\d|1[0-2])(?:[0-2]\d|3[01])", str(day))
    return str(serial) if likely and serial else ""


def _enciphered(found: _Found, key: str, model: str) -> Value | None:
    """A number in bytes, as ExifTool gives it, and in hexadecimal digits."""
    start, number = sony_serial(found.value, model)
    if not number:
        return None
    raw = " ".join(map(str, number))
    at = found.at + start
    return Value(key, raw, number.hex(), notes=(_UNCONFIRMED,), offset_bytes=at, length_bytes=len(number))


def _sony_serial(value: bytes) -> str:
    """Eight digits in pairs, last pair first."""
    text = _letters(value)
    if not re.fullmatch(r"\d{8}", text):
        return ""
    return "".join(text[at : at + 2] for at in (6, 4, 2, 0)).removeprefix("0")


def _fixed(note: Note, make: str) -> Iterator[Value]:
    """Notes with the serial number at a fixed place."""
    for signature, at, length, width in _RECONYX:
        if not note.bytes_at(0, 10).startswith(signature):
            continue
        value = note.bytes_at(at, length)
        text = value.decode("utf-16-le", "replace") if width == 2 else value.decode("latin-1")
        if re.fullmatch(r"[A-Z0-9]{6,}", text := text.partition("\0")[0]):
            yield Value(key=SERIAL, raw=text, normal=text, offset_bytes=note.at + at, length_bytes=length)
    if "kodak" in make.lower() and (match := _KODAK_SERIAL.match(note.bytes_at(0, 17))):
        text = match[0].decode("ascii")
        yield Value(key=SERIAL, raw=text, normal=text, offset_bytes=note.at, length_bytes=len(text))


def _phase_one(note: Note) -> Iterator[Value]:
    """Phase One: entries of 16 bytes (tag, type, length, offset from the note)."""
    head = note.bytes_at(0, 12)
    order = "<" if re.match(rb"IIII.waR", head, re.DOTALL) else ">" if head.startswith(b"MMMMRaw") else ""
    if not order or len(head) < 12:
        return
    at = note.at + struct.unpack_from(f"{order}I", head, 8)[0]
    if at + 8 > len(note.block):
        return
    count = min(struct.unpack_from(f"{order}I", note.block, at)[0], MOST_ENTRIES, (len(note.block) - at - 8) // 16)
    for index in range(count):
        tag, _, size, offset = struct.unpack_from(f"{order}4I", note.block, at + 8 + 16 * index)
        if tag == 0x0102 and 4 < size <= LONGEST_BYTES:
            text = _letters(note.block[note.at + offset : note.at + offset + size].partition(b"\0")[0])
            if text:
                yield Value(key=SERIAL, raw=text, normal=text, offset_bytes=note.at + offset, length_bytes=size)
            return
