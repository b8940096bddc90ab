"""Which characters no font of this machine can show: asked of Typst itself, with a page of one word a character."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from typing import Any

MOST_PROBES = 60
"""Of about 10 ms each. A script of which three characters have no font is taken to have none."""
_ENOUGH = 3
_NO_GLYPH = re.compile(r'the text `"(.{1,80}?)"` could not be displayed')
_PROBE = b"""#set document(title: "probe", date: datetime(year: 2024, month: 1, day: 1))
#set text(lang: "en", font: ("Noto Sans", "DejaVu Sans", "Libertinus Serif"))
#json("/characters.json").join(" ")"""


def lacking(message: str) -> frozenset[str]:
    """The characters beyond ASCII that a message of Typst says no font could show; none where it says another thing."""
    found = _NO_GLYPH.search(message)
    return frozenset(one for one in found[1] if ord(one) > 127) if found else frozenset()


def without_glyph(typst: Any, fonts: Any, value: Any) -> frozenset[str]:
    """The characters of these values that no font can show, as far as a bounded number of probes tells."""
    asked = sorted({one for text in _texts(value) for one in text if ord(one) > 0x024F})
    dropped: set[str] = set()
    scripts: Counter[str] = Counter()
    for _ in range(MOST_PROBES):
        probe = {"main": _PROBE, "characters.json": json.dumps([one for one in asked if one not in dropped]).encode()}
        try:
            typst.compile(probe, format="pdf", font_paths=fonts, pdf_standards=["a-2a"])
        except typst.TypstError as error:
            found = lacking(str(error)) - dropped
            if not found:
                break
            dropped |= found
            scripts.update(map(script, found))
            dropped |= {one for one in asked if scripts[script(one)] >= _ENOUGH}
        else:
            break
    return frozenset(dropped)


def escaped(value: Any, characters: frozenset[str]) -> Any:
    """The values with each of these characters as an escape."""
    if not characters:
        return value
    if isinstance(value, str):
        return "".join(f"\\u{{{ord(one):x}}}" if one in characters else one for one in value)
    if isinstance(value, dict):
        return {name: escaped(part, characters) for name, part in value.items()}
    return [escaped(part, characters) for part in value] if isinstance(value, list) else value


def simplified(svg: bytes, characters: frozenset[str]) -> bytes:
    """A drawing with an ellipsis for each run of letters that are shaped by their neighbours, and of these characters.

    Typst cannot map such text in a drawing back to characters, which PDF/A-2a asks for (ISO 19005-2, 6.2.11.7); the
    rows beside a drawing say it whole.
    """
    return _ELLIPSES.sub(
        "\u2026", "".join("\u2026" if _shaped(one, characters) else one for one in svg.decode())
    ).encode()


_ELLIPSES = re.compile("\u2026(?: ?\u2026)+")


def _shaped(character: str, characters: frozenset[str]) -> bool:
    if ord(character) < 0x0300:
        return False
    turned = unicodedata.bidirectional(character) in ("R", "AL")
    return turned or character in characters or ord(character) > 0xFFFF or unicodedata.category(character)[0] in "MC"


def script(character: str) -> str:
    """The script of a character, as its name begins: "HANGUL", "CJK"; of a symbol its category."""
    if not character.isalpha():
        return unicodedata.category(character)
    return unicodedata.name(character, "?").partition(" ")[0]


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _texts(part)]
