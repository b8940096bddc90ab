"""A folder that is looked at again and again: which pictures have arrived in it whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ..errors import InputError
from ..image.find import look

AGAIN_S = 60.0
_State = tuple[int, int]
"""Size in bytes and time of change in nanoseconds."""


@dataclass(slots=True)
class Arrivals:
    """Pictures that came into a folder and have not changed for `settle_s` seconds, each told once; one that changes
    later is told again.
    """

    folder: Path
    settle_s: float
    _waiting: dict[Path, tuple[_State, float]] = field(default_factory=dict)
    _done: dict[Path, _State] = field(default_factory=dict)

    def pass_over(self) -> int:
        """Leave out what is there now; how many that is. Raises InputError when there is no such folder."""
        self._done = self._there()
        return len(self._done)

    def arrived(self, now_s: float) -> list[Path]:
        """What has settled by `now_s` (time.monotonic), oldest names first. Raises InputError."""
        there = self._there()
        ready: list[Path] = []
        for path, state in there.items():
            if self._done.get(path) == state:
                continue
            before = self._waiting.get(path)
            if before is None or before[0] != state:
                self._waiting[path] = state, now_s
            elif now_s - before[1] >= self.settle_s:
                del self._waiting[path]
                self._done[path] = state
                ready.append(path)
        self._waiting = {path: seen for path, seen in self._waiting.items() if path in there}
        self._done = {path: state for path, state in self._done.items() if path in there}
        return ready

    def try_again(self, picture: Path, now_s: float) -> None:
        """Tell of a picture once more, a minute from `now_s`."""
        if (state := self._done.pop(picture, None)) is not None:
            self._waiting[picture] = state, now_s + AGAIN_S

    def _there(self) -> dict[Path, _State]:
        """Pictures by their first bytes, in the order of their names; a file that is no picture yet is one later."""
        if not self.folder.is_dir():
            raise InputError(f"{self.folder}: no folder is there", remedy="name a folder that is there")
        try:
            found = look(self.folder).pictures
        except InputError:  # it holds no picture, or may not be looked into just now
            return {}
        states: dict[Path, _State] = {}
        for path in found:
            try:
                status = path.stat()
            except OSError:
                continue  # it went meanwhile
            states[path] = status.st_size, status.st_mtime_ns
        return states
