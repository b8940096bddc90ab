"""A name in every way in which it is written: capitals, the make-up of a letter and its accents, its width and other
forms for compatibility (NFKC, Unicode Standard Annex 15), a hyphen, an apostrophe, and the end of a line for a space
are the same to a reader, and so is what shows nothing: joiners, soft hyphens, marks of direction. Points of Hebrew,
vowel signs of Arabic and its lengthening stroke are mostly left out in writing, and so a name has them or has not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ...model.text import SHOWS_NOTHING

_GAP = re.compile(r"[\s\u23ce]+")  # with the sign that `visible` shows for the end of a line
_DOTTED = "i\u0307"
"""What a Turkish capital becomes in small letters. In Turkish it is a plain i, and "I" is one without a dot."""
_ALIKE = str.maketrans(
    dict.fromkeys("\u2018\u2019\u02bc\u00b4`", "'") | dict.fromkeys("\u2010\u2011", "-") | {"\u0131": "i"}
)
_JAMO = range(0x1160, 0x1200)
"""Vowels and finals of Korean syllables that are written apart (Unicode 16, section 3.12); they are no marks."""
_OPTIONAL = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u0652\u0670]")
"""Points and accents of Hebrew (Unicode 16, section 9.1), kashida and vowel signs of Arabic (section 9.2)."""
_VOICED = "\uff9e\uff9f"
"""Marks of half-width kana, which are letters to Unicode."""
_ESCAPED = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8}))")
"""A character that shows nothing, as `visible` shows it."""


def folded(text: str) -> str:
    """One form of all spellings, with one space for each gap."""
    return " ".join(part for part in _GAP.split(_spelled(text)[0]) if part)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words to look for, however they are spelled: longest first, not within a longer word or number."""

    pattern: re.Pattern[str]

    def stands_in(self, text: str) -> bool:
        """Whether one of them is there."""
        return self.pattern.search(_spelled(text)[0]) is not None

    def replaced(self, text: str, by: Callable[[str], str]) -> str:
        """The text with what `by` gives for each in its place; `by` is handed what stands there."""
        spelled, at = _spelled(text)
        made, done = [], 0
        for found in self.pattern.finditer(spelled):
            start, end = (found.start(), found.end()) if at is None else (at[found.start()][0], at[found.end() - 1][1])
            made += [text[done:start], by(text[start:end])]
            done = end
        return "".join((*made, text[done:]))


def wanted(words: Iterable[str]) -> Wanted | None:
    """Words of ASCII letters end where they end, to others a language may add endings. None where there is no word."""
    whole: dict[str, bool] = {}
    for word in words:
        if form := folded(word):
            plain = unicodedata.normalize("NFKC", SHOWS_NOTHING.sub("", word))
            whole[form] = whole.get(form, True) and plain.isascii()
    if not whole:
        return None
    ends = (
        _GAP.pattern.join(map(re.escape, form.split(" "))) + (r"(?![^\W_])" if whole[form] else "")
        for form in sorted(whole, key=lambda form: (-len(form), form))
    )
    return Wanted(re.compile(rf"(?<![^\W_])(?:{'|'.join(ends)})"))


def _spelled(text: str) -> tuple[str, list[tuple[int, int]] | None]:
    """The text letter by letter in one spelling, and for each character of it where its letter begins and ends in the
    text as it stands; None where each has its own place.
    """
    small = text.casefold()
    composed = text.isascii() or all(unicodedata.is_normalized("NFKC", one) for one in (text, small))
    if composed and len(small) == len(text) and _DOTTED not in small and not _hidden(text):
        return small.translate(_ALIKE), None
    made, at = [], []
    for start, end in _letters(text):
        letter = _letter(text[start:end])
        made.append(letter)
        at += [(start, end)] * len(letter)
    return "".join(made), at


def _letter(text: str) -> str:
    """One letter with what belongs to it in its one form; "" for what shows nothing or may be left out."""
    shown = SHOWS_NOTHING.sub("", _ESCAPED.sub(_unless_hidden, text)).translate(_ALIKE)
    for form in ("NFKD", "NFKC"):  # as NFKC_Casefold does (Unicode 16, section 3.13)
        shown = unicodedata.normalize("NFKC", unicodedata.normalize(form, shown).casefold())
    return _OPTIONAL.sub("", shown.translate(_ALIKE).replace(_DOTTED, "i"))


def _hidden(text: str) -> bool:
    beside = SHOWS_NOTHING.search(text) or _OPTIONAL.search(text)
    return beside is not None or any(map(_is_hidden, _ESCAPED.finditer(text)))


def _is_hidden(escape: re.Match[str]) -> bool:
    code = int(escape[1] or escape[2] or escape[3], 16)
    return code < 0x110000 and SHOWS_NOTHING.match(chr(code)) is not None


def _unless_hidden(escape: re.Match[str]) -> str:
    return "" if _is_hidden(escape) else escape[0]


def _letters(text: str) -> Iterator[tuple[int, int]]:
    """Where each letter begins and ends with what belongs to it, and with what shows nothing behind it."""
    start = index = 0
    while index < len(text):
        escape = _ESCAPED.match(text, index)
        length = len(escape[0]) if escape and _is_hidden(escape) else 1
        if index and length == 1 and not _belongs(text[index]):
            yield start, index
            start = index
        index += length
    if text:
        yield start, len(text)


def _belongs(character: str) -> bool:
    """Whether it belongs to the letter before it."""
    marked = unicodedata.category(character)[0] == "M" or ord(character) in _JAMO or character in _VOICED
    return marked or (SHOWS_NOTHING.match(character) or _OPTIONAL.match(character)) is not None
