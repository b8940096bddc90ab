"""Long lines on a terminal of 60 columns, and the same output in a pipe."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from provenance.cli.main import main
from provenance.cli.terminal import as_typed, columns, folded
from provenance.model.text import visible


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@contextmanager
def screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    """A terminal of 60 columns in the place of standard output."""
    shown = Screen()
    with monkeypatch.context() as patch:
        patch.setenv("COLUMNS", "60")
        patch.setattr(sys, "stdout", shown)
        yield shown


WORDS = ("verify", "log", "seal", "record", "key")


@pytest.mark.parametrize("verb", WORDS)
def test_a_line_is_as_wide_as_the_screen_unless_one_word_is_longer(verb, run, samples, monkeypatch) -> None:
    monkeypatch.setenv("PROVENANCE_BY", "Anna")
    now = ["--now", "2026-03-01T12:00:00Z"]
    assert run("check", samples / "stranger.jpg", "--case", "my case", "--only", "sources", *now).code == 0
    assert run("seal", "my case", *now).code == 0
    words = {"record": ["my case", "She says it was May.", *now], "key": []}.get(verb, ["my case"])
    with screen(monkeypatch) as shown:
        assert main([verb, *words]) == 0
    lines = shown.getvalue().splitlines()
    assert max(map(len, lines)) > 50
    assert all(len(line) <= 60 or len(line.split()) == 1 or len(line.split()[-1]) > 40 for line in lines)
    if verb not in ("record", "seal"):  # they would write once more, or say that they did
        again = run(verb, *words)
        assert " ".join(again.out.split()) == " ".join(shown.getvalue().split())
        assert verb == "key" or max(map(len, again.out.splitlines())) > 80


def test_no_word_is_broken_and_a_pipe_gets_the_line_as_it_is(monkeypatch) -> None:
    digest = "a1" * 32
    with screen(monkeypatch):
        told = folded(f"Head:   12:{digest}, which is long")
    assert f"12:{digest}" in told and len(told.splitlines()) == 3
    assert folded("x " * 90) == "x " * 90


@pytest.mark.parametrize(("named", "told"), [("77", 77), ("0", 80), ("-3", 80), ("x", 80), ("9" * 9, 80), ("", 80)])
def test_columns_are_those_that_the_system_names(named: str, told: int, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", named)
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert columns() == told


@pytest.mark.parametrize(
    "name", ["a b", "it's", "$(date)`date`", "-case", "a\nb", "\u202eb'\\a", "\x1b[2J1", "Справа", "a\udcffb", "!x"]
)
def test_a_path_that_is_shown_names_the_same_file_in_a_shell(name: str) -> None:
    shown = as_typed(name)
    assert visible(shown) == shown
    read = subprocess.run(["bash", "-c", f"printf %s {shown}"], capture_output=True, check=True).stdout
    assert os.fsdecode(read).removeprefix("./") == name
    assert not shown.startswith("-")
