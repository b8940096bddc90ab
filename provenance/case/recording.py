"""What a person adds to a case: statements, pages, hits, places, a word on evidence, a rating; each one log entry."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ..custody.layout import RECORDED
from ..errors import DecodeError, InputError, UsageError
from ..model.address import without_user
from ..model.case import Did, Head, Settings
from ..model.limits import RECORD_FILES, Limits
from ..model.text import quoted, visible
from ..output.exporting import rating, render_claim_review
from ..sealing.author import author
from ..sealing.folders import case_of
from .held import files_of, held, named, originals
from .reported import find_item, reports_in

if TYPE_CHECKING:
    from ..custody.writing import Author
    from ..model.matches import Match

_SHOWN_CHARS = 200
_ENDING = re.compile(r"\.[a-z0-9]{1,8}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What `record` did: the head of the log behind it, whose last entry is the new one."""

    head: Head
    pictures: tuple[str, ...]
    """SHA-256 of the originals it speaks of; none: of the case as a whole, and no check weighs it."""
    compared: Match | None = None
    """How the picture of the case relates to the saved picture of a hit."""


def record(
    case: str | Path,
    text: str,
    *,
    kind: str = "statement",
    about: Sequence[str] = (),
    attach: Sequence[str | Path] = (),
    saved: str | Path | tuple[str, bytes] | None = None,
    now: datetime | None = None,
    **details: str,
) -> Recorded:
    """Note in a case what a person says, saw, found or decided; the next check into the case weighs it.

    `kind`: one of statement, observation, correction, page, hit, geolocation, accept, dismiss, rating. `about`:
    originals of the case, by their SHA-256 or its first 8 digits or more; the only one may be left out. `attach`: files
    kept with it under their digest. `saved`: the picture of a hit, a file or a
    name with bytes, which is kept and compared with the original.
    `details`: source (who says so; "" is whoever records), grade (Admiralty; "" is F6), origin, url (noted, never
    opened), and, by kind: place, time, denies ("yes"), published, date_basis, match, caption, engine, item (id of an
    item of a report of the case, or a question), corrects (number of an entry), rating, claim_rating, claim, desk.

    Nothing already said is changed, and nothing is written where anything is wrong. Raises UsageError, InputError,
    DecodeError, CaseError, OutputError.
    """
    from ..custody.events import time_and_clock
    from ..custody.writing import writing
    from ..intake.recordable import settings_of

    if kind == "hits":
        raise UsageError("a saved results page is read, not typed", remedy="see: record_hits, or --page")
    if len(attach) > RECORD_FILES:
        raise UsageError(f"more than {RECORD_FILES} files at once", remedy="record them one after the other")
    by = author(*time_and_clock(now))
    given = {**details, "saved": "a picture"} if saved else details
    given = {key: without_user(value) if key in ("url", "origin") else value for key, value in given.items()}
    settings = settings_of(kind, text, given, by.by)
    root = case_of(case)
    kept = {Path(path): read_file(Path(path)) for path in attach}
    pictures = pictures_of(root, kind, about, settings)
    if "corrects" in settings:
        of_entry = _of_entry(root, str(settings["corrects"]))
        pictures = pictures if about else of_entry
    if kind == "rating":
        _require_claim(root, pictures[0], settings, by.by)
    compared = None
    if saved:
        path, data = (Path(saved[0]), saved[1]) if isinstance(saved, tuple) else (Path(saved), read_file(Path(saved)))
        kept[path], settings["saved"] = data, name_of(path, data)
        compared = _compared(root, pictures[0], data, path.name)
        settings |= {"compared": compared.answer.value, "compared_how": compared.statement}
    files = {name_of(path, data): data for path, data in kept.items()}
    if files:
        settings["files"] = sorted(files)
    with writing(root, by) as writer:
        new = {path: data for path, data in files.items() if not (root / path).exists()}
        writer.enter(by, Did.RECORDED, _words(settings, by), inputs=pictures, files=new, settings=settings)
        return Recorded(head=writer.head, pictures=tuple(pictures), compared=compared)


