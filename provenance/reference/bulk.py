"""Pictures that are new to a set, put into it many rows to a statement: a row of its own costs ten times as much."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from ..model.record import Entry
from . import digest
from .codes.table import joined, side_by_side, update_checksum_with
from .packs import heads, packing, packs
from .points import feature_rows
from .rows import image_keys, joined_keys, path_bytes
from .sql import Connection
from .writing import PUT_FINGERPRINT, PUT_PICTURE, Changes, put_entry, put_records, renew

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

AT_ONCE = 8192
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
    bare: bool = True,
) -> set[str]:
    """Keep pictures, their fingerprints and records, as far as they are not there; the names of features among them.

    As `put_entry` for each in turn; with `known_only` those that are not there are left out.
    `anew`: see `add` of an engine. `bare`: no record or copy of any of them follows (packs/heads.py); kept is the same.
    """
    names, coming = set[str](), iter(entries)
    while some := list(islice(coming, AT_ONCE)):
        if len(some) == 1 and not known_only and not anew:  # costs less than to prepare many rows to a statement
            put_entry(connection, some[0], added_at, changes)
            names |= {some[0].features.name} if some[0].features is not None else set()
        else:
            mine = bare and not any([one.records for one in some])  # noqa: C419 a list costs half as much as a generator
            names |= _put_some(connection, some, added_at, changes, known_only=known_only, anew=anew, bare=mine)
    return names


def _put_some(
    connection: Connection,
    some: Sequence[Entry],
    added_at: str,
    changes: Changes,
    *,
    known_only: bool,
    anew: Collection[str],
    bare: bool,
) -> set[str]:
    """The same of at most AT_ONCE pictures."""
    names = set[str]()
    packed = not known_only and len(some) >= packing.FEWEST_PICTURES and packs.kept_here(connection)
    alone = bare and all([one.features is None for one in some])  # noqa: C419 the same
    whole = packed and _put_alike(connection, some, added_at, changes, bare=bare)
    if whole and alone:
        return names
    keys = image_keys([entry.image_id for entry in some])
    first = dict(zip(reversed(keys), reversed(some), strict=True))  # of a picture that comes twice the first
    there = _there(connection, keys) if known_only else set()
    fresh = (
        first
        if whole
        else {}
        if known_only
        else _put_new(connection, first, added_at, changes, packed=packed, bare=bare)
    )
    if len(fresh) == len(some) and alone:
        return names
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


def _put_alike(connection: Connection, some: Sequence[Entry], added_at: str, changes: Changes, *, bare: bool) -> bool:
    """Keep pictures that are all new and can all lie in packs, or none of them; whether it was done.

    This is the way of most. It makes nothing for each picture by itself, as that would cost more than to keep it.
    """
    import numpy as np

    whole = joined_keys([one.image_id for one in some])
    if not whole:
        return False
    groups, loose = packing.sorted_out(np.frombuffer(whole, np.uint8).reshape(len(some), -1), some)
    if loose or not packing.put(connection, groups, added_at, bare=bare):
        return False
    _note(connection, groups, changes)
    return True


def _put_new(
    connection: Connection, first: dict[bytes, Entry], added_at: str, changes: Changes, *, packed: bool, bare: bool
) -> dict[bytes, Entry]:
    """Keep those of the pictures that are not there, in the order of their keys, which is that of the tables."""
    import numpy as np

    there = _there(connection, [*first])
    keys = sorted(first.keys() - there)
    groups, loose = list[packing.Alike](), list(range(len(keys)))
    if packed and len(keys) >= packing.FEWEST_PICTURES:
        ids = np.frombuffer(b"".join(keys), np.uint8).reshape(len(keys), -1)
        groups, loose = packing.sorted_out(ids, [first[key] for key in keys])
        if not packing.put(connection, groups, added_at, bare=bare):
            raise ValueError("a picture is there that was not found")
        heads.make_way(connection, [keys[number] for number in loose])  # of what came with them, too
        _note(connection, groups, changes)
    _put_fresh(connection, [(keys[number], first[keys[number]]) for number in loose], added_at, changes)
    return {key: first[key] for key in keys}


def _note(connection: Connection, groups: Sequence[packing.Alike], changes: Changes) -> None:
    """Take pictures that lie in packs into the snapshot and into what is searched."""
    for group in groups:
        changes.pictures += len(group.ids)
        changes.came.append(digest.picture_rows(group.ids, group.numbers[0]))
        for made in group.columns:
            changes.came.append(digest.fingerprint_rows(group.ids, made.name, made.codes, searchable=made.searchable))
            if made.searchable:
                _note_codes(connection, made.name, joined(group.ids, made.codes), changes)


def _note_codes(connection: Connection, name: str, pairs: NDArray[np.uint8], changes: Changes) -> None:
    update_checksum_with(connection, name, pairs)
    changes.new_codes.setdefault(name, []).append(pairs)


def _there(connection: Connection, keys: Sequence[bytes]) -> set[bytes]:
    marks = ", ".join("?" * len(keys))
    rows = connection.execute(f"SELECT image_id FROM images WHERE image_id IN ({marks})", keys)  # noqa: S608 only question marks
    return {key for (key,) in rows.fetchall()} | heads.make_way(connection, keys).keys()


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
        laid = side_by_side(name, [key for key, _ in pairs], [code for _, code in pairs])
        _note_codes(connection, name, laid, changes)
