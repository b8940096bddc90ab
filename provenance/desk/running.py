"""Runs the list of checks over one picture, each to its own end, the whole within its time."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

from ..checks import Check
from ..errors import ProvenanceError
from ..model.context import Context
from ..model.image import Image
from ..model.outcome import CheckRun, Failed, Outcome, Skipped

OUT_OF_TIME = Skipped(reason="time", remedy="allow more time with --within, or leave it out")


def run_checks(
    checks: tuple[Check, ...], image: Image, context: Context, *, deadline_s: float | None = None
) -> tuple[CheckRun, ...]:
    """Every check with its outcome. `deadline_s` is a time of time.monotonic() after which nothing is waited for."""
    if deadline_s is not None:
        context = replace(context, left_s=lambda: deadline_s - time.monotonic())
    return tuple(CheckRun(check=check.name, outcome=_outcome(check, image, context, deadline_s)) for check in checks)


def _outcome(check: Check, image: Image, context: Context, deadline_s: float | None) -> Outcome:
    if deadline_s is None:
        return _contained(check, image, context)
    left_s = deadline_s - time.monotonic()
    if left_s <= 0:
        return OUT_OF_TIME
    return _awaited(check, image, context, left_s)


def _contained(check: Check, image: Image, context: Context) -> Outcome:
    if check.needs_pixels and image.refusal is not None:
        return Skipped(reason=image.refusal.reason, remedy=image.refusal.remedy)
    try:
        return check.function()(image, context)
    except Exception as error:  # a check that breaks must not take the others with it; the report shows it
        return failed_by(error)


def failed_by(error: Exception) -> Failed:
    """How a check ended that an error ended, in words for whoever can mend it."""
    if isinstance(error, ProvenanceError):  # a damaged reference set, say
        return Failed(error=str(error), remedy=error.remedy, exit_code=error.exit_code)
    if isinstance(error, MemoryError) or "Insufficient memory" in str(error):  # OpenCV has an error of its own
        return Failed(error="there is not enough memory", remedy="close other programs, or allow this one more memory")
    return Failed(error=f"{type(error).__name__}: {error}")


def _awaited(check: Check, image: Image, context: Context, left_s: float) -> Outcome:
    """Run in a thread that is left behind when it overruns.

    That harms nothing: a check of the picture writes nothing, and one that asks outside has ended by itself by then, or
    leaves whole files of the cache and its pace behind.
    """
    ended: list[Outcome] = []
    worker = threading.Thread(target=lambda: ended.append(_contained(check, image, context)), daemon=True)
    worker.start()
    worker.join(left_s)
    return ended[0] if ended else OUT_OF_TIME
