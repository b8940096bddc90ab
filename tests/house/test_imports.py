"""Rooms import only from floors below. Those of one floor do not know each other, but for floor 4, where each knows
those that stand before it (docs/house.md).
"""

import ast
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "provenance"
FLOORS = {
    "model": 0,
    "errors": 0,
    "_version": 0,
    "image": 1,
    "fingerprint": 1,
    "reference": 1,
    "custody": 1,
    "intake": 1,
    "gazetteer": 1,
    "metadata": 2,
    "forensics": 2,
    "placetime": 2,
    "matching": 2,
    "online": 2,
    "findings": 3,
    "report": 3,
    "checks": 4,
    "sealing": 4,
    "outside": 4,
    "sets": 4,
    "diagnosing": 4,
    "desk": 4,
    "output": 4,
    "case": 4,
    "asking": 4,
    "place_and_sun": 4,
    "api": 4,
    "batch": 4,
    "__init__": 4,
    "cli": 5,
    "web": 5,
}
ORDER = tuple(FLOORS)
FOUNDATION = {"model", "errors", "_version"}
FILES = sorted(PACKAGE.rglob("*.py"))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> tuple[ast.Import | ast.ImportFrom, ...]:
    """Every import of a file, at the top or inside a function."""
    return tuple(node for node in ast.walk(tree(path)) if isinstance(node, ast.Import | ast.ImportFrom))


def room(path: Path) -> str:
    """The room a file belongs to: its folder, or its own name on floors 0 and 4."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def rooms_imported(path: Path) -> set[str]:
    """Every room of the package that a file imports, at the top or inside a function."""
    return {name[0] if name and name[0] in FLOORS else "__init__" for name in names_imported(path)}


@cache
def names_imported(path: Path) -> frozenset[tuple[str, ...]]:
    """What a file imports of the package, by the parts of its name."""
    found: set[tuple[str, ...]] = set()
    package = ["provenance", *path.relative_to(PACKAGE).parts[:-1]]
    for node in imports(path):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif node.level:
            base = package[: len(package) - node.level + 1]
            module = [*base, *(node.module.split(".") if node.module else [])]
            names = [".".join([*module, alias.name]) for alias in node.names]
        else:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            first, *parts = name.split(".")
            if first == "provenance" and parts:
                found.add(tuple(parts))
    return frozenset(found)


def test_every_room_has_a_floor() -> None:
    assert {room(path) for path in FILES} <= set(FLOORS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down(path: Path) -> None:
    own = room(path)
    for other in rooms_imported(path) - {own}:
        if own in FOUNDATION and other in FOUNDATION:
            continue
        if FLOORS[own] == FLOORS[other] == 4:
            assert ORDER.index(other) < ORDER.index(own), f"{own} imports {other}, which stands behind it"
            continue
        if FLOORS[own] == 5:
            # What a verb can do, a library user can: the command line knows floor 4, the nouns and the errors.
            assert FLOORS[other] == 4 or other in FOUNDATION, f"{own} imports {other} past the front door"
            continue
        assert FLOORS[other] < FLOORS[own], f"{own} (floor {FLOORS[own]}) imports {other} (floor {FLOORS[other]})"


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.glob("*/**/__init__.py")), ids=lambda path: str(path.parent.relative_to(PACKAGE))
)
def test_a_rooms_init_holds_its_caption_and_nothing_else(path: Path) -> None:
    body = tree(path).body
    assert len(body) == 1 and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)


def test_only_the_image_room_decodes_pictures() -> None:
    """Pillow's Image.open stands nowhere else."""
    opening = [
        path
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr == "open" and ast.unparse(node.value) in ("Image", "PIL.Image")
    ]
    assert {room(path) for path in opening} <= {"image"}


def test_the_network_is_reached_from_one_file() -> None:
    """Nothing but online/sending.py imports an HTTP client; the decoder's socketpair stays on this machine."""
    clients = {"requests", "urllib3", "http", "httpx", "aiohttp", "ftplib", "smtplib"}
    speaking = set()
    for path in FILES:
        for node in imports(path):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            assert "urllib.request" not in names, path
            if {name.split(".")[0] for name in names} & clients:
                speaking.add(str(path.relative_to(PACKAGE)))
    assert speaking == {"online/sending.py"}


def test_a_database_server_is_spoken_to_from_one_folder() -> None:
    speaking = set()
    for path in FILES:
        for node in imports(path):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            if any(name.split(".")[0] == "psycopg" for name in names):
                speaking.add(str(path.relative_to(PACKAGE).parent))
    assert speaking == {"reference/postgresql"}


def test_only_what_asks_the_outside_knows_the_room_that_does() -> None:
    """A check, a finding and a report never reach `online`, not even through a file of floor 4."""
    asking = {str(path.relative_to(PACKAGE)) for path in FILES if "online" in rooms_imported(path) - {room(path)}}
    assert asking == {"asking.py", "outside/fetched_pictures.py", "outside/fetching.py", "sealing/stamping.py"}
    stamping = {
        str(path.relative_to(PACKAGE))
        for path in FILES
        if any("stamping" in name[:3] for name in names_imported(path)) and path.stem != "stamping"
    }
    assert stamping == {"__init__.py", "cli/stamp.py", "sealing/keeping.py", "sealing/timestamping.py"}
    knowing = {str(path.relative_to(PACKAGE)) for path in FILES if {"outside", "asking"} & rooms_imported(path)}
    within = {"outside/fetching.py", "outside/keeping_fetched.py"}
    verbs = {"cli/asked.py", "cli/check.py", "cli/fetch.py", "cli/options.py", "cli/stopped.py"}
    assert knowing == {"__init__.py", "case/fetched_hits.py", "sets/listed.py"} | within | verbs


def test_no_module_keeps_mutable_state() -> None:
    """A module-level list, set or dict may be a table in capitals; nothing else is kept between calls."""
    for path in FILES:
        for node in tree(path).body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.List | ast.Set | ast.Dict):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                for target in targets:
                    name = ast.unparse(target)
                    assert name.lstrip("_").isupper() or name == "__all__", f"{path}: {name}"
