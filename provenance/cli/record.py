"""`record`: what a person found, noted in a case."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..recording import KINDS, record
from .options import moment, name
from .terminal import Verbs, add_verb

EXAMPLE = """\
provenance check samples/stranger.jpg --case my-case
  provenance record my-case "The photographer confirms the date by telephone" --source "A. Photographer" --grade B2"""


def add_parser(verbs: Verbs) -> None:
    """Describe the verb."""
    verb = add_verb(verbs, "record", "note in a case what a person found; nothing noted is ever changed", EXAMPLE, run)
    verb.add_argument("case", metavar="CASE", type=name, help="a folder that check --case wrote")
    verb.add_argument("text", metavar="TEXT", type=name, help="what is said, or was seen, in words")
    verb.add_argument("--kind", choices=KINDS, default=KINDS[0], help="what it is (default: %(default)s)")
    verb.add_argument("--source", metavar="WHO", default="", help="who says so (default: the desk itself)")
    verb.add_argument("--grade", metavar="B2", default="", help="Admiralty grade (default: F6, cannot be judged)")
    verb.add_argument(
        "--origin", metavar="ROOT", default="", help="what it descends from, where that is not the source"
    )
    verb.add_argument("--url", metavar="URL", default="", help="where it stands (noted, never opened)")
    verb.add_argument(
        "--about",
        metavar="SHA256",
        action="append",
        default=[],
        help="an original of the case, by 8 digits of its SHA-256 or more (repeatable)",
    )
    verb.add_argument(
        "--attach", metavar="FILE", type=Path, action="append", default=[], help="a file to keep with it (repeatable)"
    )
    verb.add_argument("--now", metavar="TIME", type=moment, help="use this as the clock (2024-11-15T09:00Z)")


def run(asked: argparse.Namespace) -> int:
    """Note it, and name the head behind it."""
    head = record(
        asked.case,
        asked.text,
        kind=asked.kind,
        source=asked.source,
        grade=asked.grade,
        origin=asked.origin,
        url=asked.url,
        about=asked.about,
        attach=asked.attach,
        now=asked.now,
    )
    print(f"Recorded. Head: {head}")
    return 0
