"""Flat pictures drawn by chance: logos, flags, charts, maps, slides, pages of words, chats, settings, stickers, marks.

    python -m benchmarks.copies.furniture OUT_DIR

draws four of every kind, two contents in each of two designs, to look at. A drawing takes two generators: one for its
design (colours, layout, furniture) and one for its content, so that equal designs with other contents can be asked for.
All designs are our own and imitate no product.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.asked import arguments
from benchmarks.degradations import WORDS

Drawing = Callable[[np.random.Generator, np.random.Generator], Image.Image]
"""(design, content) -> RGB picture."""
Colour = tuple[int, int, int]

PAPERS: tuple[tuple[Colour, Colour, Colour], ...] = (
    ((255, 255, 255), (15, 20, 25), (29, 120, 220)),
    ((250, 247, 240), (40, 30, 20), (180, 40, 30)),
    ((21, 32, 43), (240, 240, 240), (29, 161, 242)),
    ((18, 18, 18), (230, 230, 230), (120, 200, 80)),
    ((236, 240, 244), (10, 20, 60), (230, 120, 20)),
)
"""Paper, ink, accent."""


def paper_of(design: np.random.Generator) -> tuple[Colour, Colour, Colour]:
    return PAPERS[int(design.integers(len(PAPERS)))]


def colour_of(chance: np.random.Generator) -> Colour:
    red, green, blue = (int(level) for level in chance.integers(0, 256, 3))
    return red, green, blue


def words_of(chance: np.random.Generator, number: int) -> str:
    return " ".join(str(word) for word in chance.choice(WORDS, number))


def font(size_px: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size_px)


def lines(
    draw: ImageDraw.ImageDraw,
    chance: np.random.Generator,
    box: tuple[int, int, int, int],
    size_px: int,
    ink: Colour,
    *,
    most: int = 99,
) -> int:
    """Lines of words that fill a box, at most so many; returns the y below them."""
    y, number = box[1], 0
    per_line = max(2, int((box[2] - box[0]) / (size_px * 3)))
    while y + size_px < box[3] and number < most:
        draw.text((box[0], y), words_of(chance, per_line), ink, font(size_px))
        y, number = y + round(size_px * 1.4), number + 1
    return y


def blank(design: np.random.Generator, content: np.random.Generator) -> Image.Image:
    """One colour, with or without the faint noise of a sensor."""
    pixels = np.full((600, 800, 3), colour_of(design), np.float64)
    if design.random() < 0.5:
        pixels += content.normal(0, 2, pixels.shape)
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def gradient(design: np.random.Generator, content: np.random.Generator) -> Image.Image:
    """Two colours that run into one another, along a line or from a centre."""
    down, across = np.mgrid[0:600, 0:800] / 600.0
    if content.random() < 0.6:
        angle = content.uniform(0, 2 * np.pi)
        ramp = across * np.cos(angle) + down * np.sin(angle)
    else:
        ramp = np.hypot(across - content.uniform(0, 1.3), down - content.uniform(0, 1))
    ramp = ((ramp - ramp.min()) / (ramp.max() - ramp.min()))[:, :, None]
    first, second = np.array(colour_of(design), float), np.array(colour_of(design), float)
    return Image.fromarray((first + (second - first) * ramp).astype(np.uint8))


def logo(design: np.random.Generator, content: np.random.Generator) -> Image.Image:
    """A mark of two or three plain shapes with a name under it."""
    paper, ink, accent = paper_of(design)
    picture = Image.new("RGB", (640, 480), paper)
    draw = ImageDraw.Draw(picture)
    for _ in range(int(content.integers(2, 4))):
        x, y, side = (int(v) for v in content.integers((180, 60, 80), (320, 180, 200)))
        fill = accent if content.random() < 0.5 else colour_of(content)
        match int(content.integers(4)):
            case 0:
                draw.ellipse((x, y, x + side, y + side), fill)
            case 1:
                draw.rounded_rectangle((x, y, x + side, y + side), side / 5, fill)
            case 2:
                draw.polygon([(x, y + side), (x + side // 2, y), (x + side, y + side)], fill)
            case _:
                draw.arc((x, y, x + side, y + side), 0, float(content.uniform(90, 330)), fill, side // 6)
    draw.text((200, 380), words_of(content, 1).upper(), ink, font(56))
    return picture


def flag(design: np.random.Generator, content: np.random.Generator) -> Image.Image:
    """Stripes or fields of a few colours, with or without a plain charge."""
    count, lying = int(design.integers(2, 6)), bool(design.integers(2))
    picture = Image.new("RGB", (900, 600))
    draw = ImageDraw.Draw(picture)
    for place in range(count):
        if lying:
            draw.rectangle((0, place * 600 // count, 900, (place + 1) * 600 // count), colour_of(content))
        else:
            draw.rectangle((place * 900 // count, 0, (place + 1) * 900 // count, 600), colour_of(content))
    if design.random() < 0.5:
        star(draw, (int(content.integers(200, 700)), 300), int(content.integers(50, 130)), colour_of(content))
    return picture


def star(draw: ImageDraw.ImageDraw, centre: tuple[int, int], radius: int, fill: Colour) -> None:
    """A five-pointed star."""
    angles = np.arange(10) * np.pi / 5 - np.pi / 2
    reach = np.where(np.arange(10) % 2, radius * 0.4, radius)
    points = np.stack((centre[0] + reach * np.cos(angles), centre[1] + reach * np.sin(angles)), axis=1)
    draw.polygon([(float(x), float(y)) for x, y in points], fill)


def chart(design: np.random.Generator, content: np.random.Generator) -> Image.Image:
    """Bars or a line over axes with figures; the title, the axes and the source line belong to the design."""
    paper, ink, accent = paper_of(design)
    picture = Image.new("RGB", (960, 640), paper)
    draw = ImageDraw.Draw(picture)
    draw.text((60, 24), words_of(design, 5).capitalize(), ink, font(32))
    draw.text((60, 600), f"Source: {words_of(design, 3)}", ink, font(18))
    for place in range(6):
        y = 560 - place * 80
        draw.line([(80, y), (920, y)], tuple((3 * p + i) // 4 for p, i in zip(paper, ink, strict=True)), 1)
        draw.text((30, y - 10), str(place * 20), ink, font(18))
    count, bars = int(design.integers(6, 13)), bool(design.integers(2))
    heights = content.integers(20, 400, count)
    step = 840 // count
    points = [(80 + step * place + step // 2, 560 - int(height)) for place, height in enumerate(heights)]
    for place, (x, y) in enumerate(points):
        draw.text((x - 18, 566), str(2010 + place), ink, font(18))
        if bars:
            draw.rectangle((x - step // 3, y, x + step // 3, 560), accent)
    if not bars:
        draw.line(points, accent, 5)
    return picture


def map_(design: np.random.Generator, content: np.random.Generator) -> Image.Image:
    """Land and water with labels, a legend and a scale; pins and shading are the content, the land the design's."""
    water, land = ((170, 205, 230), (235, 230, 215)) if design.random() < 0.6 else ((40, 50, 70), (70, 80, 90))
    picture = Image.new("RGB", (900, 700), water)
    draw = ImageDraw.Draw(picture)
    angles = np.linspace(0, 2 * np.pi, 90, endpoint=False)
    reach = 250 + sum(design.uniform(10, 40) * np.sin(k * angles + design.uniform(0, 6)) for k in range(2, 9))
    coast = np.stack((450 + 1.3 * reach * np.cos(angles), 340 + reach * np.sin(angles)), axis=1)
    draw.polygon([(float(x), float(y)) for x, y in coast], land, (120, 120, 120))
    for _ in range(6):
        start, end = content.integers((150, 120), (750, 560), (2, 2))
        draw.line([tuple(int(v) for v in start), tuple(int(v) for v in end)], colour_of(content), 4)
    for _ in range(10):
        x, y = (int(v) for v in content.integers((180, 140), (720, 540)))
        draw.ellipse((x - 8, y - 8, x + 8, y + 8), colour_of(content))
        draw.text((x + 12, y - 10), words_of(content, 1).capitalize(), (20, 20, 20), font(20))
    draw.rectangle((20, 560, 220, 690), "white", "black")
    for place in range(4):
        draw.ellipse((34, 572 + 28 * place, 50, 588 + 28 * place), colour_of(design))
        draw.text((60, 570 + 28 * place), words_of(design, 2), "black", font(18))
    return picture


