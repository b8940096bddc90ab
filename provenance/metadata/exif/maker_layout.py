"""How each maker lays out its note: where its directory starts, from where its offsets count, in which byte order.

The notes are undocumented by their makers. Signatures, starts and bases: ExifTool's tag tables (MakerNotes.pm 12.57,
the published reference of the field), each seen on files of the makers.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, replace

from .tiff_entries import WIDTH_BYTES

# A directory of more entries is none: the longest known holds about 110.
MOST_ENTRIES = 255
_ORDERS = {b"II": "<", b"MM": ">"}
# The last eight bytes of a Canon note: byte order, 42, and where the note stood when the camera wrote it.
_CANON_FOOTER_BYTES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One maker's directory. Offsets are bytes of the block that the note stands in."""

    maker: str
    start: int
    bases: tuple[int, ...]
    """From where its offsets may count, likeliest first; a note that an editor moved answers to none of them."""
    order: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A maker note within its block. `tiff_at` is where the TIFF block began that its offsets may count from."""

    block: bytes
    at: int
    length: int
    tiff_at: int
    order: str

    def bytes_at(self, offset: int, length: int) -> bytes:
        """Bytes of the note from `offset`, fewer at its end."""
        return self.block[self.at + offset : self.at + min(offset + length, self.length)]


def adobe_note(block: bytes, at: int, length: int) -> Note | None:
    """The maker note in a DNG's private data: "Adobe", then chunks of name and length; "MakN" holds byte order, where
    the note stood in the raw file, and the note (DNG 1.7 specification, appendix on DNGPrivateData)."""
    end = at + length
    if block[at : at + 6] != b"Adobe\0":
        return None
    place = at + 6
    for _ in range(MOST_ENTRIES):
        if place + 14 > end:
            return None
        name, size = struct.unpack_from(">4sI", block, place)
        if name == b"MakN":
            order, stood_at = (
                _ORDERS.get(block[place + 8 : place + 10], ">"),
                int.from_bytes(block[place + 10 : place + 14]),
            )
            start = place + 14
            length = max(0, min(size - 6, end - start))
            return Note(block=block, at=start, length=length, tiff_at=start - stood_at, order=order)
        place += 8 + size + size % 2
    return None


# Signature, maker, where the directory starts, bases ("note", "tiff", or the note's byte), where the byte order stands.
_SIGNED: tuple[tuple[re.Pattern[bytes], str, int, tuple[str | int, ...], int], ...] = (
    (re.compile(rb"Apple iOS\0"), "Apple", 14, ("note",), 12),
    (re.compile(rb"MOT\0"), "Motorola", 8, ("note",), 0),
    (re.compile(rb"(?:OLYMP|EPSON)\0"), "Olympus", 8, ("tiff",), 0),
    (re.compile(rb"OLYMPUS\0"), "Olympus", 12, ("note",), 8),
    (re.compile(rb"OM SYSTEM\0"), "Olympus", 16, ("note",), 12),
    (re.compile(rb"LEICA CAMERA AG\0"), "Panasonic", 18, ("tiff",), 0),
    (re.compile(rb"LEICA"), "Leica", 8, ("note", 8, "tiff"), 0),
    (re.compile(rb"Panasonic\0"), "Panasonic", 12, ("tiff",), 0),
    (re.compile(rb"AOC\0"), "Pentax", 6, ("tiff", "note"), 4),
    (re.compile(rb"PENTAX \0"), "Pentax", 10, ("note",), 8),
    (re.compile(rb"RICOH\0(?:II|MM)"), "Pentax", 8, ("note",), 6),
    (re.compile(rb"ricoh", re.IGNORECASE), "Ricoh", 8, ("tiff",), 0),
    (re.compile(rb"(?:SIGMA|FOVEON)\0"), "Sigma", 10, ("tiff",), 0),
    (re.compile(rb"SONY (?:DSC|CAM|MOBILE)|\0\0SONY PIC\0|VHAB {5}\0"), "Sony", 12, ("tiff",), 0),
)
# Makers whose note begins with the directory.
_BARE: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("samsung", "Samsung", ("note", "tiff")),
    ("sony", "Sony", ("tiff",)),
    ("nikon", "Nikon", ("tiff",)),
)


def layout(note: Note, make: str) -> Layout | None:
    """The layout of a note by its signature, else by the file's Make; None for notes that are not read."""
    head, brand = note.bytes_at(0, 24), make.strip().lower()
    if head.startswith(b"Nikon\0\2"):
        return _nikon(note, head)
    if brand.startswith("canon"):
        return _laid("Canon", note, 0, (_canon_base(note), note.tiff_at))
    if head.startswith((b"FUJIFILM", b"GENERALE")) and len(head) >= 12:
        return _laid("FujiFilm", note, struct.unpack_from("<I", head, 8)[0], (note.at,), b"II")
    if head.startswith(b"LEICA\0\0\0") and brand == "leica":  # those that Panasonic made
        return _laid("Panasonic", note, 8, (note.tiff_at,))
    for signature, maker, start, bases, order_at in _SIGNED:
        if signature.match(head):
            order = head[order_at : order_at + 2] if order_at else b""
            return _laid(maker, note, start, tuple(_base(note, base) for base in bases), order)
    for name, maker, named in _BARE:
        if brand.startswith(name):
            return _laid(maker, note, 0, tuple(_base(note, base) for base in named))
    return _kodak(note, head) if "kodak" in brand else None


