"""Faults at the N-th call to the operating system: killed before it, killed behind it, a half write, EIO, ENOSPC.

Put in by replacing functions of `os` and `fcntl` in a forked child; custody/ reaches the disk through these alone
(pathlib calls them too), which `tests/custody/test_faults.py` holds it to.
"""

from __future__ import annotations

import errno
import fcntl
import os
import signal
from collections.abc import Callable
from typing import Any

CALLS = (
    "open", "close", "read", "pread", "write", "fsync", "ftruncate", "mkdir", "rename", "link", "unlink", "rmdir",
    "stat", "lstat", "fstat", "listdir", "scandir",
)  # fmt: skip
MODES = ("kill before", "kill behind", "half write", "EIO", "ENOSPC")
_ERRORS = {"EIO": errno.EIO, "ENOSPC": errno.ENOSPC}


class Shim:
    """Counts calls, and at the N-th does what `mode` says. `install` it in a child process only."""

    def __init__(self, at: int = 0, mode: str = "") -> None:
        self.at, self.mode = at, mode
        self.calls: list[str] = []
        self._armed = False

    def install(self) -> None:
        """From now on every call counts."""
        for name in CALLS:
            setattr(os, name, self._wrapped(name, getattr(os, name)))
        fcntl.flock = self._wrapped("flock", fcntl.flock)
        self._armed = True

    def _wrapped(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            if not self._armed:
                return real(*arguments, **named)
            self.calls.append(name)
            if len(self.calls) != self.at:
                return real(*arguments, **named)
            return self._fault(name, real, arguments, named)

        return call

    def _fault(self, name: str, real: Callable[..., Any], arguments: Any, named: Any) -> Any:
        if self.mode in _ERRORS:
            if name == "close":  # the descriptor is gone all the same, close(2)
                real(*arguments, **named)
            raise OSError(_ERRORS[self.mode], os.strerror(_ERRORS[self.mode]))
        if self.mode == "half write" and name == "write":
            real(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
        elif self.mode == "kill behind":
            real(*arguments, **named)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("still here")
