"""Places that words name are told as spoken of, never as where a picture was taken."""

from __future__ import annotations

import pytest

from provenance.findings.spoken_of import MOST_LISTED, spoken_of
from provenance.model.evidence import Appearance, Claim, Evidence, Lead, LeadKind
from provenance.model.place import Level, Place
from provenance.model.publication import CopyKind, DateBasis
from provenance.model.source import Source, SourceKind

SOMEBODY = Source(kind=SourceKind.PERSON, name="Somebody", origin="somebody")
KRASNOYARSK = Place(name="Krasnoyarsk", cc="RU", lat_deg=56.01, lon_deg=92.85, radius_km=20, level=Level.CITY)


def said(words: str, **more: object) -> Claim:
    return Claim(source=SOMEBODY, statement="Somebody says so.", method="test", by="Somebody", quote=words, **more)  # type: ignore[arg-type]


def told(items: list[Evidence], placed: tuple[Place, ...] = ()) -> list[str]:
    return [sentence.text for sentence in spoken_of(placed, items)]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Красноярск. На путях стоит платформа.", "Krasnoyarsk (RU)"),
        ("Troops were already fighting in Kursk.", "Kursk (RU)"),
        ("쿠르스크에서 촬영된 사진", "Kursk (RU)"),
        ("spotted in Russia", "Russia (RU)"),
    ],
)
def test_a_place_named_in_words_is_only_spoken_of(words: str, name: str) -> None:
    assert told([said(words)]) == [f"Nothing places the picture in {name}; it is only mentioned."]


def test_a_caption_of_a_publication_is_read() -> None:
    published = Appearance(
        source=SOMEBODY,
        statement="Published.",
        method="test",
        by="Somebody",
        published=None,
        copy=CopyKind.EXACT,
        caption="Krasnoyarsk, this morning",
        date_basis=DateBasis.STATEMENT,
    )
    assert told([published]) == ["Nothing places the picture in Krasnoyarsk (RU); it is only mentioned."]


def test_a_place_that_an_item_holds_is_not_told_again_nor_the_country_around_it() -> None:
    assert told([said("Krasnoyarsk, Russia")], placed=(KRASNOYARSK,)) == []


def test_a_claimed_place_has_its_own_answer() -> None:
    assert told([said("Guns in Krasnoyarsk", tested=True, place=KRASNOYARSK)]) == []


def test_a_look_alike_holds_its_place() -> None:
    lead = Lead(source=SOMEBODY, statement="Like it.", method="test", lead=LeadKind.SIMILARITY, place=KRASNOYARSK)
    assert told([lead, said("Krasnoyarsk")]) == []


def test_a_village_counts_only_in_a_country_that_is_spoken_of() -> None:
    words = said("Видео из Суджи")
    claim = said("Nothing here", tested=True, place=Place(name="Tomsk", cc="RU", level=Level.CITY))
    assert told([words]) == []
    assert told([words, claim]) == ["Nothing places the picture in Sudzha (RU); it is only mentioned."]


def test_a_name_of_many_places_is_left_alone() -> None:
    assert told([said("We met in Springfield.")]) == []


def test_two_who_name_one_place_are_cited_in_one_sentence() -> None:
    first, second = said("in Kursk"), said("Курск сегодня")
    sentences = spoken_of((), [first, second])
    assert [sentence.cites for sentence in sentences] == [(first.id, second.id)]


def test_of_many_places_six_are_told() -> None:
    cities = ["Kursk", "Tomsk", "Kyiv", "Minsk", "Vilnius", "Ankara", "Seoul", "Nairobi"]
    assert len(told([said(f"Seen in {name}.") for name in cities])) == MOST_LISTED


def test_a_country_that_the_name_of_a_place_holds_is_not_only_spoken_of() -> None:
    tagged = Place(name="Tianjin, China", level=Level.CITY)
    assert told([said("Smoke over the port of Tianjin, China")], (tagged,)) == []
    assert told([said("seen from Japan")], (tagged,)) == [
        "Nothing places the picture in Japan (JP); it is only mentioned."
    ]


def test_the_name_of_a_place_that_holds_the_picture_is_not_told_as_another_place() -> None:
    dadar = Place(name="Dadar", lat_deg=19.0178, lon_deg=72.8478, radius_km=1, level=Level.CITY)
    claim = said("Mumbai", place=Place(name="Mumbai", cc="IN", level=Level.CITY), tested=True)
    assert told([claim, said("A shop in Dadar")], (dadar,)) == []


def test_the_region_in_a_claimed_name_is_no_other_place_of_that_name() -> None:
    """The region bears the name of its city, which the data spells otherwise."""
    place = Place(name="near Orikhiv, Zaporizhzhia", cc="UA", lat_deg=47.57, lon_deg=35.79, radius_km=45)
    claim = said("A depot", tested=True, place=place)
    assert told([said("Orikhiv, Zaporizhzhia region, this morning"), claim]) == []
    assert told([said("Kharkiv, Kharkiv region, this morning"), claim]) == [
        "Nothing places the picture in Kharkiv (UA); it is only mentioned."
    ]
