"""A folder that is looked at again and again: which pictures have arrived in it whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ..errors import InputError
from ..image.find import PassedOver, below

AGAIN_S = 60.0
_LONGER = 5
"""So many times as long a file that is no picture must stay one: a browser begins a download with an empty file."""
_State = tuple[int, int, bool]
"""Size in bytes, time of change in nanoseconds, and whether it was passed over: whoever may read a file now finds it
unchanged."""


@dataclass(slots=True)
class Arrivals:
    """Pictures that came into a folder and have not changed for `settle_s` seconds, each told once; one that changes
    later is told again.
    """

    folder: Path
    settle_s: float
    none: list[PassedOver] = field(default_factory=list)
    """What settled by the last look and is no picture, though its name or place says so; told once as well."""
    _passed: dict[Path, PassedOver] = field(default_factory=dict)
    _waiting: dict[Path, tuple[_State, float]] = field(default_factory=dict)
    _done: dict[Path, _State] = field(default_factory=dict)

    def pass_over(self) -> int:
        """Leave out what is there now; how many that is. Raises InputError when there is no such folder."""
        self._done = self._there()
        return len(self._done.keys() - self._passed.keys())

    def arrived(self, now_s: float) -> list[Path]:
        """What has settled by `now_s` (time.monotonic), oldest names first. Raises InputError."""
        there = self._there()
        ready: list[Path] = []
        self.none = []
        for path, state in there.items():
            if self._done.get(path) == state:
                continue
            before = self._waiting.get(path)
            if before is None or before[0] != state:
                self._waiting[path] = state, now_s
            elif now_s - before[1] >= self.settle_s * (_LONGER if path in self._passed else 1):
                del self._waiting[path]
                self._done[path] = state
                if path in self._passed:
                    self.none.append(self._passed[path])
                else:
                    ready.append(path)
        self._waiting = {path: seen for path, seen in self._waiting.items() if path in there}
        self._done = {path: state for path, state in self._done.items() if path in there}
        return ready

    def try_again(self, picture: Path, now_s: float) -> None:
        """Tell of a picture once more, a minute from `now_s`."""
        if (state := self._done.pop(picture, None)) is not None:
            self._waiting[picture] = state, now_s + AGAIN_S

    def _there(self) -> dict[Path, _State]:
        """Pictures by their first bytes, in the order of their names, and what was passed over behind them; a file that
        is no picture yet may be one later.
        """
        if not self.folder.is_dir():
            raise InputError(f"{self.folder}: no folder is there", remedy="name a folder that is there")
        found = below(self.folder)
        self._passed = {one.path: one for one in found.passed_over}
        states: dict[Path, _State] = {}
        for path in (*found.pictures, *self._passed):
            try:
                status = path.lstat()
            except OSError:
                continue  # it went meanwhile
            states[path] = status.st_size, status.st_mtime_ns, path in self._passed
        return states
