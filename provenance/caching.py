"""Where the index of a folder lies: in the cache, made anew when it is unusable, or in a temporary folder."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import ReferenceSetError, UnusableSetError
from .reference.sqlite import SQLiteStore


def open_index(root: Path, cache_folder: Path) -> SQLiteStore:
    """The folder's index in the cache, made anew when it is damaged or of another version, else a temporary one.

    An index that is busy or may not be written is left as it is.
    """
    digest = hashlib.sha256(os.fsencode(root)).hexdigest()[:16]
    path = cache_folder / f"{digest}.sqlite"
    name = root.name or str(root)
    try:
        return _writable(path, name, digest)
    except UnusableSetError:
        made = _made_anew(path, name, digest)
    except ReferenceSetError:
        made = None
    if made is None:
        temporary = Path(tempfile.mkdtemp(prefix="provenance-"))
        made = SQLiteStore(temporary / path.name, create=True, name=name, set_id=digest)
        weakref.finalize(made, shutil.rmtree, temporary, ignore_errors=True)
    return made


def _made_anew(path: Path, name: str, digest: str) -> SQLiteStore | None:
    """A new index in the place of an unusable one, unless another program has just made it; None where it cannot be."""
    try:
        with _alone(path):
            try:
                return _writable(path, name, digest)
            except UnusableSetError:
                _set_aside(path)
                return _writable(path, name, digest)
    except (OSError, ReferenceSetError):
        return None


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Only one program at a time sets an index aside, lest it remove the new one of another. Raises OSError."""
    with path.with_name(path.name + ".lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _writable(path: Path, name: str, set_id: str) -> SQLiteStore:
    """Open the index and make sure that it can be written. Raises ReferenceSetError."""
    store = SQLiteStore(path, create=True, name=name, set_id=set_id)
    try:
        store.forget(())
        store.known_paths()
    except ReferenceSetError:
        store.close()
        raise
    return store


def _set_aside(path: Path) -> None:
    """Remove a damaged index, which holds nothing that the folder does not; its log first, lest it meet a new file.

    Its segments go, too: the new index may never have enough pictures to sweep them.
    """
    for ending in ("-wal", "-shm", ""):
        try:
            path.with_name(path.name + ending).unlink(missing_ok=True)
        except OSError:
            return
    segments = path.with_name(path.name + ".points")
    if not segments.is_symlink():
        shutil.rmtree(segments, ignore_errors=True)
