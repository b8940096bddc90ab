"""What the tags claim: capture time, GPS time, GPS position, camera; each a Claim by the file with its defeaters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from ...model.evidence import Claim
from ...model.image import Block
from ...model.source import FILE_TAGS
from .place import Position, position
from .time import TimeSaid, capture_time, gps_time
from .value import Value

METHOD = "exif"
# A circle wider than this holds several settlements, and the nearest to its middle says little.
WORDED_RADIUS_KM = 5.0
LONGEST_NAME_CHARS = 200
"""No camera's maker and model take more characters; ComfyUI writes whole graphs into these tags."""
WRITABLE = "Anybody can write or change these tags with free programs."


def claims(block: Block, values: Mapping[str, Value], now: datetime, *, several: bool) -> Iterator[Claim]:
    """The claims of one EXIF block; `several` names the block where the file holds more than one."""
    where = f" (EXIF block at byte {block.payload_offset_bytes:,})" if several else ""
    if said := capture_time(values, now):
        yield time_claim(said, f"By the file's own tags this is the time of capture{where}.")
    if said := gps_time(values, now):
        text = f"By the file's own tags this is the time of the GPS fix, which may be older than the picture{where}."
        yield time_claim(said, text)
    if found := position(values):
        yield Claim(
            source=FILE_TAGS,
            statement=f"By the file's own tags the camera was at {found.place.name}{_in_words(found)}{where}.",
            method=METHOD,
            limits=(WRITABLE,),
            by=FILE_TAGS.name,
            quote=found.quote,
            place=found.place,
            basis="EXIF GPS",
            defeaters=found.defeaters,
        )
    if camera := _camera(values):
        yield Claim(
            source=FILE_TAGS,
            statement=f"By the file's own tags the picture comes from this camera{where}.",
            method=METHOD,
            limits=(WRITABLE,),
            by=FILE_TAGS.name,
            quote=camera,
            basis="EXIF Make/Model",
        )


def _in_words(found: Position) -> str:
    """Settlement, region and country of a position; nothing of one that is void or too wide to have a nearest one."""
    place = found.place
    if place.lat_deg is None or place.lon_deg is None or place.radius_km > WORDED_RADIUS_KM or found.void:
        return ""
    from ...gazetteer.words import position_in_words

    return f", {position_in_words(place.lat_deg, place.lon_deg)}"


def time_claim(said: TimeSaid, statement: str, method: str = METHOD) -> Claim:
    """A time of capture by the tags, with what speaks against it."""
    zone = () if said.interval.zone_known else ("The tags name no time zone, so the time is 26 hours wide.",)
    return Claim(
        source=FILE_TAGS,
        statement=statement,
        method=method,
        limits=(WRITABLE, *zone),
        by=FILE_TAGS.name,
        quote=said.quote,
        time=said.interval,
        basis=said.basis,
        defeaters=said.defeaters,
    )


def _camera(values: Mapping[str, Value]) -> str:
    """ "Demo Optical DO-1"; a model that repeats its maker stands alone. "" for what is too long for a name."""
    make, model = (values[key].raw.strip("\0 ") if key in values else "" for key in ("exif.Make", "exif.Model"))
    name = model if make and model.lower().startswith(make.lower()) else f"{make} {model}".strip()
    return name if len(name) <= LONGEST_NAME_CHARS else ""
