"""The project's own words: no verdict of authenticity, no score, and documents that name what exists."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("findings", "report", "matching", "metadata", "forensics", "placetime", "online")
SPOKEN = [
    path
    for room in ROOMS
    for path in sorted((ROOT / "provenance" / room).rglob("*"))
    if path.suffix in (".py", ".j2") and path.name != "linter.py"  # which names these words to refuse them
]
BANNED = re.compile(r"\b(authentic|authenticity|genuine|fake|faked|verified|unverified)\b", re.IGNORECASE)
PERCENT_OF_BELIEF = re.compile(
    r"(confidence|likelihood|probability|score)[^.\n]{0,30}%|%[^.\n]{0,30}(confiden|likel)", re.I
)


@pytest.mark.parametrize("path", SPOKEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_report_says_holds_no_word_of_authenticity(path: Path) -> None:
    text = re.sub(r"\{%.*?%\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not BANNED.search(text)
    assert not PERCENT_OF_BELIEF.search(text)


@pytest.mark.parametrize(
    "path", sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]), ids=lambda path: str(path.relative_to(ROOT))
)
def test_every_link_to_a_file_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text(encoding="utf-8")):
        if "://" not in target and not target.startswith("mailto:"):
            assert (path.parent / target).exists(), f"{path.name} links to {target}"


def test_every_extra_is_named_in_the_readme_and_by_the_diagnosis() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    readme, diagnosis = ((ROOT / path).read_text() for path in ("README.md", "provenance/diagnosing.py"))
    extras = set(project["optional-dependencies"]) - {"test"}
    assert [name for name in extras if f"`{name}`" not in readme] == []
    named = {*re.findall(r"provenance-desk\[(\w+)\]", diagnosis), *re.findall(r'_extra\(.*"(\w+)"\)', diagnosis)}
    assert named == extras
