"""Pictures that are new to a set, put into it many rows to a statement: a row of its own costs ten times as much."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import islice

from ..model.record import Entry
from . import digest, feature_rows, packing, packs
from .codes import side_by_side, update_checksum_with
from .rows import image_keys, path_bytes
from .sql import Connection
from .writing import PUT_FINGERPRINT, PUT_PICTURE, Changes, put_entry, put_records, renew

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
        keys = image_keys([entry.image_id for entry in some])
        first = dict(zip(reversed(keys), reversed(some), strict=True))  # of a picture that comes twice the first
        there = _there(connection, keys) if known_only else set()
        fresh = {} if known_only else _put_new(connection, first, added_at, changes)
        if len(fresh) == len(some) and not any(entry.records or entry.features for entry in some):
            continue
        for key, entry in zip(keys, some, strict=True):
            if fresh.get(key) is entry:
                if entry.features is not None:
                    changes.came += feature_rows.put(connection, key, entry.features)[0]
                if entry.records:
                    put_records(connection, key, entry.records, added_at, changes)
            elif key in there or not known_only:
                if entry.image_id in anew:
                    renew(connection, entry, changes)
                put_entry(connection, entry, added_at, changes)
            else:
                continue
            names |= {entry.features.name} if entry.features is not None else set()
    return names


def _put_new(connection: Connection, first: dict[bytes, Entry], added_at: str, changes: Changes) -> dict[bytes, Entry]:
    """Keep those of the pictures that are not there, in the order of their keys, which is that of the tables."""
    keys = sorted(first)
    many = len(keys) >= packing.FEWEST_PICTURES and packs.kept_here(connection)
    if many:
        groups, loose = packing.sorted_out(keys, [first[key] for key in keys])
        if not loose and packing.put(connection, groups, added_at):  # none was there, and nobody had to ask
            _note(connection, groups, changes)
            return first
    there = _there(connection, keys)
    keys = [key for key in keys if key not in there]
    groups, loose = list[packing.Alike](), list(range(len(keys)))
    if many:
        groups, loose = packing.sorted_out(keys, [first[key] for key in keys])
        if not packing.put(connection, groups, added_at):
            raise ValueError("a picture is there that was not found")
        _note(connection, groups, changes)
    _put_fresh(connection, [(keys[number], first[keys[number]]) for number in loose], added_at, changes)
    return {key: first[key] for key in keys}


def _note(connection: Connection, groups: Sequence[packing.Alike], changes: Changes) -> None:
    """Take pictures that lie in packs into the snapshot and into what is searched."""
    for group in groups:
        changes.pictures += len(group.keys)
        image_ids = list(map(bytes.hex, group.keys))
        changes.came.append(digest.picture_rows(image_ids, group.sizes_bytes))
        for made in group.columns:
            changes.came.append(digest.fingerprint_rows(image_ids, made.name, made.codes, searchable=made.searchable))
            if made.searchable:
                _note_codes(connection, made.name, group.keys, made.codes, changes)


def _note_codes(
    connection: Connection, name: str, keys: Sequence[bytes], codes: Sequence[bytes], changes: Changes
) -> None:
    pairs = side_by_side(name, keys, codes)
    update_checksum_with(connection, name, pairs)
    changes.new_codes.setdefault(name, []).append(pairs)


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
        image_id = key.hex()  # however its digits were spelt
        came.append(digest.picture_row(image_id, one.size_bytes))
        names = set[str]()
        for each in one.fingerprints:
            if each.name in names:
                continue
            names.add(each.name)
            made.append((key, each.name, each.code, int(each.searchable), each.detail))
            came.append(digest.fingerprint_row(image_id, each))
            if each.searchable:
                searchable.setdefault(each.name, []).append((key, each.code))
    connection.executemany(PUT_PICTURE, pictures)
    connection.executemany(PUT_FINGERPRINT, made)
    changes.pictures += len(fresh)
    for name, pairs in searchable.items():
        _note_codes(connection, name, [key for key, _ in pairs], [code for _, code in pairs], changes)
