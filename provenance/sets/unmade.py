"""A set that is not there yet, and is made once a picture for it was read: a mistyped name leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..reference.reference_set import ReferenceSet


class Unmade:
    """Makes the set when it is first asked for."""

    def __init__(self, make: Callable[[], ReferenceSet]) -> None:
        self._make = make
        self._made: ReferenceSet | None = None

    def made(self) -> ReferenceSet:
        """The set, made by now. Raises ReferenceSetError."""
        if self._made is None:
            self._made = self._make()
        return self._made

    def close(self) -> None:
        """Let go of the set, if it was made."""
        if self._made is not None:
            self._made.close()
