"""Items of evidence in an edition: which are left out, and what the others lose."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Any, TypeVar, cast

from ...model.credentials import Credential
from ...model.differences import Comparison
from ...model.evidence import Appearance, Claim, Evidence, Fact
from ...model.matches import EarlierCheck, Match
from ...model.noted import Noted
from ...model.place import Place
from ...model.report import Report
from ...model.source import Source
from .parts import Part, parts_of, parts_of_claim
from .striking import Struck

NOTE_LEFT_OUT = "left out of this edition"
_NEAR_DEG = 0.02
"""About two kilometres: what is placed as near to the file's own position would tell it."""
_KEPT_VERBATIM = frozenset({"id", "sha256", "image_id", "snapshot", "set_id", "kind", "cc", "transform", "fingerprint"})
_DIGIT = re.compile(r"\d")
Value = TypeVar("Value")


def left_out(item: Evidence, parts: frozenset[Part], words: Struck, near: Sequence[tuple[float, float]]) -> bool:
    """Whether an item goes: of a part that is left out, placed near the position in the file, or showing a value."""
    if isinstance(item, Fact):
        return bool(parts_of(item.key) & parts) or words.tells(item.raw) or words.tells(item.normal)
    if isinstance(item, Claim) and item.tested:
        return False
    if isinstance(item, Claim) and parts_of_claim(item) & parts:
        return True
    place = getattr(item, "place", None) or getattr(item, "caption_place", None)
    if isinstance(place, Place) and _is_near(place, near):
        return True
    return any(words.tells(text) for text in strings(item))


def strings(value: object) -> list[str]:
    """Every text in a value, but for digests and words of closed sets."""
    if isinstance(value, str) and not isinstance(value, Enum):
        return [value]
    if isinstance(value, tuple | list):
        return [text for one in value for text in strings(one)]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value) if field.name not in _KEPT_VERBATIM]
        return [text for name in names for text in strings(getattr(value, name))]
    return []


def file_positions(report: Report) -> tuple[tuple[float, float], ...]:
    """Latitude and longitude in degrees of each position that the file itself states."""
    claims = [item for item in report.evidence if isinstance(item, Claim) and Part.GPS in parts_of_claim(item)]
    places = [claim.place for claim in claims if claim.place is not None]
    return tuple((one.lat_deg, one.lon_deg) for one in places if one.lat_deg is not None and one.lon_deg is not None)


def _is_near(place: Place, near: Sequence[tuple[float, float]]) -> bool:
    lat, lon = place.lat_deg, place.lon_deg
    if lat is None or lon is None:
        return False
    return any(abs(lat - one[0]) < _NEAR_DEG and abs(lon - one[1]) < _NEAR_DEG for one in near)


def without(
    item: Evidence, parts: frozenset[Part], words: Struck, near: Sequence[tuple[float, float]] = ()
) -> Evidence:
    """One item that stays, without names and serial numbers in its fields; of a claim under test that puts the picture
    near the position in the file the coordinates go, and a name that is made of them.
    """
    if isinstance(item, Claim) and item.place is not None and _is_near(item.place, near):
        item = _unplaced(item, item.place)
    if Part.SERIALS in parts and isinstance(item, Credential):
        item = _without_labels(item)
    if Part.NAMES not in parts:
        return item
    if isinstance(item, Match | EarlierCheck | Comparison):
        item = dataclasses.replace(item, reference=dataclasses.replace(item.reference, path="", name=""))
    if isinstance(item, EarlierCheck):
        past = dataclasses.replace(item.past, name="", by="", report="", case="")
        item = dataclasses.replace(item, past=past, report_state=f"its report is {NOTE_LEFT_OUT}")
    if isinstance(item, Appearance):
        item = dataclasses.replace(item, url="", credit="")
    noted = item.noted and renamed_note(item.noted, words)
    item = dataclasses.replace(item, source=_source(item.source, words), noted=noted)
    return texts(item, words)


def near_names(report: Report, near: Sequence[tuple[float, float]]) -> tuple[str, ...]:
    """Names made of coordinates of places that claims under test put near the position in the file."""
    places = [item.place for item in report.evidence if isinstance(item, Claim) and item.tested]
    return tuple(one.name for one in places if one is not None and _DIGIT.search(one.name) and _is_near(one, near))


def _unplaced(item: Claim, place: Place) -> Claim:
    """A claim without the coordinates of its place, and without a name made of them wherever it says it."""
    bare = dataclasses.replace(place, lat_deg=None, lon_deg=None)
    if not _DIGIT.search(place.name):
        return dataclasses.replace(item, place=bare)
    statement, quote = (text.replace(place.name, NOTE_LEFT_OUT) for text in (item.statement, item.quote))
    bare = dataclasses.replace(bare, name=NOTE_LEFT_OUT)
    return dataclasses.replace(item, place=bare, statement=statement, quote=quote)


def renamed_note(noted: Noted, words: Struck) -> Noted:
    """A login name may be a word of our sentences ("root"), so it is left out here alone."""
    return dataclasses.replace(noted, by=words.for_name(noted.by))


def _source(source: Source, words: Struck) -> Source:
    return dataclasses.replace(source, url="", name=words.without_names(source.name))


def _without_labels(item: Credential) -> Credential:
    """Labels of manifests hold identifiers that their program made once."""
    active = item.active and dataclasses.replace(item.active, manifest="")
    ancestors = tuple(
        dataclasses.replace(one, signing=dataclasses.replace(one.signing, manifest="")) for one in item.ancestors
    )
    return dataclasses.replace(item, active=active, ancestors=ancestors)


def texts(value: Value, words: Struck) -> Value:
    """The value with every text in it struck; enumerations, digests and times stay."""
    return cast("Value", _struck(value, words))


def _struck(value: Any, words: Struck) -> Any:
    if isinstance(value, str) and not isinstance(value, Enum):
        return words.without_names(value)
    if isinstance(value, tuple):
        return tuple(_struck(one, words) for one in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type | datetime):
        names = [one.name for one in dataclasses.fields(value) if one.init and one.name not in _KEPT_VERBATIM]
        return dataclasses.replace(value, **{name: _struck(getattr(value, name), words) for name in names})
    return value


def relinked(item: Evidence, ids: Mapping[str, str]) -> Evidence:
    """What names another item by its id names it by the new one."""
    if isinstance(item, Appearance | Comparison) and item.match_id in ids:
        return dataclasses.replace(item, match_id=ids[item.match_id])
    return item
