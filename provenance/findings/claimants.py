"""Who makes a claim, and who repeats it: neither is an independent source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from ..model.evidence import Appearance, Claim, Evidence, Lead
from .graded import GradedItem
from .intervals import end, start
from .regions import inside


def own_items(claim: Claim, items: Iterable[GradedItem]) -> frozenset[str]:
    """Ids of the items that come from the claimant: a claimant cannot be the second independent origin."""
    mine = _written(claim.by) | _written(claim.source.origin)
    return frozenset(item.evidence.id for item in items if mine & speakers(item.evidence))


def speakers(item: Evidence) -> set[frozenset[str]]:
    """The words of whoever speaks and of the origin, for comparing names that are written a little differently."""
    by = item.by if isinstance(item, Appearance | Claim | Lead) else ""
    return _written(by) | _written(item.source.origin) | _written(item.source.name)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.removesuffix("s") or word for word in re.findall(r"[^\W_]+", text[:200].casefold()))


def _written(text: str) -> set[frozenset[str]]:
    """The words of a name, and the name in one word as a handle has it: "Info Jakarta" is "@infojakarta"."""
    whole = "".join(re.findall(r"[^\W_]+", text[:200].casefold()))
    return {_words(text), frozenset({whole.removesuffix("s") or whole} - {""})} - {frozenset()}


def carries(item: Appearance, claim: Claim, since: datetime | None = None, *, alone: bool = True) -> bool:
    """Whether a publication puts the claim about: it is the claimant's, says that it is the claim, or repeats it.

    It repeats it when it shows the picture from the claimed time on, below B2 and with no caption of its own, or with
    one that says the claimed place. `since`: the moment that stands for the claimed time where the claim names none.
    `alone`: whether it is the only claim under test; of several only that is repeated whose place the caption says.
    """
    mine = _written(claim.by) | _written(claim.source.origin)
    if any(words <= other or other <= words for words in mine for other in speakers(item)):
        return True
    both_placed = item.caption_place is not None and claim.place is not None
    if not (_says_no_other_place(item, claim) if both_placed else alone):
        return False
    if re.search(r"\bclaim(s|ed|ing)?\b", f"{item.notes} {item.caption}", re.IGNORECASE):
        return True
    plain = item.caption_time is None and not item.grade.at_least("B", 2) and _says_no_other_place(item, claim)
    first = start(claim.time) if claim.time else since
    return plain and item.published is not None and first is not None and end(item.published) >= first


def _says_no_other_place(item: Appearance, claim: Claim) -> bool:
    if item.caption_place is None:
        return True
    return claim.place is not None and not item.caption_denies and inside(item.caption_place, claim.place)
