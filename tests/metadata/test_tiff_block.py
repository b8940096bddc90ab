"""The sanitiser: what it keeps is well formed, what it refuses is a sentence, and nothing costs time."""

import random
import struct
import time
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.metadata.exif.reader import read
from provenance.metadata.exif.tags import WANTED
from provenance.metadata.exif.tiff_block import sanitise
from provenance.model.limits import Limits

LIMITS = Limits()
MAKE, MODEL, EXIF_POINTER, MAKER_NOTE, COMMENT = 0x010F, 0x0110, 0x8769, 0x927C, 0x9286


def directory(*entries: bytes, following: int = 0) -> bytes:
    return struct.pack(">H", len(entries)) + b"".join(entries) + struct.pack(">I", following)


def entry(tag: int, kind: int, count: int, value: int) -> bytes:
    return struct.pack(">HHII", tag, kind, count, value)


HEAD = b"MM\0*\0\0\0\x08"


@pytest.mark.parametrize("order", [">", "<"])
def test_a_block_is_taken_apart_in_either_byte_order(make: SimpleNamespace, order: str) -> None:
    block = make.tiff({"ifd0": {MAKE: make.ascii("Demo"), MODEL: make.ascii("Optical DO-1")}}, order)
    taken = sanitise(block, LIMITS, WANTED)
    assert taken.problems == ()
    assert taken.entries["ifd0", MODEL].value == b"Optical DO-1\0"


@pytest.mark.parametrize(
    ("block", "word"),
    [
        (b"", "does not begin"),
        (b"GIF89a..", "does not begin"),
        (b"MM\0*", "ends before"),
        (b"II+\0\x04\0\0\0" + b"\0" * 8, "BigTIFF"),
        (b"II+\0\x08\0\0\0" + b"\xff" * 8, "outside the block"),
        (HEAD + b"\xff\xff", "cut off"),
        (b"MM\0*\xff\xff\xff\xff", "outside the block"),
        (HEAD + directory(entry(MAKE, 2, 2**31, 8)), "beyond the end"),
        (HEAD + directory(entry(MAKE, 99, 1, 8)), "unknown type"),
        (HEAD + directory(entry(EXIF_POINTER, 4, 1, 8)), "already read"),
        (HEAD + directory(entry(EXIF_POINTER, 2, 4, 8)), "no pointer"),
        (HEAD + directory(following=8), "circle"),
        (HEAD + directory(entry(0xA20, 4, 1, 1), entry(MAKE, 2, 4, 1), entry(MAKE, 2, 4, 2)), "more than once"),
    ],
)
def test_every_refusal_is_a_sentence(block: bytes, word: str) -> None:
    problems = sanitise(block, LIMITS, WANTED).problems
    assert any(word in problem for problem in problems)
    assert all(problem.endswith(".") for problem in problems)


@pytest.mark.parametrize("order", [">", "<"])
def test_a_bigtiff_is_read_as_a_block_is(order: str) -> None:
    text, wide = b"Demo Optical\0", 0xA002
    pointer = struct.pack(f"{order}HHQQ", EXIF_POINTER, 18, 1, 16 + 8 + 40 + 8)
    words = struct.pack(f"{order}HHQQ", MAKE, 2, len(text), 16 + 8 + 40 + 8 + 8 + 20 + 8)
    inner = struct.pack(f"{order}QHHQQQ", 1, wide, 16, 1, 4032, 0)
    head = (b"MM" if order == ">" else b"II") + struct.pack(f"{order}HHHQ", 43, 8, 0, 16)
    block = head + struct.pack(f"{order}Q", 2) + words + pointer + bytes(8) + inner + text
    exif = read(block, LIMITS)
    assert exif.problems == ()
    assert exif.values["exif.Make"].raw == "Demo Optical"
    assert exif.values["exif.PixelXDimension"].normal == "4032"
    at = exif.values["exif.Make"].offset_bytes
    assert block[at : at + exif.values["exif.Make"].length_bytes] == text


def test_a_block_can_begin_with_another_directory_than_the_first() -> None:
    text = b"2024:11:14 12:33:44\0"
    block = HEAD + directory(entry(0x9003, 2, len(text), 26)) + text
    assert read(block, LIMITS, "exif").values["exif.DateTimeOriginal"].normal == "2024-11-14T12:33:44"
    assert "gps.GPSLatitudeRef" in read(HEAD + directory(entry(1, 2, 2, 0x4E000000)), LIMITS, "gps").values


def test_a_maker_note_of_a_billion_bytes_is_named_and_the_rest_is_kept(make: SimpleNamespace) -> None:
    block = make.tiff({"ifd0": {MAKE: make.ascii("ABC")}, "exif": {MAKER_NOTE: (7, 1_006_632_960, b"")}})
    exif = read(block, LIMITS)
    assert exif.values["exif.Make"].raw == "ABC"
    assert any("MakerNote" in problem for problem in exif.problems)


