"""Cyrillic names in Latin letters (BGN/PCGN 1947 and 2019, without apostrophes), to tell whose own name one is."""

from __future__ import annotations

_LETTERS = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфыэіґўъь", [*"abvgdeziyklmnoprstufyeigu", "", ""], strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "ї": "i", "є": "ye"}
)


def romanised(key: str) -> str:
    """A folded Cyrillic name in Latin letters."""
    return key.translate(_LETTERS)
