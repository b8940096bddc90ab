"""Datasets of IPTC-IIM 4.2 (sections 1.5 and 1.6): record, number and bytes, with every length checked."""

from __future__ import annotations

import array
import re
from dataclasses import dataclass

from ...model.limits import Limits
from .resources import IPTC, is_resources, resources

_MARKER = 0x1C
# Where a walk can begin or go on behind bytes that are no dataset: the marker and a record the standard knows.
_DATASET = re.compile(rb"\x1c[\x01-\x09\xf0][\x00-\xff][\x00-\x7f\x80]")
_HEADER_BYTES = 5
_GAPS = 10_000  # stretches of bytes that are no dataset
_LENGTH_BYTES = 4  # of an extended length; more would be over 4 GiB


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSet:
    """One dataset. `offset_bytes` is where its data start in the IIM block (behind a swap, in the swapped block)."""

    record: int
    number: int
    data: bytes
    offset_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """The datasets of one IIM block in order, and what was broken or refused, each a sentence."""

    datasets: tuple[DataSet, ...] = ()
    problems: tuple[str, ...] = ()


def datasets(block_payload: bytes, limits: Limits) -> tuple[DataSet, ...]:
    """The datasets in the payload of a block of kind `iptc`: Photoshop resources or bare IIM records."""
    if not is_resources(block_payload):
        return records(block_payload, limits).datasets
    found = resources(block_payload).of(IPTC)
    return tuple(one for item in found for one in records(item.data(block_payload), limits).datasets)


def records(iim: bytes, limits: Limits) -> Records:
    """Read an IIM block. Bytes that are no dataset are passed over to the next marker, and that is said."""
    problems: dict[str, None] = {}
    if len(iim) > limits.metadata_bytes:
        return Records(problems=(f"The IPTC block is longer than {limits.metadata_bytes:,} bytes; it was refused.",))
    if len(iim) >= 4 and iim[0] != _MARKER and iim[3] == _MARKER:
        iim = _swapped(iim)
        problems.setdefault("The IPTC block stands in swapped byte order; it was turned round.")
    found: list[DataSet] = []
    at, end, gaps = 0, len(iim), 0
    while at + _HEADER_BYTES <= end and gaps <= _GAPS:
        header = _header(iim, at) if iim[at] == _MARKER else None
        if header is None:
            gaps += 1
            at = _behind_garbage(iim, at, problems)
            continue
        start, length = header
        if len(found) >= limits.metadata_values:
            problems.setdefault(f"Of the IPTC datasets only the first {limits.metadata_values:,} were read.")
            break
        found.append(
            DataSet(record=iim[at + 1], number=iim[at + 2], data=iim[start : start + length], offset_bytes=start)
        )
        at = start + length
    return Records(datasets=tuple(found), problems=tuple(problems))


def _header(iim: bytes, at: int) -> tuple[int, int] | None:
    """Where the data of the dataset at `at` start and how long they are; None when they cannot be there."""
    length, start = int.from_bytes(iim[at + 3 : at + 5], "big"), at + _HEADER_BYTES
    if length & 0x8000:  # extended dataset: the length of the length (section 1.5.c)
        size = length & 0x7FFF
        if not 0 < size <= _LENGTH_BYTES:
            return None
        length, start = int.from_bytes(iim[start : start + size], "big"), start + size
    return (start, length) if start + length <= len(iim) else None


def _behind_garbage(iim: bytes, at: int, problems: dict[str, None]) -> int:
    """The next place where a dataset may begin, the end when there is none; padding with zeros is no problem."""
    following = _DATASET.search(iim, at + 1)
    if following is not None or iim[at:].strip(b"\0"):
        problems.setdefault("The IPTC block holds bytes that are no dataset, or one cut short; they were passed over.")
    return following.start() if following else len(iim)


def _swapped(iim: bytes) -> bytes:
    """Some TIFF writers keep IIM as 32-bit words of the file's byte order (Adobe: TIFF Technical Note 3)."""
    words = array.array("I", iim + b"\0" * (-len(iim) % 4))
    words.byteswap()
    return words.tobytes()
