"""Peers that lay points of two pictures together: ORB, RootSIFT, and the method of kdr/overcast 0.0.6.

All three meet a shortlist, since every pair would take days: the fourteen references with most votes of nearest SIFT
descriptors, two chosen by chance, and the true ones. So their recall is an upper bound and their false matches a lower.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from benchmarks.copies.photos import seeded
from benchmarks.copies.rivals import Hit

VOTED, BY_CHANCE = 14, 2
SHORTLIST_PX = 512
TREES, CHECKS = 5, 50
RATIO = 0.75
OVERCAST_INLIERS, OVERCAST_SHARE = 15, 0.40
FLANN_KDTREE = 1


@dataclass(frozen=True)
class Points:
    """Points of a picture: places float32 (n, 2), descriptors (n, d), and the picture's size."""

    xy: np.ndarray
    descriptors: np.ndarray
    size: tuple[int, int]


Detector = Callable[[np.ndarray], Points]


def orb(grey: np.ndarray) -> Points:
    """ORB, 500 points."""
    return _detected(cv2.ORB_create(500), grey, 32)


def root_sift(grey: np.ndarray) -> Points:
    """The 500 strongest SIFT points; square roots of the descriptors (Arandjelovic and Zisserman, CVPR 2012)."""
    found = _detected(cv2.SIFT_create(500), grey, 128)
    share = found.descriptors / np.maximum(found.descriptors.sum(axis=1, keepdims=True), 1e-6)
    return Points(found.xy, np.sqrt(share).astype(np.float32), found.size)


def all_sift(grey: np.ndarray) -> Points:
    """Every SIFT point at full size; descriptors are whole numbers up to 255, and kept as such."""
    found = _detected(cv2.SIFT_create(), grey, 128)
    return Points(found.xy, found.descriptors.astype(np.uint8), found.size)


def _detected(detector: cv2.Feature2D, grey: np.ndarray, width: int) -> Points:
    points, descriptors = detector.detectAndCompute(grey, None)
    places = np.array([point.pt for point in points], np.float32).reshape(-1, 2)
    kind = np.uint8 if width == 32 else np.float32
    return Points(places, np.empty((0, width), kind) if descriptors is None else descriptors, grey.shape[::-1])


def grey_of(path: Path, longest_px: int = 0) -> np.ndarray:
    """The picture in grey, at most so long; 0: as it is."""
    grey = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    if grey is None:
        raise OSError(f"OpenCV cannot read {path}")
    shrink = longest_px / max(grey.shape) if longest_px else 1.0
    return grey if shrink >= 1 else cv2.resize(grey, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)


