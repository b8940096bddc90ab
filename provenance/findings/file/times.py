"""Times that the file's own tags give: which of them are one, and which of several that are one is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from ...metadata.exif.time import GPS_GAP
from ...model.evidence import Claim, Evidence, Fact
from ...model.origin import origin_of
from ...model.said import as_written
from ...model.source import SourceKind
from ...model.standing import RECORDED
from ...model.time import Interval
from ..graded import PlaceItem, Sorted, TimeItem
from ..intervals import gap
from ..regions import Relation, relate
from ..strength import means_capture

GPS = "EXIF GPSDateStamp and GPSTimeStamp"
_ORDER = (
    "EXIF DateTimeOriginal",
    "XMP exif:DateTimeOriginal",
    "XMP photoshop:DateCreated",
    "IPTC DateCreated",
    GPS,
    "PNG Creation Time",
)
"""Fields that tell of the capture, in the order in which a desk believes them; the last are of other moments nearby."""
_COMPARED = (
    frozenset({"EXIF GPS", "XMP exif:GPS"}),
    frozenset({"IPTC City/Province/Country", "XMP photoshop:City/State/Country"}),
)
Kind = TypeVar("Kind", TimeItem, PlaceItem, TimeItem | PlaceItem)


def read_from_file(item: Evidence) -> bool:
    """Whether this program read it from the file; metadata that a person recorded is somebody's word about a file."""
    return item.source.kind is SourceKind.FILE and item.method != RECORDED


def same_file(first: Evidence, second: Evidence) -> bool:
    """Whether both stand in the tags of one file."""
    return first.source.kind is second.source.kind is SourceKind.FILE and origin_of(first) == origin_of(second)


def compared_as_facts(first: Evidence, second: Evidence) -> bool:
    """Whether conflicts.py compares the two, value by value: then nothing else tells of them."""
    return same_file(first, second) and read_from_file(first) and read_from_file(second)


def same_fields(first: Evidence, second: Evidence) -> bool:
    """Whether two places of one file stand in fields that conflicts.py compares: positions, or words."""
    bases = {item.basis for item in (first, second) if isinstance(item, Claim)}
    return compared_as_facts(first, second) and any(bases <= fields for fields in _COMPARED)


def agree(first: TimeItem, second: TimeItem) -> bool:
    """Whether two times are one; GPS time of the same file has an hour, for a receiver holds its last fix."""
    apart = gap(first.interval, second.interval)
    if apart is None:
        return True
    gps = any("GPS" in _basis(item) for item in (first, second))
    return gps and apart <= GPS_GAP and same_file(first.evidence, second.evidence)


def echoes(reading: Sequence[TimeItem], told: Sequence[TimeItem]) -> bool:
    """Whether a reading says nothing that another has not said: each of its items agrees with one there."""
    return all(
        any(agree(item, other) for other in told if same_file(item.evidence, other.evidence)) for item in reading
    )


def one_of_each_file(items: Iterable[Kind]) -> list[Kind]:
    """The items, of tags of one file that say the same only one: with a time zone before without, then by field."""
    ordered = list(items)
    of_files = [place for place, item in enumerate(ordered) if read_from_file(item.evidence)]
    told: dict[int, Kind] = {place: item for place, item in enumerate(ordered) if not read_from_file(item.evidence)}
    kept: dict[int, Kind] = {}
    for place in sorted(of_files, key=lambda place: field_rank(ordered[place])):
        item = ordered[place]
        like = next((other for other, one in kept.items() if _one(item, one)), None)
        if like is None:
            kept[place] = item
        elif _zone_rank(item) < _zone_rank(kept[like]):
            kept[like] = item
    return [item for _, item in sorted((told | kept).items())]


def _one(first: Kind, second: Kind) -> bool:
    if not compared_as_facts(first.evidence, second.evidence):
        return False
    if isinstance(first, TimeItem) and isinstance(second, TimeItem):
        return agree(first, second) and _alike_as_written(first.interval, second.interval)
    if isinstance(first, PlaceItem) and isinstance(second, PlaceItem):
        either = (relate(first.place, second.place).relation, relate(second.place, first.place).relation)
        return Relation.DISJOINT not in either
    return False


def _alike_as_written(first: Interval, second: Interval) -> bool:
    """Whether two times of one file without a zone meet as they are written: 13 and 15 November do not."""
    if first.zone_known or second.zone_known:
        return True
    (start, end), (other_start, other_end) = as_written(first), as_written(second)
    ends = ((start, other_end), (other_start, end))
    return all(begins is None or closes is None or begins <= closes for begins, closes in ends)


def field_rank(item: TimeItem | PlaceItem) -> tuple[int, str, str]:
    """Orders items of one grade: fields of a file as a desk believes them, then everything else by content."""
    basis = _basis(item)
    return (_ORDER.index(basis) if basis in _ORDER else len(_ORDER), item.evidence.label, item.evidence.id)


def _zone_rank(item: TimeItem | PlaceItem) -> bool:
    return isinstance(item, TimeItem) and not item.interval.zone_known


def _basis(item: TimeItem | PlaceItem) -> str:
    return item.evidence.basis if isinstance(item.evidence, Claim) else ""


def zone_from(item: Evidence, items: Iterable[Evidence]) -> str:
    """Where the time zone of a time of the file's tags comes from: " (zone by OffsetTimeOriginal)"; "" without one."""
    if not (isinstance(item, Claim) and read_from_file(item) and item.time and item.time.zone_known):
        return ""
    if item.basis == GPS:
        return " (GPS time)"
    block = item.basis.partition(" ")[0]
    if block != "EXIF":
        return f" (zone by {block})"
    offset = any(isinstance(one, Fact) and one.key == "exif.OffsetTimeOriginal" and one.normal for one in items)
    return " (zone by OffsetTimeOriginal)" if offset else " (zone written with it)"


def defeated(found: Sorted) -> list[TimeItem]:
    """The file's times of capture that weigh nothing for a stated reason. What they disagree with is still told."""
    items = [aside.evidence for aside in found.asides]
    return [
        TimeItem(evidence=item, interval=item.time, asserts=True)
        for item in items
        if isinstance(item, Claim)
        and item.source.kind is SourceKind.FILE
        and item.time is not None
        and item.defeaters
        and means_capture(item)
    ]
