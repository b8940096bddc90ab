"""A comparison as evidence: one sentence, its limits, and all numbers."""

from __future__ import annotations

from ...model.differences import Compared, Comparison
from ...model.image import WorkingCopy
from ...model.matches import Answer, Match
from ...model.source import THIS_PROGRAM
from . import phrases
from .compare import MOVED, SHIFTED, Difference, difference
from .placing import placed
from .strips import strips

METHOD = "comparison"
NOT_AT_HAND = "the reference picture is not at hand"
_WHICH = "One of the two was changed; the comparison cannot say which, when or by whom."
_WHICH_OR_MOVED = (
    "One of the two was changed, or something came or went between two frames of one video; the comparison cannot say "
    "which, when or by whom."
)
_EACH_BEYOND_AND_MOVED = (
    "What differs, or part of it, stands in both, in different places, and each of the two also shows what lies beyond "
    "an edge of the other. Two cuts of one photograph, in one of which a part was moved or reshaped by hand, would "
    "look the same."
)
_MISSES = (
    "It would miss changes of fewer than about {px} x {px} pixels, changes of plain ground into plain ground alike, "
    "and those fainter than what saving took away."
)


def compared(match: Match, query: WorkingCopy | None, reference: WorkingCopy | None) -> Comparison:
    """The comparison of a picture with the reference that a match found. Only copies are laid over each other."""
    if match.fingerprint == "sha256":
        return _evidence(match, Difference(outcome=Compared.NO_DIFFERENCE), same_bytes=True)
    if match.answer is Answer.SAME_SCENE:
        return _evidence(match, Difference(outcome=Compared.OTHER_PHOTOGRAPH))
    if query is None or reference is None:
        return not_at_hand(match, "")
    laid = placed(match, query, reference)
    found = difference(query, reference, *laid)
    beside = strips(query, reference, *laid)
    if found.reason in (MOVED, SHIFTED) and not beside and _each_beyond(match):
        # Two signs that do not rest on each other: the camera turned, and things moved before it. A caption or a page
        # beside the picture is no such sign.
        found = Difference(outcome=Compared.OTHER_PHOTOGRAPH, reason=found.reason)
    size_px = query.width_px, query.height_px
    return _evidence(match, found, size_px=size_px, beside=beside)


def not_at_hand(match: Match, why: str) -> Comparison:
    """What stands in its place when the reference picture is gone."""
    reason = f"{NOT_AT_HAND}: {why}" if why else NOT_AT_HAND
    return _evidence(match, Difference(outcome=Compared.NOT_CHECKED, reason=reason))


def _evidence(
    match: Match,
    found: Difference,
    *,
    same_bytes: bool = False,
    size_px: tuple[int, int] = (0, 0),
    beside: tuple[str, ...] = (),
) -> Comparison:
    where = phrases.place(found.regions[0].box_px, size_px) if found.regions else ""
    said = "Both are the same file, byte for byte." if same_bytes else _statement(found, where)
    judged = found.outcome in (Compared.DIFFERS, Compared.OVERLAID, Compared.NO_DIFFERENCE)
    beside = beside if judged else ()
    outside = phrases.beside(beside)
    share = match.alignment.query_share if match.alignment else 1.0
    told = (outside, said) if phrases.beside_first(found.outcome, beside, share) else (said, outside)
    each_beyond = found.outcome is Compared.DIFFERS and not beside and _each_beyond(match)
    return Comparison(
        source=THIS_PROGRAM,
        statement=" ".join(filter(None, told)),
        method=METHOD,
        limits=_limits(found, each_beyond=each_beyond),
        reference=match.reference,
        outcome=found.outcome,
        match_id=match.id,
        regions=found.regions,
        where=where,
        also=(*found.also, *beside),
        beside=beside,
        each_beyond=each_beyond,
        block_px=found.block_px,
        blocks=found.blocks,
        log10_nfa=found.log10_nfa,
        reason="" if found.outcome is Compared.OTHER_PHOTOGRAPH else found.reason,
    )


def _each_beyond(match: Match) -> bool:
    laid = match.alignment
    return laid is not None and max(laid.query_share, laid.reference_share) < phrases.WHOLE


def _limits(found: Difference, *, each_beyond: bool) -> tuple[str, ...]:
    misses = _MISSES.format(px=max(1, round(5 * found.block_px)))
    if found.outcome is Compared.DIFFERS:
        return (_WHICH_OR_MOVED, *([phrases.EACH_BEYOND] if each_beyond else []), misses)
    if found.outcome is Compared.OVERLAID:
        return (_WHICH, misses)
    if found.reason and found.outcome is Compared.OTHER_PHOTOGRAPH:
        return (_EACH_BEYOND_AND_MOVED,)
    return (misses,) if found.outcome is Compared.NO_DIFFERENCE and found.blocks else ()


def _statement(found: Difference, where: str) -> str:
    match found.outcome:
        case Compared.DIFFERS | Compared.OVERLAID:
            said = phrases.differs(found.regions, where)
            first = f"{said.answer} ({said.box}); {said.rare}."
            return " ".join(filter(None, (first, said.look, said.writing)))
        case Compared.NO_DIFFERENCE:
            return phrases.no_difference(found.blocks)
        case Compared.OTHER_PHOTOGRAPH:
            return "A different photograph of the same scene: compared as such, not as an altered copy."
        case Compared.NOT_CHECKED:
            return f"Not checked: {found.reason}."
        case _:
            return f"Not judged: {found.reason}."
