"""Where the parts of one file contradict each other: EXIF, XMP and IPTC on time, place, author, size and camera.

The three keep the same properties side by side (Metadata Working Group, Guidelines 2.0, 2010, sections 5.2 to 5.9; IPTC
Photo Metadata Standard 2023.1, mapping of IIM and XMP). A program that writes one and not the other leaves the older
value standing, so each pair tells that the file was changed, never by whom or which side is right.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..model.evidence import Evidence, Fact
from ..model.finding import Conflict
from ..model.place import Level, Place
from ..model.text import visible
from ..placetime.distance import geodesic_km
from .announced import announced_after
from .written_times import times_differ

MOST = 40
"""Conflicts told of one file; a file has some twenty pairs that can part."""
PLACE_KM = 0.1
"""Below this two positions are one: a receiver is off by some metres, and programs round in different units."""
# IIM fields are cut at this many bytes (IPTC-IIM 4.2 sections 6 and 7), and programs cut there.
_IIM_BYTES = 32
_SHOWN_CHARS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One part's word on one thing: what is compared, and the facts it stands in."""

    name: str
    """As a reader finds it: "EXIF DateTimeOriginal"."""
    value: str
    facts: tuple[Fact, ...]


Facts = Mapping[str, Sequence[Fact]]
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
        _side(facts, "xmp.exif:DateTimeOriginal"),
        _side(facts, "xmp.photoshop:DateCreated"),
        _iptc_time(facts, "DateCreated", "TimeCreated"),
    ]
    yield from _differing("time of capture", sides, _times, dimension="time")


def _digitising_time(facts: Facts) -> Iterator[Conflict]:
    sides = [
        _exif_time(facts, "Digitized"),
        _side(facts, "xmp.exif:DateTimeDigitized"),
        _iptc_time(facts, "DigitalCreationDate", "DigitalCreationTime"),
    ]
    yield from _differing("time of digitising", sides, _times, dimension="time")


def _exif_time(facts: Facts, name: str) -> Side | None:
    key = f"exif.DateTime{name}"
    side = _side(facts, key)
    if side is None:
        return None
    zone = _of_block(facts, f"exif.OffsetTime{name}", side.facts[0])
    written = zone.normal if zone and re.fullmatch(r"Z|[+-]\d{2}:\d{2}", zone.normal) else ""
    zoned = bool(re.search(r"T.*(?:Z|[+-]\d{2}:?\d{2})$", side.value))
    if not written or zoned:
        return side
    return Side(name=side.name, value=f"{side.value}{written}", facts=side.facts)


def _iptc_time(facts: Facts, date: str, clock: str) -> Side | None:
    side = _side(facts, f"iptc.{date}")
    if side is None:
        return None
    time = _of_block(facts, f"iptc.{clock}", side.facts[0])
    untimed = time is None or not time.normal or time.normal.startswith("00:00:00")  # what writers of a date put there
    whole = side.value if untimed or time is None else f"{side.value}T{time.normal}"
    return Side(name=f"IPTC {date}", value=whole, facts=side.facts)


def _position(facts: Facts) -> Iterator[Conflict]:
    exif = _pair(facts, "gps.GPSLatitude", "gps.GPSLongitude", ", ", "EXIF GPS")
    xmp = _pair(facts, "xmp.exif:GPSLatitude", "xmp.exif:GPSLongitude", ", ", "XMP exif:GPSLatitude/Longitude")
    yield from _differing("position", [exif, xmp], _places, dimension="place")


def _places(first: Side, second: Side) -> bool:
    points = [_point(side.value) for side in (first, second)]
    if points[0] is None or points[1] is None:
        return False
    apart_km = geodesic_km(points[0], points[1])
    return apart_km is not None and apart_km > max(PLACE_KM, *(_step_km(side) for side in (first, second)))


def _point(value: str) -> Place | None:
    try:
        latitude, longitude = (float(part) for part in value.split(","))
    except ValueError:
        return None
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return Place(name="", lat_deg=latitude, lon_deg=longitude, radius_km=0.0, level=Level.POINT)


