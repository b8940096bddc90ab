"""A comparison as evidence: one sentence, its limits, and all numbers."""

from __future__ import annotations

from ...model.differences import Compared, Comparison, DifferingRegion
from ...model.image import WorkingCopy
from ...model.matches import Answer, Match
from ...model.source import Source, SourceKind
from .compare import MOVED, Difference, difference
from .placing import placed
from .strips import SIDES, strips

METHOD = "comparison"
NOT_AT_HAND = "the reference picture is not at hand"
_SELF = Source(kind=SourceKind.PROGRAM, name="this program", origin="this check")
_WHICH = "One of the two was changed; the comparison cannot say which, when or by whom."
_WHICH_OR_MOVED = (
    "One of the two was changed, or something came or went between two frames of one video; the comparison cannot say "
    "which, when or by whom."
)
_EACH_BEYOND = (
    "Each of the two also shows what lies beyond an edge of the other, as frames of a moving camera do, and two cuts "
    "of one photograph."
)
_EACH_BEYOND_AND_MOVED = (
    "What differs stands in both, in different places, and each of the two also shows what lies beyond an edge of the "
    "other. Two cuts of one photograph, in one of which a part was moved or reshaped by hand, would look the same."
)
_WHOLE = 0.97
"""Share of a picture from which nothing outside is worth a sentence: a matcher's outline is that rough."""
_MISSES = (
    "It would miss changes of fewer than about {px} x {px} pixels, changes of plain ground into plain ground alike, "
    "and those fainter than what saving took away."
)
_BESIDE = " Beside what was compared: {}."
_AROUND = 3
"""Strips on so many sides are a page, such as a post around its picture: told as one, each of them in `also`."""
_MOST_SAID = 1_000_000_000


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
    if found.reason == MOVED and _each_beyond(match):
        # Two signs that do not rest on each other: the camera turned, and things moved before it.
        found = Difference(outcome=Compared.OTHER_PHOTOGRAPH, reason=MOVED)
    size_px = query.width_px, query.height_px
    return _evidence(match, found, size_px=size_px, beside=strips(query, reference, *laid))


def _told(beside: tuple[str, ...]) -> str:
    if len(beside) < _AROUND:
        return "; ".join(beside)
    return f"a page or a frame on {'all' if len(beside) == len(SIDES) else 'three'} sides of it"


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
    said = "Both are the same file, byte for byte." if same_bytes else _statement(found, size_px)
    judged = found.outcome in (Compared.DIFFERS, Compared.OVERLAID, Compared.NO_DIFFERENCE)
    beside = beside if judged else ()
    if beside:
        outside = _BESIDE.format(_told(beside))
        # A caption is the first thing to know of a copy in which nothing else differs; a page around it is not.
        first = found.outcome is Compared.NO_DIFFERENCE and len(beside) < _AROUND
        said = f"{outside.strip()} {said}" if first else f"{said}{outside}"
    return Comparison(
        source=_SELF,
        statement=said,
        method=METHOD,
        limits=_limits(found, each_beyond=not beside and _each_beyond(match)),
        reference=match.reference,
        outcome=found.outcome,
        match_id=match.id,
        regions=found.regions,
        also=(*found.also, *beside),
        block_px=found.block_px,
        blocks=found.blocks,
        log10_nfa=found.log10_nfa,
        reason="" if found.outcome is Compared.OTHER_PHOTOGRAPH else found.reason,
    )


def _each_beyond(match: Match) -> bool:
    laid = match.alignment
    return laid is not None and max(laid.query_share, laid.reference_share) < _WHOLE


def _limits(found: Difference, *, each_beyond: bool) -> tuple[str, ...]:
    misses = _MISSES.format(px=max(1, round(5 * found.block_px)))
    if found.outcome is Compared.DIFFERS:
        return (_WHICH_OR_MOVED, *([_EACH_BEYOND] if each_beyond else []), misses)
    if found.outcome is Compared.OVERLAID:
        return (_WHICH, misses)
    if found.reason == MOVED and found.outcome is Compared.OTHER_PHOTOGRAPH:
        return (_EACH_BEYOND_AND_MOVED,)
    return (misses,) if found.outcome is Compared.NO_DIFFERENCE and found.blocks else ()


def _statement(found: Difference, size_px: tuple[int, int]) -> str:
    match found.outcome:
        case Compared.DIFFERS | Compared.OVERLAID:
            return _regions(found.regions, size_px)
        case Compared.NO_DIFFERENCE:
            where = f"of {found.blocks:,} places compared none stands out"
            return f"No difference from the reference beyond saving, scaling and tone: {where}."
        case Compared.OTHER_PHOTOGRAPH:
            return "A different photograph of the same scene: compared as such, not as an altered copy."
        case Compared.NOT_CHECKED:
            return f"Not checked: {found.reason}."
        case _:
            return f"Not judged: {found.reason}."


def _regions(regions: tuple[DifferingRegion, ...], size_px: tuple[int, int]) -> str:
    first = regions[0]
    number = "one region" if len(regions) == 1 else f"{len(regions)} regions"
    most = "" if len(regions) == 1 else "the surest "
    x, y, width, height = first.box_px
    named = list(dict.fromkeys(one.what for one in regions if one.what))
    like = f" It looks like {' and '.join(named)}." if len(regions) == 1 and named else ""
    like = f" Among them, by its look: {', '.join(named)}." if len(regions) > 1 and named else like
    like = f" The picture has less fine detail there.{like}" if first.detail_lost else like
    where = f"{_place(first.box_px, size_px)} (x {x}, y {y}, {width} x {height} px)"
    rare = f"expected by chance less than once in {_odds(first.log10_nfa)} such comparisons"
    return (
        f"Differs from the reference in {number}: {most}{_per_cent(first.share)} of the picture, {where}; "
        f"{rare} (log10 NFA {first.log10_nfa:.1f}).{like}"
    )


def _place(box: tuple[int, int, int, int], size_px: tuple[int, int]) -> str:
    """In which ninth of the picture the middle of a box lies."""
    x, y, width, height = box
    across, down = (
        min(2, int(3 * middle / max(side, 1)))
        for middle, side in zip((x + width / 2, y + height / 2), size_px, strict=True)
    )
    words = " ".join(filter(None, (("upper", "", "lower")[down], ("left", "", "right")[across])))
    return {"": "in the middle", "upper": "at the top", "lower": "at the bottom"}.get(words, f"at the {words}")


def _per_cent(share: float) -> str:
    return f"{100 * share:.1f} %" if share >= 0.0005 else "less than 0.1 %"


def _odds(log10_nfa: float) -> str:
    return f"{min(_MOST_SAID, 10 ** int(min(9, max(0, -log10_nfa)))):,}"
