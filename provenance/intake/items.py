"""One item of recorded evidence -> Appearance, Claim, Bound or Lead, by its kind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from ..model.evidence import About, Appearance, Bound, BoundKind, Claim, Evidence, Lead, LeadKind, StatedDistance
from ..model.publication import CopyKind, DateBasis
from ..model.said import known_by, listing, span, where
from ..model.shadow import DEFAULT_SLOPE_DEG, STEEPEST_DEG, MeasuredShadow
from ..model.source import Grade, Source, SourceKind
from ..model.standing import RECORDED
from ..model.text import visible
from .evidence_kinds import KEYS, SHADOW_KEYS, EvidenceKind
from .fields import Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Who an item comes from."""

    name: str = ""
    origin: str = ""
    grade: Grade = Grade()
    url: str = ""

    def source(self, kind: SourceKind) -> Source:
        """As the model's Source; the name falls back on the origin."""
        return Source(kind=kind, name=self.name or self.origin or "not named", origin=self.origin, url=self.url)


def item(kind: EvidenceKind, part: Fields, named: Named, gone: frozenset[str] = frozenset()) -> Evidence:
    """The item as evidence. `gone`: ids of what has no weight to take that of another. Raises StatementsError."""
    if kind is EvidenceKind.PUBLICATION:
        return _opposed(_appearance(part, named), part, gone)
    if kind in (EvidenceKind.STATEMENT, EvidenceKind.METADATA):
        return _opposed(_claim(kind, part, named), part, gone)
    if kind in (EvidenceKind.ABSENCE, EvidenceKind.SIMILARITY, EvidenceKind.CONTEXT):
        return _opposed(_lead(LeadKind(kind), part, named), part, gone)
    return _opposed(_bound(BoundKind(kind), part, named), part, gone)


def _opposed(made: Appearance | Bound | Claim | Lead, part: Fields, gone: frozenset[str]) -> Evidence:
    """The item with what contradicts it, and what takes all weight from it: a correction, a withdrawal, a named fault.

    A lead has no weight that could be taken.
    """
    by = part.texts("defeated_by")
    against = tuple(dict.fromkeys((*part.texts("contradicts"), *by)))
    if isinstance(made, Lead):
        return replace(made, contradicts=against)
    left = [visible(one, limit=40) for one in by if one not in gone]
    said = (f"{listing(left)} takes its weight, as the desk recorded.",) if left else ()
    return replace(made, contradicts=against, defeaters=said)


def _shared(part: Fields, named: Named, kind: SourceKind = SourceKind.PERSON) -> dict[str, Any]:
    return {
        "source": named.source(kind),
        "method": RECORDED,
        "grade": named.grade,
        "label": part.text("id"),
    }


def _appearance(part: Fields, named: Named) -> Appearance:
    published, basis = part.interval("published"), part.word("date_basis", DateBasis, DateBasis.UNKNOWN)
    shared = _shared(part, named)
    day = span(published) if published else "on a day not recorded"
    return Appearance(
        **shared,
        statement=f"Published by {shared['source'].name}, {day} ({known_by(basis)}).",
        by=shared["source"].name,
        published=published,
        date_basis=basis,
        copy=part.word("match", CopyKind, CopyKind.UNKNOWN),
        url=named.url,
        post_text=part.text("post_text"),
        views=_count(part),
        caption=part.text("caption"),
        caption_place=part.place("caption_place"),
        caption_time=part.interval("caption_time"),
        caption_denies=part.flag("asserts_not") or None,
        credit=part.text("credit"),
        notes=part.text("text"),
    )


def _count(part: Fields) -> int | None:
    views = part.number("views")
    if views is None:
        return None
    if views < 0 or views != int(views) or views > 2**53 - 1:
        raise part.wrong(f"views is {views:g}", "write a whole number", "views")
    return int(views)


def _claim(kind: EvidenceKind, part: Fields, named: Named) -> Claim:
    metadata = kind is EvidenceKind.METADATA
    shared = _shared(part, named, SourceKind.FILE if metadata else SourceKind.PERSON)
    by = shared["source"].name
    place, time, denies = part.place("place"), part.interval("time"), part.flag("asserts_not")
    about = part.word("about", About, About.PICTURE) if not metadata else About.PICTURE
    said = " and ".join(([where(place)] if place else []) + ([span(time)] if time else []))
    subject = f"the field {part.text('field', 'not named')} of the metadata" if metadata else by
    verb = "says that the picture was not taken" if denies else "gives"
    text = f"{subject} {verb}: {said}." if said else f"{subject} says something about the {about.value}."
    return Claim(
        **shared,
        statement=text[:1].upper() + text[1:],
        by="the file's metadata" if metadata else by,
        quote=" - ".join(filter(None, (part.text("text"), ", ".join(part.texts("value")) if metadata else ""))),
        place=place,
        time=time,
        denies=denies,
        about=about,
        basis=part.text("field") if metadata else "statement",
        distance=None if metadata else _distance(part),
    )


