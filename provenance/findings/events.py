"""Accounts of the event: they move no verdict about the picture, yet a desk wants to see where they part.

No reading of meaning: two accounts count as opposed when one of them negates and the other does not. That is a coarse
mark, so the sentence says no more than that, and a pair recorded under `contradicts` needs no mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..model.evidence import About, Claim, Evidence, Lead, LeadKind
from ..model.finding import Conflict
from ..model.origin import root_among
from .wording import name

_NEGATION = re.compile(
    r"\b(not|no|nobody|nothing|nowhere|never|none|neither|nor|without|cannot|\w+n['’]t|den(y|ies|ied|ial)|refut\w*|reject\w*|disput\w*|false|untrue"
    r"|не|нет|ни|никогда|отрица\w+|опроверг\w*|ні|немає|ніколи|запереч\w*|спростов\w*)\b|아니|않|없|못|부인",
    re.IGNORECASE,
)
MOST_ACCOUNTS = 40


def speaks_of_event(item: Evidence) -> bool:
    """Whether an item is about the event and not about the picture."""
    return (isinstance(item, Lead) and item.lead is LeadKind.CONTEXT) or (
        isinstance(item, Claim) and not item.tested and item.about is About.EVENT
    )


def opposed_accounts(items: Sequence[Evidence]) -> Iterator[Conflict]:
    """Pairs of accounts of different origins, of which one negates."""
    accounts = [item for item in items if isinstance(item, Claim | Lead) and speaks_of_event(item) and item.quote]
    accounts, root_of = accounts[:MOST_ACCOUNTS], root_among(items)
    for index, first in enumerate(accounts):
        for second in accounts[index + 1 :]:
            if root_of(first) != root_of(second) and _negates(first.quote) != _negates(second.quote):
                text = (
                    f"{name(first)} and {name(second)} seem to disagree about the event; this moves no verdict about "
                    "the picture."
                )
                yield Conflict(first=first.id, second=second.id, text=text, about="event")


def _negates(text: str) -> bool:
    return _NEGATION.search(text) is not None
