"""`watch`: check pictures as they arrive in a folder, and tell when a copy of one checked earlier enters a set."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from ..errors import OutputError, ProvenanceError, ReferenceSetError
from ..model.finding import Question
from ..model.text import visible
from .options import seconds
from .terminal import Verbs, add_verb, progress_bar

if TYPE_CHECKING:
    from ..filing import ReferenceSet
    from ..noticing import Notice
    from ..watching import Arrivals

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
    from ..watching import Arrivals

    try:
        log = asked.log.open("a", encoding="utf-8") if asked.log else None
    except OSError as error:
        raise OutputError(f"cannot write {asked.log}: {error.strerror}", remedy="name another file") from error
    arrivals = Arrivals(asked.folder, asked.settle)
    try:
        _watch(asked, arrivals, log)
    except KeyboardInterrupt:
        _say("ended by Ctrl-C; what was checked is kept", log)
    finally:
        if log is not None:
            log.close()
    return 0


def _watch(asked: argparse.Namespace, arrivals: Arrivals, log: TextIO | None) -> None:
    ends_s = None if asked.for_s is None else time.monotonic() + asked.for_s
    passed = 0 if asked.all else arrivals.pass_over()
    left = f"; {passed} pictures that are there already are left out" if passed else ""
    _say(f"watching {asked.folder}{left}; Ctrl-C ends it", log)
    copies = _Copies(asked.reference, log)
    try:
        while ends_s is None or time.monotonic() < ends_s:
            for picture in arrivals.arrived(time.monotonic()):
                _check(picture, asked, log)
            copies.look()
            time.sleep(asked.every)
    finally:
        copies.close()


def _check(picture: Path, asked: argparse.Namespace, log: TextIO | None) -> None:
    """Check one picture as `check` does; what goes wrong is told, and the next one follows."""
    from ..cases import author
    from ..desk import Desk
    from ..earlier import place
    from ..rendering import write

    try:
        # The sets are opened anew each time: they may have changed.
        with Desk(references=asked.reference, progress=progress_bar("pictures indexed"), earlier=place()) as desk:
            checked = desk.check(picture)
            written = write(desk, checked, asked.out, inside=True, figures=True)
            desk.note_check(checked, report=written.folder, by=author(*desk.now()).by)
        answers = {one.question: one.verdict.value for one in checked.report.findings}
        told = f"{checked.report.overall.value}; seen before: {answers.get(Question.SEEN_BEFORE, 'not asked')}"
        _say(f"{picture}: {told}; report: {written.page}", log)
    except ProvenanceError as error:
        _say(f"{picture}: not checked: {error}; {error.remedy}", log)


class _Copies:
    """Tells of pictures that come into the sets and are copies of those checked earlier."""

    def __init__(self, references: list[str] | None, log: TextIO | None) -> None:
        from ..sets import named_sets

        self._names = [name for name in named_sets(references) if "://" in name or Path(name).is_file()]
        self._log = log
        self._known: dict[str, tuple[str, set[tuple[str, str]]]] = {}
        self._complained = False
        self._quietly(self._begin)

    def look(self) -> None:
        """Tell what is new since the last time."""
        self._quietly(self._look)

    def close(self) -> None:
        """Nothing is held open between two looks."""
        self._known.clear()

    def _quietly(self, do: Callable[[ReferenceSet, str], None]) -> None:
        """For each set; a set that cannot be read now is tried again, and complained of once."""
        from ..earlier import EarlierChecks, place

        at = place()
        if at is None or not at.exists():
            return
        earlier = EarlierChecks(at)
        try:
            for name in self._names:
                if earlier.store is not None:
                    do(earlier.store, name)
        except ReferenceSetError as error:
            if not self._complained:
                _say(f"a set cannot be compared with the earlier checks: {error}; {error.remedy}", self._log)
            self._complained = True
        finally:
            earlier.close()

    def _begin(self, earlier: ReferenceSet, name: str) -> None:
        self._known[name] = _now(earlier, name)[:2]

    def _look(self, earlier: ReferenceSet, name: str) -> None:
        from ..filing import reference_set

        store = reference_set(name)
        try:
            before = self._known.get(name, ("", set[tuple[str, str]]()))
            if store.state().snapshot == before[0]:
                return
        finally:
            store.close()
        snapshot, pairs, notices = _now(earlier, name, before[1])
        self._known[name] = snapshot, pairs
        for notice in notices:
            _say(f"{name}: {notice.words}", self._log)


def _now(
    earlier: ReferenceSet, name: str, known: set[tuple[str, str]] | None = None
) -> tuple[str, set[tuple[str, str]], list[Notice]]:
    """The state of a set, the copies in it, and notices of those that are not known."""
    from ..filing import reference_set
    from ..noticing import in_both, told

    store = reference_set(name)
    try:
        snapshot, pairs = store.state().snapshot, in_both(earlier, store)
        return snapshot, pairs, [] if known is None else told(earlier, store, pairs - known)
    finally:
        store.close()


def _say(line: str, log: TextIO | None) -> None:
    from ..model.canonical import iso

    text = f"{iso(datetime.now(UTC).replace(microsecond=0))} {visible(line)}"
    print(text, flush=True)
    if log is not None:
        log.write(text + "\n")
        log.flush()