_LIMITS = {
    BoundKind.GEOLOCATION: "A geolocation",
    BoundKind.SIGN_TEXT: "Words in the picture",
    BoundKind.SUN: "A reading of the sun",
    BoundKind.WEATHER: "A reading of the weather",
    BoundKind.OBJECT: "A thing in the picture",
    BoundKind.AUTHOR_LIFE: "The lifetime of the author",
}


def _bound(kind: BoundKind, part: Fields, named: Named) -> Bound:
    seen = part.text("text_seen") if kind is BoundKind.SIGN_TEXT else ""
    text = part.text("text") or f"{_LIMITS[kind]}, recorded without a text."
    return Bound(
        **_shared(part, named),
        statement=f"{text} (reads: {seen})" if seen and seen not in text else text,
        bound=kind,
        place=part.place("place") if "place" in KEYS[EvidenceKind(kind)] else None,
        time=part.interval("time"),
        denies=part.flag("asserts_not"),
        shadow=_shadow(part) if kind is BoundKind.SUN else None,
    )


def _shadow(part: Fields) -> MeasuredShadow | None:
    """The measured lengths, checked as the sun's own reader checks them."""
    given = {key: part.number(key) for key in SHADOW_KEYS}
    if all(value is None for value in given.values()):
        return None
    if given["object_px"] is None or given["shadow_px"] is None:
        raise part.wrong("a shadow needs object_px and shadow_px", "give both lengths in pixels", "shadow_px")
    measured = MeasuredShadow(
        object_px=given["object_px"],
        object_error_px=given["object_error_px"] or 0.0,
        shadow_px=given["shadow_px"],
        shadow_error_px=given["shadow_error_px"] or 0.0,
        slope_deg=DEFAULT_SLOPE_DEG if given["slope_deg"] is None else given["slope_deg"],
        bearing_deg=given["bearing_deg"],
        bearing_error_deg=given["bearing_error_deg"] or 0.0,
    )
    possible = (
        measured.object_px > measured.object_error_px >= 0
        and measured.shadow_px > measured.shadow_error_px >= 0
        and 0 <= measured.slope_deg < STEEPEST_DEG
        and 0 <= measured.bearing_error_deg < 180
        and (measured.bearing_deg is None or 0 <= measured.bearing_deg <= 360)
    )
    if not possible:
        remedy = "lengths above their errors, a slope below 45 degrees, a bearing of 0 to 360"
        raise part.wrong("the shadow cannot be measured so", remedy, "shadow_px")
    return measured


def _lead(kind: LeadKind, part: Fields, named: Named) -> Lead:
    shared = _shared(part, named)
    words = {
        LeadKind.SIMILARITY: "A search points to a look-alike; that bounds neither place nor time.",
        LeadKind.ABSENCE: "A search found no earlier copy; that is no limit on the time.",
        LeadKind.CONTEXT: f"{shared['source'].name} speaks of the event, not of the picture.",
    }
    return Lead(
        **shared,
        statement=words[kind],
        lead=kind,
        by=shared["source"].name,
        quote=part.text("text"),
        place=part.place("place"),
        time=part.interval("time"),
        distance=_distance(part),
    )


def _distance(part: Fields) -> StatedDistance | None:
    value = part.values.get("distance")
    if value is None:
        return None
    if not isinstance(value, dict):
        raise part.wrong("distance is no mapping", "write distance: {from: A, to: B, km: 123}", "distance")
    inner = Fields(values=value, file=part.file, where=f"{part.where}: distance", limits=part.limits, line=part.line)
    inner.only(("from", "to", "km"))
    start, end, km = inner.text("from"), inner.text("to"), inner.number("km")
    if not start or not end or km is None or km < 0:
        raise inner.wrong("from, to and km (not below 0) belong together", "write {from: A, to: B, km: 123}")
    return StatedDistance(start=start, end=end, km=km)
