import hashlib
import subprocess
from pathlib import Path

import pytest

from provenance.custody.folder import free_name, write_folder
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
    with pytest.raises(OutputError, match="is a file"):
        write_folder(tmp_path / "taken", FILES)
    with pytest.raises(OutputError, match="cannot write"):
        write_folder(tmp_path / "taken" / "below", FILES)


def test_a_write_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        write_folder(tmp_path / "report", {"fine": b"1", "no/such/folder": b"2"})
    assert list(tmp_path.iterdir()) == []


def test_free_names_count_up(tmp_path: Path) -> None:
    assert free_name(tmp_path, "a").name == "a"
    (tmp_path / "a").mkdir()
    assert free_name(tmp_path, "a").name == "a-2"
    (tmp_path / "a-2").mkdir()
    assert free_name(tmp_path, "a").name == "a-3"
