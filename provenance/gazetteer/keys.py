"""How a name is folded, so that one key stands for its spellings: the data and every question use the same folding."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

# Longer than the longest name of the data; past it a text is no name.
LONGEST_KEY = 60
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʹʻ`´′″ˈˌ\"“”„«»ـ"))
_GAPS = dict.fromkeys(map(ord, "-‐‑‒–—―._/,()·・"), " ")
# Letters that Unicode does not decompose, and letters that one language writes in two ways.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ə": "e", "ё": "е"}
    | {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه"}
)
_KEPT_MARKS = frozenset(["й", "ї", "ў", "ѓ", "ќ", "ґ"])
_SPACES = re.compile(r"\s+")


class Script(StrEnum):
    """The scripts whose names the data holds."""

    LATIN = "latin"
    CYRILLIC = "cyrillic"
    HANGUL = "hangul"
    HAN = "han"
    KANA = "kana"
    ARABIC = "arabic"
    HEBREW = "hebrew"
    GREEK = "greek"
    GEORGIAN = "georgian"
    ARMENIAN = "armenian"


_RANGES: tuple[tuple[int, int, Script], ...] = (
    (0x0041, 0x024F, Script.LATIN),
    (0x0370, 0x03FF, Script.GREEK),
    (0x0400, 0x052F, Script.CYRILLIC),
    (0x0530, 0x058F, Script.ARMENIAN),
    (0x0590, 0x05FF, Script.HEBREW),
    (0x0600, 0x077F, Script.ARABIC),
    (0x10A0, 0x10FF, Script.GEORGIAN),
    (0x1E00, 0x1EFF, Script.LATIN),
    (0x3040, 0x30FF, Script.KANA),
    (0x3400, 0x4DBF, Script.HAN),
    (0x4E00, 0x9FFF, Script.HAN),
    (0xAC00, 0xD7A3, Script.HANGUL),
)


def script_of(text: str) -> Script | None:
    """The script of the first letter; None when it has none, or one that the data does not hold."""
    for letter in text:
        if letter.isalpha():
            point = ord(letter)
            return next((script for first, last, script in _RANGES if first <= point <= last), None)
    return None


def fold(name: str) -> str:
    """A key: case, accents, apostrophes and hyphens gone, spaces single; "" for what is too long to be a name.

    Accents fall in every script but Cyrillic, where й and ї are letters of their own; ё is read as е.
    """
    if len(name) > 2 * LONGEST_KEY:
        return ""
    text = unicodedata.normalize("NFKC", name).casefold().translate(_APOSTROPHES).translate(_GAPS)
    if not text.isascii():
        text = "".join(_plain(letter) for letter in unicodedata.normalize("NFC", text)).translate(_LETTERS)
    text = _SPACES.sub(" ", text).strip()
    return text if len(text) <= LONGEST_KEY else ""


def listed(table: str) -> dict[str, str]:
    """A table written by hand, "NL: Holland, Голландия; NZ: Aotearoa", by each folded name what stands before it."""
    entries = (entry.strip().partition(":") for entry in table.replace("\n", " ").split(";"))
    return {fold(name): before for before, _, names in entries for name in names.split(",")}


def _plain(letter: str) -> str:
    if letter.isascii() or letter in _KEPT_MARKS or "\uac00" <= letter <= "\ud7a3" or "\u3040" <= letter <= "\u30ff":
        return letter
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))
