"""Sets whose pictures lie in rows or in packs, and all that such a set says of them."""

import dataclasses
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from provenance.model.record import Entry, Fingerprint
from provenance.reference.open import open_set
from provenance.reference.packs import heads, parts
from provenance.reference.sqlite.store import SQLiteStore
from tests.reference.pictures import image_id

WHOLE, OTHER = "phash256/1", "dhash512/1"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def entry(number: int, **other: object) -> Entry:
    code = np.random.default_rng(number).bytes(32)
    made = Entry(
        image_id=image_id(number),
        size_bytes=10**number if number < 12 else number,
        width_px=number + 1,
        height_px=2 * number + 1,
        media_type="image/jpeg",
        path=f"/pictures/\udcff{number}.jpg" if number % 3 else "",
        fingerprints=(
            Fingerprint(name=WHOLE, code=code, searchable=True, detail=number / 7),
            Fingerprint(name=OTHER, code=code * 2, searchable=True, detail=float(number)),
        ),
    )
    return dataclasses.replace(made, **other)


def number_packed(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT count(*) FROM images WHERE place IS NOT NULL").fetchone()[0]
        return rows + (parts.count(connection) if heads.kept_here(connection) else 0)


def answers(store: SQLiteStore, entries: list[Entry]) -> list[object]:
    """All that a set says of these pictures."""
    ids = [one.image_id for one in entries]
    codes = [made.code for one in entries[::9] for made in one.fingerprints if made.name == WHOLE]
    return [
        store.state(),
        store.get(ids),
        store.list(offset=3, limit=9),
        store.fingerprints(ids[:400]),
        store.near(codes, WHOLE, 100),
        [store.has(one, (WHOLE, OTHER)) for one in ids],
        [store.places(one) for one in ids[:9]],
        [store.find(one[:2]) for one in ids[:9]],
        store.of_size(11, 6, 5),
        store.lacking((WHOLE, OTHER)),
        store.count_lacking(("other/1",)),
        store.count(),
        store.verify().wrong,
    ]


def in_rows(folder: Path, entries: list[Entry]) -> SQLiteStore:
    """The same pictures as they lay before there were packs: fewer than are packed came at a time."""
    store = open_set(folder / "rows", create=True, name="set", set_id="one")
    for one in entries:
        store.add([one], now=NOW)
    assert number_packed(folder / "rows") == 0
    return store


def in_packs(folder: Path, entries: list[Entry]) -> SQLiteStore:
    store = open_set(folder / "packs", create=True, name="set", set_id="one")
    store.add(entries, now=NOW)
    return store
