"""What Photoshop resources say beside IPTC: JPEG settings, version, thumbnail, address, digest of the IPTC block."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import MappingProxyType

from . import resources as numbers
from .charset import decoded

# Version, width, height, bytes a row, size, packed size, bits, planes (Photoshop File Formats, "Thumbnail resource").
_THUMBNAIL_HEAD_BYTES = 28
_NAME_CHARS = 200
_FORMATS = MappingProxyType({0: "standard", 1: "optimised", 0x101: "progressive"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One value of a resource: the key's last part, as it stands, in one form, and sentences on the reading."""

    key: str
    raw: str
    normal: str
    notes: tuple[str, ...] = ()


def settings(number: int, data: bytes) -> Iterator[Setting]:
    """The values of one resource; nothing for one that is not read or too short."""
    reader = _READERS.get(number)
    if reader is not None:
        yield from reader(data)


def thumbnail(data: bytes) -> bytes:
    """The JPEG in a thumbnail resource."""
    return data[_THUMBNAIL_HEAD_BYTES:]


def _quality(data: bytes) -> Iterator[Setting]:
    """Resource 1030 is not in the specification: quality - 4 and format as signed and unsigned words (ExifTool)."""
    if len(data) >= 2:
        quality = struct.unpack_from(">h", data)[0]
        yield Setting(key="JPEGQuality", raw=str(quality), normal=f"Photoshop quality {quality + 4} of 12")
    if len(data) >= 4:
        code = int.from_bytes(data[2:4], "big")
        yield Setting(key="JPEGFormat", raw=str(code), normal=_FORMATS.get(code, ""))


def _thumbnail(data: bytes) -> Iterator[Setting]:
    jpeg = thumbnail(data)
    if jpeg:
        whole = jpeg.startswith(b"\xff\xd8")
        notes = () if whole else ("Its bytes do not begin as a JPEG does.",)
        digest = hashlib.sha256(jpeg).hexdigest()
        yield Setting(key="thumbnail", raw=f"{len(jpeg)} bytes", normal=digest, notes=notes)


def _bgr_thumbnail(data: bytes) -> Iterator[Setting]:
    """Photoshop 4 kept it with red and blue exchanged."""
    for one in _thumbnail(data):
        notes = (*one.notes, "Photoshop 4 wrote it, with red and blue exchanged.")
        yield Setting(key="BGRThumbnail", raw=one.raw, normal=one.normal, notes=notes)


def _url(data: bytes) -> Iterator[Setting]:
    yield from _text("URL", data)


def _copyrighted(data: bytes) -> Iterator[Setting]:
    if data:
        yield Setting(
            key="CopyrightFlag", raw=str(data[0]), normal="marked as copyrighted" if data[0] else "not marked"
        )


def _version(data: bytes) -> Iterator[Setting]:
    """Version (4), a flag (1), then the names of writer and reader, each a count of UTF-16 units and the units."""
    at = 5
    for key in ("WriterName", "ReaderName"):
        count = int.from_bytes(data[at : at + 4], "big")
        if at + 4 + 2 * count > len(data):
            return
        name = data[at + 4 : at + 4 + 2 * min(count, _NAME_CHARS)].decode("utf-16-be", "replace").rstrip("\0")
        at += 4 + 2 * count
        if name.strip():
            yield Setting(key=key, raw=name, normal=" ".join(name.split()))


def _digest(data: bytes) -> Iterator[Setting]:
    if len(data) >= 16:
        notes = () if any(data[:16]) else ("All zeros, which is no digest.",)
        yield Setting(key="IPTCDigest", raw=data[:16].hex(), normal=data[:16].hex(), notes=notes)


def _text(key: str, data: bytes) -> Iterator[Setting]:
    text, notes = decoded(data[: 4 * _NAME_CHARS].rstrip(b"\0"), "utf-8")
    if text.strip():
        yield Setting(key=key, raw=text, normal=" ".join(text.split()), notes=notes)


_READERS: MappingProxyType[int, Callable[[bytes], Iterator[Setting]]] = MappingProxyType(
    {
        numbers.JPEG_QUALITY: _quality,
        numbers.THUMBNAIL: _thumbnail,
        numbers.THUMBNAIL_BGR: _bgr_thumbnail,
        numbers.COPYRIGHT_FLAG: _copyrighted,
        numbers.URL: _url,
        numbers.VERSION: _version,
        numbers.IPTC_DIGEST: _digest,
    }
)
