"""`inspect`: what the file says of itself, without decoding a pixel or searching anything."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from .assembling import assemble
from .checks import CHECKS
from .custody.events import STATED_CLOCK, SYSTEM_CLOCK, EventList, system_clock
from .image.load import inspect as read_file
from .model.canonical import plain
from .model.context import Context
from .model.finding import Question
from .model.limits import Limits
from .model.report import Report
from .running import run_checks

READERS = tuple(check for check in CHECKS if check.name in ("exif", "manifest-store", "credentials", "container"))


def inspect(path: Path, limits: Limits, *, now: datetime | None = None) -> Report:
    """A report on the origin question alone. Raises InputError."""
    moment = now or system_clock()
    events = EventList(lambda: moment)
    image = read_file(path, limits)
    events.append("received", f"{path}, {image.original.size_bytes} bytes", sha256=image.original.sha256)
    return assemble(
        image,
        run_checks(READERS, image, Context(now=moment, limits=limits)),
        (Question.ORIGIN,),
        events,
        clock=STATED_CLOCK if now else SYSTEM_CLOCK,
        settings={"limits": plain(limits)},
    )
