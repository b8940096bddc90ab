"""The parent's hand on the decoding process: start it without waiting, ask it, end it."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from . import messages

_SCRIPT = Path(__file__).with_name("decode_child.py")
# A cold interpreter with Pillow is ready in 0.15 s; a busy or swapping machine may take far longer.
_START_S = 30.0


class Child:
    """One decoding process. It ends when this end of its socket is closed, so it does not outlive its parent."""

    def __init__(self) -> None:
        """Start the process and return at once. Raises OSError where it cannot be started."""
        self._connection, theirs = socket.socketpair()
        self._ready = False
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own script, by its own path
                _command(theirs.fileno()),
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=os.sep,
                env=_environment(),
                start_new_session=True,
            )

    def wait_until_ready(self) -> None:
        """Wait for the process to have loaded its libraries. Raises ChildProcessError where it did not."""
        if self._ready:
            return
        try:
            message, _ = messages.receive(self._connection, deadline_s=time.monotonic() + _START_S)
        except TimeoutError as error:
            raise ChildProcessError(f"it was not ready after {_START_S:g} s") from error
        except messages.Closed as error:
            raise ChildProcessError("it ended while starting") from error
        if not message.get("ready"):
            raise ChildProcessError(str(message.get("failed", "")))
        self._ready = True

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def send(self, request: dict[str, Any], descriptors: Sequence[int]) -> None:
        """Hand over one picture. Raises Closed."""
        messages.send(self._connection, request, descriptors)

    def answer(self, deadline_s: float) -> dict[str, Any]:
        """Wait for the answer, to a moment of `time.monotonic()`. Raises Closed and TimeoutError."""
        return messages.receive(self._connection, deadline_s=deadline_s)[0]

    def end(self) -> int:
        """Kill the process and return how it ended: its exit status, negative for a signal."""
        self._connection.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            # It has closed its socket, so it is ending by itself or dying of a signal: let that be seen.
            return self._process.wait(timeout=0.05)
        self._process.kill()
        return self._process.wait()


def _command(descriptor: int) -> list[str]:
    """Isolated (-I: no PYTHON* variables, no user site, no script folder) and without `site` (-S saves a quarter of a
    bare start); the parent's search path is handed over, so that the child finds the same Pillow."""
    search_path = [str(Path(entry).absolute()) for entry in sys.path if entry]
    return [sys.executable, "-I", "-S", str(_SCRIPT), str(descriptor), *search_path]


def _environment() -> dict[str, str]:
    """The parent's environment; memory arenas of threads (glibc: 64 MiB of address space each) kept few."""
    return {**os.environ, "MALLOC_ARENA_MAX": "2"}


def ended_by(status: int) -> str:
    """How a process ended, in words."""
    if status >= 0:
        return f"exit status {status}"
    with contextlib.suppress(ValueError):
        return signal.Signals(-status).name
    return f"signal {-status}"
