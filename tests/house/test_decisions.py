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
    from tests.house.test_imports import FILES, FLOORS, PACKAGE, room

    told = (ROOT / "docs" / "house.md").read_text()
    rooms = dict(re.findall(r"\| `(\w+)/` \| (`.+?)(?=\n\| `|\Z)", told[told.index("## The files of floor 4") :], re.S))
    files = [path.relative_to(PACKAGE) for path in FILES if FLOORS[room(path)] == 4 and path.name != "__init__.py"]
    assert len(files) > 50
    assert [str(file) for file in files if f"`{file.name}`" not in rooms.get(file.parts[0], told)] == []


def test_the_table_of_the_house_has_the_order_in_which_rooms_of_floor_4_know_each_other() -> None:
    from tests.house.test_imports import FLOORS

    lines = (ROOT / "docs" / "house.md").read_text().partition("| 4 |")[2].partition("| 3 |")[0].splitlines()
    shown = [re.sub(r"[|\s]*`(.+?)(/|\.py)`.*", r"\1", line) for line in lines if line]
    assert shown[::-1] == [name for name, floor in FLOORS.items() if floor == 4]
