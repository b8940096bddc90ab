"""What an XMP packet claims of time, place and author; each a Claim by the file with its defeaters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from ...model.evidence import Claim
from ...model.source import FILE_TAGS
from ..editorial import NOT_THE_CAMERA, Told, Words, dated, moment, placed, said
from ..exif.claims import WRITABLE, time_claim
from ..exif.place import position
from ..exif.time import capture_time
from ..exif.value import Value
from .placing import Property
from .value import AXES, degrees, opposed

METHOD = "xmp"
ONE_OF_TWO = "The packet names two opposite hemispheres for it, so the position is one of two."
_MOST_AUTHORS, _MOST_PLACES = 20, 8
_CREATED, _SHOWN = "Iptc4xmpExt:LocationCreated", "Iptc4xmpExt:LocationShown"
_IPTC = "Iptc4xmpExt:"


def claims(properties: tuple[Property, ...], now: datetime, where: str) -> Iterator[Claim]:
    """The claims of one packet; `where` names it in the statements where the file holds several."""
    found: dict[str, str] = {}
    for one in properties:
        found.setdefault(one.path, one.value)
    yield from _times(found, now, where)
    for root, basis in _positioned():
        yield from _position(found, root, basis, where)
    yield from _places(found, where)
    if authors := _listed(found, "dc:creator"):
        statement = f"By the file's own XMP this is the author of the picture{where}."
        yield said(_told("dc:creator", statement, "; ".join(authors)))


def _times(found: Mapping[str, str], now: datetime, where: str) -> Iterator[Claim]:
    values = {"exif.DateTimeOriginal": _value("exif.DateTimeOriginal", found.get("exif:DateTimeOriginal", ""))}
    if capture := capture_time(values, now):
        statement = f"By the file's own XMP this is the time of capture{where}."
        yield time_claim(replace(capture, basis="XMP exif:DateTimeOriginal"), statement, METHOD)
    created = found.get("photoshop:DateCreated", "")
    if at := moment(_iso(created)):
        statement = f"By the editorial fields of the file's XMP the picture was made then{where}."
        yield dated(_told("photoshop:DateCreated", statement, created), at, now)


def _positioned() -> Iterator[tuple[str, str]]:
    """Where coordinates of the camera can stand: paths, and the words for each."""
    yield "", "XMP exif:GPS"
    for root in _roots(_CREATED):
        yield f"{root}/", f"XMP {_CREATED} exif:GPS"


def _position(found: Mapping[str, str], root: str, basis: str, where: str) -> Iterator[Claim]:
    texts = [found.get(f"{root}{path}", "") for path in AXES]
    beside = [found.get(f"{root}{path}Ref", "") for path in AXES]
    latitude, longitude = (degrees(*one)[0] for one in zip(texts, AXES, beside, strict=True))
    if latitude is None or longitude is None:
        return
    values = {
        "gps.GPSLatitude": _value("gps.GPSLatitude", texts[0], abs(latitude)),
        "gps.GPSLatitudeRef": _value("gps.GPSLatitudeRef", "S" if latitude < 0 else "N"),
        "gps.GPSLongitude": _value("gps.GPSLongitude", texts[1], abs(longitude)),
        "gps.GPSLongitudeRef": _value("gps.GPSLongitudeRef", "W" if longitude < 0 else "E"),
    }
    for name in ("GPSStatus", "GPSMapDatum"):
        if text := found.get(f"{root}exif:{name}", ""):
            values[f"gps.{name}"] = _value(f"gps.{name}", text)
    doubtful = any(opposed(*one) for one in zip((latitude, longitude), AXES, beside, strict=True))
    if at := position(values):
        yield Claim(
            source=FILE_TAGS,
            statement=f"By the file's own XMP the camera was at {at.place.name}{where}.",
            method=METHOD,
            limits=(WRITABLE,),
            by=FILE_TAGS.name,
            quote=", ".join(" ".join(filter(None, one)) for one in zip(texts, beside, strict=True)),
            place=at.place,
            basis=basis,
            defeaters=(*at.defeaters, *([ONE_OF_TWO] if doubtful else ())),
        )


def _places(found: Mapping[str, str], where: str) -> Iterator[Claim]:
    legacy = Words(
        spot=found.get("Iptc4xmpCore:Location", ""),
        city=found.get("photoshop:City", ""),
        state=found.get("photoshop:State", ""),
        country=found.get("photoshop:Country", ""),
        code=found.get("Iptc4xmpCore:CountryCode", ""),
    )
    if place := legacy.place():
        statement = f"By the editorial fields of the file's XMP the picture is from this place{where}."
        yield placed(_told("photoshop:City/State/Country", statement, legacy.quote()), place, NOT_THE_CAMERA)
    for words in _structures(found, _CREATED):
        if place := words.place():
            statement = f"By the editorial fields of the file's XMP the camera stood in this place{where}."
            yield placed(_told(_CREATED, statement, words.quote()), place)
    for words in _structures(found, _SHOWN):
        statement = f"By the file's XMP the picture shows this place; the camera need not have stood there{where}."
        yield said(_told(_SHOWN, statement, words.quote()))


def _structures(found: Mapping[str, str], name: str) -> Iterator[Words]:
    """The locations of a bag, or the only one where a writer left the bag out."""
    for root in _roots(name):
        words = Words(
            spot=found.get(f"{root}/{_IPTC}Sublocation", ""),
            city=_field(found, root, "City"),
            state=_field(found, root, "ProvinceState"),
            country=_field(found, root, "CountryName"),
            code=_field(found, root, "CountryCode"),
        )
        if words.quote():
            yield words


def _roots(name: str) -> tuple[str, ...]:
    return (name, *(f"{name}[{number}]" for number in range(1, _MOST_PLACES + 1)))


def _field(found: Mapping[str, str], root: str, name: str) -> str:
    """A field as text or as the first language of an alternative, which the standard has it since 2014."""
    path = f"{root}/{_IPTC}{name}"
    return found.get(path) or found.get(f"{path}[1]", "")


def _listed(found: Mapping[str, str], path: str) -> list[str]:
    items = [found.get(path, ""), *(found.get(f"{path}[{number}]", "") for number in range(1, _MOST_AUTHORS + 1))]
    return [text for item in items if (text := " ".join(item.split()))]


def _told(field: str, statement: str, quote: str) -> Told:
    return Told(method=METHOD, basis=f"XMP {field}", statement=statement, quote=quote)


def _value(key: str, raw: str, number: float | None = None) -> Value:
    return Value(key=key, raw=raw, normal=raw, numbers=() if number is None else (number,))


def _iso(text: str) -> str:
    """An XMP date as this program reads ISO 8601; some writers put a space before the zone, or EXIF's colons."""
    text = text.strip()
    if len(text) >= 10 and text[4] == text[7] == ":":
        text = f"{text[:4]}-{text[5:7]}-{text[8:]}"
    return text
