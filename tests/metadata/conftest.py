"""Pictures made for the tests: TIFF blocks tag by tag, JPEG and PNG files around them."""

import hashlib
import io
import struct
import zlib
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image as Pillow

from provenance.image.containers.sniff import media_type
from provenance.image.containers.structure import structure
from provenance.model.context import Context
from provenance.model.image import Image, Original, Refusal
from provenance.model.limits import Limits

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
POINTERS = {"exif": ("ifd0", 0x8769), "gps": ("ifd0", 0x8825), "interop": ("exif", 0xA005)}
Entry = tuple[int, int, bytes]  # type, count, the value's bytes


def ascii_entry(text: str | bytes) -> Entry:
    data = (text.encode() if isinstance(text, str) else text) + b"\0"
    return 2, len(data), data


def rationals(*pairs: tuple[int, int], order: str = ">") -> Entry:
    return 5, len(pairs), b"".join(struct.pack(f"{order}II", *pair) for pair in pairs)


def tiff(directories: dict[str, dict[int, Entry]], order: str = ">") -> bytes:
    """A well-formed TIFF block; directories "ifd0", "ifd1", "exif", "gps", "interop" by tag."""
    dirs: dict[str, dict[int, Entry]] = {"ifd0": {}, **{k: dict(v) for k, v in directories.items()}}
    for child, (parent, tag) in POINTERS.items():
        if child in dirs:
            dirs.setdefault(parent, {})[tag] = (4, 1, b"")
    starts, at = {}, 8
    for name, tags in dirs.items():
        starts[name], at = at, at + 2 + 12 * len(tags) + 4
    head, values = struct.pack(f"{order}2sHI", b"MM" if order == ">" else b"II", 42, 8), b""
    for name, tags in dirs.items():
        head += struct.pack(f"{order}H", len(tags))
        for tag, (kind, count, data) in sorted(tags.items()):
            child = next((c for c, place in POINTERS.items() if place == (name, tag) and c in dirs), None)
            inline = struct.pack(f"{order}I", starts[child]) if child else data.ljust(4, b"\0")
            if len(data) > 4:
                inline, values = struct.pack(f"{order}I", at + len(values)), values + data
            head += struct.pack(f"{order}HHI", tag, kind, count) + inline
        head += struct.pack(f"{order}I", starts["ifd1"] if name == "ifd0" and "ifd1" in dirs else 0)
    return head + values


def segment(marker: int, payload: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def jpeg(*segments: bytes, size: tuple[int, int] = (32, 24), quality: int = 85, trailer: bytes = b"") -> bytes:
    """A small JPEG with extra segments behind SOI."""
    out = io.BytesIO()
    Pillow.new("RGB", size, (90, 120, 40)).save(out, "JPEG", quality=quality)
    return out.getvalue()[:2] + b"".join(segments) + out.getvalue()[2:] + trailer


def jpeg_with_exif(*blocks: bytes, **options: object) -> bytes:
    return jpeg(*(segment(0xE1, b"Exif\0\0" + block) for block in blocks), **options)  # type: ignore[arg-type]


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """A small PNG with extra chunks behind IHDR."""
    out = io.BytesIO()
    Pillow.new("RGB", (4, 3)).save(out, "PNG")
    extra = b"".join(
        struct.pack(">I", len(data)) + code + data + struct.pack(">I", zlib.crc32(code + data)) for code, data in chunks
    )
    return out.getvalue()[:33] + extra + out.getvalue()[33:]


def as_image(data: bytes, name: str = "") -> Image:
    kind = media_type(data)
    original = Original(
        name=name, path=name, sha256=hashlib.sha256(data).hexdigest(), size_bytes=len(data), media_type=kind
    )
    return Image(original=original, data=data, structure=structure(data, Limits()), refusal=Refusal(reason="a test"))


@pytest.fixture
def context() -> Context:
    return Context(now=datetime(2026, 11, 23, 12, 0, tzinfo=UTC))


@pytest.fixture
def make() -> SimpleNamespace:
    """The builders above: tests cannot import their conftest."""
    return SimpleNamespace(
        ascii=ascii_entry,
        rationals=rationals,
        tiff=tiff,
        segment=segment,
        jpeg=jpeg,
        jpeg_with_exif=jpeg_with_exif,
        png=png,
        image=as_image,
    )


@pytest.fixture
def corpus() -> Path:
    """Public test files with an oracle's answers, where this machine has them."""
    folder = SHARED / "corpora" / "metadata"
    if not folder.is_dir():
        pytest.skip("the metadata corpus is not on this machine")
    return folder
