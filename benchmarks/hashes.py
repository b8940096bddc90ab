"""Compares whole-frame hashes: which copies they find, and how near pictures come that are no copies.

    python -m benchmarks.hashes PHOTOS_DIR

PHOTOS_DIR holds manifest.csv (file, role, group, ...) and the pictures. Originals and references are indexed, with 100
screenshots of posts and 200 posts of nothing but text; originals are degraded into queries. Strangers are degraded in
the same ways and must match nothing, nor may other posts. Prints the tables of docs/measured/hashes.md; takes minutes.
"""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

import numpy as np
import pdqhash
from PIL import Image

from benchmarks.asked import arguments
from benchmarks.degradations import DEGRADATIONS, post_of_text, post_screenshot
from provenance.fingerprint import gradients, perceptual
from provenance.fingerprint.whole_frame import WholeFrame, describe
from provenance.model.image import WorkingCopy

PDQ_RADIUS_BITS, PDQ_QUALITY = 31, 50  # Facebook, "PDQ & TMK + PDQF", 2019: "confident match", "use with caution" below
ALONE_RADIUS_BITS = 28  # the widest at which the perceptual hash alone has no false match but among posts of text
AS_IT_IS = "as it is"
POSTS, TEXTS = "posts with a picture", "posts of text"

Codes = dict[str, np.ndarray]
"""Name of the code -> (turns, bytes) uint8."""


def frame_of(picture: Image.Image) -> WholeFrame:
    return describe(WorkingCopy(pixels=np.ascontiguousarray(picture)))


def codes_of(picture: Image.Image) -> tuple[Codes, bool, bool]:
    """All codes in all turns, and whether there is detail enough for ours and for PDQ."""
    frame = frame_of(picture)
    bits, quality = pdqhash.compute_dihedral(np.ascontiguousarray(picture))
    codes = {
        "phash": np.array([list(turn.frequencies) for turn in frame.turns], np.uint8),
        "dhash": np.array([list(turn.gradients) for turn in frame.turns], np.uint8),
        "pdq": np.packbits(np.array(bits, np.uint8), axis=1),
    }
    return codes, frame.searchable, quality >= PDQ_QUALITY


@dataclass(frozen=True)
class Rule:
    """A way to match: which code measures the distance, and which distances are a match; arrays (turns, pictures)."""

    name: str
    code: str
    matches: Callable[[Codes, Codes], np.ndarray]


def _ours(distances: Codes, query: Codes) -> np.ndarray:
    allowed = np.array([gradients.radius_bits(bytes(code)) for code in query["dhash"]])[:, None]
    confirmed = (distances["phash"] <= perceptual.RADIUS_BITS) & (distances["dhash"] <= allowed)
    return (distances["phash"] <= perceptual.ALONE_BITS) | confirmed


RULES = (
    Rule("phash256 with dhash512", "phash", _ours),
    Rule(f"phash256 alone, {ALONE_RADIUS_BITS} bits", "phash", lambda d, _: d["phash"] <= ALONE_RADIUS_BITS),
    Rule(f"PDQ, {PDQ_RADIUS_BITS} bits", "pdq", lambda d, _: d["pdq"] <= PDQ_RADIUS_BITS),
)


@dataclass
class Index:
    """The pictures to be found, under all codes."""

    names: list[str] = field(default_factory=list)
    rows: list[Codes] = field(default_factory=list)
    detail: list[tuple[bool, bool]] = field(default_factory=list)

    def put(self, name: str, picture: Image.Image) -> None:
        codes, ours, pdq = codes_of(picture)
        self.names.append(name)
        self.rows.append({code: turned[0] for code, turned in codes.items()})
        self.detail.append((ours, pdq))

    def distances(self, query: Codes) -> Codes:
        """Differing bits of every turn of the query to every picture."""
        found = {}
        for code, turned in query.items():
            table = np.array([row[code] for row in self.rows]).view(np.uint64)
            found[code] = np.bitwise_count(turned.view(np.uint64)[:, None] ^ table[None]).sum(axis=2, dtype=np.int64)
        return found


@dataclass(frozen=True)
class Asked:
    """One query under one rule."""

    rule: str
    kind: str
    file: str
    degradation: str
    detail: bool
    found: bool
    """Its own picture matched."""
    false: int
    """Other pictures that matched."""
    nearest_bits: int
    nearest: str
    least_share: float
    """Of the query's rises, the least share that differs in any other picture within the first code's radius."""


