"""Takes a file that another desk exported into a set: all of it is checked before anything is taken in."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ..custody import sshsig
from ..errors import StatementsError
from ..intake.exported import read_entry, read_head
from ..model.limits import CASE_SIGNATURE_BYTES, SHARE_FILE_BYTES, SHARE_LINE_BYTES, Limits
from ..model.record import Entry, Record
from ..model.text import visible
from .entries import LENGTHS, names
from .sharing import NAMESPACE
from .taking import taken_in
from .wanted import Progress

if TYPE_CHECKING:
    from ..reference.reference_set import ReferenceSet

_TRAILER = re.compile(rb"provenance-export/1 sha256 ([0-9a-f]{64}) bytes ([0-9]{1,15})\n")
_ASK_AGAIN = "ask the desk that made it for the file again; nothing was taken in"

_CHANGED = "somebody wrote to the file meanwhile, and what came before that is in the set; import it again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What was taken in."""

    pictures_added: int
    records_added: int
    """Records that say something, as an export counts them."""
    marks_added: int
    """Pictures of which the file has no record: the set keeps one that holds `received` alone."""
    already_there: int
    received: str
    """What every record carries: from whom and in which file it came."""
    mended: str = ""
    """What became of a change that was cut off between two servers, in a sentence; "" where there was none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signed:
    """A file whose signature holds: whose it is, and how far what was signed reaches."""

    signer: str
    body_bytes: int
    body_sha256: str
    sha256: str


def import_set(
    opened_set: Callable[[], ReferenceSet],
    file: Path,
    limits: Limits,
    *,
    with_features: bool = False,
    progress: Progress | None = None,
    now: datetime,
) -> Imported:
    """Take such a file into a set. All of it is read and checked before that is opened, or made; an interrupted import
    is finished by running it again, and one that was done changes nothing.

    Raises StatementsError for a file that is none, is damaged or is not signed, and ReferenceSetError.
    """
    try:
        # A pipe would wait for its writer, and cannot be read twice.
        handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", "") or "its name is no path"
        raise StatementsError(f"{visible(str(file))} cannot be read: {reason}", remedy="check the name") from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise _wrong(file, "it is no file")
    with os.fdopen(handle, "rb") as opened:
        signed = _checked(opened, file)
        name, number, _ = _head(opened, file)
        # A name of one's own choosing must not pass for words of this program.
        named = re.sub(r"[^\w .-]", "_", name)[:60]
        received = f"export of the set '{named}' signed by {signed.signer}, file sha256 {signed.sha256}"
        entries = _entries(opened, file, signed, received, limits, with_features=with_features)
        if (found := sum(1 for _ in entries)) != number:
            raise _wrong(file, f"it says that it holds {number} pictures and holds {found}")
        entries = _entries(opened, file, signed, received, limits, with_features=with_features)
        try:
            return _take(opened_set(), entries, (number, received, signed.signer), progress, now)
        except StatementsError as error:  # it was right a moment ago
            raise StatementsError(str(error), remedy=_CHANGED) from error


def _checked(opened: BinaryIO, file: Path) -> _Signed:
    """Read the whole file and compare it with its signature. Raises StatementsError."""
    status = os.fstat(opened.fileno())
    if status.st_size > SHARE_FILE_BYTES:
        raise _wrong(file, f"it is larger than {SHARE_FILE_BYTES:,} bytes")
    opened.seek(max(0, status.st_size - CASE_SIGNATURE_BYTES))
    tail = opened.read(CASE_SIGNATURE_BYTES)
    found = list(_TRAILER.finditer(tail))
    if not found:
        raise _wrong(file, "it does not end in the signature of an export")
    last = found[-1]
    try:
        signature = sshsig.read(tail[last.end() :])
    except ValueError as error:
        raise _wrong(file, f"its signature {error}") from error
    if not sshsig.holds(signature, last.group(0), NAMESPACE):
        raise _wrong(file, "its signature does not hold")
    size = int(last.group(2))
    if size != status.st_size - len(tail) + last.start():
        raise _wrong(file, "what was signed is not all of it")
    opened.seek(0)
    body = _digest(opened, size)
    whole = body.copy()
    whole.update(opened.read(CASE_SIGNATURE_BYTES))
    if body.hexdigest() != last.group(1).decode():
        raise _wrong(file, "it was changed after it was signed")
    return _Signed(
        signer=sshsig.fingerprint(signature.key),
        body_bytes=size,
        body_sha256=body.hexdigest(),
        sha256=whole.hexdigest(),
    )


def _digest(opened: BinaryIO, size: int) -> hashlib._Hash:
    digest = hashlib.sha256()
    while size and (part := opened.read(min(size, 2**20))):
        digest.update(part)
        size -= len(part)
    return digest


def _head(opened: BinaryIO, file: Path) -> tuple[str, int, bool]:
    opened.seek(0)
    try:
        return read_head(opened.readline(SHARE_LINE_BYTES))
    except ValueError as error:
        raise _wrong(file, visible(str(error), limit=160)) from error


def _entries(
    opened: BinaryIO, file: Path, signed: _Signed, received: str, limits: Limits, *, with_features: bool
) -> Iterator[Entry]:
    """The pictures of the file, in its order. Raises StatementsError, naming the line; at the end, too, when it was
    changed since it was checked.
    """
    opened.seek(0)
    first = opened.readline(SHARE_LINE_BYTES)
    digest, left, number, before = hashlib.sha256(first), signed.body_bytes - len(first), 1, ""
    while left > 0:
        line = opened.readline(min(left, SHARE_LINE_BYTES))
        number, left = number + 1, left - len(line)
        digest.update(line)
        try:
            if not line.endswith(b"\n"):
                raise ValueError(f"it is longer than {SHARE_LINE_BYTES:,} bytes, or cut short")  # noqa: TRY301
            entry = read_entry(line, received, limits, with_features=with_features)
            if any(len(made.code) != LENGTHS.get(made.name, len(made.code)) for made in entry.fingerprints):
                raise ValueError("a fingerprint has not the length of its kind")  # noqa: TRY301
            if entry.image_id <= before:
                raise ValueError("the pictures are not in the order of their digests")  # noqa: TRY301
        except (ValueError, StatementsError) as error:
            raise _wrong(file, f"line {number}: {visible(str(error), limit=160)}") from error
        before = entry.image_id
        # Of another version of this program: they would never be asked for, and may not fit.
        yield replace(entry, fingerprints=tuple(made for made in entry.fingerprints if made.name in names()))
    if digest.hexdigest() != signed.body_sha256:
        raise _wrong(file, "it was changed while it was read")


def _take(
    store: ReferenceSet,
    entries: Iterator[Entry],
    told: tuple[int, str, str],
    progress: Progress | None,
    now: datetime,
) -> Imported:
    number, received, signer = told
    mended = store.finish()
    added = records = marks = there = seen = 0
    for batch in _batches(entries):
        welcome = [_welcome(one, store, signer) for one in batch]
        report = store.add(welcome, now=now)
        alone = sum(record == Record(received=received) for one in welcome for record in one.records)
        added, there = added + report.pictures_added, there + report.already_there
        records, marks, seen = records + report.records_added - alone, marks + alone, seen + len(batch)
        if progress is not None:
            progress(seen, number, batch[-1].image_id[:12])
    return Imported(
        pictures_added=added,
        records_added=records,
        marks_added=marks,
        already_there=there,
        received=received,
        mended=mended,
    )


def _welcome(entry: Entry, store: ReferenceSet, signer: str) -> Entry:
    """What a set takes of a picture: nothing that a picture is found by takes the place of what is there, and where the
    desk has the picture itself, only what is said of it. Whoever wrote the file may have chosen it so that the picture
    is never found.
    """
    entry = replace(entry, records=_new(entry, store, signer))
    if not store.has(entry.image_id):
        return entry
    if not taken_in(store, [entry.image_id]):
        return replace(entry, fingerprints=(), features=None)
    return replace(entry, features=None) if store.features([entry.image_id]) else entry


def _new(entry: Entry, store: ReferenceSet, signer: str) -> tuple[Record, ...]:
    """The records that say something new: not those of an earlier file of the same signer, or of the desk itself."""
    there = {
        replace(record, received="")
        for record in store.records(entry.image_id)
        if not record.received or f" signed by {signer}, file " in record.received
    }
    return tuple(record for record in entry.records if replace(record, received="") not in there)


def _batches(entries: Iterator[Entry], most: int = 500) -> Iterator[list[Entry]]:
    batch: list[Entry] = []
    for entry in entries:
        batch.append(entry)
        if len(batch) >= most:
            yield batch
            batch = []
    if batch:
        yield batch


def _wrong(file: Path, what: str) -> StatementsError:
    return StatementsError(f"{visible(str(file))} cannot be taken in: {what}", remedy=_ASK_AGAIN)
