"""The seal of a report's folder that lies in no case: every file with its digest, signed; and its verification.

The same files as in a case (seal.json, its signature, allowed_signers, VERIFY.txt), without a log: it says that the
folder is as it was written, and nothing of what came before or after.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from ..model.canonical import canonical
from ..model.case import FOLDER_SEAL_SCHEMA, SEAL_SCHEMA, CaseFile, FolderSeal, State, Verification
from ..model.limits import CASE_SEAL_BYTES, CASE_SIGNATURE_BYTES, REPORT_FOLDER_BYTES
from ..model.report_files import SUMS
from ..model.text import visible
from . import bag, instructions
from .chain import case_file, read_canonical
from .contents import Contents, Item, read
from .layout import INSTRUCTIONS, PART, SEAL, SIGNATURE, SIGNERS
from .reading import hold_file, hold_names, plain_items
from .seal import digest, hold_signature, sorted_files
from .verifying import NO_LIBRARY, Pinned, signed_by, wrong

if TYPE_CHECKING:
    from .keys import SigningKey

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9][A-Za-z0-9._-]{0,99})")
_PARTS = frozenset(field.name for field in fields(FolderSeal))
_AFTER = frozenset({SUMS, INSTRUCTIONS, SIGNERS})
"""What SHA256SUMS does not list."""
_LEFT = frozenset(f"{PART}{name}" for name in (INSTRUCTIONS, SIGNERS, SEAL, SIGNATURE))
"""What a sealing that was stopped may leave: it gives way to the next."""
_NOBODY = "not sealed ({0}): every file is as SHA256SUMS lists it, but nobody vouches for that list"


def sealed(files: Mapping[str, bytes], key: SigningKey, *, at: str, clock: str, tool: str) -> dict[str, bytes]:
    """The further files that seal a folder with these files (by name), the signature last."""
    return sealed_as_listed(_described(files), key, at=at, clock=clock, tool=tool)


def sealed_as_listed(files: Iterable[CaseFile], key: SigningKey, *, at: str, clock: str, tool: str) -> dict[str, bytes]:
    """The same for files that lie on the disk."""
    tags = {INSTRUCTIONS: instructions.folder_instructions(), SIGNERS: instructions.allowed_signers(key.public)}
    listed = sorted_files([*files, *_described(tags)])
    data = canonical(FolderSeal(made_at=at, clock=clock, tool=tool, key=key.fingerprint, files=listed)) + b"\n"
    read_folder_seal(data)
    return {**tags, SEAL: data, SIGNATURE: key.sign(data)}


def read_folder_seal(data: bytes) -> FolderSeal:
    """The seal in a file. Raises ValueError with what is wrong, in words that follow "seal.json "."""
    said = read_canonical(data)
    try:
        if said["schema"] == SEAL_SCHEMA:
            raise ValueError("is the seal of a case, whose data is not here")
        if said["schema"] != FOLDER_SEAL_SCHEMA:
            raise ValueError(f"is no seal of the form {FOLDER_SEAL_SCHEMA}")
        seal = _seal(said)
    except (KeyError, TypeError, AttributeError):
        raise ValueError("is no seal: a part is missing or of another kind") from None
    names = [file.path for file in seal.files]
    if names != sorted(set(names)) or not all(map(_NAME.fullmatch, names)):
        raise ValueError("lists files out of order, twice, or by names that no report's folder holds")
    if not {SIGNERS, INSTRUCTIONS, SUMS} <= set(names) or {SEAL, SIGNATURE} & set(names):
        raise ValueError("does not list the files that such a seal lists")
    return seal


def unsealed_files(contents: Contents) -> list[CaseFile]:
    """The files of a report's folder without a seal, held to its SHA256SUMS, that list included.

    What a stopped sealing left is passed over. Raises ValueError with a sentence where one is not as it is listed;
    OSError.
    """
    items = [item for item in plain_items(contents) if item.path not in _LEFT]
    if SIGNATURE in {item.path for item in items}:
        raise ValueError(f"{SIGNATURE} is there already")
    return [*_held_to_sums(contents, items), *_described({SUMS: read(contents, SUMS, CASE_SEAL_BYTES)})]


def _described(files: Mapping[str, bytes]) -> list[CaseFile]:
    return [CaseFile(path=name, size_bytes=len(data), sha256=digest(data)) for name, data in files.items()]


def verify_folder(contents: Contents, *, pinned: Pinned | None = None) -> Verification:
    """Verify a report's folder, as `verifying.verify` does a case; `pinned`: keys that vouch."""
    try:
        return _verified(contents, pinned)
    except (ValueError, OSError) as error:
        return wrong(error)


