"""`python -m benchmarks.forensics.blind PHOTOS_DIR... [--seed N] [--most N] [--one]`: blind methods, counted.

Of every photograph, the independent unit: the file as found, unaltered versions of it, posted copies, and altered ones
(a part of another photograph, 64 to 128 pixels, pasted in off the grid, those of finely saved files apart; a blob
filled or pasted into a JPEG, saved again at quality 95). What each check of the list says of each is counted: alarm,
none, not judged. For alarms over unaltered photographs the 95 % upper limit (Clopper-Pearson) is given; for nominal
levels, how many alarms there are.
"""

from __future__ import annotations

import argparse
import io
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np
from PIL import Image as Pillow
from scipy.stats import beta

from benchmarks.forensics.altered import altered
from benchmarks.forensics.versions import POSTED, UNALTERED, Pixels, decoded, jpeg, opened, png
from provenance.checks import CHECKS
from provenance.findings.blind import METHODS
from provenance.image.containers.jpeg_tables import libjpeg
from provenance.image.decoding.decoder import Decoder
from provenance.image.load import load_bytes
from provenance.model.context import Context
from provenance.model.differences import Anomaly
from provenance.model.image import Image
from provenance.model.limits import Limits
from provenance.model.outcome import Ran, Skipped

FINELY = 95
NOMINAL = (1.0, 0.1, 0.01, 0.001, 0.00025)
_AS_FOUND = "as found"
_CLOCK = datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Case:
    """A file, what became of it, and where it was altered."""

    group: str
    data: bytes
    mask: Pixels | None = None


def one_case(data: bytes, rng: np.random.Generator) -> Case:
    """The file, or one of its unaltered or posted versions."""
    name = str(rng.choice([_AS_FOUND, *UNALTERED, *POSTED]))
    if name == _AS_FOUND:
        return Case(f"unaltered: {name}", data)
    made = {**UNALTERED, **POSTED}[name](opened(data), rng)
    return Case(name if name in POSTED else f"unaltered: {name}", made)


def cases(data: bytes, other: bytes, rng: np.random.Generator) -> Iterator[Case]:
    """The file, some of its unaltered and posted versions, and altered ones with parts of the other."""
    donor = opened(other)
    yield Case(f"unaltered: {_AS_FOUND}", data)
    pixels = opened(data)
    for name in rng.choice(list(UNALTERED), 2, replace=False):
        yield Case(f"unaltered: {name}", UNALTERED[str(name)](pixels, rng))
    for name in rng.choice(list(POSTED), 1, replace=False):
        yield Case(str(name), POSTED[str(name)](pixels, rng))
    side = int(rng.choice((64, 96, 128)))
    if min(*pixels.shape[:2], *donor.shape[:2]) >= side + 24:
        laid, mask = pasted(pixels, donor, side, rng)
        of = f"pasted in, of {FINELY} and up" if finely_saved(other) else f"pasted in, of below {FINELY}"
        yield Case(f"{of}, saved without loss", png(laid), mask)
        quality = int(rng.integers(98, 101))
        yield Case(f"{of}, saved at {quality}", jpeg(laid, quality, subsampling=2), mask)
    first = int(rng.integers(70, 89))
    host = decoded(jpeg(pixels, first, subsampling=2))
    operation = str(rng.choice(("splice", "filled")))
    changed, mask = altered(host, donor, operation, rng)
    yield Case("altered, saved at 95", jpeg(changed, 95, subsampling=2), mask)


def finely_saved(data: bytes) -> bool:
    """Whether a file is no JPEG, or one whose steps are no larger than libjpeg's at quality 95: little of a grid."""
    with Pillow.open(io.BytesIO(data)) as picture:
        tables = getattr(picture, "quantization", None)
    return not tables or sum(tables[0]) <= sum(libjpeg(FINELY)[0])


def pasted(pixels: Pixels, donor: Pixels, side: int, rng: np.random.Generator) -> tuple[Pixels, Pixels]:
    """A square of the donor off the grid of the picture."""
    top, left, below, beside = (
        int(rng.integers(8, length - side - 8)) for length in (*pixels.shape[:2], *donor.shape[:2])
    )
    if (top - below) % 8 == 0 and (left - beside) % 8 == 0:
        left += 3
    changed, mask = pixels.copy(), np.zeros(pixels.shape[:2], np.uint8)
    changed[top : top + side, left : left + side] = donor[below : below + side, beside : beside + side]
    mask[top : top + side, left : left + side] = 255
    return changed, mask


def judged(image: Image) -> Iterator[tuple[str, str, float, tuple[Anomaly, ...]]]:
    """Of every blind check: its name, "alarm", "none" or "not judged", the least log10 NFA, and what it found."""
    context = Context(now=_CLOCK)
    for check in CHECKS:
        if check.name not in METHODS:
            continue
        outcome = check.function()(image, context)
        if isinstance(outcome, Ran):
            found = tuple(item for item in outcome.evidence if isinstance(item, Anomaly))
            least = min((one.log10_nfa for item in found for one in item.regions), default=0.0)
            yield check.name, "alarm" if found else "none", least, found
        else:
            said = "not judged" if isinstance(outcome, Skipped) else f"FAILED {outcome.error}"
            yield check.name, said, 0.0, ()


