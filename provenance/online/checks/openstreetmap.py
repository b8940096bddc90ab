"""What OpenStreetMap knows of a claimed place: its readers, which the checks "nominatim" and "overpass" share."""

from __future__ import annotations

from collections.abc import Iterable

from ...model.context import Context
from ...model.evidence import Claim, Lead, LeadKind
from ...model.source import Source, SourceKind

CREDIT = "Data: OpenStreetMap contributors, ODbL."


def tested_claims(context: Context) -> tuple[Claim, ...]:
    """The claims under test that name a place."""
    return tuple(item for item in context.statements if isinstance(item, Claim) and item.tested and item.place)


def lead(statement: str, method: str, limits: Iterable[str], *, absent: bool = False) -> Lead:
    """What it says, as a lead: names on a map bound nothing of a picture."""
    return Lead(
        source=Source(kind=SourceKind.WEB, name="OpenStreetMap", origin="OpenStreetMap"),
        statement=statement,
        method=method,
        limits=(*limits, CREDIT),
        lead=LeadKind.ABSENCE if absent else LeadKind.CONTEXT,
        by="OpenStreetMap",
    )
