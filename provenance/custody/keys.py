"""The desk's signing key: made at first use, readable by its owner alone, in OpenSSH's own format."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import KeyStoreError, unless_full
from . import disk, sshsig

PRIVATE, PUBLIC = "seal_key", "seal_key.pub"
MOST_BYTES = 2**14
NO_LIBRARY = "the library cryptography is not installed"
INSTALL = "python3 -m pip install cryptography"


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """A private key at hand: its public half (32 bytes), and a function that signs."""

    public: bytes
    sign_with: Callable[[bytes], bytes] = field(repr=False)
    made: bool = False
    """Whether this was its first use."""

    @property
    def fingerprint(self) -> str:
        """As `ssh-keygen -lf` prints it."""
        return sshsig.fingerprint(self.public)

    def sign(self, message: bytes, namespace: str = sshsig.NAMESPACE) -> bytes:
        """A signature file over `message`."""
        return sshsig.sign(message, self.public, self.sign_with, namespace)


def signing_key(folder: Path, passphrase: Callable[[], str] | None = None) -> SigningKey:
    """The key in `folder`, made when there is none; `passphrase` is asked when it has one. Raises KeyStoreError."""
    path = folder / PRIVATE
    try:
        made = not disk.there(path) and _make(folder)
        require_private(path)
        data = disk.read(path, MOST_BYTES)
    except ImportError:
        raise KeyStoreError(NO_LIBRARY, remedy=INSTALL) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        remedy = unless_full(error, "set $PROVENANCE_KEYS to a folder of your own")
        raise KeyStoreError(f"the signing key {path}: {reason}", remedy=remedy) from error
    return _opened(data, path, passphrase, made=made)


def public_file(public: bytes) -> bytes:
    """What stands in seal_key.pub: the key, and a comment under which `verify --signers` names it."""
    return f"{sshsig.public_line(public)} seals of provenance\n".encode()


def write_once(path: Path, data: bytes, mode: int) -> bool:
    """Write a file into a folder that only its owner may open, made where it is missing; whole or not at all.

    Whether it is ours that stays, should two runs write one at once: none is replaced. Raises OSError.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    with suppress(FileNotFoundError):
        part.unlink()
    try:
        disk.write_new(part, data, mode)
        path.hardlink_to(part)  # unlike a rename this never replaces what another run has just made
    except FileExistsError:
        return False
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
    disk.sync_folder(path.parent)
    return True


def _make(folder: Path) -> bool:
    """Make a key; whether it is ours that stays, should two runs make one at once."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption()
    )
    if not write_once(folder / PRIVATE, private, 0o600):
        return False
    with suppress(FileExistsError):
        disk.write_new(folder / PUBLIC, public_file(key.public_key().public_bytes_raw()), 0o644)
    disk.sync_folder(folder)
    return True


def require_private(path: Path) -> None:
    """Raises KeyStoreError where others may read the file, or it is none; OSError."""
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        raise KeyStoreError(f"the signing key {path} is no plain file", remedy="put the key itself there")
    if status.st_mode & 0o077:
        raise KeyStoreError(f"others may read the signing key {path}", remedy=f"chmod 600 {path}")


def _opened(data: bytes, path: Path, passphrase: Callable[[], str] | None, *, made: bool) -> SigningKey:
    try:
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_ssh_private_key
    except ImportError:
        raise KeyStoreError(NO_LIBRARY, remedy=INSTALL) from None
    try:
        try:
            key = load_ssh_private_key(data, None)
        except TypeError:  # it has a passphrase
            if passphrase is None:
                raise KeyStoreError(
                    f"the signing key {path} has a passphrase",
                    remedy="set $PROVENANCE_PASSPHRASE, or run in a terminal",
                ) from None
            key = load_ssh_private_key(data, passphrase().encode())
    except UnsupportedAlgorithm:
        raise KeyStoreError(
            f"the signing key {path} has a passphrase, and the library bcrypt, which opens it, is not installed",
            remedy="pip install 'provenance-desk[passphrase]'",
        ) from None
    except ValueError:
        raise KeyStoreError(
            f"the signing key {path} does not open", remedy="check the passphrase, or the file"
        ) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyStoreError(
            f"the signing key {path} is of another kind", remedy="only Ed25519 keys seal: ssh-keygen -t ed25519"
        )
    return SigningKey(public=key.public_key().public_bytes_raw(), sign_with=key.sign, made=made)
