"""The tables of a reference set in one SQLite file. Why SQLite: docs/adr/0005-reference-set-in-sqlite.md."""

from __future__ import annotations

APPLICATION_ID = 0x50524F56  # "PROV" in the file's header (https://www.sqlite.org/fileformat2.html, offset 68)
FORMAT_VERSION = 9
BEFORE_FEATURES, BEFORE_CODES, BEFORE_PACKS, BEFORE_PICTURE_PACKS, BEFORE_SETTLED, BEFORE_HEADS = 2, 3, 4, 5, 6, 8
"""Sets of these formats have no table of local features, none of segments of codes, none of packs of unsealed codes, or
none of packs of pictures, or do not stop older programs, or have no runs of heads; the first change adds them. Up to
format 4 the key of fingerprints was (name, image_id), with an index on the image id; so it stays.
"""

FEATURES = (
    """CREATE TABLE features (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice: segments cover ranges of it
        image_id BLOB UNIQUE NOT NULL,
        name TEXT NOT NULL,
        width_px INTEGER NOT NULL,
        height_px INTEGER NOT NULL,
        points INTEGER NOT NULL,
        words BLOB NOT NULL,  -- columns as in model/features.py
        signatures BLOB NOT NULL,
        places BLOB NOT NULL,
        sizes BLOB NOT NULL,
        angles BLOB NOT NULL,
        thumbnail BLOB NOT NULL,
        whole BLOB NOT NULL  -- 8 bytes that change with any column: voting reads only some of them
    )""",
    "CREATE INDEX features_of_name ON features (name)",
    """CREATE TABLE segments (
        file TEXT PRIMARY KEY,  -- in the folder beside the set; derived, see points/segment.py
        name TEXT NOT NULL,  -- of the features in it
        after INTEGER NOT NULL,  -- covers the rows of features with after < seq <= last
        last INTEGER NOT NULL,
        pictures INTEGER NOT NULL,
        points INTEGER NOT NULL,
        head BLOB NOT NULL  -- SHA-256
    ) WITHOUT ROWID""",
    """CREATE TABLE dropped_features (
        seq INTEGER PRIMARY KEY,  -- rows that are gone, and may stand in a segment
        name TEXT NOT NULL
    )""",
)

CODES = (
    """CREATE TABLE unsealed_codes (
        name TEXT NOT NULL,  -- searchable fingerprints that no segment holds, see codes/rows.py
        image_id BLOB NOT NULL,
        code BLOB NOT NULL,
        PRIMARY KEY (name, image_id)
    ) WITHOUT ROWID""",
    """CREATE TABLE dropped_codes (
        name TEXT NOT NULL,  -- what a segment holds and the set does no more
        image_id BLOB NOT NULL,
        code BLOB NOT NULL,
        PRIMARY KEY (name, image_id, code)
    ) WITHOUT ROWID""",
    """CREATE TABLE code_segments (
        file TEXT PRIMARY KEY,  -- in the folder beside the set; derived, see codes/segment.py
        name TEXT NOT NULL,
        rows INTEGER NOT NULL,
        length_bytes INTEGER NOT NULL,
        checksum BLOB NOT NULL,  -- exclusive or over image id and code of all its rows
        head BLOB NOT NULL  -- SHA-256
    ) WITHOUT ROWID""",
)
PACKS = (
    """CREATE TABLE unsealed_packs (
        seq INTEGER PRIMARY KEY,
        name TEXT NOT NULL,  -- searchable fingerprints that no segment holds, many that came at once in one row
        rows INTEGER NOT NULL,
        pairs BLOB NOT NULL  -- image id and code of each, in the order of the ids
    )""",
)
PICTURE_PACKS = (
    """CREATE TABLE picture_packs (
        seq INTEGER PRIMARY KEY,  -- see packs/packs.py
        pictures INTEGER NOT NULL,  -- that were not taken out
        media_type TEXT NOT NULL,
        added_at TEXT NOT NULL,
        ids BLOB NOT NULL,
        numbers BLOB NOT NULL  -- size in bytes, width and height in px of each, in decimal digits
    )""",
    """CREATE TABLE code_packs (
        pack INTEGER NOT NULL,
        name TEXT NOT NULL,
        searchable INTEGER NOT NULL,
        length_bytes INTEGER NOT NULL,  -- of each code
        codes BLOB NOT NULL,
        details BLOB NOT NULL,  -- 8 bytes each
        PRIMARY KEY (pack, name)
    )""",
)
HEADS = (
    """CREATE TABLE head_runs (
        run INTEGER NOT NULL,  -- see packs/parts.py
        first BLOB NOT NULL,  -- the first of the heads
        heads BLOB NOT NULL,  -- the first 8 bytes of the ids of pictures that have no row, see packs/heads.py
        places BLOB NOT NULL,  -- 8 bytes each, as in images
        PRIMARY KEY (run, first)
    )""",
)
WITH_SINGLE_HEADS = 8
"""Of this format, which no release wrote, each head has a row of its own, in a table `heads`."""
SINGLE_HEADS = (
    "INSERT INTO images (image_id, size_bytes, width_px, height_px, media_type, path, added_at, place)"
    " SELECT (SELECT substr(ids, 1 + 32 * (place & 255), 32) FROM picture_packs WHERE seq = place >> 8"
    " AND length(ids) <= 32 * 256 AND substr(ids, 1 + 32 * (place & 255), length(head)) = head),"
    " 0, 0, 0, '', x'', '', place FROM heads",
    "DROP TABLE heads",
)
"""For a set of that format: its pictures get rows."""
PLACE = "ALTER TABLE images ADD COLUMN place INTEGER"
"""For a set of a format before."""
_SETTLED = """settled BLOB
        CONSTRAINT "the set is kept by a newer provenance and is whole: end this program, and start the newer one"
        CHECK (settled = snapshot)"""
