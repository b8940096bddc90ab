"""Opens a file that a person named, such as a key: none of those that make up a case."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO


def opened(path: Path) -> BinaryIO:
    """A file that a person named, open for reading; a link is followed. Raises OSError, also for a folder, a device or
    a pipe, for whose writer it does not wait, and ValueError for a name that is none.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "a folder, pipe or device stands there", str(path))
    return os.fdopen(descriptor, "rb")
