"""Whom a check may ask outside, by name, for `Desk(outside=...)`; and the same from stored replies.

    outside = ask_outside(["wayback"], say=print)
    with Desk(outside=outside, addresses=("https://example.org/picture.jpg",)) as desk:
        desk.check("picture.jpg")

Without it nobody is asked. What leaves is said before it does, and stands in the report's events and beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from .custody.events import STATED_CLOCK, SYSTEM_CLOCK, system_clock
from .errors import InputError, UsageError
from .model.text import visible
from .online.asker import Asker, Ways
from .online.exchange import Policy
from .online.kept import Kept
from .online.ledger import RECORD
from .online.pacing import Pace
from .online.replaying import Replayed
from .online.services import NAMES, SERVICES

if TYPE_CHECKING:
    from .model.evidence import Evidence
    from .model.report import Report

POLICY = Policy()
MOST_FILE_BYTES = 64 * 2**20


def ask_outside(
    names: Sequence[str],
    *,
    send_picture: bool = False,
    say: Callable[[str], None] | None = None,
    now: datetime | None = None,
    cached: bool = True,
    proxy: str = "",
) -> Asker:
    """Somebody who asks these services. Raises UsageError for a name that is none.

    `send_picture`: whether the picture itself may leave, to services that take it. `say` is told what leaves to whom,
    before it does. `now`: an aware time to use as the clock. `cached`: whether a reply of the last day may serve again.
    `proxy`: address of an HTTP proxy to go through.
    """
    from platformdirs import user_cache_path, user_config_path

    for name in names:
        if name not in NAMES:
            raise UsageError(
                f"{visible(name, limit=40)!r} is none of the services", remedy=f"one of: {', '.join(NAMES)}"
            )
    folder = user_cache_path("provenance") / "online"
    ways = Ways(
        clock=(lambda: now) if now else system_clock,
        clock_name=STATED_CLOCK if now else SYSTEM_CLOCK,
        policy=replace(POLICY, proxy=proxy),
        key_folder=user_config_path("provenance") / "keys",
        pace=Pace(folder),
        kept=Kept(folder) if cached else None,
        say=say or (lambda _: None),
    )
    return Asker([service for service in SERVICES if service.name in names], ways, send_picture=send_picture)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """A check that can be run again as it was asked then."""

    report: Report
    """The report of then."""
    picture: Path
    outside: Replayed
    statements: tuple[Evidence, ...]
    """What the desk had recorded or claimed then."""
    now: datetime


def stored(where: str | Path, *, picture: str = "") -> Replay:
    """The last check in a case, or the one in a report folder within a case, whose replies were stored.

    `picture`: SHA-256, or its beginning, of the one that is meant. Raises CaseError, InputError.
    """
    from .case.held import files_of, held
    from .case.reported import reports_in
    from .model.evidence import Bound, BoundKind
    from .sealing.folders import case_of

    root = case_of(where)
    files = files_of(root)
    for kept in reports_in(root, picture.lower()):
        inside = f"{Path(kept.file.path).parent.as_posix()}/"
        beside = {path.removeprefix(inside): file for path, file in files.items() if path.startswith(inside)}
        if RECORD not in beside:
            continue
        held(root, kept.picture)
        wanted = {name: file for name, file in beside.items() if name == RECORD or name.startswith("reply-")}
        data = {name: held(root, file, MOST_FILE_BYTES) for name, file in wanted.items()}
        received = [
            item for item in kept.report.evidence if isinstance(item, Bound) and item.bound is BoundKind.RECEIVED
        ]
        moments = [item.time.latest for item in received if item.time is not None and item.time.latest is not None]
        if not moments:
            raise InputError(f"{kept.file.path} does not say when it was made", remedy="see: provenance verify")
        return Replay(
            report=kept.report,
            picture=kept.picture_path,
            outside=Replayed(data),
            statements=tuple(_given(kept.report)),
            now=moments[0],
        )
    raise InputError(f"{visible(str(where))} holds no check that asked anybody", remedy="check it with --online first")


def _given(report: Report) -> list[Evidence]:
    """What the check "recorded" handed on, but the moment of that check, which the next one adds itself."""
    from .model.evidence import Bound, BoundKind
    from .model.outcome import Ran

    runs = [run.outcome for run in report.checks if run.check == "recorded" and isinstance(run.outcome, Ran)]
    items = [item for outcome in runs for item in outcome.evidence]
    return [item for item in items if not (isinstance(item, Bound) and item.bound is BoundKind.RECEIVED)]


def addresses_of(report: Report) -> tuple[str, ...]:
    """Where on the web the picture stood, as the check knew."""
    named = report.settings.get("addresses")
    return tuple(str(one) for one in named) if isinstance(named, list | tuple) else ()


def same_as_then(replay: Replay, now: Report) -> tuple[bool, str]:
    """Whether what a replayed report has from outside is that of then, to the byte; and all that differs, in words."""
    outside = [_bytes_of(report, outside=True) for report in (replay.report, now)]
    others = [_bytes_of(report, outside=False) for report in (replay.report, now)]
    told = f"Replayed from the stored replies: {_compared(*outside)} from outside"
    rest = "" if others[0] == others[1] else "; reference sets, earlier checks or trust lists may be others now"
    return outside[0] == outside[1], f"{told}, {_compared(*others)} from elsewhere{rest}."


def _bytes_of(report: Report, *, outside: bool) -> list[bytes]:
    from .checks import ASKING
    from .model.canonical import canonical
    from .model.outcome import Ran

    names = {check.name for check in ASKING}
    runs = [run for run in report.checks if (run.check in names) is outside]
    items = [item for run in runs if isinstance(run.outcome, Ran) for item in run.outcome.evidence]
    failed = [canonical([run.check, run.outcome]) for run in runs if outside and not isinstance(run.outcome, Ran)]
    return [*(canonical(item) for item in items), *failed]


def _compared(then: list[bytes], now: list[bytes]) -> str:
    kept = len(set(then) & set(now))
    if then == now:
        return f"all {len(then)} items are the same to the byte"
    return f"{kept} of {len(set(then))} items are the same, and {len(set(now) - set(then))} are new,"
