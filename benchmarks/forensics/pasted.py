"""`python -m benchmarks.forensics.pasted --into DIR... --from DIR... [--half 0|1] [--seed N] [--most N] [--rows FILE]`:
parts of other JPEGs, and in which files the check of the grid tells them.

Of every JPEG of 240 pixels a side and above below the folders `--from`, a square of 64, 96 or 128 pixels is pasted off
the grid into a photograph of the folders `--into`, cut to at most 384 pixels a side, which is then saved without loss
and at 100, 99 and 98. Counted are the parts told by votes, by steps alone, outlined mostly beside, not told, and not
judged; apart for tables of libjpeg and others, and how fine they are, and for plain parts; and the parts told by side.
`--half` takes those whose name has an even or an odd digest: the known tables of
provenance/forensics/blind/first_tables.py are from even ones. With `--rows` a run that was stopped goes on where it
was.
"""

from __future__ import annotations

import argparse
import hashlib
import io
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import numpy as np
from PIL import Image as Pillow

from benchmarks.forensics.blind import pasted, where_outlined
from benchmarks.forensics.versions import Pixels, jpeg, opened, png
from provenance.forensics.blind import jpeg_grid
from provenance.image.containers.jpeg_tables import libjpeg
from provenance.image.decoding.decoder import Decoder
from provenance.image.load import load_bytes
from provenance.model.context import Context
from provenance.model.differences import Anomaly
from provenance.model.image import Image
from provenance.model.limits import Limits
from provenance.model.outcome import Ran

MOST_PX, LEAST_PX = 384, 240
SIDES_PX = (64, 96, 128)
MOST_EQUAL = 0.7
FILES = MappingProxyType({"without loss": 0, "100": 100, "99": 99, "98": 98})
_FINENESS = ((98, "98 and above"), (95, "95 to 97"))
_CONTEXT = Context(now=datetime(2100, 1, 1, tzinfo=UTC))


@dataclass(frozen=True)
class Row:
    """What the check said of one file."""

    donor: str
    kind: str
    side_px: int
    file: str
    said: str
    log10_nfa: float


def kind_of(data: bytes) -> str | None:
    """Whose table of luminance a JPEG has, and how fine it is beside libjpeg's; None of what is no JPEG, or small."""
    with Pillow.open(io.BytesIO(data)) as picture:
        tables = getattr(picture, "quantization", None)
        if not tables or min(picture.size) < LEAST_PX:
            return None
        steps = sorted(tables[0])
    whose = "libjpeg" if any(steps == sorted(libjpeg(quality)[0]) for quality in range(1, 101)) else "others"
    for quality, words in _FINENESS:
        if sum(steps) <= sum(libjpeg(quality)[0]):
            return f"{whose}, {words}"
    return f"{whose}, below 95"


def is_plain(part: Pixels) -> bool:
    """Whether most of its pixels equal the one below: no block of it can have a trace of a grid to speak of."""
    return bool((np.diff(part.astype(int), axis=0) == 0).all(2).mean() > MOST_EQUAL)


def said(image: Image, mask: Pixels) -> tuple[str, float]:
    """One word for the answer, and the least log10 NFA."""
    outcome = jpeg_grid.check(image, _CONTEXT)
    if not isinstance(outcome, Ran):
        return "not judged", 0.0
    found = tuple(item for item in outcome.evidence if isinstance(item, Anomaly))
    if not found:
        return "not told", 0.0
    least = min(one.log10_nfa for item in found for one in item.regions)
    told = [item for item in found if where_outlined((item,), mask) == "found"]
    by_votes = any("votes" in item.formula for item in told)
    return ("votes" if by_votes else "steps alone") if told else "beside", least


