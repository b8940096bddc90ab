"""The degradations that copies are measured under: single ones, three in a row, repost chains; all seeded.

None of this serves for fitting: what scores are fitted on is degraded by other code (benchmarks/copies/attacks.py). A
trial takes an RGB picture, pictures of strangers for company, and a generator; `SINGLE` and `MIXED` list them by name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from benchmarks.copies.canvas import LIGHT, blank
from benchmarks.copies.collages import SHAPES, between_bars, collage
from benchmarks.copies.screens import Screen, saved, screen

Company = Sequence[Image.Image]
Trial = Callable[[Image.Image, Company, np.random.Generator], Image.Image]


def jpeg(low: int, high: int = 0) -> Trial:
    """JPEG at a quality, or at one drawn between two."""
    return lambda photo, _, chance: saved(photo, int(chance.integers(low, max(high, low) + 1)))


def resized(longest_px: int) -> Trial:
    return lambda photo, _, __: ImageOps.contain(photo, (longest_px, longest_px), Image.Resampling.BICUBIC)


def cropped(share: float) -> Trial:
    """A window with this share of the area, anywhere, in another shape by up to a fifth."""

    def cut(photo: Image.Image, _: Company, chance: np.random.Generator) -> Image.Image:
        stretch = float(chance.uniform(0.8, 1.25))
        width = min(photo.width, round(photo.width * (share * stretch) ** 0.5))
        height = min(photo.height, round(photo.height * (share / stretch) ** 0.5))
        left = int(chance.integers(0, photo.width - width + 1))
        top = int(chance.integers(0, photo.height - height + 1))
        return photo.crop((left, top, left + width, top + height))

    return cut


def turned(low_deg: float, high_deg: float) -> Trial:
    """Turned either way, corners filled with black or white."""

    def turn(photo: Image.Image, _: Company, chance: np.random.Generator) -> Image.Image:
        angle = float(chance.uniform(low_deg, high_deg)) * (1 if chance.random() < 0.5 else -1)
        fill = (0, 0, 0) if chance.random() < 0.5 else (255, 255, 255)
        return photo.rotate(angle, Image.Resampling.BICUBIC, expand=bool(chance.random() < 0.5), fillcolor=fill)

    return turn


def quarter(photo: Image.Image, _: Company, chance: np.random.Generator) -> Image.Image:
    ways = (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)
    return photo.transpose(ways[int(chance.integers(3))])


def words(photo: Image.Image, _: Company, chance: np.random.Generator) -> Image.Image:
    """Two or three lines of large words across the picture, on a bar or with a rim."""
    canvas = blank(photo.width, photo.height, LIGHT[0], chance)
    canvas.picture.paste(photo)
    size = max(12, photo.height // int(chance.integers(8, 14)))
    canvas_font = canvas.font(size / canvas.unit_px, bold=True)
    top = int(chance.integers(0, max(1, photo.height - 4 * size)))
    on_bar = chance.random() < 0.5
    if on_bar:
        canvas.draw.rectangle((0, top, photo.width, top + round(2.8 * size)), (0, 0, 0))
    for line in range(2):
        place = photo.width * 0.04, top + 0.2 * size + 1.3 * size * line
        rim = 0 if on_bar else max(1, size // 12)
        canvas.draw.text(place, canvas.words(5), "white", canvas_font, stroke_width=rim, stroke_fill="black")
    return canvas.picture


def stickers(photo: Image.Image, _: Company, chance: np.random.Generator) -> Image.Image:
    """Two to four faces of a tenth to a quarter of the height."""
    drawn = photo.copy()
    draw = ImageDraw.Draw(drawn)
    for _number in range(int(chance.integers(2, 5))):
        side = round(photo.height * float(chance.uniform(0.1, 0.25)))
        x, y = (int(chance.integers(0, max(1, length - side))) for length in photo.size)
        draw.ellipse((x, y, x + side, y + side), "gold", "black", 2)
        for eye in (0.3, 0.62):
            draw.ellipse((x + eye * side, y + 0.3 * side, x + (eye + 0.1) * side, y + 0.45 * side), "black")
        draw.arc(
            (x + 0.25 * side, y + 0.4 * side, x + 0.75 * side, y + 0.8 * side), 10, 170, "black", max(2, side // 20)
        )
    return drawn


def logo(photo: Image.Image, _: Company, chance: np.random.Generator) -> Image.Image:
    """A half transparent mark with letters in a corner or the middle."""
    side = max(24, photo.width // 5)
    mark = blank(side, side // 2, LIGHT[0], chance)
    mark.draw.rectangle((0, 0, side, side // 2), (200, 20, 30))
    mark.draw.text((side // 10, side // 10), "NEWS24", "white", mark.font(side / 5 / mark.unit_px, bold=True))
    drawn = photo.copy()
    places = ((8, 8), (photo.width - side - 8, 8), (photo.width - side - 8, photo.height - side // 2 - 8))
    place = places[int(chance.integers(3))]
    box = (*place, place[0] + side, place[1] + side // 2)
    drawn.paste(Image.blend(drawn.crop(box), mark.picture, 0.7), place)
    return drawn


def tinted(contrast: float, colour: float, gains: tuple[float, float, float]) -> Trial:
    """A filter: contrast, saturation, gains of red, green and blue."""

    def tint(photo: Image.Image, _: Company, __: np.random.Generator) -> Image.Image:
        strong = ImageEnhance.Color(ImageEnhance.Contrast(photo).enhance(contrast)).enhance(colour)
        return Image.fromarray(np.clip(np.asarray(strong) * np.array(gains), 0, 255).astype(np.uint8))

    return tint


def extreme(photo: Image.Image, _: Company, chance: np.random.Generator) -> Image.Image:
    """Solarised, embossed, posterised to two levels, or turned into a negative."""
    match int(chance.integers(4)):
        case 0:
            return ImageOps.solarize(photo, 128)
        case 1:
            return photo.filter(ImageFilter.EMBOSS)
        case 2:
            return ImageOps.posterize(photo, 1)
        case _:
            return ImageOps.invert(photo)


def barred(photo: Image.Image, _: Company, chance: np.random.Generator) -> Image.Image:
    return between_bars(photo, chance)[0]


def collaged(photo: Image.Image, company: Company, chance: np.random.Generator) -> Image.Image:
    """Two by two with strangers, in any place."""
    panes = [company[place % len(company)] for place in range(3)]
    panes.insert(int(chance.integers(4)), photo)
    return collage(panes, "two by two", int(chance.integers(0, 16)), chance)[0]


def pair(photo: Image.Image, company: Company, chance: np.random.Generator) -> Image.Image:
    """Side by side or one above the other with the first of the company."""
    return collage((photo, company[0]), SHAPES[int(chance.integers(2))], int(chance.integers(0, 16)), chance)[0]


def inset(photo: Image.Image, company: Company, chance: np.random.Generator) -> Image.Image:
    """A third to a half as wide, laid on a stranger."""
    ground = ImageOps.fit(company[0], (960, 720))
    small = ImageOps.contain(photo, (int(chance.integers(320, 480)), 500))
    x, y = (int(chance.integers(0, length - own)) for length, own in zip(ground.size, small.size, strict=True))
    ground.paste(small, (x, y))
    return ground


@dataclass(frozen=True)
class Shot:
    """How a screenshot of a post is made (benchmarks/copies/screens.py)."""

    layout: str
    cut: bool = False
    dark: bool | None = None

    def screen(self, photo: Image.Image, company: Company, chance: np.random.Generator) -> Screen:
        return screen((photo, *company), self.layout, int(chance.integers(2**31)), cut=self.cut, dark=self.dark)

    def __call__(self, photo: Image.Image, company: Company, chance: np.random.Generator) -> Image.Image:
        return self.screen(photo, company, chance).picture


SHOTS: dict[str, Shot] = {
    "post as on X": Shot("inset post"),
    "post as on X, cut": Shot("inset post", cut=True),
    "post as on Telegram": Shot("channel bubble"),
    "post as on Facebook": Shot("card"),
    "post as on Instagram": Shot("full-width post"),
    "chat as in WhatsApp": Shot("wallpaper chat"),
    "wall as on VK": Shot("community wall"),
    "news page, light": Shot("article", dark=False),
    "news page, dark": Shot("article", dark=True),
    "any post, cut": Shot("timeline", cut=True),
}
"""The anatomy of each, in designs of our own."""


def off_a_screen(photo: Image.Image, _: Company, chance: np.random.Generator) -> Image.Image:
    """Photographed off a screen: perspective, a grid of cells, a bright corner, softness, noise, JPEG."""
    width, height = photo.size
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], float)
    seen = corners * 0.8 + (width * 0.1, height * 0.1) + chance.uniform(-0.06, 0.06, (4, 2)) * (width, height)
    rows = []
    for (x, y), (u, v) in zip(seen, corners, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    solved = np.linalg.solve(np.array(rows), corners.reshape(-1))
    flat = photo.transform(photo.size, Image.Transform.PERSPECTIVE, tuple(solved), Image.Resampling.BICUBIC)
    pixels = np.asarray(flat.filter(ImageFilter.GaussianBlur(1)), np.float64)
    ys, xs = np.mgrid[0:height, 0:width]
    pixels *= (1 - 0.08 * ((xs % 4 == 0) | (ys % 4 == 0)))[..., None]
    pixels += (40 * np.exp(-((xs / width - 0.8) ** 2 + (ys / height - 0.2) ** 2) / 0.05))[..., None]
    pixels += chance.normal(0, 6, pixels.shape)
    return saved(Image.fromarray(pixels.clip(0, 255).astype(np.uint8)), int(chance.integers(50, 85)))


def blurred(radius_px: float) -> Trial:
    return lambda photo, _, __: photo.filter(ImageFilter.GaussianBlur(radius_px))


def noisy(photo: Image.Image, _: Company, chance: np.random.Generator) -> Image.Image:
    """Gaussian noise of 15 grey levels."""
    pixels = np.asarray(photo) + chance.normal(0, 15, (photo.height, photo.width, 3))
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def ruined(photo: Image.Image, company: Company, chance: np.random.Generator) -> Image.Image:
    """Printed badly, painted over, scanned askew: cut, turned, of two tones, scribbled on, at JPEG quality 20."""
    drawn = turned(3, 12)(cropped(0.6)(photo, company, chance), company, chance)
    drawn = ImageOps.autocontrast(ImageEnhance.Contrast(drawn.convert("L").convert("RGB")).enhance(1.8), 5)
    draw = ImageDraw.Draw(drawn)
    for _number in range(6):
        ends = [(int(chance.integers(drawn.width)), int(chance.integers(drawn.height))) for _ in range(3)]
        draw.line(ends, tuple(int(v) for v in chance.integers(0, 255, 3)), max(3, drawn.width // 40))
    return saved(drawn.filter(ImageFilter.GaussianBlur(1)), 20)


SINGLE: dict[str, Trial] = {
    "JPEG 50": jpeg(50),
    "JPEG 30": jpeg(30),
    "JPEG 10": jpeg(10),
    "400 px": resized(400),
    "200 px": resized(200),
    "crop 50 %": cropped(0.5),
    "crop 30 %": cropped(0.3),
    "crop 15 %": cropped(0.15),
    "mirrored": lambda photo, _, __: ImageOps.mirror(photo),
    "turned 2-5 degrees": turned(2, 5),
    "turned 5-15 degrees": turned(5, 15),
    "turned by quarters": quarter,
    "words": words,
    "stickers": stickers,
    "logo": logo,
    "grey": lambda photo, _, __: photo.convert("L").convert("RGB"),
    "vintage": tinted(0.85, 0.6, (1.1, 1.0, 0.8)),
    "strong filter": tinted(1.8, 2.0, (1.2, 0.95, 0.8)),
    "extreme filter": extreme,
    "between bars": barred,
    "collage of four": collaged,
    "inset": inset,
    "stretched": lambda photo, _, __: photo.resize((photo.width * 4 // 3, photo.height)),
    **SHOTS,
    "off a screen": off_a_screen,
    "blur 2 px": blurred(2),
    "blur 5 px": blurred(5),
    "noise": noisy,
    "ruined": ruined,
}


def three(photo: Image.Image, company: Company, chance: np.random.Generator) -> Image.Image:
    """Geometry, then light, then an overlay or a post."""
    steps = (
        ("crop 50 %", "crop 30 %", "mirrored", "turned 5-15 degrees", "stretched", "turned by quarters"),
        ("JPEG 10", "grey", "vintage", "strong filter", "blur 2 px", "noise", "200 px"),
        ("words", "stickers", "logo", "post as on X", "post as on Telegram", "inset", "between bars"),
    )
    for names in steps:
        photo = SINGLE[str(chance.choice(names))](photo, company, chance)
    return photo


def chain(photo: Image.Image, company: Company, chance: np.random.Generator) -> Image.Image:
    """Edited, posted, scaled down and saved badly, then posted, cropped, in a collage or photographed off a screen."""
    edit = str(chance.choice(("crop 50 %", "words", "mirrored", "logo", "vintage")))
    photo = SINGLE[edit](photo, company, chance)
    photo = Shot(str(chance.choice(("inset post", "channel bubble", "timeline"))))(photo, company, chance)
    photo = jpeg(30, 45)(resized(int(chance.integers(600, 900)))(photo, company, chance), company, chance)
    last = str(chance.choice(("post as on X", "post as on Telegram", "off a screen", "crop 50 %", "collage of four")))
    return SINGLE[last](photo, company[1:], chance) if last != "crop 50 %" else cropped(0.7)(photo, company, chance)


MIXED: dict[str, Trial] = {"three in a row": three, "repost chain": chain}
TWO = "two in a collage"
FAMILIES: dict[str, tuple[str, ...]] = {
    "JPEG, smaller": ("JPEG 50", "JPEG 30", "JPEG 10", "400 px", "200 px"),
    "crops": ("crop 50 %", "crop 30 %", "crop 15 %"),
    "mirrored": ("mirrored",),
    "turned, stretched": ("turned 2-5 degrees", "turned 5-15 degrees", "turned by quarters", "stretched"),
    "words, stickers, logo": ("words", "stickers", "logo"),
    "filters": ("grey", "vintage", "strong filter"),
    "extreme filter": ("extreme filter",),
    "bars, inset, collage of four": ("between bars", "inset", "collage of four"),
    "two in a collage": (TWO,),
    "screenshots": tuple(SHOTS),
    "off a screen": ("off a screen",),
    "blur, noise": ("blur 2 px", "blur 5 px", "noise"),
    "ruined": ("ruined",),
    "three in a row": ("three in a row",),
    "repost chain": ("repost chain",),
}
"""Trials under one head, for tables of few queries."""
