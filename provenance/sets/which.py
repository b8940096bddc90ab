"""Which reference sets to search: those named, else those of the environment, else the desk's own."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ReferenceSetError
from ..image.decoding.decoder import Decoder
from ..matching.words import NO_SET
from ..model.limits import Limits
from ..model.record import ReferenceStore
from .unmade import Unmade

if TYPE_CHECKING:
    from ..reference.reference_set import ReferenceSet

ENVIRONMENT = "PROVENANCE_REFERENCE"
_NAMES = re.compile(rf"[A-Za-z]+://[^/]*(?:/[^{os.pathsep}]*)?|[^{os.pathsep}]+")
"""Names between the signs of $PATH. In a URL a colon divides only behind the host: user:password@host:5432/database."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSets:
    """Sets that are open."""

    stores: tuple[ReferenceStore, ...] = ()
    unfinished: str = ""
    """Set when a folder could not be indexed whole within the time: how far it came."""
    notes: tuple[str, ...] = ()
    """What the sets could not take in, each a sentence without its full stop; the `unfinished` among them."""
    of_caches: tuple[str, ...] = ()
    """Of indexes of folders that were made anew, or lie in no cache: for the person there, not for the report."""


def default_set() -> Path:
    """The desk's own reference set, in the user's data folder; it may not be there yet."""
    from platformdirs import user_data_path

    return user_data_path("provenance") / "reference.sqlite"


def cache_folder() -> Path:
    """Where folders given as references are indexed."""
    from platformdirs import user_cache_path

    return user_cache_path("provenance") / "sets"


def codes_folder() -> Path | None:
    """Where hashes that were read from a database are kept; None where $PROVENANCE_KEEP_CODES is "off"."""
    return None if os.environ.get("PROVENANCE_KEEP_CODES") == "off" else cache_folder().with_name("codes")


def named_sets(references: Sequence[str | Path] | None) -> list[str]:
    """The sets to open: as given; else those of $PROVENANCE_REFERENCE, divided as in $PATH; else the desk's own.

    Raises ReferenceSetError for an empty name.
    """
    if references is not None:
        names = [str(reference) for reference in references]
        if "" in names:
            raise ReferenceSetError("an empty name names no reference set", remedy=NO_SET.remedy)
        return names
    if named := os.environ.get(ENVIRONMENT, ""):
        names = _NAMES.findall(named)
        if not names:
            raise ReferenceSetError(f"${ENVIRONMENT} holds an empty name", remedy="name a set there, or unset it")
        return names
    return [str(default_set())] if default_set().exists() else []


def open_sets(
    references: Sequence[str | Path] | None,
    decoder: Decoder,
    limits: Limits,
    *,
    deadline_s: float | None = None,
    progress: Callable[..., None] | None = None,
) -> OpenSets:
    """Open every set named, indexing folders into the user's cache. Raises ReferenceSetError and StatementsError."""
    names = named_sets(references)
    opened: dict[int, OpenSets] = {}
    try:
        # Folders first: a set that lies in one is looked at as a file there, and would lose its locks if it were open.
        for number in sorted(range(len(names)), key=lambda number: not _is_folder(names[number])):
            opened[number] = _open(names[number], decoder, limits, deadline_s, progress)
    except BaseException:
        for one in opened.values():
            for store in one.stores:
                store.close()
        raise
    told = [opened[number] for number in range(len(names))]
    return OpenSets(
        stores=tuple(store for one in told for store in one.stores),
        unfinished="; ".join(one.unfinished for one in told if one.unfinished),
        notes=tuple(note for one in told for note in one.notes),
        of_caches=tuple(cache for one in told for cache in one.of_caches),
    )


def _is_folder(name: str) -> bool:
    return "://" not in name and Path(name).is_dir()


def _open(
    name: str,
    decoder: Decoder,
    limits: Limits,
    deadline_s: float | None,
    progress: Callable[..., None] | None,
) -> OpenSets:
    """The one set of that name."""
    if not _is_folder(name):
        from ..reference.open import open_set
        from .earlier import require_publications

        store = open_set(name, desk=codes_folder())
        require_publications(store)
        return OpenSets(stores=(store,))
    from .adding import index_folder

    indexed = index_folder(Path(name), cache_folder(), decoder, limits, deadline_s=deadline_s, progress=progress)
    told = (indexed.of_cache,) if indexed.of_cache else ()
    return OpenSets(stores=(indexed.store,), unfinished=indexed.unfinished, notes=indexed.notes, of_caches=told)


def resolve_one(reference: str | Path | None, *, create: bool) -> ReferenceSet:
    """The one set that `add` and `refs` work on: as named, else the environment's, else the desk's own."""
    from ..reference.open import open_set

    return open_set(_one_name(reference), create=create, desk=codes_folder())


def to_fill(reference: str | Path | None) -> ReferenceSet | Unmade:
    """The same to put pictures into. A file that is not there is made once there is a picture for it; a database's
    tables at once.
    """
    from ..reference.open import open_set

    name = _one_name(reference)
    if "://" in name or os.path.lexists(name):
        return open_set(name, create=True, desk=codes_folder())
    return Unmade(lambda: open_set(name, create=True))


def _one_name(reference: str | Path | None) -> str:
    names = named_sets([reference] if reference is not None else None) or [str(default_set())]
    if len(names) > 1:
        raise ReferenceSetError(f"${ENVIRONMENT} names {len(names)} sets", remedy="say which one with --set")
    if Path(names[0]).is_dir():
        raise ReferenceSetError(
            f"{names[0]} is a folder; folders are indexed anew from their files",
            remedy="edit its records file, or fill a set from it with: provenance add FOLDER --set SET.sqlite",
        )
    return names[0]
