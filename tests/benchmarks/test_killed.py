"""A few of the kills and torn segments of `python -m benchmarks.archive.killed`."""

from pathlib import Path

from benchmarks.archive import killed
from provenance.reference import code_bands, code_merging, code_sealing


def test_nothing_is_lost_or_left_out_after_kills_and_torn_segments(tmp_path: Path, monkeypatch) -> None:
    for module, name in (
        (code_sealing, "SEAL_ROWS"),
        (code_sealing, "PART_ROWS"),
        (code_merging, "TIERS_ROWS"),
        (code_bands, "INDEX_ROWS"),
    ):
        monkeypatch.setattr(module, name, getattr(module, name))  # put back what the benchmark makes small
    found = killed.measured(3, 6, tmp_path)
    assert found.kills == 3
    assert found.acknowledged > 0
    assert (found.lost, found.twice, found.partial, found.damaged, found.unnoticed) == (0, 0, 0, 0, 0)
