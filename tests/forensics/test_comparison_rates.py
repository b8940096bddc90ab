"""Nominal against observed: on unaltered copies no more alarms than each level of the number of false alarms allows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmarks.forensics.benign import WAYS
from provenance.forensics.comparison.compare import difference
from provenance.model.image import WorkingCopy

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PICTURES = sorted(path for path in (SAMPLES / "reference").glob("*.jpg"))
LONGEST_PX = 480
NOMINAL = (1.0, 0.1, 0.01, 0.001)


@pytest.fixture(scope="module")
def log10_nfas() -> list[float]:
    found = []
    for number, path in enumerate(PICTURES):
        with Image.open(path) as opened:
            shown = opened.convert("RGB")
            shown.thumbnail((LONGEST_PX, LONGEST_PX))
        picture = np.asarray(shown, np.uint8)
        for way in WAYS.values():
            sent = way(picture, np.random.default_rng([11, number]))
            seen = difference(WorkingCopy(pixels=sent.pixels), WorkingCopy(pixels=picture), sent.matrix, sent.outline)
            found.append(seen.log10_nfa)
    return found


@pytest.mark.parametrize("nominal", NOMINAL)
def test_no_more_alarms_than_nominal(nominal: float, log10_nfas: list[float]) -> None:
    assert len(log10_nfas) >= 30
    observed = sum(one <= np.log10(nominal) and one < 0 for one in log10_nfas)
    assert observed <= nominal * len(log10_nfas)
