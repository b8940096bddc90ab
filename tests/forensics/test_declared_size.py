"""The check "declared-size": a size in the tags that the picture does not have."""

import struct
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.forensics.declared_size import check, declared_size
from provenance.image.containers.structure import structure
from provenance.model.context import Context
from provenance.model.evidence import Trace
from provenance.model.image import Image, Original, Refusal, WorkingCopy
from provenance.model.limits import Limits
from provenance.model.outcome import Outcome, Ran, Skipped

CONTEXT = Context(now=datetime(2026, 11, 23, tzinfo=UTC))


def block(width: int, height: int, *, order: str = ">", kind: int = 4) -> bytes:
    def row(tag: int, value: int, kind: int) -> bytes:
        inline = struct.pack(f"{order}HH", value, 0) if kind == 3 else struct.pack(f"{order}I", value)
        return struct.pack(f"{order}HHI", tag, kind, 1) + inline

    head = struct.pack(f"{order}2sHI", b"MM" if order == ">" else b"II", 42, 8)
    first = struct.pack(f"{order}H", 1) + row(0x8769, 26, 4) + bytes(4)
    return head + first + struct.pack(f"{order}H", 2) + row(0xA002, width, kind) + row(0xA003, height, kind) + bytes(4)


def answer(*blocks: bytes, decoded: tuple[int, int] | None, behind: bytes = b"") -> Outcome:
    segments = b"".join(b"\xff\xe1" + struct.pack(">H", len(b) + 8) + b"Exif\0\0" + b for b in blocks)
    data = b"\xff\xd8" + segments + behind + b"\xff\xd9"
    original = Original(name="a.jpg", path="a.jpg", sha256="0" * 64, size_bytes=len(data), media_type="image/jpeg")
    copy = WorkingCopy(pixels=np.zeros((decoded[1], decoded[0], 3), np.uint8)) if decoded else None
    refusal = None if decoded else Refusal(reason="broken")
    listed = structure(data, Limits())
    image = Image(original=original, data=data, structure=listed, working_copy=copy, refusal=refusal)
    return check(image, CONTEXT)


@pytest.mark.parametrize("order", [">", "<"])
@pytest.mark.parametrize("kind", [3, 4])
def test_a_differing_size_is_a_trace_of_a_change(order: str, kind: int) -> None:
    outcome = answer(block(400, 300, order=order, kind=kind), decoded=(120, 90))
    assert isinstance(outcome, Ran)
    (trace,) = outcome.evidence
    assert isinstance(trace, Trace)
    assert trace.alters
    assert trace.topic == "size"
    assert trace.statement == "The tags say 400 x 300, the picture is 120 x 90."


def test_the_preview_of_a_larger_picture_is_not_held_to_the_tags() -> None:
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, 3000, 4000, 3) + bytes(9)
    outcome = answer(block(4000, 3000), decoded=(160, 120), behind=frame)
    assert isinstance(outcome, Skipped)
    assert "preview" in outcome.reason


@pytest.mark.parametrize("decoded", [(400, 300), (300, 400)])
def test_the_same_size_either_way_round_is_no_trace(decoded: tuple[int, int]) -> None:
    outcome = answer(block(400, 300), decoded=decoded)
    assert isinstance(outcome, Ran)
    assert outcome.evidence == ()
    assert "400 x 300" in outcome.note


@pytest.mark.parametrize("blocks", [(), (block(0, 300),), (b"MM\0*\0\0\0\x08",)])
def test_without_a_size_in_the_tags_it_cannot_speak(blocks: tuple[bytes, ...]) -> None:
    outcome = answer(*blocks, decoded=(120, 90))
    assert isinstance(outcome, Skipped)
    assert (outcome.reason, outcome.remedy) == ("no size in the tags", "ask for the original file")


def test_without_pixels_it_cannot_speak() -> None:
    assert isinstance(answer(block(400, 300), decoded=None), Skipped)


def test_each_block_speaks_for_itself() -> None:
    outcome = answer(block(400, 300), block(120, 90), decoded=(120, 90))
    assert isinstance(outcome, Ran) and len(outcome.evidence) == 1


@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_an_escape(tail: bytes) -> None:
    for head in (b"MM\0*\0\0\0\x08", b"II*\0\x08\0\0\0", b""):
        declared_size(head + tail)
