"""Labelled lines of text: what an item of evidence, a match, a publication or a search holds."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum
from pathlib import PurePath
from typing import Any

from ..model.differences import Comparison
from ..model.evidence import Appearance, Evidence, StatedDistance
from ..model.matches import Alignment, Match, Planted, Reference, Search
from ..model.place import Place
from ..model.said import known_by
from ..model.time import Interval
from . import words
from .measures import measures
from .people import entry
from .regions import regions


class Form(StrEnum):
    """How a text is set."""

    PLAIN = "plain"
    WORDS = "words"
    """Somebody's words, in quotation marks."""
    CODE = "code"
    CITED = "cited"
    """An identifier that the page leads to."""


@dataclass(frozen=True, slots=True)
class Row:
    """A label and its text."""

    label: str
    text: str
    form: Form = Form.PLAIN


_SAID_APART = frozenset(
    {
        "source",
        "statement",
        "method",
        "grade",
        "limits",
        "label",
        "noted",
        "defeaters",
        "one_false_match_in",
        "transform",
    }
    | {"active", "ancestors", "lists", "likenesses"}  # these stand in the credential chain
    | {"past"}  # this stands under "Checked before by this desk"
)
_FORMS = {
    "quote": Form.WORDS,
    "caption": Form.WORDS,
    "post_text": Form.WORDS,
    "url": Form.CODE,
    "snapshot": Form.CODE,
    "set_id": Form.CODE,
    "match_id": Form.CITED,
    "store_sha256": Form.CODE,
}
_LABELS = {
    "by": "said by",
    "quote": "in their words",
    "tested": "under test",
    "time": "time taken",
    "denies": "denies it",
    "about": "speaks of",
    "basis": "where it stands",
    "distance": "stated distance",
    "bound": "kind of limit",
    "lead": "kind of lead",
    "date_basis": "date known by",
    "copy": "kind of copy",
    "url": "address",
    "post_text": "text of the post",
    "caption_place": "place by the caption",
    "caption_time": "taken, by the caption",
    "caption_denies": "denied by the caption",
    "match_id": "found through",
    "reference": "reference picture",
    "where": "where the surest lies",
    "regions": "region",
    "also": "seen, and allowed for",
    "beside": "beside what was compared",
    "each_beyond": "each shows what lies beyond the other",
    "block_px": "side of a block in pixels",
    "blocks": "blocks compared",
    "log10_nfa": "smallest log10 NFA of any window",
    "distance_bits": "bits that differ",
    "radius_bits": "counts as a match up to",
    "report_state": "state of its report",
    "checks": "checks of it noted",
    "set_name": "set",
    "set_id": "identifier of the set",
    "snapshot": "state of the set",
    "pictures": "pictures in the set",
    "searchable": "of these searchable",
    "would_catch": "would have caught",
    "would_miss": "would have missed",
    "planted": "variants of this picture, planted in memory",
    "not_planted": "no variant planted",
    "alters": "speaks of a change",
    "codes": "codes that failed",
    "host": "place named",
    "expired": "end of the certificate",
    "binding": "binding to the file",
    "unbound_bytes": "bytes outside the binding",
    "store_sha256": "sha256 of the manifest store",
    "reader": "read by",
    "alarms_per_thousand": "alarms expected in 1,000 unaltered pictures, at most",
    "formula": "how that number is computed",
}


def details(item: Evidence) -> tuple[Row, ...]:
    """Who says it and how, every field that has content, what speaks against relying on it, what it cannot show."""
    source = item.source
    rows = [Row("source", f"{source.name} ({source.kind}), origin {source.origin}"), Row("method", item.method)]
    rows += [Row("recorded in the case", entry(item.noted))] if item.noted else []
    rows += [Row("address", source.url, Form.CODE)] if source.url else []
    rows += [Row(label, text) for label, text in measures(item)] if isinstance(item, Match) else []
    rows += _rows(item, *(field.name for field in dataclasses.fields(item) if field.name not in _SAID_APART))
    rows += [Row("against relying on it", text) for text in getattr(item, "defeaters", ())]
    return (*rows, *(Row("limit", text) for text in item.limits))


