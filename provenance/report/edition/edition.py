"""The edition itself: a full record without the parts that are left out, and what rests on them told as left out.

Verdict words stay as the full record has them. A sentence or contradiction that rests on what is left out, or shows a
value of it, is left out too, and says so in its place.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from pathlib import PurePath
from typing import Any, TypeVar, cast

from ...model.evidence import (
    Appearance,
    Claim,
    Comparison,
    Credential,
    EarlierCheck,
    Evidence,
    Fact,
    Match,
)
from ...model.finding import Finding, Sentence
from ...model.outcome import CheckRun, Ran, Skipped
from ...model.place import Place
from ...model.report import Derivation, Event, Report
from ...model.source import Source
from ..jsonform import body_digest
from ..language import complaints
from .following import FILE_NAMED, NOTE_LEFT_OUT, reviews, steps
from .parts import Part, parts_of, parts_of_claim
from .striking import Struck, struck

LEFT_OUT = "Left out of this edition: it rests on what is left out."
_NEAR_DEG = 0.02
"""About two kilometres: what is placed as near to the file's own position would tell it."""
_KEPT_VERBATIM = frozenset({"id", "sha256", "image_id", "snapshot", "set_id", "kind", "cc", "transform", "fingerprint"})
Value = TypeVar("Value")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A report that leaves parts out, the new id of each item that stays by its old one, and what was struck out."""

    report: Report
    ids: Mapping[str, str]
    words: Struck


def edition(report: Report, parts: frozenset[Part], *, covered: int = 0) -> Edition:
    """The edition of a full record.

    Raises ValueError for a report that is an edition already, and for one that holds more names than can be left out.
    """
    if report.derivation is not None:
        raise ValueError("it is an edition already, not the full record")
    words = struck(report, parts)
    near = _file_positions(report) if Part.GPS in parts else ()
    kept: dict[str, Evidence] = {}
    for item in report.evidence:
        if not _left_out(item, parts, words, near):
            kept[item.id] = _without(item, parts, words)
    ids = {old: item.id for old, item in kept.items()}
    kept = {old: _relinked(item, ids) for old, item in kept.items()}
    ids = {old: item.id for old, item in kept.items()}
    next_steps = tuple(steps(report, ids, words))
    counted = _Counted(sentences=len(report.next_steps) - len(next_steps))
    made = dataclasses.replace(
        report,
        original=_original(report, parts),
        structure=_texts(report.structure, words),
        findings=tuple(_finding(one, ids, words, report, counted) for one in report.findings),
        claims=tuple(dataclasses.replace(one, claim=ids.get(one.claim, one.claim)) for one in report.claims),
        checks=tuple(_run(run, kept, parts, words) for run in report.checks),
        evidence=tuple(kept.values()),
        events=tuple(_event(one, words, parts) for one in report.events),
        settings=_settings(report.settings, parts),
        next_steps=next_steps,
        reviews=tuple(reviews(report, ids, words)),
        derivation=Derivation(
            of=body_digest(report),
            left_out=tuple(part.value for part in Part if part in parts),
            items=len(report.evidence) - len(kept),
            sentences=counted.sentences,
            covered=covered,
        ),
    )
    made = dataclasses.replace(made, wording=tuple(map(str, complaints(made))))
    return Edition(report=made, ids=ids, words=words)


@dataclasses.dataclass(slots=True)
class _Counted:
    sentences: int = 0


def _left_out(item: Evidence, parts: frozenset[Part], words: Struck, near: Sequence[tuple[float, float]]) -> bool:
    if isinstance(item, Fact):
        return bool(parts_of(item.key) & parts) or words.tells(item.raw) or words.tells(item.normal)
    if isinstance(item, Claim) and item.tested:
        return False
    if isinstance(item, Claim) and parts_of_claim(item) & parts:
        return True
    place = getattr(item, "place", None) or getattr(item, "caption_place", None)
    if isinstance(place, Place) and _is_near(place, near):
        return True
    return any(words.tells(text) for text in _strings(item))


def _strings(value: object) -> list[str]:
    if isinstance(value, str) and not isinstance(value, Enum):
        return [value]
    if isinstance(value, tuple | list):
        return [text for one in value for text in _strings(one)]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value) if field.name not in _KEPT_VERBATIM]
        return [text for name in names for text in _strings(getattr(value, name))]
    return []


def _file_positions(report: Report) -> tuple[tuple[float, float], ...]:
    claims = [item for item in report.evidence if isinstance(item, Claim) and Part.GPS in parts_of_claim(item)]
    places = [claim.place for claim in claims if claim.place is not None]
    return tuple((one.lat_deg, one.lon_deg) for one in places if one.lat_deg is not None and one.lon_deg is not None)


def _is_near(place: Place, near: Sequence[tuple[float, float]]) -> bool:
    lat, lon = place.lat_deg, place.lon_deg
    if lat is None or lon is None:
        return False
    return any(abs(lat - one[0]) < _NEAR_DEG and abs(lon - one[1]) < _NEAR_DEG for one in near)


def _without(item: Evidence, parts: frozenset[Part], words: Struck) -> Evidence:
    """One item that stays, without names and serial numbers in its fields."""
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
    item = dataclasses.replace(item, source=_source(item.source, words))
    return _texts(item, words)


def _source(source: Source, words: Struck) -> Source:
    return dataclasses.replace(source, url="", name=words.without_names(source.name))


def _without_labels(item: Credential) -> Credential:
    """Labels of manifests hold identifiers that their program made once."""
    active = item.active and dataclasses.replace(item.active, manifest="")
    ancestors = tuple(
        dataclasses.replace(one, signing=dataclasses.replace(one.signing, manifest="")) for one in item.ancestors
    )
    return dataclasses.replace(item, active=active, ancestors=ancestors)


def _texts(value: Value, words: Struck) -> Value:
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


def _relinked(item: Evidence, ids: Mapping[str, str]) -> Evidence:
    """What names another item by its id names it by the new one."""
    if isinstance(item, Appearance | Comparison) and item.match_id in ids:
        return dataclasses.replace(item, match_id=ids[item.match_id])
    return item


def _original(report: Report, parts: frozenset[Part]) -> Any:
    if Part.NAMES not in parts:
        return report.original
    ending = PurePath(report.original.name).suffix.lower()
    ending = ending if re.fullmatch(r"\.[a-z0-9]{2,5}", ending) else ""
    return dataclasses.replace(report.original, name=f"picture{ending}", path="")


def _finding(one: Finding, ids: Mapping[str, str], words: Struck, report: Report, counted: _Counted) -> Finding:
    checks = {run.id for run in report.checks}
    sentences = []
    for sentence in one.sentences:
        cites = tuple(ids.get(cite, cite) for cite in sentence.cites if cite in ids or cite in checks)
        whole = len(cites) == len(sentence.cites) and not words.tells(sentence.text)
        counted.sentences += not whole
        text = words.without_names(sentence.text) if whole else LEFT_OUT
        sentences.append(Sentence(text=text, cites=cites or _citing(sentence, report)))
    staying = [each for each in one.conflicts if {each.first, each.second} <= ids.keys()]
    conflicts = [each for each in staying if not words.tells(each.text)]
    counted.sentences += len(one.conflicts) - len(conflicts)
    return dataclasses.replace(
        one,
        sentences=tuple(dict.fromkeys(sentences)),
        conflicts=tuple(
            dataclasses.replace(
                each, first=ids[each.first], second=ids[each.second], text=words.without_names(each.text)
            )
            for each in conflicts
        ),
        **{name: _told(getattr(one, name), words) for name in ("reason", "remedy", "would_change", "not_established")},
    )


def _citing(sentence: Sentence, report: Report) -> tuple[str, ...]:
    """The checks whose evidence a sentence rested on."""
    return tuple(
        run.id
        for run in report.checks
        if isinstance(run.outcome, Ran) and any(item.id in sentence.cites for item in run.outcome.evidence)
    ) or tuple(run.id for run in report.checks[:1])


def _told(value: Any, words: Struck) -> Any:
    if isinstance(value, tuple):
        return tuple(words.without_names(text) for text in value if not words.tells(text))
    return NOTE_LEFT_OUT if words.tells(value) else words.without_names(value)


def _run(run: CheckRun, kept: Mapping[str, Evidence], parts: frozenset[Part], words: Struck) -> CheckRun:
    outcome = run.outcome
    if isinstance(outcome, Ran):
        evidence = tuple(kept[item.id] for item in outcome.evidence if item.id in kept)
        return dataclasses.replace(run, outcome=Ran(evidence=evidence, note=_note(outcome.note, parts, words)))
    names = ("reason", "remedy") if isinstance(outcome, Skipped) else ("error", "remedy")
    changed: dict[str, Any] = {name: _note(getattr(outcome, name), parts, words) for name in names}
    return dataclasses.replace(run, outcome=dataclasses.replace(outcome, **changed))


def _note(text: str, parts: frozenset[Part], words: Struck) -> str:
    """A note of a check may name files of the desk."""
    if words.tells(text) or (Part.NAMES in parts and FILE_NAMED.search(text)):
        return NOTE_LEFT_OUT
    return words.without_names(text)


def _event(event: Event, words: Struck, parts: frozenset[Part]) -> Event:
    detail = event.detail
    if event.what == "received" and Part.NAMES in parts:
        detail = detail.rpartition(", ")[2]
    return dataclasses.replace(event, detail=_told(detail, words))


def _settings(settings: dict[str, object], parts: frozenset[Part]) -> dict[str, object]:
    unfinished = settings.get("references_unfinished")
    return settings | ({"references_unfinished": NOTE_LEFT_OUT} if unfinished and Part.NAMES in parts else {})
