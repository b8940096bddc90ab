"""Distances in captions, claims and notes are measured again; positions lie in countries and regions by borders."""

from __future__ import annotations

import pytest

from provenance.findings.audits import audit_text, audits
from provenance.findings.containment import lies_in
from provenance.findings.regions import Relation, relate
from provenance.intake.claims import claim_from_flags, statements_from
from provenance.model.limits import Limits
from provenance.model.place import Level, Place
from provenance.placetime.located import located

RUSSIA = Place(name="Russia", cc="RU", level=Level.COUNTRY)


def recorded(**evidence: object):
    return statements_from({"claim": {"text": "x"}, "evidence": [{"by": "somebody", **evidence}]}, "test", Limits())


@pytest.mark.parametrize(
    "text",
    [
        "Krasnoyarsk is some 4,400 km from Kursk.",
        "Красноярск — в 4400 км от Курска.",
        "Красноярськ розташований за 4 400 км від Курська.",
        "크라스노야르스크는 쿠르스크에서 4,400km 떨어져 있다.",
    ],
)
def test_the_founding_distance_is_noted_wherever_it_is_written(text: str) -> None:
    for items in (
        (claim_from_flags(text=text),),
        recorded(kind="statement", text=text),
        recorded(kind="context", text=text),
        recorded(kind="publication", caption=text),
        recorded(kind="publication", post_text=text),
        recorded(kind="object", text=text),
    ):
        ((item, one),) = audits(items)
        assert one.flagged and one.straight_km == pytest.approx(3651, abs=2)
        assert "states 4,400 km" in audit_text(item, one) and "3,650 km" in audit_text(item, one)


def test_one_end_is_completed_by_the_claimed_place() -> None:
    claim = claim_from_flags(text='"Some 2,700 miles east of Kursk"', place="Krasnoyarsk@56.01,92.85,20km")
    ((item, one),) = audits((claim,))
    assert {one.start.name, one.end.name} == {"Krasnoyarsk", "Kursk"}
    assert one.flagged and '"2,700 miles"' in audit_text(item, one)
    assert audits((claim_from_flags(text="Some 2,700 miles east of Kursk", place="RU"),)) == []


def test_what_the_desk_recorded_is_not_counted_again_in_its_text() -> None:
    text = "Krasnoyarsk is 4,400 km (2,700 miles) from Kursk."
    distance = {"from": "Krasnoyarsk", "to": "Kursk", "km": 4400}
    ((_, one),) = audits(recorded(kind="statement", text=text, distance=distance))
    assert one.words == ""


def test_a_right_distance_and_an_ambiguous_name_are_not_noted() -> None:
    ((_, one),) = audits((claim_from_flags(text="Kursk is 456 km from Moscow"),))
    assert not one.flagged
    assert audits((claim_from_flags(text="Springfield is 456 km from Moscow"),)) == []


def test_a_position_without_a_code_lies_in_a_country_by_its_borders() -> None:
    def position(lat: float, lon: float) -> Place:
        return Place(name="there", lat_deg=lat, lon_deg=lon, radius_km=0.05)

    assert relate(position(56.01, 92.85), RUSSIA).relation is Relation.INSIDE
    assert relate(position(50.85, 4.35), RUSSIA).relation is Relation.DISJOINT
    assert relate(position(51.30, 34.40), RUSSIA).relation is Relation.OPEN  # a few km from the border
    assert relate(position(44.95, 34.10), RUSSIA).relation is Relation.OPEN  # Crimea
    assert relate(position(43.00, 34.00), RUSSIA).relation is Relation.OPEN  # at sea
    france = Place(name="France", cc="FR", lat_deg=46.6, lon_deg=2.4, radius_km=600, level=Level.COUNTRY)
    assert relate(position(50.85, 4.35), france).relation is Relation.DISJOINT  # inside the circle, not the country


def test_a_position_lies_in_a_region_by_the_code_of_its_settlements() -> None:
    (claim,) = located((claim_from_flags(place="Kursk Oblast"),))
    region = claim.place
    assert region is not None and region.level is Level.REGION
    assert lies_in(Place(name="there", lat_deg=51.70, lon_deg=36.10), region) is True
    assert lies_in(Place(name="there", lat_deg=50.60, lon_deg=36.60), region) is False
