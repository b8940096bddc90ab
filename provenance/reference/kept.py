"""Copies of pictures kept beside a set, named by their digest: `<set>.pictures/ab/abcdef....jpg`."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from ..errors import OutputError

ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "image/tiff": ".tiff",
    "image/bmp": ".bmp",
    "image/heif": ".heif",
    "image/avif": ".avif",
}


def place_of(set_path: Path, image_id: str, ending: str) -> Path:
    """Where the copy of a picture lies."""
    return set_path.with_name(set_path.name + ".pictures") / image_id[:2] / f"{image_id}{ending}"


def write_copy(target: Path, data: bytes) -> None:
    """Write the bytes so that after a crash the copy is whole or not there. Raises OutputError."""
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
        _sync_folder(target.parent)
    except OSError as error:
        raise OutputError(
            f"the picture cannot be kept at {target}: {error.strerror}", remedy="make room there, or leave out --keep"
        ) from error


def remove_copy(target: Path) -> None:
    """Remove the copy, if it is there."""
    with contextlib.suppress(OSError):
        target.unlink()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
