"""Time-stamps in a case: files below data/stamps/, each a reply about the digest of one entry of the log.

What is stamped is the head of the log before a seal. An entry names the files that came with it by their digests, and
each entry the one before it, so that a time for the head is a time for everything in the case up to there. The files
are named by the log and listed by the seal like any other, so that no bit of them is free.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ..model.canonical import iso
from ..model.limits import CASE_ANCHORS_BYTES, CASE_SIGNATURE_BYTES, CASE_STAMPS, STAMP_REPLY_BYTES
from ..model.text import quoted
from .contents import Contents, read
from .der import time_in
from .layout import LOG, STAMPS
from .reading import ReadLog
from .stamp_reply import StampState, TimeStamp, check
from .timestamp import ANCHORS, CHAIN, REQUEST, RESPONSE, SUBJECT, commands, digest_in

_FILE = re.compile(rf"({STAMPS}/[0-9]{{4,9}}(?:-[0-9]{{1,4}})?/[0-9]{{1,3}}-[A-Za-z0-9.-]{{1,60}})/([a-z]+\.[a-z]+)")
_BYTES = {
    SUBJECT: CASE_SIGNATURE_BYTES,
    REQUEST: CASE_SIGNATURE_BYTES,
    RESPONSE: STAMP_REPLY_BYTES,
    ANCHORS: CASE_ANCHORS_BYTES,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptStamp:
    """One time-stamp of a case."""

    folder: str
    names: frozenset[str]
    brought_by: int
    """Number of the entry that brought it."""


def kept_stamps(log: ReadLog) -> tuple[KeptStamp, ...]:
    """The time-stamps that a log names, in the order of their folders. Raises ValueError for too many."""
    names: dict[str, set[str]] = {}
    brought: dict[str, int] = {}
    for path, (_, number) in log.files.items():
        found = _FILE.fullmatch(path)
        if found is not None:
            names.setdefault(found[1], set()).add(found[2])
            brought[found[1]] = max(number, brought.get(found[1], 0))
    if len(names) > CASE_STAMPS:
        raise ValueError(f"{STAMPS} holds more than {CASE_STAMPS} time-stamps")
    return tuple(
        KeptStamp(folder=folder, names=frozenset(names[folder]), brought_by=brought[folder]) for folder in sorted(names)
    )


def hold_stamps(contents: Contents, log: ReadLog, anchors: str = "") -> tuple[str, ...]:
    """What each time-stamp shows, a sentence each. Raises ValueError for one that is broken or of another log.

    `anchors`: certificates (PEM) that the reader trusts, asked instead of those that came with the case.
    """
    found = kept_stamps(log)
    if not found:
        return ()
    numbers = {head: number for number, head in enumerate(log.heads, 1)}
    return tuple(_held(stamp, contents, numbers, anchors) for stamp in found)


def lines(contents: Contents, log: ReadLog) -> tuple[tuple[str, ...], ...]:
    """For VERIFY.txt: the command lines of each time-stamp, to be run in the folder of the case.

    Raises ValueError for one that is broken or of another log, OSError.
    """
    numbers = {head: number for number, head in enumerate(log.heads, 1)}
    told = []
    for stamp in kept_stamps(log):
        reader = _reader(stamp, contents)
        number = _entry(stamp, reader(SUBJECT), numbers)
        _, text, query, _ = commands(
            time_in(reader(RESPONSE)), chain=CHAIN in stamp.names, anchors=ANCHORS in stamp.names, root='"$ROOT"'
        )
        told.append(
            (
                f"head -n {number} {LOG} | tail -n 1 | sha256sum --check --quiet {stamp.folder}/{SUBJECT}",
                f"(cd {stamp.folder} && {text})",
                f"(cd {stamp.folder} && {query})",
            )
        )
    return tuple(told)


def _held(stamp: KeptStamp, contents: Contents, numbers: dict[bytes, int], anchors: str) -> str:
    reader = _reader(stamp, contents)
    text, asked, reply = reader(SUBJECT), reader(REQUEST), reader(RESPONSE)
    number = _entry(stamp, text, numbers)
    own = reader(ANCHORS).decode("utf-8", "replace") if ANCHORS in stamp.names else ""
    shown = check(text, asked, reply, anchors or own)
    if shown.state is StampState.REFUSED:
        raise ValueError(f"{stamp.folder}/{RESPONSE} is no time-stamp of this log: {shown.words}")
    return f"{stamp.folder}: {_told(shown, number)}{_whose(shown, given=bool(anchors))}"


def _told(shown: TimeStamp, number: int) -> str:
    what = f"the log up to entry {number}, and each file that it names up to there"
    if shown.time is None:
        return f"a time-stamp for {what}; {shown.words}; VERIFY.txt checks it with openssl"
    accuracy = "" if shown.accuracy_s is None else f", give or take {shown.accuracy_s:g} s"
    who = f"a signer that calls itself {quoted(shown.authority, limit=120)}"
    return f"{what}, existed at {iso(shown.time)}{accuracy}, by the word of {who}: {shown.words}"


def _whose(shown: TimeStamp, *, given: bool) -> str:
    if shown.state is not StampState.VOUCHED or given:
        return ""
    return f" ({ANCHORS} beside it: it came with the case, so compare it with the authority's own)"


def _reader(stamp: KeptStamp, contents: Contents) -> Callable[[str], bytes]:
    def whole(name: str) -> bytes:
        if name not in stamp.names:
            raise ValueError(f"{stamp.folder} has no {name}")
        return read(contents, f"{stamp.folder}/{name}", _BYTES[name])

    return whole


def _entry(stamp: KeptStamp, text: bytes, numbers: dict[bytes, int]) -> int:
    """The entry whose digest was stamped. Raises ValueError unless it is one before the stamp itself came."""
    digest = digest_in(text)
    if not digest:
        raise ValueError(f"{stamp.folder}/{SUBJECT} is no text that a time-stamp is made for")
    number = numbers.get(bytes.fromhex(digest), 0)
    if not 0 < number < stamp.brought_by:
        raise ValueError(f"{stamp.folder}/{SUBJECT} names no earlier entry of this log: it is of another one")
    return number
