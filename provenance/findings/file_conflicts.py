"""Where the parts of one file contradict each other: EXIF, XMP and IPTC on time, place, author, size and camera.

The three keep the same properties side by side (Metadata Working Group, Guidelines 2.0, 2010, sections 5.2 to 5.9; IPTC
Photo Metadata Standard 2023.1, mapping of IIM and XMP). A program that writes one and not the other leaves the older
value standing, so each pair tells that the file was changed, never by whom or which side is right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from ..model.evidence import Evidence, Fact
from ..model.finding import Conflict
from ..model.text import visible
from .announced import announced_after
from .file_differences import (
    letters_differ,
    moments_differ,
    names_differ,
    people_differ,
    places_differ,
    serials_differ,
    sizes_differ,
    texts_differ,
)
from .file_sides import Facts, Side, beside, listed, of_fact, paired, repeated, side_of

MOST = 40
"""Conflicts told of one file; a file has some twenty pairs that can part."""
_SHOWN_CHARS = 80
Differ = Callable[[Side, Side], bool]


def file_conflicts(items: Sequence[Evidence]) -> tuple[Conflict, ...]:
    """Every pair of the file's own values that cannot both be right, each a sentence; none where they agree."""
    facts: dict[str, list[Fact]] = {}
    found = [item for item in items if isinstance(item, Fact)]
    for fact in sorted(found, key=lambda fact: (fact.offset_bytes, fact.id)):
        facts.setdefault(fact.key, []).append(fact)
    told = [conflict for kind in _KINDS for conflict in kind(facts)]
    return tuple(told[:MOST])


def _capture_time(facts: Facts) -> Iterator[Conflict]:
    sides = [
        _exif_time(facts, "Original"),
        side_of(facts, "xmp.exif:DateTimeOriginal"),
        side_of(facts, "xmp.photoshop:DateCreated"),
        _iptc_time(facts, "DateCreated", "TimeCreated"),
    ]
    yield from _differing("time of capture", sides, moments_differ, dimension="time")


def _digitising_time(facts: Facts) -> Iterator[Conflict]:
    sides = [
        _exif_time(facts, "Digitized"),
        side_of(facts, "xmp.exif:DateTimeDigitized"),
        _iptc_time(facts, "DigitalCreationDate", "DigitalCreationTime"),
    ]
    yield from _differing("time of digitising", sides, moments_differ, dimension="time")


def _exif_time(facts: Facts, name: str) -> Side | None:
    key = f"exif.DateTime{name}"
    side = side_of(facts, key)
    if side is None:
        return None
    zone = beside(facts, f"exif.OffsetTime{name}", side.facts[0])
    written = zone.normal if zone and re.fullmatch(r"Z|[+-]\d{2}:\d{2}", zone.normal) else ""
    zoned = bool(re.search(r"T.*(?:Z|[+-]\d{2}:?\d{2})$", side.value))
    if not written or zoned:
        return side
    return Side(name=side.name, value=f"{side.value}{written}", facts=side.facts)


def _iptc_time(facts: Facts, date: str, clock: str) -> Side | None:
    side = side_of(facts, f"iptc.{date}")
    if side is None:
        return None
    time = beside(facts, f"iptc.{clock}", side.facts[0])
    untimed = time is None or not time.normal or time.normal.startswith("00:00:00")  # what writers of a date put there
    # A zone of zero is what programs write that know none (metadata/editorial.py); then the clock alone is compared.
    whole = side.value if untimed or time is None else f"{side.value}T{time.normal.removesuffix('+00:00')}"
    return Side(name=f"IPTC {date}", value=whole, facts=side.facts)


def _position(facts: Facts) -> Iterator[Conflict]:
    exif = paired(facts, "gps.GPSLatitude", "gps.GPSLongitude", ", ", "EXIF GPS")
    xmp = paired(facts, "xmp.exif:GPSLatitude", "xmp.exif:GPSLongitude", ", ", "XMP exif:GPSLatitude/Longitude")
    yield from _differing("position", [exif, xmp], places_differ, dimension="place")


def _words(facts: Facts) -> Iterator[Conflict]:
    for topic, iptc, xmp in (
        ("city", "iptc.City", "xmp.photoshop:City"),
        ("province or state", "iptc.Province-State", "xmp.photoshop:State"),
        ("country", "iptc.Country-PrimaryLocationName", "xmp.photoshop:Country"),
        ("place within the city", "iptc.Sub-location", "xmp.Iptc4xmpCore:Location"),
    ):
        yield from _differing(topic, [side_of(facts, iptc), side_of(facts, xmp)], texts_differ)


