"""`refs copy` and `refs spread`: a reference set from one engine into another, and over several servers."""

from __future__ import annotations

import argparse

from ..model.text import counted, visible
from .parser import Verbs, add_verb
from .terminal import note, print_form, progress_bar, tell_mended

EXAMPLE = "provenance refs copy /tmp/desk.sqlite postgresql://desk@server/references"
SPREAD_EXAMPLE = "provenance refs spread postgresql://desk@one/refs --over postgresql://desk@two/a"


def add_parser(inner: Verbs, fill: str) -> None:
    """Describe the verbs, as two of those of `refs`. `fill`: the command that makes the set of the example."""
    verb = add_verb(
        inner,
        "copy",
        "copy a whole set into a file or a database; safe to interrupt and run again",
        f"{fill}\n  {EXAMPLE}",
        run,
        more=" At the end both have\none snapshot id, or the command fails.",
    )
    verb.add_argument("source", metavar="FROM", help="the set to copy")
    verb.add_argument("target", metavar="TO", help="made when missing; else it must be a copy of FROM, begun earlier")
    verb.add_argument(
        "--over",
        metavar="URL",
        action="append",
        default=[],
        help="make TO, a database, spread over this one too (repeatable)",
    )
    verb.add_argument(
        "--mirror",
        action="store_true",
        help="take away what TO holds and FROM does not; without it such a TO is left as it is, and an error",
    )
    verb.add_argument("--json", action="store_true", help="print the machine form")
    verb = add_verb(
        inner,
        "spread",
        "make an empty set in a database that is spread over several servers",
        SPREAD_EXAMPLE,
        spread,
        more=" Its hashes\nand local features lie in the other databases (docs/postgresql.md).",
    )
    verb.add_argument("target", metavar="SET", help="the database that desks will name")
    verb.add_argument(
        "--over", metavar="URL", action="append", required=True, help="a database for a part (repeatable)"
    )


def run(asked: argparse.Namespace) -> int:
    """Copy, and say what was copied and that both are the same."""
    from ..sets.copying import copy_set

    done = copy_set(
        asked.source, asked.target, parts=asked.over, mirror=asked.mirror, progress=progress_bar("pictures")
    )
    tell_mended(done.mended)
    if asked.json:
        print_form(done)
        return 0
    copied, held = counted(done.pictures, "picture"), counted(done.state.pictures, "picture")
    print(f"{copied} copied, {done.removed} removed; both sets hold {held}")
    print(f"snapshot {visible(done.state.snapshot)}")
    if done.kept_copies:
        note(f"copies of {counted(done.kept_copies, 'picture')}, made with --keep, stay beside the first set")
    return 0


def spread(asked: argparse.Namespace) -> int:
    """Make the set, and say over how many servers."""
    from ..sets.copying import spread_set

    state = spread_set(asked.target, asked.over)
    print(f"made the empty set {visible(state.name)}, spread over {counted(len(asked.over), 'database')}")
    return 0
