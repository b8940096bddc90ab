"""A phone or desktop screen to draw posts on: colours, text, avatars, icons, photographs with rounded corners.

Lengths are in units of 1/360 of the screen's width, as phones count them, until they meet the picture. All designs are
our own and imitate no product; what they share with real ones is the anatomy of a post.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw, ImageFont, ImageOps

Colour = tuple[int, int, int]
BoxPx = tuple[int, int, int, int]

FONTS = ("LiberationSans", "DejaVuSans", "LiberationSerif", "LiberationSansNarrow")
WORDS = (  # noqa: SIM905 - one string reads better
    "the of and to in is that it was for on are as with his they at be this from have or by one had not but what all "
    "were when we there can an your which their said if do will each about how up out them then she many some these so "
    "people water first been call who oil its now find long down day did get come made may part Война поезд город "
    "станция сегодня видео срочно новости фото очевидцев BREAKING railway soldiers convoy 2024 report border"
).split()


@dataclass(frozen=True)
class Theme:
    """Colours of one design."""

    page: Colour
    card: Colour
    ink: Colour
    dim: Colour
    line: Colour
    accent: Colour


LIGHT = (
    Theme((255, 255, 255), (255, 255, 255), (15, 20, 25), (101, 119, 134), (225, 232, 237), (29, 155, 240)),
    Theme((240, 242, 245), (255, 255, 255), (5, 5, 5), (101, 103, 107), (206, 208, 212), (24, 119, 242)),
    Theme((237, 238, 240), (250, 250, 250), (0, 0, 0), (129, 140, 153), (220, 225, 230), (38, 136, 235)),
)
DARK = (
    Theme((0, 0, 0), (22, 24, 28), (231, 233, 234), (113, 118, 123), (47, 51, 54), (29, 155, 240)),
    Theme((24, 25, 26), (36, 37, 38), (228, 230, 235), (176, 179, 184), (62, 64, 66), (45, 136, 255)),
    Theme((21, 32, 43), (25, 39, 52), (255, 255, 255), (136, 153, 166), (56, 68, 77), (29, 161, 242)),
)


@dataclass
class Canvas:
    """The screen while it is drawn; `y_px` is where the next element goes. `boxes`: the true boxes of photographs."""

    picture: Image.Image
    theme: Theme
    chance: np.random.Generator
    font_name: str
    y_px: int = 0
    boxes: list[BoxPx] = field(default_factory=list)
    faces: bool = False
    """Whether avatars show a picture wherever a layout has one."""

    def face(self, photos: Sequence[Image.Image], share: float) -> Image.Image | None:
        """The picture for an avatar, in this share of posts: the second of the photographs."""
        drawn = self.chance.random() < share
        return photos[1] if (drawn or self.faces) and len(photos) > 1 else None

    @property
    def draw(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.picture)

    def px(self, units: float) -> int:
        return round(units * self.unit_px)

    @property
    def unit_px(self) -> float:
        return min(self.picture.width, 1440) / 360

    def font(self, units: float, *, bold: bool = False) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
        size = max(8, self.px(units))
        base = self.font_name
        plain = base if base.startswith("DejaVu") else f"{base}-Regular"
        try:
            return ImageFont.truetype(f"{base}-Bold.ttf" if bold else f"{plain}.ttf", size)
        except OSError:
            return ImageFont.load_default(size)

    def words(self, count: int) -> str:
        return " ".join(str(word) for word in self.chance.choice(WORDS, count))

    def text(self, x_px: int, y_px: int, text: str, units: float, colour: Colour, *, bold: bool = False) -> int:
        """One line of text; the height it took."""
        font = self.font(units, bold=bold)
        self.draw.text((x_px, y_px), text, colour, font)
        return round(1.35 * self.px(units))

    def paragraph(self, x0_px: int, x1_px: int, words: int, units: float, colour: Colour) -> None:
        """Wrapped text from y_px on; moves y_px below it."""
        font, line = self.font(units), ""
        for word in self.words(words).split():
            longer = f"{line} {word}".strip()
            if line and font.getlength(longer) > x1_px - x0_px:
                self.y_px += self.text(x0_px, self.y_px, line, units, colour)
                line = word
            else:
                line = longer
        if line:
            self.y_px += self.text(x0_px, self.y_px, line, units, colour)

    def avatar(
        self, x_px: int, y_px: int, units: float, face: Image.Image | None = None, *, round_: bool = True
    ) -> None:
        """A disc (or rounded square) with a gradient and a letter, or with a small picture."""
        side = self.px(units)
        if face is None:
            first, second = (self.chance.integers(30, 226, 3) for _ in range(2))
            ramp = np.linspace(0, 1, side)[:, None, None] * np.ones((1, side, 1))
            tile = Image.fromarray((first + (second - first) * ramp).astype(np.uint8))
            letter = chr(65 + int(self.chance.integers(26)))
            ImageDraw.Draw(tile).text((side * 0.3, side * 0.2), letter, "white", self.font(units * 0.5))
        else:
            tile = ImageOps.fit(face, (side, side))
        self.picture.paste(tile, (x_px, y_px), corners((side, side), side / 2 if round_ else side / 8))

    def icon(self, x_px: int, y_px: int, units: float, colour: Colour) -> None:
        """One of a few line drawings."""
        side, stroke = self.px(units), max(1, self.px(1.6))
        box = (x_px, y_px, x_px + side, y_px + side)
        match int(self.chance.integers(4)):
            case 0:
                self.draw.ellipse(box, outline=colour, width=stroke)
            case 1:
                self.draw.rounded_rectangle(box, side / 4, outline=colour, width=stroke)
            case 2:
                self.draw.polygon([(x_px, y_px), (x_px + side, y_px + side // 2), (x_px, y_px + side)], outline=colour)
            case _:
                self.draw.line(
                    [(x_px, y_px + side), (x_px + side // 2, y_px), (x_px + side, y_px + side)], colour, stroke
                )

    def photo(self, picture: Image.Image, box: BoxPx, radius_units: float = 0, border: Colour | None = None) -> None:
        """The photograph, scaled into the box; remembered as one of the true boxes."""
        x0, y0, x1, y1 = box
        scaled = picture.resize((x1 - x0, y1 - y0), Image.Resampling.LANCZOS)
        self.picture.paste(scaled, (x0, y0), corners(scaled.size, self.px(radius_units)))
        if border is not None:
            self.draw.rounded_rectangle((x0, y0, x1 - 1, y1 - 1), self.px(radius_units), outline=border, width=1)
        self.boxes.append(box)

    def rule(self, x0_px: int, x1_px: int, thickness_px: int = 1) -> None:
        """A dividing line at y_px."""
        self.draw.rectangle((x0_px, self.y_px, x1_px - 1, self.y_px + thickness_px - 1), self.theme.line)


def corners(size: tuple[int, int], radius_px: float) -> Image.Image:
    """A mask with rounded corners, smoothed by drawing at twice the size."""
    if radius_px < 1:
        return Image.new("L", size, 255)
    mask = Image.new("L", (2 * size[0], 2 * size[1]), 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, 2 * size[0] - 1, 2 * size[1] - 1), 2 * radius_px, 255)
    return mask.resize(size, Image.Resampling.BOX)


def blank(width_px: int, height_px: int, theme: Theme, chance: np.random.Generator) -> Canvas:
    """An empty screen."""
    font = str(chance.choice(FONTS, p=(0.5, 0.3, 0.1, 0.1)))
    picture = Image.new("RGB", (width_px, height_px), theme.page)
    return Canvas(picture=picture, theme=theme, chance=chance, font_name=font)


def status_bar(canvas: Canvas, colour: Colour | None = None) -> None:
    """Time and battery."""
    unit, theme = canvas.px, canvas.theme
    if colour is not None:
        canvas.draw.rectangle((0, 0, canvas.picture.width, unit(26)), colour)
    clock = f"{canvas.chance.integers(24):02}:{canvas.chance.integers(60):02}"
    canvas.text(unit(16), unit(6), clock, 12, theme.ink, bold=True)
    right = canvas.picture.width - unit(16)
    canvas.draw.rounded_rectangle((right - unit(22), unit(8), right, unit(18)), unit(3), outline=theme.ink)
    canvas.draw.rectangle((right - unit(20), unit(10), right - unit(8), unit(16)), theme.ink)
    canvas.y_px = unit(28)


def header(canvas: Canvas, title: str, colour: Colour | None = None) -> None:
    """A bar with an arrow and a title."""
    unit = canvas.px
    top = canvas.y_px
    if colour is not None:
        canvas.draw.rectangle((0, top, canvas.picture.width, top + unit(44)), colour)
    canvas.draw.line(
        [(unit(26), top + unit(12)), (unit(16), top + unit(21)), (unit(26), top + unit(30))], canvas.theme.ink, 2
    )
    canvas.text(unit(52), top + unit(11), title, 17, canvas.theme.ink, bold=True)
    canvas.y_px = top + unit(45)


def row_of_icons(canvas: Canvas, x0_px: int, x1_px: int, count: int = 4, *, numbers: bool = True) -> None:
    """Reply, repost, like, share."""
    unit = canvas.px
    for place in range(count):
        x = x0_px + place * (x1_px - x0_px) // count
        canvas.icon(x, canvas.y_px, 16, canvas.theme.dim)
        if numbers:
            canvas.text(x + unit(22), canvas.y_px + unit(2), str(canvas.chance.integers(1, 999)), 11, canvas.theme.dim)
    canvas.y_px += unit(28)


def comments(canvas: Canvas, until_px: int, x0_units: float = 14) -> None:
    """Replies down to a height."""
    unit, theme = canvas.px, canvas.theme
    while canvas.y_px < until_px:
        left = unit(x0_units)
        canvas.avatar(left, canvas.y_px, 32)
        top = canvas.y_px
        canvas.text(left + unit(42), top, canvas.words(2), 13, theme.ink, bold=True)
        canvas.y_px = top + unit(18)
        canvas.paragraph(
            left + unit(42), canvas.picture.width - unit(14), int(canvas.chance.integers(3, 24)), 13, theme.ink
        )
        canvas.y_px = max(canvas.y_px + unit(12), top + unit(44))


def nav_bar(canvas: Canvas, count: int = 5) -> None:
    """Icons at the foot of the screen."""
    unit, theme = canvas.px, canvas.theme
    width, height = canvas.picture.size
    top = height - unit(48)
    canvas.draw.rectangle((0, top, width, height), theme.card)
    canvas.draw.line([(0, top), (width, top)], theme.line)
    for place in range(count):
        canvas.icon((2 * place + 1) * width // (2 * count) - unit(10), top + unit(14), 20, theme.ink)
    canvas.boxes[:] = [(x0, min(y0, top), x1, min(y1, top)) for x0, y0, x1, y1 in canvas.boxes]
