"""What can be recorded: each kind becomes evidence as in a claims file; mistakes are told with a remedy."""

from typing import Any

import pytest

from provenance.errors import UsageError
from provenance.intake.noted import evidence_of
from provenance.intake.recordable import NEEDS, RecordKind, settings_of
from provenance.model.evidence import Appearance, Bound, BoundKind, Claim
from provenance.model.limits import Limits
from provenance.model.noted import Noted
from provenance.model.publication import CopyKind, DateBasis
from provenance.model.source import SourceKind
from provenance.model.standing import Standing, standing

NOTED = Noted(entry=7, by="Anna", at="2026-03-01T12:00:00Z", line="ab" * 32)


def made(kind: str, text: str = "In their words", **details: str) -> Any:
    return evidence_of(settings_of(kind, text, details, "Anna"), NOTED, Limits())


def test_a_statement_is_a_claim_of_its_source_and_cites_its_entry() -> None:
    item = made("statement", "She says March", time="2025-03", source="A. Witness", grade="b2", origin="call of 2 May")
    assert isinstance(item, Claim) and not item.tested
    assert (item.by, item.quote, str(item.grade), item.source.origin) == (
        "A. Witness", "She says March", "B2", "call of 2 May"
    )  # fmt: skip
    assert (item.noted, item.label, standing(item)) == (NOTED, "entry 7", Standing.PERSON)
    assert item.source.kind is SourceKind.PERSON


def test_without_a_source_it_is_the_word_of_whoever_records() -> None:
    item = made("statement")
    assert (item.by, item.source.origin, str(item.grade)) == ("Anna", "Anna", "F6")


def test_a_hit_is_a_publication_with_its_date_and_how_it_is_known() -> None:
    item = made(
        "hit", "Oldest of 12", engine="TinEye\u202e", url="https://user:pw@example.org/b", published="2015-05-01",
        date_basis="crawl_date", match="near", caption="Railway", place="RU", time="2015",
    )  # fmt: skip
    assert isinstance(item, Appearance)
    assert (item.by, item.date_basis, item.copy, item.caption) == (
        "example.org", DateBasis.CRAWL_DATE, CopyKind.NEAR, "Railway"
    )  # fmt: skip
    assert item.caption_place is not None and item.caption_place.cc == "RU"
    assert item.notes == "Oldest of 12" and "TinEye\\u202e" in item.limits[0]


def test_a_page_of_an_unknown_picture_bounds_nothing() -> None:
    assert made("page", url="https://example.org").copy is CopyKind.UNKNOWN


def test_a_geolocation_has_a_place_with_its_radius_and_the_reason_in_quotes() -> None:
    item = made("geolocation", 'Roof "A"\nand chimney', place="Krasnoyarsk@56.01,92.85,2km", denies="yes")
    assert isinstance(item, Bound) and item.bound is BoundKind.GEOLOCATION
    assert item.place is not None and (item.place.radius_km, item.denies) == (2.0, True)
    assert item.statement == "A person's geolocation, not Krasnoyarsk: \"Roof 'A' \u23ce and chimney\""


def test_words_on_evidence_and_ratings_are_no_evidence() -> None:
    assert made("dismiss", item="match-0123456789ab") is None
    assert made("rating", rating="DecontextualizedContent", claim_rating="Partly False") is None


def test_every_kind_says_what_it_needs() -> None:
    assert set(NEEDS) == set(RecordKind)


@pytest.mark.parametrize(
    ("kind", "details", "said"),
    [
        ("rumour", {}, "no kind of record"),
        ("statement", {"engine": "TinEye"}, "--engine does not belong to --kind statement"),
        ("statement", {"surprise": "x"}, "--surprise does not belong"),
        ("hit", {"url": "https://a.example"}, "--kind hit needs --engine"),
        ("page", {}, "--kind page needs --url"),
        ("page", {"url": "u", "published": "2015"}, "belong together"),
        ("page", {"url": "u", "date_basis": "print"}, "belong together"),
        ("page", {"url": "u", "published": "2015", "date_basis": "guess"}, "--date-basis 'guess' is not known"),
        ("page", {"url": "u", "published": "1 May", "date_basis": "print"}, "cannot be read as a date"),
        ("page", {"url": "u", "match": "perhaps"}, "--match 'perhaps' is not known"),
        ("hit", {"url": "u", "engine": "e", "saved": "a.jpg", "match": "exact"}, "compared by this program"),
        ("geolocation", {}, "needs --place"),
        ("geolocation", {"place": "A@91,0"}, "latitude 91"),
        ("geolocation", {"place": "A@1"}, "behind the @"),
        ("statement", {"time": "2025-13"}, "cannot be read as a date"),
        ("statement", {"grade": "Z9"}, "no Admiralty grade"),
        ("statement", {"source": "a\0b"}, "NUL"),
        ("statement", {"source": "\ud800"}, "not Unicode"),
        ("statement", {"source": "x" * 20_001}, "too long"),
        ("rating", {"rating": "Fake"}, "--rating 'Fake' is not known"),
        ("accept", {}, "needs --item"),
    ],
)
def test_what_makes_no_sense_is_told_with_a_remedy(kind: str, details: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said.replace("(", r"\(")) as told:
        settings_of(kind, "text", details, "Anna")
    assert told.value.remedy
