"""Stopped runs, a sample of each kind; every call: benchmarks/custody/faults.py."""

import ast
import errno
import os
from pathlib import Path

import pytest

from benchmarks.custody.faults import TRIALS, run
from benchmarks.custody.shim import CALLS
from provenance.custody import disk
from provenance.custody.keys import SigningKey, signing_key
from provenance.errors import OutputError
from provenance.model.case import State
from tests.custody.conftest import Desk
from tests.machine import largest_file

ROOM = Path(__file__).resolve().parents[2] / "provenance" / "custody"


@pytest.mark.parametrize("name", TRIALS)
def test_a_run_stopped_anywhere_loses_nothing_that_was_acknowledged(name: str, key: SigningKey, tmp_path: Path) -> None:
    calls, tried, wrong = run(name, key, tmp_path, every=31)
    assert calls > 20 and sum(tried.values()) >= 5
    assert not wrong


def test_the_shim_stands_in_every_way_to_the_disk() -> None:
    """In the files that write cases: no `open`, no method of Path that reads or writes by another way."""
    for name in ("disk", "log", "writing", "sealing", "contents", "reading"):
        for node in ast.walk(ast.parse((ROOM / f"{name}.py").read_text())):
            if not isinstance(node, ast.Call):
                continue
            called = node.func
            if isinstance(called, ast.Name):
                assert called.id != "open", name
            elif isinstance(called, ast.Attribute):
                if ast.unparse(called.value) == "os":
                    assert called.attr in {*CALLS, "strerror"}, (name, called.attr)
                assert called.attr not in {"write_bytes", "read_bytes", "write_text", "read_text", "touch"}, name


@pytest.mark.parametrize("name", ["bag-info.txt", "seal.json", "seal.json.sig"])
def test_a_seal_for_which_there_is_no_room_leaves_no_part_of_a_file(
    sealed: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    other, write = signing_key(tmp_path / "another"), disk.write_new

    def full(path: Path, data: bytes, mode: int = disk.READ_ONLY) -> None:
        if path.name != f".part-{name}":
            return write(path, data, mode)
        write(path, data[:10], mode)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch, pytest.raises(OutputError, match="No space left"):
        patch.setattr(disk, "write_new", full)
        sealed.seal(other)
    assert not list(sealed.root.glob(".part-*")) and sealed.verify().state is State.UNSEALED
    sealed.seal(other)
    assert sealed.verify().state is State.INTACT


def test_an_entry_for_which_there_is_no_room_leaves_a_sealed_case_as_it_was(sealed: Desk) -> None:
    log = sealed.root / "data" / "log.jsonl"
    before = log.read_bytes()
    with largest_file(len(before) + 10), pytest.raises(OutputError, match=r"File too large|No space left"):
        sealed.receive(b"small")
    assert log.read_bytes() == before and sealed.verify().state is State.INTACT
    assert not list(sealed.root.glob(".part-*"))
