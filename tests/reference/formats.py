"""Sets as versions of before wrote them."""

import sqlite3
from contextlib import closing
from pathlib import Path

from provenance.reference import unpacking


def as_format_5(path: Path) -> None:
    """Each picture in rows of its own, and no place for packs."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for (key,) in connection.execute("SELECT image_id FROM images WHERE place IS NOT NULL").fetchall():
            unpacking.take_out(connection, key)
        assert connection.execute("SELECT count(*) FROM picture_packs").fetchone() == (0,)
        connection.executescript("""
            DROP TABLE picture_packs;
            DROP TABLE code_packs;
            ALTER TABLE images DROP COLUMN place;
            ALTER TABLE reference_set DROP COLUMN settled;
            PRAGMA user_version = 5;
        """)


def as_format_6(path: Path) -> None:
    """Nothing that stops older programs."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript("""
            ALTER TABLE reference_set DROP COLUMN settled;
            PRAGMA user_version = 6;
        """)
