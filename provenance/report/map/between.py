"""The lines between the marks of a map: who contradicts whom in place, and distances that somebody stated."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from ...model.finding import Conflict
from ...model.place import Place
from ...model.report import Report
from ...model.text import visible
from .. import view, words
from .marks import Line, Mark, Stated

MOST_LINES = 12
LEAST = "at least "


def contradicting(report: Report, marks: Sequence[Mark], numbers: Mapping[str, int]) -> tuple[list[Line], int]:
    """A line for each pair of marks whose items contradict each other in place, of claims under test where they do.

    `numbers`: the mark of each item by its id. Also how many lines are left out.
    """
    wide = {mark.number for mark in marks if mark.country or any(mark.radii_km)}
    tested = {saying.item.id for saying in view.under_test(report)}
    pairs: dict[tuple[int, int], Line] = {}
    of_claims: set[tuple[int, int]] = set()
    for conflict in words.conflicts(report):
        ends = numbers.get(conflict.first), numbers.get(conflict.second)
        if conflict.dimension != "place" or conflict.about != "picture":
            continue
        if ends[0] is None or ends[1] is None or ends[0] == ends[1]:
            continue
        pair = (min(ends[0], ends[1]), max(ends[0], ends[1]))
        if {conflict.first, conflict.second} & tested:
            of_claims.add(pair)
        line, known = _apart(conflict, pair, least=bool(wide & set(pair))), pairs.get(pair)
        pairs[pair] = line if known is None else replace(known, ids=tuple(dict.fromkeys((*known.ids, *line.ids))))
    drawn = [line for pair, line in pairs.items() if pair in of_claims or not of_claims][:MOST_LINES]
    return drawn, len(pairs) - len(drawn)


def _apart(conflict: Conflict, pair: tuple[int, int], *, least: bool) -> Line:
    """`least`: the gap is what is left between two circles; the places themselves can lie farther apart."""
    gap = f"{LEAST if least else ''}{conflict.gap.removeprefix(LEAST)}"
    return Line(
        first=pair[0],
        second=pair[1],
        stated=False,
        label=f"{gap} apart" if conflict.gap else "not the same place",
        told=visible(words.at_odds(conflict)),
        ids=(conflict.first, conflict.second),
    )


def measured(stated: Sequence[Stated], number: Callable[[Place], int | None]) -> Iterator[Line]:
    """The stated distances whose two ends have marks; `number`: that of the mark of a place."""
    for one in stated:
        first, second = number(one.start), number(one.end)
        if first is not None and second is not None and first != second:
            yield Line(
                first=first, second=second, stated=True, label=visible(one.label), told=visible(one.told), ids=(one.id,)
            )