def match_rows(match: Match) -> tuple[Row, ...]:
    """How a reference picture was found."""
    return (
        *(Row(label, text) for label, text in measures(match)),
        *_rows(match, "copy"),
        Row("cited as", match.id, Form.CITED),
    )


def publication_rows(seen: Appearance) -> tuple[Row, ...]:
    """Where and when a reference picture was published, and what was said with it."""
    when = words.interval(seen.published) or "not known"
    return (
        Row("when", f"{when}, known by: {known_by(seen.date_basis)}"),
        *_rows(
            seen, "caption", "caption_place", "caption_time", "post_text", "views", "credit", "licence", "url", "notes"
        ),
        Row("grade", str(seen.grade)),
        Row("cited as", seen.id, Form.CITED),
    )


def search_rows(search: Search) -> tuple[Row, ...]:
    """What was searched, how, and what that would have caught."""
    return (
        *_rows(search, "set_name", "set_id", "snapshot", "pictures", "searchable", "fingerprint"),
        Row("counts as a match up to", f"{search.radius_bits} bits"),
        *_rows(search, "would_catch", "would_miss", "planted", "not_planted"),
        Row("cited as", search.id, Form.CITED),
    )


def short_name(reference: Reference) -> str:
    """A reference picture by its file's name, without the folders of the desk's machine."""
    return _named(reference, plain_name(reference))


def plain_name(reference: Reference) -> str:
    """The file's name alone; the start of its SHA-256 when there is none."""
    return reference.name or PurePath(reference.path).name or reference.image_id[:12]


def _named(reference: Reference, name: str) -> str:
    """A reference picture in words: its file, its set, its size, the start of its SHA-256."""
    size = f"{reference.width_px} × {reference.height_px} px" if reference.width_px else ""
    parts = (name, f"set {reference.set_name}", size, f"sha256 {reference.image_id[:12]}")
    return ", ".join(filter(None, parts))


def _rows(item: Evidence, *names: str) -> list[Row]:
    return [
        Row(_LABELS.get(name, name.replace("_", " ")), text, _FORMS.get(name, Form.PLAIN))
        for name in names
        for text in _texts(item, name)
        if text
    ]


def _texts(item: Evidence, name: str) -> tuple[str, ...]:
    """One text, or of some lists one for each entry, so that each is told in another language by itself."""
    value = getattr(item, name)
    if name == "regions":
        return regions(value)
    if isinstance(item, Comparison) and name == "reason":  # its statement says it
        return ()
    if isinstance(item, Comparison) and name in ("also", "beside"):
        return item.beside if name == "beside" else tuple(one for one in item.also if one not in item.beside)
    form = _matrix if isinstance(value, Alignment) else _SPOKEN.get(name, _text)
    return (form(value),)


def _matrix(laid: Alignment) -> str:
    """The transform in numbers; outlines and points are in the JSON form and in the figures."""
    rows = (laid.matrix[start : start + 3] for start in (0, 3, 6))
    matrix = "; ".join(" ".join(f"{number:g}" for number in row) for row in rows)
    return f"the matrix {matrix} takes pixels (x, y, 1) of the picture under test to those of the reference"


def _planted(variants: tuple[Planted, ...]) -> str:
    """Those found, then those that were not."""
    return ", ".join(
        f"{one.variant}: {'found' if one.found else 'not found'}"
        for one in sorted(variants, key=lambda one: not one.found)
    )


_SPOKEN: dict[str, Callable[[Any], str]] = {"planted": _planted, "date_basis": known_by}


def _text(value: object) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return "yes"
        case Interval():
            return f"{words.interval(value)} (in UTC: {words.utc(value)})"
        case Place():
            return words.place(value)
        case Enum():
            return str(value.value).replace("_", " ")
        case tuple():
            return ", ".join(map(_text, value))
        case StatedDistance():
            return f"{value.start} to {value.end}: {value.km:,g} km"
        case Reference():
            return _named(value, value.path)
        case int():
            return f"{value:,}"
        case _:
            return str(value)
