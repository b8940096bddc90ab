"""The check "search": has this picture been seen before, in the reference sets at hand?"""

from __future__ import annotations

from ..errors import ReferenceSetError
from ..fingerprint.whole_frame import WholeFrame, describe
from ..model.context import Context
from ..model.evidence import Evidence
from ..model.image import Image
from ..model.outcome import Failed, Outcome, Ran, Skipped
from . import told, words
from .sought import Found, SetAnswer, ask

MOST_MATCHES = 20
"""Pictures shown in full; the Search evidence counts all of them."""
MOST_SET_NOTES = 5


def check(image: Image, context: Context) -> Outcome:
    """Search every set for the same bytes and for whole-frame matches.

    Evidence: a Search for each set; the nearest 20 Matches of all sets, equal bytes first; an Appearance for each
    record of a matched picture. A picture without detail is sought by its bytes alone, and the note then begins with
    words.NOT_ENOUGH_DETAIL; at its end it says what the sets lack. Without pixels, and without equal bytes in any set,
    the check is skipped.
    """
    if not context.references:
        return Skipped(reason=context.references_missing or "no reference set", remedy=context.references_remedy)
    frame = None if image.working_copy is None else describe(image.working_copy)
    sought = frame if frame is not None and frame.searchable else None
    answers, broken = _ask_all(image, context, sought)
    found_any = any(answer.found for answer in answers)
    if broken is not None and not found_any:
        return Failed(error=f"{broken}; {broken.remedy}")
    if image.refusal is not None and not found_any:
        return Skipped(reason=image.refusal.reason, remedy=image.refusal.remedy)
    notes = (*_notes(image, frame, broken), *_few(context.references_notes))
    return Ran(evidence=_evidence(answers, by_frame=sought is not None), note="; ".join(notes))


def _ask_all(
    image: Image, context: Context, frame: WholeFrame | None
) -> tuple[list[SetAnswer], ReferenceSetError | None]:
    """Every set's answer, and the error of the first set that could not give one."""
    answers: list[SetAnswer] = []
    broken: ReferenceSetError | None = None
    for store in context.references:
        try:
            answers.append(ask(store, image.original.sha256, frame, MOST_MATCHES))
        except ReferenceSetError as error:
            broken = broken or error
    return answers, broken


def _evidence(answers: list[SetAnswer], *, by_frame: bool) -> tuple[Evidence, ...]:
    ranked = sorted(
        ((found, number) for number, answer in enumerate(answers) for found in answer.found),
        key=lambda pair: _order(pair[0], answers[pair[1]]),
    )
    shown = ranked[:MOST_MATCHES]
    items: list[Evidence] = []
    for number, answer in enumerate(answers):
        mine = sum(1 for _, owner in shown if owner == number)
        items.append(told.search(answer.state, by_frame=by_frame, found=len(answer.found), shown=mine))
    for found, number in shown:
        items += _matched(found, answers[number])
    return tuple(items)


def _order(found: Found, answer: SetAnswer) -> tuple[bool, int, str, str]:
    return not found.exact, found.distance_bits, found.image_id, answer.state.set_id


def _matched(found: Found, answer: SetAnswer) -> list[Evidence]:
    """The Match and its Appearances, by date and then by id, so that the order of adding does not matter."""
    stored = answer.stored.get(found.image_id)
    if stored is None:
        return []
    match = told.match(found, stored)
    records = sorted(stored.records, key=lambda record: (record.published, record.id))
    return [match, *(told.appearance(record, stored, found, match.id) for record in records)]


def _notes(image: Image, frame: WholeFrame | None, broken: ReferenceSetError | None) -> list[str]:
    notes: list[str] = []
    if frame is not None and not frame.searchable:
        notes.append(
            f"{words.NOT_ENOUGH_DETAIL}: the picture is too plain to be told from others; only the same file was sought"
        )
    if image.refusal is not None:
        notes.append(f"only the same file was sought: {image.refusal.reason}")
    if broken is not None:
        notes.append(f"one reference set could not be searched: {broken}; {broken.remedy}")
    return notes


def _few(notes: tuple[str, ...]) -> tuple[str, ...]:
    """The first notes on the sets, and how many more there are."""
    more = len(notes) - MOST_SET_NOTES
    return (*notes[:MOST_SET_NOTES], f"and {more} more") if more > 0 else notes
