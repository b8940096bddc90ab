"""The file from its first byte to its last as a strip to scale, with a line to the name of each part.

All numbers are CSS pixels, y down. Signs are told by hatching, never by hue; the table of blocks says the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...model.image import Original, Structure
from ...model.text import visible
from ..blocks import BlockRun, block_runs
from ..languages.tongue import ENGLISH, Tongue
from ..terminal.columns import clip, cyrillic, display_width
from .key import Key, in_columns

MOST_PARTS = 18
MOST_STRETCHES = 300
"""Parts that are drawn: of more, those that have a line of text and the longest. A strip is no taller than 540 px."""
LEAST_PX = 1.5
_ROW_PX, _STRIP_LEFT_PX, _STRIP_PX, _LEADER_PX, _TOP_PX = 30.0, 2.0, 46.0, 40.0, 18.0
_LETTER_PX, _SIGN_PX = 6.5, 30.0
_START = 16
"""Bytes before the first block of a file that are its signature: 2 of a JPEG, 8 of a PNG, 12 of a WebP."""

_PICTURE = frozenset({"SOS", "IDAT", "fdAT", "mdat", "VP8", "VP8L", "image", "picture", "jxlc", "jxlp", "jp2c"})
_SAYS = frozenset({"exif", "xmp", "xmp-extended", "maker-note", "flir", "iptc", "text", "comment"})
_SMALLER = frozenset({"preview", "mpf-image", "auxiliary", "thumbnail"})
MEANINGS = {
    "picture": "picture data",
    "says": "what the file says of itself",
    "signed": "credentials",
    "smaller": "other pictures inside",
    "other": "tables, headers, colour",
    "behind": "behind the end of the picture",
    "none": "in no listed block",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One stretch of the strip and its line of text."""

    sign: str
    top: float
    height: float
    row: float
    """Middle of its text."""
    name: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """One drawing."""

    name: str
    width_px: float
    height_px: float
    left: float
    across: float
    top: float
    bottom: float
    text_left: float
    stretches: tuple[Part, ...]
    """Those that are drawn, longer ones first."""
    parts: tuple[Part, ...]
    """Those that have a line of text, in file order."""
    keys: tuple[Key, ...]
    not_named: int
    not_drawn: int
    size: str
    title: str
    told: str


def strips(structure: Structure, original: Original, tongue: Tongue = ENGLISH) -> tuple[Strip, ...]:
    """The drawing for a page and for a phone, our words in a language; none where no block is known."""
    runs = sorted([*block_runs(structure.blocks), *_between(structure, original)], key=lambda run: run.offset_bytes)
    if not structure.blocks or not original.size_bytes:
        return ()
    return tuple(
        _strip(name, width, runs, original.size_bytes, len(structure.problems), tongue=tongue)
        for name, width in (("wide", 640.0), ("narrow", 340.0))
    )


def _between(structure: Structure, original: Original) -> Iterable[BlockRun]:
    """What no block holds."""
    at = 0
    for block in sorted(structure.blocks, key=lambda block: block.offset_bytes):
        if block.offset_bytes > at:
            yield _gap(at, block.offset_bytes)
        at = max(at, block.offset_bytes + block.length_bytes)
    if at < original.size_bytes:
        yield _gap(at, original.size_bytes)


def _gap(start: int, end: int) -> BlockRun:
    kind = "signature" if not start and end <= _START else "in no listed block"
    return BlockRun(kind=kind, name="", count=1, offset_bytes=start, length_bytes=end - start, sha256="")


