"""Derivatives into a case: each new, beside what it was made from, and noted in the log with its parent's digest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..custody.events import STATED_CLOCK, time_and_clock
from ..custody.layout import DERIVATIVES, REPORTS
from ..errors import InputError, UsageError
from ..model.case import CaseFile, Did, Head, Settings
from ..model.report_files import JSON_NAME
from ..model.text import visible
from ..sealing.author import author
from ..sealing.folders import folder_of
from .held import files_of, held, named, originals
from .reported import reports_in

if TYPE_CHECKING:
    from datetime import datetime

    from ..desk.checked import Checked
    from ..desk.desk import Desk
    from ..image.covering import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """Where a derivative lies, and the head of the case's log behind it; None outside of a case."""

    folder: Path
    head: Head | None = None


def redact_case(
    case: str | Path,
    *,
    about: str = "",
    leave_out: Iterable[str] = (),
    boxes: Sequence[Box] = (),
    blur: bool = False,
    now: datetime | None = None,
) -> Derived:
    """A derivative of one picture of a case: with boxes covered, with parts of its last report left out, or both.

    `about`: which original, by 8 digits of its SHA-256 or more, where the case has several. Nothing that is there is
    changed. Raises UsageError, InputError, DecodeError, CaseError, OutputError.
    """
    from ..output.editions import derive

    parts, root = tuple(leave_out), folder_of(case)
    known = originals(files_of(root))
    if len(known) != 1 and not about:
        remedy = "give --about with the first 8 digits of its SHA-256, as provenance log CASE shows them"
        raise UsageError(f"the case holds {len(known)} originals", remedy=remedy)
    sha256 = named(about, tuple(known)) if about else next(iter(known))
    kept = next(reports_in(root, sha256), None) if parts or not boxes else None
    if parts and kept is None:
        raise InputError(f"the case holds no report on {sha256[:12]}", remedy="check it with --case first")
    report, picture = None if kept is None else kept.report, held(root, known[sha256]) if boxes else None
    files = derive(report, leave_out=parts, boxes=boxes, picture=picture, blur=blur, now=now)
    parents = ([known[sha256]] if boxes else []) + ([kept.file] if kept is not None else [])
    stem = f"{sha256[:8]}-{'-'.join(filter(None, ('covered' if boxes else '', *parts)))}"
    return deposit(root, files, stem, of=parents, now=now, boxes=tuple(map(str, boxes)), leave_out=parts)


def publish_into(
    case: str | Path, desk: Desk, checked: Checked, report: Path, *, blur: bool = False, pdf: bool = False
) -> Derived:
    """The edition for publication of a report that was just filed, as its derivative in the case."""
    from ..output.editions import PARTS, SUFFIX, for_publication

    files = for_publication(desk, checked, blur=blur, pdf=pdf)
    at, clock = desk.now()
    stated = at if clock == STATED_CLOCK else None
    parent = files_of(case)[f"{REPORTS}/{report.name}/{JSON_NAME}"]
    return deposit(case, files, f"{report.name}-{SUFFIX}", of=[parent], now=stated, leave_out=PARTS)


def redact_file(
    of: str | Path,
    *,
    out: str | Path | None,
    picture: str | Path | None = None,
    leave_out: Iterable[str] = (),
    boxes: Sequence[Box] = (),
    blur: bool = False,
    now: datetime | None = None,
) -> Derived:
    """The same outside of a case: of a picture, or of a report.json or the folder that holds one, into a new folder.

    `picture`: that of the report, to cover and show it. Raises UsageError, InputError, DecodeError, OutputError.
    """
    from ..custody.folder import write_folder
    from ..output.editions import derive
    from ..output.exporting import read_report

    path = Path(of)
    if not path.exists():
        name = visible(str(path), limit=200)
        raise InputError(f"{name}: no such file or folder", remedy="give a case, a report or a picture that is there")
    if out is None:
        raise UsageError("there is no place for the derivative", remedy="name a folder with --out")
    is_report = path.is_dir() or path.suffix.lower() == ".json"
    if not is_report and (tuple(leave_out) or picture is not None):
        raise UsageError("parts are left out of a report, and this is a picture", remedy="give a report or a case")
    shown = (None if picture is None else Path(picture)) if is_report else path
    report = read_report(path) if is_report else None
    files = derive(report, leave_out=leave_out, boxes=boxes, picture=shown, blur=blur, now=now)
    return Derived(folder=write_folder(Path(out), files))


def deposit(
    case: str | Path,
    files: dict[str, bytes],
    stem: str,
    *,
    of: Sequence[CaseFile],
    now: datetime | None = None,
    boxes: Sequence[str] = (),
    leave_out: Sequence[str] = (),
) -> Derived:
    """Put the files of a derivative into a case, with an entry that names what they were made from, by digest."""
    from ..custody.writing import writing

    by = author(*time_and_clock(now))
    root = folder_of(case)
    settings: Settings = {"made_from": [file.path for file in of]}
    if boxes:
        settings["covered_boxes_px"] = list(boxes)
    if leave_out:
        settings["left_out"] = list(leave_out)
    told = [f"{len(boxes)} {'box' if len(boxes) == 1 else 'boxes'} covered"] if boxes else []
    told += [f"without {', '.join(leave_out)}"] if leave_out else []
    with writing(root, by) as writer:
        inside = writer.free_name(f"{DERIVATIVES}/{stem}")
        writer.enter(
            by,
            Did.REDACTED,
            f"made a derivative: {' and '.join(told)}",
            inputs=[file.sha256 for file in of],
            files={f"{inside}/{name}": data for name, data in files.items()},
            settings=settings,
        )
        return Derived(folder=root / inside, head=writer.head)
