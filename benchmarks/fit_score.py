"""Fits the two logistic models of matching/points/scoring.py to what benchmarks/copies/ask.py and lay.py wrote down.

    python -m benchmarks.fit_score ROWS.csv [ROWS.csv ...] [--without NAME ...]

Give it only rows of photographs that nothing is measured on. Prints the weights to put into scoring.py, and how the
models do on photographs whose origin they were not fitted on (one origin left out at a time). `--without` names files
to leave out, as query or reference: pictures that the collection holds twice, and frames of a camera that stood still
before a scene that stood still, which are copies in all but name.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from benchmarks.asked import arguments
from provenance.matching.points.scoring import FEATURES

RIDGE = 0.01
APART_WEIGHT = 5.0
"""Another photograph of a scene weighs as much as five strangers: there are few, and they decide the hard cases."""


def fitted(rows: np.ndarray, right: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Logistic regression by Newton's method with a ridge on standardised features; weights for the raw ones."""
    middle, spread = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-9)
    design = np.column_stack([np.ones(len(rows)), (rows - middle) / spread])
    ridge = np.diag([0.0] + [RIDGE * weight.sum()] * rows.shape[1]) * 0.1
    guess = np.zeros(design.shape[1])
    for _ in range(60):
        chance = 1 / (1 + np.exp(-np.clip(design @ guess, -40, 40)))
        slope = design.T @ (weight * (right - chance)) - ridge @ guess
        bend = (design * (weight * chance * (1 - chance))[:, None]).T @ design + ridge
        step = np.linalg.solve(bend + 1e-9 * np.eye(len(bend)), slope)
        guess += step
        if np.abs(step).max() < 1e-9:
            break
    raw = guess[1:] / spread
    return np.append(guess[0] - raw @ middle, raw)


def report(name: str, rows: np.ndarray, right: np.ndarray, weight: np.ndarray, origins: np.ndarray) -> None:
    """Print the weights of all rows, and the scores of every origin under the weights of all others."""
    weights = fitted(rows, right.astype(float), weight)
    print(f"{name} = ({', '.join(f'{value:.4f}' for value in weights)})")
    score = np.zeros(len(rows))
    for origin in sorted(set(origins)):
        apart = origins == origin
        others = fitted(rows[~apart], right[~apart].astype(float), weight[~apart])
        score[apart] = others[0] + rows[apart] @ others[1:]
    wrong = np.sort(score[~right])[::-1]
    print(f"# each origin left out: {right.sum()} right, {len(wrong)} wrong; highest wrong {wrong[:8].round(2)}")
    for limit in (0.0, 0.5, 1.0, 1.5, 2.0, float(wrong[0])):
        print(f"#   from {limit:.2f}: right {np.mean(score[right] >= limit):.3f}, wrong {np.sum(wrong >= limit)}")


def main(paths: list[Path], without: set[str]) -> None:
    table = [row for path in paths for row in csv.DictReader(path.open(encoding="utf-8")) if row["reference"]]
    table = [row for row in table if not {row["file"], row["reference"], row["attack"]} & without]
    rows = np.array([[float(row[name]) for name in FEATURES] for row in table])
    copy = np.array([row["is_copy"] == "1" for row in table])
    scene = np.array([row["same_group"] == "1" for row in table]) & ~copy
    origins = np.array([row["origin"] for row in table])
    known, weight = ~scene, np.where(scene, APART_WEIGHT, 1.0)
    report("RELATED", rows[known], copy[known], np.ones(known.sum()), origins[known])
    report("COPY", rows, copy, weight, origins)


if __name__ == "__main__":
    names = arguments(__doc__, 1, None)
    cut = names.index("--without") if "--without" in names else len(names)
    main([Path(name) for name in names[:cut]], set(names[cut + 1 :]))
