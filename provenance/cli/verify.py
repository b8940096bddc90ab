"""`verify`: is a case as it was sealed? Offline; nothing is written."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import CaseError
from ..model.text import visible
from .options import add_trusted, name
from .parser import Verbs, add_verb
from .terminal import folded, print_form

if TYPE_CHECKING:
    from ..model.case import Verification
    from ..model.context import TrustAnchors


_LABELS = ("Sealed: ", "Seal:   ", "Head:   ", "Time:   ")


def add_parser(verbs: Verbs) -> None:
    """Describe the verb."""
    verb = add_verb(
        verbs,
        "verify",
        "say whether a case, or a report's folder, is as it was sealed, or the first thing that is wrong; offline",
        "provenance check samples/stranger.jpg --case my-case\n  provenance seal my-case\n  provenance verify my-case",
        run,
    )
    verb.add_argument(
        "case", metavar="CASE", type=name, help="a case, or a report's folder, on any medium; it is only read"
    )
    verb.add_argument(
        "--signers", metavar="FILE", type=Path, help="keys that you trust: allowed_signers lines, or a .pub file"
    )
    verb.add_argument(
        "--against",
        metavar="HEAD",
        default="",
        help="a head of the log that you know from elsewhere: it must still be in the log",
    )
    add_trusted(
        verb,
        "root certificates (PEM) of time-stamp authorities that you trust, asked instead of those that came with "
        "the case",
    )
    verb.add_argument("--json", action="store_true", help="print the machine form")


def run(asked: argparse.Namespace) -> int:
    """Print the answer; 0 only for a case that is whole, sealed and signed."""
    from ..model.case import State
    from ..sealing.verified import verify

    found = verify(asked.case, signers=asked.signers, against=asked.against, trusted=_trusted(asked.trust_list))
    if asked.json:
        print_form(found)
    else:
        print(_text(asked.case, found))
    if found.state is State.INTACT:
        return 0
    return 1 if found.state is State.UNCHECKED else CaseError.exit_code


def _trusted(paths: list[Path]) -> list[TrustAnchors]:
    if not paths:
        return []  # and nothing is loaded for it: a small case is verified in less time than that takes
    from ..api import read_trust_list

    return [read_trust_list(path) for path in paths]


def _text(case: str, found: Verification) -> str:
    from ..model.case import State

    opening = "WRONG: " if found.state is State.WRONG else ""
    lines = [f"{visible(case)}: {opening}{visible(found.sentence)}"]
    if found.head.entries:
        lines.append(f"{found.files} files, {found.head.entries} entries in the log")
    elif found.files:
        lines.append(f"{found.files} files; the folder of a report, which has no log")
    if found.sealed_at:
        lines.append(f"Sealed: {visible(found.sealed_at, limit=40)}, by the clock of whoever sealed it")
        lines.append(f"Seal:   {found.seal}")
    if found.head.entries:
        lines.append(f"Head:   {found.head}")
    lines += [f"Time:   {visible(stamp)}" for stamp in found.stamps]
    lines += [visible(note) for note in found.notes]
    return "\n".join(folded(line, 8 if line.startswith(_LABELS) else 2) for line in lines)
