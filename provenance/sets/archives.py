"""Pictures in a tar file, read where they lie: nothing is unpacked to the disk, no name in it is ever opened."""

from __future__ import annotations

import contextlib
import gzip
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from ..errors import InputError
from ..image.containers.sniff import media_type
from ..model.limits import ARCHIVE_BYTES, ARCHIVE_MEMBERS, ARCHIVE_NAME_CHARS, Limits
from ..model.text import visible
from .wanted import Member, Refused

ENDINGS = (".tar", ".tar.gz", ".tgz")
_START_BYTES = 64
_PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".bmp", ".heic", ".heif", ".avif")
_PACK_AGAIN = "pack the pictures anew, as plain files"


def is_archive(path: Path) -> bool:
    """Whether the name is that of a tar file, and a file is there."""
    return path.name.lower().endswith(ENDINGS) and path.is_file()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What lies in a tar file: pictures with the names that they have in it, and what was passed over."""

    pictures: tuple[tuple[str, Member], ...]
    refused: tuple[Refused, ...]


@contextmanager
def opened(path: Path, limits: Limits) -> Iterator[Listed]:
    """The pictures of a tar file, each read when it is asked for, in the order of the file.

    Raises InputError for a file that is no tar, or whose list of contents cannot be read.
    """
    with contextlib.ExitStack() as stack:
        try:
            file = stack.enter_context(path.open("rb"))
            guarded = _Guarded(file, limits.file_bytes)
            if not path.name.lower().endswith(".tar"):
                packed = stack.enter_context(gzip.GzipFile(fileobj=file))
                guarded = _Guarded(cast("BinaryIO", packed), limits.file_bytes)
            archive = stack.enter_context(tarfile.open(fileobj=cast("BinaryIO", guarded), mode="r:"))
            listed = _listed(archive, path, path.stat().st_mtime_ns, limits)
        except (tarfile.TarError, EOFError, zlib.error, ValueError, OSError, RecursionError) as error:
            reason = getattr(error, "strerror", "") or visible(str(error), limit=120)
            raise InputError(
                f"{visible(str(path))}: no tar file, or a damaged one ({reason})", remedy=_PACK_AGAIN
            ) from error
        yield listed


def _listed(archive: tarfile.TarFile, path: Path, mtime_ns: int, limits: Limits) -> Listed:
    pictures: dict[str, Member] = {}
    refused: list[Refused] = []
    total = 0
    for number, info in enumerate(_readable(archive, path, refused)):
        total += info.size
        if number >= ARCHIVE_MEMBERS or total > ARCHIVE_BYTES:
            refused.append(
                Refused(path=str(path), reason="it holds more than is read of one tar file", remedy="split it")
            )
            break
        if info.isdir():
            continue
        name = _safe(info.name)
        told = f"{path}/{visible(info.name, limit=ARCHIVE_NAME_CHARS)}"
        if not info.isreg() or info.issparse() or not name:
            refused.append(
                Refused(path=told, reason="it is no plain file, or leads out of its folder", remedy=_PACK_AGAIN)
            )
        elif info.size > limits.file_bytes:
            refused.append(
                Refused(path=told, reason=f"larger than {limits.file_bytes:,} bytes", remedy="give it alone")
            )
        elif _means_picture(archive, info):
            # The last of several with one name counts, as when unpacking.
            pictures.pop(name, None)
            pictures[name] = _member(archive, info, mtime_ns)
    return Listed(pictures=tuple(pictures.items()), refused=tuple(refused))


def _readable(archive: tarfile.TarFile, path: Path, refused: list[Refused]) -> Iterator[tarfile.TarInfo]:
    """Its members as far as they can be read; where that ends before the file does, it is told."""
    number = 0
    try:
        for info in archive:
            number += 1
            yield info
    except (tarfile.TarError, EOFError, zlib.error, ValueError, OSError):
        if not number:
            raise
        why = f"it is damaged behind its entry {number}, and was read up to there"
        refused.append(Refused(path=str(path), reason=why, remedy=_PACK_AGAIN))


def _member(archive: tarfile.TarFile, info: tarfile.TarInfo, mtime_ns: int) -> Member:
    def read() -> bytes:
        try:
            part = archive.extractfile(info)
            data = b"" if part is None else part.read(info.size)
        except (tarfile.TarError, EOFError, zlib.error, ValueError, OSError) as error:
            raise InputError(f"cannot be read from the tar file ({visible(str(error), limit=80)})") from error
        if len(data) != info.size:
            raise InputError("the tar file ends within it", remedy=_PACK_AGAIN)
        return data

    return Member(size_bytes=info.size, mtime_ns=mtime_ns, read=read)


def _means_picture(archive: tarfile.TarFile, info: tarfile.TarInfo) -> bool:
    if info.name.lower().endswith(_PICTURE_ENDINGS):
        return True
    part = archive.extractfile(info)
    return part is not None and bool(media_type(part.read(_START_BYTES)))


def _safe(name: str) -> str:
    """The name as a path within the archive; "" for one that leads out of it or is too long."""
    parts = PurePosixPath(name).parts
    inside = not name.startswith("/") and ".." not in parts and "\0" not in name
    return "/".join(parts) if inside and len(name) <= ARCHIVE_NAME_CHARS else ""


class _Guarded:
    """A file of which no more is read at once than one picture may have: a header may ask for any amount."""

    def __init__(self, file: BinaryIO, most_bytes: int) -> None:
        self._file, self._most_bytes = file, most_bytes

    def read(self, size: int = -1) -> bytes:
        """Raises ValueError when more is asked for than may be read at once."""
        if not 0 <= size <= self._most_bytes:
            raise ValueError("a header asks for more than may be read at once")
        return self._file.read(size)

    def seek(self, place: int, whence: int = 0) -> int:
        """As a file does."""
        return self._file.seek(place, whence)

    def tell(self) -> int:
        """As a file does."""
        return self._file.tell()
