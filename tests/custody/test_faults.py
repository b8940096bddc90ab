"""Stopped runs, a sample of each kind; every call: benchmarks/custody/faults.py."""

import ast
from pathlib import Path

import pytest

from benchmarks.custody.faults import TRIALS, run
from benchmarks.custody.shim import CALLS
from provenance.custody.keys import SigningKey

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
