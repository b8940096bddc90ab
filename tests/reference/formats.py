"""Sets as versions of before wrote them: each format is made from the one that came after it."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np

from provenance.reference.codes.layout import HEADER, Layout, sums_of
from provenance.reference.codes.piece import POSTINGS
from provenance.reference.packs import heads, packs, runs, unpacking
from provenance.reference.points import covering


def as_format_8(path: Path) -> None:
    """A row for each head."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        there = list(runs.ascending(connection))
        single = [pair for some in there for pair in zip(some.spelt(), some.places.tolist(), strict=True)]
        connection.execute("CREATE TABLE heads (head BLOB PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID")
        connection.executemany("INSERT INTO heads VALUES (substr(?, 1, 6), ?)", single)
    _changed(path, "DROP TABLE head_runs; PRAGMA user_version = 8;")


def as_format_7(path: Path) -> None:
    """A row for each picture, and no place for heads."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for key in [key for pack in packs.walk(connection) for _, key in pack.pictures()]:
            heads.give_row(connection, key)
        assert connection.execute("SELECT count(*) FROM head_runs").fetchone() == (0,)
    _changed(path, "DROP TABLE head_runs; PRAGMA user_version = 7;")


def as_format_6(path: Path) -> None:
    """Nothing that stops older programs."""
    as_format_7(path)
    _changed(path, "ALTER TABLE reference_set DROP COLUMN settled; PRAGMA user_version = 6;")


def as_format_5(path: Path) -> None:
    """Each picture in rows of its own, and no place for packs."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for key in [key for pack in packs.walk(connection) for _, key in pack.pictures()]:
            unpacking.take_out(connection, key)
        assert connection.execute("SELECT count(*) FROM picture_packs").fetchone() == (0,)
    as_format_6(path)
    _changed(
        path,
        """
            DROP TABLE picture_packs;
            DROP TABLE code_packs;
            ALTER TABLE images DROP COLUMN place;
            PRAGMA user_version = 5;
        """,
    )


def as_format_4(path: Path) -> None:
    """Fingerprints by name first, an index on their pictures, and each unsealed code in a row of its own."""
    as_format_5(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for name, number, pairs in connection.execute("SELECT name, rows, pairs FROM unsealed_packs").fetchall():
            width = len(pairs) // number
            parts = [pairs[place : place + width] for place in range(0, len(pairs), width)]
            rows = [(name, part[:32], part[32:]) for part in parts]
            connection.executemany("INSERT INTO unsealed_codes VALUES (?, ?, ?)", rows)
    _changed(
        path,
        """
            DROP TABLE unsealed_packs;
            ALTER TABLE fingerprints RENAME TO moved;
            CREATE TABLE fingerprints (
                name TEXT NOT NULL, image_id BLOB NOT NULL, code BLOB NOT NULL, searchable INTEGER NOT NULL,
                detail REAL NOT NULL, PRIMARY KEY (name, image_id)
            ) WITHOUT ROWID;
            INSERT INTO fingerprints SELECT name, image_id, code, searchable, detail FROM moved;
            DROP TABLE moved;
            CREATE INDEX fingerprints_of_image ON fingerprints (image_id);
            PRAGMA user_version = 4;
        """,
    )


def as_format_3(path: Path) -> None:
    """No segments of codes."""
    as_format_4(path)
    _changed(
        path,
        """
            DROP TABLE unsealed_codes;
            DROP TABLE dropped_codes;
            DROP TABLE code_segments;
            PRAGMA user_version = 3;
        """,
    )


def as_format_2(path: Path) -> None:
    """No local features."""
    as_format_3(path)
    _changed(
        path,
        """
            DROP TABLE features;
            DROP TABLE segments;
            DROP TABLE dropped_features;
            DELETE FROM checksums WHERE name LIKE 'sift%';
            PRAGMA user_version = 2;
        """,
    )


def _changed(path: Path, statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(statements)


def with_segments_before(path: Path) -> int:
    """Segments with bands as before docs/adr/0084: rows alone in the lists, all sums in the header. How many."""
    folder, changed = covering.folder_of(path), 0
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        asked = "SELECT file, rows, length_bytes FROM code_segments"
        for file, rows, length_bytes in connection.execute(asked).fetchall():
            data = (folder / file).read_bytes()
            magic, _, _, number, _ = HEADER.unpack_from(data)
            if magic != b"PROVCOD2":
                continue
            widths = data[HEADER.size : HEADER.size + 8 * number]
            bands = tuple(np.frombuffer(widths, "<u8").tolist())
            now, before = (Layout(length_bytes // 8, rows, bands, before=one) for one in (False, True))
            body = np.frombuffer(data, np.uint8, offset=now.begin_bytes()).copy()
            lists = body[now.places()[POSTINGS] :].view("<u4")
            lists &= np.uint32((1 << now.row_bits()) - 1)
            head = HEADER.pack(b"PROVCOD1", length_bytes, rows, number, now.blocks()) + widths
            head = (head + sums_of(body).tobytes()).ljust(before.head_bytes(), b"\0")
            (folder / file).write_bytes(head + body.tobytes())
            told = (hashlib.sha256(head).digest(), file)
            connection.execute("UPDATE code_segments SET head = ? WHERE file = ?", told)
            changed += 1
    return changed
