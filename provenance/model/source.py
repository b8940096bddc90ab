"""Who or what an observation comes from, and how far that has been relied on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_GRADE = re.compile(r"[A-F][1-6]")


class SourceKind(StrEnum):
    """What kind of thing speaks."""

    FILE = "file"
    """The picture file itself: its pixels, its structure, its tags."""
    REFERENCE = "reference"
    """A record in a reference set."""
    PERSON = "person"
    """Somebody's statement, recorded by the desk."""
    WEB = "web"
    """A server on the net that this program asked."""
    PROGRAM = "program"
    """This program's own measurement or search."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An agent (PROV) with the root it descends from: ten outlets relaying one post share one origin and count once."""

    kind: SourceKind
    name: str
    origin: str
    url: str = ""


THIS_PROGRAM = Source(kind=SourceKind.PROGRAM, name="this program", origin="this check")
FILE_TAGS = Source(kind=SourceKind.FILE, name="the file's own tags", origin="file")
"""What the file says of itself in tags, which whoever had it can have written."""
FILE_STRUCTURE = Source(kind=SourceKind.FILE, name="the file's structure", origin="file")
"""How the file is built, which the program that wrote it last decided."""


@dataclass(frozen=True, slots=True)
class Grade:
    """NATO Admiralty grade: reliability of the source (A-F) and credibility of what it says (1-6), rated apart.

    F and 6 mean "cannot be judged", not "bad". The two axes are never multiplied.
    """

    reliability: str = "F"
    credibility: int = 6

    @classmethod
    def parse(cls, text: str) -> Grade:
        """Read "B2". Raises ValueError."""
        text = text.strip().upper()
        if not _GRADE.fullmatch(text):
            raise ValueError(f"{text!r} is no Admiralty grade (a letter A-F and a digit 1-6, such as B2)")
        return cls(text[0], int(text[1]))

    def __str__(self) -> str:
        return f"{self.reliability}{self.credibility}"

    def at_least(self, reliability: str, credibility: int) -> bool:
        """Whether both axes are at least as good as the given ones (A and 1 are best)."""
        return self.reliability <= reliability and self.credibility <= credibility
