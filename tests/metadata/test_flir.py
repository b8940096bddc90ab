"""The serial number of a thermal camera: found in any split of its block, in either byte order, else nothing."""

import random
import struct
from types import SimpleNamespace

import pytest

from provenance.metadata.exif.check import check
from provenance.metadata.exif.flir import serial_number
from provenance.model.context import Context
from provenance.model.evidence import Fact
from provenance.model.outcome import Ran


def block(order: str = ">", serial: bytes = b"470023842") -> bytes:
    """A header, a directory of one record, the record on the camera."""
    record = struct.pack("<H", 2).ljust(260, b"\0") + serial.ljust(16, b"\0")
    head = b"FFF\0".ljust(24, b"\0") + struct.pack(f"{order}II", 64, 1)
    entry = struct.pack(f"{order}H10xII", 0x20, 96, len(record)).ljust(32, b"\0")
    return head.ljust(64, b"\0") + entry + record


@pytest.mark.parametrize("at", [0, 30, 100, 360])
def test_the_serial_number_is_read_from_any_split_and_cited(make: SimpleNamespace, context: Context, at: int) -> None:
    whole = block()
    parts = [whole[:at], whole[at:]] if at else [whole]
    last = len(parts) - 1
    segments = [make.segment(0xE1, b"FLIR\0\1" + bytes([n, last]) + part) for n, part in enumerate(parts)]
    data = make.jpeg(*segments)
    outcome = check(make.image(data), context)
    assert isinstance(outcome, Ran)
    (fact,) = [item for item in outcome.evidence if isinstance(item, Fact)]
    assert (fact.key, fact.raw, fact.block) == ("maker.SerialNumber", "470023842", "flir")
    if not at:
        assert data[fact.offset_bytes : fact.offset_bytes + fact.length_bytes] == b"470023842"


def test_either_byte_order_and_nothing_of_what_is_no_such_block() -> None:
    little = serial_number(block("<"))
    assert little is not None
    assert little.raw == "470023842"
    for other in (b"", b"FFF\0", block()[:300], block(serial=b"\xff\x01\x02"), block().replace(b"FFF", b"FFX")):
        assert serial_number(other) is None


def test_changed_blocks_never_escape() -> None:
    chance = random.Random(5)
    for _ in range(2_000):
        changed = bytearray(block())
        for _ in range(4):
            changed[chance.randrange(110)] = chance.choice((0, 1, 0x7F, 0xFF))
        serial_number(bytes(changed))
