"""How surely a picture and its stored thumbnail are told to agree or to differ.

`python -m benchmarks.thumbnails PHOTOS`: a folder of photographs. Of each a thumbnail is made as cameras make it (160 x
120 or 320 x 240; bars, cut, stretched or whole; averaged or with pixels dropped; sharpened; another tone curve; JPEG of
quality 50 to 90; stored sideways), then the picture is left alone, saved again, toned, or altered. With `--files FOLDER
...` real files instead; each answer that is not "agrees" is listed, with a contact sheet in `--sheet OUT.png`.
"""

from __future__ import annotations

import argparse
import io
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from provenance.image.containers.sniff import media_type
from provenance.image.containers.structure import structure
from provenance.metadata.traces.embedded import embedded, usual_turns
from provenance.metadata.traces.relating import Related, Relation, relate
from provenance.model.limits import Limits

UNTOUCHED = ("as it was", "saved again", "resized", "toned", "grey", "sharpened")
ALTERED = (
    "cropped",
    "cropped a little",
    "mirrored",
    "pasted 3-6 %",
    "pasted 6-20 %",
    "cloned 6-20 %",
    "caption",
    "other",
)
UNEVEN = ("graded", "vignette", "lifted exposure", "darkened", "hard contrast")
STRAIGHTENED = ("straightened 3", "straightened 5", "straightened 9")
_GAINS = {"lifted exposure": (2.6, 0), "darkened": (1.6, -90), "hard contrast": (2.2, -154)}
"""Factor and what is added, in grey levels."""
GRID = 160
_PICTURES = ("image/jpeg", "image/png", "image/webp", "image/heif", "image/avif")


