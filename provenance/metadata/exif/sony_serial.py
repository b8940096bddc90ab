"""The number that Sony's cameras keep of themselves in an enciphered part of their maker note (tag 0x9050).

It is none that is printed on the camera. Cipher, and where the number stands by model: ExifTool's tag tables 12.57
("Sony Tag9050a/b/c"), which mark the place as not confirmed; names of models are matched whole, since a later one of
a similar name keeps other values there.
"""

from __future__ import annotations

import re

# A byte b below 249 is written as its cube modulo 249; the others stand as they are.
_MODULUS = 249
_DECIPHERED = bytes.maketrans(bytes(byte**3 % _MODULUS for byte in range(_MODULUS)), bytes(range(_MODULUS)))
# Model, where the number starts, its length in bytes.
_PLACES: tuple[tuple[re.Pattern[str], int, int], ...] = (
    (re.compile(r"ILCE-(?:6[13456]00|7C|7M3|7RM[234]|7RM[34]A|7SM2|9|9M2)|ILCA-99M2|ZV-E10"), 0x88, 6),
    (re.compile(r"ILCE-(?:7M4|7RM5|7SM3)|ILME-FX3"), 0x88, 6),
    (re.compile(r"ILCE-1"), 0x8A, 6),
    (re.compile(r"SLT-A\d\dV?|HV|ILCA-(?:68|77M2)"), 0xF0, 5),
    (re.compile(r"ILCE-(?:3[05]00|5[01]00|6000|7|7R|7S|7M2|QX1)|NEX-(?:3N|5[RT]|6|F3|VG30E?|VG900E?)"), 0x7C, 4),
)


def sony_serial(enciphered: bytes, model: str) -> tuple[int, bytes]:
    """Where the number stands in the value of the tag, and the number; no bytes for other models, or for zero."""
    for pattern, start, length in _PLACES:
        if pattern.fullmatch(model.strip()):
            number = enciphered[start : start + length].translate(_DECIPHERED)
            return start, number if len(number) == length and number.strip(b"\0") else b""
    return 0, b""
