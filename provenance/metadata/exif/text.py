"""Text in EXIF: which bytes are letters, in which character set, and how that was found out."""

from __future__ import annotations

import re

Decoded = tuple[str, tuple[str, ...]]
"""The text, and sentences on how it was read."""

# At least three letters of UTF-16 within Latin-1, up to a NUL of theirs or the end; a lone byte may follow.
_WIDE = {
    "little": re.compile(rb"(?:[^\0]\0){3,}(?:\0\0|\0?\Z)", re.DOTALL),
    "big": re.compile(rb"(?:\0[^\0]){3,}(?:\0\0|\0?\Z)", re.DOTALL),
}
_HIDDEN_TAIL = "Further bytes follow the end of the text."


def plain_text(value: bytes, *, two_parts: bool = False) -> Decoded:
    """A text tag: up to the first NUL (Exif 3.0 section 4.6.2, ASCII and UTF-8).

    `two_parts` keeps the part behind the NUL, which Copyright reserves for the editor (section 4.6.5.4.9).
    """
    first, _, rest = value.partition(b"\0")
    text, notes = decoded(first)
    tail = rest.strip(b"\0 ")
    if not tail:
        return text, notes
    if two_parts:
        second, more = decoded(tail)
        return f"{text}\0{second}", tuple(dict.fromkeys((*notes, *more)))
    return text, (*notes, _HIDDEN_TAIL)


def decoded(value: bytes) -> Decoded:
    """UTF-8 if the bytes are that, otherwise Windows-1252, and then says so."""
    try:
        return value.decode("utf-8"), ()
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace"), ("The bytes are not UTF-8; they were read as Windows-1252.",)


def wide_text(value: bytes) -> Decoded:
    """The XP* tags of Windows: UTF-16 in little-endian order whatever the block's, up to the first NUL."""
    text, found, rest = value.decode("utf-16-le", "replace").partition("\0")
    return text, (_HIDDEN_TAIL,) if found and rest.strip("\0 ") else ()


def comment(value: bytes, little_endian: bool) -> Decoded:
    """UserComment and its kin: eight bytes naming the character set, then text (Exif 3.0 section 4.6.6.4.2).

    The order of a UNICODE comment is not laid down: a byte-order mark decides, then the side on which most zero bytes
    stand, then the order of the block.
    """
    code, body = value[:8], value[8:]
    if code.startswith(b"UNICODE"):
        little = _little_endian_text(body, little_endian)
        text = body.decode("utf-16-le" if little else "utf-16-be", "replace").lstrip("\ufeff")
        return text.partition("\0")[0], (f"Read as UTF-16, {'little' if little else 'big'}-endian.",)
    if code.startswith(b"JIS"):
        return body.decode("iso2022_jp", "replace").partition("\0")[0], ("Read as ISO-2022-JP.",)
    named = code.startswith((b"ASCII", b"\0")) or not code.strip(b" ")
    text, notes = _undeclared(body if named else value)
    return text, notes if named else ("The comment names no character set.", *notes)


def _undeclared(value: bytes) -> Decoded:
    """Text said to be ASCII, or of which nothing is said, and which some programs write as UTF-16 all the same."""
    for order, form in _WIDE.items():
        if form.match(value):
            text = value[: len(value) // 2 * 2].decode(f"utf-16-{order[0]}e").partition("\0")[0]
            return text, (f"It is UTF-16, {order}-endian, though not declared as such; it was read so.",)
    return decoded(value.partition(b"\0")[0])


def _little_endian_text(body: bytes, otherwise: bool) -> bool:
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return body[:2] == b"\xff\xfe"
    even, odd = body[0::2].count(0), body[1::2].count(0)
    return otherwise if even == odd else odd > even
