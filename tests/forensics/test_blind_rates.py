"""Nominal against observed: what all blind methods together say of unaltered and posted versions of the samples.

The large table is in docs/measured/blind.md; this one holds its shape on few pictures.
"""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from benchmarks.forensics.blind import NOMINAL, judged
from benchmarks.forensics.versions import POSTED, UNALTERED
from provenance.image.decoding.decoder import Decoder
from provenance.image.load import load_bytes
from provenance.model.limits import Limits

from .conftest import SAMPLES

NAMES = ("railcar_yard", "warehouse")
Rows = list[tuple[str, str, str, float]]


@pytest.fixture(scope="module")
def rows() -> Rows:
    """Version, method, answer and least log10 NFA."""
    found: Rows = []
    with Decoder() as decoder:
        for number, name in enumerate(NAMES):
            rng = np.random.default_rng([5, number])
            with Pillow.open(_path(name)) as picture:
                pixels = np.array(picture.convert("RGB").crop((160, 160, 480, 400)), np.uint8)
            for version, made in {**UNALTERED, **POSTED}.items():
                image = load_bytes(made(pixels, rng), name, decoder, Limits())
                found += [(version, method, said, least) for method, said, least, _ in judged(image)]
    return found


def _path(name: str) -> Path:
    return SAMPLES / "reference" / f"{name}.jpg"


def test_no_more_alarms_than_the_level_says(rows: Rows) -> None:
    files = len(rows) / len({method for _, method, _, _ in rows})
    for level in NOMINAL:
        alarms = sum(said == "alarm" and least <= np.log10(level) for _, _, said, least in rows)
        assert alarms <= max(level * files, 0), [row for row in rows if row[2] == "alarm"]


def test_posted_copies_are_not_judged(rows: Rows) -> None:
    answers = Counter(said for version, _, said, _ in rows if version in POSTED)
    assert set(answers) == {"not judged"}


def test_each_method_could_speak_somewhere(rows: Rows) -> None:
    pytest.importorskip("jpeglib", reason="jpeglib is not installed (extra `jpeg`)")
    spoke = {method for _, method, said, _ in rows if said == "none"}
    # The samples are rendered, and of what looks drawn copy-move says nothing (test_copy_move.py has it speak).
    assert spoke == {method for _, method, _, _ in rows} - {"copy-move"}
