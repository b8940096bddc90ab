"""Check "recorded": what the desk wrote down beforehand, and the one limit on time that costs nothing to know."""

from __future__ import annotations

from ..model.context import Context
from ..model.days.never_set import before_any_check
from ..model.evidence import Bound, BoundKind
from ..model.image import Image
from ..model.outcome import Outcome, Ran
from ..model.source import THIS_PROGRAM, Grade
from ..model.time import Interval
from .located import located

METHOD = "recorded"
_UNSET = "The clock of this check stands before this program was written, so it limits no time."


def check(image: Image, context: Context) -> Outcome:
    """The context's statements, and a Bound: the picture existed when the check began.

    A place that was written as a name alone gets coordinates where the gazetteer leaves one meaning.
    """
    return Ran(
        evidence=(*located(context.statements), received(context, image.original.sha256)),
        note="" if context.statements else "no claim to test and no recorded evidence was given",
    )


def received(context: Context, sha256: str) -> Bound:
    """The picture can be no younger than the check of it, by the clock of the check."""
    return Bound(
        source=THIS_PROGRAM,
        statement=f"The picture existed when this check began, at {context.now:%Y-%m-%d %H:%M} UTC.",
        method=METHOD,
        grade=Grade("A", 1),
        limits=(f"It rests on the clock of the check and on the bytes with SHA-256 {sha256[:16]}.",),
        bound=BoundKind.RECEIVED,
        time=Interval(None, context.now, True),
        defeaters=(_UNSET,) if before_any_check(context.now) else (),
    )
