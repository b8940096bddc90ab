"""The credential chain as a figure: a box for each manifest, generation by generation, this file first.

The box says who signed, when, what was done and what its validation came to; a sign beside it says the last without
words. Texts are cut to two lines; the table says them whole. All numbers are CSS pixels, y down.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...model.text import visible
from ..chain import Held, Link, Panel
from ..languages.tongue import ENGLISH, Tongue
from ..terminal.columns import clip, cyrillic, wrap

MOST_BOXES = 8
_LINE_PX, _PAD_PX, _GAP_PX, _LEFT_PX, _INDENT_PX, _HEADING_PX, _KEY_PX = 16.0, 8.0, 10.0, 26.0, 18.0, 20.0, 19.0
_MOST_INDENTS = 3
_LETTER_PX, _BOLD_PX = 6.3, 7.2

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


def chain_drawings(panel: Panel, tongue: Tongue = ENGLISH) -> tuple[ChainDrawing, ...]:
    """The drawing for a page and for a phone, our words in a language."""
    return tuple(_drawing(panel, name, width, tongue) for name, width in (("wide", 640.0), ("narrow", 340.0)))


def _drawing(panel: Panel, name: str, width: float, tongue: Tongue) -> ChainDrawing:
    links = _shown(panel.links)
    boxes: list[Box] = []
    headings: list[Line] = []
    y, depth = 0.0, -1
    for link in links:
        if link.depth != depth:
            depth = link.depth
            headings.append(Line(y=y + 13, text=_generation(depth, tongue)))
            y += _HEADING_PX
        box = _box(link, y, width, tongue)
        boxes.append(box)
        y += box.height + _GAP_PX
    used = dict.fromkeys(link.state for link in links)
    keys = tuple(
        Key(y=y + _KEY_PX * (number + 0.5), sign=one.value, text=tongue.word(MEANINGS[one], "chain"))
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
        title=tongue.word("Credential chain: what each manifest vouches for, this file first", "chain"),
        told=" ".join(_summed(links, left, tongue)),
    )


def _shown(links: Sequence[Link]) -> list[Link]:
    """The file's own, then those that failed and then the nearest, in their order."""
    ranked = sorted(range(1, len(links)), key=lambda at: (links[at].state is not Held.FAILS, at))
    return [links[0], *(links[at] for at in sorted(ranked[: MOST_BOXES - 1]))]


def _summed(links: Sequence[Link], left: int, tongue: Tongue) -> Iterable[str]:
    """The drawing in sentences."""
    yield tongue.word("{n} of {all} manifests and ingredients.", "chain", n=len(links), all=len(links) + left)
    for link in links:
        place, held = tongue.shown(link.place, "chain")[0], tongue.shown(link.held, "held")[0]
        yield f"{visible(place, limit=100)}: {visible(held, limit=120)}."


def _generation(depth: int, tongue: Tongue) -> str:
    if not depth:
        return tongue.word("The file's own manifest", "chain")
    if depth == 1:
        return tongue.word("Named by this file", "chain")
    return tongue.word("{n} generations back", "chain", n=depth)


def link_told(link: Link, tongue: Tongue) -> tuple[str, ...]:
    """Who signed it, on whose word, when, with what it says was done, and what its validation came to, last."""
    signer = tongue.word("signed by {who}", "chain", who=link.signer)
    program = "; ".join(filter(None, (link.program, link.actions)))
    told = (
        signer if link.signer else tongue.word("signed by nobody", "chain"),
        tongue.shown(link.standing, "stands")[0] if link.standing else "",
        tongue.shown(link.when, "signedat")[0] if link.when else "",
        tongue.word("says: {x}", "chain", x=program) if link.program else "",
        tongue.shown(link.held, "held")[0],
    )
    return tuple(filter(None, told))


def _box(link: Link, y: float, width: float, tongue: Tongue) -> Box:
    left = _LEFT_PX + _INDENT_PX * min(link.depth, _MOST_INDENTS)
    room = width - left - 1
    *said, held = link_told(link, tongue)
    told = [(tongue.shown(link.place, "chain")[0], True), *((text, False) for text in said), (held, True)]
    lines, bottom = [], _PAD_PX
    for text, bold in told:
        for part in _wrapped(text, room - 2 * _PAD_PX, bold=bold):
            lines.append(Line(y=bottom + _LINE_PX * 0.8, text=part, bold=bold))
            bottom += _LINE_PX if part else 0.0
    return Box(
        x=left,
        y=y,
        width=room,
        height=bottom + _PAD_PX,
        sign=link.state.value,
        signed=bool(link.signer),
        lines=tuple(lines),
    )


def _wrapped(text: str, width: float, *, bold: bool) -> tuple[str, str]:
    """A text in two lines, the second cut, or empty: no text of a stranger decides how many parts a drawing has."""
    shown = visible(text, limit=300)
    columns = int(width / (cyrillic(shown) * (_BOLD_PX if bold else _LETTER_PX)))
    first, *rest = wrap(shown, columns) or [""]
    return first, clip(" ".join(rest), columns)