def main() -> None:
    """Print a table a kind, with 95 % upper limits where an error is counted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photos", type=Path, nargs="?")
    parser.add_argument("--files", type=Path, nargs="*", default=[])
    parser.add_argument("--sheet", type=Path)
    parser.add_argument("--most", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="list every wrong answer")
    parser.add_argument("--late", action="store_true", help="only kinds that have their own chance")
    arguments = parser.parse_args()
    if arguments.files:
        _real(arguments.files, arguments.sheet)
    if arguments.photos:
        _synthetic(arguments.photos, arguments.most, arguments.seed, arguments.show, arguments.late)


def upper_limit(wrong: int, of: int) -> float:
    """Exact 95 % upper limit of a rate (Clopper and Pearson, one-sided), found by bisection of the binomial sum."""
    from math import comb

    if not of or wrong >= of:
        return 1.0
    low, high = wrong / of, 1.0
    for _ in range(50):
        rate = (low + high) / 2
        below = sum(comb(of, k) * rate**k * (1 - rate) ** (of - k) for k in range(wrong + 1))
        low, high = (rate, high) if below > 0.05 else (low, rate)
    return high


def right(kind: str, told: Related, truth: dict[str, Any]) -> bool:
    """Whether an answer names what was done."""
    mirrored = told.turn >= 4
    if kind in UNTOUCHED:
        return told.relation is Relation.AGREES and not mirrored
    if kind in UNEVEN:
        return told.relation is Relation.AGREES and not mirrored
    if kind in STRAIGHTENED:
        return told.relation is Relation.TILTED and abs(told.tilt_deg - truth["degrees"]) < 0.5 and not mirrored
    if kind.startswith("cropped"):
        return told.relation is Relation.CROPPED and -0.06 < told.shown - truth["shown"] < 0.3 and not mirrored
    if kind == "mirrored":
        return told.relation is Relation.AGREES and mirrored
    if kind.startswith(("pasted", "cloned")):
        return told.relation is Relation.DIFFERS and _meets(told.region, truth["box"])
    if kind == "caption":
        return told.relation in (Relation.EXTENDED, Relation.DIFFERS)
    return told.relation is Relation.OTHER


def false_alarm(told: Related) -> bool:
    """An answer that speaks of an alteration."""
    return told.relation not in (Relation.AGREES, Relation.UNDECIDED) or told.turn >= 4


def _meets(found: tuple[int, int, int, int] | None, true: tuple[int, int, int, int]) -> bool:
    if found is None:
        return False
    across = min(found[2], true[2]) - max(found[0], true[0])
    down = min(found[3], true[3]) - max(found[1], true[1])
    return across > 0 and down > 0


def _synthetic(folder: Path, most: int, seed: int, show: bool, late: bool) -> None:
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".jpg", ".jpeg", ".png"))
    chance = Random(seed)
    chance.shuffle(paths)
    paths = paths[:most]
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for index, path in enumerate(paths):
        photo = Image.open(path).convert("RGB")
        other = Image.open(paths[index - 1]).convert("RGB")
        for kind in (*(() if late else (*UNTOUCHED, *ALTERED)), *UNEVEN, *STRAIGHTENED):
            # Kinds that came later have their own chance, so that the figures of the older ones stay comparable.
            own = chance if kind in (*UNTOUCHED, *ALTERED) else Random(f"{seed} {index} {kind}")
            thumbnail, turn = _thumbnail(photo, own)
            altered, truth = _altered(photo, other, kind, own)
            if truth is None:
                continue
            told = relate(np.asarray(altered), np.asarray(thumbnail), frozenset({0, turn}))
            good = right(kind, told, truth)
            table[kind].update(["n", "right" if good else "wrong", *(["alarm"] if false_alarm(told) else [])])
            table[kind].update([f"-> {told.relation.value}"])
            if show and not good:
                print(
                    kind,
                    path.name,
                    told.relation.value,
                    told.turned,
                    round(told.shown, 2),
                    round(told.likeness, 3),
                    told.region,
                    round(told.share, 3),
                    truth,
                    told.reason,
                )
    print("| picture | n | right | speaks of a change | answers |\n|---|---|---|---|---|")
    for kind, count in table.items():
        answers = ", ".join(f"{name[3:]} {number}" for name, number in count.most_common() if name.startswith("-> "))
        rate = count["right"] / count["n"]
        print(f"| {kind} | {count['n']} | {count['right']} ({rate:.3f}) | {count['alarm']} | {answers} |")
    if late:
        return
    plain = [table[kind] for kind in UNTOUCHED]
    alarms, of = sum(count["alarm"] for count in plain), sum(count["n"] for count in plain)
    print(f"\nuntouched: {alarms} of {of} said to be changed, 95 % upper limit {100 * upper_limit(alarms, of):.2f} %")


def _thumbnail(photo: Image.Image, chance: Random) -> tuple[Image.Image, int]:
    """A camera's thumbnail and the turn that brings it upright."""
    size = chance.choice(((160, 120), (160, 120), (320, 240)))
    if photo.height > photo.width:
        size = (size[1], size[0])
    how = chance.choice((Image.Resampling.BOX, Image.Resampling.BILINEAR, Image.Resampling.NEAREST))
    source = _toned(photo, chance, 1.0)
    shape = chance.choice(("bars", "cut", "whole", "stretched"))
    if shape == "bars":
        small = ImageOps.pad(source, size, how, color=chance.choice(("black", "black", "white")))
    elif shape == "cut":
        small = ImageOps.fit(source, size, how)
    elif shape == "whole":
        small = ImageOps.contain(source, size, how)
    else:
        small = source.resize(size, how)
    small = small.filter(ImageFilter.UnsharpMask(1, chance.randint(0, 150), 1))
    turn = chance.choice((0, 0, 0, 1, 3))
    small = small.rotate(90 * turn, expand=True)  # counter-clockwise, so that `turn` quarters clockwise undo it
    return _saved(small, chance.randint(50, 90)), turn


def _toned(photo: Image.Image, chance: Random, strength: float) -> Image.Image:
    """Another picture style: curve, contrast, saturation, white balance."""
    gamma = chance.uniform(1 - 0.25 * strength, 1 + 0.3 * strength)
    gains = [chance.uniform(1 - 0.07 * strength, 1 + 0.07 * strength) for _ in range(3)]
    curves = [min(255, round(255 * min(1.0, gain * (level / 255)) ** gamma)) for gain in gains for level in range(256)]
    toned = photo.point(curves)
    toned = ImageEnhance.Contrast(toned).enhance(chance.uniform(1 - 0.2 * strength, 1 + 0.25 * strength))
    return ImageEnhance.Color(toned).enhance(chance.uniform(1 - 0.3 * strength, 1 + 0.4 * strength))


