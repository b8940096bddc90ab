"""What laying copies over their references says: one sentence a reference, and what the two then share."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..model.differences import Compared, Comparison
from ..model.evidence import Evidence
from ..model.finding import Finding, Question, Sentence, Verdict
from ..model.matches import Match
from .seen_words import shown
from .wording import cited

DIFFERENT = frozenset({Compared.DIFFERS, Compared.OVERLAID})
JUDGED = DIFFERENT | {Compared.NO_DIFFERENCE}
WHOLE = 0.97
"""Share of the picture from which nothing outside is worth a sentence: a matcher's outline is that rough."""
_ORDER = tuple(Compared)
_REFERENCE = " from the reference "
# How forensics/comparison puts the exact place and the rarity of a region, and what lies beside the shared part.
_BOX, _RARE, _NFA, _BESIDE = " (x ", " px); ", ").", " Beside what was compared:"
_END = ". "
_WHICH = "One of the two was changed; the comparison cannot say which. What is known of their dates may."
_WHICH_OR_MOVED = (
    "One of the two was changed, or something came or went between two frames of one video; the comparison cannot say "
    "which. What is known of their dates may."
)
"""Where a region does not look drawn over a picture: a thing that only came looks like one pasted in."""
# As forensics/comparison puts it among the limits of a comparison.
_EACH_BEYOND = (
    "Each of the two also shows what lies beyond an edge of the other, as frames of a moving camera do, and two cuts "
    "of one photograph."
)
_WRITING = (
    " What differs there looks like writing on a ground that both have: some letters differ, or stand in one of the "
    "two only.",
    " Some of it looks like writing on a ground that both have: some letters differ, or stand in one of the two only.",
)
_CAUGHT = (
    "By tests it would have caught nearly all parts of 1 % of a picture and more that were pasted in, copied or "
    "filled, also at half size, and three in four of those softly retouched there."
)


def comparisons(items: Sequence[Evidence]) -> list[Comparison]:
    """All comparisons, those that found a difference first."""
    found = [item for item in items if isinstance(item, Comparison)]
    return sorted(found, key=lambda one: (_ORDER.index(one.outcome), one.log10_nfa, one.id))


def told(found: Sequence[Comparison], items: Sequence[Evidence] = ()) -> list[Sentence]:
    """A sentence for each, with the name of its reference; then what they share.

    `items`: where the matches are, whose alignments tell how much of the picture lies outside of what was compared.
    """
    shares = {item.id: item.alignment.query_share for item in items if isinstance(item, Match) and item.alignment}
    different = [one for one in found if one.outcome in DIFFERENT]
    plain = [one for one in found if one.outcome is Compared.NO_DIFFERENCE and one.blocks]
    drawn = all(one.outcome is Compared.OVERLAID for one in different)
    said = []
    for one in found:
        said += [cited(text, one) for text in _parts(one, shares.get(one.match_id, 1.0))]
        if different and one is different[-1]:
            said.append(cited(_WHICH if drawn else _WHICH_OR_MOVED, *different))
            beyond = [other for other in different if _EACH_BEYOND in other.limits]
            said += [cited(_EACH_BEYOND, *beyond)] if beyond else []
    return [*said, cited(_CAUGHT, *plain)] if plain else said


def differing(found: Sequence[Comparison], others: Sequence[Sentence], items: Sequence[Evidence] = ()) -> Finding:
    """The answer where a region differs, whatever it looks like. `items`: as in `told`."""
    overlaid = all(one.outcome is Compared.OVERLAID for one in found if one.outcome in DIFFERENT)
    which, what = (
        ("Which of the two was changed.", "Why something was laid over one of the two, and by whom.")
        if overlaid
        else ("Whether one of the two was changed at all, and which.", "What was changed, by whom and why.")
    )
    return Finding(
        question=Question.ALTERED,
        verdict=Verdict.DIFFERS,
        sentences=(*told(found, items), *others),
        would_change=("The original file, from the author, or the earliest copy of the picture.",),
        not_established=(which, what),
    )


def alike(found: Sequence[Comparison], items: Sequence[Evidence] = ()) -> Finding:
    """The answer where nothing differs and no other method could speak."""
    return Finding(
        question=Question.ALTERED,
        verdict=Verdict.NO_TRACE_FOUND,
        sentences=tuple(told(found, items)),
        would_change=("The original file, from the author.",),
        not_established=("Whether the reference itself was altered.", *_uncompared(found, items)),
    )


def _parts(one: Comparison, share: float) -> list[str]:
    """The answer in one sentence, then where exactly it lies and how rare that is, and what lies beside it.

    A caption beside what is the same comes first, where the comparison put it first.
    """
    if one.statement.startswith(_BESIDE.strip()):
        outside, end, said = one.statement.partition(_END)
        return [f"{outside}{end.strip()}", _named(one, said, share)]
    said, _, beside = one.statement.partition(_BESIDE)
    written = next((one for one in _WRITING if one in said), "")
    first, at, rest = said.replace(written, "").partition(_BOX)
    measured, closed, like = rest.partition(_NFA)
    if at and closed:
        said, exact = f"{first}.{like}", f"It lies at x {measured.replace(_RARE, ' px; it is ', 1)})."
    else:
        exact = ""
    outside = f"{_BESIDE.strip()}{beside}" if beside else ""
    return [text for text in (_named(one, said, share), written.strip(), exact, outside) if text]


def _named(one: Comparison, said: str, share: float) -> str:
    """What is said, with the name of the reference in place of "the reference", and of how much of the picture."""
    if _REFERENCE in said:
        return said.replace(_REFERENCE, f" from {_where(one)}{_shared(one, share)} ", 1)
    return f"{_where(one)}: {said[:1].lower()}{said[1:]}"


def _shared(one: Comparison, share: float) -> str:
    """How much of the picture the reference reaches: a caption below it, or a page around it, was not compared."""
    if one.outcome is not Compared.NO_DIFFERENCE or share > WHOLE:
        return ""
    return f" where both show the same (at most {math.ceil(100 * share)} % of the picture),"


def _uncompared(found: Sequence[Comparison], items: Sequence[Evidence]) -> list[str]:
    """That part of the picture lies in no reference that was compared, such as the page of a screenshot."""
    plain = {one.match_id for one in found if one.outcome is Compared.NO_DIFFERENCE}
    shares = [
        item.alignment.query_share for item in items if isinstance(item, Match) and item.alignment and item.id in plain
    ]
    outside = shares and max(shares) <= WHOLE
    return ["Whether anything outside of the part that both share was changed."] if outside else []


def _where(one: Comparison) -> str:
    return f"{shown(one.reference)} in {one.reference.set_name}" if one.reference.set_name else shown(one.reference)
