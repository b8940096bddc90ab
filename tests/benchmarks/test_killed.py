"""A few of the kills and torn segments of `python -m benchmarks.archive.killed`."""

from pathlib import Path

from benchmarks.archive import killed


def test_nothing_is_lost_or_left_out_after_kills_and_torn_segments(tmp_path: Path) -> None:
    before = [getattr(module, name) for module, name, _ in killed.SMALL]
    found = killed.measured(3, 6, tmp_path)
    assert found.kills == 3
    assert found.acknowledged > 0
    assert (found.lost, found.twice, found.partial, found.damaged, found.unnoticed) == (0, 0, 0, 0, 0)
    assert [getattr(module, name) for module, name, _ in killed.SMALL] == before
