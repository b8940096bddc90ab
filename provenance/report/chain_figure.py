"""The credential chain as a figure: a box for each manifest, generation by generation, this file first.

The box says who signed, when, what was done and what its validation came to; a sign beside it says the last without
words. Texts are cut to their box; the table says them whole. All numbers are CSS pixels, y down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model.text import visible
from .chain import Held, Link, Panel
from .columns import clip

MOST_BOXES = 8
_LINE_PX, _PAD_PX, _GAP_PX, _LEFT_PX, _INDENT_PX, _HEADING_PX, _KEY_PX = 16.0, 8.0, 10.0, 26.0, 18.0, 20.0, 19.0
_MOST_INDENTS = 3
_LETTER_PX, _BOLD_PX = 6.5, 7.2

MEANINGS = {
    Held.HOLDS: "signature and hash match, with what the box adds",
    Held.RECORDED: "no failure recorded by its importer",
    Held.UNKNOWN: "nothing is known of it",
    Held.FAILS: "something does not match",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text in a box."""

    y: float
    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One manifest, or an ingredient that brought none."""

    x: float
    y: float
    width: float
    height: float
    sign: str
    signed: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A sign and its meaning."""

    y: float
    sign: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainDrawing:
    """One drawing."""

    name: str
    width_px: float
    height_px: float
    boxes: tuple[Box, ...]
    headings: tuple[Line, ...]
    spine: tuple[float, float]
    """Top and bottom of the line that joins the generations."""
    keys: tuple[Key, ...]
    not_drawn: int
    title: str
    told: str


def chain_drawings(panel: Panel) -> tuple[ChainDrawing, ...]:
    """The drawing for a page and for a phone."""
    return tuple(_drawing(panel, name, width) for name, width in (("wide", 640.0), ("narrow", 340.0)))


def _drawing(panel: Panel, name: str, width: float) -> ChainDrawing:
    links = _shown(panel.links)
    boxes: list[Box] = []
    headings: list[Line] = []
    y, depth = 0.0, -1
    for link in links:
        if link.depth != depth:
            depth = link.depth
            headings.append(Line(y=y + 13, text=_generation(depth)))
            y += _HEADING_PX
        box = _box(link, y, width)
        boxes.append(box)
        y += box.height + _GAP_PX
    used = dict.fromkeys(link.state for link in links)
    keys = tuple(
        Key(y=y + _KEY_PX * (number + 0.5), sign=one.value, text=MEANINGS[one])
        for number, one in enumerate(one for one in MEANINGS if one in used)
    )
    left = panel.left_out + len(panel.links) - len(links)
    return ChainDrawing(
        name=name,
        width_px=width,
        height_px=keys[-1].y + 10,
        boxes=tuple(boxes),
        headings=tuple(headings),
        spine=(boxes[0].y + 16, boxes[-1].y + 16),
        keys=keys,
        not_drawn=left,
        title="Credential chain: what each manifest vouches for, this file first",
        told=f"{len(links)} of {len(links) + left} manifests and ingredients. "
        + " ".join(f"{visible(link.place, limit=100)}: {visible(link.held, limit=120)}." for link in links),
    )


def _shown(links: Sequence[Link]) -> list[Link]:
    """The file's own, then those that failed and then the nearest, in their order."""
    ranked = sorted(range(1, len(links)), key=lambda at: (links[at].state is not Held.FAILS, at))
    return [links[0], *(links[at] for at in sorted(ranked[: MOST_BOXES - 1]))]


def _generation(depth: int) -> str:
    if not depth:
        return "The file's own manifest"
    return "Named by this file" if depth == 1 else f"{depth} generations back"


def _box(link: Link, y: float, width: float) -> Box:
    left = _LEFT_PX + _INDENT_PX * min(link.depth, _MOST_INDENTS)
    room = width - left - 1
    told = [(link.place, True), (f"signed by {link.signer}" if link.signer else "signed by nobody", False)]
    told += [(text, False) for text in (link.standing, link.when) if text]
    told += [(f"says: {'; '.join(filter(None, (link.program, link.actions)))}", False)] if link.program else []
    told += [(link.held, True)]
    lines = tuple(
        Line(
            y=_PAD_PX + _LINE_PX * (number + 0.8),
            text=clip(visible(text, limit=300), int((room - 2 * _PAD_PX) / (_BOLD_PX if bold else _LETTER_PX))),
            bold=bold,
        )
        for number, (text, bold) in enumerate(told)
    )
    return Box(
        x=left,
        y=y,
        width=room,
        height=2 * _PAD_PX + _LINE_PX * len(lines),
        sign=link.state.value,
        signed=bool(link.signer),
        lines=lines,
    )
