"""A whole sheet: the map, details of places that fall together on it, and a key; for a page and for a phone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ...model.report import Report
from ..languages.tongue import ENGLISH, Tongue
from .badges import told, touching
from .gathered import shown
from .legend import KeyItem, Note, key, notes
from .marks import Band, Line, Mark, Shown, Stated
from .shapes import Panel
from .sketch import panel, within
from .view import SMALLEST_KM, Frame

# Narrow enough to keep its letters readable on a tablet held upright, where the page is about 700 px wide.
WIDE = Frame(width_px=760, lowest_px=390, highest_px=540, margin_px=78)
NARROW = Frame(width_px=340, lowest_px=300, highest_px=400, margin_px=44)
_DETAIL = {760.0: Frame(width_px=760, lowest_px=230, highest_px=320, margin_px=64),
           340.0: Frame(width_px=340, lowest_px=220, highest_px=300, margin_px=44)}  # fmt: skip
MOST_DETAILS = 2
# Two gazetteers put one town's middle up to some km apart; nearer than this a second map would show nothing.
_APART_KM = 10.0
_NO_BAND = "Everywhere where the sun stood as the measured shadow says, at the claimed time, lies outside this map."


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One drawing."""

    name: str
    width_px: float
    height_px: float
    panels: tuple[Panel, ...]
    key: tuple[KeyItem, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """Both drawings, and the same in words."""

    wide: Sheet
    narrow: Sheet
    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]
    bands: tuple[Band, ...]
    left_out: tuple[str, ...]
    disputed: tuple[str, ...]
    tongue: Tongue
    """The language of the words on it."""

    @property
    def title(self) -> str:
        """What the map shows, in one line."""
        return self.tongue.word("Map of the places that are claimed and of those that evidence speaks of", "map")

    @property
    def told(self) -> str:
        """Every mark and every line in words."""
        return " ".join(
            [
                *(f"{told(mark, self.tongue)}." for mark in self.marks),
                *(self.tongue.shown(line.told)[0] for line in self.lines),
                *(self.tongue.shown(band.told)[0] for band in self.bands),
                *(self.tongue.shown(text)[0] for text in self.left_out),
            ]
        )


def draw(
    report: Report,
    stated: Sequence[Stated] = (),
    bands: Sequence[Band] = (),
    aside: Collection[str] = (),
    tongue: Tongue = ENGLISH,
) -> Map | None:
    """The map of a report; None where it names no place that has a position or an outline.

    `aside`: ids of the items that count for nothing; their places are drawn hollow, and do not widen the map.
    `tongue`: the language of our words on it; names stay as they are.
    """
    found = shown(report, stated, bands, aside)
    if found is None:
        return None
    wide, narrow = _sheet("wide", found, WIDE, tongue), _sheet("narrow", found, NARROW, tongue)
    return Map(
        wide=wide,
        narrow=narrow,
        marks=found.marks,
        lines=found.lines,
        bands=found.bands if any(one.bands for one in wide.panels) else (),
        left_out=(*found.left_out, *_outside(found, wide, narrow), *_no_band(found, wide)),
        disputed=tuple(dict.fromkeys(name for one in wide.panels for name in one.under.disputed)),
        tongue=tongue,
    )


def _outside(found: Shown, wide: Sheet, narrow: Sheet) -> list[str]:
    """Marks that a window leaves out, by their numbers."""
    on_wide, on_narrow = ({mark.number for mark in within(found.marks, one.panels[0].view)} for one in (wide, narrow))
    nowhere = [mark for mark in found.marks if mark.number not in on_wide]
    on_one = [mark for mark in found.marks if mark.number in on_wide - on_narrow]
    told = ((nowhere, "outside this map."), (on_one, "outside it where it is drawn for a narrow screen."))
    return [
        f"Number{'s' if len(left) > 1 else ''} {_numbers(left)} "
        f"{'count for nothing and lie' if len(left) > 1 else 'counts for nothing and lies'} {where}"
        for left, where in told
        if left
    ]


def _no_band(found: Shown, sheet: Sheet) -> list[str]:
    return [_NO_BAND] if found.bands and not any(one.bands for one in sheet.panels) else []


def _sheet(name: str, found: Shown, frame: Frame, tongue: Tongue) -> Sheet:
    main = panel(f"{name}-1", found, found.marks, frame, tongue)
    panels, top = [main], main.height_px
    for number, group in enumerate(_details(found, main), 2):
        caption = f"{tongue.word('Detail', 'map')}: {', '.join(str(mark.number) for mark in group)}"
        detail = _DETAIL[frame.width_px]
        one = panel(f"{name}-{number}", found, group, detail, tongue, top_px=top + 8, caption=caption)
        panels.append(one)
        top = one.top_px + one.height_px
    items, top = key(panels, found, frame.width_px, top + 8, tongue)
    lines, bottom = notes(panels, frame.width_px, top, tongue)
    return Sheet(
        name=name, width_px=frame.width_px, height_px=bottom, panels=tuple(panels), key=tuple(items), notes=tuple(lines)
    )


def _details(found: Shown, main: Panel) -> list[list[Mark]]:
    """Groups of marks that touch on the map and would stand apart on one of their own."""
    groups = []
    marks = within(found.marks, main.view)
    for group in touching([mark for mark in marks if not mark.country], main.view):
        spread = max((_apart_km(one, other) for one in group for other in group[:1]), default=0.0)
        points = not any(radius for mark in group for radius in mark.radii_km)
        if spread >= (_APART_KM if not points else SMALLEST_KM / 30):
            groups.append((spread, group))
    return [group for _, group in sorted(groups, key=lambda pair: -len(pair[1]))[:MOST_DETAILS]]


def _apart_km(first: Mark, second: Mark) -> float:
    from geographiclib.geodesic import Geodesic

    found = Geodesic.WGS84.Inverse(first.lat_deg, first.lon_deg, second.lat_deg, second.lon_deg, Geodesic.DISTANCE)
    return float(found["s12"]) / 1000


def _numbers(group: Sequence[Mark]) -> str:
    numbers = [str(mark.number) for mark in group]
    return numbers[0] if len(numbers) == 1 else f"{', '.join(numbers[:-1])} and {numbers[-1]}"
