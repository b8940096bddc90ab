"""How two pictures relate, in a few lines of a terminal."""

from __future__ import annotations

from ..model.differences import Comparison
from ..model.finding import Verdict
from ..model.matches import Match
from ..model.text import visible
from .lines import entry
from .measures import measures


def render_comparison(
    match: Match, names: tuple[str, str], *, width: int, colour: bool, compared: Comparison | None = None
) -> str:
    """The answer of a comparison, without a newline at its end. `names`: the first picture, then the second.

    `compared`: what laying one over the other came to.
    """
    verdict = Verdict(match.answer.value)
    lines = [*entry("First", visible(names[0]), width), *entry("Second", visible(names[1]), width), ""]
    lines += entry("Answer", visible(match.statement), width, verdict=verdict, colour=colour)
    if compared is not None:
        lines += entry("Compared", visible(" ".join((compared.statement, *compared.limits))), width)
    for label, text in measures(match):
        lines += entry(label.capitalize(), visible(text), width)
    lines += entry("Limits", visible(" ".join(match.limits)), width) if match.limits else []
    return "\n".join([*lines, *entry("Evidence", match.id, width)])
