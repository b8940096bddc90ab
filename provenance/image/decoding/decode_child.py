"""The decoding process: gets a picture's bytes and an empty file, fills the file with pixels, under limits.

Run by path, never imported by the parent: `python -I -S decode_child.py DESCRIPTOR SYS_PATH...`. It imports the
standard library and Pillow alone, ends when its socket is closed, and writes nothing to standard output or error.
"""

from __future__ import annotations

import errno
import os
import resource
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_PACKAGE_PARENT = str(Path(__file__).resolve().parents[3])
_OPEN_FILES = 32
_HEADER_BYTES = 2**20


def main(descriptor: int, search_path: list[str]) -> None:
    """Answer one request after the other until the socket is closed."""
    sys.path[:] = search_path if _PACKAGE_PARENT in search_path else [*search_path, _PACKAGE_PARENT]
    connection = socket.socket(fileno=descriptor)
    from provenance.image.decoding import messages

    try:
        from provenance.image.decoding import pixels
    except ImportError as error:
        messages.send(connection, {"failed": str(error)})
        return
    pixels.warm()
    _limit(resource.RLIMIT_CORE, 0, hard=0)
    _limit(resource.RLIMIT_NOFILE, _OPEN_FILES, hard=_OPEN_FILES)
    messages.send(connection, {"ready": True})
    try:
        while True:
            request, descriptors = messages.receive(connection, descriptors=2)
            messages.send(connection, _answer(pixels, request, *descriptors))
    except messages.Closed:
        return


def _answer(pixels: Any, request: dict[str, Any], source: int, target: int) -> dict[str, Any]:
    from provenance.errors import DecodeError
    from provenance.image.decoding import refusals

    try:
        with os.fdopen(source, "rb") as picture, os.fdopen(target, "wb") as output:
            pixels.prepare(request["media_type"])
            with _limited(request):
                return _plain(pixels.render(picture, output, request))
    except DecodeError as error:
        refused = error
    except MemoryError:
        refused = refusals.too_much_memory(request["decode_memory_bytes"])
    except OSError as error:
        if error.errno == errno.EFBIG and _may_write(_output_bytes(request)):  # beyond the limit of our own
            refused = refusals.broken(str(error))
        else:
            return {"errno": error.errno or errno.EIO}
    return {"reason": str(refused), "remedy": refused.remedy}


def _plain(rendered: Any) -> dict[str, Any]:
    return {"width": rendered.width, "height": rendered.height, "steps": rendered.steps}


def _output_bytes(request: dict[str, Any]) -> int:
    """As much as the pixels of a picture within its limits take."""
    return int(3 * request["pixels_px"] + _HEADER_BYTES)


def _may_write(size_bytes: int) -> bool:
    """Whether whoever started the program lets it write files of that size (`ulimit -f`)."""
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    return hard == resource.RLIM_INFINITY or hard >= size_bytes


@contextmanager
def _limited(request: dict[str, Any]) -> Iterator[None]:
    """Memory, processor time and output size of one picture; processor time counts from what is used already."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used_s = int(usage.ru_utime + usage.ru_stime) + 1
    bounds = (
        (resource.RLIMIT_AS, request["decode_memory_bytes"]),
        (resource.RLIMIT_CPU, used_s + request["decode_cpu_s"]),
        (resource.RLIMIT_FSIZE, _output_bytes(request)),
    )
    try:
        for kind, amount in bounds:
            _limit(kind, amount)
        yield
    finally:
        for kind, _ in bounds:
            _limit(kind, resource.getrlimit(kind)[1])


def _limit(kind: int, amount: int, hard: int | None = None) -> None:
    """Set a soft limit, no higher than the hard one; a system that does not know the limit goes without it."""
    ceiling = resource.getrlimit(kind)[1] if hard is None else hard
    if ceiling != resource.RLIM_INFINITY and (amount > ceiling or amount == resource.RLIM_INFINITY):
        amount = ceiling
    try:
        resource.setrlimit(kind, (amount, ceiling))
    except (OSError, ValueError):
        return


if __name__ == "__main__":
    status = 1
    try:
        main(int(sys.argv[1]), sys.argv[2:])
        status = 0
    finally:
        os._exit(status)  # without the clean-up of an interpreter that has nothing to keep
