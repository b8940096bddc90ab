"""A program of the system asked once: bytes on its input, bytes from its output, within a time and a size.

No shell; the program and whatever it starts are one process group, which is ended as a whole.
"""

from __future__ import annotations

import contextlib
import os
import resource
import selectors
import signal
import subprocess
import time
from collections.abc import Sequence
from typing import IO

_PIECE_BYTES = 2**16


def answer(command: Sequence[str], data: bytes, *, deadline_s: float, most_bytes: int, memory_bytes: int) -> bytes:
    """What the program writes to its output when given `data`.

    `deadline_s`: reading of `time.monotonic` at which it is stopped. Raises TimeoutError then; OSError where it cannot
    be started, ends with other than 0 or writes more than `most_bytes`.
    """
    left_s = deadline_s - time.monotonic()
    if left_s <= 0:
        raise TimeoutError("no time was left to read more")

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
        resource.setrlimit(resource.RLIMIT_CPU, (int(left_s) + 1, int(left_s) + 1))

    process = subprocess.Popen(  # noqa: S603 - a program found on the path, no shell, arguments of our own
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        preexec_fn=bounded,  # noqa: PLW1509 - it sets two limits and takes no lock
        start_new_session=True,
    )
    try:
        told = _exchanged(process, data, deadline_s, most_bytes)
        ended = process.wait(max(0.0, deadline_s - time.monotonic()))
    except (TimeoutError, subprocess.TimeoutExpired) as error:
        raise TimeoutError(f"it was stopped after {left_s:.0f} s") from error
    finally:
        _end(process)
    if ended:
        raise OSError(f"it ended with {ended}")
    return told


def _exchanged(process: subprocess.Popen[bytes], data: bytes, deadline_s: float, most_bytes: int) -> bytes:
    """Write and read at once, so that neither side waits for the other."""
    entry, outlet = process.stdin, process.stdout
    assert entry is not None and outlet is not None  # both were asked for  # noqa: S101
    left, told = memoryview(data), bytearray()
    os.set_blocking(entry.fileno(), False)
    with selectors.DefaultSelector() as ready:
        ready.register(outlet, selectors.EVENT_READ)
        ready.register(entry, selectors.EVENT_WRITE)
        while ready.get_map():
            events = ready.select(deadline_s - time.monotonic())
            if time.monotonic() >= deadline_s:
                raise TimeoutError
            for key, _ in events:
                if key.fileobj is entry:
                    left = _written(entry, left, ready)
                    continue
                piece = os.read(outlet.fileno(), _PIECE_BYTES)
                told += piece
                if len(told) > most_bytes:
                    raise OSError(f"it wrote more than {most_bytes:,} bytes")
                if not piece:
                    return bytes(told)
    return bytes(told)


def _written(entry: IO[bytes], left: memoryview, ready: selectors.BaseSelector) -> memoryview:
    """What is left to write: nothing where the program reads no more. The entry is closed with the last of it."""
    try:
        left = left[os.write(entry.fileno(), left[:_PIECE_BYTES]) :]
    except BlockingIOError:
        return left
    except BrokenPipeError:
        left = left[:0]
    if not left:
        ready.unregister(entry)
        entry.close()
    return left


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
