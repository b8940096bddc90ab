"""Pairs of one photograph, laid over each other and judged: one row each."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from benchmarks.forensics.altered import OPERATIONS, altered, hardly
from benchmarks.forensics.benign import WAYS, Floats, Pixels, Sent, jpeg, kept, resaved
from benchmarks.forensics.laid_over import OVERLAYS
from benchmarks.forensics.writing import CHANGES, written
from benchmarks.forensics.writing import KINDS as WRITTEN_ON
from provenance.forensics.comparison.clusters import ALARM_LOG10_NFA
from provenance.forensics.comparison.compare import Difference, difference
from provenance.model.differences import Compared
from provenance.model.image import WorkingCopy

POSTS = ("unposted", "posted", "half size")
KINDS = ("unaltered", "altered", "laid over", "writing")
_Pair = tuple[str, Pixels, Sent, Pixels | None, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """What the comparison said of one pair."""

    photograph: str
    pair: str
    outcome: str
    named: str
    right: int
    log10_nfa: float
    mcc: float
    """Of the outlined pixels with those altered; not a number where nothing was altered or found."""
    seconds_a_megapixel: float


def rows(photograph: str, picture: Pixels, donor: Pixels, seed: tuple[int, int], kinds: tuple[str, ...]) -> list[Row]:
    """All pairs of the kinds asked for."""
    told = []
    for number, (pair, reference, sent, blob, names) in enumerate(_pairs(picture, donor, seed, kinds)):
        started = time.process_time()
        found = compared(sent, reference, np.random.default_rng([*seed, number]))
        took = (time.process_time() - started) / (sent.pixels.size / 3e6)
        named = {"other writing" if one.writing else one.what for one in found.regions}
        mcc = float("nan")
        if blob is not None:
            right = found.log10_nfa <= ALARM_LOG10_NFA
            mcc = _mcc(found, sent, blob) if right else mcc
        elif names:
            right = bool(named) and named <= names
        else:
            right = found.outcome is Compared.NO_DIFFERENCE
        words = "; ".join(sorted(one or "no name" for one in named))
        told.append(Row(photograph, pair, found.outcome.value, words, int(right), found.log10_nfa, mcc, round(took, 3)))
    return told


def _pairs(picture: Pixels, donor: Pixels, seed: tuple[int, int], kinds: tuple[str, ...]) -> Iterator[_Pair]:
    """Reference, what is sent, the blob that was altered, and the names that something laid over it may be given."""
    if "unaltered" in kinds:
        rng = np.random.default_rng([*seed, 1])
        for way, made in WAYS.items():
            yield f"unaltered: {way}", picture, made(picture, rng), None, frozenset()
    if "altered" in kinds:
        rng = np.random.default_rng([*seed, 2])
        for number, operation in enumerate(OPERATIONS):
            try:
                changed, blob = altered(picture, donor, operation, rng)
            except ValueError:
                continue
            post = POSTS[(number + int(rng.integers(3))) % 3]
            changed = jpeg(changed, rng.choice([85, 90, 95]))
            sent = kept(changed) if post == "unposted" else WAYS[post](changed, rng)
            yield f"altered, {post}: {operation}", picture, sent, blob, frozenset()
    if "laid over" in kinds:
        rng = np.random.default_rng([*seed, 3])
        for overlay, (lay, names) in OVERLAYS.items():
            under = lay(picture.copy(), rng)
            if not hardly(picture, under):
                yield f"laid over: {overlay}", picture, kept(jpeg(under, 90)), None, names
    if "writing" in kinds:
        yield from _written(picture, np.random.default_rng([*seed, 4]))


def _written(picture: Pixels, rng: np.random.Generator) -> Iterator[_Pair]:
    """On each kind of ground two changes of its writing, and none."""
    for number, ground in enumerate(WRITTEN_ON):
        post = POSTS[(number + int(rng.integers(3))) % 3]
        first = int(rng.integers(len(CHANGES)))
        for change in (CHANGES[first], CHANGES[first - 1]):
            before, after, blob = written(picture, ground, change, rng)
            after = jpeg(after, rng.choice([85, 90, 95]))
            sent = kept(after) if post == "unposted" else WAYS[post](after, rng)
            yield f"writing {change}, {post}: {ground}", before, sent, blob, frozenset()
        same = resaved(before, rng) if post == "unposted" else WAYS[post](before, rng)
        yield f"writing as it was, {post}: {ground}", before, same, None, frozenset()


def compared(sent: Sent, picture: Pixels, rng: np.random.Generator) -> Difference:
    """Laid with the matcher's usual error of a pixel."""
    moved = np.eye(3)
    moved[:2, :2] += rng.normal(0, 0.0008, (2, 2))
    moved[:2, 2] = rng.normal(0, 0.6, 2)
    found: Floats = sent.matrix @ moved
    return difference(WorkingCopy(pixels=sent.pixels), WorkingCopy(pixels=picture), found, sent.outline)


def _mcc(found: Difference, sent: Sent, blob: Pixels) -> float:
    """Matthews correlation of the outlined pixels with those altered."""
    mask = np.zeros(sent.pixels.shape[:2], np.uint8)
    for region in found.regions:
        cv2.fillPoly(mask, [np.array(one, np.int32) for one in region.outlines], 1)
    way = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    true = cv2.warpPerspective(blob, sent.matrix, sent.pixels.shape[1::-1], flags=way) > 128
    return float(np.corrcoef(mask.ravel(), true.ravel())[0, 1]) if mask.any() and true.any() else 0.0
