"""What stands under a map: the signs that are used with their meaning, and whose borders and places these are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..languages.tongue import Tongue
from ..terminal.columns import wrap
from .badges import ROLE_CLASS
from .labels import width_px
from .marks import Role, Shown
from .projection import World
from .shapes import Panel

_KEY_PX, _KEY_ROW_PX = 11.5, 22.0
_CREDIT_LETTER_PX, _CREDIT_ROW_PX = 6.4, 15.0
CREDIT = "Coasts and borders: Natural Earth (public domain). Settlements: GeoNames (CC BY 4.0)."
WHOSE = "Natural Earth draws who holds an area, not who claims it; dashed lines and hatching mark what is disputed."

_MEANINGS = {
    "ringed": "named in several ways",
    "apart": "contradict: at least so far apart",
    "stated": "stated distance, measured again",
    "shade": "the whole country",
    "circle": "radius, to scale",
    "sun": "sun",
}
_LONGER = {
    "apart": "contradict each other: at least so far apart, between their circles",
    "sun": "where the sun stood as the shadow says, at the claimed time",
}
"""The same where there is room."""


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


def key(panels: Sequence[Panel], found: Shown, width: float, top: float, tongue: Tongue) -> tuple[list[KeyItem], float]:
    """Signs that stand on the map, in rows."""
    signs = _signs(panels, found, tongue, broad=width > 500)
    items, x, y = [], 0.0, top + _KEY_ROW_PX / 2
    for sign, text in signs:
        room = 34 + width_px(text, _KEY_PX)
        if x and x + room > width:
            x, y = 0.0, y + _KEY_ROW_PX
        items.append(KeyItem(x=round(x + 14, 1), y=round(y, 1), css=sign, text=text))
        x += room + 8
    return items, y + _KEY_ROW_PX / 2


def _signs(panels: Sequence[Panel], found: Shown, tongue: Tongue, *, broad: bool) -> list[tuple[str, str]]:
    """The class of each sign that is used, and what it means. `broad`: with room for more words."""
    drawn = {badge.css for one in panels for badge in one.badges}
    signs = [(ROLE_CLASS[role], tongue.word(role, "role")) for role in Role if ROLE_CLASS[role] in drawn]
    used = {
        "ringed": any(badge.ringed for one in panels for badge in one.badges),
        "apart": any(not line.stated for line in found.lines),
        "stated": any(line.stated for line in found.lines),
        "shade": any(one.shades for one in panels),
        "circle": any(one.circles for one in panels),
        "sun": any(one.bands for one in panels),
    }
    meanings = _MEANINGS | (_LONGER if broad else {})
    signs += [(css, tongue.word(meanings[css], "map")) for css in _MEANINGS if used[css]]
    disputed = list(dict.fromkeys(name for one in panels for name in one.under.disputed))
    if disputed:
        more = f" {tongue.word('and {n} more', 'map', n=len(disputed) - 3)}" if len(disputed) > 4 else ""
        named = ", ".join(disputed[:3] if more else disputed)
        word = tongue.word("disputed", "map")
        signs.append(("disputed", f"{word}: {named}{more}" if broad else word))
    return signs


def notes(panels: Sequence[Panel], width: float, top: float, tongue: Tongue) -> tuple[list[Note], float]:
    """Whose borders and settlements these are and how they are drawn, in lines, and where the last one ends."""
    projection = panels[0].view.projection
    how = (
        "Equal Earth projection: areas are true, no single scale."
        if isinstance(projection, World)
        else "Azimuthal equidistant projection, north up in the middle."
    )
    columns = int(width / _CREDIT_LETTER_PX)
    lines = wrap(" ".join(tongue.word(text, "map") for text in (WHOSE, how, CREDIT)), columns)
    found = [Note(y=round(top + _CREDIT_ROW_PX * (place + 1), 1), text=line) for place, line in enumerate(lines)]
    return found, round(top + _CREDIT_ROW_PX * len(lines) + 10, 1)
