"""Where the parts of one file contradict each other: EXIF, XMP and IPTC on time, place, author, size and camera.

The three keep the same properties side by side (Metadata Working Group, Guidelines 2.0, 2010, sections 5.2 to 5.9; IPTC
Photo Metadata Standard 2023.1, mapping of IIM and XMP). A program that writes one and not the other leaves the older
value standing, so each pair tells that the file was changed, never by whom or which side is right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from ...model.evidence import Evidence, Fact
from ...model.finding import Conflict
from . import moments as file_moments
from . import places as file_places
from .announced import announced_after
from .differences import letters_differ, names_differ, people_differ, serials_differ, sizes_differ, texts_differ
from .sides import Facts, Side, beside, differing, listed, of_fact, paired, repeated, shown, side_of

MOST = 40
"""Conflicts told of one file; a file has some twenty pairs that can part."""


def file_conflicts(items: Sequence[Evidence]) -> tuple[Conflict, ...]:
    """Every pair of the file's own values that cannot both be right, each a sentence; none where they agree."""
    facts: dict[str, list[Fact]] = {}
    found = [item for item in items if isinstance(item, Fact)]
    for fact in sorted(found, key=lambda fact: (fact.offset_bytes, fact.id)):
        facts.setdefault(fact.key, []).append(fact)
    told = [conflict for kind in _KINDS for conflict in kind(facts)]
    return tuple(told[:MOST])


def _author(facts: Facts) -> Iterator[Conflict]:
    sides = [
        side_of(facts, "exif.Artist"),
        listed(facts, "xmp.dc:creator", "XMP dc:creator"),
        repeated(facts, "iptc.By-line", "IPTC By-line"),
    ]
    yield from differing("author", sides, people_differ)


def _size(facts: Facts) -> Iterator[Conflict]:
    sides = [
        paired(facts, "file.size", "file.size", "", "the picture"),
        paired(facts, "xmp.exif:PixelXDimension", "xmp.exif:PixelYDimension", " x ", "XMP exif:PixelX/YDimension"),
        paired(facts, "xmp.tiff:ImageWidth", "xmp.tiff:ImageLength", " x ", "XMP tiff:ImageWidth/Length"),
    ]
    if sides[0] is not None:
        yield from differing("size in pixels", sides, sizes_differ, opening="The file and its own tags")


def _camera(facts: Facts) -> Iterator[Conflict]:
    for topic, name in (("maker of the camera", "Make"), ("model of the camera", "Model")):
        yield from differing(topic, [side_of(facts, f"exif.{name}"), side_of(facts, f"xmp.tiff:{name}")], names_differ)
    sides = [
        side_of(facts, "exif.BodySerialNumber"),
        side_of(facts, "xmp.aux:SerialNumber"),
        side_of(facts, "maker.SerialNumber"),
    ]
    yield from differing("serial number of the camera", sides, serials_differ)
    turns = [_orientation(facts, key) for key in ("exif.Orientation", "xmp.tiff:Orientation")]
    yield from differing("orientation", turns, letters_differ)
    programs = [side_of(facts, key) for key in ("exif.Software", "xmp.tiff:Software")]
    yield from differing("program", programs, texts_differ)


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
            yield from differing("identifier of the document", sides, letters_differ)
            return


def _released(facts: Facts) -> Iterator[Conflict]:
    """A time of capture before the camera was announced."""
    for taken in facts.get("exif.DateTimeOriginal", ()):
        model = beside(facts, "exif.Model", taken)
        month = announced_after(model.normal, taken.normal) if model else ""
        if model and month:
            text = (
                f"The tags give {shown(taken.normal)} as the time of capture (EXIF DateTimeOriginal), but the camera "
                f"they name, {shown(model.normal)} (EXIF Model), was announced only in {month}, as is commonly cited; "
                "a clock that was never set gives this too."
            )
            yield Conflict(first=taken.id, second=model.id, text=text, dimension="time")


_KINDS: tuple[Callable[[Facts], Iterator[Conflict]], ...] = (
    *(file_moments.capture_time, file_moments.digitising_time, file_moments.order_of_times, _released),
    *(file_places.position, file_places.words),
    *(_author, _camera, _size, _documents),
)
