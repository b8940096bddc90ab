"""`add`: fill a reference set, with where each picture was published."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError, OutputError, UsageError
from ..model.text import counted, visible
from .options import add_points, whole
from .parser import Verbs, add_verb
from .terminal import as_typed, beside, note, print_form, progress_bar, tell_mended

if TYPE_CHECKING:
    from ..sets.adding import AddOutcome
    from ..sets.wanted import Refused

_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
"""How a cell begins that a spreadsheet computes; Japanese and Chinese ones take the wide signs for the others."""


def add_parser(verbs: Verbs) -> None:
    """Describe the verb."""
    verb = add_verb(
        verbs,
        "add",
        "fill a reference set from pictures and a records file; safe to interrupt and run again",
        "provenance add samples/reference --records samples/reference/records.csv --set /tmp/desk.sqlite",
        run,
    )
    verb.add_argument(
        "pictures", metavar="PATH", nargs="*", type=Path, help="pictures, folders of pictures, and tar files of them"
    )
    verb.add_argument(
        "--list",
        metavar="FILE",
        type=Path,
        help="CSV with a path or file: address in each row, in the column path, url or file, else in the first",
    )
    verb.add_argument(
        "--fetch-into",
        metavar="DIR",
        type=Path,
        help="fetch the addresses of the web in the list into this folder; each is printed before it is asked",
    )
    verb.add_argument(
        "--jobs",
        metavar="N",
        type=whole,
        default=0,
        help="look at so many pictures at once (default: as many as there are cores)",
    )
    add_points(verb)
    verb.add_argument(
        "--dask",
        metavar="tcp://HOST:PORT",
        default="",
        help="have the workers of this Dask cluster look at the pictures instead (docs/archive.md)",
    )
    verb.add_argument(
        "--not-taken", metavar="FILE", type=Path, help="write what was not taken, and why, into a new CSV file"
    )
    verb.add_argument(
        "--set",
        "--reference",
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
    from ..sets.earlier import place
    from ..sets.filing import add, read_records, records_beside
    from ..sets.making import cores
    from .fetch import say

    _require_sense(asked)
    records = read_records(asked.records) if asked.records else {}
    for beside_them in () if asked.records else records_beside(asked.pictures):
        note(f"{beside_them} is not read; to take its records: --records {as_typed(beside_them)}")
    outcome = add(
        asked.pictures,
        reference=asked.set,
        records=records,
        keep=asked.keep,
        listing=asked.list,
        fetch_into=asked.fetch_into,
        say=say,
        jobs=asked.jobs or cores(),
        points=asked.points,
        scheduler=asked.dask,
        earlier=place(),
        progress=progress_bar("pictures"),
    )
    if asked.not_taken is not None:
        _write_refused(asked.not_taken, outcome.refused)
    _tell(outcome, asked)
    if asked.json:
        print_form(outcome)
    else:
        print(
            f"{counted(outcome.pictures_added, 'picture')} and {counted(outcome.records_added, 'record')} added, "
            f"{outcome.already_there} already there, {len(outcome.refused)} not taken"
        )
    return InputError.exit_code if outcome.refused else 0


def _tell(outcome: AddOutcome, asked: argparse.Namespace) -> None:
    """What a person should know of it, on standard error."""
    from ..sets.noticing import LIMITS

    for refused in outcome.refused:
        beside(f"not taken: {visible(f'{refused.path}: {refused.reason}; {refused.remedy}')}")
    for name in outcome.records_without_picture:
        beside(f"no such picture: {visible(name)}, named in {visible(str(asked.records))}")
    for notice in outcome.notices:
        note(notice.words)
    tell_mended(outcome.mended)
    for told in outcome.reports:
        note(told)
    if outcome.unnoticed:
        note(f"not compared with the earlier checks: {outcome.unnoticed}")
    if outcome.notices:
        note(LIMITS)


def _require_sense(asked: argparse.Namespace) -> None:
    if not asked.pictures and asked.list is None:
        raise UsageError("no picture is named", remedy="name pictures, folders or tar files, or a list with --list")
    if asked.not_taken is not None and asked.not_taken.exists():
        raise OutputError(f"{visible(str(asked.not_taken))} is there already", remedy="name a file that is not there")
    if asked.not_taken is not None and not os.access(asked.not_taken.parent, os.W_OK | os.X_OK):
        told = visible(str(asked.not_taken))
        raise OutputError(f"{told} cannot be written", remedy="name a file in a folder that you may write to")
    if asked.fetch_into is not None and asked.list is None:
        raise UsageError("nothing is there to fetch", remedy="name a list of addresses with --list")


def _write_refused(file: Path, refused: Iterable[Refused]) -> None:
    """One row each. A spreadsheet takes no cell for a formula: those that would be are quoted.

    All stand in quotation marks, for one whose country divides cells by semicolons splits a bare "a;=1" in two.
    """
    import csv
    import io

    from ..output.exporting import write_new

    out = io.StringIO(newline="")
    rows = csv.writer(out, quoting=csv.QUOTE_ALL)
    rows.writerow(("path", "reason", "remedy"))
    for item in refused:
        rows.writerow([_cell(text) for text in (item.path, item.reason, item.remedy)])
    write_new(file, out.getvalue().encode())


def _cell(text: str) -> str:
    shown = visible(text)
    return f"'{shown}" if _FORMULA.match(shown) else shown
