"""What a person recorded in a case -> evidence, by the same readers and rules as a claims file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from ..model.address import host_of
from ..model.case import Settings
from ..model.evidence import Bound, Evidence, Lead, LeadKind
from ..model.limits import Limits
from ..model.noted import Noted
from ..model.said import span, where
from ..model.source import Source, SourceKind
from ..model.standing import RECORDED
from ..model.text import quoted, visible
from .evidence_kinds import EvidenceKind
from .fields import Fields
from .items import Named, item

EVIDENCE: Mapping[str, EvidenceKind] = MappingProxyType(
    {
        "statement": EvidenceKind.STATEMENT,
        "observation": EvidenceKind.OBJECT,
        "correction": EvidenceKind.STATEMENT,
        "page": EvidenceKind.PUBLICATION,
        "hit": EvidenceKind.PUBLICATION,
        "geolocation": EvidenceKind.GEOLOCATION,
    }
)
"""Kinds of record that are evidence; the others are a word on evidence, or a rating."""
_KEYS: Mapping[EvidenceKind, Mapping[str, str]] = MappingProxyType(
    {
        EvidenceKind.PUBLICATION: MappingProxyType(
            {
                "text": "text",
                "published": "published",
                "date_basis": "date_basis",
                "match": "match",
                "caption": "caption",
                "place": "caption_place",
                "time": "caption_time",
            }
        )
    }
)
HITS = "hits"
"""A saved results page; no item of a claims file."""
_PLAIN: Mapping[str, str] = MappingProxyType({name: name for name in ("text", "place", "time")})
_READINGS = {EvidenceKind.OBJECT: "Seen in the picture", EvidenceKind.GEOLOCATION: "A person's geolocation"}
_SHOWN_CHARS = 400
_NEAREST = (
    "Its picture is the small one that stands nearest to its link on the saved page: open the page itself and look."
)


def evidence_of(said: Settings, noted: Noted, limits: Limits) -> Evidence | None:
    """The item that an entry "recorded" holds; None for a kind that is no evidence.

    `said`: what the entry keeps, as `record` wrote it. Raises StatementsError for what cannot be read.
    """
    texts = {name: value for name, value in said.items() if isinstance(value, str) and value}
    if texts.get("kind") == HITS:
        return replace(_listed(texts, noted), noted=noted)
    kind = EVIDENCE.get(texts.get("kind", ""))
    if kind is None:
        return None
    keys = _KEYS.get(kind, _PLAIN)
    values: dict[str, object] = {key: texts[name] for name, key in keys.items() if name in texts}
    values |= {"id": f"entry {noted.entry}", "asserts_not": texts.get("denies", "") == "yes"}
    part = Fields(values=values, file="the record", where=texts["kind"], limits=limits)
    grade = Fields(values={"grade": texts.get("grade")}, file="the record", where="", limits=limits).grade()
    url = texts.get("url", "")
    name = texts.get("source", "") or (host_of(url) or url if kind is EvidenceKind.PUBLICATION else "") or noted.by
    found = item(kind, part, Named(name=name, origin=texts.get("origin", "") or name, grade=grade, url=url))
    if isinstance(found, Bound):
        found = replace(found, statement=_told(kind, found, texts.get("text", "")))
    engine = texts.get("engine", "")
    limit = (f"Found by hand with {visible(engine, limit=80)}; this program asked no search engine.",) if engine else ()
    return replace(found, noted=noted, limits=(*found.limits, *limit, *_of_its_picture(texts)))


def _of_its_picture(texts: Mapping[str, str]) -> tuple[str, ...]:
    """Where the picture of a hit is from, where no person saved it."""
    if texts.get("page"):
        return (_NEAREST,)
    if not texts.get("fetched_from"):
        return ()
    where_from, at = quoted(texts["fetched_from"], limit=200), visible(texts.get("fetched_at", ""), limit=40)
    return (f"Its picture is what {where_from} gave this program at {at}; it says nothing of what stood there before.",)


def _listed(texts: Mapping[str, str], noted: Noted) -> Lead:
    """A results page that a person saved, as a whole: how much it lists, and how much of it shows the picture."""
    engine = visible(texts.get("engine", ""), limit=80)
    listed, compared, shown = (
        int(texts[name]) if texts.get(name, "").isdecimal() and len(texts[name]) < 7 else 0
        for name in ("listed", "compared_hits", "shown_hits")
    )
    who = texts.get("source", "") or noted.by
    pages, show = "page" if listed == 1 else "pages", "shows" if shown == 1 else "show"
    return Lead(
        source=Source(kind=SourceKind.PERSON, name=who, origin=texts.get("origin", "") or who),
        statement=(
            f"A results page of {engine}, saved by a person, lists {listed} {pages}; this program compared the small "
            f"pictures of {compared}, and {shown} {show} the picture, a part of it or its scene."
        ),
        method=RECORDED,
        label=f"entry {noted.entry}",
        limits=(
            "It is the page as a person saved it; anybody can edit such a file.",
            "What an engine does not list can be on the web all the same.",
        ),
        lead=LeadKind.ABSENCE if compared and not shown else LeadKind.CONTEXT,
        by=who,
    )


def _told(kind: EvidenceKind, found: Bound, text: str) -> str:
    """A person's reading of the picture: where or when, and why, in their words. Their name stands in the source."""
    said = [where(found.place)] if found.place else []
    said += [span(found.time)] if found.time else []
    behind = f", {'not ' if found.denies else ''}{', '.join(said)}" if said else ""
    return f"{_READINGS[kind]}{behind}: {quoted(text, limit=_SHOWN_CHARS)}"
