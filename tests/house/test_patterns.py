"""No pattern that a stranger's text meets takes the square of its length: a text may have a million characters."""

from __future__ import annotations

import ast
import importlib
import re
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
METHODS = {"search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split"}
ALL_OF_A_TEXT = {"findall", "sub", "subn", "split"}
REPEATED = (*' \t\n0aATй!.,:;-_/"«“([{<=@#%&', "0 ", "a ", "101 ", "a.", "()", "w-", "\0a", "a\0", " ,", "1,", "T:")
SHORT_CHARS, LONG_CHARS = 1_000, 4_000
LEAST_S, MOST_TIMES = 0.003, 9.0
"""Four times the text takes a pattern four times as long, or sixteen times; what takes less is not looked at twice."""
BOUNDED = {
    "provenance.cli.sun": "typed by whoever runs the program",
    "provenance.findings.pairs._REMARKS": "names of at most 300 characters",
    "provenance.gazetteer.named_after._KIND_WORDS": "names of at most twice the longest of the gazetteer",
    "provenance.metadata.xmp.value._LOOSE": "values of at most 64 characters",
    "provenance.placetime.phrases.SHORT_GAP": "at most 40 characters between a place and a length",
    "provenance.report.linter._QUOTED": "opening marks that nothing closes are taken out before",
    "provenance.report.pdf.document._VARIABLE": "this program's own style sheet",
    "provenance.sets.making_elsewhere._ADDRESS": "typed by whoever runs the program",
}
"""Patterns that only meet short texts, and why these are short."""


@cache
def _asked() -> dict[str, set[str]]:
    """By the name of a pattern, how it is asked anywhere."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "provenance").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in METHODS:
                owner = node.value
                name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
                found.setdefault(name, set()).add("finditer" if node.attr in ALL_OF_A_TEXT else node.attr)
    return found


def _modules() -> Iterator[ModuleType]:
    for path in sorted((ROOT / "provenance").rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if not name.endswith("__main__"):
            try:
                yield importlib.import_module(name)
            except ImportError:  # of a piece that is not installed here
                continue


def _patterns(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list | set | frozenset):
        for part in value:
            yield from _patterns(part)
    elif isinstance(value, dict):
        yield from _patterns(tuple(value.values()))


def _named() -> dict[str, list[re.Pattern[Any]]]:
    return {
        f"{module.__name__}.{name}": found
        for module in _modules()
        for name, value in sorted(vars(module).items())
        if not (name.startswith("__") or f"{module.__name__}.{name}" in BOUNDED) and (found := list(_patterns(value)))
    }


def _taken_s(asks: Callable[[Any], object], text: str | bytes) -> float:
    started_s = time.process_time()
    for _ in asks(text) or () if asks.__name__ == "finditer" else (asks(text),):  # type: ignore[attr-defined]
        pass
    return time.process_time() - started_s


def _grows(asks: Callable[[Any], object], unit: str, *, of_bytes: bool) -> bool:
    texts = [unit * (chars // len(unit)) + "\1" for chars in (SHORT_CHARS, LONG_CHARS)]
    short, long = (text.encode("latin-1", "replace") for text in texts) if of_bytes else texts
    for _ in range(4):  # a busy machine says nothing of the pattern
        long_s = _taken_s(asks, long)
        if long_s < LEAST_S or long_s < MOST_TIMES * _taken_s(asks, short):
            return False
    return True


def test_no_pattern_takes_the_square_of_a_text() -> None:
    found = _named()
    assert len(found) > 150
    wrong = {
        f"{name} {how} {unit!r}"
        for name, patterns in found.items()
        for pattern in patterns
        for how in sorted(_asked().get(name.rpartition(".")[2], {"match"}))
        for unit in REPEATED
        if _grows(getattr(pattern, how), unit, of_bytes=isinstance(pattern.pattern, bytes))
    }
    assert wrong == set()


@pytest.mark.parametrize("slow", [r"\s*,?\s*x", r"[.!?]+(?=\s)", r".+?\s*,x"])
def test_a_pattern_that_does_is_told(slow: str) -> None:
    how = "search" if slow.startswith("[") else "match"
    assert any(_grows(getattr(re.compile(slow), how), unit, of_bytes=False) for unit in REPEATED)
