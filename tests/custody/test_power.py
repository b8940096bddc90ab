"""Loss of power, some of the disks that it may leave; all of them: benchmarks/custody/power.py."""

from pathlib import Path

import pytest

from benchmarks.custody.faults import TRIALS
from benchmarks.custody.power import run
from provenance.custody import disk
from provenance.custody.contents import FolderContents
from provenance.custody.keys import SigningKey
from provenance.custody.reading import entries
from provenance.custody.writing import writing
from provenance.model.case import Did
from tests.custody.conftest import AUTHOR, Desk


@pytest.mark.parametrize("name", TRIALS)
def test_no_disk_that_a_loss_of_power_leaves_lacks_what_was_acknowledged(
    name: str, key: SigningKey, tmp_path: Path
) -> None:
    steps, tried, wrong = run(name, key, tmp_path, every=1 if name == "log" else 24)
    assert steps > 5 and tried
    assert not wrong


def test_the_trial_sees_a_flush_that_is_left_out(
    key: SigningKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "sync_folder", lambda folder: None)
    # Which disks are tried hangs on the key: of some hundred that show it one in 24 is none in one run of eighty.
    assert run("ingest into an open case", key, tmp_path, every=4)[2]


@pytest.mark.parametrize("lost", [bytes(300) + b'"words":"x"}\n', b'{"at":"' + bytes(512) + b'"}\n', b"\0\n"])
def test_an_entry_whose_bytes_never_came_is_set_aside(lost: bytes, desk: Desk) -> None:
    desk.receive(b"picture")
    log = desk.root / "data/log.jsonl"
    log.write_bytes(log.read_bytes() + lost)
    assert "unfinished" in desk.verify().sentence
    with writing(desk.root, AUTHOR):
        pass
    told = list(entries(FolderContents(desk.root)))
    assert [entry.did for entry in told] == ["opened", "received", Did.RECOVERED]


def test_a_file_that_has_both_its_names_after_a_loss_of_power_is_no_obstacle(desk: Desk) -> None:
    desk.receive(b"picture")
    (original,) = (desk.root / "data/originals").iterdir()
    part = desk.root / ".part-2"
    part.mkdir()
    (part / "0").write_bytes(original.read_bytes())
    desk.note()
    assert not part.exists()
    assert original.read_bytes() == b"picture"