def _author(facts: Facts) -> Iterator[Conflict]:
    sides = [
        side_of(facts, "exif.Artist"),
        listed(facts, "xmp.dc:creator", "XMP dc:creator"),
        repeated(facts, "iptc.By-line", "IPTC By-line"),
    ]
    yield from _differing("author", sides, people_differ)


def _size(facts: Facts) -> Iterator[Conflict]:
    sides = [
        paired(facts, "file.size", "file.size", "", "the picture"),
        paired(facts, "xmp.exif:PixelXDimension", "xmp.exif:PixelYDimension", " x ", "XMP exif:PixelX/YDimension"),
        paired(facts, "xmp.tiff:ImageWidth", "xmp.tiff:ImageLength", " x ", "XMP tiff:ImageWidth/Length"),
    ]
    if sides[0] is not None:
        yield from _differing("size in pixels", sides, sizes_differ, opening="The file and its own tags")


def _camera(facts: Facts) -> Iterator[Conflict]:
    for topic, name in (("maker of the camera", "Make"), ("model of the camera", "Model")):
        yield from _differing(topic, [side_of(facts, f"exif.{name}"), side_of(facts, f"xmp.tiff:{name}")], names_differ)
    sides = [
        side_of(facts, "exif.BodySerialNumber"),
        side_of(facts, "xmp.aux:SerialNumber"),
        side_of(facts, "maker.SerialNumber"),
    ]
    yield from _differing("serial number of the camera", sides, serials_differ)
    turns = [_orientation(facts, key) for key in ("exif.Orientation", "xmp.tiff:Orientation")]
    yield from _differing("orientation", turns, letters_differ)
    programs = [side_of(facts, key) for key in ("exif.Software", "xmp.tiff:Software")]
    yield from _differing("program", programs, texts_differ)


def _orientation(facts: Facts, key: str) -> Side | None:
    side = side_of(facts, key)
    value = side.facts[0].raw.split(",")[0].strip() if side else ""
    return Side(name=side.name, value=value, facts=side.facts) if side and re.fullmatch(r"[1-8]", value) else None


def _documents(facts: Facts) -> Iterator[Conflict]:
    """Two packets that name two documents."""
    first, *others = facts.get("xmp.xmpMM:DocumentID", [None])
    for other in others:
        if first and other and first.block_sha256 != other.block_sha256:
            sides = [of_fact(fact, f"XMP packet at byte {fact.offset_bytes:,}") for fact in (first, other)]
            yield from _differing("identifier of the document", sides, letters_differ)
            return


def _released(facts: Facts) -> Iterator[Conflict]:
    """A time of capture before the camera was announced."""
    for taken in facts.get("exif.DateTimeOriginal", ()):
        model = beside(facts, "exif.Model", taken)
        month = announced_after(model.normal, taken.normal) if model else ""
        if model and month:
            text = (
                f"The tags give {_shown(taken.normal)} as the time of capture (EXIF DateTimeOriginal), but the camera "
                f"they name, {_shown(model.normal)} (EXIF Model), was announced only in {month}, as is commonly cited; "
                "a clock that was never set gives this too."
            )
            yield Conflict(first=taken.id, second=model.id, text=text, dimension="time")


_KINDS: tuple[Callable[[Facts], Iterator[Conflict]], ...] = (
    *(_capture_time, _digitising_time, _released, _position),
    *(_words, _author, _camera, _size, _documents),
)


def _differing(
    topic: str,
    sides: Sequence[Side | None],
    differ: Differ,
    dimension: str = "",
    opening: str = "The file's own tags",
) -> Iterator[Conflict]:
    """Each side against the first one that it parts from; one odd value among three is told once."""
    known = [side for side in sides if side is not None and side.value]
    odd: list[Side] = []
    for index, second in enumerate(known):
        first = next((side for side in known[:index] if differ(side, second)), None)
        if first is None or any(not differ(side, second) for side in odd):
            continue
        odd.append(second)
        text = (
            f"{opening} disagree on the {topic}: {first.name} gives {_shown(first.value)}, "
            f"{second.name} gives {_shown(second.value)}."
        )
        yield Conflict(first=first.facts[0].id, second=second.facts[0].id, text=text, dimension=dimension)


def _shown(text: str) -> str:
    return visible(text, limit=_SHOWN_CHARS)
