"""The edition itself: a full record without the parts that are left out, and what rests on them told as left out.

Verdict words stay as the full record has them. A sentence or contradiction that rests on what is left out, or shows a
value of it, is left out too, and says so in its place.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from ...model.evidence import Evidence
from ...model.finding import Finding, NextStep, Sentence
from ...model.noted import Review
from ...model.outcome import CheckRun, Ran, Skipped
from ...model.report import Derivation, Event, Report
from ..jsonform import body_digest
from ..linter import complaints
from .items import NOTE_LEFT_OUT, file_positions, left_out, near_names, relinked, renamed_note, strings, texts, without
from .parts import Part
from .striking import Struck, struck

LEFT_OUT = "Left out of this edition: it rests on what is left out."
_FILE_NAMED = re.compile(r"/|\.\w{3,4}\b")


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
    near = file_positions(report) if Part.GPS in parts else ()
    words = struck(report, parts, near_names(report, near))
    kept: dict[str, Evidence] = {}
    for item in report.evidence:
        if not left_out(item, parts, words, near):
            kept[item.id] = without(item, parts, words, near)
    ids = {old: item.id for old, item in kept.items()}
    kept = {old: relinked(item, ids) for old, item in kept.items()}
    ids = {old: item.id for old, item in kept.items()}
    counted = _Counted()
    made = dataclasses.replace(
        report,
        original=_original(report, parts),
        structure=texts(report.structure, words),
        findings=tuple(_finding(one, ids, words, report, counted) for one in report.findings),
        claims=tuple(dataclasses.replace(one, claim=ids.get(one.claim, one.claim)) for one in report.claims),
        checks=tuple(_run(run, kept, parts, words) for run in report.checks),
        evidence=tuple(kept.values()),
        events=tuple(_event(one, words, parts) for one in report.events),
        settings=_settings(report.settings, parts),
        next_steps=_steps(report, ids, words, counted),
        reviews=_reviews(report.reviews, ids, parts, words, counted),
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
        text = words.without_names(_renamed(sentence, ids)) if whole else LEFT_OUT
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


def _renamed(sentence: Sentence, ids: Mapping[str, str]) -> str:
    """A sentence that tells who set an item aside calls it by the first digits of its id."""
    text = sentence.text
    for old in sentence.cites:
        kind, _, digits = old.rpartition("-")
        text = text.replace(f"the {kind} {digits[:4]}", f"the {kind} {ids.get(old, old).rpartition('-')[2][:4]}")
    return text


def _steps(report: Report, ids: Mapping[str, str], words: Struck, counted: _Counted) -> tuple[NextStep, ...]:
    """What a desk can do next, but for what starts from something that is left out, shows it, or names a file."""
    known = {**ids, **{run.id: run.id for run in report.checks}}
    kept = [
        step
        for step in report.next_steps
        if set(step.cites) <= known.keys()
        and not words.tells(step.text)
        and not (words.names and _FILE_NAMED.search(words.without_names(step.text)))
    ]
    counted.sentences += len(report.next_steps) - len(kept)
    return tuple(
        dataclasses.replace(
            step, text=words.without_names(step.text), cites=tuple(dict.fromkeys(known[cite] for cite in step.cites))
        )
        for step in kept
    )


def _reviews(
    reviews: Sequence[Review], ids: Mapping[str, str], parts: frozenset[Part], words: Struck, counted: _Counted
) -> tuple[Review, ...]:
    """What people said of answers, and of items that stay: the id of any other could be found by guessing at it."""
    kept = [one for one in reviews if one.of_answer or one.item in ids]
    kept = [one for one in kept if not any(map(words.tells, strings(one)))]
    counted.sentences += len(reviews) - len(kept)
    kept = [dataclasses.replace(texts(one, words), item=ids.get(one.item, one.item)) for one in kept]
    if Part.NAMES not in parts:
        return tuple(kept)
    return tuple(dataclasses.replace(one, noted=renamed_note(one.noted, words)) for one in kept)


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
    if words.tells(text) or (Part.NAMES in parts and _FILE_NAMED.search(text)):
        return NOTE_LEFT_OUT
    return words.without_names(text)


def _event(event: Event, words: Struck, parts: frozenset[Part]) -> Event:
    detail = event.detail
    if event.what == "received" and Part.NAMES in parts:
        detail = detail.rpartition(", ")[2]
    if event.what == "asked":  # an address or a position, as it was sent
        return dataclasses.replace(event, detail=f"{detail.partition(':')[0]}: what was asked is left out")
    return dataclasses.replace(event, detail=_told(detail, words))


def _settings(settings: dict[str, object], parts: frozenset[Part]) -> dict[str, object]:
    unfinished = settings.get("references_unfinished")
    settings = {name: value for name, value in settings.items() if name != "addresses"}
    return settings | ({"references_unfinished": NOTE_LEFT_OUT} if unfinished and Part.NAMES in parts else {})
