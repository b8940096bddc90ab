"""`python -m benchmarks.forensics.unpasted DIR... [--of-each N] [--seed N] [--most N] [--rows FILE]`: what the check of
the grid says of photographs into which nothing was pasted.

Of every photograph below the folders, cut on its grid to at most 384 pixels a side, some of the versions below are
drawn: saved again, with libjpeg's tables and those of first_tables.py, cut off the grid before or between, resized by
much or by little, stretched in tone, with few levels or colours, pages with lines that recur. Counted are, by version,
files, how many were judged, and alarms; photographs are the independent units. With `--rows` a run that was stopped
goes on where it was.
"""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import cv2
import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFilter

from benchmarks.copies.limits import upper_limit
from benchmarks.forensics.pasted import MOST_PX, drawn
from benchmarks.forensics.resumed import Rng, Row, counted, options
from benchmarks.forensics.versions import Pixels, decoded, jpeg, opened, png
from provenance.forensics.blind import jpeg_grid
from provenance.forensics.blind.dct import SIDE, ZIGZAG
from provenance.forensics.blind.first_tables import first_tables
from provenance.image.decoding.decoder import Decoder
from provenance.image.load import load_bytes
from provenance.model.context import Context
from provenance.model.differences import Anomaly
from provenance.model.limits import Limits
from provenance.model.outcome import Ran

LEAST_PX = 136
_CONTEXT = Context(now=datetime(2100, 1, 1, tzinfo=UTC))
_WAYS = (cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_AREA, cv2.INTER_LANCZOS4)


def once(pixels: Pixels, rng: Rng, least: int = 50, most: int = 98) -> Pixels:
    """As a JPEG of a quality between the two shows it."""
    return decoded(jpeg(pixels, int(rng.integers(least, most + 1)), subsampling=int(rng.choice((0, 2)))))


def with_known_table(pixels: Pixels, rng: Rng) -> Pixels:
    """The same with one of the first tables."""
    natural, buffer = [0] * (SIDE * SIDE), io.BytesIO()
    _, steps = first_tables()[int(rng.integers(len(first_tables())))]
    for (down, across), step in zip(ZIGZAG, steps, strict=True):
        natural[SIDE * down + across] = step
    Pillow.fromarray(pixels).save(buffer, "JPEG", qtables=[natural, natural], subsampling=0)
    return decoded(buffer.getvalue())


def off(pixels: Pixels, rng: Rng) -> Pixels:
    """Cut off its grid."""
    down, across = divmod(int(rng.integers(1, SIDE * SIDE)), SIDE)
    return np.ascontiguousarray(pixels[down:, across:])


def resized(pixels: Pixels, rng: Rng, least: float, most: float) -> Pixels:
    """By a factor between the two."""
    factor, way = rng.uniform(least, most), int(rng.choice(_WAYS))
    return np.asarray(cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=way), np.uint8)


def stretched(pixels: Pixels, rng: Rng) -> Pixels:
    """More contrast, which leaves levels out."""
    mean = pixels.mean()
    return np.clip(np.rint((pixels - mean) * rng.uniform(1.05, 2.2) + mean), 0, 255).astype(np.uint8)


