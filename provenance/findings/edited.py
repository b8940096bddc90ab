"""A file that names a program which edits pictures: one caution for every time it gives, by whichever block."""

from __future__ import annotations

from collections.abc import Sequence

from ..metadata.programs import PROGRAMS, edits_pictures
from ..model.evidence import Claim, Evidence, Fact
from ..model.finding import Sentence
from ..model.text import visible
from .file.times import read_from_file
from .strength import means_capture
from .wording import cited


def edited(items: Sequence[Evidence]) -> list[Sentence]:
    """The caution, once, citing the program and every time; none where the file gives no time or names no editor.

    It sets no time aside: editors keep the time of capture as a rule, who forges one leaves no name, and tags are below
    every bar as it is.
    """
    times = [item for item in items if isinstance(item, Claim) and read_from_file(item) and item.time]
    times = [item for item in times if means_capture(item)]
    named = [item for item in items if isinstance(item, Fact) and item.key in PROGRAMS]
    editors = [item for item in named if edits_pictures(item.normal or item.raw)]
    if not times or not editors:
        return []
    program = visible(editors[0].normal or editors[0].raw, limit=60)
    text = f"The file names {program}, a program that edits pictures and can rewrite every time in it."
    return [cited(text, *editors, *times)]
