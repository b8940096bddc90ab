"""Small JSON messages over a stream socket, with file descriptors beside them: how two processes talk."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import time
from collections.abc import Sequence
from typing import Any

_LENGTH_BYTES = 4
_LARGEST_BYTES = 64 * 1024


class Closed(Exception):  # noqa: N818 - an ordinary end of the talk, caught by both sides
    """The other side is gone, or does not keep to the form."""


def send(connection: socket.socket, message: dict[str, Any], descriptors: Sequence[int] = ()) -> None:
    """Send one message. Raises Closed."""
    text = json.dumps(message).encode()
    framed = len(text).to_bytes(_LENGTH_BYTES, "big") + text
    try:
        connection.settimeout(None)
        sent = socket.send_fds(connection, [framed], list(descriptors))
        connection.sendall(framed[sent:])
    except OSError as error:
        raise Closed from error


def receive(
    connection: socket.socket, *, deadline_s: float | None = None, descriptors: int = 0
) -> tuple[dict[str, Any], list[int]]:
    """Wait for one message, to a moment of `time.monotonic()`. Raises Closed, and TimeoutError past the moment."""
    passed: list[int] = []
    try:
        length = int.from_bytes(_exactly(connection, _LENGTH_BYTES, deadline_s, descriptors, passed), "big")
        if length <= _LARGEST_BYTES:
            message = json.loads(_exactly(connection, length, deadline_s, descriptors, passed))
            if isinstance(message, dict):
                return message, passed
        problem = "a message out of form"
    except (TimeoutError, Closed):
        _close(passed)
        raise
    except OSError as error:
        _close(passed)
        raise Closed from error
    except (ValueError, RecursionError) as error:
        problem = f"a message out of form: {error}"
    _close(passed)
    raise Closed(problem)


def _exactly(
    connection: socket.socket, length: int, deadline_s: float | None, descriptors: int, passed: list[int]
) -> bytes:
    """So many bytes; descriptors that come with them are added to `passed`."""
    received = b""
    while len(received) < length:
        connection.settimeout(None if deadline_s is None else max(deadline_s - time.monotonic(), 1e-3))
        part, more, _, _ = socket.recv_fds(connection, length - len(received), descriptors)
        passed += more
        received += part
        if not part:
            raise Closed
    return received


def _close(descriptors: list[int]) -> None:
    for descriptor in descriptors:
        with contextlib.suppress(OSError):
            os.close(descriptor)
