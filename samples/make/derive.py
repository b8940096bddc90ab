"""Make the query pictures from the main photograph: `python derive.py [--dir DIR] [--chromium PATH]`.

Run it after render.py and before metadata.py.
"""

from __future__ import annotations

import argparse
import base64
import html
import io
import shutil
import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

CROP = (0.035, 0.095, 0.955, 0.915)  # left, top, right, bottom: 75.4 % of the area


def mirrored(photo: Image.Image, target: Path) -> None:
    """Flipped left to right, smaller, harder compression."""
    small = ImageOps.mirror(photo).resize((1000, round(1000 * photo.height / photo.width)), Image.Resampling.LANCZOS)
    small.save(target, quality=75)


def captioned(photo: Image.Image, target: Path) -> None:
    """A caption strip laid over the lower part of the picture."""
    picture = photo.copy()
    strip = round(picture.height * 0.08)
    top = picture.height - round(picture.height * 0.13)
    draw = ImageDraw.Draw(picture, "RGBA")
    draw.rectangle((0, top, picture.width, top + strip), fill=(12, 14, 18, 205))
    draw.rectangle((0, top, 14, top + strip), fill=(196, 30, 36, 255))
    font = ImageFont.load_default(size=round(strip * 0.56))
    draw.text((38, top + strip / 2), "RUSSIA, NOVEMBER 2024", font=font, fill=(255, 255, 255, 255), anchor="lm")
    picture.save(target, quality=80)


def recompressed(photo: Image.Image, target: Path) -> None:
    """Small and badly compressed, as after a few messengers."""
    photo.resize((800, round(800 * photo.height / photo.width)), Image.Resampling.LANCZOS).save(target, quality=45)


def post(photo: Image.Image, target: Path, chromium: str) -> None:
    """A phone screenshot of a post that carries a crop of the photograph."""
    w, h = photo.size
    crop = photo.crop((round(CROP[0] * w), round(CROP[1] * h), round(CROP[2] * w), round(CROP[3] * h)))
    buffer = io.BytesIO()
    crop.save(buffer, "JPEG", quality=82)
    page = (
        Path(__file__)
        .with_name("post.html")
        .read_text(encoding="utf-8")
        .replace("{{PHOTO}}", "data:image/jpeg;base64," + base64.b64encode(buffer.getvalue()).decode())
        .replace("{{TEXT}}", html.escape("Artillery on rail cars, spotted in Russia"))
    )
    with tempfile.TemporaryDirectory() as scratch:
        source, shot = Path(scratch, "post.html"), Path(scratch, "post.png")
        source.write_text(page, encoding="utf-8")
        subprocess.run(
            [
                chromium,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                f"--user-data-dir={scratch}/profile",
                "--force-device-scale-factor=2",
                "--window-size=540,1080",
                f"--screenshot={shot}",
                source.as_uri(),
            ],
            check=True,
            timeout=120,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        with Image.open(shot) as image:
            image.convert("RGB").save(target, optimize=True)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dir", type=Path, default=Path(__file__).resolve().parent.parent)
    parser.add_argument(
        "--chromium", default=shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"
    )
    args = parser.parse_args()
    with Image.open(args.dir / "reference" / "railcar_yard.jpg") as opened:
        photo = opened.convert("RGB")
    mirrored(photo, args.dir / "railcar_mirrored.jpg")
    captioned(photo, args.dir / "railcar_captioned.jpg")
    recompressed(photo, args.dir / "railcar_recompressed.jpg")
    post(photo, args.dir / "railcar_post.png", args.chromium)


if __name__ == "__main__":
    main()
