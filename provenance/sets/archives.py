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
from ..image.find import PICTURE_ENDINGS
from ..model.limits import (
    ARCHIVE_BYTES,
    ARCHIVE_HEADER_BYTES,
    ARCHIVE_MEMBERS,
    ARCHIVE_NAME_CHARS,
    ARCHIVE_PACKED_BYTES,
    ARCHIVE_TIMES,
    Limits,
)
from ..model.text import visible
from .wanted import Member, Refused

ENDINGS = (".tar", ".tar.gz", ".tgz")
_START_BYTES = 64
_STEP_BYTES = 2**24
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
            guarded = _Guarded(file)
            if not path.name.lower().endswith(".tar"):
                guarded = _Guarded(cast("BinaryIO", stack.enter_context(gzip.GzipFile(fileobj=file))), packed=file)
            archive = stack.enter_context(tarfile.open(fileobj=cast("BinaryIO", guarded), mode="r:"))
            listed = _listed(archive, guarded, path, limits)
        except (tarfile.TarError, EOFError, zlib.error, ValueError, OSError, RecursionError) as error:
            reason = getattr(error, "strerror", "") or visible(str(error), limit=120)
            raise InputError(
                f"{visible(str(path))}: no tar file, or a damaged one ({reason})", remedy=_PACK_AGAIN
            ) from error
        yield listed


def _listed(archive: tarfile.TarFile, guarded: _Guarded, path: Path, limits: Limits) -> Listed:
    mtime_ns = path.stat().st_mtime_ns
    pictures: dict[str, Member] = {}
    refused: list[Refused] = []
    total = 0
    for number, info in enumerate(_readable(archive, guarded, path, refused)):
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
            pictures[name] = _member(archive, guarded, info, mtime_ns)
    return Listed(pictures=tuple(pictures.items()), refused=tuple(refused))


def _readable(
    archive: tarfile.TarFile, guarded: _Guarded, path: Path, refused: list[Refused]
) -> Iterator[tarfile.TarInfo]:
    """Its members as far as they can be read; where that ends before the file does, it is told."""
    number = 0
    try:
        while info := _next(archive, guarded):
            number += 1
            yield info
    except (tarfile.TarError, EOFError, zlib.error, ValueError, OSError, RecursionError) as error:
        if not number:
            raise
        what = str(error) if isinstance(error, _TooMuchError) else "it is damaged"
        refused.append(
            Refused(
                path=str(path), reason=f"{what} behind its entry {number}, and was read up to there", remedy=_PACK_AGAIN
            )
        )


def _next(archive: tarfile.TarFile, guarded: _Guarded) -> tarfile.TarInfo | None:
    """The next member. Nothing is kept of those before it, and of what stands for all of them only what tells a name,
    size or time: the library copies all of it for each member.
    """
    guarded.allow(ARCHIVE_HEADER_BYTES)
    info = archive.next()
    archive.members.clear()  # type: ignore[attr-defined]  # documented, and missing in the stubs
    archive.pax_headers = {key: value for key, value in archive.pax_headers.items() if key in tarfile.PAX_FIELDS}
    if info is not None:
        info.pax_headers = {}
    return info


def _member(archive: tarfile.TarFile, guarded: _Guarded, info: tarfile.TarInfo, mtime_ns: int) -> Member:
    def read() -> bytes:
        guarded.allow(info.size + ARCHIVE_HEADER_BYTES)
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
    if info.name.lower().endswith(PICTURE_ENDINGS):
        return True
    part = archive.extractfile(info)
    return part is not None and bool(media_type(part.read(_START_BYTES)))


def _safe(name: str) -> str:
    """The name as a path within the archive; "" for one that leads out of it or is too long."""
    parts = PurePosixPath(name).parts
    inside = not name.startswith("/") and ".." not in parts and "\0" not in name
    return "/".join(parts) if inside and len(name) <= ARCHIVE_NAME_CHARS else ""


class _TooMuchError(ValueError):
    """More is asked for than is read of a tar file."""


class _Guarded:
    """A file of which no more is read than was allowed: a header may ask for any amount, and be packed in few bytes."""

    def __init__(self, file: BinaryIO, packed: BinaryIO | None = None) -> None:
        self._file, self._packed, self._left = file, packed, ARCHIVE_HEADER_BYTES

    def allow(self, size: int) -> None:
        """So many bytes may be read from now on."""
        self._left = size

    def read(self, size: int = -1) -> bytes:
        """Raises ValueError when more is asked for than may be read."""
        if not 0 <= size <= self._left:
            raise _TooMuchError("it holds a longer header than is read")
        self._left -= size
        return self._file.read(size)

    def seek(self, place: int, whence: int = 0) -> int:
        """As a file does. Raises ValueError where the way there unpacks to far more than it was packed in."""
        if self._packed is None or whence:
            return self._file.seek(place, whence)
        here = self._file.seek(min(place, self._file.tell()))
        while here < place:
            before, here = here, self._file.seek(min(place, here + _STEP_BYTES))
            if here > ARCHIVE_PACKED_BYTES and here > ARCHIVE_TIMES * self._packed.tell():
                raise _TooMuchError(f"it unpacks to more than {ARCHIVE_TIMES} times its size")
            if here == before:
                break
        return here

    def tell(self) -> int:
        """As a file does."""
        return self._file.tell()
