"""Every check is listed, resolves, and has its fixed table in docs/checks.md."""

import inspect
import re
from pathlib import Path

import pytest

from provenance.checks import ASKING, CHECKS, Check, feeding
from provenance.desk.comparing import NAME as SECOND_STAGE
from provenance.desk.same_camera import NAME as SAME_CAMERA
from provenance.model.finding import Question

ROOT = Path(__file__).resolve().parents[2]
CHECKS_MD = ROOT / "docs" / "checks.md"
LISTED = (*CHECKS, *ASKING)
ROWS = ("Sees", "Cannot see", "Needs", "Works offline", "Measured error rate", "Source")


@pytest.mark.parametrize("check", LISTED, ids=lambda check: check.name)
def test_a_check_is_a_function_of_image_and_context(check: Check) -> None:
    assert list(inspect.signature(check.function()).parameters) == ["image", "context"]
    assert check.function().__doc__


@pytest.mark.parametrize("check", LISTED, ids=lambda check: check.name)
def test_a_check_has_its_fixed_table(check: Check) -> None:
    text = CHECKS_MD.read_text(encoding="utf-8")
    section = re.search(rf"^## {re.escape(check.name)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert section, f"docs/checks.md has no section {check.name!r}"
    rows = re.findall(r"^\| ([^|]+?) \| (.+?) \|$", section[1], re.MULTILINE)
    named = dict(rows)
    assert tuple(name for name, _ in rows if name in ROWS) == ROWS
    assert all(len(named[row]) >= 3 for row in ROWS)


def test_no_section_without_a_check() -> None:
    sections = re.findall(r"^## (.+)$", CHECKS_MD.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(sections) == sorted([*(check.name for check in LISTED), SECOND_STAGE, SAME_CAMERA])


def test_every_check_file_is_listed() -> None:
    """A file of floor 2 with a `check` function is a line of the list."""
    files = {
        "." + ".".join(path.relative_to(ROOT / "provenance").with_suffix("").parts)
        for room in ("matching", "metadata", "forensics", "placetime", "online")
        for path in (ROOT / "provenance" / room).rglob("*.py")
        if re.search(r"^def check\(", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert files == {check.module for check in LISTED}


def test_every_question_is_fed() -> None:
    for question in Question:
        assert feeding((question,)), question