def slide(design: np.random.Generator, content: np.random.Generator) -> Image.Image:
    """A slide: coloured band with the name of the event, a mark, a footer - and other words on each."""
    paper, ink, accent = paper_of(design)
    picture = Image.new("RGB", (1280, 720), paper)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 1280, 70), accent)
    draw.text((30, 16), words_of(design, 4).upper(), "white", font(34))
    draw.ellipse((1190, 10, 1240, 60), "white")
    star(draw, (1215, 36), 20, accent)
    draw.line([(40, 670), (1240, 670)], accent, 3)
    draw.text((40, 682), words_of(design, 7), ink, font(20))
    draw.text((60, 100), words_of(content, 5).capitalize(), ink, font(48))
    for place in range(int(content.integers(3, 7))):
        draw.ellipse((70, 208 + 66 * place, 84, 222 + 66 * place), accent)
        draw.text((104, 196 + 66 * place), words_of(content, 7), ink, font(34))
    return picture


def page(design: np.random.Generator, content: np.random.Generator) -> Image.Image:
    """A page or screenshot of nothing but words, in one or two columns."""
    paper, ink, _ = paper_of(design)
    picture = Image.new("RGB", (800, 1100), paper)
    draw, size = ImageDraw.Draw(picture), int(design.integers(18, 34))
    draw.text((60, 50), words_of(content, 4).capitalize(), ink, font(size * 1.6))
    if design.random() < 0.5:
        lines(draw, content, (60, 130, 740, 1050), size, ink, most=int(content.integers(12, 40)))
    else:
        lines(draw, content, (60, 130, 390, 1050), size, ink)
        lines(draw, content, (420, 130, 750, 1050), size, ink)
    return picture


