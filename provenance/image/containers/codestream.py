"""The size of a picture in the first bytes of a bare codestream: JPEG 2000 and JPEG XL."""

from __future__ import annotations

JPEG_2000_START = b"\xff\x4f\xff\x51"  # SOC, then SIZ (ISO/IEC 15444-1, annex A.5.1)
JPEG_XL_START = b"\xff\x0a"
_RATIOS = ((1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))  # ISO/IEC 18181-1, section D.2, ratio 1 to 7
_COM, _TILES, _MOST_COMMENTS = 0x64, (0x90, 0x93, 0xD9), 20  # the main header ends at the first tile-part
_LENGTHS = (9, 13, 18, 30)  # section B.2.2: bits of a U32 by its selector


def jpeg_2000_size(data: bytes, start: int) -> tuple[int, int]:
    """Width and height by the SIZ segment: the reference grid without the offset of the picture; zeros if cut off."""
    if not data.startswith(JPEG_2000_START, start) or start + 24 > len(data):
        return 0, 0
    right, bottom, left, top = (int.from_bytes(data[at : at + 4], "big") for at in range(start + 8, start + 24, 4))
    return max(0, right - left), max(0, bottom - top)


def jpeg_2000_comments(data: bytes, start: int, end: int) -> list[tuple[int, int]]:
    """Where the texts of the COM segments in the main header lie: offset and length (annex A.9.2, registration 1)."""
    found: list[tuple[int, int]] = []
    at = start + 2
    while at + 6 <= end and len(found) < _MOST_COMMENTS and data[at] == 0xFF and data[at + 1] not in _TILES:
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if length < 2 or at + 2 + length > end:
            break
        if data[at + 1] == _COM and length > 4 and data[at + 4 : at + 6] == b"\x00\x01":
            found.append((at + 6, length - 4))
        at += 2 + length
    return found


def jpeg_xl_size(data: bytes, start: int) -> tuple[int, int]:
    """Width and height by the SizeHeader (ISO/IEC 18181-1, section D.2); zeros where it is cut off or no codestream.

    One bit chooses the short form, which counts in steps of 8; then the height; three bits of ratio, 0 for a width of
    its own. Bits are taken from the least significant of each byte.
    """
    if not data.startswith(JPEG_XL_START, start) or start + 12 > len(data):
        return 0, 0
    bits = _Bits(int.from_bytes(data[start + 2 : start + 12], "little"))
    short = bits.take(1)
    height = 8 * (bits.take(5) + 1) if short else bits.take(_LENGTHS[bits.take(2)]) + 1
    ratio = bits.take(3)
    if ratio:
        across, down = _RATIOS[ratio - 1]
        return height * across // down, height
    width = 8 * (bits.take(5) + 1) if short else bits.take(_LENGTHS[bits.take(2)]) + 1
    return width, height


class _Bits:
    """Bits of a number, least significant first."""

    def __init__(self, value: int) -> None:
        self._value = value

    def take(self, count: int) -> int:
        """The next `count` bits as a number."""
        taken = self._value & ((1 << count) - 1)
        self._value >>= count
        return taken
