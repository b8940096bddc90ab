"""A file that a comment, a docstring or a document names is there: whoever moves one finds out who speaks of it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "provenance"
NAMED = re.compile(r"(?<![\w/.])[\w/-]+\.py\b")
SOURCES = sorted(PACKAGE.rglob("*.py"))
FILES = [*SOURCES, *(found for room in ("tests", "benchmarks", "samples") for found in (ROOT / room).rglob("*.py"))]
THERE = ["/cli.py", *(f"/{found.relative_to(ROOT)}" for found in FILES)]
DOCUMENTS = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md"]
STRANGERS = {"modules/infotext_utils.py", "nodes.py", "comfy_extras/nodes_images.py"}
"""Files of other programs, whose forms are told by where they stand."""


def led_to(path: Path, name: str) -> Path | None:
    """A name in a file is one beside it, or in a room around it, or is told from the root."""
    around = [folder for folder in path.parents if folder.is_relative_to(ROOT)]
    return next((folder / name for folder in around if (folder / name).is_file()), None)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_that_the_program_names_is_there(path: Path) -> None:
    named = set(NAMED.findall(path.read_text(encoding="utf-8"))) - STRANGERS
    assert [name for name in sorted(named) if led_to(path, name) is None] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_that_a_document_names_is_there(path: Path) -> None:
    named = set(NAMED.findall(path.read_text(encoding="utf-8"))) - STRANGERS
    assert [name for name in sorted(named) if not any(found.endswith(f"/{name}") for found in THERE)] == []
