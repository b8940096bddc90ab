"""The check "earlier": has this desk checked the picture, or one that meets it, before?

What is found says when the desk had the picture and what it answered then. It is no publication: nobody but the desk
need have seen the picture by that time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from ..custody.events import SYSTEM_CLOCK
from ..errors import ReferenceSetError
from ..model.context import Context, Earlier
from ..model.days.never_set import before_any_check, nothing_after
from ..model.earlier import PastAnswer, PastCheck
from ..model.evidence import Bound, BoundKind
from ..model.image import Image
from ..model.matches import Answer, EarlierCheck, Match
from ..model.outcome import Outcome, Ran, Skipped
from ..model.publication import COPIES, CopyKind
from ..model.record import Record, Stored
from ..model.source import Grade, Source, SourceKind
from ..model.time import Interval
from . import told
from .sought import ask
from .views import views_of

METHOD = "earlier"
MOST_PICTURES, MOST_OF_ONE, MOST_CHARS = 10, 3, 4096
SHOWN = (Answer.COPY, Answer.SAME_SCENE)
"""A logo or the frame of a screenshot is in many pictures of a desk and tells nothing about the one at hand."""
_SOURCE = Source(kind=SourceKind.PROGRAM, name="an earlier check by this desk", origin="this desk's earlier checks")
_ANEW = "move that file away, and a new one is made"
_NO_PUBLICATION = "An earlier check is no publication: it shows that the desk had the picture then, and nothing more."
_OWN_NOTE = "It is what this desk noted itself; nobody else vouches for it."
_UNSET = "The clock of that check stood before this program was written, so its date says nothing."
_FIRST_YEAR = 1970
_FIELDS = ("clock", "name", "by", "tool", "overall", "report", "report_sha256", "case")


def check(image: Image, context: Context) -> Outcome:
    """Search the pictures of the desk's earlier checks: equal bytes, copies, and pictures of the same scene.

    Evidence: an EarlierCheck for the first and the last two checks of each picture found, and one Bound: the picture
    existed when the desk had it, or a copy, for the first time by this machine's clock. A stated clock bounds nothing.
    A set that cannot be read skips the check: no answer rests on it.
    """
    if context.earlier is None:
        reason = context.earlier_missing or "earlier checks were left out"
        return Skipped(reason=reason, remedy=context.earlier_remedy)
    try:
        return _searched(image, context, context.earlier)
    except ReferenceSetError as error:
        return Skipped(reason=f"the earlier checks cannot be searched: {error}", remedy=_ANEW)


def _searched(image: Image, context: Context, earlier: Earlier) -> Outcome:
    """Raises ReferenceSetError."""
    state = earlier.store.state()
    if not state.pictures:
        return Ran(note="no earlier check is noted yet")
    views = image.once(views_of, context.limits)
    frame = None if views is None else views.whole.frame
    sha256 = image.original.sha256
    answer = ask(earlier.store, sha256, frame, MOST_PICTURES, views, pixels=context.reference_pixels)
    items: list[EarlierCheck] = []
    for found in answer.found[:MOST_PICTURES]:
        stored = answer.stored.get(found.image_id)
        if found.answer in SHOWN and stored is not None:
            items += _of_picture(told.match(views, found, stored, answer.state), stored, earlier)
    items.sort(key=lambda item: (list(CopyKind).index(item.copy), item.past.at, item.id))
    bound = _bound(items, nothing_after(context.now))
    met = len({item.reference.image_id for item in items})
    noun = "picture" if answer.state.pictures == 1 else "pictures"
    return Ran(
        evidence=(*items, *([bound] if bound else [])),
        note=f"searched {answer.state.pictures:,} {noun} of earlier checks; {met or 'none'} matched",
    )


def _of_picture(match: Match, stored: Stored, earlier: Earlier) -> Iterable[EarlierCheck]:
    """The first check of a picture that has a date, and its last ones."""
    past = sorted(
        (one for record in stored.records if (one := read_past(record))), key=lambda one: (one.at, one.report)
    )
    kept = past
    if len(past) > MOST_OF_ONE:
        dated = past[next((at for at, one in enumerate(past) if not undated(one)), 0) :]
        kept = [dated[0], *dated[1:][1 - MOST_OF_ONE :]]
    for one in kept:
        yield EarlierCheck(
            source=_SOURCE,
            statement=_statement(match, one),
            method=METHOD,
            grade=Grade("A", 1) if match.copy is CopyKind.EXACT else Grade("B", 2),
            limits=(*((_UNSET,) if undated(one) else ()), _NO_PUBLICATION, _OWN_NOTE, *match.limits),
            reference=match.reference,
            answer=match.answer,
            copy=match.copy,
            transform=match.transform,
            past=one,
            report_state=earlier.state_of_report(one),
            checks=len(past),
        )


def _statement(match: Match, past: PastCheck) -> str:
    when = f"{datetime.fromisoformat(past.at):%Y-%m-%d %H:%M} UTC"
    if match.copy is CopyKind.EXACT:
        return f"This very file was checked on {when}."
    if match.answer is Answer.COPY:
        return f"A picture that was checked on {when} is in this one as a copy, {match.transform}."
    return f"A picture that was checked on {when} shows the same scene or a neighbouring frame."


def _bound(items: Iterable[EarlierCheck], now: datetime) -> Bound | None:
    """The first moment at which the desk had the picture or a copy of it; None where no machine's clock says so."""
    bounding = [item for item in items if item.copy in COPIES and item.past.clock == SYSTEM_CLOCK]
    dated = [(datetime.fromisoformat(item.past.at), item) for item in bounding if not undated(item.past)]
    first = min(
        ((at, item) for at, item in dated if at <= now),
        key=lambda pair: (pair[0], pair[1].id),
        default=None,
    )
    if first is None:
        return None
    at, item = first
    same = item.copy is CopyKind.EXACT
    resting = "" if same else " That the two are copies of one photograph rests on the match."
    return Bound(
        source=_SOURCE,
        statement=f"The desk had {'this very file' if same else 'a copy of the picture'} on {at:%Y-%m-%d %H:%M} UTC, "
        "when it was checked before.",
        method=METHOD,
        grade=item.grade,
        limits=(f"It rests on the clock of this desk's machine at that time.{resting}",),
        bound=BoundKind.CHECKED_BEFORE,
        time=Interval(None, at, True),
    )


def undated(past: PastCheck) -> bool:
    """Whether the clock of that check was never set."""
    return before_any_check(datetime.fromisoformat(past.at))


def read_past(record: Record) -> PastCheck | None:
    """What was noted of a check, read from the record that keeps it; None for what is no such note."""
    try:
        form: Any = json.loads(record.notes)
        at = datetime.fromisoformat(form["at"])
        if at.tzinfo is None or at.astimezone(UTC).year < _FIRST_YEAR:
            return None
        answers = tuple(
            PastAnswer(question=_line(one["question"]), verdict=_line(one["verdict"]))
            for one in form.get("answers", ())
        )
        return PastCheck(
            at=form["at"],
            answers=answers[:20],
            claims=tuple(_line(one) for one in form.get("claims", ()))[:20],
            **{name: _line(form.get(name, "")) for name in _FIELDS},
        )
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None


def _line(value: object) -> str:
    return str(value)[:MOST_CHARS]