def words_post(design: np.random.Generator, content: np.random.Generator) -> Image.Image:
    """A screenshot of a post of words only: avatar and name belong to the design, the words to the content."""
    paper, ink, accent = paper_of(design)
    picture = Image.new("RGB", (720, int(content.integers(500, 1300))), paper)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((30, 30, 110, 110), accent)
    draw.text((56, 46), chr(65 + int(design.integers(26))), "white", font(44))
    draw.text((130, 36), words_of(design, 2).title(), ink, font(30))
    draw.text((130, 74), "@" + words_of(design, 1), accent, font(24))
    below = lines(draw, content, (30, 140, 690, picture.height - 160), int(design.integers(26, 38)), ink)
    buttons(draw, content, (30, below + 20), ink)
    return picture


def buttons(
    draw: ImageDraw.ImageDraw, content: np.random.Generator, place: tuple[int, int], ink: Colour, unit: float = 1.0
) -> None:
    """Reply, repost, like, share: four icons with counts."""
    for number in range(4):
        x, y = place[0] + round(160 * unit) * number, place[1]
        side = round(30 * unit)
        if number % 2:
            draw.ellipse((x, y, x + side, y + side), outline=ink, width=3)
        else:
            draw.rounded_rectangle((x, y, x + side, y + side), side / 4, outline=ink, width=3)
        draw.text((x + round(40 * unit), y), str(content.integers(1, 9999)), ink, font(24 * unit))


def chat(design: np.random.Generator, content: np.random.Generator) -> Image.Image:
    """Speech bubbles on two sides with words and times."""
    paper, ink, accent = paper_of(design)
    picture = Image.new("RGB", (720, 1280), paper)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 720, 90), accent)
    draw.text((100, 24), words_of(design, 2).title(), "white", font(36))
    y = 120
    while y < 1160:
        rows, own = int(content.integers(1, 4)), bool(content.integers(2))
        left = 180 if own else 30
        draw.rounded_rectangle(
            (left, y, left + 510, y + 44 * rows + 40), 18, (200, 230, 200) if own else (225, 225, 225)
        )
        lines(draw, content, (left + 18, y + 10, left + 490, y + 44 * rows + 20), 28, (20, 20, 20), most=rows)
        draw.text(
            (left + 430, y + 44 * rows + 10), f"{content.integers(24):02}:{content.integers(60):02}", ink, font(18)
        )
        y += 44 * rows + 64
    return picture


def settings(design: np.random.Generator, content: np.random.Generator) -> Image.Image:
    """A page of settings: rows of icons, words and switches; only the switches and a few words differ."""
    paper, ink, accent = paper_of(design)
    picture = Image.new("RGB", (720, 1280), paper)
    draw = ImageDraw.Draw(picture)
    draw.text((40, 40), "Settings", ink, font(48))
    for row in range(12):
        y = 140 + 92 * row
        draw.rounded_rectangle((40, y, 96, y + 56), 14, colour_of(design))
        draw.text((120, y + 10), words_of(design if row % 2 else content, 3).capitalize(), ink, font(30))
        on = bool(content.integers(2))
        draw.rounded_rectangle((600, y + 8, 680, y + 48), 20, accent if on else (150, 150, 150))
        draw.ellipse((642 if on else 602, y + 10, 678 if on else 638, y + 46), "white")
        draw.line([(120, y + 76), (720, y + 76)], (128, 128, 128), 1)
    return picture


