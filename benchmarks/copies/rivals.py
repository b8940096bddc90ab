"""Matchers under one roof: ours, and whole-frame hashes as peers. What peers with points do is in rivals_points.py."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import imagehash
import numpy as np
import pdqhash
from PIL import Image

from benchmarks.adapters import Matcher
from benchmarks.copies.canvas import BoxPx

MOST = 20


@dataclass(frozen=True)
class Hit:
    """One picture found. `answer`: "copy", ... where a matcher gives more than a score."""

    name: str
    score: float
    answer: str = ""
    box_px: BoxPx | None = None
    """Where it lies in the query."""
    one_false_in: int = 0


class Searcher(Protocol):
    """What is measured. `true`: pictures that a shortlist must not leave out, so that it costs a peer nothing."""

    def index(self, pictures: Sequence[tuple[str, Path]]) -> None: ...

    def query(self, path: Path, true: Sequence[str]) -> list[Hit]: ...


class Ours:
    """The library, through the adapter that others measure it with."""

    def __init__(self, folder: Path) -> None:
        self.matcher = Matcher(folder)

    def index(self, pictures: Sequence[tuple[str, Path]]) -> None:
        self.matcher.index(pictures)

    def query(self, path: Path, true: Sequence[str]) -> list[Hit]:
        del true
        hits = []
        for name, score, match in self.matcher.matches(path):
            box = None
            if match.alignment is not None and match.alignment.query_region:
                xs, ys = zip(*match.alignment.query_region, strict=True)
                box = round(min(xs)), round(min(ys)), round(max(xs)), round(max(ys))
            hits.append(Hit(name, score, match.answer.value, box, match.one_false_match_in))
        return hits


class Hashes:
    """Nearest by differing bits over all turns of the query; the score is minus the bits."""

    def __init__(self, turns: Callable[[Image.Image], np.ndarray]) -> None:
        """`turns`: a picture to codes, uint8 (turns, bytes), the first as it is."""
        self.turns = turns
        self.names: list[str] = []
        self.codes = np.empty((0, 1), np.uint8)

    def index(self, pictures: Sequence[tuple[str, Path]]) -> None:
        self.names = [name for name, _ in pictures]
        self.codes = np.array([self.turns(_opened(path))[0] for _, path in pictures], np.uint8)

    def query(self, path: Path, true: Sequence[str]) -> list[Hit]:
        del true
        turned = self.turns(_opened(path))
        bits = np.bitwise_count(turned[:, None] ^ self.codes[None]).sum(axis=2, dtype=np.int64).min(axis=0)
        order = np.argsort(bits, kind="stable")[:MOST]
        return [Hit(self.names[place], -float(bits[place])) for place in order]


def phash64(picture: Image.Image) -> np.ndarray:
    """imagehash.phash as it is."""
    return np.packbits(imagehash.phash(picture, 8).hash.reshape(1, -1), axis=1)


def phash256(picture: Image.Image) -> np.ndarray:
    """imagehash.phash with 16 x 16 bits."""
    return np.packbits(imagehash.phash(picture, 16).hash.reshape(1, -1), axis=1)


def pdq(picture: Image.Image) -> np.ndarray:
    """PDQ with its eight turns."""
    return np.packbits(np.array(pdqhash.compute_dihedral(np.ascontiguousarray(picture))[0], np.uint8), axis=1)


def _opened(path: Path) -> Image.Image:
    with Image.open(path) as opened:
        return opened.convert("RGB")
