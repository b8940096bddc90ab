"""Memory that a picture's arrays were freed from is kept for the next picture's, where the C library is glibc."""

from __future__ import annotations

import os

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
"""Of malloc.h; mallopt(3)."""
MAPPED_BYTES = 8 * 2**20
"""From this size on an array is mapped by itself, and given back at once. The largest that finding points makes of a
picture, of 640 px doubled, in single precision, has 6.6 MB; a working copy of 12 megapixels has 36."""
KEPT_BYTES = 64 * 2**20
"""The most that stays free at the end of the heap. The levels of a picture of 512 px, doubled, take 42 MB; with 32 MiB
six tenths of the page faults stayed."""


def keep_freed_memory() -> bool:
    """Have this process keep what it freed instead of giving it back to the system; whether it does from now on.

    For a process that is the program's own, before pictures that are alike in size. It does nothing where the C library
    is another, refuses, or was told by whoever started the process (mallopt(3), "Environment variables"), nor in a
    Python that was built without libffi.
    """
    told = any(name in os.environ for name in ("MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_"))
    if told or "glibc.malloc" in os.environ.get("GLIBC_TUNABLES", "") or not _is_glibc():
        return False
    try:
        import ctypes
    except ImportError:  # no picture needs it
        return False
    # Where the first is refused (32-bit glibc) nothing has changed; the second alone would leave it at 128 KiB.
    mallopt = ctypes.CDLL(None).mallopt
    return bool(mallopt(M_MMAP_THRESHOLD, MAPPED_BYTES) and mallopt(M_TRIM_THRESHOLD, KEPT_BYTES))


def _is_glibc() -> bool:
    try:
        return (os.confstr("CS_GNU_LIBC_VERSION") or "").startswith("glibc ")
    except (AttributeError, ValueError, OSError):  # Windows; musl and macOS do not know the name
        return False
