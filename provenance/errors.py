"""Every error this program raises on purpose, each with an exit code and a remedy.

    ProvenanceError
    |-- UsageError               2   what was asked does not make sense as a whole (argparse says the rest)
    |-- InputError               3   the file or folder given cannot be read as a picture at all
    |-- DecodeError              4   a picture, but its pixels were refused; digest and metadata are still reported
    |-- ReferenceSetError        5   a reference set is missing, busy, or cannot be read or written
    |   `-- UnusableSetError     5   it is damaged, of another version, or no set at all: only another file helps
    |-- StatementsError          6   a claims or records file has an unknown key, a bad date, an impossible place, ...
    |-- OutputError              7   a report, a file or a case cannot be written where asked
    |-- CaseError                8   a case does not verify, is not sealed, or is no case that can be continued
    |-- KeyStoreError            9   the signing key cannot be made, read or opened
    `-- FetchError              10   somebody outside who was to be asked could not be reached, or did not answer usably
        `-- ForbiddenError      10   the address is one that is never asked: private, special, or written in disguise

Exit codes speak of the run, never of the picture: 0 means that the run did what was asked, whatever it found. 1 is what
`diff` ends with when two reports differ, `doctor` when a piece of the default install is missing, and `verify` when it
is the one that checks signatures; 130 an interruption (Ctrl-C), 143 one by SIGTERM.
With several inputs the exit code is that of the first input that failed; the others are reported all the same.
"""

from __future__ import annotations

import errno
from typing import ClassVar

from .model.address import without_user

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What a system says where a disk, a share of it or the largest file is full."""


def unless_full(error: OSError, remedy: str) -> str:
    """The remedy for what could not be written; where a disk is full, another name on it does not help."""
    return f"make room there, or {remedy}" if error.errno in NO_ROOM else remedy


class ProvenanceError(Exception):
    """Something went wrong that a person can mend: `str(error)` says what, `error.remedy` says how.

    Names and passwords in addresses are hidden in both.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(without_user(message))
        self.remedy = without_user(remedy)


class UsageError(ProvenanceError):
    """What was asked contradicts itself or asks nothing."""

    exit_code = 2


class InputError(ProvenanceError):
    """The file or folder given is missing, empty, unreadable, too large, or no picture by its content."""

    exit_code = 3


class DecodeError(ProvenanceError):
    """The file is a picture by its content, but its pixels cannot or may not be decoded."""

    exit_code = 4


class ReferenceSetError(ProvenanceError):
    """A reference set is missing, is being written, or cannot be read or written; see also UnusableSetError."""

    exit_code = 5


class UnusableSetError(ReferenceSetError):
    """What stands in the file is damaged, of another version, or no reference set: waiting or rights do not help."""


class StatementsError(ProvenanceError):
    """What a person wrote (claims file, records file, claim flags) breaks the format."""

    exit_code = 6


class OutputError(ProvenanceError):
    """The place where something was to be written cannot be written."""

    exit_code = 7


class CaseError(ProvenanceError):
    """A case is damaged, changed, not sealed, or no case at all; `verify` names the first thing that is wrong."""

    exit_code = 8


class KeyStoreError(ProvenanceError):
    """The desk's signing key cannot be made, read or opened."""

    exit_code = 9


class FetchError(ProvenanceError):
    """A request to the outside failed or was cut off at a limit; `tried` says how far it came."""

    exit_code = 10

    def __init__(self, message: str, *, remedy: str = "", tried: tuple[str, ...] = ()) -> None:
        super().__init__(message, remedy=remedy)
        self.tried = tried
        """The addresses that a connection was tried to before it failed, in order; empty: nothing left this machine
        but, at most, the question for the host's address."""


def stopped_by(stop: KeyboardInterrupt) -> str:
    """What stopped a run, in words: Ctrl-C, or the signal that the command line takes for one."""
    return f"stopped by {str(stop) or 'Ctrl-C'}"


class ForbiddenError(FetchError):
    """The URL names, or its host resolves to, an address that is never connected to."""
