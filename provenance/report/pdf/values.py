"""Plain values for the PDF's template: texts made harmless, lines with their citations, rows, items, pictures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from ...model.finding import Verdict
from ...model.text import visible
from .. import words
from ..details import Form, Row
from ..figures.match import Figure
from ..languages.tongue import Tongue
from ..outline import Line
from ..page_words import OUR_ROWS

MOST_CHARS = 1_500
"""Of one text; what is cut stands in the JSON."""
LONGEST_WORD = 64
"""Letters in a row without a place to break, such as a SHA-256; longer ones may break after every 32."""
_LONG = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
_ISOLATE, _POP, _BREAK, _CIRCLE = "\u2068", "\u2069", "\u200b", "\u25cc"

Value = dict[str, Any]
"""One part of a section, as the template reads it; `kind` says which."""


def said(text: str) -> str:
    """A text made harmless: visible, cut, breakable, and apart from its surroundings in its own direction."""
    shown = visible(text, limit=MOST_CHARS)
    if unicodedata.category(shown[:1] or " ").startswith("M"):
        shown = _CIRCLE + shown  # or the mark would sit on a character of ours
    shown = _LONG.sub(lambda found: _BREAK.join(found[0][at : at + 32] for at in range(0, len(found[0]), 32)), shown)
    turned = any(unicodedata.bidirectional(character) in ("R", "AL") for character in shown)
    return f"{_ISOLATE}{shown}{_POP}" if turned else shown


@dataclass(frozen=True, slots=True)
class Values:
    """Parts that cite, in one language; `ids` are those that stand in the document, and so can be led to."""

    ids: frozenset[str]
    tongue: Tongue

    def ours(self, text: str, context: str = "") -> str:
        """A text of ours in the language of the file, or as it is."""
        return self.tongue.told(text, context) or text

    def verdict(self, word: Verdict) -> dict[str, str]:
        """A verdict word and its tone."""
        return {"word": self.tongue.word(word.value, "verdict"), "tone": words.tone(word).value}

    def cite(self, evidence_id: str) -> Value:
        """A citation as it is printed, and whether its item is there."""
        kind, _, digest = evidence_id.rpartition("-")
        short = evidence_id if kind.startswith("check") or not digest else f"{kind} {digest[:4]}"
        return {"id": evidence_id, "short": said(short), "known": evidence_id in self.ids}

    def line(self, line: Line) -> Value:
        """A sentence with what stands before and behind it; a verdict word is not said twice."""
        word = self.tongue.word(line.verdict.value, "verdict") if line.verdict and not line.by else ""
        return {
            "text": said(words.beyond(line.text, word)),
            "lang": "en" if line.english else None,
            "label": line.label,
            "verdict": self.verdict(line.verdict) if line.verdict else None,
            "note": said(line.note),
            "by": said(line.by),
            "cites": [self.cite(one) for one in line.cites],
        }

    def lines(self, lines: Iterable[Line]) -> list[Value]:
        """Sentences below one another; nothing where there are none."""
        made = [self.line(one) for one in lines]
        return [{"kind": "lines", "all": made}] if made else []

    def rows(self, rows: Iterable[Row]) -> list[Value]:
        """A table of two columns."""
        return [{"kind": "rows", "all": self.cells(rows)}]

    def cells(self, rows: Iterable[Row]) -> list[Value]:
        """The same without the table around it."""
        return [
            {
                "label": said(self.tongue.word(row.label, "label")),
                "text": said(self._row(row)),
                "form": row.form.value,
                "cite": self.cite(row.text) if row.form is Form.CITED else None,
            }
            for row in rows
        ]

    def _row(self, row: Row) -> str:
        """The text of a row, where it is ours in the language of the file."""
        return (
            self.ours(row.text, OUR_ROWS[row.label]) if row.label in OUR_ROWS and row.form is Form.PLAIN else row.text
        )


def heading(text: str) -> Value:
    """A heading of the third level."""
    return {"kind": "heading", "text": said(text)}


def note(text: str) -> Value:
    """A sentence in small print."""
    return {"kind": "note", "text": said(text)}


def picture(figure: Figure | None, ours: Callable[[str], str]) -> list[Value]:
    """A JPEG of the report; nothing where it was not drawn. `ours`: says what it shows in the language of the file."""
    if figure is None:
        return []
    wide = figure.width_px > figure.height_px
    return [_picture(figure.name, ours(figure.alt), wide=wide)]


def drawing(name: str, caption: str) -> Value:
    """An SVG of the report, across the page."""
    return _picture(name, caption, wide=True)


def small_drawing(name: str, caption: str) -> Value:
    """An SVG of a few centimetres."""
    return {**_picture(name, caption, wide=False), "small": True}


def _picture(name: str, caption: str, *, wide: bool) -> Value:
    told = f"{caption} {name}"
    return {
        "kind": "picture",
        "file": name,
        "alt": said(caption),
        "caption": said(told),
        "wide": wide,
    }
