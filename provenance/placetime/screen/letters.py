"""Which script and, where letters decide it, which language words are in; and look-alike letters brought to one script.

Scripts by Unicode block. Some letters stand in one language of a script only: і ї є ґ are Ukrainian, ы э ъ ё Russian, ў
Belarusian, ј љ њ ћ ђ џ Serbian or Macedonian, ң ғ ү ұ қ ә Kazakh. One word decides no language.
"""

from __future__ import annotations

import re
from collections import Counter
from types import MappingProxyType

_CYRILLIC, _LATIN = re.compile(r"[\u0400-\u052f]"), re.compile(r"[A-Za-z\u00c0-\u024f]")
_SCRIPTS = (
    ("Cyrillic", _CYRILLIC),
    ("Hangul", re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")),
    ("Kana", re.compile(r"[\u3040-\u30ff]")),
    ("Han", re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")),
    ("Arabic", re.compile(r"[\u0600-\u06ff\u0750-\u077f]")),
    ("Latin", _LATIN),
)
_ONLY_IN = (
    ("Ukrainian", frozenset("іїєґ")),
    ("Russian", frozenset("ыэъё")),
    ("Belarusian", frozenset("ў")),
    ("Serbian or Macedonian", frozenset("јљњћђџ")),
    ("Kazakh", frozenset("ңғүұқә")),
)
LEAST_LETTERS = 12
"""Fewer letters of a script decide no language."""

_LEAST_SHARE = 0.2
_LETTERS_PER_SYLLABLE = 2
"""A block of Hangul holds two or three letters."""

_ALIKE = ("АВЕКМНОРСТХаеіорсух", "ABEKMHOPCTXaeiopcyx")
_TO_LATIN = MappingProxyType(dict(zip(*_ALIKE, strict=True)))
_TO_CYRILLIC = MappingProxyType(dict(zip(*reversed(_ALIKE), strict=True)))


def scripts(text: str) -> tuple[tuple[str, int], ...]:
    """Scripts with their numbers of letters, most letters first; equal numbers in the order of the list above."""
    counted = Counter({name: len(pattern.findall(text)) for name, pattern in _SCRIPTS})
    return tuple((name, count) for name, count in counted.most_common() if count)


def most_in(text: str) -> str:
    """The script that most of the text is in; "" where it has no letters."""
    weights = _weights(text)
    return max(weights, key=lambda name: weights[name], default="")


def script_of(text: str) -> str:
    """The script in which a line is best read again; "" where it has no letters, or where no single one would do.

    Readers of Cyrillic know Latin as well, so a fifth of Cyrillic makes a line theirs; those of Latin or Hangul alone
    would make nonsense of the rest.
    """
    weights = _weights(text)
    least = _LEAST_SHARE * sum(weights.values())
    found = [name for name, weight in weights.items() if weight >= least]
    if "Cyrillic" in found and "Hangul" not in found:
        return "Cyrillic"
    main = most_in(text)
    return "" if main == "Latin" and len(found) > 1 else main


def _weights(text: str) -> dict[str, int]:
    return {name: count * (_LETTERS_PER_SYLLABLE if name == "Hangul" else 1) for name, count in scripts(text)}


def marked(text: str) -> str:
    """The raised dot between time and date as it is: readers take it for other marks, and a 3 for a letter.

    At the start of a line, "후 3:42" has lost its first syllable, without which it would be the hour before noon.
    """
    text = re.sub(r"^([^\w\s]{0,3}\s?)([전후])(?=\s?\d{1,2}:\d{2})", r"\1오\2", text)
    text = re.sub(r"(?<=\w|\.)\s+[:.\"'*~=+\u318d\u2022\u00ab\u00bb-]{1,2}\s*(?=\w)", " · ", text)
    return re.sub(r"(?<!\w)[Зз](?=\s+[а-яіїє]{3})", "3", text)


def language(text: str) -> str:
    """The language that its own letters show: "Ukrainian", "Korean", ...; "" where nothing decides it."""
    found = scripts(text)
    if not found or found[0][1] < LEAST_LETTERS:
        return ""
    main = found[0][0]
    if main == "Hangul":
        return "Korean"
    if any(name == "Kana" for name, _ in found):
        return "Japanese"
    if main != "Cyrillic":
        return ""
    letters = set(text.casefold())
    shown = [name for name, own in _ONLY_IN if letters & own]
    return shown[0] if len(shown) == 1 else ""


def unmixed(text: str) -> str:
    """Each word in one script: letters that look alike go with those of the word that do not, or with the line's.

    Readers mix them: "РМ" behind a time may be Cyrillic, "c" between Russian words Latin.
    """
    latin, cyrillic = _own(text)
    return re.sub(r"\w+", lambda word: _one_script(word[0], cyrillic > latin), text)


def _own(text: str) -> tuple[int, int]:
    """Letters that only Latin has, and those that only Cyrillic has."""
    latin = sum(1 for letter in text if _LATIN.match(letter) and letter not in _TO_CYRILLIC)
    return latin, sum(1 for letter in text if _CYRILLIC.match(letter) and letter not in _TO_LATIN)


def _one_script(word: str, in_cyrillic: bool) -> str:
    latin, cyrillic = _own(word)
    if latin and cyrillic:
        return word
    table = _TO_CYRILLIC if cyrillic or (in_cyrillic and not latin) else _TO_LATIN
    return "".join(table.get(letter, letter) for letter in word)
