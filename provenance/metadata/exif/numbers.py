"""The numbers of an entry, each as text and as a float, read by its field type (TIFF 6.0 section 2; BigTIFF).

A fraction stands in its text in lowest terms, as exifread has it.
"""

from __future__ import annotations

import math
import struct

from .tiff_entries import Entry

_FORMS = {1: "B", 3: "H", 4: "I", 6: "b", 7: "B", 8: "h", 9: "i", 11: "f", 12: "d", 13: "I", 16: "Q", 17: "Q", 18: "Q"}
_FRACTIONS = {5: "I", 10: "i"}
# None of the tags that are read holds more than 32 bits; what claims more is cut to the largest.
_LARGEST = 2**32 - 1
# A field of bytes may be long; nobody writes as many numbers into one of the tags that are read.
_MOST = 999

Numbers = tuple[tuple[str, ...], tuple[float | None, ...]]
"""The numbers as text, and as floats, of which a fraction over zero and what is not finite are None."""


def numbers(entry: Entry, order: str) -> Numbers:
    """The numbers of an entry in the block's byte order ("<" or ">"); none where its type holds letters."""
    kind, count = entry.type, entry.items
    if count > _MOST:
        return (), ()
    if form := _FRACTIONS.get(kind):
        flat = struct.unpack(f"{order}{2 * count}{form}", entry.value)
        pairs = list(zip(flat[::2], flat[1::2], strict=True))
        quotients = [over / under if under else None for over, under in pairs]
        return tuple([_fraction(over, under) for over, under in pairs]), tuple(quotients)
    if not (form := _FORMS.get(kind, "")):
        return (), ()
    values = struct.unpack(f"{order}{count}{form}", entry.value)
    if form == "Q":
        values = tuple([min(value, _LARGEST) for value in values])
    floats = [float(value) if math.isfinite(value) else None for value in values]
    return tuple([str(value) for value in values]), tuple(floats)


def _fraction(over: int, under: int) -> str:
    shared = math.gcd(over, under) if under else 1
    over, under = (over // shared, under // shared) if under >= 0 else (-over // shared, -under // shared)
    return str(over) if under == 1 else f"{over}/{under}"
