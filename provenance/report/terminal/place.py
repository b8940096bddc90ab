"""What the gazetteer says of a name or a position, for a terminal and for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable

from ...gazetteer.answer import PlaceAnswer
from ...gazetteer.find import Candidate
from ...gazetteer.landmarks import Landmark
from ...gazetteer.nearest import Settlement
from ...model.text import visible
from .lines import NARROWEST, entry

_MOST_ROWS = 20
SMALLER = "settlements below about 500 people are not in the gazetteer; a smaller place of the name may exist"
EXPANSE = (
    "the name by itself is that of a land, sea or range, of which the gazetteer holds no extent; for a claim write "
    "NAME@LAT,LON, or NAME, CC for a settlement called so"
)
CREDIT = (
    "settlements and regions: GeoNames, CC BY 4.0; airports: airportsdata, MIT; borders: Natural Earth, which draws "
    "who holds an area"
)


def render_place(found: PlaceAnswer, *, width: int) -> str:
    """Candidates, or what lies at and around a position; no newline at the end."""
    width = max(width, NARROWEST)
    rows = list(_position(found) if found.lat_deg is not None else _candidates(found))
    rows += [("Source", CREDIT)]
    return "\n".join(line for label, text in rows for line in entry(label, text, width))


def _candidates(found: PlaceAnswer) -> Iterable[tuple[str, str]]:
    inside = f" in {found.cc.upper()}" if found.cc else ""
    below = "; read as below" if found.in_other_words else ""
    yield "Name", f"{visible(found.asked, limit=80)}{inside}: {_counted(len(found.candidates))}{below}"
    for number, one in enumerate(found.candidates[:_MOST_ROWS], 1):
        inflected = f', from the form "{visible(one.base)}"' if one.form.value == "inflected" else ""
        at = f"@{one.lat_deg:.4f},{one.lon_deg:.4f},{one.radius_km:g}km" if one.kind.name == "SETTLEMENT" else ""
        yield f"{number}", f"{one.described}{inflected} {at}".strip()
    if len(found.candidates) > _MOST_ROWS:
        how = "all of them are in: --json" if found.cc else "name the country: --country CC"
        yield "", f"and {len(found.candidates) - _MOST_ROWS} more; {how}"
    for mark in found.landmarks:
        yield "Landmark", f"{mark.described} @{mark.lat_deg:.4f},{mark.lon_deg:.4f},{mark.radius_km:g}km"
    if found.in_a_claim:
        yield "In a claim", found.in_a_claim
    if found.expanse:
        yield "Note", EXPANSE
    yield "Note", SMALLER


def _counted(number: int) -> str:
    return "1 candidate" if number == 1 else f"{number or 'no'} candidates"


def _position(found: PlaceAnswer) -> Iterable[tuple[str, str]]:
    yield "Position", visible(found.asked)
    yield "Country", found.countries_named or "none: at sea, farther than 2 km from every coast"
    if len(found.countries) > 1:
        yield "", "several: near a border, or in an area that more than one claims; the position alone does not tell"
    for number, one in enumerate(found.around):
        yield "Settlements" if number == 0 else "", _settlement(one)
    yield "In words", found.words
    yield "Note", "settlements below about 500 people are not in the gazetteer: a village nearer by may exist"


def _settlement(one: Settlement) -> str:
    region = f", {one.admin1}" if one.admin1 else ""
    people = f"population {one.population:,}" if one.population else "population not recorded"
    return f"{one.name}{region}, {one.cc}, {people}: {one.distance_km:.1f} km, the position lies {one.direction} of it"


def render_place_json(found: PlaceAnswer) -> str:
    """The same for machines: degrees on WGS 84, km, ISO 3166-1 codes."""
    form: dict[str, object] = {"asked": found.asked}
    if found.lat_deg is None:
        form |= {"country": found.cc, "candidates": [_candidate_form(one) for one in found.candidates]}
        form |= {"landmarks": [_landmark_form(one) for one in found.landmarks]} if found.landmarks else {}
        form |= {"in_a_claim": found.in_a_claim} if found.in_a_claim else {}
        form |= {"expanse": True} if found.expanse else {}
    else:
        form |= {
            "lat_deg": found.lat_deg,
            "lon_deg": found.lon_deg,
            "countries": list(found.countries),
            "settlements": [_settlement_form(one) for one in found.around],
            "words": found.words,
        }
    return json.dumps({**form, "source": CREDIT}, ensure_ascii=False, indent=2)


def _candidate_form(one: Candidate) -> dict[str, object]:
    return {
        "name": one.name,
        "kind": one.kind.name.lower(),
        "cc": one.cc,
        "admin1": one.admin1,
        "lat_deg": one.lat_deg,
        "lon_deg": one.lon_deg,
        "population": one.population or None,
        "radius_km": one.radius_km,
        "form": one.form.value,
        "base": one.base,
    }


def _landmark_form(one: Landmark) -> dict[str, object]:
    return {
        "name": one.name,
        "cc": one.cc,
        "lat_deg": one.lat_deg,
        "lon_deg": one.lon_deg,
        "radius_km": one.radius_km,
        "level": one.level,
    }


def _settlement_form(one: Settlement) -> dict[str, object]:
    return {
        "name": one.name,
        "cc": one.cc,
        "admin1": one.admin1,
        "lat_deg": one.lat_deg,
        "lon_deg": one.lon_deg,
        "population": one.population or None,
        "distance_km": one.distance_km,
        "bearing_deg": one.bearing_deg,
    }
