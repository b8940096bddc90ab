"""Files that have no name: the way in which bytes and pixels pass between processes without being copied twice."""

from __future__ import annotations

import contextlib
import mmap
import os
import tempfile
from typing import IO


def memory_file(name: str, data: bytes = b"") -> IO[bytes]:
    """A file in memory (memfd_create(2)) holding `data`; an unlinked temporary file where there is no such thing."""
    if hasattr(os, "memfd_create"):
        stream: IO[bytes] = os.fdopen(os.memfd_create(name, os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING), "w+b", buffering=0)
    else:
        stream = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - the caller closes it
    view = memoryview(data)
    while view:
        view = view[stream.write(view) :]
    stream.seek(0)
    return stream


def seal(stream: IO[bytes]) -> None:
    """Forbid everybody, for good, to change the file or its size (F_ADD_SEALS, fcntl(2)), where the system can."""
    import fcntl

    with contextlib.suppress(OSError, AttributeError):
        seals = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SEAL
        fcntl.fcntl(stream.fileno(), fcntl.F_ADD_SEALS, seals)


def mapped(stream: IO[bytes]) -> mmap.mmap:
    """The whole file, read-only, not copied. The mapping is private: a shared one of a sealed file needs Linux 6.7."""
    return mmap.mmap(stream.fileno(), 0, flags=mmap.MAP_PRIVATE, prot=mmap.PROT_READ)
