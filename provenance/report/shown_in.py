"""Which figures of a page show an item of evidence, so that the item can lead to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from ..metadata.traces.thumbnail import TOPIC as THUMBNAIL
from ..model.differences import Comparison
from ..model.evidence import Evidence, Trace
from .figures.match import Figures

if TYPE_CHECKING:
    from .chain import Panel
    from .map.sheet import Map
    from .sky.sheet import SunFigure
    from .timeline.rows import Timeline

MOST = 4
"""Figures that one item names."""
Place = tuple[str, str]
"""The id of a figure in the page, and the name of its file."""


def shown_in(
    items: Sequence[Evidence],
    figures: Figures,
    *,
    line: Timeline | None,
    chart: Map | None,
    suns: Iterable[SunFigure],
    chains: Iterable[Panel],
) -> dict[str, tuple[Place, ...]]:
    """By the id of an item the figures that show it, those of pictures first; items that none shows are not there."""
    found: dict[str, dict[Place, None]] = {}
    for item, place in (*_pictures(items, figures), *_drawings(line, chart, suns, chains)):
        found.setdefault(item, {})[place] = None
    return {item: tuple(places)[:MOST] for item, places in found.items()}


def _pictures(items: Sequence[Evidence], figures: Figures) -> Iterator[tuple[str, Place]]:
    for item, match in figures.of.items():
        yield item, (f"figure-{item}", match.joined.name)
    for item, figure in figures.anomalies.items():
        yield item, (f"figure-{item}", figure.name)
    surest = min((one for one in items if isinstance(one, Comparison) and one.regions), key=_surety, default=None)
    if figures.difference and surest:
        yield surest.id, ("figure-difference", figures.difference.name)
    traces = [one for one in items if isinstance(one, Trace) and one.topic == THUMBNAIL]
    if figures.thumbnail:
        yield from ((one.id, ("figure-thumbnail", figures.thumbnail.name)) for one in traces)


def _drawings(
    line: Timeline | None, chart: Map | None, suns: Iterable[SunFigure], chains: Iterable[Panel]
) -> Iterator[tuple[str, Place]]:
    for number, panel in enumerate(chains, 1):
        yield panel.credential.id, (f"figure-credentials-{number}", f"credentials-{number}.svg")
    for sun in suns:
        yield from ((item, (f"figure-sun-{sun.number}", sun.file)) for item in sun.ids)
    yield from ((row.id, ("timeline", "timeline.svg")) for row in (line.rows if line else ()))
    for mark in chart.marks if chart else ():
        yield from ((entry.id, ("map", "map.svg")) for entry in mark.entries)


def _surety(found: Comparison) -> tuple[float, str]:
    """As `showing.shown` chooses the difference that is drawn."""
    return found.log10_nfa, found.id
