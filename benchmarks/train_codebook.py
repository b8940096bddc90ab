"""Trains the codebook of local features from wallpapers that Debian ships and from our own renders.

    python -m benchmarks.train_codebook FOLDER [FOLDER ...]

The folders are searched for pictures; those shipped were trained from the Debian 12 packages gnome-backgrounds,
mate-backgrounds, plasma-workspace-wallpapers, lomiri-wallpapers-16.04, lomiri-wallpapers-20.04 and ukui-wallpapers
(unpacked with `dpkg-deb -x`) and from samples/reference. Writes provenance/fingerprint/local/codebook.npz and prints
its version. None of these pictures may be used to measure anything. The cuts of a codebook that is there are kept: the
score was fitted on them. Move it away to have them made anew.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.asked import arguments
from provenance.fingerprint.local import codebook
from provenance.fingerprint.local.detect import detect, grey_of
from provenance.fingerprint.local.mirror import order
from provenance.model.image import WorkingCopy

ROUNDS = 14
LONGEST_PX = (320, 512, 640, 1000)
POINTS = 900
TARGET = Path(__file__).parents[1] / "provenance" / "fingerprint" / "local" / codebook.FILE


def descriptors_of(path: Path) -> np.ndarray:
    """All descriptors of one picture at several sizes."""
    with Image.open(path) as opened:
        opened.draft("RGB", (2000, 2000))
        picture = opened.convert("RGB")
    picture.thumbnail((2000, 2000))
    copy = WorkingCopy(pixels=np.asarray(picture))
    return np.concatenate([detect(grey_of(copy, longest), POINTS).descriptors for longest in LONGEST_PX])


def means(rows: np.ndarray, number: int, chance: np.random.Generator) -> np.ndarray:
    """k-means (Lloyd) with deterministic seeds; centres without members are put onto random rows."""
    rows = rows.astype(np.float32)
    centres = rows[chance.choice(len(rows), number, replace=False)]
    for turn in range(ROUNDS):
        sums, counts = np.zeros_like(centres), np.zeros(number)
        lengths = (centres**2).sum(axis=1)
        for start in range(0, len(rows), 8192):
            part = rows[start : start + 8192]
            own = np.argmin(lengths - 2 * part @ centres.T, axis=1)
            order_of = np.argsort(own, kind="stable")
            present, starts = np.unique(own[order_of], return_index=True)
            sums[present] += np.add.reduceat(part[order_of], starts, axis=0)
            counts += np.bincount(own, minlength=number)
        empty = counts == 0
        centres = sums / np.maximum(counts, 1)[:, None]
        centres[empty] = rows[chance.choice(len(rows), int(empty.sum()))]
        print(f"round {turn + 1}: {int(empty.sum())} empty", flush=True)
    return centres


def cuts_of(rows: np.ndarray, chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """128 cuts: a random rotation of the whitened-by-half space, as bytes, and the medians along each."""
    rows = rows.astype(np.float64)
    values, vectors = np.linalg.eigh(np.cov(rows.T))
    rotation, _ = np.linalg.qr(chance.normal(size=(128, 128)))
    cuts = vectors @ np.diag(np.maximum(values, values.max() / 1000) ** -0.25) @ rotation
    # |d| is 512 and |cut| at most 16 * 128: sums stay below 2**20.
    cuts = np.rint(cuts / np.abs(cuts).max() * 127)
    return cuts.astype(np.int8), np.median(rows @ cuts, axis=0).round().astype(np.int32)


def main(folders: list[Path]) -> None:
    chance = np.random.default_rng(20)
    paths = sorted(
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix.lower() in (".jpg", ".png", ".webp") and path.stat().st_size > 60_000
    )
    rows = np.concatenate([descriptors_of(path) for path in paths])
    # A mirrored picture is as likely as a plain one.
    rows = np.concatenate([rows, rows[:, order()]])
    print(f"{len(paths)} pictures, {len(rows)} descriptors", flush=True)
    write(rows[chance.permutation(len(rows))[:400_000]], chance)


def write(rows: np.ndarray, chance: np.random.Generator) -> None:
    """Words in two steps: a centre, and one of 64 steps beyond it, the same around every centre."""
    if TARGET.exists():
        with np.load(TARGET) as before:
            cuts, middles = before["cuts"], before["middles"]
    else:
        cuts, middles = cuts_of(rows, chance)
    coarse = means(rows, codebook.COARSE, chance).round().clip(0, 255)
    part = rows[chance.permutation(len(rows))[:200_000]].astype(np.float32)
    lengths = (coarse**2).sum(axis=1)
    beyond = np.concatenate(
        [one - coarse[np.argmin(lengths - 2 * one @ coarse.T, axis=1)] for one in np.array_split(part, 50)]
    )
    fine = means(beyond, codebook.FINE, chance).round().clip(-127, 127)
    np.savez_compressed(TARGET, coarse=coarse.astype(np.uint8), fine=fine.astype(np.int8), cuts=cuts, middles=middles)
    print(f"{TARGET}: {TARGET.stat().st_size} bytes, version {codebook.read(TARGET.read_bytes()).version}")


if __name__ == "__main__":
    main([Path(name) for name in arguments(__doc__, 1, None)])