def _base(note: Note, base: str | int) -> int:
    return note.at + base if isinstance(base, int) else note.at if base == "note" else note.tiff_at


def _laid(maker: str, note: Note, start: int, bases: tuple[int, ...], order: bytes = b"") -> Layout | None:
    """The layout, if a directory can start there; the order that makes its count plausible, named or not."""
    at = note.at + start
    if start + 2 > note.length or at + 2 > len(note.block):
        return None
    named = _ORDERS.get(order, note.order)
    for sign in (named, "<" if named == ">" else ">"):
        if 0 < struct.unpack_from(f"{sign}H", note.block, at)[0] <= MOST_ENTRIES:
            found = Layout(maker=maker, start=at, bases=tuple(dict.fromkeys(bases)), order=sign)
            return found if maker != "Panasonic" else replace(found, bases=(*bases, *_deduced(note.block, found)))
    return None


def _deduced(block: bytes, laid: Layout) -> tuple[int, ...]:
    """The base by which the first value stands right behind the directory, where makers put it.

    It answers for a note that an editor moved without mending its offsets; asked only where a serial number has a form
    by which it is known.
    """
    (count,) = struct.unpack_from(f"{laid.order}H", block, laid.start)
    count = min(count, (len(block) - laid.start - 2) // 12)
    rows = (struct.unpack_from(f"{laid.order}HHII", block, laid.start + 2 + 12 * index) for index in range(count))
    pointers = [at for _, kind, number, at in rows if number * WIDTH_BYTES.get(kind, 0) > 4]
    behind = laid.start + 2 + 12 * count + 4
    return (behind - min(pointers),) if pointers else ()


def _nikon(note: Note, head: bytes) -> Layout | None:
    """Type 3: a TIFF block of its own behind ten bytes."""
    order = _ORDERS.get(head[10:12])
    if order is None or len(head) < 18:
        return None
    start = 10 + struct.unpack_from(f"{order}I", head, 14)[0]
    return _laid("Nikon", note, start, (note.at + 10,), head[10:12])


def _canon_base(note: Note) -> int:
    """From where the offsets count by the footer, which tells where the note stood; the TIFF block without one."""
    footer = note.bytes_at(note.length - _CANON_FOOTER_BYTES, _CANON_FOOTER_BYTES)
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(footer[:4])
    if order is None or len(footer) < _CANON_FOOTER_BYTES:
        return note.tiff_at
    (stood_at,) = struct.unpack_from(f"{order}I", footer, 4)
    return note.at - int(stood_at) if stood_at else note.tiff_at


def _kodak(note: Note, head: bytes) -> Layout | None:
    """Those of Kodak's many notes that are a directory, with or without a TIFF header or a byte order before it."""
    if head[:8] in (b"MM\0*\0\0\0\x08", b"II*\0\x08\0\0\0"):
        return _laid("Kodak", note, 8, (note.at,), head[:2])
    if head[:2] in _ORDERS:
        return _laid("Kodak", note, 2, (note.tiff_at, note.at), head[:2])
    return _laid("Kodak", note, 0, (note.tiff_at, note.at))
