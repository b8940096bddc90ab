"""Check "overpass": what bears a name around a claimed position, to hold against signs in the picture.

Overpass API, /api/interpreter; its time limit stands in the query, and a query that ran into it says so in "remark".
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
from ...model.place import Place
from ...model.text import quoted, visible
from ..outcomes import LeftOut, ended, left_out
from ..reading import json_asked, rows, text, wrong
from .openstreetmap import lead, tested_claims

METHOD = "overpass"
MOST_PLACES, MOST_NAMES, MOST_THINGS = 2, 40, 500
LEAST_M, MOST_M = 200, 2_000
"""Around a point; a circle of a city would name thousands of things."""


def check(image: Image, context: Context) -> Outcome:  # noqa: ARG001 - a check takes both
    """A Lead with the names around each claimed position."""
    places = [item.place for item in tested_claims(context) if item.place is not None]
    near = [place for place in dict.fromkeys(places) if place.lat_deg is not None]
    parts = [partial(_names, context, one) for one in near[:MOST_PLACES]]
    unasked = left_out(len(near) - MOST_PLACES, "more position", "more positions")
    remedy = 'give one: --claimed-place "56.01,92.85"'
    return ended(context, METHOD, parts, nothing="no claim names a position", remedy=remedy, unasked=unasked)


def _names(context: Context, place: Place) -> Iterator[Evidence | LeftOut]:
    radius_m = round(min(max(place.radius_km * 1_000, LEAST_M), MOST_M))
    where = f"{place.lat_deg:.5f},{place.lon_deg:.5f}"
    query = f"[out:json][timeout:20];nwr(around:{radius_m},{where})[name];out tags {MOST_THINGS};"
    request = Request(
        service=METHOD,
        path="/api/interpreter",
        sends=f"the claimed position, {where}",
        body=f"data={quote(query, safe='')}".encode(),
        media_type="application/x-www-form-urlencoded",
        most_bytes=SERVICE_REPLY_BYTES,
    )
    value = json_asked(context, request)
    if not isinstance(value, dict) or "elements" not in value:
        wrong("its reply is not as documented: no elements")
    if text(value, "remark"):
        wrong(f"it did not finish: {quoted(text(value, 'remark'), limit=160)}")
    elements = rows(value, "elements")
    if len(elements) >= MOST_THINGS:
        yield LeftOut(f"what else has a name there, beyond the {MOST_THINGS} things that were asked for")
    found = [text(tags, "name") for one in elements for tags in rows({"tags": [one.get("tags")]}, "tags")]
    names = sorted(set(filter(None, found)))
    limits = ("It is the map of today, and a name on it is no proof that a sign in the picture is that one.",)
    around = f"Within {radius_m:,} m of {where}"
    if not names:
        yield lead(f"{around} OpenStreetMap has nothing with a name.", METHOD, limits, absent=True)
        return
    rest = f"; and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    told = "; ".join(visible(name, limit=60) for name in names[:MOST_NAMES])
    yield lead(f"{around} OpenStreetMap names: {told}{rest}.", METHOD, limits)
