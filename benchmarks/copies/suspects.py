"""The surest false matches of an evaluation, listed and side by side on a sheet: are they copies that no label knows?

    python -m benchmarks.copies.suspects ROWS.csv OUT.png PHOTOS_DIR [PHOTOS_DIR ...]

Left the photograph that the query was made of, right the one found. What turns out to be a true copy goes into
labels.csv and counts for nobody from then on; the tables take it up without asking again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps

from benchmarks.asked import arguments
from benchmarks.copies.photos import gathered
from benchmarks.copies.rows import Row, photo_of, read

MOST = 20
CELL_PX = 240


@dataclass(frozen=True)
class Suspect:
    """A photograph asked for and a picture wrongly found."""

    file: str
    reference: str
    score: float
    words: str


def suspects(rows: list[Row], most: int = MOST) -> list[Suspect]:
    """The surest wrong matches, each pair of photographs once."""
    listed = [
        Suspect(row.shows[0] if row.shows else row.key, one[0], one[1], f"{row.kind}, {row.trial}: {one[2]}")
        for row in rows
        for one in row.found
        if one[3] == "wrong"
    ]
    best: dict[tuple[str, str], Suspect] = {}
    for one in sorted(listed, key=lambda one: -one.score):
        best.setdefault((one.file, photo_of(one.reference)), one)
    return list(best.values())[:most]


def sheet(chosen: list[Suspect], paths: dict[str, Path]) -> Image.Image:
    """Two pictures a suspect, four suspects a row."""
    made = Image.new("RGB", (8 * CELL_PX, -(-len(chosen) // 4) * (CELL_PX + 34)), "white")
    draw = ImageDraw.Draw(made)
    for number, one in enumerate(chosen):
        left, top = number % 4 * 2 * CELL_PX, number // 4 * (CELL_PX + 34)
        found = one.reference if one.reference in paths else photo_of(one.reference)
        for side, name in enumerate((one.file, found)):
            if name in paths:
                with Image.open(paths[name]) as opened:
                    shown = ImageOps.contain(opened.convert("RGB"), (CELL_PX - 6, CELL_PX - 6))
                made.paste(shown, (left + side * CELL_PX, top))
        draw.text((left, top + CELL_PX - 4), f"{number + 1} {one.score:.1f} {one.words}"[:76], "black")
        draw.text((left, top + CELL_PX + 10), f"{one.file[-36:]} | {one.reference[-36:]}", "black")
    return made


def lines(chosen: list[Suspect]) -> Iterator[str]:
    for number, one in enumerate(chosen):
        yield f"{number + 1:3} {one.score:8.2f}  {one.file}  {one.reference}  ({one.words})"


def main(rows: Path, target: Path, folders: list[Path]) -> None:
    paths = {one.name: one.path for role in gathered(folders).values() for one in role}
    paths |= {file.stem: file for file in rows.with_suffix(".work").glob("drawn/*.png")}
    for name, mine in read(rows).items():
        if any(one[2] for row in mine for one in row.found):
            chosen = suspects(mine)
            print(name, *lines(chosen), sep="\n")
            sheet(chosen, paths).save(target.with_name(f"{target.stem} {name}.png"))


if __name__ == "__main__":
    given = arguments(__doc__, 3, None)
    main(Path(given[0]), Path(given[1]), [Path(name) for name in given[2:]])
