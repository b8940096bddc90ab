"""The text chunks of a PNG (W3C PNG, 3rd edition, section 11.3.3): keyword and text, unpacked under one budget."""

from __future__ import annotations

import re
from binascii import unhexlify
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...image.containers.structure import payload
from ...model.image import Block
from ...model.limits import Limits
from ...model.text import visible
from ..exif.text import decoded
from ..inflate import inflated

# Generators and editors write up to about a dozen; a file with more is shown in part, and says so.
CHUNKS = 200
_RFC_DATE = re.compile(r"(?:[A-Za-z]{3},? )?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d\d:\d\d:\d\d)(?: ([+-]\d{4}|GMT|UT|Z))?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_RAW_PROFILE = b"Raw profile type "
_PROFILES = (b"exif", b"APP1", b"iptc", b"8bim", b"xmp", b"icc", b"icm")
_HEXADECIMAL = re.compile(rb"[0-9A-Fa-f]*")  # of one class: a repeated group costs 60 bytes a turn
_SPACES = b" \t\n\r\v\f"
_XMP_KEYWORD = b"XML:com.adobe.xmp"
_HEAD_BYTES = 4096
"""Room for the keyword, and an iTXt's language and translated keyword, before the text."""
_PROFILE_SIZES = 3
"""Digits and line ends that a block of so many bytes takes; a longer chunk holds no block within the limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PngText:
    """One text chunk, or the reason why it was refused."""

    block: Block
    keyword: str
    text: str = ""
    notes: tuple[str, ...] = ()
    problem: str = ""


def png_texts(data: bytes, blocks: Sequence[Block], limits: Limits) -> Iterator[PngText]:
    """Every text chunk; all of them together are unpacked to `limits.metadata_bytes` and no further."""
    budget_bytes, beyond_chars = limits.metadata_bytes, limits.long_text_chars
    for block in blocks[:CHUNKS]:
        if profile_name(data, block):
            continue  # the check of that kind reads it
        longest = limits.text_chars + beyond_chars
        chunk, whole = _chunk(data, block, longest, limits)
        keyword, _, rest = chunk.partition(b"\0")
        name = keyword[:79].decode("latin-1")
        body, packed, utf8 = _parts(block.name, rest)
        raw = (inflated(body, budget_bytes) if whole else None) if packed else body
        if raw is None:
            budget_bytes = max(0, budget_bytes - _cost_bytes(body, budget_bytes))
            problem = (
                f"The text {visible(name)!r} is broken or inflates to more than {limits.metadata_bytes:,} bytes; "
                "it was refused."
            )
            yield PngText(block=block, keyword=name, problem=problem)
            continue
        budget_bytes -= len(raw) if packed else 0
        read = _read(block, name, raw, utf8, longest)
        beyond_chars -= max(0, len(read.text) - limits.text_chars)
        yield read
    if len(blocks) > CHUNKS:
        problem = f"Of {len(blocks):,} text chunks only the first {CHUNKS} were read."
        yield PngText(block=blocks[CHUNKS], keyword="", problem=problem)


def _chunk(data: bytes, block: Block, longest: int, limits: Limits) -> tuple[bytes, bool]:
    """As much of a chunk as can be told, and whether that is all: copying 500 MB to keep their first line costs 1 GiB.

    Of letters as many bytes as `longest` of them may take in UTF-8, cut before one; of what is packed all that inflates
    to no more than the limit.
    """
    most = _HEAD_BYTES + 4 * longest
    start, size = block.payload_offset_bytes, block.payload_length_bytes
    if size <= most:
        return payload(data, block), True
    head = data[start : start + _HEAD_BYTES]
    packed = block.name == "zTXt" or (block.name == "iTXt" and head.partition(b"\0")[2][:1] == b"\1")
    if packed and size <= limits.metadata_bytes:
        return payload(data, block), True
    end = start + most
    while end > start + most - 4 and data[end] & 0xC0 == 0x80:
        end -= 1
    return data[start:end], False


def iso_moment(text: str) -> str:
    """A date as RFC 1123 writes it, which PNG recommends for "Creation Time" (section 11.3.3.2), in ISO form; or ""."""
    found = _RFC_DATE.fullmatch(text.strip()[:60])
    if not found or found[2].lower() not in _MONTHS:
        return ""
    day, month, year, clock, zone = found.groups()
    zone = {"": "", "GMT": "Z", "UT": "Z", "Z": "Z"}.get(zone or "", f"{(zone or '')[:3]}:{(zone or '')[3:]}")
    return f"{year}-{_MONTHS.index(month.lower()) + 1:02}-{int(day):02}T{clock}{zone}"


def is_packed_exif(data: bytes, block: Block) -> bool:
    """Whether a text chunk is an EXIF block as ImageMagick wrote it before PNG had eXIf."""
    return profile_name(data, block) in ("exif", "APP1")


def packed_exif(data: bytes, block: Block, limits: Limits) -> bytes:
    """The TIFF block in such a chunk; empty when it is not one."""
    return packed_profile(data, block, limits).removeprefix(b"Exif\0\0")


def profile_name(data: bytes, block: Block) -> str:
    """Which block a text chunk holds in place of text: "exif", "APP1", "iptc", "8bim", "xmp", "icc", "icm"; or "".

    ImageMagick writes them under "Raw profile type ..."; a packet under XMP's own keyword stands there unchanged.
    """
    start = block.payload_offset_bytes
    keyword = data[start : start + min(40, block.payload_length_bytes)].partition(b"\0")[0]
    if keyword == _XMP_KEYWORD:
        return _XMP_KEYWORD.decode()
    name = keyword.removeprefix(_RAW_PROFILE)
    return name.decode() if name != keyword and name in _PROFILES else ""


def packed_profile(data: bytes, block: Block, limits: Limits) -> bytes:
    """The block in such a chunk: a line of name, decimal length, then hexadecimal digits; empty when it is not one."""
    if block.payload_length_bytes > _PROFILE_SIZES * limits.metadata_bytes:
        return b""
    keyword, _, rest = payload(data, block).partition(b"\0")
    body, packed, _ = _parts(block.name, rest)
    raw = inflated(body, limits.metadata_bytes) if packed else body
    if keyword == _XMP_KEYWORD:
        return raw or b""
    words = (raw or b"").lstrip(b"\n").partition(b"\n")[2].split(maxsplit=1)
    if len(words) < 2 or not words[0].isdigit():
        return b""
    digits = _HEXADECIMAL.match(words[1].translate(None, _SPACES))
    return unhexlify(digits[0][: len(digits[0]) // 2 * 2]) if digits else b""


def _parts(chunk_name: str, rest: bytes) -> tuple[bytes, bool, bool]:
    """The text's bytes, whether they are packed, and whether they must be UTF-8; `rest` follows the keyword."""
    if chunk_name == "zTXt":
        return rest[1:], True, False
    if chunk_name == "iTXt":
        text = rest[2:].split(b"\0", 2)
        return (text[2] if len(text) == 3 else b""), rest[:1] == b"\1", True
    return rest, False, False


def _cost_bytes(packed: bytes, most_bytes: int) -> int:
    """What a refused chunk took of the budget: zlib packs a byte into 1/1032 at best."""
    return min(most_bytes, len(packed) * 1032)


def _read(block: Block, name: str, raw: bytes, utf8: bool, longest: int) -> PngText:
    notes: tuple[str, ...] = ()
    if utf8 or raw.isascii():
        text = raw.decode("utf-8", "replace")
    else:
        text, notes = decoded(raw)
        notes = notes or ("The chunk is meant for Latin-1; its bytes are UTF-8 and were read as such.",)
    if len(text) > longest:
        text, notes = text[:longest], (*notes, f"Cut after {longest:,} characters.")
    return PngText(block=block, keyword=name, text=text, notes=notes)