class Shortlist:
    """References by votes of nearest RootSIFT descriptors, in one kd-tree; the descriptors are kept in a file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.names: list[str] = []
        self.owners = np.empty(0, np.int32)
        self.rows = np.empty((0, 128), np.float32)
        self.tree: cv2.flann_Index | None = None

    def index(self, pictures: Sequence[tuple[str, Path]]) -> None:
        if self.names:
            return
        self.names = [name for name, _ in pictures]
        if not self.file.exists():
            found = [root_sift(grey_of(path, SHORTLIST_PX)).descriptors[::2] for _, path in pictures]
            owners = np.repeat(np.arange(len(found)), [len(rows) for rows in found]).astype(np.int32)
            np.savez(self.file, owners=owners, rows=np.concatenate(found))
        with np.load(self.file) as kept:
            self.owners, self.rows = kept["owners"], kept["rows"]

    def near(self, path: Path, true: Sequence[str]) -> list[str]:
        """Names of candidates for a query."""
        if self.tree is None:
            self.tree = cv2.flann_Index(self.rows, {"algorithm": FLANN_KDTREE, "trees": 4})
        votes = np.zeros(len(self.names))
        asked = root_sift(grey_of(path, 2 * SHORTLIST_PX)).descriptors
        if len(asked):
            found, _ = self.tree.knnSearch(asked, 3, params={"checks": 64})
            votes += np.bincount(self.owners[found.ravel()], minlength=len(votes))
        best = [self.names[place] for place in np.argsort(-votes, kind="stable")[:VOTED]]
        others = seeded(f"{len(asked)} {best[0]}").choice(len(self.names), BY_CHANCE, replace=False)
        return list(dict.fromkeys([*true, *best, *(self.names[place] for place in others)]))


class Pairwise:
    """Lays the query beside every candidate; candidates' points are kept as files in a folder."""

    def __init__(
        self, shortlist: Shortlist, detector: Detector, judge: Callable[[Points, Points], Hit | None], folder: Path
    ) -> None:
        self.shortlist, self.detector, self.judge, self.folder = shortlist, detector, judge, folder
        self.paths: dict[str, Path] = {}

    def index(self, pictures: Sequence[tuple[str, Path]]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.paths = dict(pictures)
        self.shortlist.index(pictures)

    def query(self, path: Path, true: Sequence[str]) -> list[Hit]:
        asked = self.detector(grey_of(path))
        hits = []
        for name in self.shortlist.near(path, true):
            hit = self.judge(self._kept(name), asked)
            if hit is not None:
                hits.append(Hit(name, hit.score, hit.answer))
        return sorted(hits, key=lambda hit: -hit.score)

    def _kept(self, name: str) -> Points:
        file = self.folder / f"{name}.npz"
        if not file.exists():
            made = self.detector(grey_of(self.paths[name]))
            file_part = self.folder / f"{name}.{id(made)}.part.npz"
            np.savez(file_part, xy=made.xy, descriptors=made.descriptors, size=made.size)
            file_part.rename(file)
        with np.load(file) as kept:
            return Points(kept["xy"], kept["descriptors"], (int(kept["size"][0]), int(kept["size"][1])))


def by_ransac(reference: Points, query: Points) -> Hit | None:
    """ORB: Hamming, mutual nearest, homography by RANSAC at 5 px; the score is the number of inliers."""
    if min(len(reference.xy), len(query.xy)) < 4:
        return None
    pairs = cv2.BFMatcher(cv2.NORM_HAMMING, crossCheck=True).match(reference.descriptors, query.descriptors)
    return _inliers(reference, query, pairs, cv2.RANSAC, 5.0)


def by_magsac(reference: Points, query: Points) -> Hit | None:
    """RootSIFT: ratio 0.8, homography by MAGSAC++ at 3 px (Barath et al., CVPR 2020); the score is the inliers."""
    if min(len(reference.xy), len(query.xy)) < 4:
        return None
    found = cv2.BFMatcher(cv2.NORM_L2).knnMatch(reference.descriptors, query.descriptors, 2)
    pairs = [two[0] for two in found if len(two) == 2 and two[0].distance < 0.8 * two[1].distance]
    return _inliers(reference, query, pairs, cv2.USAC_MAGSAC, 3.0)


def _inliers(reference: Points, query: Points, pairs: Sequence[cv2.DMatch], method: int, reach_px: float) -> Hit | None:
    laid = _laid(reference, query, pairs, method, reach_px)
    return Hit("", float(laid[1])) if laid is not None and laid[1] >= 4 else None


def _laid(
    reference: Points, query: Points, pairs: Sequence[cv2.DMatch], method: int, reach_px: float
) -> tuple[np.ndarray, int] | None:
    if len(pairs) < 4:
        return None
    first = reference.xy[[pair.queryIdx for pair in pairs]]
    second = query.xy[[pair.trainIdx for pair in pairs]]
    matrix, mask = cv2.findHomography(first, second, method, reach_px)
    return None if matrix is None else (matrix, int(mask.sum()))


class Overcast:
    """kdr/overcast 0.0.6: FLANN with five trees, ratio 0.75 from reference to query, RANSAC at 4 px, then its gates.

    At least 15 inliers, 0.40 of the good matches, and the warped frame of the reference convex and of 1 % to 100 times
    its area. What passes is called a match; sorted by inliers. The query's tree is built once, not for every reference.
    """

    def __init__(self) -> None:
        self.asked: Points | None = None
        self.matcher = cv2.FlannBasedMatcher()

    def judge(self, reference: Points, query: Points) -> Hit | None:
        if min(len(reference.xy), len(query.xy)) < 2:
            return None
        if self.asked is not query:
            self.asked = query
            self.matcher = cv2.FlannBasedMatcher({"algorithm": FLANN_KDTREE, "trees": TREES}, {"checks": CHECKS})
            self.matcher.add([query.descriptors.astype(np.float32)])
            self.matcher.train()
        found = self.matcher.knnMatch(reference.descriptors.astype(np.float32), k=2)
        good = [two[0] for two in found if len(two) == 2 and two[0].distance < RATIO * two[1].distance]
        laid = _laid(reference, query, good, cv2.RANSAC, 4.0)
        if laid is None:
            return None
        matrix, inliers = laid
        passes = inliers >= OVERCAST_INLIERS and inliers / len(good) >= OVERCAST_SHARE
        return Hit("", float(inliers), "copy") if passes and _plausible(matrix, reference.size) else None


def _plausible(matrix: np.ndarray, size: tuple[int, int]) -> bool:
    width, height = size
    frame = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64).reshape(-1, 1, 2)
    quad = cv2.perspectiveTransform(frame, matrix).reshape(-1, 2)
    if not np.isfinite(quad).all() or not cv2.isContourConvex(quad.astype(np.float32)):
        return False
    share = cv2.contourArea(quad.astype(np.float32)) / (width * height)
    return bool(0.01 <= share <= 100)
