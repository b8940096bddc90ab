"""An EXIF block as named values: taken apart by tiff_block.py, read by exifread, brought into normal form here.

exifread is given the rebuilt block alone, in memory, without maker notes and without debug mode; docs/adr/0006 lists
the defects of exifread 3.5.1 that this keeps out.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping, Sequence
from io import BytesIO
from types import MappingProxyType
from typing import Any

from ...model.limits import Limits
from .maker_layout import Note, adobe_note
from .maker_note import maker_values
from .tags import TAGS, WANTED, Tag
from .text import comment, plain_text, wide_text
from .tiff_block import TiffBlock, sanitise
from .tiff_entries import ASCII, BYTE_TYPES, UTF8, Directory, Entry
from .time import written_moment, written_zone
from .value import ExifBlock, Value

_GROUPS: Mapping[str, Directory] = MappingProxyType(
    {"Image": "ifd0", "Thumbnail": "ifd1", "EXIF": "exif", "GPS": "gps", "Interoperability": "interop"}
)
_TEXTUAL = frozenset({"text", "wide", "comment", "moment", "area", "version", "zone", "fraction"})
_LETTERS = frozenset(place for row in TAGS if row.form in _TEXTUAL for place in row.places)


def read(block: bytes, limits: Limits, opening: Directory = "ifd0") -> ExifBlock:
    """Read one EXIF block. Never raises: whatever cannot be read is a sentence in `problems`.

    `opening` names the directory it begins with, another than IFD0 only in a CR3.
    """
    taken = sanitise(block, limits, WANTED, opening)
    problems = list(taken.problems)
    # Letters are decoded in text.py; exifread would unpack a comment byte by byte.
    safe = taken.safe(entry for place, entry in taken.entries.items() if not _letters(place, entry))
    tags = _exifread(safe, problems) if safe else {}
    values = {}
    for row in TAGS:
        for place in row.places:
            entry = taken.entries.get(place)
            value = _value(row, entry, tags.get(place), taken.little_endian, limits) if entry else None
            if value is not None:
                values[row.key] = value
                break
    values |= _of_maker(block, taken, values.get("exif.Make"))
    return ExifBlock(values=MappingProxyType(values), thumbnail=taken.thumbnail, problems=tuple(problems))


def _letters(place: tuple[Directory, int], entry: Entry) -> bool:
    return entry.type in (ASCII, UTF8) or (place in _LETTERS and entry.type in BYTE_TYPES)


def read_maker_note(block: bytes, make: str) -> ExifBlock:
    """A maker note that is a TIFF block of its own, as a CR3 keeps it. Never raises."""
    order = {b"II": "<", b"MM": ">"}.get(block[:2], "")
    if not order or len(block) < 8:
        return ExifBlock(values=MappingProxyType({}), thumbnail=None, problems=())
    first = int.from_bytes(block[4:8], "little" if order == "<" else "big")
    note = Note(block=block, at=first, length=max(0, len(block) - first), tiff_at=0, order=order)
    found = {value.key: value for value in maker_values(note, make)}
    return ExifBlock(values=MappingProxyType(found), thumbnail=None, problems=())


def _of_maker(block: bytes, taken: TiffBlock, make: Value | None) -> dict[str, Value]:
    """What the maker note says; of a DNG also the note that Adobe's converter kept."""
    order = "<" if taken.little_endian else ">"
    notes = []
    if taken.note:
        notes.append(Note(block=block, at=taken.note[0], length=taken.note[1], tiff_at=0, order=order))
    if taken.adobe and (kept := adobe_note(block, *taken.adobe)):
        notes.append(kept)
    found: dict[str, Value] = {}
    for note in notes:
        for value in maker_values(note, make.normal if make else ""):
            found.setdefault(value.key, value)
    return found


def _exifread(safe: bytes, problems: list[str]) -> dict[tuple[Directory, int], Any]:
    """exifread's tags by directory and number."""
    import exifread

    try:
        named = exifread.process_file(BytesIO(safe), details=False, debug=False, extract_thumbnail=False)
    except Exception as error:  # seven kinds are known to escape it, and none may end a check
        problems.append(f"exifread gave up on the rebuilt block ({type(error).__name__}); numbers are missing.")
        return {}
    found: dict[tuple[Directory, int], Any] = {}
    for name, tag in named.items():
        group = _GROUPS.get(name.split(" ", 1)[0])
        if group and hasattr(tag, "tag"):
            found.setdefault((group, tag.tag), tag)
    return found


