"""Photographs and screens with writing in them, and the same with some of the writing changed.

The writing belongs to the scene: a sign, a number plate or a page, in perspective, as soft and as grainy as its
photograph, or lines on a screen. What is changed is drawn by the same means: glyphs or a word are exchanged for others
in the same line, a word is erased, a figure is added.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.forensics.benign import Floats, Pixels

CHANGES = ("exchanged", "word", "erased", "added")
_LEAST_PX = 20.0
"""Of a page's letters: at half the size they can just be read."""
_FINER = 3
"""The panel is drawn at so many times its size in the picture."""
_FONTS = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSerif.ttf", "DejaVuSansMono.ttf", "")
_WORDS = "ROAD MARKET NORTH HARBOUR STATION OFFICE PARKING SCHOOL WATER PERMIT TOTAL NUMBER CENTRE BRIDGE MUSEUM SALE"
_LETTERS, _DIGITS = "ABCDEFHKLMNPRSTUVXYZ", "0123456789"
_INKS = MappingProxyType(
    {
        "sign": (
            ((240, 240, 236), (20, 20, 22)),
            ((18, 70, 140), (245, 245, 245)),
            ((20, 100, 60), (240, 240, 240)),
            ((235, 200, 40), (15, 15, 15)),
            ((150, 30, 30), (240, 235, 225)),
        ),
        "plate": (((238, 238, 234), (15, 15, 18)), ((240, 205, 60), (15, 15, 18)), ((20, 22, 26), (235, 235, 230))),
        "page": (((236, 233, 224), (30, 28, 30)), ((246, 246, 246), (25, 35, 90))),
        "screen": (((255, 255, 255), (15, 20, 25)), ((21, 32, 43), (247, 249, 249)), ((0, 0, 0), (231, 233, 234))),
    }
)
KINDS = tuple(_INKS)


@dataclass(frozen=True, slots=True)
class _Glyph:
    letter: str
    x: float
    y: float


def written(pixels: Pixels, kind: str, change: str, rng: np.random.Generator) -> tuple[Pixels, Pixels, Pixels]:
    """The photograph with writing in it, the same with some of it changed, and where: 255 inside."""
    height, width = pixels.shape[:2]
    wide, high, size_px = _extent(kind, (width, height), rng)
    font = _font(str(rng.choice(_FONTS)), round(_FINER * size_px))
    before = _laid_out(kind, (wide, high), size_px, font, rng)
    after, touched = _changed(before, change, font, rng)
    if change == "added":
        before, after = after, before
    ground, ink = _INKS[kind][int(rng.integers(len(_INKS[kind])))]
    panels = [
        _panel((wide, high), [one for line in lines for one in line], font, ground, ink) for lines in (before, after)
    ]
    way = _placed(kind, (wide, high), (width, height), rng)
    over, light = _over((wide, high), way, (width, height)), _light(kind, (height, width), rng)
    soft = 0.0 if kind == "screen" else float(rng.uniform(0.5, 1.1))
    scenes = []
    for panel in panels:
        laid = cv2.warpPerspective(panel, way, (width, height), flags=cv2.INTER_AREA)
        laid = cv2.GaussianBlur(laid, (0, 0), soft) if soft else laid
        grain = np.random.default_rng(rng.integers(1 << 30)).normal(0, 0 if kind == "screen" else 2.0, laid.shape)
        scenes.append(pixels * (1 - over) + over * (laid * light + cv2.GaussianBlur(grain, (0, 0), 0.6) * 1.5))
    blob = _where(touched, font, way, (width, height))
    share = cv2.GaussianBlur(blob, (0, 0), 1.0)[..., None] / 255.0
    first = np.clip(np.rint(scenes[0]), 0, 255).astype(np.uint8)
    second = np.clip(np.rint(first * (1 - share) + scenes[1] * share), 0, 255).astype(np.uint8)
    return first, second, blob


def _extent(kind: str, size: tuple[int, int], rng: np.random.Generator) -> tuple[int, int, float]:
    """Width and height of the panel and the size of its letters, in pixels of the picture."""
    width, height = size
    least = _LEAST_PX if kind in ("page", "screen") else 0
    match kind:
        case "sign":
            letters = rng.uniform(0.05, 0.1) * min(size)
            return round(rng.uniform(0.35, 0.55) * width), round(letters * rng.choice([1.8, 3.2, 4.6])), letters
        case "plate":
            letters = rng.uniform(0.045, 0.09) * min(size)
            return round(5.2 * letters), round(1.5 * letters), letters
        case "page":
            return round(0.8 * width), round(0.85 * height), max(least, rng.uniform(0.03, 0.05) * min(size))
        case _:
            return width, round(rng.uniform(0.3, 0.5) * height), max(least, rng.uniform(0.03, 0.05) * min(size))


