"""One signing key takes the place of another: a statement that both keys sign. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..model.canonical import canonical
from ..model.limits import KEY_CHANGES
from . import sshsig
from .chain import read_canonical
from .layout import KEYS, NEW_SIGNATURE, OLD_SIGNATURE

if TYPE_CHECKING:
    from .keys import SigningKey

SCHEMA = "provenance-key-change/1"
_WORDS = ("schema", "at", "clock", "by", "old", "new")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyChange:
    """A statement and its two signatures, as files; and what it says. The keys are of 32 bytes."""

    old: bytes
    new: bytes
    at: str
    data: bytes
    old_signature: bytes
    new_signature: bytes

    def files(self) -> dict[str, bytes]:
        """By path in a case: named by content, so that the changes of several desks lie side by side."""
        name = f"{KEYS}/{hashlib.sha256(self.data).hexdigest()[:16]}.json"
        return {
            name: self.data,
            f"{name}{OLD_SIGNATURE}": self.old_signature,
            f"{name}{NEW_SIGNATURE}": self.new_signature,
        }

    def words(self) -> str:
        """For a reader."""
        return (
            f"key {sshsig.fingerprint(self.new)} took the place of key {sshsig.fingerprint(self.old)} "
            f"at {self.at}, by a statement that both signed"
        )


def change(old: SigningKey, new: SigningKey, *, at: str, clock: str, by: str) -> KeyChange:
    """State, with both keys, that `new` takes the place of `old`."""
    said = {
        "schema": SCHEMA,
        "at": at,
        "clock": clock,
        "by": by,
        "old": sshsig.public_line(old.public),
        "new": sshsig.public_line(new.public),
    }
    data = canonical(said) + b"\n"
    signatures = [key.sign(data, sshsig.KEY_NAMESPACE) for key in (old, new)]
    return KeyChange(
        old=old.public, new=new.public, at=at, data=data, old_signature=signatures[0], new_signature=signatures[1]
    )


def read_change(data: bytes, old_signature: bytes, new_signature: bytes) -> KeyChange:
    """A change from its files. Raises ValueError when it is none that both keys signed; ImportError."""
    said = read_canonical(data)
    if not isinstance(said, dict) or set(said) != set(_WORDS) or said["schema"] != SCHEMA:
        raise ValueError("is no statement of a change of keys")
    if not all(isinstance(value, str) for value in said.values()):
        raise ValueError("is no statement of a change of keys")
    keys = [_key(said["old"]), _key(said["new"])]
    for key, signature in zip(keys, (old_signature, new_signature), strict=True):
        taken = sshsig.read(signature)
        if taken.key != key or not sshsig.holds(taken, data, sshsig.KEY_NAMESPACE):
            raise ValueError("is not signed by both keys that it names")
    return KeyChange(
        old=keys[0], new=keys[1], at=said["at"], data=data, old_signature=old_signature, new_signature=new_signature
    )


def leading_to(key: bytes, known: Sequence[KeyChange]) -> list[KeyChange]:
    """The changes that lead to a key, the last of them first."""
    by_new = {change.new: change for change in known}
    found: list[KeyChange] = []
    while key in by_new and len(found) < KEY_CHANGES:
        found.append(by_new.pop(key))
        key = found[-1].old
    return found


def vouched(key: bytes, pinned: Mapping[bytes, str], known: Sequence[KeyChange]) -> tuple[bytes, str] | None:
    """A pinned key, with its name, that this key is or stands in the place of."""
    for one in (key, *(change.old for change in leading_to(key, known))):
        if one in pinned:
            return one, pinned[one]
    return None


def _key(line: str) -> bytes:
    kind, _, encoded = line.partition(" ")
    key = sshsig.key_of_line(encoded) if kind == sshsig.KEY_TYPE.decode() else None
    if key is None or sshsig.public_line(key) != line:
        raise ValueError("names a key that is not read here")
    return key