def of_photograph(given: tuple[Path, Path, int, int, bool, bool]) -> list[tuple[str, str, str, float, str, str]]:
    """Rows of one photograph: its name, group, method, answer, log10 NFA, and whether the altered part was met."""
    path, other, seed, number, unaltered, one_of_each = given
    rows, rng = [], np.random.default_rng([seed, number])
    with Decoder() as decoder:
        try:
            data = path.read_bytes()
            for case in [one_case(data, rng)] if one_of_each else cases(data, other.read_bytes(), rng):
                if unaltered and case.group.startswith(("pasted", "altered")):
                    break
                image = load_bytes(case.data, path.name, decoder, Limits())
                if image.working_copy is None:
                    continue
                for method, said, least, found in judged(image):
                    met = "" if case.mask is None or said != "alarm" else where_outlined(found, case.mask)
                    rows.append((path.name, case.group, method, said, least, met))
        except (OSError, ValueError) as error:
            print(f"{path.name}: {error}", flush=True)
    return rows


def where_outlined(found: tuple[Anomaly, ...], mask: Pixels) -> str:
    """Whether the outlined part lies mostly on the altered one."""
    outlined = np.zeros(mask.shape, np.uint8)
    for region in (region for item in found for region in item.regions):
        cv2.fillPoly(outlined, [np.array(one, np.int32) for one in region.outlines], 1)
    inside = int((outlined[mask > 0] > 0).sum())
    return "found" if inside > 0.5 * max(int(outlined.sum()), 1) else "elsewhere"


def upper(alarms: int, n: int) -> float:
    """The 95 % upper limit of a rate (Clopper and Pearson 1934, one-sided)."""
    return float(beta.ppf(0.95, alarms + 1, n - alarms)) if alarms < n else 1.0


def main() -> None:
    """Print the tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folders", nargs="+", type=Path)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--first", type=int, default=0, help="photographs of the shuffled list to pass over")
    asked.add_argument("--most", type=int, default=10_000)
    asked.add_argument("--unaltered", action="store_true", help="leave the altered versions out")
    asked.add_argument("--one", action="store_true", help="one unaltered or posted version of each photograph")
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--rows", type=Path, help="a file to which each answer is added as it comes")
    given = asked.parse_args()
    files = sorted(path for folder in given.folders for path in folder.iterdir() if path.is_file())
    files = [files[one] for one in np.random.default_rng(given.seed).permutation(len(files))]
    work = [
        (path, files[number - 1], given.seed, number, given.unaltered, given.one) for number, path in enumerate(files)
    ]
    work = work[given.first : given.first + given.most]
    with ProcessPoolExecutor(given.workers) as pool:
        rows = []
        for found in pool.map(of_photograph, work):
            rows += found
            if given.rows:
                with given.rows.open("a") as kept:
                    kept.writelines("\t".join(map(str, row)) + "\n" for row in found)
    print(f"{len({row[0] for row in rows})} photographs\n")
    print(table(rows))
    print(nominal(rows))
    print(*(f"{method}: {numbers}" for method, numbers in tested(rows).items()), sep="\n")
    for name, group, method, said, least, met in rows:
        if said.startswith("FAILED") or (said == "alarm" and (met == "elsewhere" or group.startswith(("una", "pos")))):
            print(f"{group}: {method} {said} {least:.1f} {met} {name}")


def table(rows: list[tuple[str, str, str, str, float, str]]) -> str:
    """Answers by method and group."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for _, group, method, said, _, met in rows:
        counts[method, group][met or said] += 1
    lines = ["| method | file | n | not judged | silent | alarm |", "|---|---|---|---|---|---|"]
    for (method, group), seen in sorted(counts.items()):
        alarms = seen["alarm"] + seen["found"] + seen["elsewhere"]
        also = f" ({seen['elsewhere']} elsewhere)" if seen["elsewhere"] else ""
        n = sum(seen.values())
        lines.append(f"| {method} | {group} | {n} | {seen['not judged']} | {seen['none']} | {alarms}{also} |")
    return "\n".join(lines) + "\n"


def nominal(rows: list[tuple[str, str, str, str, float, str]]) -> str:
    """By photograph and by file: alarms over unaltered and posted files at nominal levels, all methods together."""
    plain = [row for row in rows if row[1].startswith(("unaltered", "posted"))]
    photographs = {row[0] for row in plain}
    files = len({(row[0], row[1]) for row in plain})
    hit = {row[0] for row in plain if row[3] == "alarm"}
    lines = [
        f"{len(hit)} of {len(photographs)} photographs with an alarm in an unaltered or posted version, upper limit "
        f"{100 * upper(len(hit), len(photographs)):.2f} %; {files} files\n",
        "| nominal NFA, at most | expected of these files | observed |",
        "|---|---|---|",
    ]
    for level in NOMINAL:
        seen = len({(row[0], row[1]) for row in plain if row[3] == "alarm" and row[4] <= np.log10(level)})
        lines.append(f"| {level:g} | {files * level:.3g} | {seen} |")
    return "\n".join(lines) + "\n"


def tested(rows: list[tuple[str, str, str, str, float, str]]) -> dict[str, tuple[int, int, int, int, int]]:
    """Of each method: unaltered files, judged, alarms; posted files, judged (provenance/findings/blind.py, TESTED)."""
    found = {}
    for method in METHODS:
        plain, posted = (
            [row[3] for row in rows if row[2] == method and row[1].startswith(kind)] for kind in ("unaltered", "posted")
        )
        judged_of = [sum(said in {"alarm", "none"} for said in answers) for answers in (plain, posted)]
        found[method] = len(plain), judged_of[0], plain.count("alarm"), len(posted), judged_of[1]
    return found


if __name__ == "__main__":
    main()
