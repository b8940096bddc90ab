"""What happens to a picture on its way round: seeded degradations, one function each, listed in `DEGRADATIONS`.

Every function takes an RGB picture and a generator seeded from the file's name, so each run degrades alike.
"""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps

Degradation = Callable[[Image.Image, np.random.Generator], Image.Image]


def jpeg(quality: int) -> Degradation:
    """Saved as JPEG at this quality and read again."""

    def saved(picture: Image.Image, _: np.random.Generator) -> Image.Image:
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=quality)
        return Image.open(buffer).convert("RGB")

    return saved


def resize(longest_px: int) -> Degradation:
    """Scaled to this length of the longer side."""
    return lambda picture, _: ImageOps.contain(picture, (longest_px, longest_px))


def turn(how: Image.Transpose) -> Degradation:
    """Mirrored or turned by quarter turns."""
    return lambda picture, _: picture.transpose(how)


def rotate(degrees: float) -> Degradation:
    """Turned by a few degrees, corners filled black."""
    return lambda picture, _: picture.rotate(degrees, Image.Resampling.BICUBIC)


def blur(radius_px: float) -> Degradation:
    """Gaussian blur."""
    return lambda picture, _: picture.filter(ImageFilter.GaussianBlur(radius_px))


def crop(share: float) -> Degradation:
    """A random window that keeps this share of the area, in the same aspect ratio."""

    def cut(picture: Image.Image, chance: np.random.Generator) -> Image.Image:
        width, height = (round(side * share**0.5) for side in picture.size)
        left = int(chance.integers(0, picture.width - width + 1))
        top = int(chance.integers(0, picture.height - height + 1))
        return picture.crop((left, top, left + width, top + height))

    return cut


def caption(picture: Image.Image, chance: np.random.Generator) -> Image.Image:
    """A line of white text with a dark rim, a tenth of the height, laid over the picture."""
    drawn = picture.copy()
    size_px = max(10, picture.height // 10)
    place = (picture.width * 0.05, picture.height * float(chance.uniform(0.05, 0.8)))
    font = ImageFont.load_default(size_px)
    ImageDraw.Draw(drawn).text(place, "BREAKING: seen today", "white", font, stroke_width=2, stroke_fill="black")
    return drawn


def sticker(picture: Image.Image, chance: np.random.Generator) -> Image.Image:
    """A yellow disc over 4 % of the area."""
    drawn = picture.copy()
    side = round((picture.width * picture.height * 0.04 * 4 / np.pi) ** 0.5)
    left = int(chance.integers(0, max(1, picture.width - side)))
    top = int(chance.integers(0, max(1, picture.height - side)))
    ImageDraw.Draw(drawn).ellipse((left, top, left + side, top + side), "gold", "black")
    return drawn


def grey(picture: Image.Image, _: np.random.Generator) -> Image.Image:
    """Without colour."""
    return picture.convert("L").convert("RGB")


def mild_filter(picture: Image.Image, _: np.random.Generator) -> Image.Image:
    """A warm filter: contrast and saturation up by a fifth, red up and blue down by a tenth."""
    strong = ImageEnhance.Color(ImageEnhance.Contrast(picture).enhance(1.2)).enhance(1.2)
    return Image.fromarray(np.clip(np.asarray(strong) * np.array([1.1, 1.0, 0.9]), 0, 255).astype(np.uint8))


def noise(picture: Image.Image, chance: np.random.Generator) -> Image.Image:
    """Gaussian noise of 15 grey levels."""
    noisy = np.asarray(picture) + chance.normal(0, 15, (picture.height, picture.width, 3))
    return Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))


def letterbox(picture: Image.Image, _: np.random.Generator) -> Image.Image:
    """Black bars above and below, each an eighth of the picture's height."""
    return ImageOps.expand(picture, (0, picture.height // 8), "black")


def stretch(picture: Image.Image, _: np.random.Generator) -> Image.Image:
    """A quarter wider, as high as before."""
    return picture.resize((picture.width * 5 // 4, picture.height))


def post_screenshot(picture: Image.Image, chance: np.random.Generator) -> Image.Image:
    """The picture in a post of a social network, 540 px wide, under a name and a line of text, above buttons."""
    inside = ImageOps.contain(picture, (500, 800))
    screen = Image.new("RGB", (540, inside.height + 220), "white")
    draw = ImageDraw.Draw(screen)
    draw.ellipse((20, 20, 68, 68), tuple(int(level) for level in chance.integers(0, 255, 3)))
    draw.text((84, 22), f"User {chance.integers(100, 999)}", "black", ImageFont.load_default(20))
    draw.text((20, 84), "This is happening right now, share it", "black", ImageFont.load_default(24))
    screen.paste(inside, (20, 130))
    for left in range(30, 520, 130):
        draw.rectangle((left, inside.height + 160, left + 24, inside.height + 184), outline="grey", width=3)
        draw.text((left + 32, inside.height + 162), str(chance.integers(1, 999)), "grey", ImageFont.load_default(18))
    return screen


WORDS = (  # noqa: SIM905 - one string reads better
    "the of and to in is that it was for on are as with his they at be this from have or by one had not but what all "
    "were when we there can an your which their said if do will each about how up out them then she many some these so "
    "people water first been call who oil its now find long down day did get come made may part"
).split()


def post_of_text(seed: int, lines: int = 8, *, dark: bool = False) -> Image.Image:
    """A post that is nothing but words, drawn by chance: other content in the same layout."""
    chance = np.random.default_rng(seed)
    screen = Image.new("RGB", (540, 960), "#15202b" if dark else "white")
    draw = ImageDraw.Draw(screen)
    ink = "white" if dark else "black"
    draw.ellipse((20, 20, 68, 68), tuple(int(level) for level in chance.integers(0, 255, 3)))
    draw.text((84, 22), f"User {chance.integers(100, 999)}", ink, ImageFont.load_default(20))
    for line in range(lines):
        words = " ".join(chance.choice(WORDS, 9))
        draw.text((20, 100 + line * 34), words, ink, ImageFont.load_default(24))
    return screen


DEGRADATIONS: dict[str, Degradation] = {
    "JPEG quality 75": jpeg(75),
    "JPEG quality 50": jpeg(50),
    "JPEG quality 30": jpeg(30),
    "JPEG quality 10": jpeg(10),
    "resized to 400 px": resize(400),
    "resized to 200 px": resize(200),
    "stretched by a quarter": stretch,
    "mirrored": turn(Image.Transpose.FLIP_LEFT_RIGHT),
    "turned by 90 degrees": turn(Image.Transpose.ROTATE_90),
    "turned by 180 degrees": turn(Image.Transpose.ROTATE_180),
    "turned by 270 degrees": turn(Image.Transpose.ROTATE_270),
    "grey": grey,
    "mild colour filter": mild_filter,
    "blur, radius 2 px": blur(2),
    "noise": noise,
    "caption": caption,
    "sticker": sticker,
    "turned by 1 degree": rotate(1),
    "turned by 3 degrees": rotate(3),
    "crop to 90 %": crop(0.9),
    "crop to 75 %": crop(0.75),
    "crop to 50 %": crop(0.5),
    "letterbox": letterbox,
    "screenshot of a post": post_screenshot,
}
