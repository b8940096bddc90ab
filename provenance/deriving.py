"""Derivatives into a case: each new, beside what it was made from, and noted in the log with its parent's digest."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .cases import author, folder_of
from .custody.events import STATED_CLOCK, SYSTEM_CLOCK, system_clock
from .errors import InputError, UsageError
from .model.text import visible

if TYPE_CHECKING:
    from datetime import datetime

    from .desk import Checked, Desk
    from .image.covering import Box
    from .model.case import Head, Settings
    from .model.report import Report

DERIVATIVES, REDACTED = "data/derivatives", "redacted"
ORIGINALS, REPORTS, REPORT_NAME = "data/originals", "data/reports", "report.json"
_DIGEST = re.compile(r"[0-9a-f]{8,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """Where a derivative lies, and the head of the case's log behind it; None outside of a case."""

    folder: Path
    head: Head | None = None


def is_case(path: Path) -> bool:
    """Whether a folder is a case, by its log."""
    from .custody.layout import LOG

    return (path / LOG).is_file()


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
    from .editions import derive

    parts, root = tuple(leave_out), folder_of(case)
    original = _original(root, about)
    data = _whole(original)
    found = _last_report(root, original.name[:64]) if parts or not boxes else None
    report = None if found is None else found[1]
    if parts and found is None:
        raise InputError(f"the case holds no report on {original.name[:12]}", remedy="check it with --case first")
    files = derive(report, leave_out=parts, boxes=boxes, picture=data if boxes else None, blur=blur, now=now)
    parents = ([original] if boxes else []) + ([found[0]] if found is not None else [])
    stem = f"{original.name[:8]}-{'-'.join(filter(None, ('covered' if boxes else '', *parts)))}"
    return deposit(root, files, stem, of=parents, now=now, boxes=tuple(map(str, boxes)), leave_out=parts)


def publish_into(case: str | Path, desk: Desk, checked: Checked, report: Path, *, blur: bool = False) -> Path:
    """The edition for publication of a report that was just filed, as its derivative in the case; its folder."""
    from .editions import PARTS, SUFFIX, for_publication

    files = for_publication(desk, checked, blur=blur)
    at, clock = desk.now()
    stated = at if clock == STATED_CLOCK else None
    stem, parent = f"{report.name}-{SUFFIX}", report / REPORT_NAME
    return deposit(case, files, stem, of=[parent], now=stated, leave_out=PARTS).folder


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
    from .custody.folder import write_folder
    from .editions import derive
    from .exporting import read_report

    path = Path(of)
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
    of: Sequence[Path],
    now: datetime | None = None,
    boxes: Sequence[str] = (),
    leave_out: Sequence[str] = (),
) -> Derived:
    """Put the files of a derivative into a case, with an entry that names what they were made from, by digest."""
    from .custody.writing import writing

    by = author(now or system_clock(), STATED_CLOCK if now else SYSTEM_CLOCK)
    root = folder_of(case)
    parents = [hashlib.sha256(path.read_bytes()).hexdigest() for path in of]
    settings: Settings = {"made_from": [path.relative_to(root).as_posix() for path in of]}
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
            REDACTED,
            f"made a derivative: {' and '.join(told)}",
            inputs=parents,
            files={f"{inside}/{name}": data for name, data in files.items()},
            settings=settings,
        )
        return Derived(folder=root / inside, head=writer.head)


def _original(root: Path, about: str) -> Path:
    """The one original that is meant. Raises UsageError."""
    there = sorted((root / ORIGINALS).glob("*"))
    if about and not _DIGEST.fullmatch(about.lower()):
        raise UsageError(f"{visible(about, limit=70)} is no start of a SHA-256", remedy="give 8 digits of it or more")
    found = [path for path in there if path.name.startswith(about.lower())]
    if len(found) != 1:
        remedy = "give --about with the first 8 digits of its SHA-256, as provenance log CASE shows them"
        raise UsageError(f"{len(found)} originals of this case are meant", remedy=remedy)
    return found[0]


def _whole(original: Path) -> bytes:
    """The bytes of an original that is what its name says. Raises InputError."""
    try:
        data = original.read_bytes()
    except OSError as error:
        raise InputError(f"{original}: {error.strerror}", remedy="see: provenance verify") from None
    if hashlib.sha256(data).hexdigest() != original.name[:64]:
        raise InputError(f"{original.name} is not what its name says", remedy="see: provenance verify")
    return data


def _last_report(root: Path, sha256: str) -> tuple[Path, Report] | None:
    """The latest report on an original, and its file; None where there is none."""
    from .exporting import read_report

    for path in sorted((root / REPORTS).glob(f"*-{sha256[:8]}*/{REPORT_NAME}"), reverse=True):
        report = read_report(path)
        if report.original.sha256 == sha256:
            return path, report
    return None