def ask(index: Index, kind: str, file: str, words: str, picture: Image.Image) -> Iterable[Asked]:
    """The answers of all rules to one picture."""
    codes, ours, pdq = codes_of(picture)
    distances = index.distances(codes)
    own = np.array([name == file for name in index.names])
    rises = np.bitwise_count(codes["dhash"]).sum(axis=1, dtype=np.int64)[:, None]
    share = distances["dhash"] / np.clip(rises, 1, gradients.BITS // 2)
    share = np.where((distances["phash"] <= perceptual.RADIUS_BITS) & ~own, share, np.inf)
    for rule in RULES:
        column = 1 if rule.code == "pdq" else 0
        searchable = np.array([detail[column] for detail in index.detail])
        detail = pdq if rule.code == "pdq" else ours
        match = rule.matches(distances, codes).any(axis=0) & searchable & detail
        nearest = np.where(own | ~searchable, 999, distances[rule.code].min(axis=0))
        yield Asked(
            rule=rule.name,
            kind=kind,
            file=file,
            degradation=words,
            detail=detail,
            found=bool(match[own].any()),
            false=int(match[~own].sum()),
            nearest_bits=int(nearest.min()),
            nearest=index.names[int(nearest.argmin())],
            least_share=float(share[:, searchable].min()),
        )


def main(folder: Path) -> None:
    rows = list(csv.DictReader((folder / "manifest.csv").open(encoding="utf-8")))
    pictures = {row["file"]: Image.open(folder / row["file"]).convert("RGB") for row in rows}
    roles = {row["file"]: row["role"] for row in rows}
    index = indexed(pictures, roles)
    report(index, ask_all(index, pictures, roles))
    for name, place in (("bits clear of noise", 0), ("changes of brightness", 1)):
        counts = np.array([frame_of(picture).fingerprints[place].detail for picture in pictures.values()])
        lowest = ", ".join(f"{count:.0f}" for count in np.sort(counts)[:10])
        print(f"\n{name}, lowest ten of {len(counts)} photographs: {lowest}; 1 %: {np.percentile(counts, 1):.0f}")
    report_cost()


def indexed(pictures: dict[str, Image.Image], roles: dict[str, str]) -> Index:
    """Originals, references, 100 posts that show a reference, and 200 posts of text."""
    index = Index()
    for file, role in roles.items():
        if role in ("originals", "references"):
            index.put(file, pictures[file])
    for file in [file for file, role in roles.items() if role == "references"][:100]:
        index.put(f"post with {file}", post_screenshot(pictures[file], seeded(file)))
    for seed in range(200):
        index.put(f"text {seed}", text_of(seed))
    return index


def ask_all(index: Index, pictures: dict[str, Image.Image], roles: dict[str, str]) -> list[Asked]:
    """Every picture but the references, originals and strangers degraded in all ways, and other posts of text."""
    answers: list[Asked] = []
    for file, role in roles.items():
        if role != "references":
            answers += ask(index, role, file, AS_IT_IS, pictures[file])
        for words, degrade in DEGRADATIONS.items() if role in ("originals", "strangers") else ():
            kind = POSTS if degrade is post_screenshot and role == "strangers" else role
            answers += ask(index, kind, file, words, degrade(pictures[file], seeded(file + words)))
    for seed in range(1000, 1200):
        answers += ask(index, TEXTS, f"text {seed}", AS_IT_IS, text_of(seed))
    return answers


def text_of(seed: int) -> Image.Image:
    """A post of 2 to 12 lines, every other one in a dark layout."""
    return post_of_text(seed, 2 + seed // 2 % 6 * 2, dark=seed % 2 == 1)


def seeded(text: str) -> np.random.Generator:
    return np.random.default_rng(crc32(text.encode()))


def report(index: Index, answers: list[Asked]) -> None:
    print(f"{len(index.names)} pictures indexed, {len(answers) // len(RULES)} queries\n")
    print("| share of copies found | " + " | ".join(rule.name for rule in RULES) + " |")
    print("|---|" + "---|" * len(RULES))
    for words in (AS_IT_IS, *DEGRADATIONS):
        made = [asked for asked in answers if asked.kind == "originals" and asked.degradation == words]
        shares = [np.mean([asked.found for asked in made if asked.rule == rule.name]) for rule in RULES]
        print(f"| {words} | " + " | ".join(f"{share:.2f}" for share in shares) + " |")
    print("\n| no copies | rule | pictures | queries | with a match | per query | nearest: 0, 1, 50 % (bits) | rises |")
    print("|---|---|---|---|---|---|---|---|")
    for kind in ("strangers", "originals", POSTS, TEXTS, "same_scene", "frames"):
        for rule in RULES:
            report_false(kind, [asked for asked in answers if asked.kind == kind and asked.rule == rule.name])
    for rule in RULES:
        print(f"\n{rule.name}, false matches:")
        false = [asked for asked in answers if asked.rule == rule.name and asked.false]
        for asked in sorted(false, key=lambda asked: asked.nearest_bits)[:12]:
            print(f"- {asked.nearest_bits} bits: {asked.file}, {asked.degradation}, beside {asked.nearest}")


def report_false(kind: str, asked: list[Asked]) -> None:
    asked = [one for one in asked if one.detail]
    nearest = ", ".join(f"{bits:.0f}" for bits in np.percentile([one.nearest_bits for one in asked], [0, 1, 50]))
    label = "originals, against all others" if kind == "originals" else kind
    wrong = sum(1 for one in asked if one.false)
    each = np.mean([one.false for one in asked])
    print(
        f"| {label} | {asked[0].rule} | {len({one.file for one in asked})} | {len(asked)} | {wrong} "
        f"| {each:.4f} | {nearest} | {min(one.least_share for one in asked):.2f} |"
    )


def report_cost() -> None:
    """Cost of one 12-megapixel picture, beside Pillow's decoding of it in the same run."""
    large = Image.fromarray(np.random.default_rng(0).integers(0, 255, (60, 80, 3), np.uint8)).resize((4000, 3000))
    file = io.BytesIO()
    large.save(file, "JPEG", quality=88)
    copy = WorkingCopy(pixels=np.asarray(large))
    decode_s = fastest_s(lambda: Image.open(io.BytesIO(file.getvalue())).convert("RGB"))
    ours_s, pdq_s = fastest_s(lambda: describe(copy)), fastest_s(lambda: pdqhash.compute_dihedral(copy.pixels))
    print(
        f"\n12 megapixels: decoding {decode_s * 1000:.0f} ms; both codes in all turns {ours_s * 1000:.0f} ms, ", end=""
    )
    print(f"{ours_s / decode_s:.2f} of it; PDQ in all turns {pdq_s * 1000:.0f} ms, {pdq_s / decode_s:.2f} of it")


def fastest_s(work: Callable[[], object]) -> float:
    took_s = []
    for _ in range(5):
        start = time.perf_counter()
        work()
        took_s.append(time.perf_counter() - start)
    return min(took_s)


if __name__ == "__main__":
    main(Path(arguments(__doc__, 1, 1)[0]))