def _words(settings: Settings, by: Author) -> str:
    who = quoted(str(settings.get("source") or by.by), limit=_SHOWN_CHARS)
    of = f" of {settings['item']}" if "item" in settings else ""
    return f"{settings['kind']}{of} by {who}: {quoted(str(settings['text']), limit=_SHOWN_CHARS)}"


def pictures_of(root: Path, kind: str, about: Sequence[str], settings: Settings) -> list[str]:
    """The originals that the record speaks of, by SHA-256; of a word on an item, that of the report that holds it.

    Puts the item's whole id and its statement into `settings`. Raises UsageError, CaseError, InputError.
    """
    from ..intake.recordable import NEEDS, RecordKind

    known = tuple(originals(files_of(root)))
    asked = [named(digest, known) for digest in about]
    if "item" in settings:
        report, item, statement = find_item(root, str(settings["item"]), asked or known, settings["kind"] == "dismiss")
        settings |= {"item": item, "statement": statement}
        return [report.original.sha256]
    pictures = asked or (list(known) if len(known) == 1 else [])
    if NEEDS[RecordKind(kind)].one_picture and len(pictures) != 1:
        raise UsageError(
            f"the case holds {len(known)} pictures, and --kind {kind} speaks of one",
            remedy="name it: --about, with the first 8 digits of its SHA-256",
        )
    return pictures


def _of_entry(root: Path, number: str) -> list[str]:
    """The originals that an entry speaks of. Raises UsageError for one that recorded nothing, CaseError."""
    from .cases import chronology

    for entry in chronology(root):
        if str(entry.number) == number and entry.did == Did.RECORDED:
            return list(entry.inputs)
    remedy = "give the number of an entry that recorded something: provenance log CASE"
    raise UsageError(f"entry {visible(number, limit=40)} recorded nothing", remedy=remedy)


def _require_claim(root: Path, sha256: str, settings: Settings, by: str) -> None:
    """Whether a rating can be published beside the last report on its picture. Raises UsageError."""
    said = {name: str(value) for name, value in settings.items()}
    with suppress(InputError):  # of a report that this version cannot read
        for kept in reports_in(root, sha256):
            rated = rating(
                said["rating"], by=said.get("source", "") or by, reason=said["text"], claim=said.get("claim", "")
            )
            render_claim_review(kept.report, rated)
            return


def _compared(root: Path, sha256: str, data: bytes, name: str) -> Match:
    """How the case's picture relates to a saved one. Raises InputError, DecodeError, CaseError."""
    from ..image.decoding.decoder import Decoder
    from ..image.load import load_bytes
    from ..matching.compare import compare

    limits = Limits()
    original = held(root, originals(files_of(root))[sha256])
    with Decoder() as decoder:
        images = [load_bytes(part, called, decoder, limits) for part, called in ((original, sha256), (data, name))]
    if images[1].refusal is not None and images[0].original.sha256 != images[1].original.sha256:
        raise DecodeError(f"{visible(name)}: {images[1].refusal.reason}", remedy="keep it with --attach instead")
    return compare(*images)


def read_file(path: Path, most: int = Limits().file_bytes) -> bytes:
    """A file to keep, of at most so many bytes. Raises InputError."""
    try:
        if not path.is_file():
            there = path.exists()
            told = "this is a folder, device or pipe, not a file" if there else "no such file"
            raise InputError(f"{path}: {told}", remedy="name a file to keep" if there else "check the name")
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{path}: cannot be read ({reason})", remedy="check the name and rights") from None
    if len(data) > most:
        raise InputError(f"{path}: more than {most} bytes", remedy="give a smaller file")
    return data


def name_of(path: Path, data: bytes) -> str:
    """Where a file lies in a case: by its digest, with the ending of its name."""
    ending = path.suffix.lower()
    return f"{RECORDED}/{hashlib.sha256(data).hexdigest()}{ending if _ENDING.fullmatch(ending) else '.bin'}"
