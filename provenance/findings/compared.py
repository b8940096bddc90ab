"""What laying copies over their references says: one sentence a reference, and what the two then share."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..forensics.comparison import phrases
from ..model.differences import Compared, Comparison
from ..model.evidence import Evidence
from ..model.finding import Finding, Question, Sentence, Verdict
from ..model.matches import Match
from .seen_words import shown
from .wording import cited

DIFFERENT = frozenset({Compared.DIFFERS, Compared.OVERLAID})
JUDGED = DIFFERENT | {Compared.NO_DIFFERENCE}
_ORDER = tuple(Compared)
_WHICH = "One of the two was changed; the comparison cannot say which. What is known of their dates may."
_WHICH_OR_MOVED = (
    "One of the two was changed, or something came or went between two frames of one video; the comparison cannot say "
    "which. What is known of their dates may."
)
"""Where a region does not look drawn over a picture: a thing that only came looks like one pasted in."""
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
            beyond = [other for other in different if other.each_beyond]
            said += [cited(phrases.EACH_BEYOND, *beyond)] if beyond else []
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

    `share`: of the picture under test that the reference shows.
    """
    outside = phrases.beside(one.beside)
    said = _answer(one, share)
    parts = [outside, *said] if phrases.beside_first(one.outcome, one.beside, share) else [*said, outside]
    return list(filter(None, parts))


def _answer(one: Comparison, share: float) -> list[str]:
    if one.outcome in DIFFERENT and one.regions:
        said = phrases.differs(one.regions, one.where, _where(one))
        look = f" {said.look}" if said.look else ""
        return list(filter(None, [f"{said.answer}.{look}", said.writing, f"It lies at {said.box}; it is {said.rare}."]))
    if one.outcome is Compared.NO_DIFFERENCE and one.blocks:
        return [phrases.no_difference(one.blocks, _where(one), _within(share))]
    return [f"{_where(one)}: {one.statement[:1].lower()}{one.statement[1:]}"]


def _within(share: float) -> str:
    """How much of the picture the reference reaches: a caption below it, or a page around it, was not compared."""
    if share > phrases.WHOLE:
        return ""
    return f"In at most {math.ceil(100 * share)} % of the picture, where both show the same, "


def _uncompared(found: Sequence[Comparison], items: Sequence[Evidence]) -> list[str]:
    """That part of the picture lies in no reference that was compared, such as the page of a screenshot."""
    plain = {one.match_id for one in found if one.outcome is Compared.NO_DIFFERENCE}
    shares = [
        item.alignment.query_share for item in items if isinstance(item, Match) and item.alignment and item.id in plain
    ]
    outside = shares and max(shares) <= phrases.WHOLE
    return ["Whether anything outside of the part that both share was changed."] if outside else []


def _where(one: Comparison) -> str:
    return f"{shown(one.reference)} in {one.reference.set_name}" if one.reference.set_name else shown(one.reference)
