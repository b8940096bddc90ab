"""Which files below a folder are pictures, by their first bytes."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from ..errors import InputError
from ..model.text import visible
from .sniff import ENOUGH_BYTES, media_type


def pictures(path: Path) -> list[Path]:
    """A file is itself; of a folder every regular file below it whose first bytes are a picture, sorted by path.

    Symbolic links inside the folder are not followed. A file that cannot be read is passed over in a folder.
    Raises InputError when the path is missing or a folder holds no picture.
    """
    told = visible(str(path))
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise InputError(f"{told}: no such file or folder", remedy="check the name and the folder") from None
    except (OSError, ValueError) as error:
        raise InputError(
            f"{told}: cannot be looked at ({error})", remedy="check the name and the permissions"
        ) from error
    if not stat.S_ISDIR(mode):
        return [path]
    if not os.access(path, os.R_OK | os.X_OK):
        raise InputError(f"{told}: no permission to look into the folder", remedy="ask its owner for read permission")
    found = sorted(
        Path(folder, name)
        for folder, _, names in os.walk(path)
        for name in names
        if _is_picture(os.path.join(folder, name))  # noqa: PTH118 - a million paths are joined faster as text
    )
    if not found:
        raise InputError(f"{told}: no picture in this folder", remedy="give a folder that holds pictures")
    return found


def _is_picture(path: str) -> bool:
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return False
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_NOCTTY | os.O_CLOEXEC)
        try:
            return bool(media_type(os.read(descriptor, ENOUGH_BYTES)))
        finally:
            os.close(descriptor)
    except OSError:
        return False
