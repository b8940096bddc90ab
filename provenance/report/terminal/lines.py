"""What every terminal rendering is made of: a headline, and labelled entries with a hanging indent."""

from __future__ import annotations

from collections.abc import Iterable

from ...model.finding import Verdict
from ...model.report import Report
from ...model.text import visible
from ..languages.tongue import ENGLISH, Tongue
from ..words import Tone, dimensions, media, size, tone
from .columns import clip, display_width, pad, wrap

NARROWEST = 40
LABEL = 13
"""Columns of the label, its gap included: "Seen before" and two spaces."""

# Hues that stay apart for every common colour vision (Okabe and Ito 2008): yellow, cyan and blue, no red beside green.
# What speaks against a claim stands in reverse video instead of a hue.
_SGR = {
    Tone.AGAINST: "1;7",
    Tone.OPEN: "1;33",
    Tone.FOUND: "1;36",
    Tone.AGREES: "1;34",
    Tone.QUIET: "1",
}


def headline(report: Report, width: int) -> list[str]:
    """Name, type, size and the first 12 digits of the SHA-256; on two lines where one is too short."""
    original = report.original
    facts = filter(None, (media(original), dimensions(report), size(original.size_bytes)))
    name, tail = visible(original.name), visible("  ".join([*facts, f"sha256 {original.sha256[:12]}"]))
    width = max(width, NARROWEST)
    if display_width(name) + 2 + display_width(tail) <= width:
        return [f"{name}  {tail}"]
    return [clip(name, width), *wrap(tail, width)]


def noted(told: Iterable[tuple[str, str]], width: int) -> list[str]:
    """What governs a translation (`languages.coverage.governs`), as lines."""
    return [line for _, text in told for line in wrap(text, max(width, NARROWEST))]


def told_in(text: str, tongue: Tongue, context: str = "") -> str:
    """A text of ours in this language, or in English behind a mark."""
    told = tongue.told(text, context)
    return visible(f"(en) {text}" if told is None else told)


def either(text: str, tongue: Tongue, context: str) -> str:
    """A text that may be ours, or a value: in this language where the catalogue knows it, else as it stands."""
    return visible(tongue.told(text, context) or text)


def entry(
    label: str,
    text: str,
    width: int,
    *,
    verdict: Verdict | None = None,
    colour: bool = False,
    share: int = 0,
    tongue: Tongue = ENGLISH,
    column: int = LABEL,
) -> list[str]:
    """Lines of `label` and `text`, the verdict word first, wrapped behind the label; `share` > 0 cuts to so many lines.

    `tongue`: the language of the verdict word. `column`: where the text begins.

    `text` has already gone through model.text.visible.
    """
    room = max(width, NARROWEST) - column
    word = tongue.word(verdict.value, "verdict") if verdict else ""
    lines = wrap(lead(word, text) if word else text, room)
    if share and len(lines) > share:
        lines = [*lines[: share - 1], clip(f"{lines[share - 1]} {lines[share]}", room)]
    if verdict and colour:
        lines = painted(lines, verdict, word)
    return [pad(label if index == 0 else "", column) + line for index, line in enumerate(lines)]


def lead(word: str, text: str) -> str:
    """The text with the verdict word in front, once."""
    start = text[: len(word)]
    if start.casefold() == word.casefold() and not text[len(word) :][:1].isalnum():
        return word + text[len(word) :]
    return f"{word}: {text}" if text else word


def painted(lines: list[str], verdict: Verdict, word: str) -> list[str]:
    """The lines with the verdict word at their start in its colour, also where it wraps onto further lines."""
    left, result = word, []
    for line in lines:
        length = len(left) if line.startswith(left) else len(line) if left.startswith(line) else 0
        result.append(f"\x1b[{_SGR[tone(verdict)]}m{line[:length]}\x1b[0m{line[length:]}" if length else line)
        left = left[length:].lstrip()
        if not left:
            return result + lines[len(result) :]
    return result
