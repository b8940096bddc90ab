"""The nouns of a case: its log, its seal, and what a verification says."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, StrEnum

CASE_SCHEMA = "provenance-case/1"
SEAL_SCHEMA = "provenance-seal/1"
FOLDER_SEAL_SCHEMA = "provenance-folder-seal/1"
NO_ENTRY = "0" * 64
"""What the first entry of a log names as the one before it."""

HEAD_THEN = "in a case; head of its log then: "
"""What stands before the head in a report's event "kept"."""

Settings = dict[str, str | list[str]]


class Did(StrEnum):
    """What an entry of the log says was done."""

    OPENED = "opened"
    RECEIVED = "received"
    REPORTED = "reported"
    INDEXED = "indexed"
    REDACTED = "redacted"
    RECORDED = "recorded"
    """A person added something."""
    FETCHED = "fetched"
    FETCHED_FOR_A_HIT = "fetched for a hit"
    NOT_FETCHED = "not fetched"
    ASKED = "asked"
    """The outside, by a check that was stopped before it had a report."""
    STAMPED = "stamped"
    SEALED = "sealed"
    RECOVERED = "recovered"
    """An unfinished last line, left by a run that was stopped, was set aside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A file of a case: its path with slashes, relative to the case, its size and its digest (lower-case hex)."""

    path: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the log: who did what, when, by which clock, with which tool, from which bytes to which."""

    number: int
    """From 1."""
    at: str
    clock: str
    by: str
    tool: str
    did: str
    """One of `Did`, or a word of a later version."""
    words: str
    inputs: tuple[str, ...] = ()
    """SHA-256 of what was worked on."""
    outputs: tuple[CaseFile, ...] = ()
    """Files that came into the case with this entry."""
    settings: Settings = field(default_factory=dict)
    previous: str = NO_ENTRY
    """SHA-256 of the line before, its line feed included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where a log ends: how many entries, and the SHA-256 of the last line. Written "12:<64 hex digits>"."""

    entries: int = 0
    sha256: str = NO_ENTRY

    def __str__(self) -> str:
        return f"{self.entries}:{self.sha256}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What seal.json says: every file of the case but itself and its signature, and where the log ended."""

    schema: str = SEAL_SCHEMA
    case: str
    """SHA-256 of the log's first line: the name of the case."""
    made_at: str
    clock: str
    by: str
    tool: str
    key: str
    """Fingerprint of the signing key, as `ssh-keygen -lf` prints it."""
    entries: int
    head: str
    files: tuple[CaseFile, ...]
    """Sorted by path."""
    previous: str = ""
    """SHA-256 of the seal before this one; "" for the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderSeal:
    """What seal.json says in the folder of a report that is in no case. Nobody is named but by the key."""

    schema: str = FOLDER_SEAL_SCHEMA
    made_at: str
    clock: str
    tool: str
    key: str
    """Fingerprint of the signing key."""
    files: tuple[CaseFile, ...]
    """Sorted by name: all but seal.json and its signature."""


class State(Enum):
    """What a verification found of a case, or of a report's folder, as a whole."""

    INTACT = "intact"
    CONTINUED = "continued"
    """The sealed part is intact, and later entries wait for a seal."""
    UNSEALED = "not sealed"
    WRONG = "wrong"
    UNCHECKED = "signature not checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The answer of `verify`: a state, a sentence, and what a reader can compare with what is known elsewhere."""

    state: State
    sentence: str
    head: Head = field(default_factory=Head)
    files: int = 0
    key: str = ""
    signer: str = ""
    """The name under which the given signers file knows the key."""
    sealed_at: str = ""
    seal: str = ""
    """SHA-256 of seal.json."""
    stamps: tuple[str, ...] = ()
    """What each time-stamp in the case shows, a sentence each."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What `seal` did."""

    head: Head
    files: int
    key: str
    seal: str
    """SHA-256 of seal.json."""
    previous: str = ""
    new_key: str = ""
    """Where the key was made, when this was its first use."""
    already: bool = False
    """Nothing had come since the last seal: it stands."""
