import hashlib
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from provenance.custody.folder import write_folder, write_new_folder
from provenance.errors import OutputError

FILES = {"report.json": b"{}\n", "report.html": b"<p>"}


def test_a_new_folder_holds_the_files_and_digests_that_sha256sum_checks(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "deep" / "report", FILES)
    assert {path.name for path in folder.iterdir()} == {*FILES, "SHA256SUMS"}
    ended = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, check=False)
    assert ended.returncode == 0
    assert hashlib.sha256(b"{}\n").hexdigest() in (folder / "SHA256SUMS").read_text()


def test_nothing_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text("mine")
    with pytest.raises(OutputError, match=r"already holds report\.json") as caught:
        write_folder(tmp_path, FILES)
    assert "--out" in caught.value.remedy
    assert (tmp_path / "report.json").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


def test_a_folder_with_other_files_is_filled(tmp_path: Path) -> None:
    (tmp_path / "picture.jpg").write_text("kept")
    write_folder(tmp_path, FILES)
    assert {path.name for path in tmp_path.iterdir()} == {*FILES, "SHA256SUMS", "picture.jpg"}


def test_a_file_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x")
    with pytest.raises(OutputError, match="is no folder"):
        write_folder(tmp_path / "taken", FILES)
    with pytest.raises(OutputError, match="cannot write"):
        write_folder(tmp_path / "taken" / "below", FILES)


def test_a_write_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        write_folder(tmp_path / "report", {"fine": b"1", "no/such/folder": b"2"})
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_taken_counts_up_and_replaces_nothing(tmp_path: Path) -> None:
    names = [write_new_folder(tmp_path, "a", {"report.json": bytes([number])}).name for number in range(3)]
    assert names == ["a", "a-2", "a-3"]
    assert [(tmp_path / name / "report.json").read_bytes() for name in names] == [b"\0", b"\1", b"\2"]


def test_processes_that_want_one_name_get_a_folder_each(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        folders = list(pool.map(lambda n: write_new_folder(tmp_path, "a", {"n": bytes([n])}), range(12)))
    assert len({folder.name for folder in folders}) == 12
    assert {(folder / "n").read_bytes() for folder in folders} == {bytes([number]) for number in range(12)}
