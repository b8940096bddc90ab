"""A region in words: where it lies, and every number that its number of false alarms rests on."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.differences import DifferingRegion, SuspectRegion


def regions(found: Sequence[DifferingRegion | SuspectRegion]) -> tuple[str, ...]:
    """One text a region, numbered as in the figure; their outlines are in the JSON form."""
    return tuple(f"{number}: {_region(one)}" for number, one in enumerate(found, 1))


def _region(found: DifferingRegion | SuspectRegion) -> str:
    x, y, width, height = found.box_px
    where = f"x {x}, y {y}, {width} × {height} px, {100 * found.share:.1f} % of the picture"
    named = _looks(found) if isinstance(found, DifferingRegion) else found.detail
    return f"{where}{', ' if named else ''}{named}: log10 NFA {found.log10_nfa:.1f} from {_counted(found)}"


def _looks(found: DifferingRegion) -> str:
    return "other writing" if found.writing else found.what


def _counted(found: DifferingRegion | SuspectRegion) -> str:
    if isinstance(found, DifferingRegion):
        window = ", ".join(map(str, found.window_blocks))
        by = " in lost detail" if found.detail_lost else ""
        counts = f"{found.unusual:,} of {found.blocks:,} blocks above {found.level:g}{by} in window {window}"
    else:
        window = ", ".join(map(str, found.window_px))
        counts = f"{found.hits:,} of {found.trials:,} trials in window {window} px"
    return f"{counts}, chance {found.chance:g}, {found.tests:,} tests"