def _saved(image: Image.Image, quality: int) -> Image.Image:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    return Image.open(buffer).convert("RGB")


def _altered(  # noqa: C901 - a line a kind
    photo: Image.Image, other: Image.Image, kind: str, chance: Random
) -> tuple[Image.Image, dict[str, Any] | None]:
    """The picture as it is checked, and what was done; None where it cannot be done to this one."""
    quality, (width, height) = chance.randint(60, 92), photo.size
    if kind == "as it was":
        return photo, {}
    if kind == "resized":
        factor = chance.uniform(0.4, 0.8)
        return _saved(photo.resize((round(width * factor), round(height * factor))), quality), {}
    if kind == "toned":
        return _saved(_toned(photo, chance, 1.5), quality), {}
    if kind == "grey":
        return _saved(ImageOps.grayscale(photo).convert("RGB"), quality), {}
    if kind == "sharpened":
        return _saved(photo.filter(ImageFilter.UnsharpMask(2, 200, 2)), quality), {}
    if kind == "mirrored":
        return _saved(ImageOps.mirror(photo), quality), {}
    if kind.startswith("cropped"):
        return _cropped(
            photo, chance.uniform(0.6, 0.9) if kind == "cropped" else chance.uniform(0.9, 0.95), quality, chance
        )
    if kind == "caption":
        bar = round(height * chance.uniform(0.1, 0.25))
        whole = Image.new("RGB", (width, height + bar), "white")
        whole.paste(photo, (0, 0))
        ImageDraw.Draw(whole).text((10, height + 5), "BREAKING", fill="black", font_size=bar // 2)
        return _saved(whole, quality), {}
    if kind == "other":
        return other, {}
    if kind in UNEVEN:
        return _saved(_uneven(photo, kind), quality), {}
    if kind in STRAIGHTENED:
        angle = float(kind.split()[1]) * chance.choice((-1, 1))
        return _saved(_straightened(photo, angle), quality), {"degrees": angle}
    if kind.startswith(("pasted", "cloned")):
        return _pasted(photo, other if kind.startswith("pasted") else photo, kind, quality, chance)
    return _saved(photo, quality), {}


def _uneven(photo: Image.Image, kind: str) -> Image.Image:
    """Darkened to 0.45 at the top or 0.65 in the corners; lifted 2.6 times, darkened or made harder, and cut off."""
    pixels = np.asarray(photo, np.float32)
    down, across = (np.linspace(-1, 1, side) for side in pixels.shape[:2])
    if kind == "graded":
        gain = np.repeat((0.725 + 0.275 * down)[:, None], len(across), axis=1)
    elif kind == "vignette":
        gain = 1 - 0.35 * (down[:, None] ** 2 + across[None] ** 2) / 2
    else:
        gain = np.full(pixels.shape[:2], _GAINS[kind][0])
    return Image.fromarray(np.clip(pixels * gain[:, :, None] + _GAINS.get(kind, (1, 0))[1], 0, 255).astype(np.uint8))


def _straightened(photo: Image.Image, angle: float) -> Image.Image:
    """Turned counter-clockwise by `angle` degrees and cut to the largest rectangle of its shape within."""
    from math import cos, radians, sin

    turn, aspect = radians(abs(angle)), max(photo.width / photo.height, photo.height / photo.width)
    shrink = 1 / (cos(turn) + aspect * sin(turn))
    width, height = int(photo.width * shrink), int(photo.height * shrink)
    left, top = (photo.width - width) // 2, (photo.height - height) // 2
    return photo.rotate(angle, Image.Resampling.BICUBIC).crop((left, top, left + width, top + height))


def _cropped(photo: Image.Image, side: float, quality: int, chance: Random) -> tuple[Image.Image, dict[str, Any]]:
    """To a share of both sides, off the middle."""
    width, height = round(photo.width * side), round(photo.height * side)
    left, top = chance.randint(0, photo.width - width), chance.randint(0, photo.height - height)
    return _saved(photo.crop((left, top, left + width, top + height)), quality), {"shown": side * side}


def _pasted(
    photo: Image.Image, source: Image.Image, kind: str, quality: int, chance: Random
) -> tuple[Image.Image, dict[str, Any] | None]:
    """A part of another picture, or of the same one, laid over this one with a soft edge, where it looks different."""
    least, most = (0.03, 0.06) if "3-6" in kind else (0.06, 0.2)
    share = chance.uniform(least, most)
    aspect = chance.uniform(0.6, 1.6)
    width = min(photo.width - 2, round((share * photo.width * photo.height * aspect) ** 0.5))
    height = min(photo.height - 2, round(share * photo.width * photo.height / width))
    source = ImageOps.fit(source, photo.size)
    for _ in range(10):
        left, top = (chance.randint(0, most - side) for most, side in ((photo.width, width), (photo.height, height)))
        x, y = (chance.randint(0, most - side) for most, side in ((photo.width, width), (photo.height, height)))
        part, under = source.crop((x, y, x + width, y + height)), photo.crop((left, top, left + width, top + height))
        if _changed(part, under) < 25:
            continue
        mask = Image.new("L", (width, height), 0)
        mask.paste(255, (3, 3, width - 3, height - 3))
        altered = photo.copy()
        altered.paste(part, (left, top), mask.filter(ImageFilter.GaussianBlur(2)))
        return _saved(altered, quality), {"box": (left, top, left + width, top + height)}
    return photo, None


def _changed(part: Image.Image, under: Image.Image) -> float:
    """Median difference in grey levels: what is laid over its like changes nothing to be found."""
    small = [np.asarray(one.resize((24, 24), Image.Resampling.BOX), np.float32) for one in (part, under)]
    return float(np.median(np.abs(small[0] - small[1]).mean(axis=2)))


def _real(folders: list[Path], sheet: Path | None) -> None:
    if find_spec("pillow_heif"):
        import_module("pillow_heif").register_heif_opener()
    counts: Counter[str] = Counter()
    cells = []
    for path, kind, picture, thumbnail, usual in _with_thumbnails(folders):
        told = relate(picture, thumbnail, usual)
        counts[told.relation.value] += 1
        if told.relation is not Relation.AGREES or told.turn >= 4:
            how = f"{told.relation.value:22} {told.turned:20} {told.shown:.2f} {told.likeness:.2f}"
            print(f"{how} {kind:10} {path} {told.reason}")
            if told.relation is not Relation.UNDECIDED:
                cells.append((path.name, picture, thumbnail, told))
    print(dict(counts), sum(counts.values()))
    if sheet and cells:
        _sheet(cells).save(sheet)


def _with_thumbnails(folders: list[Path]) -> Iterator[tuple[Path, str, Any, Any, frozenset[int]]]:
    seen: set[bytes] = set()
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes() if path.stat().st_size < 30_000_000 else b""
        if media_type(data) not in _PICTURES or data in seen:
            continue
        seen.add(data)
        walked = structure(data, Limits())
        found = embedded(data, walked, Limits())
        if not found:
            continue
        try:
            photo = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
        except Exception:
            continue
        for one in found:
            try:
                small = Image.open(io.BytesIO(one.content(data))).convert("RGB")
            except Exception:
                continue
            yield path, one.kind, np.asarray(photo), np.asarray(small), usual_turns(one.orientation)


def _sheet(cells: list[tuple[str, Any, Any, Related]]) -> Image.Image:
    columns = 4
    page = Image.new("RGB", (440 * columns, 280 * -(-len(cells) // columns)), "white")
    for index, (name, picture, thumbnail, told) in enumerate(cells):
        at = (440 * (index % columns), 280 * (index // columns))
        first, second = Image.fromarray(thumbnail), Image.fromarray(picture)
        first.thumbnail((210, 250))
        factor = min(210 / second.width, 250 / second.height)
        second.thumbnail((210, 250))
        if told.region:
            ImageDraw.Draw(second).rectangle([value * factor for value in told.region], outline="red", width=2)
        page.paste(first, (at[0], at[1] + 18))
        page.paste(second, (at[0] + 215, at[1] + 18))
        ImageDraw.Draw(page).text(at, f"{told.relation.value} {told.likeness:.2f} {name[:36]}", fill="black")
    return page


if __name__ == "__main__":
    main()
