"""Whether the tables of a set's file have the columns that this program reads and writes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from .faults import damaged
from .schema import TABLES

_COLUMNS = "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'"


def require_layout(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a set of the present format with other columns, as one that was brought up by a program half-way between
    two formats. Raises UnusableSetError.
    """
    with closing(sqlite3.connect(":memory:")) as made:
        for statement in TABLES:
            made.execute(statement)
        meant = _columns(made)
    there = _columns(connection)
    for table, columns in meant.items():
        if there.get(table) != columns:
            raise damaged(path, f"its table {table} is missing or has other columns than this program writes")


def _columns(connection: sqlite3.Connection) -> dict[str, set[str]]:
    columns: dict[str, set[str]] = {}
    for table, column in connection.execute(_COLUMNS):
        columns.setdefault(table, set()).add(column)
    return columns
