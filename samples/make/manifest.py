"""Write samples/manifest.csv, or check the files against it: `python manifest.py [--check] [--dir DIR]`."""

from __future__ import annotations

import argparse
import csv
import hashlib
import struct
import sys
from pathlib import Path

COLUMNS = ("file", "sha256", "bytes", "width_px", "height_px", "why", "origin", "licence")
RENDER = "rendered by make/render.py"
WHY: dict[str, tuple[str, str]] = {
    "railcar_post.png": (
        "query: phone screenshot of a post around a crop of railcar_yard.jpg",
        "derived by make/derive.py",
    ),
    "railcar_mirrored.jpg": (
        "query: railcar_yard.jpg flipped left to right, 1000 px, quality 75",
        "derived by make/derive.py",
    ),
    "railcar_captioned.jpg": ("query: railcar_yard.jpg with a caption strip, quality 80", "derived by make/derive.py"),
    "railcar_recompressed.jpg": ("query: railcar_yard.jpg at 800 px, quality 45", "derived by make/derive.py"),
    "railcar_other_angle.jpg": ("query: the same load from a third camera position; not the same photograph", RENDER),
    "stranger.jpg": ("query: matches nothing in the reference set", RENDER),
    "railcar_post.claims.yaml": ("claims and hand-recorded evidence for railcar_post.png", "written by hand"),
    "reference/railcar_yard.jpg": ("reference: the main photograph", RENDER),
    "reference/railcar_yard_b.jpg": ("reference: the same load, second camera position", RENDER),
    "reference/yard_empty.jpg": ("reference: the same yard and camera without the gun", RENDER),
    "reference/records.csv": ("catalogue of the reference pictures", "written by make/records.py"),
}


def size_of(path: Path) -> tuple[str, str]:
    """Width and height of a JPEG or PNG in pixels, as text; empty for other files."""
    data = path.read_bytes()
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        width, height = struct.unpack(">II", data[16:24])
        return str(width), str(height)
    if data[:2] == b"\xff\xd8":
        pos = 2
        while pos < len(data):
            marker, length = data[pos + 1], struct.unpack(">H", data[pos + 2 : pos + 4])[0]
            if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
                height, width = struct.unpack(">HH", data[pos + 5 : pos + 9])
                return str(width), str(height)
            pos += 2 + length
    return "", ""


def rows(root: Path) -> list[dict[str, str]]:
    """One row for every sample file."""
    found = sorted(
        p for pattern in ("*.jpg", "*.png", "*.yaml", "reference/*.jpg", "reference/*.csv") for p in root.glob(pattern)
    )
    out = []
    for path in found:
        name = path.relative_to(root).as_posix()
        why, origin = WHY.get(name, ("reference: unrelated scene", RENDER))
        width, height = size_of(path)
        data = path.read_bytes()
        out.append(
            {
                "file": name,
                "sha256": hashlib.sha256(data).hexdigest(),
                "bytes": str(len(data)),
                "width_px": width,
                "height_px": height,
                "why": why,
                "origin": origin,
                "licence": "CC0-1.0",
            }
        )
    return out


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dir", type=Path, default=Path(__file__).resolve().parent.parent)
    parser.add_argument(
        "--check", action="store_true", help="compare instead of writing; exit status 1 on any difference"
    )
    args = parser.parse_args()
    target, now = args.dir / "manifest.csv", rows(args.dir)
    if not args.check:
        with open(target, "w", newline="", encoding="utf-8") as handle:
            writer = csv.DictWriter(handle, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(now)
        print(f"{len(now)} files, {sum(int(r['bytes']) for r in now) / 1e6:.1f} MB")
        return 0
    with open(target, newline="", encoding="utf-8") as handle:
        listed = {row["file"]: row for row in csv.DictReader(handle)}
    actual = {row["file"]: row for row in now}
    problems = [f"not listed: {f}" for f in actual.keys() - listed.keys()] + [
        f"missing: {f}" for f in listed.keys() - actual.keys()
    ]
    problems += [
        f"differs: {f} ({', '.join(k for k in COLUMNS if listed[f].get(k) != actual[f][k])})"
        for f in actual.keys() & listed.keys()
        if listed[f] != actual[f]
    ]
    print("\n".join(sorted(problems)) or f"{len(actual)} files as listed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