def _strip(
    name: str, width: float, runs: Sequence[BlockRun], size_bytes: int, problems: int, *, tongue: Tongue
) -> Strip:
    named = _named(runs)
    height = max(len(named) * _ROW_PX, 150.0)
    text_left = _STRIP_LEFT_PX + _STRIP_PX + _LEADER_PX
    letters = (width - text_left) / _LETTER_PX

    def part(run: BlockRun, row: float) -> Part:
        share = min(run.offset_bytes / size_bytes, 1.0)
        tall = max(min(run.length_bytes / size_bytes, 1.0 - share) * height, LEAST_PX)
        name, where = called(run, tongue), placed(run, tongue)
        return Part(
            sign=_sign(run),
            top=round(_TOP_PX + min(share * height, height - tall), 1),
            height=round(tall, 1),
            row=round(row, 1),
            name=clip(name, int(letters / cyrillic(name))),
            told=clip(where, int(letters / cyrillic(where))),
        )

    step = height / max(len(named), 1)
    rows = {id(run): _TOP_PX + (number + 0.5) * step for number, run in enumerate(named)}
    bottom = _TOP_PX + height
    drawn = _drawn(runs, named)
    keys, end = _keys({_sign(run) for run in drawn}, width, bottom + 16, tongue)
    return Strip(
        name=name,
        width_px=width,
        height_px=end,
        left=_STRIP_LEFT_PX,
        across=_STRIP_PX,
        top=_TOP_PX,
        bottom=bottom,
        text_left=text_left,
        stretches=tuple(part(run, 0.0) for run in drawn),
        parts=tuple(part(run, rows[id(run)]) for run in named),
        keys=keys,
        not_named=len(runs) - len(named),
        not_drawn=len(runs) - len(drawn),
        size=tongue.number(size_bytes),
        title=tongue.word("The file from its first byte to its last, to scale", "strip"),
        told=_summed(runs, size_bytes, problems, tongue),
    )


def _summed(runs: Sequence[BlockRun], size_bytes: int, problems: int, tongue: Tongue) -> str:
    """The drawing in sentences."""
    largest = max(runs, key=lambda run: run.length_bytes)
    length, size = tongue.number(largest.length_bytes), tongue.number(size_bytes)
    parts = tongue.word(
        "{n} parts; the largest is {x}, {length} bytes of {size}. The table of blocks says the same.", "strip",
        n=len(runs), x=called(largest, tongue), length=length, size=size,
    )  # fmt: skip
    broken = tongue.word("Problems in reading it, which stand above: {n}.", "strip", n=problems)
    return f"{parts} {broken}" if problems else parts


def _drawn(runs: Sequence[BlockRun], named: Sequence[BlockRun]) -> list[BlockRun]:
    """The parts that are drawn, longer ones first, so that what lies inside another is drawn upon it."""
    ranked = sorted(runs, key=lambda run: -run.length_bytes)
    kept = {id(run) for run in [*named, *ranked][:MOST_STRETCHES]}
    return [run for run in ranked if id(run) in kept]


def _named(runs: Sequence[BlockRun]) -> list[BlockRun]:
    """The parts that get a line of text: of many what the file says of itself, and then the largest."""
    plain = ("other", "none")
    ranked = sorted(runs, key=lambda run: (_sign(run) in plain, -run.length_bytes))
    kept = {id(run) for run in ranked[:MOST_PARTS]}
    return [run for run in runs if id(run) in kept]


def called(run: BlockRun, tongue: Tongue) -> str:
    """ "xmp (iTXt), 3 blocks"."""
    name = f" ({run.name})" if run.name and run.name != run.kind else ""
    called = f"{tongue.shown(run.kind, 'block')[0]}{name}"
    many = run.count > 1
    return visible(tongue.word("{x}, {n} blocks", "strip", x=called, n=run.count) if many else called, limit=200)


def placed(run: BlockRun, tongue: Tongue) -> str:
    """Where it begins and how long it is."""
    at, length = tongue.number(run.offset_bytes), tongue.number(run.length_bytes)
    return tongue.word("at {at}, {length} bytes", at=at, length=length)


def _sign(run: BlockRun) -> str:
    if run.kind in ("c2pa", "jumbf"):
        return "signed"
    groups = ((_PICTURE, "picture"), (_SAYS, "says"), (_SMALLER, "smaller"))
    if run.kind == "in no listed block":
        return "none"
    return "behind" if run.kind == "trailer" else next((sign for kinds, sign in groups if run.kind in kinds), "other")


def _keys(used: set[str], width: float, top: float, tongue: Tongue) -> tuple[tuple[Key, ...], float]:
    texts = {one: tongue.word(MEANINGS[one], "strip") for one in MEANINGS if one in used}
    widest = max(display_width(text) * _LETTER_PX * cyrillic(text) for text in texts.values())
    columns = max(min(int(width / (_SIGN_PX + widest)), 3), 1)
    return in_columns(texts, columns, width, top)
