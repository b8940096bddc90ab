"""Heads of pictures (heads.py) with their places, in ascending order in runs, so that many that come change few pages.

A run is never added to. What comes becomes a run of its own, together with the newest ones where these are not much
larger, so that there are few of them and each head is written anew a few times (O'Neil et al., "The log-structured
merge-tree", 1996). Of what rows they are made: parts.py. Why: docs/adr/0127.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from ..sql import Connection
from . import parts
from .parts import NOT_WRITTEN, Heads, head_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

AT_ONCE = 16
"""Parts that are read at once where most will be needed."""
_MANY = 1024  # heads to be found, that lie in most parts of a large run
_TIER = 4
"""So many runs of about one size become one."""
_FEW = 64
"""Heads that are looked for one by one, as then less is read and made."""


def find(connection: Connection, heads: NDArray[np.uint64] | Sequence[int]) -> Heads:
    """Those of the heads, in ascending order, that are there. Raises ValueError for what nobody wrote."""
    if len(heads) > _FEW:
        return _once([parts.none(), *_found(connection, heads, places=True)])
    import numpy as np

    found = [(int(head), place) for head in heads if (place := parts.place_of(connection, int(head))) is not None]
    if not found:
        return parts.none()
    return Heads(np.array([head for head, _ in found], np.uint64), np.array([place for _, place in found], np.int64))


def any_there(connection: Connection, heads: NDArray[np.uint64]) -> bool:
    """Whether one of the heads, in ascending order, is there. Raises ValueError for what nobody wrote."""
    if len(heads) > _FEW:
        return any(True for _ in _found(connection, heads, places=False))
    return any(parts.place_of(connection, int(head)) is not None for head in heads)


def _found(connection: Connection, heads: NDArray[np.uint64] | Sequence[int], *, places: bool) -> Iterator[Heads]:
    """Those that are there, run by run. `places`: whether they are read, too."""
    import numpy as np

    wanted = np.asarray(heads, np.uint64)
    at_once = AT_ONCE if len(wanted) >= _MANY else 1
    for run in parts.runs(connection):
        at = 0
        while at < len(wanted):
            window, last = parts.of(connection, run, int(wanted[at]), at_once, places=places)
            if window.heads[-1] < wanted[at]:  # it lies behind this part: before the next one or in none
                window, _ = parts.behind(connection, run, last, at_once, places=places)
                if not len(window.heads):
                    break
            end = int(wanted.searchsorted(window.heads[-1], "right"))
            mine = wanted[at:end]
            where = window.heads.searchsorted(mine)
            where = where[window.heads[where] == mine]
            if len(where):
                yield Heads(window.heads[where], window.places[where] if places else window.places)
            at = end


def put(connection: Connection, coming: Heads) -> None:
    """Keep heads of which none is there."""
    there = parts.runs(connection)
    run, size, kept = there[-1] + 1 if there else 1, len(coming.heads), len(there)
    parts.write(connection, run, [coming])
    while kept >= _TIER - 1:
        newest = [parts.count(connection, _TIER * size, run=one) for one in there[kept - _TIER + 1 : kept]]
        if max(newest) >= _TIER * size:
            break
        size += sum(newest)
        kept -= _TIER - 1
    if kept < len(there):
        merged = [*there[kept:], run]
        parts.write(connection, run + 1, ascending(connection, only=merged))
        connection.execute("DELETE FROM head_runs WHERE run >= ? AND run <= ?", (merged[0], run))


def take(connection: Connection, head: bytes) -> bool:
    """Forget a head; whether it was there. Raises ValueError for what nobody wrote."""
    import numpy as np

    wanted = head_of(head)
    for run in parts.runs(connection):
        part, first = parts.of(connection, run, wanted, 1)
        at = int(part.heads.searchsorted(np.uint64(wanted)))
        if at == len(part.heads) or int(part.heads[at]) != wanted:
            continue
        connection.execute("DELETE FROM head_runs WHERE run = ? AND first = ?", (run, first))
        rest = Heads(np.delete(part.heads, at), np.delete(part.places, at))
        if len(rest.heads):
            parts.write(connection, run, [rest])
        return True
    return False


def ascending(
    connection: Connection, first: int = 0, *, only: Collection[int] | None = None, at_once: int = AT_ONCE
) -> Iterator[Heads]:
    """All heads from `first` on in ascending order, of these runs, some thousand at a time.

    Raises ValueError for what nobody wrote, and where a head comes twice.
    """
    import numpy as np

    low, before = np.uint64(first), first - 1
    waiting = {
        run: parts.of(connection, run, first, at_once) for run in (parts.runs(connection) if only is None else only)
    }
    while waiting:
        end, some = min(window.heads[-1] for window, _ in waiting.values()), list[Heads]()
        for run, (window, last) in list(waiting.items()):
            cut = int(window.heads.searchsorted(end, "right"))
            some.append(window.part(int(window.heads.searchsorted(low)), cut))
            if cut < len(window.heads):
                waiting[run] = window.part(cut), last
            elif (after := parts.behind(connection, run, last, at_once))[0].heads.size:
                waiting[run] = after
            else:
                del waiting[run]
        together = _once(some)
        if len(together.heads):
            if int(together.heads[0]) <= before:
                raise ValueError(NOT_WRITTEN)
            before = int(together.heads[-1])
            yield together


def _once(some: Sequence[Heads]) -> Heads:
    """All of them in one order. Raises ValueError where one comes twice, as no two runs share one."""
    together = parts.joined(some)
    if parts.any_twice(together):
        raise ValueError(NOT_WRITTEN)
    return together