def few(pixels: Pixels, rng: Rng) -> Pixels:
    """Few levels, or few colours."""
    if rng.random() < 0.5:
        step = int(rng.choice((2, 4, 8, 16)))
        return np.asarray(pixels // step * step, np.uint8)
    return np.array(Pillow.fromarray(pixels).quantize(int(rng.choice((16, 32, 64)))).convert("RGB"), np.uint8)


def sharpened(pixels: Pixels, rng: Rng) -> Pixels:
    """With an unsharp mask."""
    return np.array(Pillow.fromarray(pixels).filter(ImageFilter.UnsharpMask(2, int(rng.integers(60, 220)), 1)))


def page(pixels: Pixels, rng: Rng) -> Pixels:
    """The picture made smaller, and equal lines below."""
    sheet, pitch = Pillow.new("RGB", (480, 400), (245, 245, 247)), int(rng.choice((12, 14, 16, 20, 24)))
    sheet.paste(Pillow.fromarray(pixels).resize((440, 220)), (20, 16))
    words = "people said that the road was closed on monday " * 2
    for line in range(150 // pitch):
        ImageDraw.Draw(sheet).text((40, 245 + pitch * line), words, fill=(30, 30, 30))
    return np.array(sheet)


VERSIONS: MappingProxyType[str, Callable[[Pixels, Rng], Pixels]] = MappingProxyType(
    {
        "as it is": lambda one, _: one,
        "saved at 50 to 98": once,
        "saved with a known table": with_known_table,
        "cut off the grid": off,
        "saved at 50 to 98, cut off the grid": lambda one, rng: off(once(one, rng), rng),
        "saved with a known table, cut off the grid": lambda one, rng: off(with_known_table(one, rng), rng),
        "saved at 60 to 85, cut off the grid, saved at 90 to 97": lambda one, rng: once(
            off(once(one, rng, 60, 85), rng), rng, 90, 97
        ),
        "resized by 0.4 to 1.6": lambda one, rng: resized(one, rng, 0.4, 1.6),
        "saved at 60 to 96, resized by 0.96 to 1.07": lambda one, rng: resized(once(one, rng, 60, 96), rng, 0.96, 1.07),
        "sharpened": sharpened,
        "saved at 60 to 96, stretched in tone": lambda one, rng: stretched(once(one, rng, 60, 96), rng),
        "few levels or colours": few,
        "a page with equal lines": page,
    }
)
"""What was done before the last saving, which is without loss or at 98 to 100, as often."""


def said(data: bytes, decoder: Decoder) -> tuple[str, float]:
    """One word for the answer, and the least log10 NFA."""
    outcome = jpeg_grid.check(load_bytes(data, "photograph", decoder, Limits()), _CONTEXT)
    if not isinstance(outcome, Ran):
        return "not judged", 0.0
    regions = [one for item in outcome.evidence if isinstance(item, Anomaly) for one in item.regions]
    return ("alarm", min(one.log10_nfa for one in regions)) if regions else ("none", 0.0)


def rows(path: Path, rng: Rng, of_each: int, decoder: Decoder) -> list[Row]:
    """Of so many versions of one photograph; none where it is no picture or too small."""
    pixels = opened(path.read_bytes())[:MOST_PX, :MOST_PX]
    found: list[Row] = []
    for name in rng.choice(list(VERSIONS), of_each, replace=False):
        made, quality = VERSIONS[str(name)](pixels, rng), int(rng.choice((0, 98, 99, 100), p=(0.5, 0.2, 0.15, 0.15)))
        if min(made.shape[:2]) >= LEAST_PX:
            data = jpeg(made, quality, subsampling=int(rng.choice((0, 2)))) if quality else png(made)
            last = f"saved at {quality}" if quality else "saved without loss"
            found.append((str(path), f"{name}; {last}", *said(data, decoder)))
    return found


def table(told: list[Row]) -> str:
    """By version, whatever it was last saved at; and photographs with an alarm."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for _, version, answer, _ in told:
        counts[version.split(";")[0]][answer] += 1
    lines = ["| version | files | judged | alarms |", "|---|---|---|---|"]
    for name in VERSIONS:
        seen = counts[name]
        lines.append(f"| {name} | {seen.total()} | {seen.total() - seen['not judged']} | {seen['alarm']} |")
    photographs, wrong = {row[0] for row in told}, {row[0] for row in told if row[2] == "alarm"}
    limit = 100 * upper_limit(len(wrong), len(photographs))
    lines.append(f"\n{len(wrong)} of {len(photographs)} photographs, upper limit {limit:.2f} %; {len(told)} files")
    return "\n".join([*lines, *("\t".join(map(str, row)) for row in told if row[2] == "alarm")])


def main() -> None:
    """Print the table."""
    asked = options(__doc__)
    asked.add_argument("--of-each", type=int, default=1, help="versions drawn for each photograph")
    given = asked.parse_args()

    def answers(path: Path, rng: Rng, decoder: Decoder) -> list[Row]:
        return rows(path, rng, given.of_each, decoder)

    print(table(counted(drawn(given.folders, None), given, answers)))


if __name__ == "__main__":
    main()
