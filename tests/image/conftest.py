"""One decoding process for the tests of this room, and the material they share."""

from __future__ import annotations

import hashlib
import io
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Pillow

from provenance.image.containers.structure import payload, structure
from provenance.image.decoding.decoder import Decoder
from provenance.image.load import load_bytes
from provenance.model.image import Image
from provenance.model.limits import Limits

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


@pytest.fixture(scope="session")
def decoder() -> Iterator[Decoder]:
    with Decoder() as started:
        yield started


@pytest.fixture(scope="session")
def loaded(decoder: Decoder) -> Callable[..., Image]:
    """Bytes, and limits where they matter, to an Image."""

    def load(data: bytes, **limits: Any) -> Image:
        return load_bytes(data, "picture", decoder, Limits(**limits))

    return load


@pytest.fixture(scope="session")
def saved() -> Callable[..., bytes]:
    """A Pillow image to the bytes of a file."""

    def save(image: Pillow.Image, kind: str, **options: Any) -> bytes:
        buffer = io.BytesIO()
        image.save(buffer, kind, **options)
        return buffer.getvalue()

    return save


@pytest.fixture(scope="session")
def scene() -> Pillow.Image:
    """64 x 48 pixels, every corner of another colour, so that a turned or mirrored copy differs."""
    image = Pillow.new("RGB", (64, 48))
    for x, y, colour in ((0, 0, "red"), (32, 0, "lime"), (0, 24, "blue"), (32, 24, "yellow")):
        image.paste(colour, (x, y, x + 32, y + 24))
    return image


@pytest.fixture(scope="session")
def corpus() -> Path:
    folder = SHARED / "corpora" / "metadata"
    if not folder.is_dir():
        pytest.skip("the shared metadata corpus is not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def withstands() -> Callable[..., None]:
    """Walk damaged copies of a file, seeded: each answers whatever its bytes are, and its blocks lie inside it."""

    def walk(data: bytes, *, seed: int, times: int) -> None:
        source = random.Random(seed)
        for _ in range(times):
            whole = damaged(data, source)
            walked = structure(whole, Limits())
            for block in walked.blocks:
                end = block.payload_offset_bytes + block.payload_length_bytes
                assert 0 <= block.payload_offset_bytes <= end <= len(whole)
                assert hashlib.sha256(payload(whole, block)).hexdigest() == block.sha256

    return walk


def damaged(data: bytes, source: random.Random) -> bytes:
    """A copy with up to six places overwritten, a piece taken out or doubled, or its end cut off."""
    changed = bytearray(data)
    for _ in range(source.randint(1, 6)):
        at = source.randrange(len(changed))
        new = source.choice((b"\xff" * 4, bytes(4), source.randbytes(source.randint(1, 8))))
        changed[at : at + len(new)] = new
    kind, at = source.randrange(6), source.randrange(len(changed))
    if kind == 0:
        del changed[at:]
    elif kind == 1:
        del changed[at : at + source.randint(1, 40)]
    elif kind == 2:
        changed[at:at] = changed[at : at + source.randint(1, 40)]
    return bytes(changed)
