"""`log`: what was done in a case, oldest first."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ..model.text import visible
from .options import name
from .parser import Verbs, add_verb
from .terminal import folded, print_form

if TYPE_CHECKING:
    from ..model.case import Entry


def add_parser(verbs: Verbs) -> None:
    """Describe the verb."""
    example = "provenance check samples/stranger.jpg --case my-case\n  provenance log my-case"
    verb = add_verb(verbs, "log", "show what was done in a case, oldest first", example, run)
    verb.add_argument("case", metavar="CASE", type=name, help="a case folder")
    verb.add_argument("--json", action="store_true", help="print the entries, one a line")


def run(asked: argparse.Namespace) -> int:
    """Print the entries; each was held to the one before it."""
    from ..case.cases import chronology_told

    for entry, back in chronology_told(asked.case):
        if asked.json:
            print_form(entry, indent=None)
        else:
            print(_text(entry, back))
    return 0


def _text(entry: Entry, back: str) -> str:
    lines = [f"{entry.number:>4}  {visible(entry.at)}  {visible(entry.by)}: {visible(entry.words)}"]
    lines += [f"      {file.path}, {file.size_bytes} bytes, sha256 {file.sha256}" for file in entry.outputs]
    lines += [f"      {back}: a clock was wrong, or was set back"] if back else []
    return "\n".join(folded(line, 8) for line in lines)
