"""What `watch` tells of reference sets: pictures that came into one and are copies of those checked earlier."""

from __future__ import annotations

import os
from collections.abc import Callable

from ..errors import ReferenceSetError
from ..sets.earlier import EarlierChecks, place
from ..sets.filing import ReferenceSet, reference_set
from ..sets.noticing import in_both, told
from ..sets.which import named_sets

_Pairs = set[tuple[str, str]]


def is_there(name: str) -> bool:
    """Whether a set of that path can be seen now; not where its drive or the right to look is gone for a while."""
    return os.path.exists(name)  # noqa: PTH110 - which raises nothing


class Copies:
    """Tells of pictures that come into the sets after it was made. Nothing is held open between two looks.

    `references`: as of `check`; folders of pictures are left out. `say`: takes a line for a reader.
    """

    def __init__(self, references: list[str] | None, say: Callable[[str], None]) -> None:
        self._references, self._say = references, say
        self._known: dict[str, tuple[str, _Pairs]] = {}
        self._complained: set[str] = set()
        self.look()

    def look(self) -> None:
        """Tell what is new since the last time; of a set that cannot be read now, once, and it is tried again."""
        at = place()
        if at is None or not at.exists():
            return
        earlier = EarlierChecks(at)
        try:
            for name in named_sets(self._references):  # anew each time: a set may be made meanwhile
                if "://" not in name and not is_there(name):
                    self._known.setdefault(name, ("", set()))  # what it holds when it is there is new
                elif earlier.store is not None and ("://" in name or os.path.isfile(name)):  # noqa: PTH113
                    self._one(earlier.store, name)
        finally:
            earlier.close()

    def _one(self, earlier: ReferenceSet, name: str) -> None:
        try:
            self._compare(earlier, name)
        except ReferenceSetError as error:
            if name not in self._complained:
                self._say(f"a set cannot be compared with the earlier checks: {error}; {error.remedy}")
            self._complained.add(name)

    def _compare(self, earlier: ReferenceSet, name: str) -> None:
        store = reference_set(name)
        try:
            snapshot, before = store.state().snapshot, self._known.get(name)
            if before is not None and before[0] == snapshot:
                return
            pairs = in_both(earlier, store)
            self._known[name] = snapshot, pairs
            if before is not None:
                for notice in told(earlier, store, pairs - before[1]):
                    self._say(f"{store.where}: {notice.words}")
        finally:
            store.close()
