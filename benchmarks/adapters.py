"""What benchmark programs call: one function a benchmark, in the benchmark's own keys and nothing of our own."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from provenance import add
from provenance.desk import Desk
from provenance.findings.sources import audits
from provenance.findings.weigh import weigh
from provenance.image.sniff import media_type
from provenance.image.structure import structure
from provenance.intake.claims import CLAIM_KEYS, statements_from
from provenance.intake.fields import PLACE_KEYS
from provenance.intake.items import KEYS as ITEM_KEYS
from provenance.intake.items import EvidenceKind
from provenance.metadata import container, credentials, exif
from provenance.model.context import Context
from provenance.model.evidence import Answer, Bound, BoundKind, Evidence, Fact, Match, Trace
from provenance.model.finding import Question, Verdict
from provenance.model.image import Image, Original, Refusal
from provenance.model.limits import Limits
from provenance.model.outcome import CheckRun, Ran
from provenance.model.source import Grade, Source, SourceKind
from provenance.model.time import Interval, parse_interval

_MOMENTS = {
    "exif.DateTimeOriginal": "exif.captured",
    "exif.DateTimeDigitized": "exif.digitised",
    "exif.DateTime": "exif.modified",
}
_BY_NORMAL = {
    "gps.GPSLatitude": "gps.latitude",
    "gps.GPSLongitude": "gps.longitude",
    "gps.GPSAltitude": "gps.altitude",
    "gps.GPSTimeStamp": "gps.timestamp",
    "gps.GPSImgDirection": "gps.direction",
    "gps.GPSDestBearing": "gps.dest_bearing",
    "gps.GPSHPositioningError": "gps.error",
    "gps.GPSSpeed": "gps.speed",
    "exif.ExposureTime": "exif.exposure",
    "exif.FNumber": "exif.aperture",
    "exif.PhotographicSensitivity": "exif.iso",
    "exif.FocalLength": "exif.focal_length",
    "exif.PixelXDimension": "width",
    "exif.PixelYDimension": "height",
    "file.frames": "file.frames",
}
_FIRST = ("exif.Orientation", "jpeg.subsampling")
_BY_RAW = {
    "exif.SubSecTimeOriginal": "exif.captured_subsec",
    "exif.OffsetTimeOriginal": "exif.captured_offset",
    "exif.SubSecTimeDigitized": "exif.digitised_subsec",
    "exif.OffsetTimeDigitized": "exif.digitised_offset",
    "exif.SubSecTime": "exif.modified_subsec",
    "exif.OffsetTime": "exif.modified_offset",
    "gps.GPSDateStamp": "gps.datestamp",
    "gps.GPSImgDirectionRef": "gps.direction_ref",
    "gps.GPSMapDatum": "gps.datum",
    "exif.Make": "exif.make",
    "exif.Model": "exif.model",
    "exif.BodySerialNumber": "exif.serial",
    "exif.LensModel": "exif.lens_model",
    "exif.LensSerialNumber": "exif.lens_serial",
    "exif.CameraOwnerName": "exif.owner",
    "exif.HostComputer": "exif.host",
    "exif.ImageUniqueID": "exif.image_id",
    "exif.Software": "exif.software",
    "exif.ProcessingSoftware": "exif.processing_software",
    "exif.ImageDescription": "exif.description",
    "exif.Artist": "exif.artist",
    "exif.UserComment": "exif.user_comment",
    "exif.XPComment": "exif.xp_comment",
    "exif.XPTitle": "exif.xp_title",
    "exif.XPAuthor": "exif.xp_author",
    "exif.Orientation": "exif.orientation",
    "jpeg.subsampling": "jpeg.subsampling",
    "icc.description": "icc.description",
    "file.comment": "file.comment",
    "xmp.DigitalSourceType": "xmp.digital_source_type",
}
_TYPES = {"image/vnd.adobe.photoshop": "PSD"}
_PNG = {
    "software": "png.software",
    "parameters": "png.parameters",
    "prompt": "png.prompt",
    "workflow": "png.workflow",
    "comment": "png.comment",
    "title": "png.title",
    "author": "png.author",
    "description": "png.description",
    "creation time": "png.created",
}
KEYS = frozenset(
    {*_MOMENTS.values(), *_BY_NORMAL.values(), *_BY_RAW.values(), *_PNG.values(), "exif.copyright", "exif.size"}
    | {"file.type", "file.size", "jpeg.process", "jpeg.quality", "jpeg.tables", "thumbnail.sha256", "c2pa.present"}
) - {"width", "height"}


def facts(path: str) -> dict[str, object]:
    """What the file says of itself, under the keys of the metadata benchmark; only keys that are read so far."""
    image = _undecoded(Path(path))
    context = Context(now=datetime(2100, 1, 1, tzinfo=UTC))
    found: dict[str, object] = {}
    for check in (container.check, exif.check, credentials.check):
        outcome = check(image, context)
        for item in outcome.evidence if isinstance(outcome, Ran) else ():
            if isinstance(item, Trace) and item.value.startswith("embedded manifest store"):
                found["c2pa.present"] = True
            if isinstance(item, Fact) and (pair := _translated(item)):
                found.setdefault(*pair)
    sides = found.pop("width", 0), found.pop("height", 0)
    if all(side not in (0, "0") for side in sides):
        found["exif.size"] = f"{sides[0]} {sides[1]}"
    return found


def _undecoded(path: Path) -> Image:
    data = path.read_bytes()
    limits = Limits()
    return Image(
        original=Original(
            name=path.name,
            path=str(path),
            sha256=hashlib.sha256(data).hexdigest(),
            size_bytes=len(data),
            media_type=media_type(data),
        ),
        data=data,
        structure=structure(data, limits),
        refusal=Refusal(reason="not asked for"),
    )


def _translated(fact: Fact) -> tuple[str, object] | None:
    if fact.key in _BY_NORMAL and fact.normal:
        return _BY_NORMAL[fact.key], fact.normal
    if fact.key in _BY_RAW:
        return _BY_RAW[fact.key], fact.raw.replace("\0", "\n").split(",")[0] if fact.key in _FIRST else fact.raw
    if fact.key == "exif.Copyright":
        return "exif.copyright", fact.raw.replace("\0", "\n")
    if fact.key in _MOMENTS:
        return _MOMENTS[fact.key], fact.normal or fact.raw
    return _of_the_container(fact)


def _of_the_container(fact: Fact) -> tuple[str, object] | None:
    if fact.key == "file.type":
        return "file.type", _TYPES.get(fact.normal, fact.normal.removeprefix("image/").upper())
    if fact.key == "file.size":
        return "file.size", fact.normal.replace(" x ", " ")
    if fact.key == "jpeg.process":
        return "jpeg.process", int(fact.raw.removeprefix("SOF"))
    if fact.key == "jpeg.quality":
        return "jpeg.quality", int(re.findall(r"quality (\d+)", fact.normal)[-1])
    if fact.key in ("jpeg.tables", "exif.thumbnail"):
        return {"jpeg.tables": "jpeg.tables", "exif.thumbnail": "thumbnail.sha256"}[fact.key], fact.normal[:16]
    name = fact.key.removeprefix("png.text.").lower()
    if fact.key.startswith("png.text.") and name in _PNG:
        return _PNG[name], fact.raw
    return None


def conclude(scenario: dict[str, Any]) -> dict[str, object]:
    """The verdicts on one place-time scenario, in the scenario schema's own words and ids."""
    items = (*statements_from(_claims_file(scenario), str(scenario.get("id", "scenario")), Limits()), _as_of(scenario))
    runs = (CheckRun(check="recorded", outcome=Ran(evidence=items)),)
    weighed = weigh(items, runs, tuple(Question))
    (result,) = weighed.claims
    labels = {item.id: item.label for item in items if item.label and item.label != "the claim under test"}
    stated = [audit.straight_km for _, audit in audits(items)]
    return {
        "time": _schema_word(result.when),
        "place": _schema_word(result.where),
        "overall": _schema_word(result.overall),
        "not_after": weighed.not_after or None,
        "conflicts": [
            [labels[one.first], labels[one.second]]
            for one in weighed.conflicts
            if one.first in labels and one.second in labels
        ],
        "distance_km": stated[0] if stated else weighed.apart_km,
    }


