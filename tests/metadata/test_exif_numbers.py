"""The numbers of EXIF entries are those that exifread reads of the same block, and its words for them."""

import random
import struct
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import exifread
import pytest

from provenance.image.containers.structure import payload
from provenance.metadata.exif.numbers import numbers
from provenance.metadata.exif.reader import read
from provenance.metadata.exif.tags import ROWS, WANTED
from provenance.metadata.exif.tiff_block import TiffBlock, sanitise
from provenance.metadata.exif.tiff_entries import (
    BYTE_TYPES,
    LONG8_TYPES,
    NAMES,
    POINTERS,
    WIDTH_BYTES,
    Directory,
    Entry,
)
from provenance.model.limits import Limits

LIMITS = Limits()
GROUPS: dict[str, Directory] = {
    "Image": "ifd0",
    "Thumbnail": "ifd1",
    "EXIF": "exif",
    "GPS": "gps",
    "Interoperability": "interop",
}
NUMERIC = ("number", "integer", "words", "clock")
ORIENTATION, FLASH, EXPOSURE, ALTITUDE_REF = 0x0112, 0x9209, 0x829A, 0x05


def asked(taken: TiffBlock) -> dict[tuple[Directory, int], Entry]:
    """The entries that are read as numbers."""
    return {
        place: entry
        for place, entry in taken.entries.items()
        if place in ROWS and ROWS[place][1].form in NUMERIC and entry.type not in (2, 129)
    }


def rebuilt(entries: dict[tuple[Directory, int], Entry], order: str) -> bytes:
    """A well-formed TIFF block of these entries alone: exifread hangs or escapes on what strangers write."""
    by_name: dict[Directory, list[Entry]] = {name: [] for name in NAMES}
    for entry in entries.values():
        by_name[entry.directory].append(entry)
    starts, at = {}, 8
    for name, rows in by_name.items():
        starts[name] = at
        at += 2 + 12 * (len(rows) + sum(1 for parent, _ in POINTERS if parent == name)) + 4
    head, values = struct.pack(f"{order}2sHI", b"II" if order == "<" else b"MM", 42, 8), b""
    for name, rows in by_name.items():
        children = [(tag, starts[child]) for (parent, tag), child in POINTERS.items() if parent == name]
        head += struct.pack(f"{order}H", len(rows) + len(children))
        for entry in rows:
            kind, value = entry.type, entry.value
            if kind in LONG8_TYPES:  # exifread knows no number of 8 bytes
                whole = struct.unpack(f"{order}{entry.items}Q", value)
                kind, value = 4, struct.pack(f"{order}{entry.items}I", *(min(one, 2**32 - 1) for one in whole))
            inline = value.ljust(4, b"\0") if len(value) <= 4 else struct.pack(f"{order}I", at + len(values))
            values += value if len(value) > 4 else b""
            head += struct.pack(f"{order}HHI", entry.tag, kind, entry.items) + inline
        for tag, start in children:
            head += struct.pack(f"{order}HHII", tag, 4, 1, start)
        head += struct.pack(f"{order}I", starts["ifd1"] if name == "ifd0" else 0)
    return head + values


def by_exifread(block: bytes) -> dict[tuple[Directory, int], Any]:
    named = exifread.process_file(BytesIO(block), details=False, extract_thumbnail=False)
    return {
        (GROUPS[name.split(" ", 1)[0]], tag.tag): tag
        for name, tag in named.items()
        if name.split(" ", 1)[0] in GROUPS and hasattr(tag, "tag")
    }


def texts(tag: Any) -> tuple[str, ...]:
    """exifread's values; its FLOAT and DOUBLE values come as 1-tuples."""
    return tuple(str(item[0] if isinstance(item, tuple) else item) for item in tag.values) if tag else ()


