"""A folder of pictures with a records file, as a reference set: indexed into a cache, brought in line each time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import InputError, ReferenceSetError, UnusableSetError
from ..image.decoding.decoder import Decoder
from ..image.find import Found, PassedOver, look
from ..intake.records import read_records, records_file
from ..model.limits import Limits
from ..model.text import visible
from ..reference.files import KnownFile
from ..reference.sqlite.store import SQLiteStore
from .caching import open_another, open_index
from .naming import Named, attribute
from .taking import Taker
from .wanted import Progress, Refused, Taken, Terms, Wanted

MOST_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """The set that stands for a folder; close it after use."""

    store: SQLiteStore
    unfinished: str = ""
    """How far the index came, when the time ran out before it was in line with the folder; "" when it is."""
    refused: tuple[Refused, ...] = ()
    records_without_picture: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """All of this in sentences: what is lacking in the set that the folder or its records file holds."""
    of_cache: str = ""
    """Why the index was made anew, or lies in no cache: nothing that a report rests on. A sentence without its full
    stop; "" where there is nothing to say.
    """


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
    files, found = _files(root)
    passed_over = found.passed_over
    listed = records_file(root)
    records = {} if listed is None else read_records(listed, limits)
    wanted, names = attribute(files, records)
    terms = Terms(deadline_s=deadline_s, retry_refused=False)
    index = open_index(root, cache_folder)
    try:
        try:
            taken = _brought_in_line(index.store, Taker(index.store, decoder, limits, terms), wanted, progress)
        except UnusableSetError as error:
            index = open_another(index, root, cache_folder, error)
            taken = _brought_in_line(index.store, Taker(index.store, decoder, limits, terms), wanted, progress)
    except BaseException:
        index.store.close()
        raise
    whole = taken.looked_at == len(wanted)
    told = visible(str(folder))
    unfinished = "" if whole else f"{taken.looked_at} of {len(wanted)} pictures of {told} were indexed in the time"
    notes = [unfinished] if unfinished else []
    notes += _left_out(told, root, taken.refused, passed_over, len(wanted))
    notes += filter(None, (found.reports_told,))
    if listed is not None:
        notes += names.sentences(listed.name, [_relative(item.path, root) for item in passed_over])
    return Indexed(
        store=index.store,
        unfinished=unfinished,
        refused=(*names.refused(), *map(_as_refused, passed_over), *taken.refused),
        records_without_picture=names.without_picture,
        notes=tuple(notes),
        of_cache=index.told,
    )


def _brought_in_line(store: SQLiteStore, taker: Taker, wanted: list[Wanted], progress: Progress | None) -> Taken:
    """What became of the files of the folder, which the set then holds, as far as the time went, and no others."""
    known = store.known_paths()
    taken = taker.take(wanted, progress)
    whole = taken.looked_at == len(wanted)
    _align(store, known, taken, wanted, whole=whole)
    if whole:
        store.seal()
    return taken


def _files(root: Path) -> tuple[list[Named], Found]:
    try:
        found = look(root)
    except InputError as error:
        raise ReferenceSetError(str(error), remedy=error.remedy) from error
    return [Named(path=path, relative=_relative(path, root)) for path in found.pictures], found


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _as_refused(item: PassedOver) -> Refused:
    return Refused(path=str(item.path), reason=item.reason, remedy=item.remedy)


def _left_out(
    told: str, root: Path, refused: Sequence[Refused], passed_over: Sequence[PassedOver], taken: int
) -> list[str]:
    """Which pictures of the folder are not in the set, and which folders below it were not looked into."""
    files = [*refused, *(_as_refused(item) for item in passed_over if not item.is_folder)]
    named = [f"{visible(_relative(Path(item.path), root), limit=80)} ({item.reason})" for item in files[:MOST_NAMED]]
    more = f" and {len(files) - MOST_NAMED} more" if len(files) > MOST_NAMED else ""
    total = taken + len(files) - len(refused)
    sentence = f"{len(files)} of {total} pictures of {told} could not be indexed: {', '.join(named)}{more}"
    folders = [item for item in passed_over if item.is_folder]
    return ([sentence] if files else []) + [
        f"{visible(_relative(item.path, root), limit=80)} below {told} was not looked into: {item.reason}"
        for item in folders
    ]


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
