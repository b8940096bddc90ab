"""A folder of pictures with a records file, as a reference set: indexed into a cache, brought in line each time."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .errors import InputError, ReferenceSetError
from .image.decode import Decoder
from .image.find import pictures
from .intake.records import read_records, records_file
from .model.limits import Limits
from .naming import Named, attribute
from .reference.reading import KnownFile
from .reference.sqlite import SQLiteStore
from .taking import Progress, Refused, Taken, Taker, Terms, Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """The set that stands for a folder; close it after use."""

    store: SQLiteStore
    unfinished: str = ""
    """How far the index came, when the time ran out before it was in line with the folder; "" when it is."""
    refused: tuple[Refused, ...] = ()
    records_without_picture: tuple[str, ...] = ()


def index_folder(
    folder: Path,
    cache_folder: Path,
    decoder: Decoder,
    limits: Limits,
    *,
    deadline_s: float | None = None,
    progress: Progress | None = None,
) -> Indexed:
    """Bring the index of a folder in line with it and open it. Nothing is ever written into the folder.

    The index lies in the cache folder under a name made from the folder's resolved path, or in a temporary folder when
    the cache cannot be written. New, changed and gone files and changed records are seen; a file of the same size and
    time of change is not read again. `deadline_s` (time.monotonic) ends the work; the set then holds what was reached.
    Raises ReferenceSetError, also when the folder holds no picture, and StatementsError for its records file.
    """
    root = folder.resolve()
    files = _files(root)
    listed = records_file(root)
    records = {} if listed is None else read_records(listed, limits)
    wanted, names = attribute(files, records)
    store = _open(root, cache_folder)
    try:
        known = store.known_paths()
        terms = Terms(deadline_s=deadline_s, retry_refused=False)
        taken = Taker(store, decoder, limits, terms).take(wanted, progress)
        whole = taken.looked_at == len(wanted)
        _align(store, known, taken, wanted, whole=whole)
    except BaseException:
        store.close()
        raise
    return Indexed(
        store=store,
        unfinished="" if whole else f"{taken.looked_at} of {len(wanted)} pictures of {folder} were indexed in the time",
        refused=(*names.ambiguous, *taken.refused),
        records_without_picture=names.without_picture,
    )


def _files(root: Path) -> list[Named]:
    try:
        return [Named(path=path, relative=path.relative_to(root).as_posix()) for path in pictures(root)]
    except InputError as error:
        raise ReferenceSetError(str(error), remedy=error.remedy) from error


def _align(
    store: SQLiteStore, known: Mapping[str, KnownFile], taken: Taken, wanted: list[Wanted], *, whole: bool
) -> None:
    """Take away what the folder no longer has: files gone, pictures that lie in no file, records that changed."""
    present = {str(item.path) for item in wanted}
    gone = [path for path in known if path not in present]
    if gone:
        store.forget(gone)
    held = {file.image_id for file in store.known_paths().values() if file.image_id}
    lost = sorted({file.image_id for file in known.values() if file.image_id} - held)
    if lost:
        store.remove(lost)
    if whole:
        _align_records(store, taken, wanted)


def _align_records(store: SQLiteStore, taken: Taken, wanted: list[Wanted]) -> None:
    meant: dict[str, set[str]] = {image_id: set() for image_id in taken.image_ids.values()}
    for item in wanted:
        image_id = taken.image_ids.get(str(item.path))
        if image_id is not None:
            meant[image_id].update(record.id for record in item.records)
    stale = {
        image_id: sorted(ids - meant[image_id])
        for image_id, ids in store.record_ids().items()
        if image_id in meant and ids - meant[image_id]
    }
    if stale:
        store.remove_records(stale)


def _open(root: Path, cache_folder: Path) -> SQLiteStore:
    """The folder's index in the cache, made anew when it is damaged or of another version, else a temporary one."""
    digest = hashlib.sha256(os.fsencode(root)).hexdigest()[:16]
    path = cache_folder / f"{digest}.sqlite"
    name = root.name or str(root)
    try:
        return _writable(path, name, digest)
    except ReferenceSetError:
        _set_aside(path)
    try:
        return _writable(path, name, digest)
    except ReferenceSetError:
        temporary = Path(tempfile.mkdtemp(prefix="provenance-"))
        store = SQLiteStore(temporary / path.name, create=True, name=name, set_id=digest)
        weakref.finalize(store, shutil.rmtree, temporary, ignore_errors=True)
        return store


def _writable(path: Path, name: str, set_id: str) -> SQLiteStore:
    """Open the index and make sure that it can be written. Raises ReferenceSetError."""
    store = SQLiteStore(path, create=True, name=name, set_id=set_id)
    try:
        store.forget(())
        store.known_paths()
    except ReferenceSetError:
        store.close()
        raise
    return store


def _set_aside(path: Path) -> None:
    """Remove a damaged index, which holds nothing that the folder does not; its log first, lest it meet a new file."""
    for ending in ("-wal", "-shm", ""):
        try:
            path.with_name(path.name + ending).unlink(missing_ok=True)
        except OSError:
            return
