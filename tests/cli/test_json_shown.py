"""What --json prints: the exact texts of strangers, and nothing in it that a terminal acts upon."""

from __future__ import annotations

import ast
import io
import json
import shutil
import sys
from pathlib import Path

import pytest

from provenance import cli
from provenance.cli.main import main

NAME = "a\x9b31m\u202eb\u2066\x7f\x1b]0;x\x07\u2028.jpg"


@pytest.fixture
def picture(samples: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(samples / "stranger.jpg", tmp_path / NAME))


@pytest.mark.parametrize(
    "words",
    [
        ["inspect", "PICTURE", "--json"],
        ["check", "PICTURE", "--only", "origin", "--json", "--no-seal"],
        ["check", "PICTURE", "PICTURE", "--only", "origin", "--json", "--no-seal"],
        ["refs", "show", "PICTURE", "--set", "SET", "--json"],
        ["refs", "list", "--set", "SET", "--json"],
        ["place", "Kursk", "--json"],
    ],
)
def test_a_terminal_is_shown_no_character_that_acts(run, picture: Path, tmp_path: Path, words: list[str]) -> None:
    where = {"PICTURE": picture, "SET": tmp_path / "desk.sqlite"}
    if "SET" in words:
        assert run("add", picture, "--set", where["SET"]).code == 0
    ended = run(*(where.get(word, word) for word in words))
    assert ended.code == 0, ended.err
    assert all(line.isprintable() for line in ended.out.split("\n"))
    if "PICTURE" in words or "SET" in words:
        first = json.JSONDecoder().raw_decode(ended.out)[0]
        assert json.dumps(NAME, ensure_ascii=False)[1:-1] in json.dumps(first, ensure_ascii=False)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1251", "utf-8"])
def test_json_is_json_in_every_locale(tmp_path: Path, samples: Path, monkeypatch, encoding: str) -> None:
    picture = Path(shutil.copy(samples / "stranger.jpg", tmp_path / "é列😀.jpg"))
    shown, report = tmp_path / "shown", tmp_path / "report" / "report.json"

    def ran(*words: object) -> bytes:
        with (
            shown.open("wb") as out,
            io.TextIOWrapper(out, encoding=encoding) as stdout,
            monkeypatch.context() as patch,
        ):
            patch.setattr(sys, "stdout", stdout)
            assert main(list(map(str, words))) == 0
        return shown.read_bytes()

    assert json.loads(ran("inspect", picture, "--json"))["original"]["name"] == picture.name
    ran("check", picture, "--only", "origin", "--no-seal", "--out", report.parent)
    assert ran("render", report, "--to", "json") == report.read_bytes()
    assert picture.name in json.dumps(json.loads(ran("render", report, "--to", "case")), ensure_ascii=False)


def test_every_verb_prints_json_in_this_one_way() -> None:
    for file in sorted(Path(cli.__file__).parent.glob("*.py")):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "print":
                said = ast.unparse(call)
                assert "json.dumps" not in said and "_json(" not in said.replace("json_escaped(", ""), (
                    f"{file.name}: {said}"
                )
