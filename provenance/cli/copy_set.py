"""`refs copy` and `refs spread`: a reference set from one engine into another, and over several servers."""

from __future__ import annotations

import argparse
from typing import Any

from ..model.text import counted, visible
from .terminal import print_form, progress_bar, tell_mended

EXAMPLE = "provenance refs copy /tmp/desk.sqlite postgresql://desk@server/references"
SPREAD_EXAMPLE = "provenance refs spread postgresql://desk@one/refs --over postgresql://desk@two/a"


def add_parser(inner: Any, fill: str) -> None:
    """Describe the verbs, as two of those of `refs`. `fill`: the command that makes the set of the example."""
    verb = inner.add_parser(
        "copy",
        help="copy a whole set into a file or a database; safe to interrupt and run again",
        description="Copy a whole set into a file or a database; safe to interrupt and run again. At the end both have "
        "one snapshot id, or the command fails.",
        epilog=f"example:\n  {fill}\n  {EXAMPLE}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_argument("source", metavar="FROM", help="the set to copy")
    verb.add_argument("target", metavar="TO", help="made when missing; else it must be a copy of FROM, begun earlier")
    verb.add_argument(
        "--over", metavar="URL", action="append", default=[], help="make TO, a database, spread over these others"
    )
    verb.add_argument(
        "--mirror",
        action="store_true",
        help="take away what TO holds and FROM does not; without it such a TO is left as it is, and an error",
    )
    verb.add_argument("--json", action="store_true", help="print the machine form")
    verb.set_defaults(run=run, mistaken=verb.error)
    verb = inner.add_parser(
        "spread",
        help="make an empty set in a database that is spread over several servers",
        description="Make an empty set in a database whose hashes and local features lie in other databases, on other "
        "servers (docs/postgresql.md).",
        epilog=f"example:\n  {SPREAD_EXAMPLE}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_argument("target", metavar="SET", help="the database that desks will name")
    verb.add_argument("--over", metavar="URL", action="append", required=True, help="a database for a part; several")
    verb.set_defaults(run=spread, mistaken=verb.error)


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
        print(f"note: copies of {counted(done.kept_copies, 'picture')}, made with --keep, stay beside the first set")
    return 0


def spread(asked: argparse.Namespace) -> int:
    """Make the set, and say over how many servers."""
    from ..sets.copying import spread_set

    state = spread_set(asked.target, asked.over)
    print(f"made the empty set {visible(state.name)}, spread over {counted(len(asked.over), 'database')}")
    return 0
