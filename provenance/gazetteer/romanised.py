"""Cyrillic names in Latin letters (BGN/PCGN 1947 and 2019, without apostrophes), to tell whose own name one is."""

from __future__ import annotations

_LETTERS = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфыэіґўъь", [*"abvgdeziyklmnoprstufyeigu", "", ""], strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "ї": "i", "є": "ye"}
)


def romanised(key: str) -> str:
    """A folded Cyrillic name in Latin letters."""
    return key.translate(_LETTERS)


_CONSONANTS = "g kk n d tt r m b pp s ss - j jj ch k t p h"
_SOUNDS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i"
# By final consonant: how it is written before a consonant or at the end, and before a vowel.
_CODAS = (
    "- k/g k/kk k/ks n n/nj n/n t/d l/r l/lg l/lm l/lb l/ls l/lt l/lp l/r m p/b p/ps t/s t/ss ng t/j t/ch k t/t p h/h"
)
_INITIALS, _VOWELS, _FINALS = _CONSONANTS.split(), _SOUNDS.split(), _CODAS.split()
# The first letter of the next syllable changes the final, and is changed by it: Silla, Gangneung, Jongno.
_TOGETHER = {
    "nr": "ll", "lr": "ll", "ln": "ll", "kn": "ngn", "km": "ngm", "tn": "nn", "tm": "nm", "pn": "mn", "pm": "mm",
    "kr": "ngn", "tr": "nn", "pr": "mn", "mr": "mn", "ngr": "ngn",
}  # fmt: skip
_FIRST_SYLLABLE, _SYLLABLES = 0xAC00, 11_172


def hangul_romanised(name: str) -> str:
    """A name in Hangul by the Revised Romanisation, without hyphens; "" where a letter is no whole syllable."""
    syllables = [ord(letter) - _FIRST_SYLLABLE for letter in name]
    if not syllables or not all(0 <= one < _SYLLABLES for one in syllables):
        return ""
    written, final = "", ""
    for one in syllables:
        initial, vowel, last = _INITIALS[one // 588], _VOWELS[one % 588 // 28], _FINALS[one % 28]
        written += _joined(final, initial) + vowel
        final = last
    return written + final.partition("/")[0].strip("-")


def _joined(final: str, initial: str) -> str:
    closed, _, opened = final.partition("/")
    closed = closed.strip("-")
    if initial == "-":
        return opened or closed
    return _TOGETHER.get(closed + initial, closed + initial)
