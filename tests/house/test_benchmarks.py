"""Every command that a text names is there, and tells how it is used before it measures or writes anything."""

import re
import runpy
import sys
from pathlib import Path

import pytest

from benchmarks import asked

ROOT = Path(__file__).parents[2]
COMMAND = re.compile(r"python -m (benchmarks(?:\.[a-z_]+)+)")
RUN = re.compile(r'^if __name__ == "__main__":\n(?P<body>(?:    .*\n|\n)+)', re.MULTILINE)
TEXTS = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").rglob("*.py")]


def _file(module: str) -> Path:
    place = ROOT.joinpath(*module.split("."))
    return place / "__main__.py" if place.is_dir() else place.with_suffix(".py")


def _named() -> dict[str, str]:
    """Commands by a text that names them."""
    return {name: str(text.relative_to(ROOT)) for text in TEXTS for name in COMMAND.findall(text.read_text())}


def test_every_command_that_a_text_names_is_there() -> None:
    missing = {name: text for name, text in _named().items() if not _file(name).is_file()}
    assert len(_named()) > 50 and missing == {}


def test_every_benchmark_knows_help() -> None:
    for path in sorted((ROOT / "benchmarks").rglob("*.py")):
        source = path.read_text()
        if RUN.search(source):
            assert "parse_args(" in source or "arguments(__doc__" in source, path


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_is_the_docstring(
    option: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["it", "one", option])
    with pytest.raises(SystemExit) as ended:
        asked.arguments("Counts.\n\n    python -m it FOLDER\n", 1, 1)
    assert ended.value.code == 0 and capsys.readouterr().out.startswith("Counts.\n\n    python -m it FOLDER")


@pytest.mark.parametrize("given", [[], ["a", "b", "c"]])
def test_a_wrong_number_of_words_is_told_what_is_wanted(
    given: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["it", *given])
    with pytest.raises(SystemExit) as ended:
        asked.arguments("Counts.", 1, 2)
    assert ended.value.code == 2 and "Counts." in capsys.readouterr().err


def test_as_many_words_as_are_wanted_are_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["it", "a", "--without", "b"])
    assert asked.arguments("Counts.", 1, None) == ["a", "--without", "b"]


@pytest.mark.parametrize(
    ("module", "words"),
    [
        ("chance", "ask photos"),
        ("chance", "ask photos work many"),
        ("chance", "fit rows.csv"),
        ("chance", "guess a b"),
        ("copies.lay", "photos out.csv 4"),
        ("copies.lay", "photos out.csv 4 18"),
        ("copies.ask", "photos out.csv 30 1"),
        ("copies.screens", "photos out some"),
        ("credentials.sockets", "--read"),
        ("credentials.sockets", "folder another"),
        ("fit_moments", "lay photos"),
        ("fit_opened", "fit"),
        ("negatives", "photos -1"),
        ("batch_index", "1e4"),
    ],
)
def test_words_that_no_usage_has_are_told_the_usage(
    module: str, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = f"benchmarks.{module}"
    monkeypatch.setattr(sys, "argv", [name, *words.split()])
    monkeypatch.delitem(sys.modules, name, raising=False)
    with pytest.raises(SystemExit) as ended:
        runpy.run_module(name, run_name="__main__")
    assert ended.value.code == 2 and f"python -m {name}" in capsys.readouterr().err
