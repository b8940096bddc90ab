"""Brings a set's file of an older format up, and refuses what a newer program has brought up."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from ...errors import UnusableSetError
from .schema import (
    BEFORE_CODES,
    BEFORE_FEATURES,
    BEFORE_HEADS,
    BEFORE_PACKS,
    BEFORE_PICTURE_PACKS,
    BEFORE_SETTLED,
    CODES,
    FEATURES,
    FILL_CODES,
    FORMAT_VERSION,
    HEADS,
    PACKS,
    PICTURE_PACKS,
    PLACE,
    SETTLED,
    SINGLE_HEADS,
    WITH_SINGLE_HEADS,
)


def upgrade(connection: sqlite3.Connection, path: Path) -> None:
    """Bring a set of an older format up, in the write transaction of the caller, and not before something is written: a
    search leaves the set as it was, also for older programs. What pictures lack comes with: provenance refs reindex.

    Raises UnusableSetError as `require_known` does.
    """
    version = require_known(connection, path)
    if version < FORMAT_VERSION:
        features = FEATURES if version <= BEFORE_FEATURES else ()
        codes = (*CODES, FILL_CODES) if version <= BEFORE_CODES else ()
        packs = PACKS if version <= BEFORE_PACKS else ()
        pictures = (*PICTURE_PACKS, PLACE) if version <= BEFORE_PICTURE_PACKS else ()
        settled = SETTLED if version <= BEFORE_SETTLED else ()
        single = SINGLE_HEADS if version == WITH_SINGLE_HEADS else ()
        heads = HEADS if version <= BEFORE_HEADS else ()
        for statement in (*features, *codes, *packs, *pictures, *settled, *single, *heads):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {FORMAT_VERSION}")


def upgrade_single_heads(connection: sqlite3.Connection, path: Path) -> None:
    """Bring a set up at once of which a picture is found by nothing that this program reads."""
    if not _any_single_head(connection, path):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        upgrade(connection, path)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _any_single_head(connection: sqlite3.Connection, path: Path) -> bool:
    connection.execute("BEGIN")  # one state: another program may bring the set up meanwhile
    try:
        single = require_known(connection, path) == WITH_SINGLE_HEADS
        return single and connection.execute("SELECT 1 FROM heads LIMIT 1").fetchone() is not None
    finally:
        if connection.in_transaction:  # else SQLite has ended it, and the error that led to that is the one to tell
            connection.execute("COMMIT")


def require_known(connection: sqlite3.Connection, path: Path) -> int:
    """The format of the set, in the caller's transaction.

    Raises UnusableSetError where a newer program brought the set up since it was opened: what that one keeps beside the
    rows known here would be missed by an answer, and would no longer fit a change.
    """
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > FORMAT_VERSION:
        raise other_format(path, version)
    return version


def other_format(path: Path, version: int) -> UnusableSetError:
    """What is to be said of a set of a format that is not known here."""
    newer = version > FORMAT_VERSION
    return UnusableSetError(
        f"the reference set {path} has format {version}, this version of provenance reads format {FORMAT_VERSION}",
        remedy="install a newer provenance" if newer else "fill a new set from the pictures with: provenance add",
    )
