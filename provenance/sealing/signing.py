"""The desk's signing key: which it is, what it replaced, and a new one in its place (docs/custody.md)."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from .._version import __version__
from ..model.canonical import iso

if TYPE_CHECKING:
    from ..custody.folder import Seal
    from ..custody.keys import SigningKey
    from ..model.case import Sealed

_FIRST = "put it right first; nothing was signed"
KEYS, PASSPHRASE = "PROVENANCE_KEYS", "PROVENANCE_PASSPHRASE"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyInUse:
    """The public half of the key in use, for others to pin."""

    fingerprint: str
    line: str
    """As it stands in a .pub or allowed_signers file."""
    path: Path
    """Of the private key."""
    made: bool
    """Whether it was made just now."""
    changes: tuple[str, ...]
    """Which key took the place of which, oldest first."""


def key_folder() -> Path:
    """Where the signing key lies: $PROVENANCE_KEYS, else the user's data folder."""
    from platformdirs import user_data_path

    named = os.environ.get(KEYS, "")
    return Path(named) if named else user_data_path("provenance") / "keys"


def passphrase_given() -> Callable[[], str] | None:
    """The passphrase of $PROVENANCE_PASSPHRASE, to be asked for when a key has one."""
    named = os.environ.get(PASSPHRASE)
    return None if named is None else lambda: named


def key_in_use(*, keys: str | Path | None = None, passphrase: Callable[[], str] | None = None) -> KeyInUse:
    """The desk's key, made at first use. `keys`: its folder; None means $PROVENANCE_KEYS, else the user's own.

    Raises KeyStoreError.
    """
    from ..custody import sshsig
    from ..custody.keys import PRIVATE
    from ..custody.rotating import current, known_changes

    folder = key_folder() if keys is None else Path(keys)
    key = current(folder, passphrase_given() or passphrase)
    return KeyInUse(
        fingerprint=key.fingerprint,
        line=sshsig.public_line(key.public),
        path=folder / PRIVATE,
        made=key.made,
        changes=tuple(change.words() for change in known_changes(folder)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderSealing:
    """What seals the folders of reports with the desk's key, for `write`; see `folder_sealing`."""

    key: str
    """Its fingerprint."""
    new_key: Path | None
    """Where the key was made, when this was its first use."""
    seal: Seal = field(repr=False)


def folder_sealing(now: Callable[[], tuple[datetime, str]], *, keys: str | Path | None = None) -> FolderSealing:
    """The desk's key, made at first use, ready to seal the folders of reports that lie in no case.

    `now`: the time, and by which clock, as `Desk.now` gives it. `keys`: as of `key_in_use`. A key with a passphrase
    opens with $PROVENANCE_PASSPHRASE alone: nobody is asked. Raises KeyStoreError.
    """
    from ..custody.folder_seal import sealed
    from ..custody.keys import PRIVATE
    from ..custody.rotating import current

    folder = key_folder() if keys is None else Path(keys)
    key = current(folder, passphrase_given())

    def seal(files: Mapping[str, bytes]) -> dict[str, bytes]:
        at, clock = now()
        return sealed(files, key, at=iso(at), clock=clock, tool=f"provenance {__version__}")

    return FolderSealing(key=key.fingerprint, new_key=folder / PRIVATE if key.made else None, seal=seal)


def seal_report(folder: Path, key: SigningKey, at: datetime, clock: str) -> Sealed:
    """Seal the folder of a report that lies in no case, where it has no seal yet and is as its SHA256SUMS lists it.

    A seal that holds, by whatever key, stands. Raises CaseError, OutputError.
    """
    from ..custody.contents import FolderContents
    from ..custody.folder import add_seal, held
    from ..custody.folder_seal import sealed_as_listed, unsealed_files, verify_folder
    from ..custody.layout import SEAL
    from ..custody.seal import digest
    from ..errors import CaseError
    from ..model.case import Head, Sealed, State
    from .folders import is_sealed

    try:
        with held(folder):
            if is_sealed(folder):
                standing = verify_folder(FolderContents(folder))
                if standing.state is not State.INTACT:
                    raise CaseError(f"not sealed: {standing.sentence}", remedy=_FIRST)
                return Sealed(head=Head(), files=standing.files, key=standing.key, seal=standing.seal, already=True)
            files = unsealed_files(FolderContents(folder))
            made = sealed_as_listed(files, key, at=iso(at), clock=clock, tool=f"provenance {__version__}")
            add_seal(folder, made)
    except (ValueError, OSError) as error:
        raise CaseError(f"not sealed: {error}", remedy=_FIRST) from None
    return Sealed(head=Head(), files=len(files) + 2, key=key.fingerprint, seal=digest(made[SEAL]))


def rotate_key(
    *, keys: str | Path | None = None, passphrase: Callable[[], str] | None = None, now: datetime | None = None
) -> str:
    """Put a new key in the place of the one in use; both sign a statement that says so, which later seals carry.

    Returns what the statement says. Raises KeyStoreError.
    """
    from ..custody.events import time_and_clock
    from ..custody.rotating import rotate
    from .author import author

    by = author(*time_and_clock(now))
    folder = key_folder() if keys is None else Path(keys)
    made = rotate(folder, at=by.at, clock=by.clock, by=by.by, passphrase=passphrase_given() or passphrase)
    return made.words()
