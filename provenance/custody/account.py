"""Whether log, seal, manifest, earlier seals and changes of keys tell one story. Raised is the sentence that says not.

Only whoever signed the case can have made them differ: their bytes are held by the seal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ..model.case import CaseFile, Seal
from ..model.limits import CASE_SEAL_BYTES, CASE_SIGNATURE_BYTES, KEY_CHANGES
from ..model.text import visible
from . import bag, instructions
from .changes import KeyChange, read_change
from .contents import Contents, read
from .layout import KEYS, MANIFEST, NEW_SIGNATURE, OLD_SIGNATURE, PAYLOAD, SEALED_FILES, SEALS, SIGNERS
from .reading import ReadLog
from .seal import checked_seal, digest

_ENDS = ("", OLD_SIGNATURE, NEW_SIGNATURE)


def archived(paths: Iterable[str]) -> list[str]:
    """The earlier seals among the paths of a case, oldest first."""
    found = [path for path in paths if re.fullmatch(rf"{SEALS}/[0-9]{{4,9}}\.json", path)]
    return sorted(found, key=lambda path: (len(path), path))


def earlier_seals(contents: Contents, seal: Seal, log: ReadLog) -> list[str]:
    """What each earlier seal says, for a reader, when it holds: signed, over this log, naming the one before it.

    Raises ValueError for one that does not.
    """
    told: list[str] = []
    previous = ""
    for path in archived(file.path for file in seal.files):
        try:
            data = read(contents, path, CASE_SEAL_BYTES)
            earlier = checked_seal(data, read(contents, f"{path}.sig", CASE_SIGNATURE_BYTES))
        except (ValueError, FileNotFoundError) as error:
            raise ValueError(f"{path}, an earlier seal, does not hold: {error}") from None
        part = log.heads[earlier.entries - 1].hex() if earlier.entries <= seal.entries else ""
        if earlier.head != part or earlier.previous != previous:
            raise ValueError(f"{path}, an earlier seal, is of another history than this log")
        previous = digest(data)
        told.append(f"at {visible(earlier.made_at, limit=40)}, over {earlier.entries} entries, by key {earlier.key}")
    return told


def key_changes(contents: Contents, seal: Seal) -> list[KeyChange]:
    """The statements in the case that one key took the place of another. Raises ValueError when one does not hold."""
    paths = [file.path for file in seal.files if re.fullmatch(rf"{KEYS}/[0-9a-f]{{16}}\.json", file.path)]
    if len(paths) > KEY_CHANGES:
        raise ValueError(f"{KEYS} holds more than {KEY_CHANGES} changes of keys")
    found = []
    for path in paths:
        try:
            data, old, new = (read(contents, f"{path}{end}", CASE_SIGNATURE_BYTES) for end in _ENDS)
            found.append(read_change(data, old, new))
        except (ValueError, FileNotFoundError):
            raise ValueError(f"{path} is no change of keys that both keys signed") from None
    return found


def hold_account(seal: Seal, sealed: Mapping[str, CaseFile], log: ReadLog) -> None:
    """Raises ValueError unless the seal lists in data/ what the log had brought by then, and names the seal before."""
    for path in sorted({*log.files, *sealed}):
        file, number = log.files.get(path, (None, 0))
        if path in SEALED_FILES or number > seal.entries:
            continue
        if sealed.get(path) != file:
            raise ValueError(f"seal.json and the log do not tell the same of {path}")
    kept = archived(sealed)
    if (sealed[kept[-1]].sha256 if kept else "") != seal.previous:
        raise ValueError("seal.json does not name the seal before it")


def hold_tags(seal: Seal, key: bytes) -> None:
    """Raises ValueError unless the files that strangers' programs read say what the seal says.

    Only its own maker can have made them differ.
    """
    payload = [file for file in seal.files if file.path.startswith(f"{PAYLOAD}/")]
    digests = {file.path: file.sha256 for file in seal.files}
    if digests[MANIFEST] != digest(bag.manifest(payload)):
        raise ValueError(f"{MANIFEST} does not list what seal.json lists")
    if digests[SIGNERS] != digest(instructions.allowed_signers(key)):
        raise ValueError(f"{SIGNERS} does not hold the key that signed")
