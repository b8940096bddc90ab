"""A folder of results that is there whole or not at all, with a list of digests that `sha256sum -c` can check."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import OutputError, unless_full
from ..model.case import CaseFile
from ..model.report_files import SUMS
from ..model.text import visible
from . import bag
from .layout import PART

MOST_NAMESAKES = 10_000
Seal = Callable[[Mapping[str, bytes]], Mapping[str, bytes]]
"""Files of a folder -> further ones that seal them."""


def write_folder(target: Path, files: Mapping[str, bytes], seal: Seal | None = None) -> Path:
    """Write `files` (name -> bytes) and their digests into `target`, and return it.

    A new folder appears in one rename. In a folder that exists already each file appears whole; one that would replace
    a file is refused before anything is written. `seal` makes further files of these, which seal the folder.
    Raises OutputError.
    """
    content = {**files, SUMS: _sums(files)}
    content |= seal(content) if seal is not None else {}
    try:
        if target.exists():
            refuse_replacing(target, content)
            _fill(target, content)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            _create(target, content)
    except OSError as error:
        remedy = unless_full(error, "name a folder you may write to with --out")
        raise _refused("to the folder", target, error, remedy) from error
    return target


def write_new_folder(parent: Path, name: str, files: Mapping[str, bytes], seal: Seal | None = None) -> Path:
    """Write a folder called `parent/name`, or `name-2`, `name-3`, ... when that is taken, also by another process.

    Raises OutputError.
    """
    for number in range(1, MOST_NAMESAKES):
        target = parent / (name if number == 1 else f"{name}-{number}")
        try:
            return write_folder(target, files, seal)
        except OutputError:
            if not target.exists():
                raise
    raise OutputError(f"{parent} holds {MOST_NAMESAKES} reports of that name", remedy="name another folder with --out")


@contextmanager
def held(target: Path) -> Iterator[None]:
    """Hold a folder, so that no other seals it meanwhile; waits for whoever does. Where the medium cannot lock, nobody
    is kept out. Raises OSError.
    """
    descriptor = os.open(target, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def add_seal(target: Path, files: Mapping[str, bytes]) -> None:
    """Put what seals a folder into it, the signature last; what an unfinished one left gives way.

    Raises OutputError.
    """
    try:
        for name in files:
            (target / f"{PART}{name}").unlink(missing_ok=True)
        _fill(target, files)
    except OSError as error:
        raise _refused("the seal into", target, error, "no other file was touched; mend that and repeat") from error


def _refused(what: str, target: Path, error: OSError, remedy: str) -> OutputError:
    return OutputError(f"cannot write {what} {target}: {error.strerror or type(error).__name__}", remedy=remedy)


def holds_others(target: Path) -> bool:
    """Whether the folder is there and not empty: what is written into it is then not all that is in it."""
    try:
        return any(target.iterdir())
    except OSError:
        return False


def _sums(files: Mapping[str, bytes]) -> bytes:
    return bag.manifest(
        CaseFile(path=name, size_bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
        for name, data in files.items()
    )


def require_writable(target: Path) -> None:
    """Raises OutputError where nothing can be written under that name, before any work is done for it.

    What is missing is made later. A full disk shows only then.
    """
    try:
        places = (target, *target.absolute().parents)
    except OSError:
        raise OutputError("the working folder is gone", remedy="change into one that is there") from None
    nearest = next((place for place in places if os.path.lexists(place)), Path("/"))
    if not nearest.is_dir():
        raise OutputError(f"{visible(str(nearest))} is no folder", remedy="name another folder with --out")
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise OutputError(
            f"{visible(str(nearest))} may not be written to", remedy="name a folder you may write to with --out"
        )


def refuse_replacing(target: Path, content: Collection[str]) -> None:
    """Raises OutputError where one of these names is taken in the folder that is there, or that is none."""
    if not target.is_dir():
        raise OutputError(f"{target} is no folder", remedy="name a folder with --out")
    taken = sorted(name for name in content if (target / name).exists())
    if taken:
        raise OutputError(
            f"{target} already holds {', '.join(taken)}", remedy="nothing was replaced; name another folder with --out"
        )


def _create(target: Path, content: Mapping[str, bytes]) -> None:
    workshop = Path(tempfile.mkdtemp(prefix=".provenance-", dir=target.parent))
    try:
        workshop.chmod(0o755)
        for name, data in content.items():
            _write(workshop / name, data)
        workshop.rename(target)
        _sync_folder(target.parent)
    except BaseException:
        shutil.rmtree(workshop, ignore_errors=True)
        raise


def _fill(target: Path, content: Mapping[str, bytes]) -> None:
    for name, data in content.items():
        part = target / f"{PART}{name}"
        try:
            _write(part, data)
            part.rename(target / name)
        finally:
            part.unlink(missing_ok=True)
    _sync_folder(target)


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