def _schema_word(verdict: Verdict) -> str:
    return verdict.value.replace(" ", "_")


def _claims_file(scenario: dict[str, Any]) -> dict[str, Any]:
    """The scenario as a claims file: keys that the format has no use for, such as notes of the encoder, stay behind."""
    claim = _kept(scenario["claim"], CLAIM_KEYS)
    evidence = [_kept(item, ITEM_KEYS[EvidenceKind(item["kind"])]) for item in scenario.get("evidence") or ()]
    return {"claims": [{**claim, "id": "the claim under test"}], "evidence": evidence}


def _kept(values: dict[str, Any], known: Iterable[str]) -> dict[str, Any]:
    inner = {"place": PLACE_KEYS, "caption_place": PLACE_KEYS, "distance": ("from", "to", "km")}
    inner |= dict.fromkeys(("time", "published", "caption_time"), ("earliest", "latest"))
    return {
        key: _kept(value, inner[key]) if isinstance(value, dict) and key in inner else value
        for key, value in values.items()
        if key in known
    }


def _as_of(scenario: dict[str, Any]) -> Evidence:
    """The day of the check as the hard limit that the clock is in a real run."""
    day = parse_interval(str(scenario["as_of"]))
    return Bound(
        source=Source(kind=SourceKind.PROGRAM, name="the day of the check", origin="this check"),
        statement="The picture existed on the day of the check.",
        method="recorded",
        grade=Grade("A", 1),
        bound=BoundKind.RECEIVED,
        time=Interval(None, day.latest, day.zone_known),
    )


