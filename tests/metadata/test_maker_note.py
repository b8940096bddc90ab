"""Maker notes: serial number, owner and identifiers by each maker's layout; what is not like them is left out."""

import random
import struct
import time
from types import SimpleNamespace

import pytest

from provenance.metadata.exif.check import check
from provenance.metadata.exif.reader import read, read_maker_note
from provenance.model.context import Context
from provenance.model.evidence import Fact
from provenance.model.limits import Limits
from provenance.model.outcome import Ran

LIMITS = Limits()
MAKE, MAKER_NOTE, PRIVATE = 0x010F, 0x927C, 0xC634
Row = tuple[int, int, bytes]  # tag, type, the value's bytes
WIDTHS = {1: 1, 2: 1, 3: 2, 4: 4, 7: 1, 13: 4}


def folder(rows: list[Row], at: int, order: str = "<") -> bytes:
    """A directory whose values stand behind it; offsets count from `at` bytes before it."""
    behind, values = at + 2 + 12 * len(rows) + 4, b""
    out = struct.pack(f"{order}H", len(rows))
    for tag, kind, data in rows:
        inline = data.ljust(4, b"\0")
        if len(data) > 4:
            inline, values = struct.pack(f"{order}I", behind + len(values)), values + data
        out += struct.pack(f"{order}HHI", tag, kind, len(data) // WIDTHS[kind]) + inline
    return out + bytes(4) + values


def block_with(make: SimpleNamespace, brand: str, note: bytes, order: str = "<") -> bytes:
    """An EXIF block with this note, of which offsets that count from the block must know the place: see `placed`."""
    exif = {MAKER_NOTE: (7, len(note), note)}
    return bytes(make.tiff({"ifd0": {MAKE: make.ascii(brand)}, "exif": exif}, order))


def placed(make: SimpleNamespace, brand: str, head: bytes, rows: list[Row], tail: bytes = b"") -> bytes:
    """A note whose offsets count from the block."""
    size = len(head + folder(rows, 0) + tail)
    at = block_with(make, brand, b"\xa5" * size).index(b"\xa5" * size)
    return block_with(make, brand, head + folder(rows, at + len(head)) + tail)


def said(block: bytes) -> dict[str, str]:
    values = read(block, LIMITS).values
    return {key: value.raw for key, value in values.items() if key.startswith(("maker.", "apple."))}


def nikon(rows: list[Row]) -> bytes:
    return b"Nikon\0\2\x10\0\0" + b"MM\0*\0\0\0\x08" + folder(rows, 8, ">")


def reconyx(text: str) -> bytes:
    return b"RECONYXUF\0".ljust(0x4B, b"\0") + text.encode().ljust(32, b"\0")


def test_canon_names_serial_number_and_owner(make: SimpleNamespace) -> None:
    rows = [
        (0x0009, 2, b"Ren\xe9 Demo\0\0"),
        (0x000C, 4, struct.pack("<I", 560018150)),
        (0x0096, 2, b"FQ0006711\0\xff"),
    ]
    assert said(placed(make, "Canon", b"", rows)) == {
        "maker.SerialNumber": "560018150",
        "maker.InternalSerialNumber": "FQ0006711",
        "maker.OwnerName": "René Demo",
    }


def test_a_canon_note_that_was_moved_is_read_by_its_footer(make: SimpleNamespace) -> None:
    body = folder([(0x0009, 2, b"Demo Owner\0")], 900)
    assert said(block_with(make, "Canon", body + b"II*\0" + struct.pack("<I", 900)))["maker.OwnerName"] == "Demo Owner"


def test_the_middle_of_another_text_is_no_owner(make: SimpleNamespace) -> None:
    rows = [(0x0006, 2, b"IMG:PowerShot X100 JPEG\0"), (0x0009, 2, b"Demo Owner\0")]
    block = placed(make, "Canon", b"", rows)
    assert said(block)["maker.OwnerName"] == "Demo Owner"
    at = block.index(struct.pack("<HHI", 9, 2, 11)) + 8
    moved = block[:at] + struct.pack("<I", struct.unpack_from("<I", block, at)[0] - 15) + block[at + 4 :]
    assert "maker.OwnerName" not in said(moved)


@pytest.mark.parametrize(
    ("brand", "note", "key", "text"),
    [
        ("NIKON CORPORATION", nikon([(0x001D, 2, b"6107872\0")]), "maker.SerialNumber", "6107872"),
        ("NIKON CORPORATION", nikon([(0x00A0, 2, b"NO= 100005e5\0")]), "maker.SerialNumber", "NO= 100005e5"),
        (
            "Apple",
            b"Apple iOS\0\0\1MM" + folder([(0x0011, 2, b"1745E022-9712-43C7-B024-F308EC6413CB\0")], 14, ">"),
            "apple.ContentIdentifier",
            "1745E022-9712-43C7-B024-F308EC6413CB",
        ),
        (
            "FUJIFILM",
            b"FUJIFILM" + struct.pack("<I", 12) + folder([(0x0010, 2, b"FFDT22582082     59333030\0")], 12),
            "maker.InternalSerialNumber",
            "FFDT22582082     59333030",
        ),
        ("motorola", b"MOT\0\0\0\0\0" + folder([(0x5501, 2, b"NX0A3S0075\0")], 8), "maker.SerialNumber", "NX0A3S0075"),
        ("RECONYX", reconyx("H500HI11244984"), "maker.SerialNumber", "H500HI11244984"),
        ("EASTMAN KODAK", b"KCGMM53506148 \0\0", "maker.SerialNumber", "KCGMM53506148"),
        (
            "OLYMPUS IMAGING CORP.",
            b"OLYMPUS\0II\3\0" + folder([(0x2010, 13, struct.pack("<I", 30))], 12)
            + folder([(0x0101, 2, b"B9V508278".ljust(31) + b"\0")], 30),
            "maker.SerialNumber",
            "B9V508278",
        ),
    ],
)  # fmt: skip
def test_notes_with_offsets_of_their_own(make: SimpleNamespace, brand: str, note: bytes, key: str, text: str) -> None:
    block = block_with(make, brand, note)
    assert said(block)[key] == text
    value = read(block, LIMITS).values[key]
    assert text.encode("ascii")[:5] in block[value.offset_bytes :][: value.length_bytes]


PENTAX = struct.pack("<5I", 76180, 20061112, 1, 2, 132352)
SERIAL, INTERNAL = "maker.SerialNumber", "maker.InternalSerialNumber"


@pytest.mark.parametrize(
    ("brand", "head", "row", "key", "text"),
    [
        ("Panasonic", b"Panasonic\0\0\0", (0x25, 7, b"F341001200316\0\0\0"), INTERNAL, "F341001200316"),
        ("Panasonic", b"Panasonic\0\0\0", (0x25, 7, b"\0\0S010604030293\0"), INTERNAL, "S010604030293"),
        ("PENTAX", b"AOC\0II", (0x0229, 2, b"6211161\0"), SERIAL, "6211161"),
        ("PENTAX", b"AOC\0II", (0x0215, 4, PENTAX), INTERNAL, "132352"),
        ("SIGMA", b"SIGMA\0\0\0\1\0", (0x0002, 2, b"02000019\0"), SERIAL, "02000019"),
        ("PENTAX RICOH IMAGING", b"Ricoh\0\0\0", (0x0005, 7, b"0000000012345678"), SERIAL, "0000000012345678"),
        ("OLYMPUS OPTICAL", b"OLYMP\0\1\0", (0x0404, 2, b"203001592\0"), SERIAL, "203001592"),
    ],
)
def test_notes_with_offsets_from_the_block(
    make: SimpleNamespace, brand: str, head: bytes, row: Row, key: str, text: str
) -> None:
    assert said(placed(make, brand, head, [row])) == {key: text}


def test_bytes_that_are_no_letters_are_no_serial_number(make: SimpleNamespace) -> None:
    assert said(placed(make, "SIGMA", b"SIGMA\0\0\0\1\0", [(0x0002, 2, b"\1\2\xff\x80\7\3\2\0")])) == {}
    assert said(placed(make, "Panasonic", b"Panasonic\0\0\0", [(0x0025, 7, b"no serial here!!")])) == {}


def test_the_note_that_a_dng_keeps_of_its_raw_file_is_read(make: SimpleNamespace) -> None:
    kept = b"II" + struct.pack(">I", 700) + folder([(0x0009, 2, b"Demo Owner\0")], 700)
    private = b"Adobe\0" + b"MakN" + struct.pack(">I", len(kept)) + kept
    block = make.tiff({"ifd0": {MAKE: make.ascii("Canon"), PRIVATE: (1, len(private), private)}}, "<")
    assert said(block) == {"maker.OwnerName": "Demo Owner"}


def test_a_note_in_a_block_of_its_own(make: SimpleNamespace) -> None:
    block = b"II*\0\x08\0\0\0" + folder([(0x0096, 2, b"KQ0121813\0")], 8)
    assert read_maker_note(block, "Canon").values["maker.InternalSerialNumber"].raw == "KQ0121813"
    assert read_maker_note(b"", "Canon").values == {}


def test_the_fact_cites_the_bytes_of_the_number(make: SimpleNamespace, context: Context) -> None:
    data = make.jpeg_with_exif(block_with(make, "NIKON CORPORATION", nikon([(0x001D, 2, b"6107872\0")])))
    outcome = check(make.image(data), context)
    assert isinstance(outcome, Ran)
    (fact,) = [item for item in outcome.evidence if isinstance(item, Fact) and item.key == "maker.SerialNumber"]
    assert data[fact.offset_bytes : fact.offset_bytes + fact.length_bytes] == b"6107872\0"
    assert fact.statement.startswith("The camera maker's own note")


def test_no_bytes_make_a_note_raise_or_linger(make: SimpleNamespace) -> None:
    chance = random.Random(7)
    whole = [
        placed(make, "Canon", b"", [(9, 2, b"Demo Owner\0"), (0xC, 4, b"\1\2\3\4")]),
        block_with(make, "NIKON", nikon([(0x1D, 2, b"6107872\0")])),
        block_with(make, "OLYMPUS", b"OLYMPUS\0II\3\0" + folder([(0x2010, 13, struct.pack("<I", 30))], 12) * 3),
        block_with(make, "Leaf", b"IIIITwaR" + struct.pack("<5I", 12, 1, 0, 0x102, 4) + bytes(16)),
        block_with(make, "KODAK", b"MM\0*\0\0\0\x08" + bytes(60)),
    ]
    started = time.process_time()
    for _ in range(400):
        for block in whole:
            mutated = bytearray(block)
            for _ in range(chance.randint(1, 8)):
                mutated[chance.randrange(8, len(mutated))] = chance.choice((0, 1, 0x7F, 0xFF, chance.randrange(256)))
            said(bytes(mutated[: chance.choice((len(mutated), chance.randrange(8, len(mutated))))]))
    assert time.process_time() - started < 20


def sony(make: SimpleNamespace, model: str, at: int, number: bytes) -> bytes:
    """A block of a Sony with an enciphered number at a place of tag 0x9050: a byte b is written as b**3 % 249."""
    value = bytearray(300)
    value[at : at + len(number)] = bytes(byte**3 % 249 if byte < 249 else byte for byte in number)
    head = b"SONY DSC \0\0\0"

    def block(note: bytes) -> bytes:
        ifd0 = {MAKE: make.ascii("SONY"), 0x0110: make.ascii(model)}
        return bytes(make.tiff({"ifd0": ifd0, "exif": {MAKER_NOTE: (7, len(note), note)}}, "<"))

    size = len(head + folder([(0x9050, 7, bytes(value))], 0))
    start = block(b"\xa5" * size).index(b"\xa5" * size)
    return block(head + folder([(0x9050, 7, bytes(value))], start + len(head)))


def test_sonys_number_is_deciphered_where_the_model_is_known_to_keep_it(make: SimpleNamespace) -> None:
    number = bytes([0x6D, 0xFF, 0, 0, 12, 9])
    value = read(sony(make, "ILCE-7M3", 0x88, number), LIMITS).values["maker.InternalSerialNumber"]
    assert (value.raw, value.normal) == ("109 255 0 0 12 9", "6dff00000c09")
    assert "comparing pictures" in value.notes[0]
    assert said(sony(make, "SLT-A58", 0xF0, number[:5])) == {"maker.InternalSerialNumber": "109 255 0 0 12"}


def test_a_sony_of_another_model_or_without_a_number_gets_none(make: SimpleNamespace) -> None:
    assert said(sony(make, "ILCE-7CM2", 0x88, bytes([1, 2, 3, 4, 5, 6]))) == {}
    assert said(sony(make, "ILCE-7M3", 0x88, bytes(6))) == {}


def test_the_serial_number_below_a_directory_of_kodak_is_found(make: SimpleNamespace) -> None:
    brand, rows = "EASTMAN KODAK COMPANY", [(0xFA02, 3, b"\x21\0"), (0xFA19, 2, b"KCXGW72300544\0\0\0")]
    pointing = len(folder([(0xFC00, 4, bytes(4))], 0))
    size = pointing + len(folder(rows, 0))
    at = block_with(make, brand, b"\xa5" * size).index(b"\xa5" * size)
    start = at + pointing
    note = folder([(0xFC00, 4, struct.pack("<I", start))], at) + folder(rows, start)
    assert said(block_with(make, brand, note)) == {"maker.SerialNumber": "KCXGW72300544"}


def test_the_serial_number_among_the_main_values_of_olympus_is_found(make: SimpleNamespace) -> None:
    head = b"OLYMPUS\0II\3\0"
    start = len(head) + len(folder([(0x4000, 4, bytes(4))], 0))
    note = head + folder([(0x4000, 13, struct.pack("<I", start))], 12) + folder([(0x0404, 2, b"000JLW205383")], start)
    assert said(block_with(make, "OLYMPUS IMAGING CORP.", note)) == {"maker.SerialNumber": "000JLW205383"}