def test_twenty_thousand_faults_are_one_sentence() -> None:
    block = HEAD + directory(*(entry(0xC000 + i, 2, 2**31, 8) for i in range(16_000)))
    assert len(sanitise(block, LIMITS, WANTED).problems) == 1


def test_entries_past_the_limit_are_counted_not_read() -> None:
    block = HEAD + directory(*(entry(1, 3, 1, 0) for _ in range(30_000)))
    assert "30,000 entries; only 20,000" in sanitise(block, LIMITS, WANTED).problems[0]


def test_of_a_tag_that_stands_twice_the_last_is_read_of_two_tags_the_first(make: SimpleNamespace) -> None:
    one, two = int.from_bytes(b"ONE\0"), int.from_bytes(b"TWO\0")
    twice = (entry(tag, 2, 4, value) for tag in (0x010E, MAKE) for value in (one, two))
    exif = read(HEAD + directory(*twice), LIMITS)
    assert (exif.values["exif.Make"].raw, exif.values["exif.ImageDescription"].raw) == ("TWO", "ONE")
    assert ["first was read" in problem for problem in exif.problems] == [True, False]


def test_a_long_comment_is_cut_and_says_so(make: SimpleNamespace) -> None:
    text = b"ASCII\0\0\0" + b"x" * 100_000
    exif = read(make.tiff({"exif": {COMMENT: (7, len(text), text)}}), LIMITS)
    assert len(exif.values["exif.UserComment"].raw) == LIMITS.text_chars
    assert exif.values["exif.UserComment"].notes[-1].startswith("Cut after")


def test_the_thumbnail_is_found_within_the_block_only(make: SimpleNamespace) -> None:
    block = make.tiff(
        {"ifd0": {MAKE: make.ascii("ABC")}, "ifd1": {0x201: (4, 1, b"\0\0\0\x08"), 0x202: (4, 1, b"\0\0\0\x10")}}
    )
    assert sanitise(block, LIMITS, WANTED).thumbnail == (8, 16)
    outside = block.replace(b"\0\0\0\x10", b"\0\x10\0\0")
    assert sanitise(outside, LIMITS, WANTED).thumbnail is None


def rich_block(make: SimpleNamespace, order: str) -> bytes:
    def one(kind: int, code: str, value: int) -> tuple[int, int, bytes]:
        return kind, 1, struct.pack(order + code, value)

    return make.tiff(  # type: ignore[no-any-return]
        {
            "ifd0": {
                MAKE: make.ascii("Demo"),
                0x112: one(3, "H", 6),
                0x131: make.ascii("Ünï"),
                0x9C9B: (1, 4, b"a\0b\0"),
            },
            "exif": {
                0x9003: make.ascii("2024:11:14 12:33:44"),
                0x829A: make.rationals((1, 250), order=order),
                COMMENT: (7, 12, b"UNICODE\0a\0b\0"),
                MAKER_NOTE: (7, 400, b"Nikon" + bytes(395)),
                0xA432: make.rationals((1, 1), (2, 0), (0, 0), (4, 1), order=order),
            },
            "gps": {
                1: make.ascii("N"),
                2: make.rationals((51, 1), (30, 1), (0, 1), order=order),
                0x1D: make.ascii("2024"),
            },
            "ifd1": {0x201: one(4, "I", 8), 0x202: one(4, "I", 64)},
            "interop": {1: make.ascii("R98")},
        },
        order,
    )


def test_two_thousand_mutated_blocks_are_read_without_an_escape_or_a_delay(make: SimpleNamespace) -> None:
    chance = random.Random(20261123)
    blocks = [rich_block(make, order) for order in "<>"]
    slowest_s = 0.0
    for _ in range(2_000):
        block = bytearray(chance.choice(blocks))
        for _ in range(chance.randint(1, 12)):
            at = chance.randrange(len(block))
            block[at] = chance.choice((0, 1, 2, 0x7F, 0x80, 0xFF, chance.randrange(256)))
        if chance.random() < 0.2:
            del block[chance.randrange(8, len(block)) :]
        started = time.process_time()
        exif = read(bytes(block), LIMITS)
        slowest_s = max(slowest_s, time.process_time() - started)
        assert all(problem.endswith(".") for problem in exif.problems), bytes(block)
    assert slowest_s < 0.5


@settings(max_examples=300, deadline=5_000)
@given(st.binary(max_size=400))
def test_any_bytes_behind_a_header_are_read_without_an_escape(tail: bytes) -> None:
    for head in (HEAD, b"II*\0\x08\0\0\0"):
        exif = read(head + tail, LIMITS)
        assert all(problem.endswith(".") for problem in exif.problems)
