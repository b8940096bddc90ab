"""Is a case as it was sealed? Offline, reading only, a folder or bytes in memory; the first wrong thing in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..model.case import Head, Seal, State, Verification
from ..model.limits import CASE_SEAL_BYTES, CASE_SIGNATURE_BYTES
from ..model.text import visible
from . import sshsig
from .account import earlier_seals, hold_account, hold_tags, key_changes
from .changes import KeyChange, leading_to, vouched
from .contents import Contents, Item, read
from .layout import LOG, PAYLOAD, ROOT_FILES, SEAL, SEALED_FILES, SIGNATURE, STAMPS
from .reading import ReadLog, hold_file, hold_names, plain_items, read_log
from .seal import checked_seal, digest, read_seal

_KNOWN = re.compile(r"(?:(\d{1,9}):)?([0-9a-f]{64})")
_BREAK = "\u200b"
"""Where a long word may break in our PDF (report/pdf/form.py); it comes along when the word is copied."""
NO_LIBRARY = (
    "every file is as seal.json lists it, but who signed it was not checked: the library cryptography is not "
    "installed. Step 3 of VERIFY.txt checks it with ssh-keygen"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinned:
    """Keys that the reader trusts, with their names, and the name of the file they stand in."""

    keys: Mapping[bytes, str]
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sealing:
    """The seal of a case, when it has one."""

    seal: Seal | None = None
    sha256: str = ""
    key: bytes = b""
    checked: bool = True
    """False where the library that checks signatures is missing."""
    unfinished: bool = False
    """seal.json is there without a signature."""


def verify(
    contents: Contents, *, pinned: Pinned | None = None, against: Head | None = None, anchors: str = ""
) -> Verification:
    """Verify a case. `pinned`: keys that vouch; `against`: a head known from elsewhere (entries 0: number unknown).

    `anchors`: certificates (PEM) of time-stamp authorities that the reader trusts.
    """
    try:
        return _verified(contents, pinned, against, anchors)
    except (ValueError, OSError) as error:
        return wrong(error)


def wrong(error: ValueError | OSError) -> Verification:
    """The answer that an error is: a sentence raised here, or what a medium refused."""
    if isinstance(error, ValueError):
        return Verification(state=State.WRONG, sentence=str(error))
    name = f"{visible(str(error.filename))}: " if error.filename else ""
    reason = error.strerror or type(error).__name__
    return Verification(state=State.WRONG, sentence=f"{name}cannot be read ({reason})")


def known_head(text: str) -> Head:
    """A head as printed, "12:<64 hex digits>", or its digits alone; broken over lines or not. Raises ValueError."""
    found = _KNOWN.fullmatch("".join(text.replace(_BREAK, "").split()).lower())
    if found is None:
        raise ValueError(
            f"{visible(text, limit=80)!r} is no head of a log: 64 hex digits, with the number before them or not"
        )
    return Head(entries=int(found[1] or 0), sha256=found[2])


def _verified(contents: Contents, pinned: Pinned | None, against: Head | None, anchors: str) -> Verification:
    items = contents.items()
    paths = {item.path for item in items}
    if LOG not in paths:
        # data/ and nothing else is what a run leaves that was stopped before its first entry.
        none = paths <= {PAYLOAD} or not paths & {*ROOT_FILES, PAYLOAD}
        raise ValueError(f"this is no case: it has no {LOG}" if none else f"{LOG} is missing")
    plain_items(contents, items)
    sealing = _sealing(contents, paths)
    log = _log(contents, sealing.seal)
    _hold_known(log, against)
    _hold_files(contents, items, sealing, log)
    stamped = _hold_stamps(contents, log, anchors)
    back = log.backwards.note()
    answer = Verification(
        state=State.UNSEALED,
        sentence="",
        head=log.head,
        files=len(log.files),
        stamps=stamped,
        notes=(back,) if back else (),
    )
    if sealing.seal is None:
        missing = "seal.json has no signature" if sealing.unfinished else "it has no seal.json"
        sentence = f"not sealed ({missing}): nothing is at odds with its own log, but nobody vouches for that; seal it"
        return replace(answer, sentence=sentence)
    answer = replace(answer, seal=sealing.sha256, sealed_at=sealing.seal.made_at, key=sealing.seal.key)
    if not sealing.checked:
        return replace(answer, state=State.UNCHECKED, sentence=NO_LIBRARY)
    earlier = earlier_seals(contents, sealing.seal, log)
    answer = replace(answer, notes=(*answer.notes, *(f"an earlier seal holds: {words}" for words in earlier)))
    return _sealed(answer, sealing, sealing.seal, pinned, key_changes(contents, sealing.seal))


def _hold_stamps(contents: Contents, log: ReadLog, anchors: str) -> tuple[str, ...]:
    """What the time-stamps show; their readers are loaded only for a case that has some. Raises ValueError, OSError."""
    if not any(path.startswith(f"{STAMPS}/") for path in log.files):
        return ()
    from .stamps import hold_stamps

    return hold_stamps(contents, log, anchors)


def _sealed(
    answer: Verification, sealing: _Sealing, seal: Seal, pinned: Pinned | None, known: list[KeyChange]
) -> Verification:
    """Who signed, and whether anything came after."""
    answer = replace(answer, notes=(*answer.notes, *(change.words() for change in leading_to(sealing.key, known))))
    try:
        signed, name = signed_by(sealing.key, pinned, known)
    except ValueError as error:
        return replace(answer, state=State.WRONG, sentence=str(error))
    answer = replace(answer, signer=name)
    later = answer.head.entries - seal.entries
    if later:
        some = "1 later entry is" if later == 1 else f"{later} later entries are"
        sentence = (
            f"the part sealed at {visible(seal.made_at, limit=40)} is intact, {signed}; "
            f"{some} under no seal: seal it again"
        )
        return replace(answer, state=State.CONTINUED, sentence=sentence)
    return replace(answer, state=State.INTACT, sentence=f"intact, {signed}")


def signed_by(key: bytes, pinned: Pinned | None, known: Sequence[KeyChange] = ()) -> tuple[str, str]:
    """Whose signature it is, in words, and the name that a pinned file gives the key.

    Raises ValueError with a sentence where keys are pinned, and this is none of them.
    """
    signed = f"signed by key {sshsig.fingerprint(key)}"
    if pinned is None:
        return f"{signed}, which you have not pinned", ""
    found = vouched(key, pinned.keys, known)
    if found is None:
        raise ValueError(f"every file is as it was sealed, but {signed}, which {visible(pinned.file)} does not name")
    whose = f"which {visible(pinned.file)} names as {visible(found[1], limit=80)}"
    if found[0] != key:
        whose = f"which stands in the place of key {sshsig.fingerprint(found[0])}, {whose}"
    return f"{signed}, {whose}", found[1]


def _sealing(contents: Contents, paths: set[str]) -> _Sealing:
    if SEAL not in paths:
        if SIGNATURE in paths:
            raise ValueError(f"{SEAL} is missing; its signature is there")
        return _Sealing()
    if SIGNATURE not in paths:
        return _Sealing(unfinished=True)
    data, signature = read(contents, SEAL, CASE_SEAL_BYTES), read(contents, SIGNATURE, CASE_SIGNATURE_BYTES)
    try:
        seal, checked = checked_seal(data, signature), True
    except ImportError:
        seal, checked = read_seal(data), False
    return _Sealing(seal=seal, sha256=digest(data), key=sshsig.read(signature).key, checked=checked)


def _log(contents: Contents, seal: Seal | None) -> ReadLog:
    """The log, held to the seal's account of it. Raises ValueError."""
    if seal is None:
        return read_log(contents)
    told = next(file for file in seal.files if file.path == LOG)
    log = read_log(contents, prefix_bytes=told.size_bytes)
    if len(log.heads) < seal.entries:
        raise ValueError(
            f"the log was cut: it has {len(log.heads)} entries, and seal.json was made over {seal.entries}"
        )
    if log.prefix_sha256 != told.sha256 or log.heads[seal.entries - 1].hex() != seal.head:
        raise ValueError(f"{LOG} was changed: its first {seal.entries} entries are not those that were sealed")
    if log.heads[0].hex() != seal.case:
        raise ValueError("seal.json is of another case: its first entry is not this log's")
    return log