def _step_km(side: Side) -> float:
    """What the writing leaves open: a degree is 111 km, a minute 1.85 km, and a decimal a tenth of its unit."""
    steps = []
    for fact in side.facts:
        parts = re.findall(r"\d+(?:/\d+|\.\d+)?", fact.raw)
        while len(parts) > 1 and re.fullmatch(r"0(?:/\d+)?", parts[-1]):
            parts.pop()
        decimals = len(parts[-1].partition(".")[2]) if parts else 0
        fine = bool(parts) and "/" in parts[-1] and not parts[-1].endswith("/1")
        steps.append(0.0 if fine or not parts else 157.0 / 60 ** (len(parts) - 1) / 10**decimals)
    return max(steps, default=0.0)


def _words(facts: Facts) -> Iterator[Conflict]:
    for topic, iptc, xmp in (
        ("city", "iptc.City", "xmp.photoshop:City"),
        ("province or state", "iptc.Province-State", "xmp.photoshop:State"),
        ("country", "iptc.Country-PrimaryLocationName", "xmp.photoshop:Country"),
        ("place within the city", "iptc.Sub-location", "xmp.Iptc4xmpCore:Location"),
    ):
        yield from _differing(topic, [_side(facts, iptc), _side(facts, xmp)], _texts)


def _author(facts: Facts) -> Iterator[Conflict]:
    sides = [
        _side(facts, "exif.Artist"),
        _list(facts, "xmp.dc:creator", "XMP dc:creator"),
        _all(facts, "iptc.By-line", "IPTC By-line"),
    ]
    yield from _differing("author", sides, _people)


def _size(facts: Facts) -> Iterator[Conflict]:
    sides = [
        _pair(facts, "file.size", "file.size", "", "the picture"),
        _pair(facts, "xmp.exif:PixelXDimension", "xmp.exif:PixelYDimension", " x ", "XMP exif:PixelX/YDimension"),
        _pair(facts, "xmp.tiff:ImageWidth", "xmp.tiff:ImageLength", " x ", "XMP tiff:ImageWidth/Length"),
    ]
    picture = sides[0]
    for side in sides[1:]:
        yield from _differing("size in pixels", [picture, side], _sizes, opening="The file and its own tags")


def _sizes(first: Side, second: Side) -> bool:
    numbers = [sorted(int(part) for part in re.findall(r"\d+", side.value)) for side in (first, second)]
    whole = all(len(one) == 2 and 0 not in one for one in numbers)
    return whole and numbers[0] != numbers[1]


def _camera(facts: Facts) -> Iterator[Conflict]:
    for topic, name in (("maker of the camera", "Make"), ("model of the camera", "Model")):
        yield from _differing(topic, [_side(facts, f"exif.{name}"), _side(facts, f"xmp.tiff:{name}")], _names)
    sides = [
        _side(facts, "exif.BodySerialNumber"),
        _side(facts, "xmp.aux:SerialNumber"),
        _side(facts, "maker.SerialNumber"),
    ]
    yield from _differing("serial number of the camera", sides, _serials)
    yield from _differing(
        "orientation", [_orientation(facts, "exif.Orientation"), _orientation(facts, "xmp.tiff:Orientation")], _plain
    )
    yield from _differing("program", [_side(facts, "exif.Software"), _side(facts, "xmp.tiff:Software")], _texts)


def _orientation(facts: Facts, key: str) -> Side | None:
    side = _side(facts, key)
    value = side.facts[0].raw.split(",")[0].strip() if side else ""
    return Side(name=side.name, value=value, facts=side.facts) if side and re.fullmatch(r"[1-8]", value) else None


def _documents(facts: Facts) -> Iterator[Conflict]:
    """Two packets that name two documents."""
    first, *others = facts.get("xmp.xmpMM:DocumentID", [None])
    for other in others:
        if first and other and first.block_sha256 != other.block_sha256:
            sides = [_one(fact, f"XMP packet at byte {fact.offset_bytes:,}") for fact in (first, other)]
            yield from _differing("identifier of the document", sides, _plain)
            return


