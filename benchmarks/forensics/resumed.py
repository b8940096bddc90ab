"""Asking of photographs in an order drawn by a seed, each answer kept, so that a run that was stopped goes on."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np

from provenance.image.decoding.decoder import Decoder

Rng = np.random.Generator
Row = tuple[str, str, str, float]
"""Photograph, what was made of it, the answer in a word, the least log10 NFA."""


def options(description: str | None) -> argparse.ArgumentParser:
    """Those that every such run has."""
    asked = argparse.ArgumentParser(description=description)
    asked.add_argument("folders", nargs="+", type=Path)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--most", type=int, default=10_000)
    asked.add_argument("--rows", type=Path, help="read first where it is there; each answer is added as it comes")
    return asked


def counted(
    files: Sequence[Path], given: argparse.Namespace, answers: Callable[[Path, Rng, Decoder], Sequence[Row]]
) -> list[Row]:
    """All answers, those kept in `given.rows` first. What cannot be read as a picture is left out."""
    told: list[Row] = []
    if given.rows and given.rows.exists():
        lines = (line.split("\t") for line in given.rows.read_text().splitlines())
        told = [(one[0], one[1], one[2], float(one[3])) for one in lines]
    done = {one[0] for one in told}
    with Decoder() as decoder:
        for number in np.random.default_rng(given.seed).permutation(len(files))[: given.most]:
            if str(files[number]) in done:
                continue
            try:
                new = answers(files[number], np.random.default_rng([given.seed, int(number)]), decoder)
            except (OSError, ValueError, SyntaxError, cv2.error):
                continue
            told += new
            if given.rows:
                with given.rows.open("a") as kept:
                    kept.writelines("\t".join(map(str, row)) + "\n" for row in new)
    return told
