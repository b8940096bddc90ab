"""`diff`: what changed between two reports on a picture."""

from __future__ import annotations

import argparse

from .options import name
from .parser import Verbs, add_verb
from .terminal import print_json, width

EXAMPLE = """\
provenance check samples/stranger.jpg --case my-case
  provenance record my-case "Taken in March, she says" --time 2025-03 --source "A. Witness" --grade B2
  provenance check samples/stranger.jpg --case my-case --claimed-time 2024-04
  provenance diff my-case

exit codes: 0 nothing changed but the moment of the check; 1 something did, or the pictures differ"""


def add_parser(verbs: Verbs) -> None:
    """Describe the verb."""
    summary = "say what changed between two reports on a picture: evidence, answers and why, settings, sets, versions"
    verb = add_verb(verbs, "diff", summary, EXAMPLE, run)
    verb.add_argument("old", metavar="OLD", type=name, help="a report.json, a report's folder, or a case")
    verb.add_argument(
        "new",
        metavar="NEW",
        nargs="?",
        type=name,
        help="the same; a case stands for its last report (default: the last two reports of the case OLD)",
    )
    verb.add_argument(
        "--picture", metavar="SHA256", default="", help="which picture of a case, by the first digits of its SHA-256"
    )
    verb.add_argument("--json", action="store_true", help="print the changes as JSON")


def run(asked: argparse.Namespace) -> int:
    """Compare and tell; as diff(1) does, end with 1 where something differs."""
    from ..case.changing import changes, render_changes, render_changes_json

    found = changes(asked.old, asked.new, picture=asked.picture)
    if asked.json:
        print_json(render_changes_json(found))
    else:
        print(render_changes(found, width=width()))
    return 0 if found.same else 1
