"""What a caller may ask. The command line uses nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import StatementsError
from .model.evidence import Claim, Evidence, Match
from .model.finding import Question
from .model.image import Image
from .model.limits import Limits
from .model.report import Report

if TYPE_CHECKING:
    from .adding import AddOutcome
    from .desk import Checked, Desk
    from .model.record import Record
    from .reference.sqlite import SQLiteStore

JSON_NAME, HTML_NAME = "report.json", "report.html"


def check(
    picture: str | Path | bytes,
    *,
    references: Sequence[str | Path] | None = None,
    claims: str | Path | None = None,
    statements: Iterable[Evidence] = (),
    only: Iterable[str] = (),
    skip: Iterable[str] = (),
    within_s: float | None = None,
    now: datetime | None = None,
    limits: Limits | None = None,
    out: str | Path | None = None,
) -> Report:
    """Check one picture and return the report; with `out`, also write report.json and report.html into that folder.

    `references`: sets or folders of pictures; None means $PROVENANCE_REFERENCE, else the desk's own set. `claims`: a
    claims file. `statements`: claims and evidence made in code. `only` and `skip`: names of questions. `within_s`: what
    is not finished in this many seconds reads "not checked: time". `now`: an aware time to use as the clock.
    Raises InputError, ReferenceSetError, StatementsError, OutputError.
    """
    from .desk import Desk

    limits = limits or Limits()
    recorded = (*(read_claims(claims, limits) if claims is not None else ()), *statements)
    with Desk(
        references=references,
        statements=recorded,
        questions=questions(only, skip),
        limits=limits,
        within_s=within_s,
        clock=None if now is None else lambda: now,
    ) as desk:
        checked = desk.check(picture)
        if out is not None:
            write(desk, checked, Path(out))
    return checked.report


def questions(only: Iterable[str] = (), skip: Iterable[str] = ()) -> tuple[Question, ...]:
    """The questions to answer, in report order. Raises ValueError for a name that is none."""
    asked = {Question(name) for name in only} or set(Question)
    return tuple(question for question in Question if question in asked - {Question(name) for name in skip})


def read_claims(path: str | Path, limits: Limits | None = None) -> tuple[Evidence, ...]:
    """The claims and recorded evidence of a claims file (YAML or JSON; docs/claims.md). Raises StatementsError."""
    from .intake.claims import read_claims as read

    return read(Path(path), limits or Limits())


def claim(*, text: str = "", place: str = "", time: str = "", by: str = "", url: str = "") -> Claim:
    """One claim to test, from words: a place such as "Krasnoyarsk@56.01,92.85,20km", an ISO time or range."""
    from .intake.claims import claim_from_flags

    return claim_from_flags(text=text, place=place, time=time, by=by, url=url)


def write(desk: Desk, checked: Checked, target: Path) -> Path:
    """Write the report folder: report.json, report.html and SHA256SUMS. Raises OutputError."""
    from .custody.folder import write_folder

    pages = {
        JSON_NAME: f"{render_json(checked.report)}\n".encode(),
        HTML_NAME: render_html(checked.report, desk.pictures(checked)).encode(),
    }
    return write_folder(target, pages)


def render_json(report: Report) -> str:
    """The machine form; its schema is `provenance.report.jsonform.schema()`."""
    from .report.jsonform import render

    return render(report)


def render_html(report: Report, pictures: Mapping[str, bytes]) -> str:
    """One file that needs no script and no network. `pictures`: JPEG bytes by "query" and by reference image id."""
    from .report.html import render
    from .sets import cache_folder

    return render(report, dict(pictures), compiled=cache_folder().with_name("templates"))


def render_text(report: Report, *, width: int = 80, colour: bool = False) -> str:
    """One line per question, for a terminal `width` columns wide."""
    from .report.terminal import render

    return render(report, width=width, colour=colour)


def inspect(picture: str | Path, *, limits: Limits | None = None, now: datetime | None = None) -> Report:
    """Metadata and file structure only: nothing is decoded and nothing is searched."""
    from .inspecting import inspect as look

    return look(Path(picture), limits or Limits(), now=now)


def compare(first: str | Path, second: str | Path, *, limits: Limits | None = None) -> tuple[Match, Image, Image]:
    """How two pictures relate, without a reference set. Raises InputError, and DecodeError when one has no pixels."""
    from .errors import DecodeError
    from .image.decode import Decoder
    from .image.load import load
    from .matching.compare import compare as relate

    limits = limits or Limits()
    with Decoder() as decoder:
        images = [load(Path(path), decoder, limits) for path in (first, second)]
    if images[0].original.sha256 != images[1].original.sha256:
        for image in images:
            if image.refusal is not None:
                raise DecodeError(f"{image.original.name}: {image.refusal.reason}", remedy=image.refusal.remedy)
    return relate(images[0], images[1]), images[0], images[1]


def add(
    pictures: Sequence[str | Path],
    *,
    reference: str | Path | None = None,
    records: Mapping[str, tuple[Record, ...]] | None = None,
    keep: bool = False,
    limits: Limits | None = None,
    now: datetime | None = None,
    progress: Callable[..., None] | None = None,
) -> AddOutcome:
    """Fill a reference set from files and folders; resumable, and idempotent for pictures and records alike.

    `reference`: the set to fill, made when missing; None means $PROVENANCE_REFERENCE, else the desk's own.
    `records`: by file name, as `read_records` gives them. `keep`: copy the pictures into the set.
    """
    from .adding import add as fill
    from .custody.events import system_clock
    from .image.decode import Decoder
    from .sets import resolve_one

    store = resolve_one(reference, create=True)
    try:
        with Decoder() as decoder:
            return fill(
                [Path(picture) for picture in pictures],
                store,
                decoder,
                limits or Limits(),
                records=dict(records or {}),
                keep=keep,
                progress=progress,
                now=now or system_clock(),
            )
    finally:
        store.close()


def read_records(path: str | Path, limits: Limits | None = None) -> dict[str, tuple[Record, ...]]:
    """The records of a CSV or JSON Lines file, by file name (docs/records.md). Raises StatementsError."""
    from .intake.records import read_records as read

    return read(Path(path), limits or Limits())


def reference_set(name: str | Path | None = None) -> SQLiteStore:
    """Open one set to look at or correct: as named, else $PROVENANCE_REFERENCE, else the desk's own; close it after.

    Raises ReferenceSetError.
    """
    from .sets import resolve_one

    return resolve_one(name, create=False)


def correct_record(
    store: SQLiteStore, image_id: str, record_id: str, changes: Mapping[str, str], *, note: str = ""
) -> Record:
    """Write columns of one record anew, by the rules of a records file; the earlier form stays in its history.

    Raises StatementsError for an unknown column, a bad date or an impossible place, and then nothing has changed.
    """
    from .custody.events import system_clock
    from .intake.records import corrected

    old = next((record for record in store.records(image_id) if record.id == record_id), None)
    if old is None:
        raise StatementsError(f"picture {image_id[:12]} has no record {record_id}", remedy="see: provenance refs show")
    new = corrected(old, changes)
    changed = {f.name: getattr(new, f.name) for f in fields(new) if getattr(new, f.name) != getattr(old, f.name)}
    return store.edit_record(image_id, record_id, changed, note, now=system_clock())
