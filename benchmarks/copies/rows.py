"""What an evaluation wrote down: one row for every matcher and query."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

from benchmarks.copies.canvas import BoxPx

COLUMNS = ("matcher", "key", "kind", "trial", "shows", "root", "pairs", "found", "inner", "decode_ms", "query_ms")
NO_QUERIES = ("plan", "index")
"""Rows that say what plan the file holds, and what adding a picture cost."""
LABELS = Path(__file__).with_name("labels.csv")
"""Pairs that the collections label wrongly: neutral to every matcher."""


@dataclass(frozen=True)
class Row:
    """What a matcher said to one query. `found`: best first."""

    matcher: str
    key: str
    kind: str
    trial: str
    shows: tuple[str, ...]
    root: str
    pairs: int
    """Indexed pictures that it is a copy of."""
    found: tuple[tuple[str, float, str, str, int], ...]
    """Name, score, answer, whether right, wrong or neutral, and one false match in how many searches."""
    inner: float | str
    decode_ms: float
    query_ms: float

    def cells(self) -> tuple[object, ...]:
        """As a line of the file."""
        values = {name: getattr(self, name) for name in COLUMNS}
        inner = "" if self.inner == "" else f"{self.inner:.3f}"
        return tuple(
            (values | {"shows": "|".join(self.shows), "found": json.dumps(self.found), "inner": inner}).values()
        )

    @property
    def counted(self) -> list[tuple[str, float, str, str, int]]:
        """What is right or wrong."""
        return [one for one in self.found if one[3] != "neutral"]


def read(path: Path) -> dict[str, list[Row]]:
    """Rows by matcher, with wrong labels mended."""
    with LABELS.open(encoding="utf-8") as file:
        mended = {(row["file"], row["reference"]) for row in csv.DictReader(file)}
    rows: dict[str, list[Row]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for cells in csv.DictReader(file):
            if cells["kind"] in NO_QUERIES:
                continue
            shows = tuple(name for name in cells["shows"].split("|") if name)
            found = tuple(
                (name, score, answer, "neutral" if any((x, photo_of(name)) in mended for x in shows) else label, rare)
                for name, score, answer, label, rare in json.loads(cells["found"])
            )
            row = Row(
                matcher=cells["matcher"],
                key=cells["key"],
                kind=cells["kind"],
                trial=cells["trial"],
                shows=shows,
                root=cells["root"],
                pairs=int(cells["pairs"]),
                found=found,
                inner=float(cells["inner"]) if cells["inner"] else "",
                decode_ms=float(cells["decode_ms"]),
                query_ms=float(cells["query_ms"]),
            )
            rows.setdefault(row.matcher, []).append(row)
    return rows


def index_costs(path: Path) -> dict[str, float]:
    """By matcher, what adding a picture cost, as a ratio to decoding it."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == "index"]
    return {row["matcher"]: float(row["query_ms"]) / float(row["decode_ms"]) for row in rows}


def photo_of(name: str) -> str:
    """The photograph that a drawn picture of the set is made of."""
    for drawn in ("post ", "captioned ", "marked "):
        name = name.removeprefix(drawn)
    return name


def overlap(first: BoxPx, second: BoxPx) -> float:
    """Intersection over union."""
    width = min(first[2], second[2]) - max(first[0], second[0])
    height = min(first[3], second[3]) - max(first[1], second[1])
    if width <= 0 or height <= 0:
        return 0.0
    areas = sum((box[2] - box[0]) * (box[3] - box[1]) for box in (first, second))
    return width * height / (areas - width * height)