def rows(donor: Path, host: Path, rng: np.random.Generator, decoder: Decoder) -> Iterator[Row]:
    """Of each way of saving; none where the donor is no JPEG or one of the two is too small."""
    data = donor.read_bytes()
    kind, side = kind_of(data), int(rng.choice(SIDES_PX))
    if kind is None:
        return
    part, picture = (opened(one)[:MOST_PX, :MOST_PX] for one in (data, host.read_bytes()))
    if min(*part.shape[:2], *picture.shape[:2]) < side + 24:
        return
    changed, mask = pasted(picture, part, side, rng)
    if is_plain(changed[mask > 0].reshape(side, side, 3)):
        kind = "any: the part is plain"
    for file, quality in FILES.items():
        saved = jpeg(changed, quality, subsampling=2) if quality else png(changed)
        answer, least = said(load_bytes(saved, donor.name, decoder, Limits()), mask)
        yield Row(donor.name, kind, side, file, answer, least)


def drawn(folders: list[Path], half: int | None) -> list[Path]:
    """Files below the folders, each picture once, of both halves or one."""
    found: dict[str, Path] = {}
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        if half is None or int(hashlib.sha256(path.name.encode()).hexdigest(), 16) % 2 == half:
            found.setdefault(hashlib.sha256(path.read_bytes()).hexdigest(), path)
    return list(found.values())


def table(told: list[Row]) -> str:
    """Answers by kind of donor and way of saving."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in told:
        counts[row.kind, row.file][row.said] += 1
    answers = ("votes", "steps alone", "beside", "not told", "not judged")
    lines = [f"| the other JPEG's table | file | n | {' | '.join(answers)} |", f"|{'---|' * (3 + len(answers))}"]
    for kind in sorted({kind for kind, _ in counts}):
        for file in FILES:
            seen = counts[kind, file]
            of = " | ".join(str(seen[answer]) for answer in answers)
            lines.append(f"| {kind} | {file} | {sum(seen.values())} | {of} |")
    return "\n".join(lines)


def by_side(told: list[Row]) -> str:
    """Parts told, of all, by how fine the other JPEG is, way of saving and side; plain parts are left out."""
    counts: dict[tuple[str, str, int], list[bool]] = defaultdict(list)
    for row in told:
        if not row.kind.startswith("any"):
            counts[row.kind.split(", ")[1], row.file, row.side_px].append(row.said in {"votes", "steps alone"})
    lines = [f"| the other JPEG | file | {' | '.join(f'{side} px' for side in SIDES_PX)} |", f"|{'---|' * 5}"]
    for fineness in sorted({each for each, _, _ in counts}):
        for file in FILES:
            of = (counts[fineness, file, side] for side in SIDES_PX)
            lines.append(f"| {fineness} | {file} | {' | '.join(f'{sum(one)} of {len(one)}' for one in of)} |")
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--into", nargs="+", type=Path, required=True)
    asked.add_argument("--from", nargs="+", type=Path, required=True, dest="donors")
    asked.add_argument("--half", type=int, choices=(0, 1))
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--most", type=int, default=10_000)
    asked.add_argument("--rows", type=Path, help="read first where it is there; each answer is added as it comes")
    given = asked.parse_args()
    told = []
    if given.rows and given.rows.exists():
        lines = (line.split("\t") for line in given.rows.read_text().splitlines())
        told = [Row(one[0], one[1], int(one[2]), *one[3:5], log10_nfa=float(one[5])) for one in lines]
    done = {row.donor for row in told}
    hosts, donors = drawn(given.into, None), drawn(given.donors, given.half)
    order = np.random.default_rng(given.seed).permutation(len(donors))[: given.most]
    with Decoder() as decoder:
        for number in order:
            rng = np.random.default_rng([given.seed, int(number)])
            donor, host = donors[number], hosts[int(rng.integers(len(hosts)))]
            if donor.name in done:
                continue
            try:
                new = list(rows(donor, host, rng, decoder))
            except (OSError, ValueError, SyntaxError) as error:
                print(f"{donor.name}: {error}", flush=True)
                continue
            told += new
            if given.rows:
                with given.rows.open("a") as kept:
                    kept.writelines(
                        f"{row.donor}\t{row.kind}\t{row.side_px}\t{row.file}\t{row.said}\t{row.log10_nfa:.2f}\n"
                        for row in new
                    )
    print(table(told), by_side(told), sep="\n\n")


if __name__ == "__main__":
    main()
