"""The key store: a new signing key in the place of the old one, with the statement that both signed.

    seal_key, seal_key.pub       the key in use
    changes/0001/                change.json, change.json.old.sig, change.json.new.sig
    retired/0001_seal_key        the key that change 1 ended

A rotation stopped half-way is finished, or undone, when the key is next used.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from ..errors import KeyStoreError, unless_full
from ..model.limits import KEY_CHANGES
from . import changes, disk, keys
from .changes import KeyChange
from .keys import PRIVATE, PUBLIC, SigningKey
from .layout import NEW_SIGNATURE, OLD_SIGNATURE, PART

CHANGES, RETIRED, NEXT = "changes", "retired", "next"
STATEMENT = "change.json"
_T = TypeVar("_T")


def current(folder: Path, passphrase: Callable[[], str] | None = None) -> SigningKey:
    """The key in use, made at first use, behind any rotation that was stopped. Raises KeyStoreError."""
    _guarded(folder, lambda: _finish(folder))
    return keys.signing_key(folder, passphrase)


def rotate(folder: Path, *, at: str, clock: str, by: str, passphrase: Callable[[], str] | None = None) -> KeyChange:
    """Make a new key, without a passphrase, in the place of the one in use. Raises KeyStoreError."""
    old = current(folder, passphrase)
    if old.made:
        raise KeyStoreError("there was no key to be replaced; one was made", remedy="it is ready: provenance seal CASE")
    known = known_changes(folder)
    number = f"{len(known) + 1:04d}"
    if len(known) >= KEY_CHANGES:
        raise KeyStoreError(f"the key was changed {len(known)} times", remedy="begin anew: move the key folder away")

    def act() -> KeyChange:
        new = keys.signing_key(folder / NEXT)
        made = changes.change(old, new, at=at, clock=clock, by=by)
        (folder / CHANGES).mkdir(exist_ok=True)
        part = folder / CHANGES / f"{PART}{number}"
        part.mkdir()
        for name, data in _files(made).items():
            disk.write_new(part / name, data)
        disk.sync_folder(part)
        part.rename(folder / CHANGES / number)
        disk.sync_folder(folder / CHANGES)
        _finish(folder)
        return made

    return _guarded(folder, act)


def known_changes(folder: Path) -> list[KeyChange]:
    """The changes of this store, oldest first. Raises KeyStoreError when one is broken."""

    def act() -> list[KeyChange]:
        if not disk.there(folder / CHANGES):
            return []
        return [_read(place) for place in sorted((folder / CHANGES).iterdir()) if not place.name.startswith(PART)]

    return _guarded(folder, act)


def _finish(folder: Path) -> None:
    """Put the next key into use where its statement stands; else take away what a stopped rotation left."""
    if disk.there(folder / CHANGES):
        for place in list((folder / CHANGES).iterdir()):
            if place.name.startswith(PART):
                disk.remove(place)
    following = folder / NEXT
    if not disk.there(following):
        return
    stated = known_changes(folder)
    if stated and disk.there(following / PRIVATE) and keys.signing_key(following).public == stated[-1].new:
        (folder / RETIRED).mkdir(mode=0o700, exist_ok=True)
        with suppress(FileExistsError):
            (folder / RETIRED / f"{len(stated):04d}_{PRIVATE}").hardlink_to(folder / PRIVATE)
        (following / PUBLIC).unlink(missing_ok=True)
        disk.write_new(following / PUBLIC, keys.public_file(stated[-1].new), 0o644)
        (following / PUBLIC).rename(folder / PUBLIC)
        (following / PRIVATE).rename(folder / PRIVATE)
        disk.sync_folder(folder)
    disk.remove(following)


def _files(made: KeyChange) -> dict[str, bytes]:
    return {
        STATEMENT: made.data,
        f"{STATEMENT}{OLD_SIGNATURE}": made.old_signature,
        f"{STATEMENT}{NEW_SIGNATURE}": made.new_signature,
    }


def _read(place: Path) -> KeyChange:
    data, old, new = (
        disk.read(place / f"{STATEMENT}{behind}", keys.MOST_BYTES) for behind in ("", OLD_SIGNATURE, NEW_SIGNATURE)
    )
    try:
        return changes.read_change(data, old, new)
    except ValueError as error:
        raise KeyStoreError(f"{place} {error}", remedy="put it back from a copy of the key folder") from None


def _guarded(folder: Path, act: Callable[[], _T]) -> _T:
    """Do something in the store; what the disk or the library refuses becomes a KeyStoreError."""
    try:
        return act()
    except ImportError:
        raise KeyStoreError(keys.NO_LIBRARY, remedy=keys.INSTALL) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        remedy = unless_full(error, "make it readable and writable")
        raise KeyStoreError(f"the key folder {folder}: {reason}", remedy=remedy) from error
