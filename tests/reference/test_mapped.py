"""What a process has of a mapped file after it let go of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from provenance.reference.mapped import let_go

STATUS = Path("/proc/self/status")


def _of_files_kb() -> int:
    """Memory of this process that holds pages of files."""
    if not STATUS.is_file():
        pytest.skip("this system does not tell what a process has mapped")
    return next(int(line.split()[1]) for line in STATUS.read_text().splitlines() if line.startswith("RssFile"))


def test_pages_go_back_and_what_was_written_stays(tmp_path: Path) -> None:
    """Through views, as columns of a segment are; 32 MB are far more than all else that comes and goes here."""
    path = tmp_path / "mapped"
    path.write_bytes(bytes(2**25))
    body = np.asarray(np.memmap(path, np.uint8, "r+"))
    column = body[2**20 :].view("<u8").reshape(-1, 4)
    column[:] = 7
    before = _of_files_kb()
    let_go(column)
    assert _of_files_kb() < before - 2**14
    assert (column == 7).all()
    assert (np.fromfile(path, "<u8")[2**17 :] == 7).all()


def test_what_is_not_mapped_is_left_alone() -> None:
    array = np.arange(10)
    let_go(array[2:])
    assert array.sum() == 45
