"""A language in which a report is shown: its words, and its sentences recognised in the English of the record.

The record is English and stays so: it governs, and its digest is the same whatever language it is shown in. A sentence
that no pattern of the catalogue fits, or that fits in two ways, is shown in English (docs/adr/0046-languages.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, reduce
from importlib import resources

from ...model.languages import LANGUAGES
from . import formats
from .patterns import LISTED, OR, VERBATIM, Pattern, Reads, Steps, UnclearError, fillings, names, pattern, replaced
from .po import Entry, entries, header

UNREVIEWED = "Translation not yet read by a speaker. The English text governs."
_GRADES = re.compile(r"[A-G][1-6](?:, [A-G][1-6])*")
DEEPEST = 6
"""How far one phrase may stand in another."""


@dataclass(frozen=True, kw_only=True)
class Tongue:
    """One language. Of English nothing is looked up: every text is what it is."""

    code: str
    reviewed: bool
    """Whether a speaker has read the translation."""
    entries: tuple[Entry, ...] = field(repr=False)

    @cached_property
    def _exact(self) -> dict[tuple[str, str], Entry]:
        return {(one.context, text): one for one in self.entries for text in (one.msgid, one.plural) if text}

    @cached_property
    def _patterns(self) -> dict[str, tuple[tuple[Pattern, Entry], ...]]:
        """By context, those with places, that with the most fixed words first."""
        found: dict[str, list[tuple[Pattern, Entry]]] = {}
        for (context, text), entry in self._exact.items():
            if names(text):
                found.setdefault(context, []).append((pattern(text), entry))
        return {
            context: tuple(sorted(ones, key=lambda one: one[0].rank, reverse=True)) for context, ones in found.items()
        }

    @cached_property
    def style(self) -> formats.Style:
        """How it writes numbers and times."""
        return formats.STYLES[self.code]

    @property
    def english(self) -> bool:
        """Whether this is the language of the record."""
        return self.code == "en"

    def word(self, text: str, context: str = "", *, plural: str = "", n: int | None = None, **values: object) -> str:
        """A text of ours in this language, with its places filled; in English where it is not translated.

        `plural`, `n`: the English plural, and the number that chooses; it fills the place {n}.
        """
        shown = {name: str(value) for name, value in values.items()}
        if n is not None:
            shown["n"] = self.number(n)
        return replaced(self.form(text, context, plural=plural, n=n), shown)

    def form(self, text: str, context: str = "", *, plural: str = "", n: int | None = None) -> str:
        """The same with its places still open."""
        entry = None if self.english else self._exact.get((context, text))
        if entry is None:
            return plural if plural and n != 1 else text
        return _form(self.style, entry, n)

    def number(self, number: int) -> str:
        """A number as this language writes it."""
        return formats.number(self.style, f"{number:,}") or str(number)

    def told(self, text: str, context: str = "") -> str | None:
        """A sentence of the record in this language; None where it is not translated, so that the English is shown."""
        return text if self.english else self._told(text, context, 0, Steps())

    def shown(self, text: str, context: str = "") -> tuple[str, str]:
        """The same with the language that it is in where that is not this one: "en", or ""."""
        told = self.told(text, context)
        return (text, "en") if told is None else (told, "")

    def when(self, text: str) -> str:
        """A time in the record's English form as this language writes it."""
        return text if self.english else formats.when(self.style, text) or text

    def _told(self, text: str, context: str, depth: int, steps: Steps) -> str | None:
        entry = self._exact.get((context, text))
        if entry is not None and not names(text):
            return _form(self.style, entry, 1 if text == entry.msgid else None)
        if depth > DEEPEST:
            return None
        try:
            return self._by_pattern(text, context, depth, steps)
        except UnclearError:
            return None

    def _by_pattern(self, text: str, context: str, depth: int, steps: Steps) -> str | None:
        def reads(kind: str, value: str) -> str | None:
            return self._value(kind, value, depth, steps)

        best, rank = None, (False, 0, 0)
        for one, entry in self._patterns.get(context, ()):
            if best is not None and one.rank < rank:
                break
            for shown in self._shown(one, entry, text, reads, steps):
                if best not in (None, shown):
                    raise UnclearError
                best, rank = shown, one.rank
        return best

    def _shown(self, one: Pattern, entry: Entry, text: str, reads: Reads, steps: Steps) -> Iterator[str]:
        """Every reading of the text by this pattern, in this language."""
        for values in fillings(one, text, reads, steps):
            number = values["n"][0].replace(",", "") if "n" in values else ""
            form = _form(self.style, entry, int(number) if number.isdigit() else None)
            for name, (_, told) in values.items():
                if self.style.stop and told.endswith(self.style.stop):
                    form = form.replace(f"{{{name}}}.", f"{{{name}}}")
            yield replaced(form, {name: told for name, (_, told) in values.items()})

    def _value(self, kind: str, value: str, depth: int, steps: Steps) -> str | None:
        """What is shown for a value of a kind: a number, a time, somebody's words, or a phrase of that context."""
        if kind == "n":
            return formats.number(self.style, value)
        if kind in ("when", "day"):
            return formats.when(self.style, value, dependent=kind == "day")
        if kind == "hours":
            return formats.hours(value)
        if kind == "grade":
            return value if _GRADES.fullmatch(value) else None
        if kind == "sentence":
            return self._told(value, "", depth + 1, steps)
        if kind in LISTED:
            told = [self._told(one, kind, depth + 1, steps) or one for one in value.split(OR)]
            both = self.form(f"{{{kind}}}{OR}{{{kind}2}}", kind)
            return reduce(lambda one, other: replaced(both, {kind: one, f"{kind}2": other}), told)
        known = self._told(value, kind, depth + 1, steps)
        return value if known is None and kind in VERBATIM else known


def _form(style: formats.Style, entry: Entry, number: int | None) -> str:
    if len(entry.forms) == 1:
        return entry.forms[0]
    return entry.forms[formats.plural(style, 2 if number is None else number)]


ENGLISH = Tongue(code="en", reviewed=True, entries=())


@cache
def tongue(code: str) -> Tongue:
    """The language of a code of `LANGUAGES`; its catalogue is read once a process. Raises KeyError for another code."""
    if code == "en":
        return ENGLISH
    LANGUAGES[code]
    text = resources.files(__package__).joinpath(f"{code}.po").read_text(encoding="utf-8")
    return Tongue(code=code, reviewed=bool(header(text).get("x-reviewed-by")), entries=entries(text))
