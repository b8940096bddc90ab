"""Sealing a case: everything is hashed against the log, listed, and signed; the signature comes last."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from ..errors import CaseError
from ..model.case import CaseFile, Did, Seal, Sealed
from ..model.limits import CASE_SEAL_BYTES, CASE_SIGNATURE_BYTES
from . import bag, disk, instructions, stamps
from .account import archived
from .changes import KeyChange, leading_to
from .contents import FolderContents
from .keys import SigningKey
from .layout import (
    BAG,
    BAG_INFO,
    DESCRIPTIONS,
    INSTRUCTIONS,
    LOG,
    MANIFEST,
    PART,
    ROOT_FILES,
    SEAL,
    SEALED_FILES,
    SEALS,
    SIGNATURE,
    SIGNERS,
    TAG_MANIFEST,
)
from .reading import ReadLog, hold_file, hold_names, plain_items, read_log
from .seal import checked_seal, digest, seal_bytes, sorted_files
from .writing import Author, Writer

Describe = Callable[[Path], Mapping[str, bytes]]
"""Makes further files for the root, by name, of a case whose last entry is that of the seal."""


def seal(
    writer: Writer,
    key: SigningKey,
    author: Author,
    changes: Sequence[KeyChange] = (),
    describe: Describe | None = None,
) -> Sealed:
    """Seal the case that `writer` holds; `changes` of keys that led to this one go along.

    `describe` may make the files of layout.DESCRIPTIONS, and no other. Raises CaseError when something in the case is
    not as its log says, and OSError.
    """
    root = writer.root
    log = _checked_against_log(root)
    standing = _standing(root)
    if standing is not None:
        before, data = standing
        if before.entries == len(log.heads) and before.key == key.fingerprint:
            return Sealed(
                head=log.head,
                files=len(log.files),
                key=before.key,
                seal=digest(data),
                previous=before.previous,
                already=True,
            )
    previous = _enter(writer, log, standing, key, author, changes=changes)
    log = read_log(FolderContents(root))
    payload = _files_of(root, log)
    tags = _tags(log, payload, key, author, stamps.lines(FolderContents(root), log))
    tags |= describe(root) if describe is not None else {}
    if not tags.keys() <= SEALED_FILES:
        raise ValueError("a seal writes no file of that name")
    tags[TAG_MANIFEST] = bag.manifest(_described(tags))
    data = seal_bytes(replace(_seal(log, payload, tags, key, author), previous=previous))
    _write(root, {**tags, SEAL: data, SIGNATURE: key.sign(data)})
    return Sealed(head=log.head, files=len(log.files), key=key.fingerprint, seal=digest(data), previous=previous)


def _checked_against_log(root: Path) -> ReadLog:
    contents = FolderContents(root)
    try:
        log = read_log(contents)
        wanted = {path: file for path, (file, _) in log.files.items()}
        hold_names(plain_items(contents), wanted, {LOG, *ROOT_FILES}, "the log", contents)
        for path in sorted(wanted):
            hold_file(wanted[path], contents)
        stamps.hold_stamps(contents, log)
    except ValueError as error:
        raise CaseError(f"not sealed: {error}", remedy="put it right first; nothing was signed") from None
    return log


def _standing(root: Path) -> tuple[Seal, bytes] | None:
    """The seal that the case has now, when its signature holds; one without is what a stopped run left."""
    if not disk.there(root / SEAL) or not disk.there(root / SIGNATURE):
        return None
    data = disk.read(root / SEAL, CASE_SEAL_BYTES)
    try:
        return checked_seal(data, disk.read(root / SIGNATURE, CASE_SIGNATURE_BYTES)), data
    except ValueError as error:
        raise CaseError(
            f"not sealed: {error}",
            remedy="the earlier seal is broken; take seal.json and seal.json.sig away to seal without it",
        ) from None


def _enter(
    writer: Writer,
    log: ReadLog,
    standing: tuple[Seal, bytes] | None,
    key: SigningKey,
    author: Author,
    *,
    changes: Sequence[KeyChange],
) -> str:
    """Move the standing seal into the case, and note that a new one is made. Returns the digest of the one before."""
    kept = archived(log.files)
    previous = log.files[kept[-1]][0].sha256 if kept else ""
    files: dict[str, bytes] = {}
    settings: dict[str, str | list[str]] = {"key": key.fingerprint}
    if standing is not None and digest(standing[1]) != previous:
        number = f"{len(kept) + 1:04d}"
        previous = digest(standing[1])
        files = {
            f"{SEALS}/{number}.json": standing[1],
            f"{SEALS}/{number}.json.sig": disk.read(writer.root / SIGNATURE, CASE_SIGNATURE_BYTES),
        }
        settings["earlier_key"] = standing[0].key
    told = []
    for change in reversed(leading_to(key.public, changes)):
        new = {path: data for path, data in change.files().items() if path not in log.files}
        files |= new
        told += [change.words()] if new else []
    words = "; ".join([f"sealed {len(log.files) + len(files)} files", *told])
    writer.enter(author, Did.SEALED, words, inputs=[previous] if previous else [], files=files, settings=settings)
    return previous


def _files_of(root: Path, log: ReadLog) -> tuple[CaseFile, ...]:
    size_bytes, sha256 = disk.digest(disk.chunks(root / LOG))
    return (*(file for file, _ in log.files.values()), CaseFile(path=LOG, size_bytes=size_bytes, sha256=sha256))


def _tags(
    log: ReadLog, payload: tuple[CaseFile, ...], key: SigningKey, author: Author, stamped: Sequence[Sequence[str]]
) -> dict[str, bytes]:
    """The files that every seal writes into the root, but for the list of them all."""
    return {
        INSTRUCTIONS: instructions.instructions(stamped),
        SIGNERS: instructions.allowed_signers(key.public),
        BAG: bag.DECLARATION,
        BAG_INFO: bag.info(payload, date=author.at, case=log.heads[0].hex(), tool=author.tool),
        MANIFEST: bag.manifest(payload),
    }


def _seal(
    log: ReadLog, payload: tuple[CaseFile, ...], tags: Mapping[str, bytes], key: SigningKey, author: Author
) -> Seal:
    return Seal(
        case=log.heads[0].hex(),
        made_at=author.at,
        clock=author.clock,
        by=author.by,
        tool=author.tool,
        key=key.fingerprint,
        entries=log.head.entries,
        head=log.head.sha256,
        files=sorted_files([*payload, *_described(tags)]),
    )


def _described(files: Mapping[str, bytes]) -> list[CaseFile]:
    return [CaseFile(path=path, size_bytes=len(data), sha256=digest(data)) for path, data in files.items()]


def _write(root: Path, files: Mapping[str, bytes]) -> None:
    """The old signature goes first and the new one comes last: in between the case reads as not sealed."""
    if disk.there(root / SIGNATURE):
        (root / SIGNATURE).unlink()
        disk.sync_folder(root)
    for name in DESCRIPTIONS - files.keys():
        if disk.there(root / name):
            (root / name).unlink()
    for name, data in files.items():
        part = root / f"{PART}{name}"
        try:
            disk.write_new(part, data)
            if name == SIGNATURE:
                disk.sync_folder(root)
            part.rename(root / name)
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise
    disk.sync_folder(root)
