"""The map of the house is whole: every decision stands in its index, every file of floor 4 in house.md."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
RECORDS = ROOT / "docs" / "adr"


def test_every_decision_has_its_number_and_its_line_in_the_index() -> None:
    lines = [line for line in (RECORDS / "README.md").read_text().splitlines() if line.startswith("- ")]
    made = []
    for path in sorted(RECORDS.glob("[0-9]*.md")):
        first = path.read_text().splitlines()[0]
        found = re.fullmatch(r"# (\d+)\. (.+)", first)
        assert found is not None and int(found[1]) == int(path.name[:4]), f"{path.name} begins with {first!r}"
        made.append(f"- [{found[1]}]({path.name}) {found[2]}")
    assert lines == made


def test_every_file_of_floor_4_is_told_in_the_house() -> None:
    told = (ROOT / "docs" / "house.md").read_text()
    files = [path.name for path in (ROOT / "provenance").glob("*.py") if path.name != "_version.py"]
    assert len(files) > 50 and [name for name in files if f"`{name}`" not in told] == []
