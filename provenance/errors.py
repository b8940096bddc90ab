"""Every error this program raises on purpose, each with an exit code and a remedy.

    ProvenanceError
    |-- InputError               3   the file or folder given cannot be read as a picture at all
    |-- DecodeError              4   a picture, but its pixels were refused; digest and metadata are still reported
    |-- ReferenceSetError        5   a reference set is missing, damaged, or of another version
    |-- StatementsError          6   a claims or records file has an unknown key, a bad date, an impossible place, ...
    `-- OutputError              7   the report or the set cannot be written where asked

Exit codes speak of the run, never of the picture: 0 means that the run did what was asked, whatever it found.
2 is a mistake on the command line, 130 an interruption (Ctrl-C). With several inputs the exit code is that of
the first input that failed; the others are reported all the same.
"""

from __future__ import annotations

from typing import ClassVar


class ProvenanceError(Exception):
    """Something went wrong that a person can mend: `str(error)` says what, `error.remedy` says how."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy


class InputError(ProvenanceError):
    """The file or folder given is missing, empty, unreadable, too large, or no picture by its content."""

    exit_code = 3


class DecodeError(ProvenanceError):
    """The file is a picture by its content, but its pixels cannot or may not be decoded."""

    exit_code = 4


class ReferenceSetError(ProvenanceError):
    """A reference set is missing, is damaged, or was made by another version of the format."""

    exit_code = 5


class StatementsError(ProvenanceError):
    """What a person wrote (claims file, records file, claim flags) breaks the format."""

    exit_code = 6


class OutputError(ProvenanceError):
    """The place where something was to be written cannot be written."""

    exit_code = 7
