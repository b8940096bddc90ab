"""Sets shared between desks without pictures: a signed file of hashes and records."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ..errors import OutputError, unless_full
from ..intake.exported import entry_line, head_line, shareable
from ..model.record import Entry
from ..model.text import visible
from .wanted import Progress

if TYPE_CHECKING:
    from ..custody.keys import SigningKey
    from ..reference.reference_set import ReferenceSet

NAMESPACE = "provenance-export"
WARNING = (
    "local features with their positions can be turned back into a likeness of each picture; "
    "give this file only to those who may see the pictures"
)
_PAGE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written."""

    pictures: int
    records: int
    left_out: int
    """Pictures that were themselves taken in from another desk, and are not handed on."""
    records_left_out: int
    """Records of pictures that have more than are taken in of one picture."""
    signer: str
    sha256: str
    """Of the file."""


def export_set(
    store: ReferenceSet, file: Path, key: SigningKey, *, with_features: bool = False, progress: Progress | None = None
) -> Exported:
    """Write the desk's own pictures of a set, without pixels, paths, notes and likenesses, into a new file.

    Raises OutputError and ReferenceSetError; then there is no file.
    """
    part = file.with_name(f".{file.name}.{uuid.uuid4().hex}.part")
    if file.exists():
        raise _taken(file)
    try:
        with part.open("xb") as out:
            done = _write(store, out, key, with_features, progress)
            out.flush()
            os.fsync(out.fileno())
        _put_in_place(part, file)
    except FileExistsError as error:
        raise _taken(file) from error
    except OSError as error:
        remedy = unless_full(error, "name another file")
        raise OutputError(f"cannot write {visible(str(file))}: {error.strerror}", remedy=remedy) from error
    finally:
        with suppress(OSError):  # on a drive that cannot be written there is none
            part.unlink(missing_ok=True)
    with file.open("rb") as written:
        return replace(done, sha256=hashlib.file_digest(written, "sha256").hexdigest())


def _put_in_place(part: Path, file: Path) -> None:
    """Give the part its name; a plain rename would replace what came meanwhile. Raises OSError."""
    try:
        file.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:  # FAT, exFAT and some shares have no hard links: there the name is taken first, by an empty file
        file.open("xb").close()
        try:
            part.replace(file)
        except BaseException:
            file.unlink(missing_ok=True)
            raise


def _taken(file: Path) -> OutputError:
    return OutputError(f"{visible(str(file))} is there already", remedy="name a file that is not there yet")


def _write(
    store: ReferenceSet, out: BinaryIO, key: SigningKey, with_features: bool, progress: Progress | None
) -> Exported:
    state, digest, size = store.state(), hashlib.sha256(), 0
    count = {"pictures": 0, "records": 0, "left_out": 0, "records_left_out": 0}

    def put(line: bytes) -> None:
        nonlocal size
        digest.update(line)
        size += len(line)
        out.write(line)

    own = sum(1 for _ in _own(store, with_features=False))
    put(head_line(state.name, state.set_id, state.snapshot, own, with_features=with_features))
    for entry in _own(store, with_features=with_features):
        shared = shareable(entry)
        put(entry_line(shared))
        count["pictures"] += 1
        count["records"] += len(shared.records)
        count["records_left_out"] += len(entry.records) - len(shared.records)
        if progress is not None:
            progress(count["pictures"], own, entry.image_id[:12])
    if store.state().snapshot != state.snapshot or count["pictures"] != own:
        raise OutputError("the set was changed while it was exported", remedy="run it again")
    count["left_out"] = state.pictures - own
    trailer = b"provenance-export/1 sha256 %s bytes %d\n" % (digest.hexdigest().encode(), size)
    out.write(trailer + key.sign(trailer, NAMESPACE))
    return Exported(signer=key.fingerprint, sha256="", **count)


def _own(store: ReferenceSet, *, with_features: bool) -> Iterator[Entry]:
    """Pictures that the desk added itself, page by page; of each the records that it made itself."""
    after = ""
    while page := list(store.lacking(("",), after=after, limit=_PAGE)):  # there is no fingerprint without a name
        after = page[-1]
        codes = store.fingerprints(page)
        features = store.features(page) if with_features else {}
        for stored in store.get(page):
            own = tuple(record for record in stored.records if not record.received)
            if stored.records and not own and not stored.reference.path:
                continue
            image_id = stored.reference.image_id
            yield Entry(
                image_id=image_id,
                size_bytes=stored.size_bytes,
                width_px=stored.reference.width_px,
                height_px=stored.reference.height_px,
                media_type=stored.media_type,
                path="",
                fingerprints=codes.get(image_id, ()),
                records=own,
                features=features.get(image_id),
            )
