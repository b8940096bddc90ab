"""What was fetched, kept: in a folder of its own, or in a case, whose log also tells of what could not be had."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..custody.events import STATED_CLOCK, system_clock
from ..custody.layout import FETCHED
from ..model.canonical import iso
from ..model.case import Did, Settings
from ..model.text import visible
from .fetched_pictures import EXCHANGE, RECORD, FetchedPicture, Fetching

if TYPE_CHECKING:
    from ..custody.writing import Author, Writer
    from ..model.brought import Brought


def write_fetching(got: Fetching, folder: Path) -> Path:
    """Write the pictures and the record of the requests into a new folder; return it. Raises OutputError."""
    from ..custody.folder import write_folder

    return write_folder(folder, fetching_files(got))


def refuse_taken(folder: Path) -> None:
    """Raises OutputError where the record of a fetching could not be written into that folder, or one is there."""
    from ..custody.folder import refuse_replacing, require_writable

    require_writable(folder)
    if folder.exists():
        refuse_replacing(folder, (RECORD, EXCHANGE))


def fetching_files(got: Fetching) -> dict[str, bytes]:
    """The record of the requests and the pictures, by name."""
    return {**got.files, **{_file(one): one.data for one in got.pictures}}


def keep_apart(files: Mapping[str, bytes], parent: Path, name: str) -> Path:
    """Write what came for a check that has no report into a new folder of that name, or `name-2`, ...; return it.

    Raises OutputError.
    """
    from ..custody.folder import write_new_folder

    return write_new_folder(parent, name, files)


def _file(picture: FetchedPicture) -> str:
    from ..reference.kept import ENDINGS, OTHER_ENDING

    return f"{picture.sha256[:16]}{ENDINGS.get(picture.media_type, OTHER_ENDING)}"


def check_fetched(case: Path, got: Fetching) -> tuple[Brought, ...]:
    """The pictures for checks into a case, which keeps the record and tells those checks itself."""
    keep_fetching(case, got)
    return tuple(replace(one, also=(), beside={}) for one in got.brought)


def keep_fetching(case: str | Path, got: Fetching) -> str:
    """Keep the pictures as originals of a case, opened or continued, and the record; return the head of its log.

    For each picture an entry says how it came, and every later check of it in this case knows. Raises CaseError,
    OutputError.
    """
    from ..custody.writing import writing
    from ..reference.kept import ENDINGS, OTHER_ENDING

    by = _author(got)
    with writing(Path(case), by, create=True) as writer:
        inside, added = record_in(writer, got)
        for number, picture in enumerate(got.pictures):
            ending = ENDINGS.get(picture.media_type, OTHER_ENDING).removeprefix(".")
            told = f"{picture.name}, {len(picture.data)} bytes, {picture.media_type}"
            writer.received(by, picture.data, ending, f"received {told}, from an address")
            settings: Settings = {**picture.said, "record": f"{inside}/{RECORD}"}
            words = f"fetched {visible(picture.said['from'], limit=200)}"
            files = added if number == 0 else {}
            writer.enter(by, Did.FETCHED, words, inputs=[picture.sha256], files=files, settings=settings)
        return str(writer.head)


def keep_failure(case: str | Path, got: Fetching) -> str:
    """Note in a case what was asked, when and why nothing came of it, with what came; return the head of its log.

    "" where nothing left this machine: then nothing is noted. Raises CaseError, OutputError.
    """
    from ..custody.writing import writing

    if not got.left:
        return ""
    by = _author(got)
    with writing(Path(case), by, create=True) as writer:
        inside, files = record_in(writer, got)
        settings: Settings = {
            "url": got.url,
            "asked_at": iso(got.asked_at),
            "failed": visible(got.failed, limit=1_000),
            "record": f"{inside}/{RECORD}",
        }
        words = f"could not fetch {visible(got.url, limit=200)}: {visible(got.failed, limit=300)}"
        writer.enter(by, Did.NOT_FETCHED, words, files=files, settings=settings)
        return str(writer.head)


def keep_record(case: Path, got: Fetching, sha256: str) -> str:
    """Keep requests and replies in a case, for a hit of this original; where the record lies in it.

    The pictures stay in the exchange, and are no originals. Raises CaseError, OutputError.
    """
    from ..custody.writing import writing

    by = _author(got)
    with writing(case, by) as writer:
        inside, files = record_in(writer, got)
        settings: Settings = {"url": got.url, "record": f"{inside}/{RECORD}"}
        words = f"fetched {visible(got.url, limit=200)} for a hit: {len(got.pictures)} picture(s)"
        writer.enter(by, Did.FETCHED_FOR_A_HIT, words, inputs=[sha256], files=files, settings=settings)
        return f"{inside}/{RECORD}"


def record_in(writer: Writer, got: Fetching) -> tuple[str, dict[str, bytes]]:
    """A free folder of the case for the record of a fetching, and its files by their place in it."""
    files = got.files
    stamp = iso(got.asked_at).replace("-", "").replace(":", "")
    inside = writer.free_name(f"{FETCHED}/{stamp}-{hashlib.sha256(files[EXCHANGE]).hexdigest()[:8]}")
    return inside, {f"{inside}/{name}": data for name, data in files.items()}


def _author(got: Fetching) -> Author:
    from ..sealing.author import author

    return author(got.asked_at if got.clock == STATED_CLOCK else system_clock(), got.clock)
