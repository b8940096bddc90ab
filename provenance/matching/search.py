"""The check "search": has this picture been seen before, in the reference sets at hand?"""

from __future__ import annotations

from datetime import UTC, datetime

from ..errors import OutputError, ReferenceSetError, UnusableSetError
from ..fingerprint.plain import reason
from ..model.context import Context
from ..model.evidence import Evidence
from ..model.image import Image
from ..model.outcome import Outcome, Ran, Skipped
from ..model.record import interval_or_none
from . import told, words
from .apart import told_apart
from .found import Found
from .planting import MOST_MATCHES, Planting, sought_again
from .sought import SetAnswer, ask
from .views import Views, views_of

MOST_SET_NOTES = 5
_UNDATED = datetime.max.replace(tzinfo=UTC)


def check(image: Image, context: Context) -> Outcome:
    """Search every set for the same bytes, for whole-frame matches, and for pictures that share a part.

    Evidence: a Search for each set, with what became of planted variants where no set held a match (planting.py); the
    surest 20 Matches of all sets, copies before scenes before elements and the earliest published of each first; an
    Appearance for each record of a matched picture. A picture without detail is sought by its bytes alone, and the note
    then begins with words.NOT_ENOUGH_DETAIL; at its end it says what the sets lack. Without pixels, and without equal
    bytes in any set, the check is skipped. Raises ReferenceSetError when a set could not be searched and no other found
    anything, and OutputError where this machine has no room for pixels of a reference.
    """
    if not context.references:
        return words.NO_SET
    views = image.once(views_of, context.limits)
    before_s = None if context.left_s is None else context.left_s()
    asked, broken = _ask_all(image, context, views)
    answers = told_apart(asked)
    if answers and broken is None and not any(answer.state.pictures for answer in answers):
        return Skipped(reason="the reference set holds no picture", remedy="fill it with: provenance add")
    found_any = any(answer.found for answer in answers)
    if broken is not None and not found_any:
        raise broken
    if image.refusal is not None and not found_any:
        return Skipped(reason=image.refusal.reason, remedy=image.refusal.remedy)
    taken = () if views is None else views.taken
    ways = words.Ways(
        by_frame=any(view.frame is not None for view in taken), by_parts=any(view.query is not None for view in taken)
    )
    notes = (*_notes(image, views, ways, broken), *_few(context.references_notes))
    sought = views if ways.by_frame or ways.by_parts else None
    plantings = sought_again(answers, sought, found_any=found_any, left_s=context.left_s, before_s=before_s)
    return Ran(evidence=_evidence(views, answers, ways, plantings), note="; ".join(notes))


def _ask_all(image: Image, context: Context, views: Views | None) -> tuple[list[SetAnswer], ReferenceSetError | None]:
    """Every set's answer, and the error of the first set that could not give one."""
    answers: list[SetAnswer] = []
    broken: ReferenceSetError | None = None
    for store in context.references:
        try:
            frame = None if views is None else views.whole.frame
            answers.append(
                ask(store, image.original.sha256, frame, MOST_MATCHES, views, pixels=context.reference_pixels)
            )
        except ReferenceSetError as error:
            broken = broken or error
        except OutputError:
            raise  # no room for the pixels of a reference, which says nothing of its set
        except Exception as error:
            broken = broken or UnusableSetError(
                f"a reference set is damaged: {type(error).__name__}: {error}",
                remedy="restore it from a backup, or fill a new set from the pictures with: provenance add",
            )
    return answers, broken


def _evidence(
    views: Views | None, answers: list[SetAnswer], ways: words.Ways, plantings: list[Planting]
) -> tuple[Evidence, ...]:
    """The searches, then the surest matches of all sets, those with the earliest publication first."""
    ranked = sorted(
        ((found, number) for number, answer in enumerate(answers) for found in answer.found),
        key=lambda pair: (pair[0].order, answers[pair[1]].state.set_id),
    )
    shown = ranked[:MOST_MATCHES]
    items: list[Evidence] = []
    for number, answer in enumerate(answers):
        mine = sum(1 for _, owner in shown if owner == number)
        items.append(told.search(answer.state, ways, plantings[number], found=len(answer.found), shown=mine))
    dated = sorted(shown, key=lambda pair: _by_date(pair[0], answers[pair[1]]))
    for found, number in dated:
        items += _matched(views, found, answers[number])
    return tuple(items)


def _by_date(found: Found, answer: SetAnswer) -> tuple[int, datetime, tuple[bool, int, float, str], str]:
    """Copies before scenes before elements; of each the earliest dated first, undated ones last, then the surest."""
    stored = answer.stored.get(found.image_id)
    dates = [interval_or_none(one.published) for one in stored.records] if stored is not None else []
    latest = [one.latest for one in dates if one is not None and one.latest is not None]
    return found.order[1], min(latest, default=_UNDATED), found.order, answer.state.set_id


def _matched(views: Views | None, found: Found, answer: SetAnswer) -> list[Evidence]:
    """The Match and its Appearances, by date and then by id, so that the order of adding does not matter."""
    stored = answer.stored.get(found.image_id)
    if stored is None:
        return []
    match = told.match(views, found, stored, answer.state)
    records = sorted(stored.records, key=lambda record: (record.published, record.id))
    return [match, *(told.appearance(record, stored, match) for record in records)]


def _notes(image: Image, views: Views | None, ways: words.Ways, broken: ReferenceSetError | None) -> list[str]:
    notes: list[str] = []
    if views is not None and not (ways.by_frame or ways.by_parts):
        why = reason(views.copy, views.whole.points)
        notes.append(f"{words.NOT_ENOUGH_DETAIL}: only the same file was sought; the picture is {why.words}")
    if image.refusal is not None:
        notes.append(f"only the same file was sought: {image.refusal.reason}")
    if broken is not None:
        notes.append(f"one reference set could not be searched: {broken}; {broken.remedy}")
    return notes


def _few(notes: tuple[str, ...]) -> tuple[str, ...]:
    """The first notes on the sets, and how many more there are."""
    more = len(notes) - MOST_SET_NOTES
    return (*notes[:MOST_SET_NOTES], f"and {more} more") if more > 0 else notes
