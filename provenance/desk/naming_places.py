"""Places that a record of a reference set gives by a name: looked up, as those of a claims file are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model.evidence import Appearance, Evidence
from ..model.outcome import CheckRun, Ran


def name_places(runs: Sequence[CheckRun]) -> tuple[CheckRun, ...]:
    """The same runs; captions of publications have coordinates where the gazetteer leaves one meaning of the name.

    What it did or could not is a limit of the item. Matching carries a record as it stands, and knows no places.
    """
    return tuple(
        replace(run, outcome=replace(run.outcome, evidence=_located(run.outcome.evidence)))
        if isinstance(run.outcome, Ran) and any(map(_unplaced, run.outcome.evidence))
        else run
        for run in runs
    )


def _unplaced(item: Evidence) -> bool:
    place = item.caption_place if isinstance(item, Appearance) else None
    return place is not None and place.lat_deg is None and bool(place.name)


def _located(items: Sequence[Evidence]) -> tuple[Evidence, ...]:
    from ..placetime.located import located  # most pictures need no gazetteer

    found = iter(located([item for item in items if _unplaced(item)]))
    return tuple(next(found) if _unplaced(item) else item for item in items)
