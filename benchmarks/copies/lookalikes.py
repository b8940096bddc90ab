"""What is no copy and looks like one: the same post with another photo, shared avatars, bars, logos, plain pictures.

For each kind there is something to index and something to ask: both are drawn from the same number, and no photograph
is in both, but for avatars, where an indexed one is the face beside a stranger's post.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont, ImageOps

from benchmarks.copies.canvas import LIGHT, WORDS, blank
from benchmarks.copies.screens import Screen, screen

POSTS = (
    "inset post",
    "card",
    "full-width post",
    "channel bubble",
    "article",
    "timeline",
    "community wall",
    "photo grid",
)
WITH_FACES = ("inset post", "card", "full-width post", "community wall", "timeline")
OTHER_WORDS = 50_000
LATIN = [word for word in WORDS if word.isascii()]
"""Pillow's own font has no others."""


def post(photos: Sequence[Image.Image], number: int, *, other_words: bool = False) -> Screen:
    """A post around the first photograph. One number, one layout, size, theme and font; the words may be others."""
    words = OTHER_WORDS + number + photos[0].width * photos[0].height if other_words else None
    return screen(photos, POSTS[number % len(POSTS)], number, cut=False, words_seed=words)


def beside_a_face(photo: Image.Image, face: Image.Image, number: int) -> Image.Image:
    """A post around a photograph in a layout where the second picture is the avatar."""
    return screen([photo, face, photo, photo], WITH_FACES[number % len(WITH_FACES)], number, faces=True).picture


def captioned(photo: Image.Image, number: int) -> Image.Image:
    """A bar with two lines of words above the picture and one below: the same words and size for one number."""
    shown = ImageOps.contain(photo, (800, 800))
    shown = shown.resize((800, round(shown.height * 800 / shown.width)))
    chance = np.random.default_rng(number)
    dark = bool(chance.random() < 0.5)
    made = Image.new("RGB", (800, shown.height + 210), "black" if dark else "white")
    made.paste(shown, (0, 130))
    draw, font = ImageDraw.Draw(made), ImageFont.load_default(int(chance.integers(34, 44)))
    for top in (14, 70, shown.height + 146):
        draw.text((20, top), " ".join(chance.choice(LATIN, 6)).upper(), "white" if dark else "black", font)
    return made


def marked(photo: Image.Image, number: int) -> Image.Image:
    """A logo, a flag or a watermark over all of the picture: the same for one number."""
    shown = photo.resize((800, max(200, round(photo.height * 800 / photo.width))))
    chance = np.random.default_rng(number)
    text = " ".join(chance.choice(LATIN, 2)).upper()
    match number % 3:
        case 0:
            return _watermarked(shown, text, chance)
        case 1:
            return _with_logo(shown, text, chance)
        case _:
            return _with_flag(shown, chance)


def _watermarked(shown: Image.Image, text: str, chance: np.random.Generator) -> Image.Image:
    veil = Image.new("L", (shown.width * 2, shown.height * 2), 0)
    font = ImageFont.load_default(int(chance.integers(28, 40)))
    for row, top in enumerate(range(0, veil.height, 110)):
        for left in range(-140 * (row % 2), veil.width, 280):
            ImageDraw.Draw(veil).text((left, top), text, 90, font)
    veil = veil.rotate(25).crop((shown.width // 2, shown.height // 2, shown.width * 3 // 2, shown.height * 3 // 2))
    return Image.composite(Image.new("RGB", shown.size, "white"), shown, veil.resize(shown.size))


def _with_logo(shown: Image.Image, text: str, chance: np.random.Generator) -> Image.Image:
    made, width = shown.copy(), int(chance.integers(180, 300))
    board = blank(width, width // 3, LIGHT[0], chance)
    board.draw.rectangle((0, 0, width, width // 3), tuple(int(level) for level in chance.integers(0, 255, 3)))
    board.draw.text((width // 12, width // 12), text[:10], "white", ImageFont.load_default(width // 8))
    board.draw.ellipse((width * 3 // 4, 8, width - 8, width // 4), outline="white", width=5)
    made.paste(board.picture, (16, shown.height - width // 3 - 16))
    return made


def _with_flag(shown: Image.Image, chance: np.random.Generator) -> Image.Image:
    made, width = shown.copy(), int(chance.integers(220, 340))
    board = Image.new("RGB", (width, width * 2 // 3))
    draw = ImageDraw.Draw(board)
    for stripe in range(3):
        top = stripe * board.height // 3
        draw.rectangle((0, top, width, top + board.height // 3), tuple(int(v) for v in chance.integers(0, 255, 3)))
    middle, radius = (width // 2, board.height // 2), board.height // 4
    points = [
        (middle[0] + r * np.cos(0.2 * np.pi * k), middle[1] + r * np.sin(0.2 * np.pi * k))
        for k, r in enumerate([radius, radius // 2] * 5)
    ]
    draw.polygon(points, "gold", "black")
    made.paste(board, (shown.width - width - 16, 16))
    return made


def words_only(number: int) -> Image.Image:
    """A thread of words with no photograph."""
    return screen([Image.new("RGB", (400, 300))], "words only", number).picture


def plain(number: int) -> Image.Image:
    """Blank, a gradient, flat artwork, or words on one colour."""
    chance = np.random.default_rng(900_000 + number)
    width, height = (int(side) for side in chance.integers(400, 900, 2))
    first, second = chance.integers(0, 256, (2, 3))
    made = Image.new("RGB", (width, height), tuple(int(level) for level in first))
    draw = ImageDraw.Draw(made)
    match number % 4:
        case 1:
            turned = bool(chance.integers(2))
            ramp = np.linspace(0, 1, height if turned else width)[:, None] * (second - first) + first
            rows = np.repeat(ramp[:, None], width if turned else height, axis=1).astype(np.uint8)
            return Image.fromarray(rows if turned else np.ascontiguousarray(rows.transpose(1, 0, 2)))
        case 2:
            for _ in range(int(chance.integers(2, 6))):
                x, y, side = (int(value) for value in (chance.integers(width), chance.integers(height), width // 4))
                shape = (draw.ellipse, draw.rectangle)[int(chance.integers(2))]
                shape((x - side, y - side, x, y), tuple(int(level) for level in chance.integers(0, 256, 3)))
        case 3:
            for line in range(int(chance.integers(2, 9))):
                ink = "white" if int(first.sum()) < 380 else "black"
                draw.text((20, 20 + 44 * line), " ".join(chance.choice(LATIN, 8)), ink, ImageFont.load_default(28))
    return made