def _font(name: str, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    try:
        return ImageFont.truetype(name, size) if name else ImageFont.load_default(size)
    except OSError:
        return ImageFont.load_default(size)


def _laid_out(
    kind: str,
    extent: tuple[int, int],
    size_px: float,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    rng: np.random.Generator,
) -> list[list[_Glyph]]:
    """Lines of glyphs by their places on the panel, which is drawn finer."""
    wide, high, size = _FINER * extent[0], _FINER * extent[1], _FINER * size_px
    lines, y = [], 0.25 * size
    while y + 1.2 * size <= high or not lines:
        x, line = 0.4 * size, list[_Glyph]()
        while True:
            word = _word(kind, rng)
            if x + font.getlength(word) > wide - 0.4 * size:
                break
            for letter in word:
                line.append(_Glyph(letter, x, y))
                x += font.getlength(letter)
            line.append(_Glyph(" ", x, y))
            x += 0.35 * size
            if kind in ("page", "screen") and rng.random() < 0.15:
                break
        if not line:
            x = 0.4 * size
            for letter in _word("plate", rng)[:4]:
                line.append(_Glyph(letter, x, y))
                x += font.getlength(letter)
        lines.append(line)
        y += 1.35 * size
    return lines


def _word(kind: str, rng: np.random.Generator) -> str:
    number = "".join(rng.choice(list(_DIGITS), int(rng.integers(2, 6))))
    if kind == "plate":
        return "".join(rng.choice(list(_LETTERS), 2)) if rng.random() < 0.5 else number
    return number if rng.random() < 0.35 else str(rng.choice(_WORDS.split()))


def _changed(
    lines: list[list[_Glyph]], change: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, rng: np.random.Generator
) -> tuple[list[list[_Glyph]], list[_Glyph]]:
    """The lines after the change, and the glyphs touched, as they were and as they are."""
    number = int(rng.integers(len(lines)))
    line = list(lines[number])
    words, held = [], list[int]()
    for place, one in enumerate([*line, _Glyph(" ", 0, 0)]):
        if one.letter != " ":
            held.append(place)
        elif held:
            words.append(held)
            held = []
    chosen = words[int(rng.integers(len(words)))]
    if change in ("exchanged", "added"):
        many = min(len(chosen), int(rng.integers(1, 3)))
        start = len(chosen) - many if change == "added" else int(rng.integers(len(chosen) - many + 1))
        chosen = chosen[start : start + many]
    touched = [line[place] for place in chosen]
    for place in chosen:
        one = line[place]
        if change in ("erased", "added"):
            line[place] = _Glyph(" ", one.x, one.y)
            continue
        among = _DIGITS if one.letter in _DIGITS else _LETTERS
        other = str(rng.choice([letter for letter in among if letter != one.letter]))
        line[place] = _Glyph(other, one.x + (font.getlength(one.letter) - font.getlength(other)) / 2, one.y)
        touched.append(line[place])
    return [line if at == number else one for at, one in enumerate(lines)], touched


def _panel(
    extent: tuple[int, int],
    glyphs: list[_Glyph],
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    ground: tuple[int, int, int],
    ink: tuple[int, int, int],
) -> Floats:
    drawn = Image.new("RGB", (_FINER * extent[0], _FINER * extent[1]), ground)
    draw = ImageDraw.Draw(drawn)
    for one in glyphs:
        draw.text((one.x, one.y), one.letter, ink, font)
    # As fine as the picture will show it, so that no sampling leaves jagged letters.
    return np.asarray(cv2.GaussianBlur(np.asarray(drawn, np.float64), (0, 0), 0.4 * _FINER), np.float64)


def _placed(kind: str, extent: tuple[int, int], size: tuple[int, int], rng: np.random.Generator) -> Floats:
    """3 x 3, from pixels of the panel as it is drawn to those of the picture."""
    (wide, high), (width, height) = extent, size
    left, top = (rng.uniform(0.0, 1.0) * max(0, whole - part) for whole, part in ((width, wide), (height, high)))
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float64)
    if kind == "screen":
        left, top = 0, round(top)
    else:
        corners += rng.normal(0, 0.05 * high, (4, 2)).clip(-0.12 * high, 0.12 * high) * (0.3 if kind == "page" else 1)
    start = _FINER * np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    return np.asarray(
        cv2.getPerspectiveTransform(start, (corners + np.array([left, top])).astype(np.float32)), np.float64
    )


def _over(extent: tuple[int, int], way: Floats, size: tuple[int, int]) -> Floats:
    whole = np.ones((_FINER * extent[1], _FINER * extent[0]), np.float64)
    return np.asarray(cv2.GaussianBlur(cv2.warpPerspective(whole, way, size), (0, 0), 0.6)[..., None], np.float64)


def _light(kind: str, shape: tuple[int, int], rng: np.random.Generator) -> Floats:
    """Brightness that falls off slowly to one side."""
    down, across = np.mgrid[0 : 1 : shape[0] * 1j, 0 : 1 : shape[1] * 1j]
    if kind == "screen":
        return np.ones((*shape, 1))
    return (rng.uniform(0.75, 1.0) + rng.uniform(-0.15, 0.15) * (across + down - 1))[..., None]


def _where(
    glyphs: list[_Glyph], font: ImageFont.FreeTypeFont | ImageFont.ImageFont, way: Floats, size: tuple[int, int]
) -> Pixels:
    """The boxes of glyphs in the picture, as one."""
    boxes = np.array([font.getbbox(one.letter) for one in glyphs]) + np.array([[one.x, one.y] * 2 for one in glyphs])
    (left, top), (right, bottom) = boxes[:, :2].min(0) - 1.5 * _FINER, boxes[:, 2:].max(0) + 1.5 * _FINER
    corners = np.array([[[left, top], [right, top], [right, bottom], [left, bottom]]], np.float64)
    blob = np.zeros(size[::-1], np.uint8)
    cv2.fillPoly(blob, [np.rint(cv2.perspectiveTransform(corners, way)[0]).astype(np.int32)], 255)
    return blob
