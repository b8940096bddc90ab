"""`add`: fill a reference set, with where each picture was published."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..errors import InputError
from ..model.text import visible
from .terminal import Verbs, add_verb, progress_bar


def add_parser(verbs: Verbs) -> None:
    """Describe the verb."""
    verb = add_verb(
        verbs,
        "add",
        "fill a reference set from pictures and a records file; safe to interrupt and run again",
        "provenance add samples/reference --records samples/reference/records.csv --set /tmp/desk.sqlite",
        run,
    )
    verb.add_argument("pictures", metavar="PATH", nargs="+", type=Path, help="pictures and folders of pictures")
    verb.add_argument(
        "--set",
        metavar="SET",
        help="the set to fill, made when missing (default: $PROVENANCE_REFERENCE, else the desk's own set)",
    )
    verb.add_argument(
        "--records",
        metavar="FILE",
        type=Path,
        help="CSV or JSON Lines: source URL, publisher, published time and how it is known, place, caption, ... "
        "by file name (docs/records.md)",
    )
    verb.add_argument(
        "--keep", action="store_true", help="copy the pictures into the set, so that reports can still show them"
    )
    verb.add_argument("--json", action="store_true", help="print the machine form")


def run(asked: argparse.Namespace) -> int:
    """Add what is new, say what could not be taken, and end with a count."""
    from ..filing import add, read_records

    records = read_records(asked.records) if asked.records else {}
    outcome = add(
        asked.pictures, reference=asked.set, records=records, keep=asked.keep, progress=progress_bar("pictures")
    )
    for refused in outcome.refused:
        print(f"not taken: {visible(f'{refused.path}: {refused.reason}; {refused.remedy}')}", file=sys.stderr)
    for name in outcome.records_without_picture:
        print(f"no such picture: {visible(name)}, named in {visible(str(asked.records))}", file=sys.stderr)
    if asked.json:
        import json

        from ..model.canonical import plain

        print(json.dumps(plain(outcome), ensure_ascii=False, indent=2))
    else:
        print(
            f"{outcome.pictures_added} pictures and {outcome.records_added} records added, "
            f"{outcome.already_there} already there, {len(outcome.refused)} not taken"
        )
    return InputError.exit_code if outcome.refused else 0