def _hold_known(log: ReadLog, known: Head | None) -> None:
    if known is None:
        return
    sha256 = bytes.fromhex(known.sha256)
    if known.entries > len(log.heads):
        raise ValueError(f"rolled back: the log ends at entry {len(log.heads)}, and you know its entry {known.entries}")
    if known.entries and log.heads[known.entries - 1] != sha256:
        raise ValueError(
            f"another log: its entry {known.entries} is not the one you know; it was forked or chained anew"
        )
    if not known.entries and sha256 not in log.heads:
        raise ValueError("the head you know is nowhere in this log: it was rolled back, forked or chained anew")


def _hold_files(contents: Contents, items: list[Item], sealing: _Sealing, log: ReadLog) -> None:
    """Names, sizes, digests, and that log, seal and manifest tell one story. Raises ValueError, OSError."""
    logged = {path: file for path, (file, _) in log.files.items()}
    seal = sealing.seal
    if seal is None:
        hold_names(items, logged, {LOG, *(ROOT_FILES if sealing.unfinished else SEALED_FILES)}, "the log", contents)
    else:
        sealed = {file.path: file for file in seal.files if file.path != LOG}
        hold_account(seal, sealed, log)
        logged |= sealed
        by = "seal.json" if seal.entries == len(log.heads) else "the log"
        hold_names(items, logged, {LOG, SEAL, SIGNATURE}, by, contents)
    for path in sorted(logged):
        hold_file(logged[path], contents)
    if seal is not None:
        hold_tags(seal, sealing.key)
