"""The parts of a drawn timeline and the measures of its three drawings: for a broad page, for a narrower
one or paper, and for a phone.

All numbers are CSS pixels, x to the right and y downwards from the upper left corner of the drawing.
"""

from __future__ import annotations

from dataclasses import dataclass

from .rows import Row
from .ticks import Tick
from .timescale import Cut


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The measures of one drawing."""

    name: str
    width_px: float
    axis_left_px: float
    axis_right_px: float
    row_px: float
    bar_px: float
    """Middle of the bar below the top of its row."""
    text_px: float
    """Width of the texts on the left."""
    note_left_px: float
    note_px: float
    """Place and width of the texts on the right."""
    says_px: float
    """Width of the second line."""
    most_cuts: int
    cut_px: float
    line_px: float = 0
    """Width of the second line in languages in which a time has no room in it, so that a third follows; 0: it has."""
    reasons: bool = False
    """Whether there is room to say beside a row why it counts for no more."""


BROAD = Frame(
    name="broad",
    width_px=1220,
    axis_left_px=448,
    axis_right_px=806,
    row_px=40,
    bar_px=19,
    text_px=440,
    note_left_px=814,
    note_px=406,
    says_px=440,
    line_px=440,
    most_cuts=3,
    cut_px=60,
    reasons=True,
)
WIDE = Frame(
    name="wide",
    width_px=820,
    axis_left_px=270,
    axis_right_px=696,
    row_px=40,
    bar_px=19,
    text_px=262,
    note_left_px=704,
    note_px=116,
    says_px=262,
    line_px=262,
    most_cuts=3,
    cut_px=60,
)
NARROW = Frame(
    name="narrow",
    width_px=340,
    axis_left_px=2,
    axis_right_px=338,
    row_px=64,
    bar_px=49,
    text_px=208,
    note_left_px=216,
    note_px=124,
    says_px=208,
    line_px=338,
    most_cuts=2,
    cut_px=60,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A line of text in its box."""

    x_px: float
    y_px: float
    width_px: float
    text: str
    whole: str
    """The text before it was cut."""
    lang: str = ""
    """Its language where that is not the one of the drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A row's interval on the axis, left to right."""

    left_px: float
    right_px: float
    written_left_px: float
    written_right_px: float
    """Without the hours that an unknown zone adds; the same as the ends where the zone is known."""
    open_left: bool
    open_right: bool
    before: bool
    """Whether it reaches back to any time before: a publication."""
    parts: tuple[tuple[float, float], ...]
    """Left and right of each stretch that is meant, where it is not the whole."""
    limit_left: bool
    limit_right: bool

    @property
    def spread(self) -> bool:
        """Whether the doubt about the zone can be seen at this scale."""
        return self.written_left_px - self.left_px >= 2 or self.right_px - self.written_right_px >= 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row, placed."""

    row: Row
    top_px: float
    height_px: float
    middle_px: float
    who: Text
    says: Text
    more: Text
    """The rest of what is said, below it; empty where it fits."""
    told: Text
    cited: Text
    bar: Bar


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The name of a group above its rows."""

    y_px: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A sign of the figure and its meaning."""

    x_px: float
    y_px: float
    sign: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Everything of one drawing, placed."""

    frame: Frame
    height_px: float
    axis_px: float
    bottom_px: float
    """Top and bottom of the part with the axis."""
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    cuts: tuple[Cut, ...]
    shut: tuple[tuple[float, float], ...]
    """Left and right of what the limits exclude."""
    keys: tuple[Key, ...]
    twice: bool
    """Whether the axis is written below the rows as well."""
