"""Check "nominatim": what the name of a claimed place can mean in OpenStreetMap; every candidate, none chosen.

Nominatim, /search, format jsonv2; usage policy of the OpenStreetMap Foundation (operations.osmfoundation.org).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

from ...model.context import Context
from ...model.evidence import Evidence
from ...model.image import Image
from ...model.limits import SERVICE_REPLY_BYTES
from ...model.outcome import Outcome
from ...model.outside import Request
from ...model.text import quoted, visible
from ..outcomes import ended, left_out
from ..reading import json_asked, rows, text, wrong
from .openstreetmap import lead, tested_claims

METHOD = "nominatim"
MOST_NAMES, MOST_CANDIDATES = 3, 10


def check(image: Image, context: Context) -> Outcome:  # noqa: ARG001 - a check takes both
    """A Lead with the candidates for each claimed place that is a name without a position."""
    places = [item.place for item in tested_claims(context) if item.place is not None]
    names = [place.name for place in places if place.lat_deg is None and place.name and place.name != place.cc]
    names = list(dict.fromkeys(names))
    parts = [partial(_candidates, context, one) for one in names[:MOST_NAMES]]
    unasked = left_out(len(names) - MOST_NAMES, "more name of a place", "more names of places")
    nothing = "no claim names a place without a position"
    return ended(context, METHOD, parts, nothing=nothing, remedy="give one with --claimed-place", unasked=unasked)


def _candidates(context: Context, name: str) -> Iterator[Evidence]:
    path = f"/search?q={quote(name, safe='')}&format=jsonv2&limit={MOST_CANDIDATES}&accept-language=en"
    sends = f"the name of the claimed place, {quoted(name, limit=80)}"
    value = json_asked(context, Request(service=METHOD, path=path, sends=sends, most_bytes=SERVICE_REPLY_BYTES))
    if not isinstance(value, list):
        wrong("its reply is not as documented: no list")
    told = []
    for one in rows({"places": value}, "places")[:MOST_CANDIDATES]:
        try:
            lat, lon = float(text(one, "lat")), float(text(one, "lon"))  # texts, by its documentation
        except ValueError:
            wrong("its reply is not as documented: a position that is none")
        if not (abs(lat) <= 90 and abs(lon) <= 180):
            wrong("its reply is not as documented: a position that is none")
        told.append(f"{visible(text(one, 'display_name'), limit=120)} ({lat:.3f}, {lon:.3f})")
    limits = ("A name is borne by several places; none of them is chosen here.",)
    if told:
        yield lead(f"OpenStreetMap knows {quoted(name, limit=80)} as: {'; '.join(told)}.", METHOD, limits)
    else:
        yield lead(f"OpenStreetMap knows no place by the name {quoted(name, limit=80)}.", METHOD, limits, absent=True)
