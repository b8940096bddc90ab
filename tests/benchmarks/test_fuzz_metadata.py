"""The fuzzing tells what it met: the same files by number, and each way in which reading can fail."""

import os
import sys
import time
from pathlib import Path

import pytest

from benchmarks import fuzz_metadata as program
from benchmarks.mutations import mutated, seeds

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
POOL = seeds([SAMPLES / "stranger.jpg", SAMPLES / "railcar_post.png"])


def test_a_number_gives_the_same_file_in_every_run() -> None:
    made = [mutated(POOL, 1, number) for number in range(40)]
    assert made == [mutated(POOL, 1, number) for number in range(40)]
    assert len({data for _, data in made}) > 30
    assert made != [mutated(POOL, 2, number) for number in range(40)]


def _dies(_: Path) -> program.Answer:
    os._exit(3)


def _hangs(_: Path) -> program.Answer:
    time.sleep(60)
    return {}


def _works(_: Path) -> program.Answer:
    until_s = time.process_time() + 0.7
    while time.process_time() < until_s:
        pass
    return {"ended": "read", "ids": "", "seconds": 0.7}


def _spends(_: Path) -> program.Answer:
    return {"ended": "read", "ids": str(len(bytearray(2**31))), "seconds": 0.0}


def _breaks(_: Path) -> program.Answer:
    raise KeyError("x")


@pytest.mark.parametrize(
    ("read", "ended"), [(_dies, "crash"), (_works, "slow"), (_hangs, "hang"), (_spends, "memory"), (_breaks, "escape")]
)
def test_each_failure_is_told_and_the_next_file_is_read(read, ended, tmp_path, monkeypatch) -> None:
    worker = program.Worker(POOL, 1, tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(program, "LIMIT_S", 0.5)
        if read is _hangs:
            patched.setattr(program, "WALL_S", 3.0)
        patched.setattr(program, "read", read)
        assert worker.ask(1)["ended"] == ended
        worker.close()
    assert worker.ask(1)["ended"] in ("read", "no picture")
    worker.close()


def test_the_readers_hold_on_a_few_mutated_samples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["fuzz", str(SAMPLES), "--files", "60", "--again", "20", "--keep", str(tmp_path / "kept")]
    monkeypatch.setattr(sys, "argv", arguments)
    assert program.main() == 0, capsys.readouterr().out
    assert not (tmp_path / "kept").exists()