"""Programs of before format 6 do not look at the format again once they have a set open. What they change ends with a
new snapshot and the old value here, and so is refused with these words. The value of before a set is brought up is
NULL, which no check refuses.
"""
SETTLED = (f"ALTER TABLE reference_set ADD COLUMN {_SETTLED}", "UPDATE reference_set SET settled = snapshot")
"""For a set of a format before."""
FILL_CODES = "INSERT INTO unsealed_codes SELECT name, image_id, code FROM fingerprints WHERE searchable = 1"
"""For a set of a format before."""

TABLES = (
    f"""CREATE TABLE reference_set (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        set_id TEXT NOT NULL,
        name TEXT NOT NULL,
        made_at TEXT NOT NULL,
        snapshot BLOB NOT NULL,  -- 32 bytes, see digest.py
        pictures INTEGER NOT NULL,
        {_SETTLED}  -- the snapshot once more
    )""",
    """CREATE TABLE images (
        image_id BLOB PRIMARY KEY,  -- SHA-256 of the file, 32 bytes
        size_bytes INTEGER NOT NULL,
        width_px INTEGER NOT NULL,
        height_px INTEGER NOT NULL,
        media_type TEXT NOT NULL,
        path BLOB NOT NULL,  -- bytes of the file system's own encoding
        kept TEXT NOT NULL DEFAULT '',  -- ending of the kept copy, such as ".jpg"; '' when none is kept
        added_at TEXT NOT NULL,
        records INTEGER NOT NULL DEFAULT 0,  -- so that a record lost to damage is missed
        place INTEGER  -- where the other columns and the fingerprints lie when they lie in a pack, see packs/packs.py
    ) WITHOUT ROWID""",
    """CREATE TABLE fingerprints (
        image_id BLOB NOT NULL,
        name TEXT NOT NULL,
        code BLOB NOT NULL,
        searchable INTEGER NOT NULL,
        detail REAL NOT NULL,
        PRIMARY KEY (image_id, name)  -- those of one picture side by side: one place to write for all of them
    ) WITHOUT ROWID""",
    """CREATE TABLE checksums (
        name TEXT PRIMARY KEY,
        searchable INTEGER NOT NULL,
        checksum BLOB NOT NULL  -- exclusive or over image id and code of all searchable rows of that name
    ) WITHOUT ROWID""",
    """CREATE TABLE appearances (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        image_id BLOB NOT NULL,
        record_id TEXT NOT NULL,
        record BLOB NOT NULL,  -- RFC 8785 JSON
        added_at TEXT NOT NULL,
        UNIQUE (image_id, record_id)
    )""",
    """CREATE TABLE edits (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        image_id BLOB NOT NULL,
        old_id TEXT NOT NULL,
        new_id TEXT NOT NULL,
        old BLOB NOT NULL,
        note TEXT NOT NULL,
        edited_at TEXT NOT NULL
    )""",
    "CREATE INDEX edits_of_image ON edits (image_id)",
    """CREATE TABLE paths (
        path BLOB PRIMARY KEY,
        size_bytes INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        image_id BLOB NOT NULL,  -- empty when the file was refused
        refusal TEXT NOT NULL,
        remedy TEXT NOT NULL
    ) WITHOUT ROWID""",
    "CREATE INDEX paths_of_image ON paths (image_id)",
    *FEATURES,
    *CODES,
    *PACKS,
    *PICTURE_PACKS,
    *HEADS,
)
