"""Text from strangers, made harmless to show. What is kept stays verbatim; what is shown goes through here."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable

# Cc: control (ESC, NUL, ...); Cf: format (bidi overrides, zero-width); Cs: lone surrogates; Co/Cn: no agreed glyph;
# Zl/Zp: line and paragraph separators. All of them can move, hide or reorder what stands around them. `isprintable` is
# false for each of these categories, so that ordinary text is settled without looking at its characters one by one.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})

SHOWS_NOTHING = re.compile(
    "[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Default_Ignorable_Code_Point (Unicode 16, DerivedCoreProperties.txt)."""
_LONG_NUMBER = re.compile(r"&#[0-9]{4000,};?")
# QUOTATION MARK, its typographic forms, the double prime and the full-width form.
_INNER = dict.fromkeys(map(ord, '"\u201c\u201d\u201e\u201f\u2033\uff02\u00ab\u00bb'), "'")


def visible(text: str, *, limit: int = 0) -> str:
    """The text on one line, with every control, bidi and invisible character shown as an escape such as \\u202e.

    A ZERO WIDTH JOINER or NON-JOINER between two letters stays, because Persian and Indic words need it.
    `limit` > 0 cuts to that many characters and ends in an ellipsis.
    """
    shown = text if text.isprintable() else _escaped(text)
    return shown[: limit - 1] + "\u2026" if limit and len(shown) > limit else shown


def quoted(text: str, *, limit: int = 0) -> str:
    """The text in double quotes, made visible, its own double quotes single: it cannot end its quotation."""
    return f'"{visible(text, limit=limit).translate(_INNER)}"'


def alternatives(words: Iterable[str]) -> str:
    """A pattern of any of these words, without its brackets: the longest first, so that none hides one it begins."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def folded(word: str) -> str:
    """A word for looking up what `re.IGNORECASE` found: without case, and the four letters i of Turkish are one.

    "KASIM" and "Kasım" are "kasim"; a table whose words are found so has its keys folded too.
    """
    return word.casefold().replace("i\u0307", "i").replace("\u0131", "i")


def counted(number: int, one: str, several: str = "") -> str:
    """ "1 picture", "1,200 pictures"; `several` where that is not `one` with an s."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def _escaped(text: str) -> str:
    return "".join(character if _harmless(text, index) else _escape(character) for index, character in enumerate(text))


def _harmless(text: str, index: int) -> bool:
    character = text[index]
    if unicodedata.category(character) not in _HIDDEN:
        return True
    joiner = character in "\u200c\u200d" and 0 < index < len(text) - 1
    return joiner and text[index - 1].isalpha() and text[index + 1].isalpha()


def _escape(character: str) -> str:
    if character in "\n\t\r":
        return {"\n": " \u23ce ", "\t": " ", "\r": ""}[character]
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def json_escaped(text: str, *, as_ascii: bool = False) -> str:
    """JSON text in which each control, mark of direction and invisible character stands as JSON's own escape (RFC 8259,
    section 7): the same values to every program that reads it, and nothing that a terminal or an editor acts upon.

    `text` is JSON already, so that what is escaped here can stand nowhere but inside its strings. `as_ascii`: so does
    every character that ASCII does not have.
    """
    return "\n".join(
        line if line.isprintable() and (line.isascii() or not as_ascii) else _line_escaped(line, as_ascii)
        for line in text.split("\n")
    )


def _line_escaped(line: str, as_ascii: bool) -> str:
    return "".join(
        _json_escape(one) if (as_ascii and not one.isascii()) or unicodedata.category(one) in _HIDDEN else one
        for one in line
    )


def _json_escape(character: str) -> str:
    if character in "\r\t":
        return character  # white space between values: in a string it is escaped already
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def unescaped(text: str) -> str:
    """HTML's character references undone; one with thousands of digits, for which the library raises, is U+FFFD."""
    return html.unescape(_LONG_NUMBER.sub("\ufffd", text))
