"""What becomes of a picture beyond saving it again: screenshots, crops, collages, chains of them; all seeded.

Every function takes an RGB picture, a generator seeded from the file's name, and a few pictures of strangers for
company. `ATTACKS` lists them beside the degradations of benchmarks/degradations.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageOps

from benchmarks.degradations import DEGRADATIONS, WORDS, Degradation, blur, caption, crop, jpeg, noise, resize, rotate

Attack = Callable[[Image.Image, np.random.Generator, Sequence[Image.Image]], Image.Image]


def alone(degradation: Degradation) -> Attack:
    """A degradation that needs no company."""
    return lambda picture, chance, _: degradation(picture, chance)


def words_of(chance: np.random.Generator, number: int) -> str:
    return " ".join(chance.choice(WORDS, number))


def post(picture: Image.Image, chance: np.random.Generator, others: Sequence[Image.Image]) -> Image.Image:
    """A phone screenshot of a post, light or dark: avatar, name, words, the picture cut to its box, a row of icons."""
    dark = bool(chance.integers(2))
    paper, ink, faint = ("#15202b", "#f0f0f0", "#8899a6") if dark else ("white", "#0f1419", "#536471")
    width = int(chance.integers(360, 1080))
    unit = width / 540
    inside = ImageOps.contain(picture, (round(width * float(chance.uniform(0.72, 1.0))), round(width * 1.3)))
    if inside.height > inside.width * 1.1:
        inside = ImageOps.fit(inside, (inside.width, round(inside.width * 1.1)))
    lines = int(chance.integers(1, 5))
    head, foot = round((100 + lines * 30) * unit), round(float(chance.uniform(80, 320)) * unit)
    screen = Image.new("RGB", (width, head + inside.height + foot), paper)
    draw = ImageDraw.Draw(screen)
    face = ImageOps.fit(others[0], (round(48 * unit), round(48 * unit)))
    mask = Image.new("L", face.size)
    ImageDraw.Draw(mask).ellipse((0, 0, face.width, face.height), 255)
    screen.paste(face, (round(16 * unit), round(20 * unit)), mask)
    draw.text((76 * unit, 20 * unit), words_of(chance, 2).title(), ink, ImageFont.load_default(20 * unit))
    draw.text((76 * unit, 46 * unit), f"@user{chance.integers(9999)} · 3 h", faint, ImageFont.load_default(16 * unit))
    for line in range(lines):
        draw.text((16 * unit, (84 + 30 * line) * unit), words_of(chance, 7), ink, ImageFont.load_default(21 * unit))
    left = (width - inside.width) // 2
    screen.paste(inside, (left, head))
    below = head + inside.height + 24 * unit
    for place in range(4):
        x = (30 + 130 * place) * unit
        draw.ellipse((x, below, x + 24 * unit, below + 24 * unit), outline=faint, width=max(1, round(2.5 * unit)))
        draw.text((x + 32 * unit, below), str(chance.integers(1, 9999)), faint, ImageFont.load_default(18 * unit))
    y = below + 60 * unit
    while y < screen.height - 30 * unit:
        draw.text((16 * unit, y), words_of(chance, 7), ink, ImageFont.load_default(20 * unit))
        y += 32 * unit
    return screen


def post_cut(picture: Image.Image, chance: np.random.Generator, others: Sequence[Image.Image]) -> Image.Image:
    """A screenshot of a post with a window of it cut out that keeps most of the picture."""
    whole = post(picture, chance, others)
    top, bottom = chance.uniform(0, 0.15, 2)
    sides = chance.uniform(0, 0.06, 2)
    box = (whole.width * sides[0], whole.height * top, whole.width * (1 - sides[1]), whole.height * (1 - bottom))
    return whole.crop(tuple(round(float(value)) for value in box))


def collage(picture: Image.Image, chance: np.random.Generator, others: Sequence[Image.Image]) -> Image.Image:
    """Four panes of 400 x 300, the picture in one of them."""
    board = Image.new("RGB", (820, 620), "white")
    own = int(chance.integers(4))
    for pane in range(4):
        shown = ImageOps.fit(picture if pane == own else others[pane % len(others)], (400, 300))
        board.paste(shown, (5 + 410 * (pane % 2), 5 + 310 * (pane // 2)))
    return board


def inset(picture: Image.Image, chance: np.random.Generator, others: Sequence[Image.Image]) -> Image.Image:
    """The picture in a corner of a stranger, at a third to a half of its width."""
    ground = ImageOps.fit(others[0], (900, 600))
    side = int(chance.integers(300, 450))
    small = ImageOps.contain(picture, (side, 500))
    place = int(chance.integers(0, 900 - small.width)), int(chance.integers(0, max(1, 600 - small.height)))
    ground.paste(small, place)
    return ground


def caption_bar(picture: Image.Image, chance: np.random.Generator, _: Sequence[Image.Image]) -> Image.Image:
    """White bars above and below with words in them, as memes have."""
    bar = max(30, picture.height // 5)
    drawn = ImageOps.expand(picture, (0, bar), "white")
    for top in (bar // 4, drawn.height - bar + bar // 4):
        ImageDraw.Draw(drawn).text((10, top), words_of(chance, 6).upper(), "black", ImageFont.load_default(bar // 2))
    return drawn


def screen_photo(picture: Image.Image, chance: np.random.Generator, _: Sequence[Image.Image]) -> Image.Image:
    """A screen photographed at an angle: perspective, a line pattern, softness, noise."""
    width, height = picture.size
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], float)
    moved = corners + chance.uniform(-0.07, 0.07, (4, 2)) * (width, height) + (width * 0.1, height * 0.1)
    rows = []
    for (x, y), (u, v) in zip(moved, corners, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    solved = np.linalg.solve(np.array(rows), corners.reshape(-1))
    size = round(width * 1.2), round(height * 1.2)
    shown = picture.transform(size, Image.Transform.PERSPECTIVE, tuple(solved), Image.Resampling.BICUBIC)
    pixels = np.asarray(shown.filter(ImageFilter.GaussianBlur(0.8)), np.float64)
    pixels *= 1 - 0.06 * (np.arange(size[1]) % 3 == 0)[:, None, None]
    return jpeg(70)(noise(Image.fromarray(pixels.clip(0, 255).astype(np.uint8)), chance), chance)


def chain(picture: Image.Image, chance: np.random.Generator, others: Sequence[Image.Image]) -> Image.Image:
    """A repost of a repost: cut or captioned, posted, scaled down, saved badly, posted again or cut."""
    first = crop(0.7)(picture, chance) if chance.integers(2) else caption(picture, chance)
    small = jpeg(int(chance.integers(30, 46)))(
        resize(int(chance.integers(500, 800)))(post(first, chance, others), chance), chance
    )
    return post(small, chance, others[1:]) if chance.integers(2) else crop(0.75)(small, chance)


def threefold(picture: Image.Image, chance: np.random.Generator, others: Sequence[Image.Image]) -> Image.Image:
    """Geometry, then light, then an overlay or a frame."""
    shaped = [crop(0.5), rotate(6), DEGRADATIONS["mirrored"], DEGRADATIONS["stretched by a quarter"]][
        chance.integers(4)
    ]
    lit = [jpeg(15), blur(2), DEGRADATIONS["grey"], noise, resize(250)][chance.integers(5)]
    framed: list[Attack] = [post, collage, caption_bar, alone(caption)]
    return framed[chance.integers(4)](lit(shaped(picture, chance), chance), chance, others)


ATTACKS: dict[str, Attack] = {
    **{words: alone(degradation) for words, degradation in DEGRADATIONS.items()},
    "turned by 10 degrees": alone(rotate(10)),
    "crop to 30 %": alone(crop(0.3)),
    "crop to 15 %": alone(crop(0.15)),
    "mirrored crop to 50 %": lambda p, c, _: ImageOps.mirror(crop(0.5)(p, c)),
    "blur, radius 5 px": alone(blur(5)),
    "post": post,
    "post, cut": post_cut,
    "collage of four": collage,
    "inset": inset,
    "caption bars": caption_bar,
    "photo of a screen": screen_photo,
    "repost chain": chain,
    "three in a row": threefold,
}