def differing(block: bytes, opening: Directory = "ifd0") -> tuple[int, list[object]]:
    """How many entries were compared, and those that exifread reads otherwise."""
    taken = sanitise(block, LIMITS, WANTED, opening)
    order = "<" if taken.little_endian else ">"
    entries = asked(taken)
    theirs = by_exifread(rebuilt(entries, order)) if entries else {}
    pairs = [(entry, numbers(entry, order)[0], texts(theirs.get(place))) for place, entry in entries.items()]
    return len(pairs), [pair for pair in pairs if pair[1] != pair[2]]


@pytest.mark.parametrize("order", [">", "<"])
def test_numbers_of_every_type_are_those_of_exifread(make: SimpleNamespace, order: str) -> None:
    chance, compared = random.Random(21), 0
    numeric = [place for place, (_, row) in ROWS.items() if row.form in NUMERIC]
    kinds = [kind for kind in WIDTH_BYTES if kind not in (2, 129)]
    for _ in range(300):
        directories: dict[str, dict[int, tuple[int, int, bytes]]] = {}
        for name, tag in chance.sample(numeric, 8):
            kind, count = chance.choice(kinds), chance.choice((1, 1, 2, 3, 64, 70, 999, 1000))
            signs = chance.choice(((0,), (0, 1), (0, 1, 255), range(256)))
            value = bytes(chance.choice(signs) for _ in range(count * WIDTH_BYTES[kind]))
            directories.setdefault(name, {})[tag] = kind, count, value
        count, found = differing(make.tiff(directories, order))
        assert found == []
        compared += count
    assert compared > 1_000


def test_numbers_of_public_files_are_those_of_exifread(make: SimpleNamespace, corpus: Path) -> None:
    compared = 0
    for path in sorted(path for path in (corpus / "files").rglob("*") if path.is_file()):
        image = make.image(path.read_bytes(), path.name)
        for block in image.structure.blocks:
            if block.kind == "exif" and not block.name.startswith("CMT"):
                count, found = differing(payload(image.data, block))
                assert found == [], path
                compared += count
    assert compared > 1_500


@pytest.mark.parametrize(
    ("kind", "value", "raw", "normal"),
    [
        (3, b"\0\6", "6", "Rotated 90 CW"),
        (1, b"\3", "3", "Rotated 180"),
        (3, b"\0\x2a", "42", "42"),
        (3, b"\0\1\0\6", "1, 6", "Horizontal (normal)Rotated 90 CW"),
        (5, bytes(8), "0/0", "0/0"),
    ],
)
def test_the_words_are_those_of_exifread(make: SimpleNamespace, kind: int, value: bytes, raw: str, normal: str) -> None:
    block = make.tiff({"ifd0": {ORIENTATION: (kind, len(value) // WIDTH_BYTES[kind], value)}})
    told = read(block, LIMITS).values["exif.Orientation"]
    assert (told.raw, told.normal) == (raw, normal)
    assert by_exifread(block)["ifd0", ORIENTATION].printable == normal


def test_every_flash_has_the_words_of_exifread(make: SimpleNamespace) -> None:
    for flash in range(100):
        block = make.tiff({"exif": {FLASH: (3, 1, struct.pack(">H", flash))}})
        assert read(block, LIMITS).values["exif.Flash"].normal == by_exifread(block)["exif", FLASH].printable


def test_a_fraction_over_zero_is_no_number_and_stays_in_raw(make: SimpleNamespace) -> None:
    told = read(make.tiff({"exif": {EXPOSURE: make.rationals((7, 0))}}), LIMITS).values["exif.ExposureTime"]
    assert (told.raw, told.normal, told.numbers) == ("7/0", "", (None,))


def test_no_number_is_read_of_letters(make: SimpleNamespace) -> None:
    taken = sanitise(make.tiff({"gps": {ALTITUDE_REF: make.ascii("1")}}), LIMITS, WANTED)
    assert taken.entries["gps", ALTITUDE_REF].type in BYTE_TYPES
    assert numbers(taken.entries["gps", ALTITUDE_REF], ">") == ((), ())
