"""The comparison with a scan: equal answers are told as such, and one that lacks a row is not."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from benchmarks.archive.hashes import Scan, segment
from benchmarks.archive.recall import attacked, codes_of, compared, cut, parts
from provenance.reference.codes import bands as code_bands

pytestmark = pytest.mark.skipif(shutil.which("gcc") is None, reason="the scan is compiled with gcc")


def test_answers_that_differ_from_the_scan_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_bands, "INDEX_ROWS", 16)
    chance = np.random.default_rng(4)
    blurred = [np.kron(chance.integers(0, 256, (9, 12, 3)), np.ones((16, 16, 1))).astype(np.uint8) for _ in range(3)]
    taken = [part for part, _ in zip(parts(blurred, chance), range(12), strict=False)]
    codes = np.concatenate([codes_of(cut(blurred, part)) for part in taken])
    queries = codes_of(attacked(blurred, taken[0], chance))
    piece, *_ = segment(codes, tmp_path, chance)
    assert "0 answers differ" in compared(piece, Scan(codes, tmp_path), codes, queries, 60)
    more = np.concatenate([codes, queries[:1]])
    assert "1 answers differ" in compared(piece, Scan(more, tmp_path), more, queries[:1], 60)
