"""A reference set moved between engines: from a file into a database, back, or into another of the same kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ReferenceSetError
from ..model.text import visible

if TYPE_CHECKING:
    from ..model.record import SetState
    from ..reference.copying import Copied


def spread_set(target: str, parts: Sequence[str]) -> SetState:
    """Make an empty set in a database whose hashes and features lie in other databases, on other servers.

    Raises ReferenceSetError.
    """
    from ..reference.open import open_set

    store = open_set(target, create=True, parts=parts)
    try:
        return store.state()
    finally:
        store.close()


def copy_set(
    source: str | Path,
    target: str | Path,
    *,
    parts: Sequence[str] = (),
    mirror: bool = False,
    progress: Callable[..., None] | None = None,
) -> Copied:
    """Make a set at `target` that holds what the one at `source` holds, under the same name and identifier.

    `parts`: other databases that it is spread over, where it is not there yet. `mirror`: take away what the target
    holds beyond the source, which else is an error: somebody may have added it there since.

    Safe to interrupt and run again. At the end both have one snapshot id, or ReferenceSetError is raised. Kept copies
    of pictures stay beside the source.
    """
    from ..reference.copying import copy_set as copy_rows
    from ..reference.open import open_set
    from .earlier import require_publications

    for place in (source, target):
        if Path(place).is_dir():
            raise ReferenceSetError(
                f"{place} is a folder, which is indexed anew from its files",
                remedy="fill a set from it: provenance add",
            )
    first = open_set(source)
    try:
        require_publications(first)
        state = first.state()
        second = open_set(target, create=True, name=state.name, set_id=state.set_id, parts=parts)
        try:
            if second.lies_at == first.lies_at:
                raise ReferenceSetError(
                    f"FROM and TO are one set, {visible(first.where)}: there is nothing to copy",
                    remedy="name another file or database as TO",
                )
            done = copy_rows(first, second, progress, mirror=mirror)
            second.seal()
        finally:
            second.close()
    finally:
        first.close()
    return done
