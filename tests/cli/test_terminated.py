"""SIGTERM, which a shutdown, `timeout` and service managers send, ends a run as Ctrl-C does: with a word, whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import provenance

ROOT = Path(provenance.__file__).parents[1]
COMMAND = [sys.executable, "-m", "provenance.cli"]


@pytest.fixture(autouse=True)
def _ctrl_c_reaches_children() -> Iterator[None]:
    """A shell starts what it runs in the background with Ctrl-C ignored, and children take that on."""
    before = signal.getsignal(signal.SIGINT)
    if before == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def _ended(run: subprocess.Popen[str], sent: signal.Signals) -> int:
    """Its exit code; a signal that comes just before a read is asked again, as a person would."""
    for _ in range(30):
        run.send_signal(sent)
        try:
            return run.wait(2)
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError("it does not end")


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_run_that_is_stopped_says_so(tmp_path: Path, sent: signal.Signals, code: int) -> None:
    waiting = [*COMMAND, "check", "-", "--out", str(tmp_path / "out"), "--no-earlier", "--no-seal"]
    with subprocess.Popen(waiting, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        assert run.stdin is not None and run.stderr is not None
        run.stdin.write("x" * 2**21)  # more than a pipe holds: once it is written the run reads, and waits for more
        run.stdin.flush()
        assert _ended(run, sent) == code
        assert run.stderr.read() == "provenance: interrupted; reference sets and reports stay as they were\n"
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("verb", "code", "words"), [("check -", 3, "the file is empty"), ("seal .", 8, "is no case"), ("key", 0, "")]
)
def test_a_standard_input_that_is_closed_is_an_empty_one(tmp_path: Path, verb: str, code: int, words: str) -> None:
    asked = f"{sys.executable} -m provenance.cli {verb} <&-"
    here = {**os.environ, "PROVENANCE_KEYS": str(tmp_path / "keys"), "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(asked, shell=True, cwd=tmp_path, capture_output=True, text=True, env=here, check=False)
    assert ended.returncode == code and words in ended.stderr and "Traceback" not in ended.stderr


def test_a_second_sigterm_cuts_nothing_off() -> None:
    """As `timeout` sends it, to the run and to its group."""
    asked = """
import os, signal, sys, types
from provenance.cli import main
def run(_):
    try:
        os.kill(os.getpid(), signal.SIGTERM)
    finally:
        os.kill(os.getpid(), signal.SIGTERM)
        print("kept")
main.parser = lambda _: types.SimpleNamespace(parse_known_args=lambda _: (types.SimpleNamespace(run=run), []))
sys.argv[1:] = ["log"]
sys.exit(main.main())
"""
    ended = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (143, "kept\n", 1)


def test_a_watch_that_a_service_manager_ends_says_by_what(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    watching = [*COMMAND, "watch", str(tmp_path / "in"), "--out", str(tmp_path / "out")]
    with subprocess.Popen(watching, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        assert "watching" in run.stdout.readline()
        run.send_signal(signal.SIGTERM)
        assert "ended by SIGTERM; what was checked is kept" in run.stdout.readline()
        assert run.wait(60) == 0


def test_a_program_that_runs_the_command_in_a_thread_of_its_own_may() -> None:
    asked = (
        "import sys, threading; from provenance.cli.main import main; sys.argv[1:] = ['check', '/nowhere/x.jpg']; "
        "ended = []; run = threading.Thread(target=lambda: ended.append(main())); run.start(); run.join(); print(ended)"
    )
    ended = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False)
    assert "Traceback" not in ended.stderr and ended.stdout == "[3]\n"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["inspect", "missing.jpg"], 3),
        (["check", "missing.jpg", "empty.jpg"], 3),
        (["log", "missing"], 8),
        (["add", str(ROOT / "samples" / "stranger.jpg"), "empty.jpg", "--reference", "s.sqlite"], 3),
    ],
)
def test_the_exit_code_stands_where_nobody_reads_what_is_wrong(words: list[str], code: int) -> None:
    """As of `provenance ... 2>&1 | head`, which may end before the line comes."""
    reading, writing = os.pipe()
    os.close(reading)
    Path("empty.jpg").write_bytes(b"")
    command = [sys.executable, str(ROOT / "cli.py"), *words]
    with os.fdopen(writing, "wb") as nobody:
        ended = subprocess.run(command, stdout=subprocess.PIPE, stderr=nobody, timeout=60, check=False)
    assert ended.returncode == code
    with Path("/dev/full").open("wb") as full:  # as a log on a full disk
        ended = subprocess.run(command, stdout=subprocess.PIPE, stderr=full, timeout=60, check=False)
    assert ended.returncode == code
