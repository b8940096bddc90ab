"""Copies of pictures kept beside a set, named by their digest: `<set>.pictures/ab/abcdef....jpg`."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path

from ..errors import OutputError, ReferenceSetError

ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "image/tiff": ".tiff",
    "image/bmp": ".bmp",
    "image/heif": ".heif",
    "image/avif": ".avif",
    "image/x-adobe-dng": ".dng",
    "image/x-nikon-nef": ".nef",
    "image/x-nikon-nrw": ".nrw",
    "image/x-sony-arw": ".arw",
    "image/x-canon-cr2": ".cr2",
    "image/x-pentax-pef": ".pef",
    "image/x-samsung-srw": ".srw",
}
OTHER_ENDING = ".bin"
_NO_LINKS = "put the folder itself in the place of the link"
_KNOWN = frozenset({"", OTHER_ENDING, *ENDINGS.values()})


def known_ending(kept: object) -> str:
    """The ending as it stands in a set, which a stranger may have made: it becomes part of a path.

    Raises ValueError when it is none that this program writes.
    """
    if not isinstance(kept, str) or kept not in _KNOWN:
        raise ValueError("the ending of a kept copy is none that was written")
    return kept


def place_of(set_path: Path, image_id: str, ending: str) -> Path:
    """Where the copy of a picture lies. `ending` is one that `known_ending` let through."""
    return set_path.with_name(set_path.name + ".pictures") / image_id[:2] / f"{image_id}{ending}"


def is_whole(target: Path, data: bytes) -> bool:
    """Whether a copy of that size lies there as a file of its own, not as a link."""
    try:
        status = target.lstat()
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and status.st_size == len(data)


def write_copy(target: Path, data: bytes) -> None:
    """Write the bytes so that after a crash the copy is whole or not there. Raises OutputError."""
    if link := _link_above(target):
        raise OutputError(f"{link} is a link, which is not followed", remedy=_NO_LINKS)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".tmp-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        sync_folder(target.parent)
    except OSError as error:
        raise OutputError(
            f"the picture cannot be kept at {target}: {error.strerror}", remedy="make room there, or leave out --keep"
        ) from error


def require_no_link(target: Path) -> None:
    """Refuse to remove a copy behind a link: what lies there need not be the set's. Raises ReferenceSetError."""
    if link := _link_above(target):
        raise ReferenceSetError(f"{link} is a link, and no file behind a link is removed", remedy=_NO_LINKS)


def remove_copy(target: Path) -> None:
    """Remove the copy, if it is there; of a link the link itself."""
    with contextlib.suppress(OSError):
        target.unlink()


def _link_above(target: Path) -> Path | None:
    """The first of the set's two own folders above a copy that is a link."""
    return next((folder for folder in (target.parent.parent, target.parent) if folder.is_symlink()), None)


def sync_folder(folder: Path) -> None:
    """See the names in a folder onto the disk. Raises OSError."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
