"""Marks as shapes with a number: where they touch, in a row."""

from __future__ import annotations

from collections.abc import Sequence

from ..languages.tongue import Tongue
from .labels import Box
from .marks import Mark, Role
from .shapes import Badge
from .view import View

BADGE_PX = 20.0
_TOUCHING_PX = 23.0
"""Marks nearer than this are put beside each other."""
MOST_IN_ROW = 6
"""More marks of one group are in the list only."""
ROLE_CLASS = {
    Role.CLAIMED: "claimed",
    Role.EVIDENCE: "evidence",
    Role.LEAD: "lead",
    Role.DENIED: "denied",
    Role.NOTHING: "nothing",
    Role.SPOKEN: "spoken",
}


def touching(marks: Sequence[Mark], view: View) -> list[list[Mark]]:
    """Marks whose shapes would cover each other, together, however many rows that takes."""
    groups = [[mark] for mark in marks]
    while True:
        rows = [_row(group, view) for group in groups]
        pair = next(
            (
                (one, other)
                for one in range(len(rows))
                for other in range(one + 1, len(rows))
                if rows[one].meets(rows[other])
            ),
            None,
        )
        if pair is None:
            return groups
        # A country's mark means all of it and may stand anywhere in it; a place's stands where the place is.
        groups[pair[0]] = sorted(
            groups[pair[0]] + groups.pop(pair[1]), key=lambda mark: (bool(mark.country), mark.number)
        )


def _row(group: Sequence[Mark], view: View) -> Box:
    """Room of the shapes of a group."""
    places = _places(group, view)
    return Box(
        min(x for x, _ in places), places[0][1], max(x for x, _ in places), places[0][1]
    ).grown(_TOUCHING_PX / 2)  # fmt: skip


def _places(group: Sequence[Mark], view: View) -> list[tuple[float, float]]:
    """Middles of the shapes: the first at its place, a few others in a row, to the side that has room."""
    x, y = view.point(group[0].lon_deg, group[0].lat_deg)
    count = min(len(group), MOST_IN_ROW)
    step = _TOUCHING_PX if x + _TOUCHING_PX * count <= view.width_px else -_TOUCHING_PX
    return [(round(x + step * place, 1), round(y, 1)) for place in range(count)]


def badges_of(group: Sequence[Mark], view: View, tongue: Tongue) -> list[Badge]:
    """Their shapes, each with its number."""
    return [
        Badge(
            x=x,
            y=y,
            number=mark.number,
            css=ROLE_CLASS[mark.roles[0]],
            ringed=len(mark.roles) > 1 and mark.roles[1] is not Role.SPOKEN,
            title=told(mark, tongue),
        )
        for (x, y), mark in zip(_places(group, view), group, strict=False)
    ]


def reach_px(badge: Badge) -> float:
    """From a mark's middle to its edge."""
    return BADGE_PX / 2 + (5 if badge.ringed else 3 if badge.css == "lead" else 1)


def told(mark: Mark, tongue: Tongue) -> str:
    """A mark in one line of words."""
    parts = [f"{mark.number}. {mark.name}"]
    if mark.country:
        parts.append(tongue.word("the whole shaded country", "map"))
    elif mark.around:
        parts.append(f" {tongue.word('and')} ".join(tongue.told(one, "around") or one for one in mark.around))
    for role in mark.roles:
        said = "; ".join(entry.by for entry in mark.entries if entry.role is role and entry.by)
        named = tongue.word(role, "role")
        parts.append(f"{named}: {said}" if said else named)
    return ", ".join(parts) + (f"; {tongue.word('and {n} more', 'map', n=mark.more)}" if mark.more else "")
