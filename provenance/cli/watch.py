"""`watch`: check pictures as they arrive in a folder, and tell when a copy of one checked earlier enters a set."""

from __future__ import annotations

import argparse
import math
import os
import time
from contextlib import suppress
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import DecodeError, InputError, KeyStoreError, OutputError, ProvenanceError, unless_full
from ..model.text import counted, visible
from .batch import broke
from .options import seconds
from .parser import Verbs, add_verb
from .terminal import note, progress_bar

if TYPE_CHECKING:
    from ..desk.desk import Desk
    from ..sealing.signing import FolderSealing
    from ..sets.watching import Arrivals

DEFAULT_FOLDER = Path("provenance-reports")


def add_parser(verbs: Verbs) -> None:
    """Describe the verb."""
    verb = add_verb(
        verbs,
        "watch",
        "check pictures as they arrive in a folder, until Ctrl-C; tell when a copy of one checked earlier enters a set",
        "provenance watch incoming --reference /tmp/desk.sqlite --log /tmp/watch.log",
        run,
    )
    verb.add_argument("folder", metavar="FOLDER", type=Path, help="looked at with all folders below it")
    verb.add_argument(
        "--reference", metavar="SET", action="append", help="a reference set or folder to search (repeatable)"
    )
    verb.add_argument("--out", metavar="DIR", type=Path, default=DEFAULT_FOLDER, help="where reports are written")
    verb.add_argument("--log", metavar="FILE", type=Path, help="write each line into this file, too")
    verb.add_argument("--all", action="store_true", help="check what is in the folder already, too")
    verb.add_argument("--every", metavar="SECONDS", type=seconds, default=2.0, help="look so often (default 2)")
    verb.add_argument(
        "--settle",
        metavar="SECONDS",
        type=seconds,
        default=2.0,
        help="check a file once it has not changed for so long (default 2)",
    )
    verb.add_argument("--for", metavar="SECONDS", type=seconds, dest="for_s", help="end by itself after so long")


def run(asked: argparse.Namespace) -> int:
    """Look, check, tell, wait; Ctrl-C between two pictures ends it cleanly."""
    from ..output.report_folder import require_room
    from ..sets.watching import Arrivals

    require_room(asked.out, alone=False)
    try:
        log = open(asked.log, "ab", buffering=0, opener=_at_once) if asked.log else None  # noqa: SIM115
    except OSError as error:
        remedy = unless_full(error, "name another file")
        raise OutputError(f"cannot write {asked.log}: {error.strerror}", remedy=remedy) from error
    arrivals = Arrivals(asked.folder, asked.settle)
    try:
        _watch(asked, arrivals, log)
    except KeyboardInterrupt as stopped:
        _say(f"ended by {str(stopped) or 'Ctrl-C'}; what was checked is kept", log)
    finally:
        if log is not None:
            with suppress(OSError):  # what could not be written was told
                log.close()
    return 0


def _at_once(path: str, flags: int) -> int:
    """Without waiting: a named pipe that nobody reads, or no longer reads, would hold the watch for ever."""
    return os.open(path, flags | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC, 0o666)


def _watch(asked: argparse.Namespace, arrivals: Arrivals, log: FileIO | None) -> None:
    from .watched_sets import Copies, is_there

    passed = 0 if asked.all else arrivals.pass_over()
    left = f"; {counted(passed, 'picture')} there already left out" if passed else ""
    _say(f"watching {asked.folder}{left}; Ctrl-C ends it", log)
    for name in asked.reference or ():
        if "://" not in name and not is_there(name):
            _say(f"there is no reference set at {name}; until there is one, no picture is checked", log)
    copies = Copies(asked.reference, lambda line: _say(line, log))
    ends_s = math.inf if asked.for_s is None else time.monotonic() + asked.for_s
    over = False
    while True:
        for picture in arrivals.arrived(time.monotonic()):
            if not _check(picture, asked, log):
                arrivals.try_again(picture, time.monotonic())
        for one in arrivals.none:
            _say(f"{one.path}: not checked: {one.reason}; {one.remedy}", log)
        copies.look()
        if over:
            return
        time.sleep(max(0.0, min(asked.every, ends_s - time.monotonic())))
        over = time.monotonic() >= ends_s  # then a last look, at what came while it slept or compared sets


def _check(picture: Path, asked: argparse.Namespace, log: FileIO | None) -> bool:
    """Check one picture as `check` does; what goes wrong is told. Whether it is done with: a set, a disk or a key that
    cannot be used now may be so later.
    """
    from ..desk.desk import Desk
    from ..model.finding import Question
    from ..output.report_folder import write
    from ..sealing.author import author
    from ..sets.earlier import place

    try:
        # The sets are opened anew each time: they may have changed.
        with Desk(references=asked.reference, progress=progress_bar("pictures indexed"), earlier=place()) as desk:
            checked = desk.check(picture)
            sealing, unsealed = _sealing(desk)
            seal = None if sealing is None else sealing.seal
            written = write(desk, checked, asked.out, inside=True, figures=True, seal=seal)
            desk.note_check(checked, report=written.folder, by=author(*desk.now()).by)
        answers = {one.question: one.verdict.value for one in checked.report.findings}
        told = f"{checked.report.overall.value}; seen before: {answers.get(Question.SEEN_BEFORE, 'not asked')}"
        _say(f"{picture}: {told}; report: {written.page}{unsealed}", log)
    except ProvenanceError as error:
        _say(f"{picture}: not checked: {error}; {error.remedy}", log)
        return isinstance(error, InputError | DecodeError)
    except Exception as error:  # one file that breaks this program does not end the watch
        known = broke(str(picture), error)
        _say(f"{known}; {known.remedy}", log)
    return True


def _sealing(desk: Desk) -> tuple[FolderSealing | None, str]:
    """What seals a report, else what to say instead: nobody is asked for the passphrase of a key."""
    from ..sealing.signing import folder_sealing

    try:
        return folder_sealing(desk.now), ""
    except KeyStoreError as error:
        return None, f", not sealed: {error}; {error.remedy}"


def _say(line: str, log: FileIO | None) -> None:
    from ..model.canonical import iso

    text = f"{iso(datetime.now(UTC).replace(microsecond=0))} {visible(line)}"
    print(text, flush=True)
    if log is None:
        return
    data = f"{text}\n".encode("utf-8", "backslashreplace")
    try:
        # Unbuffered: what is told to be missing does not come later, or in part before the next line.
        if log.write(data) != len(data):
            note("this line is not in the log, or not whole: whoever reads it does not keep up, or there is no room")
    except OSError as error:  # a full disk ends no watch; the line stands on the terminal
        note(f"this line is not in the log: {error.strerror}")