def icons(design: np.random.Generator, content: np.random.Generator) -> Image.Image:
    """A home screen: plain squares with a sign in each, a dock below."""
    picture = gradient(design, content).resize((720, 1280))
    draw = ImageDraw.Draw(picture)
    signs = [(colour_of(design), chr(65 + int(design.integers(26)))) for _ in range(12)]
    for place, row in enumerate(content.permutation(24)):
        x, y = 50 + 165 * (place % 4), 100 + 175 * (place // 4)
        fill, sign = signs[int(row) % 12]
        draw.rounded_rectangle((x, y, x + 120, y + 120), 26, fill)
        draw.text((x + 36, y + 22), sign, "white", font(70))
    return picture


def cartoon(design: np.random.Generator, content: np.random.Generator) -> Image.Image:
    """A flat drawing with content of its own: hills, houses, figures, a balloon with words."""
    picture = Image.new("RGB", (1000, 700), (190, 220, 240))
    draw = ImageDraw.Draw(picture)
    for ground in range(3):
        x = np.arange(0, 1001, 20)
        base = (
            380 + 90 * ground + content.uniform(20, 60) * np.sin(x / content.uniform(60, 160) + content.uniform(0, 6))
        )
        hill = [(0, 700), *((float(a), float(b)) for a, b in zip(x, base, strict=True)), (1000, 700)]
        draw.polygon(hill, colour_of(content))
    for _ in range(8):
        x, y, side = (int(v) for v in content.integers((20, 300, 50), (900, 600, 120)))
        wall = colour_of(content)
        draw.rectangle((x, y, x + side, y + side), wall, "black", 3)
        draw.polygon([(x - 8, y), (x + side // 2, y - side // 2), (x + side + 8, y)], colour_of(content), "black")
        for pane in range(int(content.integers(1, 4))):
            left = x + 8 + pane * side // 3
            draw.rectangle((left, y + 14, left + side // 5, y + 34), (250, 240, 180), "black", 2)
    for _ in range(5):
        x, y = (int(v) for v in content.integers((60, 420), (940, 640)))
        draw.ellipse((x - 18, y - 60, x + 18, y - 24), (235, 200, 170), "black", 3)
        draw.line([(x, y - 24), (x, y + 20)], "black", 4)
        for foot in (-16, 16):
            draw.line([(x, y + 20), (x + foot, y + 52)], "black", 4)
            draw.line([(x, y - 10), (x + foot, y + int(content.integers(-30, 20)))], "black", 4)
    draw.rounded_rectangle((560, 30, 970, 140), 30, "white", "black", 3)
    draw.text((590, 50), words_of(content, 4), "black", font(34))
    draw.text((30, 20), words_of(design, 2).title(), "black", font(30))
    return picture


FLAT: dict[str, Drawing] = {
    "blank": blank,
    "gradient": gradient,
    "logo": logo,
    "flag": flag,
    "chart": chart,
    "map": map_,
    "slide": slide,
    "page": page,
    "post of words": words_post,
    "chat": chat,
    "settings": settings,
    "home screen": icons,
    "cartoon": cartoon,
}


def drawn(kind: str, design: int, content: int) -> Image.Image:
    """A flat picture of this kind; the same numbers draw the same picture."""
    return FLAT[kind](np.random.default_rng([7, design]), np.random.default_rng([11, content]))


def sticker(chance: np.random.Generator, side: int = 160) -> Image.Image:
    """A face or a star as an emoji, RGBA."""
    tile = Image.new("RGBA", (side, side))
    draw = ImageDraw.Draw(tile)
    if chance.random() < 0.3:
        star(draw, (side // 2, side // 2), side // 2 - 4, colour_of(chance))
        return tile
    draw.ellipse((4, 4, side - 4, side - 4), "gold", "black", max(2, side // 40))
    for x in (0.32, 0.58):
        draw.ellipse((side * x, side * 0.3, side * (x + 0.1), side * 0.45), "black")
    if chance.random() < 0.5:
        draw.arc((side * 0.25, side * 0.35, side * 0.75, side * 0.8), 10, 170, "black", max(3, side // 20))
    else:
        draw.ellipse((side * 0.4, side * 0.6, side * 0.6, side * 0.8), "brown", "black")
    return tile


def with_sticker(photo: Image.Image, design: np.random.Generator, content: np.random.Generator) -> Image.Image:
    """A photograph under a few emoji of one kind."""
    shown = photo.convert("RGB")
    side = round(min(shown.size) * float(design.uniform(0.15, 0.3)))
    tile = sticker(design, side)
    for _ in range(int(content.integers(1, 4))):
        place = tuple(int(content.integers(0, max(1, length - side))) for length in shown.size)
        shown.paste(tile, (place[0], place[1]), tile)
    return shown


def with_watermark(photo: Image.Image, design: np.random.Generator, _: np.random.Generator) -> Image.Image:
    """A photograph under the mark of an agency: one in a corner, or many in rows."""
    shown = photo.convert("RGBA")
    layer = Image.new("RGBA", shown.size)
    draw, word = ImageDraw.Draw(layer), words_of(design, 1).upper() + "PIX"
    size = max(14, shown.width // 14)
    ink = (255, 255, 255, int(design.integers(90, 180)))
    if design.random() < 0.5:
        draw.text((shown.width * 0.62, shown.height * 0.88), word, ink, font(size))
        draw.ellipse(
            (shown.width * 0.54, shown.height * 0.88, shown.width * 0.6, shown.height * 0.97), outline=ink, width=4
        )
    else:
        for y in range(size, shown.height, size * 4):
            for x in range(0, shown.width, size * 7):
                draw.text((x + (y // size % 3) * size, y), word, ink, font(size))
    return Image.alpha_composite(shown, layer).convert("RGB")


def with_bar(photo: Image.Image, design: np.random.Generator, _: np.random.Generator) -> Image.Image:
    """A photograph with the caption bar of a channel: the same mark, clock and words on each."""
    shown = photo.convert("RGB")
    width, height = shown.size
    top, bar = round(height * 0.78), round(height * 0.2)
    paper, accent = colour_of(design), colour_of(design)
    draw = ImageDraw.Draw(shown)
    draw.rectangle((0, top, width, top + bar), paper)
    draw.rectangle((0, top, width // 6, top + bar), accent)
    draw.text((width * 0.02, top + bar * 0.3), "LIVE", "white", font(bar * 0.35))
    ink = "black" if sum(paper) > 380 else "white"
    draw.text((width * 0.19, top + bar * 0.08), words_of(design, 3).upper(), ink, font(bar * 0.42))
    draw.text((width * 0.19, top + bar * 0.6), words_of(design, 9), ink, font(bar * 0.25))
    return shown


def in_post(
    photo: Image.Image,
    design: np.random.Generator,
    content: np.random.Generator,
    face: Image.Image | None = None,
) -> Image.Image:
    """A screenshot of a post: avatar, name and colours belong to the design; the words and the photograph differ."""
    paper, ink, accent = paper_of(design)
    width = 720
    inside = photo.convert("RGB").resize((width - 60, round((width - 60) * min(1.3, photo.height / photo.width))))
    picture = Image.new("RGB", (width, inside.height + 480), paper)
    draw = ImageDraw.Draw(picture)
    draw.text((30, 16), f"{content.integers(24):02}:{content.integers(60):02}", ink, font(24))
    draw.rounded_rectangle((640, 16, 690, 42), 6, outline=ink, width=3)
    if face is None:
        draw.ellipse((30, 70, 118, 158), accent)
        draw.text((58, 88), chr(65 + int(design.integers(26))), "white", font(48))
    else:
        square = face.convert("RGB").resize((88, 88))
        mask = Image.new("L", (88, 88))
        ImageDraw.Draw(mask).ellipse((0, 0, 87, 87), 255)
        picture.paste(square, (30, 70), mask)
    draw.text((140, 76), words_of(design, 2).title(), ink, font(30))
    draw.text((140, 116), "@" + words_of(design, 1), accent, font(24))
    lines(draw, content, (30, 180, 690, 290), 32, ink, most=2)
    picture.paste(inside, (30, 290))
    below = 290 + inside.height + 24
    draw.text((30, below), words_of(design, 4), accent, font(22))
    buttons(draw, content, (40, below + 50), ink)
    draw.line([(0, below + 110), (width, below + 110)], accent, 2)
    return picture


def main(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for kind in FLAT:
        for number in range(4):
            drawn(kind, number // 2, number).save(out / f"{kind} {number}.png")


if __name__ == "__main__":
    main(Path(arguments(__doc__, 1, 1)[0]))
