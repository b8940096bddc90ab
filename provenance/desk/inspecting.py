"""`inspect` and `facts`: what the file says of itself, without decoding a pixel or searching anything."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

from ..checks import CHECKS
from ..custody.events import EventList, system_clock, time_and_clock
from ..image.load import inspect as read_file
from ..model.canonical import plain
from ..model.context import Context, TrustAnchors
from ..model.evidence import Evidence, Fact
from ..model.finding import Question
from ..model.image import Image
from ..model.limits import Limits
from ..model.outcome import CheckRun, Failed, Ran
from ..model.report import Report
from ..model.source import Source, SourceKind
from ..model.text import visible
from .assembling import assemble
from .running import run_checks

READERS = tuple(check for check in CHECKS if check.module.startswith(".metadata.") and not check.needs_pixels)
JUDGING = ("credentials", "platform")
"""Readers that hold signatures against certificates, or signs against those of services: more than reading."""
_BROKEN = "The check {0} broke on this file, so that what it reads is missing: {1}"


def inspect(
    path: Path,
    limits: Limits,
    *,
    now: datetime | None = None,
    anchors: tuple[TrustAnchors, ...] = (),
    within_s: float | None = None,
) -> Report:
    """A report on the origin question alone. Raises InputError.

    `within_s` bounds the whole, counted from the call: a reader that is not done by then is skipped for "time".
    """
    deadline_s = None if within_s is None else time.monotonic() + within_s
    moment, clock = time_and_clock(now)
    events = EventList(lambda: moment)
    image = read_file(path, limits)
    events.append("received", f"{path}, {image.original.size_bytes} bytes", sha256=image.original.sha256)
    return assemble(
        image,
        run_checks(READERS, image, Context(now=moment, anchors=anchors, limits=limits), deadline_s=deadline_s),
        (Question.ORIGIN,),
        events,
        clock=clock,
        settings={"within_s": within_s, "limits": plain(limits)},
    )


def facts(path: Path, limits: Limits, *, now: datetime | None = None, claims: bool = True) -> tuple[Evidence, ...]:
    """The evidence of every reader but the judging in list order, and no report around it. Raises InputError.

    `claims`: whether also what the values claim.
    A reader that broke leaves a fact "file.problems" in its place, so that what is missing is not taken for absent.
    """
    image = read_file(path, limits)
    reading = tuple(check for check in READERS if check.name not in JUDGING)
    runs = run_checks(reading, image, Context(now=now or system_clock(), limits=limits, claims=claims))
    found: list[Evidence] = []
    for run in runs:
        found += _told(run, image)
    return tuple(found)


def _told(run: CheckRun, image: Image) -> tuple[Evidence, ...]:
    if isinstance(run.outcome, Failed):
        problem = _BROKEN.format(run.check, visible(run.outcome.error, limit=200))
        return (
            Fact(
                source=Source(kind=SourceKind.PROGRAM, name="this program", origin="this program"),
                statement=problem,
                method=run.check,
                key="file.problems",
                raw="",
                normal=problem,
                block="file",
                length_bytes=image.original.size_bytes,
                block_sha256=image.original.sha256,
            ),
        )
    return run.outcome.evidence if isinstance(run.outcome, Ran) else ()