def _released(facts: Facts) -> Iterator[Conflict]:
    """A time of capture before the camera was announced."""
    for taken in facts.get("exif.DateTimeOriginal", ()):
        model = _of_block(facts, "exif.Model", taken)
        month = announced_after(model.normal, taken.normal) if model else ""
        if model and month:
            text = (
                f"The tags give {_shown(taken.normal)} as the time of capture (EXIF DateTimeOriginal), but the camera "
                f"they name, {_shown(model.normal)} (EXIF Model), was announced only in {month}."
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


def _times(first: Side, second: Side) -> bool:
    return times_differ(first.value, second.value)


def _plain(first: Side, second: Side) -> bool:
    return first.value.strip() != second.value.strip()


def _texts(first: Side, second: Side) -> bool:
    one, other = (_folded(side.value) for side in (first, second))
    return one != other and not _cut(one, other) and not _cut(other, one) and not _holed(one, other)


def _cut(short: str, long: str) -> bool:
    """Whether one is the other, cut where IIM fields end."""
    return len(short.encode()) >= _IIM_BYTES - 3 and long.startswith(short)


def _holed(one: str, other: str) -> bool:
    """Whether they are one text whose letters beyond ASCII a program lost."""
    bare = [re.sub(r"[^\x21-\x7e]|[?]", "", text) for text in (one, other)]
    lost = any("?" in text or "\ufffd" in text for text in (one, other))
    return lost and len(bare[0]) > 1 and bare[0] == bare[1]


def _people(first: Side, second: Side) -> bool:
    """Names apart from order, separators and case; who is named on one side alone parts nothing."""
    one, other = (set(re.findall(r"\w+", _folded(side.value))) for side in (first, second))
    if not one or not other or one <= other or other <= one:
        return False
    return _texts(first, second)


def _names(first: Side, second: Side) -> bool:
    """A maker or model, of which one side may repeat the maker before the model, or add a company's form."""
    one, other = (re.sub(r"[^\w]+", " ", _folded(side.value)).strip() for side in (first, second))
    return bool(one and other) and one not in other and other not in one


def _serials(first: Side, second: Side) -> bool:
    one, other = (re.sub(r"[^0-9a-z]", "", _folded(side.value)).lstrip("0") for side in (first, second))
    return bool(one and other) and not one.endswith(other) and not other.endswith(one)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _shown(text: str) -> str:
    return visible(text, limit=_SHOWN_CHARS)


def _one(fact: Fact, name: str) -> Side:
    return Side(name=name, value=fact.normal or fact.raw, facts=(fact,))


def _side(facts: Facts, key: str) -> Side | None:
    """The first value under a key, XMP's as a property or the first of its list."""
    found = facts.get(key) or facts.get(f"{key}[1]") or ()
    return _one(found[0], _named(key)) if found and (found[0].normal or found[0].raw) else None


def _named(key: str) -> str:
    block, _, name = key.partition(".")
    return {"maker": "the maker's note", "gps": f"EXIF {name}"}.get(block, f"{block.upper()} {name}")


def _all(facts: Facts, key: str, name: str) -> Side | None:
    """Every value under a repeated key, of the block of the first."""
    found = [fact for fact in facts.get(key, ()) if fact.block_sha256 == facts[key][0].block_sha256]
    return Side(name=name, value="; ".join(one.normal for one in found), facts=tuple(found)) if found else None


def _list(facts: Facts, key: str, name: str) -> Side | None:
    """Every item of an XMP list, or the property itself where a program wrote it as a plain one."""
    found = [facts[f"{key}[{index}]"][0] for index in range(1, MOST) if f"{key}[{index}]" in facts]
    found = found or list(facts.get(key, ()))[:1]
    return Side(name=name, value="; ".join(one.normal for one in found), facts=tuple(found)) if found else None


def _pair(facts: Facts, first: str, second: str, between: str, name: str) -> Side | None:
    """Two values of one block as one: latitude and longitude, width and height."""
    one = next(iter(facts.get(first, ())), None)
    other = _of_block(facts, second, one) if one else None
    if one is None or other is None or not one.normal or not other.normal:
        return None
    value = f"{one.normal}{between}{other.normal}" if between else one.normal
    return Side(name=name, value=value, facts=(one, other))


def _of_block(facts: Facts, key: str, beside: Fact) -> Fact | None:
    """The value under a key that stands in the same block as another."""
    return next((fact for fact in facts.get(key, ()) if fact.block_sha256 == beside.block_sha256), None)
