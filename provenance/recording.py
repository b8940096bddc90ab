"""What a person found, noted in a case: a statement with its source, grade and origin, and files that go with it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from .cases import author, folder_of
from .errors import InputError, UsageError
from .model.limits import Limits
from .model.source import Grade
from .model.text import quoted, visible

if TYPE_CHECKING:
    from .model.case import Head, Settings

KINDS = ("statement", "observation", "correction")
RECORDED = "data/recorded"
MOST_CHARS, MOST_FILES = 20_000, 100
_SHOWN_CHARS = 200
_ENDING = re.compile(r"\.[a-z0-9]{1,8}")
_DIGEST = re.compile(r"[0-9a-f]{8,64}")


def record(
    case: str | Path,
    text: str,
    *,
    kind: str = "statement",
    source: str = "",
    grade: str = "",
    origin: str = "",
    url: str = "",
    about: Sequence[str] = (),
    attach: Sequence[str | Path] = (),
    now: datetime | None = None,
) -> Head:
    """Note a statement, an observation or a correction in a case; returns the head of its log behind it.

    `source`: who says so; "" means the desk itself. `grade`: Admiralty, such as B2; "" is F6, which means that it
    cannot be judged. `origin`: the root it descends from, where that is not the source. `url`: noted, never opened.
    `about`: originals of the case, by their SHA-256 or its first 8 digits or more. `attach`: files kept with it, such
    as a screenshot, under their digest. Nothing already said is changed. Raises UsageError, InputError, CaseError,
    OutputError.
    """
    from .custody.events import STATED_CLOCK, SYSTEM_CLOCK, system_clock
    from .custody.writing import writing

    if len(attach) > MOST_FILES:
        raise UsageError(f"more than {MOST_FILES} files at once", remedy="record them one after the other")
    settings = _said(text, kind, source=source, grade=grade, origin=origin, url=url)
    files = {_name(Path(path), data): data for path in attach for data in (_read(Path(path)),)}
    by = author(now or system_clock(), STATED_CLOCK if now else SYSTEM_CLOCK)
    root = folder_of(case)
    with writing(root, by) as writer:
        known = [path.name[:64] for path in (root / "data" / "originals").glob("*")]
        inputs = [_original(digest, known) for digest in about]
        told = f"{kind} by {quoted(source or by.by, limit=_SHOWN_CHARS)}: {quoted(text, limit=_SHOWN_CHARS)}"
        new = {path: data for path, data in files.items() if not (root / path).exists()}
        if files:
            settings["files"] = sorted(files)
        writer.enter(by, "recorded", told, inputs=inputs, files=new, settings=settings)
        return writer.head


def _said(text: str, kind: str, **more: str) -> Settings:
    """What the entry keeps verbatim. Raises UsageError."""
    if kind not in KINDS:
        raise UsageError(f"{visible(kind, limit=40)!r} is no kind of record", remedy=f"one of: {', '.join(KINDS)}")
    if not text.strip() or len(text) > MOST_CHARS or any(len(value) > MOST_CHARS for value in more.values()):
        raise UsageError("the text is empty or too long", remedy=f"say it in 1 to {MOST_CHARS} characters")
    try:
        more["grade"] = str(Grade.parse(more["grade"])) if more["grade"] else str(Grade())
        "".join((text, *more.values())).encode()
    except UnicodeEncodeError:
        raise UsageError("the text is not Unicode", remedy="check the terminal's encoding") from None
    except ValueError as error:
        raise UsageError(str(error), remedy="leave --grade out where it cannot be judged") from None
    return {"kind": kind, "text": text, **{name: value for name, value in more.items() if value}}


def _read(path: Path) -> bytes:
    """A file to keep. Raises InputError."""
    most = Limits().file_bytes
    try:
        if not path.is_file():
            raise InputError(f"{path}: no such file", remedy="check the name")
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})", remedy="check the name and rights") from None
    if len(data) > most:
        raise InputError(f"{path}: more than {most} bytes", remedy="attach a smaller file")
    return data


def _name(path: Path, data: bytes) -> str:
    ending = path.suffix.lower()
    return f"{RECORDED}/{hashlib.sha256(data).hexdigest()}{ending if _ENDING.fullmatch(ending) else '.bin'}"


def _original(asked: str, known: Sequence[str]) -> str:
    """The one original that is meant. Raises UsageError."""
    asked = asked.lower()
    found = sorted({digest for digest in known if _DIGEST.fullmatch(asked) and digest.startswith(asked)})
    if len(found) != 1:
        remedy = "give the first 8 digits or more of an original's SHA-256: provenance log CASE"
        raise UsageError(f"{visible(asked, limit=70)} names {len(found)} originals of this case", remedy=remedy)
    return found[0]
