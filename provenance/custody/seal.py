"""seal.json: every file of a case with its size and digest, and where the log ended. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from ..model.canonical import canonical
from ..model.case import SEAL_SCHEMA, CaseFile, Seal
from . import sshsig
from .chain import case_file, is_digest, read_canonical
from .layout import LOG, SEALED_FILES, TAG_FILES, is_payload_path

_WORDS = ("made_at", "clock", "by", "tool", "key")
_PARTS = frozenset(field.name for field in fields(Seal))


def seal_bytes(seal: Seal) -> bytes:
    """The file: canonical JSON (RFC 8785) and a line feed."""
    return canonical(seal) + b"\n"


def read_seal(data: bytes) -> Seal:
    """The seal in a file. Raises ValueError with what is wrong, in words that follow "seal.json "."""
    said = read_canonical(data)
    try:
        seal = _seal(said)
    except (KeyError, TypeError, AttributeError):
        raise ValueError("is no seal: a part is missing or of another kind") from None
    if seal.schema != SEAL_SCHEMA:
        raise ValueError(f"is no seal of the form {SEAL_SCHEMA}; another version of this program may have made it")
    if not set(said) <= _PARTS:
        raise ValueError("holds more than a seal of this form does")
    paths = [file.path for file in seal.files]
    if paths != sorted(set(paths)):
        raise ValueError("lists files out of order or twice")
    if not all(is_payload_path(path) or path == LOG or path in SEALED_FILES for path in paths):
        raise ValueError("lists a path that no case holds")
    if not {LOG, *TAG_FILES} <= set(paths):
        raise ValueError("does not list the log, or a file that a seal writes")
    return seal


def checked_seal(data: bytes, signature: bytes) -> Seal:
    """The seal, when the signature beside it is one over it by the key that it names.

    Raises ValueError with a sentence; ImportError where the library that checks signatures is missing.
    """
    try:
        seal = read_seal(data)
    except ValueError as error:
        raise ValueError(f"seal.json {error}") from None
    hold_signature(data, signature, seal.key)
    return seal


def hold_signature(data: bytes, signature: bytes, key: str) -> bytes:
    """The key (32 bytes) that signed `data`, when its fingerprint is `key`; raises as `checked_seal` does."""
    try:
        taken = sshsig.read(signature)
    except ValueError as error:
        raise ValueError(f"seal.json.sig {error}") from None
    if sshsig.fingerprint(taken.key) != key:
        raise ValueError("seal.json.sig is made with another key than seal.json names")
    if not sshsig.holds(taken, data):
        raise ValueError("seal.json.sig is no signature of this seal.json: one of the two was changed")
    return taken.key


def digest(data: bytes) -> str:
    """SHA-256 in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def sorted_files(files: Iterable[CaseFile]) -> tuple[CaseFile, ...]:
    """By path, as a seal lists them."""
    return tuple(sorted(files, key=lambda file: file.path))


def _seal(said: Any) -> Seal:
    words = {name: said.get(name, "") for name in _WORDS}
    previous = said.get("previous", "")
    if not all(isinstance(value, str) for value in (*words.values(), said["schema"])):
        raise TypeError
    if not (is_digest(said["case"]) and is_digest(said["head"]) and (previous == "" or is_digest(previous))):
        raise TypeError
    if type(said["entries"]) is not int or said["entries"] < 1:
        raise TypeError
    return Seal(
        schema=said["schema"],
        case=said["case"],
        entries=said["entries"],
        head=said["head"],
        files=tuple(case_file(file) for file in said["files"]),
        previous=previous,
        **words,
    )
