"""How two pictures relate, in a few lines of a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from ...model.differences import Comparison
from ...model.finding import Verdict
from ...model.matches import Match
from ...model.text import visible
from ..languages.coverage import Coverage, governs
from ..languages.isolate import isolated
from ..languages.tongue import ENGLISH, Tongue
from ..measures import measures
from ..page_words import OUR_ROWS
from .columns import display_width
from .lines import LABEL, entry, noted, told_in


def render_comparison(
    match: Match,
    names: tuple[str, str],
    *,
    width: int,
    colour: bool,
    compared: Comparison | None = None,
    tongue: Tongue = ENGLISH,
) -> str:
    """The answer of a comparison, without a newline at its end. `names`: the first picture, then the second.

    `compared`: what laying one over the other came to. In another language than English (`tongue`) a note stands first,
    and "(en)" before what is not translated.
    """
    ours = [match.statement, *match.limits]
    if compared is not None:
        ours += [compared.statement, *compared.limits]
    rows = [
        ("First", visible(names[0]), None),
        ("Second", visible(names[1]), None),
        ("Answer", _told([match.statement], tongue), Verdict(match.answer.value)),
        ("Compared", "" if compared is None else _told([compared.statement, *compared.limits], tongue), None),
        *((label, told_in(text, tongue, OUR_ROWS[label]), None) for label, text in measures(match)),
        ("Limits", _told(match.limits, tongue), None),
        ("Evidence", match.id, None),
    ]
    named = [(_label(label, tongue), text, verdict) for label, text, verdict in rows if text]
    column = LABEL if tongue.english else max(display_width(label) for label, _, _ in named) + 2
    counted = Coverage(all=len(ours), shown=sum(tongue.told(text) is None for text in ours))
    lines = noted(governs(tongue, counted), width)
    for number, (label, text, verdict) in enumerate(named):
        lines += [""] if number == 2 else []
        lines += entry(label, isolated(text), width, verdict=verdict, colour=colour, tongue=tongue, column=column)
    return "\n".join(lines)


def _told(texts: Iterable[str], tongue: Tongue) -> str:
    return " ".join(told_in(text, tongue) for text in texts)


def _label(text: str, tongue: Tongue) -> str:
    """Of a row: the rows of the page have labels of their own in the catalogues."""
    word = tongue.word(text, "label" if text in OUR_ROWS else "pair")
    return word[:1].upper() + word[1:]
