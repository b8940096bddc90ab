"""Reference sets from the outside: fill one, open one, correct what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from ..errors import StatementsError, UsageError
from ..model.limits import KEPT_POINTS, Limits

if TYPE_CHECKING:
    from ..model.record import Record
    from ..reference import reference_set as kept
    from .adding import AddOutcome
    from .receiving import Imported
    from .reindexing import Reindexed
    from .sharing import Exported

ReferenceSet: TypeAlias = "kept.ReferenceSet"
"""An open set, as `reference_set` gives it."""


def add(
    pictures: Sequence[str | Path],
    *,
    reference: str | Path | None = None,
    records: Mapping[str, tuple[Record, ...]] | None = None,
    keep: bool = False,
    listing: str | Path | None = None,
    fetch_into: str | Path | None = None,
    say: Callable[[str], None] | None = None,
    jobs: int = 1,
    points: int | None = None,
    scheduler: str = "",
    earlier: str | Path | None = None,
    limits: Limits | None = None,
    now: datetime | None = None,
    progress: Callable[..., None] | None = None,
) -> AddOutcome:
    """Fill a reference set from files, folders and tar files; resumable, and idempotent for pictures and records alike.

    `reference`: the set to fill; a file that is missing is made once one picture can be read; None means
    $PROVENANCE_REFERENCE, else the desk's own.
    `records`: by file name, as `read_records` gives them. `keep`: copy the pictures into the set.
    `listing`: a CSV file of paths, and, where a folder to `fetch_into` is given, of addresses of the web, which are
    asked then; `say` is told before each request. `jobs`: processes at once; a script that asks for several runs under
    `if __name__ == "__main__"`, since each process imports it. `scheduler`: of a Dask cluster, such as
    tcp://10.0.0.5:8786, that makes fingerprints instead. `points`: how many points are kept of a picture at most,
    100 to 300, 24 bytes each; None is the usual 300 (docs/limits.md). `earlier`: the set of the desk's earlier checks;
    of pictures added it is told whether they are copies of those.
    """
    from ..custody.events import system_clock
    from ..image.decoding.decoder import Decoder
    from .adding import add as fill
    from .earlier import EarlierChecks, require_publications
    from .unmade import Unmade
    from .which import to_fill

    most = _points(points)
    store = to_fill(reference)
    if not isinstance(store, Unmade):
        require_publications(store)
    checks = EarlierChecks(Path(earlier)) if earlier is not None else None
    try:
        with Decoder() as decoder:
            return fill(
                [Path(picture) for picture in pictures],
                store,
                decoder,
                limits or Limits(),
                records=dict(records or {}),
                keep=keep,
                listing=None if listing is None else Path(listing),
                fetch_into=None if fetch_into is None else Path(fetch_into),
                say=say,
                jobs=jobs,
                points=most,
                scheduler=scheduler,
                earlier=None if checks is None else checks.store,
                progress=progress,
                now=now or system_clock(),
            )
    finally:
        store.close()
        if checks is not None:
            checks.close()


def _points(points: int | None) -> int:
    from ..fingerprint.local.detect import REFERENCE_POINTS

    least, most = KEPT_POINTS
    if points is not None and not least <= points <= most:
        raise UsageError(f"{points} points of a picture cannot be kept", remedy=f"name a number from {least} to {most}")
    return REFERENCE_POINTS if points is None else points


def reindex(
    store: ReferenceSet,
    *,
    points: int | None = None,
    limits: Limits | None = None,
    progress: Callable[..., None] | None = None,
) -> Reindexed:
    """Bring a set up to the fingerprints and local features of this version; resumable, and idempotent.

    The pictures are read from their kept copies, else from where they lay; one whose file is gone or changed stays as
    it was and is told. `points` as for `add`, of those that are made anew. Raises ReferenceSetError.
    """
    from ..image.decoding.decoder import Decoder
    from .reindexing import reindex as renew

    with Decoder() as decoder:
        return renew(store, decoder, limits or Limits(), progress, points=_points(points))


def read_records(path: str | Path, limits: Limits | None = None) -> dict[str, tuple[Record, ...]]:
    """The records of a CSV or JSON Lines file, by file name (docs/records.md). Raises StatementsError."""
    from ..intake.records import read_records as read

    return read(Path(path), limits or Limits())


def records_beside(paths: Iterable[str | Path]) -> tuple[Path, ...]:
    """The records files that lie in these folders under the name by which `check --reference FOLDER` finds them."""
    from ..intake.records import records_file

    found = (records_file(Path(path)) for path in paths)
    return tuple(file for file in found if file is not None)


def reference_set(name: str | Path | None = None) -> ReferenceSet:
    """Open one set to look at or correct: as named, else $PROVENANCE_REFERENCE, else the desk's own; close it after.

    Raises ReferenceSetError.
    """
    from .which import resolve_one

    return resolve_one(name, create=False)


def export_set(
    store: ReferenceSet,
    file: str | Path,
    *,
    with_features: bool = False,
    keys: str | Path | None = None,
    passphrase: Callable[[], str] | None = None,
    progress: Callable[..., None] | None = None,
) -> Exported:
    """Write hashes and records of the desk's own pictures into a new file, signed by the desk's key.

    Raises OutputError, KeyStoreError and ReferenceSetError.
    """
    from ..custody.rotating import current
    from ..sealing.signing import key_folder, passphrase_given
    from .sharing import export_set as export

    key = current(key_folder() if keys is None else Path(keys), passphrase_given() or passphrase)
    return export(store, Path(file), key, with_features=with_features, progress=progress)


def import_set(
    file: str | Path,
    reference: str | Path | None = None,
    *,
    with_features: bool = False,
    limits: Limits | None = None,
    now: datetime | None = None,
    progress: Callable[..., None] | None = None,
) -> Imported:
    """Take another desk's export into a set, made when missing; every record is marked with who signed it.

    Raises StatementsError for a file that is damaged or no export, and ReferenceSetError.
    """
    from ..custody.events import system_clock
    from .earlier import require_publications
    from .receiving import import_set as take_in
    from .which import resolve_one

    with ExitStack() as closing:

        def opened() -> ReferenceSet:
            store = resolve_one(reference, create=True)
            closing.callback(store.close)
            require_publications(store)
            return store

        given, at = limits or Limits(), now or system_clock()
        return take_in(opened, Path(file), given, with_features=with_features, progress=progress, now=at)


def correct_record(
    store: ReferenceSet, image_id: str, record_id: str, changes: Mapping[str, str], *, note: str = ""
) -> Record:
    """Write columns of one record anew, by the rules of a records file; the earlier form stays in its history.

    Raises StatementsError for an unknown column, a bad date or an impossible place, and then nothing has changed.
    """
    from ..custody.events import system_clock
    from ..intake.records import corrected

    old = next((record for record in store.records(image_id) if record.id == record_id), None)
    if old is None:
        raise StatementsError(f"picture {image_id[:12]} has no record {record_id}", remedy="see: provenance refs show")
    new = corrected(old, changes)
    changed = {f.name: getattr(new, f.name) for f in fields(new) if getattr(new, f.name) != getattr(old, f.name)}
    return store.edit_record(image_id, record_id, changed, note, now=system_clock())
