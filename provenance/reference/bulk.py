"""Pictures that are new to a set, put into it many rows to a statement: a row of its own costs ten times as much."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import islice

from ..model.record import Entry
from . import digest, feature_rows
from .codes import update_checksum_with
from .rows import image_key, path_bytes
from .sql import Connection
from .writing import PUT_FINGERPRINT, Changes, put_entry, put_records, renew

AT_ONCE = 4096
"""Pictures looked up in one statement; SQLite allows 32,766 values (https://www.sqlite.org/limits.html)."""
_Keyed = tuple[bytes, Entry]
_Row = tuple[bytes | str | float, ...]


def put_entries(
    connection: Connection,
    entries: Iterable[Entry],
    added_at: str,
    changes: Changes,
    *,
    known_only: bool = False,
    anew: Collection[str] = (),
) -> set[str]:
    """Keep pictures, their fingerprints and records, as far as they are not there; the names of features among them.

    As `put_entry` for each in turn; with `known_only` those that are not there are left out.
    `anew`: see `add` of an engine.
    """
    names, coming = set[str](), iter(entries)
    while some := list(islice(coming, AT_ONCE)):
        keyed = [(image_key(entry.image_id), entry) for entry in some]
        there = _there(connection, [key for key, _ in keyed])
        fresh: dict[bytes, Entry] = {}
        for key, entry in () if known_only else keyed:
            if key not in there:
                fresh.setdefault(key, entry)
        _put_fresh(connection, [(key, fresh[key]) for key in sorted(fresh)], added_at, changes)
        for key, entry in keyed:
            if fresh.get(key) is entry:
                if entry.features is not None:
                    changes.came += feature_rows.put(connection, key, entry.features)[0]
                if entry.records:
                    put_records(connection, key, entry.records, added_at, changes)
            elif key in there or key in fresh:
                if entry.image_id in anew:
                    renew(connection, entry, changes)
                put_entry(connection, entry, added_at, changes)
            else:
                continue
            names |= {entry.features.name} if entry.features is not None else set()
    return names


def _there(connection: Connection, keys: Sequence[bytes]) -> set[bytes]:
    marks = ", ".join("?" * len(keys))
    rows = connection.execute(f"SELECT image_id FROM images WHERE image_id IN ({marks})", keys)  # noqa: S608 only question marks
    return {key for (key,) in rows.fetchall()}


def _put_fresh(connection: Connection, fresh: Sequence[_Keyed], added_at: str, changes: Changes) -> None:
    """Rows of pictures that are not there, in the order of their keys, which is that of the tables."""
    if not fresh:
        return
    pictures, made, searchable = list[_Row](), list[_Row](), dict[str, list[tuple[bytes, bytes]]]()
    came = changes.came
    for key, one in fresh:
        pictures.append(
            (key, one.size_bytes, one.width_px, one.height_px, one.media_type, path_bytes(one.path), added_at)
        )
        came.append(digest.picture_row(one.image_id, one.size_bytes))
        names = set[str]()
        for each in one.fingerprints:
            if each.name in names:
                continue
            names.add(each.name)
            made.append((key, each.name, each.code, int(each.searchable), each.detail))
            came.append(digest.fingerprint_row(one.image_id, each))
            if each.searchable:
                searchable.setdefault(each.name, []).append((key, each.code))
    connection.executemany("INSERT INTO images VALUES (?, ?, ?, ?, ?, ?, '', ?, 0)", pictures)
    connection.executemany(PUT_FINGERPRINT, made)
    changes.pictures += len(fresh)
    for name, pairs in searchable.items():
        update_checksum_with(connection, name, pairs)
        changes.new_codes.setdefault(name, []).extend(pairs)
