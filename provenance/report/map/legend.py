"""What stands under a map: the signs that are used with their meaning, and whose borders and places these are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..columns import wrap
from .badges import ROLE_CLASS
from .labels import width_px
from .marks import Role, Shown
from .projection import World
from .shapes import Panel

_KEY_PX, _KEY_ROW_PX = 11.5, 22.0
_CREDIT_LETTER_PX, _CREDIT_ROW_PX = 6.4, 15.0
CREDIT = "Coasts and borders: Natural Earth (public domain). Settlements: GeoNames (CC BY 4.0)."
WHOSE = "Natural Earth draws who holds an area, not who claims it; dashed lines and hatching mark what is disputed."


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyItem:
    """A sign of the key and what it means; `x`, `y` its middle."""

    x: float
    y: float
    css: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A line under the key."""

    y: float
    text: str


def key(panels: Sequence[Panel], found: Shown, width: float, top: float) -> tuple[list[KeyItem], float]:
    """Signs that stand on the map, in rows."""
    drawn = {badge.css for one in panels for badge in one.badges}
    signs = [(ROLE_CLASS[role], role.value) for role in Role if ROLE_CLASS[role] in drawn]
    if any(badge.ringed for one in panels for badge in one.badges):
        signs.append(("ringed", "named in several ways"))
    if any(not line.stated for line in found.lines):
        long = "contradict each other: at least so far apart, between their circles"
        signs.append(("apart", long if width > 500 else "contradict: at least so far apart"))
    if any(line.stated for line in found.lines):
        signs.append(("stated", "stated distance, measured again"))
    if any(one.shades for one in panels):
        signs.append(("shade", "the whole country"))
    if any(one.circles for one in panels):
        signs.append(("circle", "radius, to scale"))
    if any(one.bands for one in panels):
        signs.append(("sun", "where the sun stood as the shadow says, at the claimed time" if width > 500 else "sun"))
    disputed = list(dict.fromkeys(name for one in panels for name in one.under.disputed))
    if disputed:
        more = f" and {len(disputed) - 3} more" if len(disputed) > 4 else ""
        named = disputed[:3] if more else disputed
        signs.append(("disputed", f"disputed: {', '.join(named)}{more}" if width > 500 else "disputed"))
    items, x, y = [], 0.0, top + _KEY_ROW_PX / 2
    for sign, text in signs:
        room = 34 + width_px(text, _KEY_PX)
        if x and x + room > width:
            x, y = 0.0, y + _KEY_ROW_PX
        items.append(KeyItem(x=round(x + 14, 1), y=round(y, 1), css=sign, text=text))
        x += room + 8
    return items, y + _KEY_ROW_PX / 2


def notes(panels: Sequence[Panel], width: float, top: float) -> tuple[list[Note], float]:
    """Whose borders and settlements these are and how they are drawn, in lines, and where the last one ends."""
    projection = panels[0].view.projection
    how = (
        "Equal Earth projection: areas are true, no single scale."
        if isinstance(projection, World)
        else "Azimuthal equidistant projection, north up in the middle."
    )
    columns = int(width / _CREDIT_LETTER_PX)
    lines = wrap(f"{WHOSE} {how} {CREDIT}", columns)
    found = [Note(y=round(top + _CREDIT_ROW_PX * (place + 1), 1), text=line) for place, line in enumerate(lines)]
    return found, round(top + _CREDIT_ROW_PX * len(lines) + 10, 1)