def _value(row: Tag, entry: Entry, tag: Any, little_endian: bool, limits: Limits) -> Value | None:
    if row.form in _TEXTUAL or entry.type in (ASCII, UTF8):
        return _textual(row, entry, tag, little_endian, limits)
    values = _items(tag)
    if not values:
        return None
    numbers = tuple(_number(item) for item in values)
    raw = ", ".join(str(item) for item in values)
    if row.form == "words":
        return _at(entry, row.key, raw, str(tag.printable), (), numbers=numbers)
    normal, notes = _normal_number(row, numbers)
    return _at(entry, row.key, raw, normal, notes, numbers=numbers)


def _textual(row: Tag, entry: Entry, tag: Any, little_endian: bool, limits: Limits) -> Value | None:
    """A value of letters, None when it holds nothing but blanks."""
    notes: tuple[str, ...]
    if entry.type not in BYTE_TYPES:  # a serial number written as a number, a comment written as UTF-16 units
        raw, notes = ", ".join(str(item) for item in _items(tag)), ()
    elif row.form in ("comment", "area"):
        raw, notes = comment(entry.value, little_endian)
    elif row.form == "wide":
        raw, notes = wide_text(entry.value)
    else:
        raw, notes = plain_text(entry.value, two_parts=row.key == "exif.Copyright")
    if len(raw) > limits.text_chars:
        raw, notes = raw[: limits.text_chars], (*notes, f"Cut after {limits.text_chars:,} characters.")
    if not raw.strip("\0 \t\r\n"):
        return None
    if row.form == "moment":
        moment = written_moment(raw)
        normal = moment.isoformat() if moment else ""
        unreadable = () if moment else ("This is no date and time: it was emptied, or the clock was never set.",)
        return _at(entry, row.key, raw, normal, (*notes, *unreadable))
    if row.form == "zone":
        zone = written_zone(raw)
        return _at(entry, row.key, raw, zone, notes if zone else (*notes, "This is no time zone."))
    if row.form == "fraction":
        digits = raw.strip()
        whole = digits.isascii() and digits.isdigit()
        return _at(
            entry,
            row.key,
            raw,
            digits if whole else "",
            notes if whole else (*notes, "These are no digits."),
        )
    normal = " ".join(unicodedata.normalize("NFC", raw).replace("\0", " / ").split())
    return _at(entry, row.key, raw, normal, notes)


def _at(
    entry: Entry, key: str, raw: str, normal: str, notes: tuple[str, ...], *, numbers: tuple[float | None, ...] = ()
) -> Value:
    return Value(
        key=key,
        raw=raw,
        normal=normal,
        numbers=numbers,
        notes=notes,
        offset_bytes=entry.offset_bytes,
        length_bytes=len(entry.value),
    )


def _items(tag: Any) -> Sequence[Any]:
    """exifread's values as a flat list; its FLOAT and DOUBLE values come as 1-tuples."""
    values = getattr(tag, "values", None)
    if isinstance(values, bytes | str):
        return [values]
    return [item[0] if isinstance(item, tuple) and item else item for item in values or ()]


def _number(item: Any) -> float | None:
    try:
        number = float(item)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _normal_number(row: Tag, numbers: tuple[float | None, ...]) -> tuple[str, tuple[str, ...]]:
    if None in numbers:
        return "", ("A fraction over zero stands where a number belongs: the writer had no value.",)
    known = [number for number in numbers if number is not None]
    if row.form == "integer":
        return str(round(known[0])), ()
    if row.form == "clock":
        return _clock(known)
    return " ".join(f"{number:.10g}" for number in known), ()


def _clock(parts: Sequence[float]) -> tuple[str, tuple[str, ...]]:
    if len(parts) != 3 or not (0 <= parts[0] < 24 and 0 <= parts[1] < 60 and 0 <= parts[2] < 61):
        return "", ("This is no time of day.",)
    milliseconds = round((parts[0] * 3600 + parts[1] * 60 + parts[2]) * 1000)
    hours, rest = divmod(milliseconds, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    text = f"{hours:02d}:{minutes:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
    return text.rstrip("0").rstrip("."), ()
