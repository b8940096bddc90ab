"""Which character set the text of an IIM block is in, and how that was found out."""

from __future__ import annotations

from types import MappingProxyType

Decoded = tuple[str, tuple[str, ...]]
"""The text, and sentences on how it was read."""

UTF_8 = b"\x1b%G"
# IPTC-IIM 4.2, dataset 1:90, names a set by its ISO 2022 escape sequence: "-", "." or "/" with the final byte of a
# 96-character set of the ISO-IR register (100, 101, 109, 110, 126, 127, 138, 144, 148), into G1, G2 or G3.
_FINAL_BYTES = MappingProxyType(
    {
        b"A": "iso8859-1",
        b"B": "iso8859-2",
        b"C": "iso8859-3",
        b"D": "iso8859-4",
        b"F": "iso8859-7",
        b"G": "iso8859-6",
        b"H": "iso8859-8",
        b"L": "iso8859-5",
        b"M": "iso8859-9",
    }
)
_OTHERWISE = "cp1252"
_NAMES = MappingProxyType({"cp1252": "Windows-1252"})


def declared(value: bytes) -> str:
    """The Python name of the set that a value of 1:90 declares; "" for none, or one that is not known here."""
    if UTF_8 in value or value.strip(b"\0 ").upper() in (b"UTF-8", b"UTF8"):
        return "utf-8"
    for intermediate in (b"-", b".", b"/"):
        at = value.find(b"\x1b" + intermediate)
        if at >= 0:
            return _FINAL_BYTES.get(value[at + 2 : at + 3], "")
    return ""


def decoded(value: bytes, charset: str) -> Decoded:
    """UTF-8 if the bytes are that, else the declared set, else Windows-1252; said wherever it is not as declared."""
    if value.isascii():
        return value.decode("ascii"), ()
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        return _eight_bit(value, charset)
    if charset == "utf-8":
        return text, ()
    said = f"declares {_named(charset)}" if charset else "declares no character set"
    return text, (f"The IPTC block {said}; the bytes are UTF-8 and were read as such.",)


def _eight_bit(value: bytes, charset: str) -> Decoded:
    if charset and charset != "utf-8":
        return value.decode(charset, "replace"), (f"Read as {_named(charset)}, which the IPTC block declares.",)
    said = "declares UTF-8, which the bytes are not" if charset else "declares no character set"
    text = value.decode(_OTHERWISE, "replace")
    return text, (f"The IPTC block {said}; they were read as {_named(_OTHERWISE)}, which may be wrong.",)


def _named(charset: str) -> str:
    return _NAMES.get(charset, charset.upper().replace("ISO8859", "ISO 8859"))
