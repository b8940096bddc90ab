"""Times that the file's own tags give: which of them agree, and those that are set aside and yet part company."""

from __future__ import annotations

from collections.abc import Sequence

from ..metadata.exif.time import GPS_GAP
from ..model.evidence import Claim, Evidence
from ..model.source import SourceKind
from .intervals import gap
from .strength import Sorted, TimeItem, means_capture, origin_of


def same_file(first: Evidence, second: Evidence) -> bool:
    """Whether both stand in the tags of one file."""
    return first.source.kind is second.source.kind is SourceKind.FILE and origin_of(first) == origin_of(second)


def agree(first: TimeItem, second: TimeItem) -> bool:
    """Whether two times of one file are one: a receiver holds its last fix, and a clock runs a few seconds off it."""
    apart = gap(first.interval, second.interval)
    return apart is None or (same_file(first.evidence, second.evidence) and apart <= GPS_GAP)


def echoes(reading: Sequence[TimeItem], told: Sequence[TimeItem]) -> bool:
    """Whether a reading says nothing that another has not said: each of its items agrees with one there."""
    return all(
        any(agree(item, other) for other in told if same_file(item.evidence, other.evidence)) for item in reading
    )


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
