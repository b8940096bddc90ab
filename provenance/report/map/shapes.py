"""What a template writes as SVG, with every place in px."""

from __future__ import annotations

from dataclasses import dataclass

from .names import Name
from .view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Path data with its class and what it is, in words."""

    d: str
    css: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A mark: its number in the shape of its first role; `ringed` when it has others too."""

    x: float
    y: float
    number: int
    css: str
    ringed: bool
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A line of text; `x`, `y` the start of its foot, or its middle."""

    x: float
    y: float
    text: str
    css: str
    title: str = ""
    lang: str = ""
    """Its language where that is not the one of the map."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A bar of a round length."""

    x: float
    y: float
    width: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Under:
    """What lies under the marks, as path data."""

    land: str
    seams: str
    borders: str
    disputed_borders: str
    disputed_areas: str
    disputed: tuple[str, ...]
    """What is drawn as disputed, by name."""
    graticule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One window with what is in it."""

    name: str
    caption: str
    top_px: float
    width_px: float
    height_px: float
    view: View
    under: Under
    shades: tuple[Shape, ...]
    bands: tuple[Shape, ...]
    circles: tuple[Shape, ...]
    lines: tuple[Shape, ...]
    leaders: str
    towns: tuple[Name, ...]
    countries: tuple[Name, ...]
    badges: tuple[Badge, ...]
    texts: tuple[Text, ...]
    scale: Scale | None