def _verified(contents: Contents, pinned: Pinned | None) -> Verification:
    items = plain_items(contents)
    names = {item.path for item in items}
    if SEAL not in names:
        if SIGNATURE in names:
            raise ValueError(f"{SEAL} is missing; its signature is there")
        return _unsealed(contents, items, "it has no seal.json")
    if SIGNATURE not in names:
        return _unsealed(contents, items, "seal.json has no signature")
    data, signature = read(contents, SEAL, CASE_SEAL_BYTES), read(contents, SIGNATURE, CASE_SIGNATURE_BYTES)
    try:
        seal = read_folder_seal(data)
    except ValueError as error:
        raise ValueError(f"{SEAL} {error}") from None
    try:
        key: bytes | None = hold_signature(data, signature, seal.key)
    except ImportError:
        key = None
    _hold_files(contents, items, seal, key)
    answer = Verification(
        state=State.UNCHECKED,
        sentence=NO_LIBRARY,
        files=len(seal.files),
        key=seal.key,
        sealed_at=seal.made_at,
        seal=digest(data),
    )
    if key is None:
        return answer
    try:
        signed, name = signed_by(key, pinned)
    except ValueError as error:
        return replace(answer, state=State.WRONG, sentence=str(error))
    return replace(answer, state=State.INTACT, sentence=f"intact, {signed}", signer=name)


def _hold_files(contents: Contents, items: list[Item], seal: FolderSeal, key: bytes | None) -> None:
    """Names, bytes, and that the lists for strangers' programs say what the seal says. Raises ValueError, OSError."""
    wanted = {file.path: file for file in seal.files}
    hold_names(items, wanted, {SEAL, SIGNATURE}, SEAL, contents)
    for file in seal.files:
        hold_file(file, contents)
    if wanted[SUMS].sha256 != digest(bag.manifest(file for file in seal.files if file.path not in _AFTER)):
        raise ValueError(f"{SUMS} does not list what {SEAL} lists")
    if key is not None and wanted[SIGNERS].sha256 != digest(instructions.allowed_signers(key)):
        raise ValueError(f"{SIGNERS} does not hold the key that signed")


def _unsealed(contents: Contents, items: list[Item], why: str) -> Verification:
    """What SHA256SUMS alone shows."""
    files = _held_to_sums(contents, items)
    return Verification(state=State.UNSEALED, sentence=_NOBODY.format(why), files=len(files))


def _held_to_sums(contents: Contents, items: list[Item]) -> list[CaseFile]:
    """The files that SHA256SUMS lists, each as it is listed, and no other there. Raises ValueError, OSError.

    That list names no sizes, so that every file is read to its end: not where they are too large for a report.
    """
    if (size_bytes := sum(item.size_bytes for item in items)) > REPORT_FOLDER_BYTES:
        most = visible(max(items, key=lambda item: item.size_bytes).path)
        raise ValueError(f"the folder holds {size_bytes} bytes, more than a report does, most of them in {most}")
    wanted = {file.path: file for file in _listed(contents, {item.path: item.size_bytes for item in items})}
    hold_names(items, wanted, {*_AFTER, SEAL}, SUMS, contents)
    for file in wanted.values():
        hold_file(file, contents)
    return list(wanted.values())


def _listed(contents: Contents, sizes: Mapping[str, int]) -> list[CaseFile]:
    if SUMS not in sizes:
        raise ValueError(f"{SUMS} is missing")
    data = read(contents, SUMS, CASE_SEAL_BYTES)
    # No line is shorter than a digest, two spaces and a letter: many more line feeds would only fill the memory.
    lines = data.decode("utf-8", "replace").splitlines() if data.count(b"\n") * 68 <= len(data) else []
    found = [_LINE.fullmatch(line) for line in lines]
    if not found or None in found:
        raise ValueError(f"{SUMS} is no list as this program writes it")
    return [CaseFile(path=one[2], size_bytes=sizes.get(one[2], 0), sha256=one[1]) for one in found if one]


def _seal(said: Any) -> FolderSeal:
    words = {name: said[name] for name in ("made_at", "clock", "tool", "key")}
    if not set(said) <= _PARTS or not all(isinstance(value, str) for value in words.values()):
        raise TypeError
    return FolderSeal(**words, files=tuple(case_file(file) for file in said["files"]))
