"""Reads a gettext catalogue (.po): the subset that this project's files use (GNU gettext manual, section 3.1).

Catalogues are part of the package and are trusted, as its templates are; what is wrong in one is a ValueError.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) +(?=\")")
_ESCAPES = {"\\n": "\n", "\\t": "\t", '\\"': '"', "\\\\": "\\"}
_ESCAPED = re.compile(r'\\[nt"\\]')


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One message with its translations."""

    context: str
    msgid: str
    plural: str
    """The English plural; "" where the message has no number."""
    forms: tuple[str, ...]
    """One, or one a plural form of the language, in the order of its rule."""


def header(text: str) -> dict[str, str]:
    """The header of a catalogue by field, in lower case: "language", "plural-forms", "x-reviewed-by"."""
    first = next(_read(text), {})
    lines = first.get("msgstr", "").splitlines() if first.get("msgid") == "" else []
    return {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}


def entries(text: str) -> tuple[Entry, ...]:
    """Every translated message; a message without a translation is left out, and so reads in English."""
    found = []
    for one in _read(text):
        forms = tuple(one[name] for name in sorted(one) if name.startswith("msgstr"))
        if one.get("msgid") and forms and all(forms):
            found.append(
                Entry(
                    context=one.get("msgctxt", ""),
                    msgid=one["msgid"],
                    plural=one.get("msgid_plural", ""),
                    forms=forms,
                )
            )
    return tuple(found)


def _read(text: str) -> Iterator[dict[str, str]]:
    """Each message as its keywords and texts; a message ends at its last msgstr."""
    message: dict[str, str] = {}
    keyword = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        found = _KEYWORD.match(line)
        if found:
            if not found[1].startswith("msgstr") and keyword.startswith("msgstr"):
                yield message
                message = {}
            keyword = found[1]
        quoted = line[found.end() :] if found else line
        if not keyword or len(quoted) < 2 or quoted[0] != '"' or quoted[-1] != '"':
            raise ValueError(f"line {number} of a catalogue cannot be read")
        message[keyword] = message.get(keyword, "") + _ESCAPED.sub(lambda one: _ESCAPES[one[0]], quoted[1:-1])
    if message:
        yield message