class Matcher:
    """The library's own `add` and the search behind `check --only seen-before`."""

    def __init__(self, folder: str | Path | None = None) -> None:
        """`folder`: where the set is kept, so that a later run need not add again; None: one that passes."""
        self._passing = None if folder else tempfile.TemporaryDirectory(prefix="matcher-")
        self._set = Path(self._passing.name if self._passing else folder or "") / "set"
        self._names: dict[str, list[str]] = {}
        self._desk: Desk | None = None

    def index(self, pictures: Sequence[tuple[str, str | Path]]) -> None:
        """Add pictures to the set under ids of the caller's. A file that is there twice answers for both."""
        self.close()
        for name, path in pictures:
            with Path(path).open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            self._names.setdefault(digest, []).append(name)
        add([path for _, path in pictures], reference=self._set)

    def query(self, path: str | Path) -> list[tuple[str, float]]:
        """Ids of the pictures that match, with a score by which matches of all queries can be ranked; best first."""
        return [(name, score) for name, score, _ in self.matches(path)]

    def matches(self, path: str | Path) -> list[tuple[str, float, Match]]:
        """The same, each with the Match itself: its answer, its place in the query."""
        if self._desk is None:
            self._desk = Desk(references=[self._set], questions=(Question.SEEN_BEFORE,)).__enter__()
        report = self._desk.check(Path(path)).report
        found = [item for item in report.evidence if isinstance(item, Match)]
        named = [
            (name, sureness(match), match) for match in found for name in self._names.get(match.reference.image_id, ())
        ]
        return sorted(named, key=lambda one: -one[1])

    def close(self) -> None:
        """Let go of the set, so that more can be added; `query` opens it again."""
        if self._desk is not None:
            self._desk.__exit__(None, None, None)
            self._desk = None


BY_FRAME_LOG_ODDS = 6.0, 4.0
"""What a whole-frame match that no points confirm counts as: at no differing bit, and how much less at the radius.

None of 296 strangers matched so in 7,103 queries (docs/measured/hashes.md), and points overrule it where there are any,
so it stands among the middling copies: above those that points barely carry, below those that they carry well.
"""


def sureness(match: Match) -> float:
    """Same bytes, then copies, scenes, elements, a hundred apart; within each by log-odds."""
    if match.fingerprint == "sha256":
        return 1000.0
    rank = {Answer.COPY: 200.0, Answer.SAME_SCENE: 100.0}.get(match.answer, 0.0)
    if match.alignment is not None:
        return rank + max(-40.0, min(40.0, match.alignment.log_odds))
    highest, slope = BY_FRAME_LOG_ODDS
    return rank + highest - slope * match.distance_bits / max(match.radius_bits, 1)
