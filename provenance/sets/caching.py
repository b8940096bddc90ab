"""Where the index of a folder lies: in the cache, made anew when it is unusable, or in a temporary folder."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ..errors import ReferenceSetError, UnusableSetError
from ..model.features import Candidate, Features, Probe
from ..model.record import Hit, Stored
from ..reference.sqlite.store import SQLiteStore


class FolderIndex(SQLiteStore):
    """The index of a folder. Where a search finds that it is damaged, it is gone once it is closed."""

    _unusable: int | None = None
    """The number of the file, once it is known to be unusable."""

    def near(self, codes: Sequence[bytes], fingerprint: str, radius_bits: int) -> list[list[Hit]]:
        """As of any set; the error says what mends an index."""
        with self._noted():
            return super().near(codes, fingerprint, radius_bits)

    def vote(
        self, probe: Probe, features: str, most: int, *, beside: Mapping[str, Features] | None = None
    ) -> list[Candidate]:
        """As of any set; the error says what mends an index."""
        with self._noted():
            return super().vote(probe, features, most, beside=beside)

    def features(self, image_ids: Sequence[str]) -> dict[str, Features]:
        """As of any set; the error says what mends an index."""
        with self._noted():
            return super().features(image_ids)

    def get(self, image_ids: Sequence[str]) -> list[Stored]:
        """As of any set; the error says what mends an index."""
        with self._noted():
            return super().get(image_ids)

    def close(self) -> None:
        """Let go of the file, and remove it where it is unusable."""
        super().close()
        unusable, self._unusable = self._unusable, None
        if unusable is not None:
            with suppress(OSError), _alone(self.path):
                if _number(self.path) == unusable:
                    _set_aside(self.path)

    @contextmanager
    def _noted(self) -> Iterator[None]:
        try:
            yield
        except UnusableSetError as error:
            self._unusable = _number(self.path)
            raise UnusableSetError(
                str(error), remedy="check again: this index of a folder is then made anew from its pictures"
            ) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """An open index, and what to say of it: why it was made anew, or lies in no cache; "" for one as it should be."""

    store: FolderIndex
    told: str = ""


def open_index(root: Path, cache_folder: Path) -> Index:
    """The folder's index in the cache, made anew when it is damaged or of another version, else a temporary one.

    An index that is busy or may not be written is left as it is.
    """
    path, name = _place(root, cache_folder), root.name or str(root)
    try:
        return Index(store=_writable(path, name))
    except UnusableSetError as error:
        return _made_anew(path, name, error)
    except ReferenceSetError as error:
        return _temporary(path, name, error)


def open_another(index: Index, root: Path, cache_folder: Path, error: UnusableSetError) -> Index:
    """A new index in the place of one that proved unusable only as it was read; the old one is closed."""
    path, name = _place(root, cache_folder), root.name or str(root)
    before = _number(index.store.path)
    index.store.close()
    return _made_anew(path, name, error, unusable=before)


def _place(root: Path, cache_folder: Path) -> Path:
    return cache_folder / f"{hashlib.sha256(os.fsencode(root)).hexdigest()[:16]}.sqlite"


def _number(path: Path) -> int | None:
    """By which the file is known to be the same; None where there is none."""
    try:
        return path.stat().st_ino
    except OSError:
        return None


def _made_anew(path: Path, name: str, error: UnusableSetError, unusable: int | None = None) -> Index:
    """A new index in the place of an unusable one, unless another program has just made it. `unusable`: the number of
    the file that cannot be used although it opens.
    """
    try:
        with _alone(path):
            store = None if _number(path) == unusable else _usable(path, name)
            if store is None:
                _set_aside(path)
                store = _writable(path, name)
            return Index(store=store, told=f"the index of {name} in the cache was made anew: {error}")
    except (OSError, ReferenceSetError) as cause:
        return _temporary(path, name, cause)


def _usable(path: Path, name: str) -> FolderIndex | None:
    try:
        return _writable(path, name)
    except UnusableSetError:
        return None


def _temporary(path: Path, name: str, error: Exception) -> Index:
    """An index that is gone with the program."""
    folder = Path(tempfile.mkdtemp(prefix="provenance-"))
    try:
        store = FolderIndex(folder / path.name, create=True, name=name, set_id=path.stem)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    weakref.finalize(store, shutil.rmtree, folder, ignore_errors=True)
    why = f"{error.filename or path}: {error.strerror}" if isinstance(error, OSError) else str(error)
    return Index(store=store, told=f"{name} was indexed for this run alone: {why}")


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Only one program at a time sets an index aside, lest it remove the new one of another. Raises OSError."""
    # For reading as well: a named pipe that lies there would otherwise be waited for.
    lock = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _writable(path: Path, name: str) -> FolderIndex:
    """Open the index and make sure that it can be written, and is laid out as now. Raises ReferenceSetError."""
    store = FolderIndex(path, create=True, name=name, set_id=path.stem)
    try:
        store.forget(())
        store.require_layout()
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
