"""An EXIF block as named values: taken apart by tiff_block.py, brought into normal form here.

Numbers are read by numbers.py and letters by text.py; the words of an enumeration are exifread's. That exifread reads
the same numbers is tested (tests/metadata/test_exif_numbers.py); why it is not asked for them: docs/adr/0021.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import cast

from exifread.tags.exif import EXIF_TAGS

from ...model.limits import Limits
from .maker_layout import Note, adobe_note
from .maker_note import maker_values
from .numbers import numbers
from .tags import ROWS, TAGS, WANTED, Tag
from .text import Decoded, comment, plain_text, wide_text
from .tiff_block import TiffBlock, sanitise
from .tiff_entries import ASCII, BYTE_TYPES, UTF8, Directory, Entry
from .time import why_no_moment, written_moment, written_zone
from .value import ExifBlock, Value

_TEXTUAL = frozenset({"text", "wide", "comment", "moment", "area", "version", "zone", "fraction"})
_NUMERIC = frozenset({"number", "integer", "clock", "words"})
_CLOCK = re.compile(r"[0-2]\d:[0-5]\d:[0-5]\d(?:\.\d{1,9})?")
_DECIMAL = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,15})?")
_WORDS = {
    tag: cast("Mapping[float | None, str]", EXIF_TAGS[tag][1])
    for row in TAGS
    if row.form == "words"
    for _, tag in row.places
}


def read(block: bytes, limits: Limits, opening: Directory = "ifd0") -> ExifBlock:
    """Read one EXIF block. Never raises: whatever cannot be read is a sentence in `problems`.

    `opening` names the directory it begins with, another than IFD0 only in a CR3.
    """
    taken = sanitise(block, limits, WANTED, opening)
    order = "<" if taken.little_endian else ">"
    values: dict[str, Value] = {}
    for place in sorted(taken.entries.keys() & ROWS.keys(), key=lambda place: ROWS[place][0]):
        row = ROWS[place][1]
        if row.key not in values and (value := _value(row, taken.entries[place], order, limits)):
            values[row.key] = value
    make, model = (values[key].normal if key in values else "" for key in ("exif.Make", "exif.Model"))
    values |= _of_maker(block, taken, make, model)
    return ExifBlock(values=MappingProxyType(values), thumbnail=taken.thumbnail, problems=taken.problems)


def read_maker_note(block: bytes, make: str) -> ExifBlock:
    """A maker note that is a TIFF block of its own, as a CR3 keeps it. Never raises."""
    order = {b"II": "<", b"MM": ">"}.get(block[:2], "")
    if not order or len(block) < 8:
        return ExifBlock(values=MappingProxyType({}), thumbnail=None, problems=())
    first = int.from_bytes(block[4:8], "little" if order == "<" else "big")
    note = Note(block=block, at=first, length=max(0, len(block) - first), tiff_at=0, order=order)
    found = {value.key: value for value in maker_values(note, make)}
    return ExifBlock(values=MappingProxyType(found), thumbnail=None, problems=())


def _of_maker(block: bytes, taken: TiffBlock, make: str, model: str) -> dict[str, Value]:
    """What the maker note says; of a DNG also the note that Adobe's converter kept."""
    order = "<" if taken.little_endian else ">"
    notes = []
    if taken.note:
        notes.append(Note(block=block, at=taken.note[0], length=taken.note[1], tiff_at=0, order=order))
    if taken.adobe and (kept := adobe_note(block, *taken.adobe)):
        notes.append(kept)
    found: dict[str, Value] = {}
    for note in notes:
        for value in maker_values(note, make, model):
            found.setdefault(value.key, value)
    return found


def _value(row: Tag, entry: Entry, order: str, limits: Limits) -> Value | None:
    if row.form in _TEXTUAL or entry.type in (ASCII, UTF8):
        return _textual(row, entry, order, limits)
    texts, found = numbers(entry, order)
    if not texts:
        return None
    raw = ", ".join(texts)
    if row.form == "words":
        known = _WORDS[entry.tag]
        words = "".join(known.get(number, text) for text, number in zip(texts, found, strict=True))
        return _at(entry, row.key, raw, words, (), numbers=found)
    normal, notes = _normal_number(row, found)
    return _at(entry, row.key, raw, normal, notes, numbers=found)


def _textual(row: Tag, entry: Entry, order: str, limits: Limits) -> Value | None:
    """A value of letters, None when it holds nothing but blanks."""
    raw, notes = _letters(row, entry, order)
    if len(raw) > limits.text_chars:
        raw, notes = raw[: limits.text_chars], (*notes, f"Cut after {limits.text_chars:,} characters.")
    if not raw.strip("\0 \t\r\n"):
        return None
    if row.form == "moment":
        moment = written_moment(raw)
        normal = moment.isoformat() if moment else ""
        unreadable = () if moment else (why_no_moment(raw),)
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
    if row.form in _NUMERIC:
        normal = _number_in_letters(raw)
        return _at(entry, row.key, raw, normal, notes if normal else (*notes, "Letters stand where numbers belong."))
    normal = " ".join(unicodedata.normalize("NFC", raw).replace("\0", " / ").split())
    return _at(entry, row.key, raw, normal, notes)


def _letters(row: Tag, entry: Entry, order: str) -> Decoded:
    if entry.type not in BYTE_TYPES:  # a serial number written as a number
        return ("" if row.form == "comment" else ", ".join(numbers(entry, order)[0])), ()
    if row.form in ("comment", "area"):
        return comment(entry.value, order == "<")
    if row.form == "wide":
        return wide_text(entry.value)
    return plain_text(entry.value, two_parts=row.key == "exif.Copyright")


def _number_in_letters(raw: str) -> str:
    """A time of day or a number where the letters of a numeric tag are one; "" otherwise."""
    text = raw.strip("\0 ")
    if _CLOCK.fullmatch(text):
        return text
    over, _, under = text.partition("/")
    if not (_DECIMAL.fullmatch(over) and _DECIMAL.fullmatch(under or "1") and float(under or 1)):
        return ""
    return f"{float(over) / float(under or 1):.10g}"


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
