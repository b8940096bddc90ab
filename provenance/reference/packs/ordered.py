"""Which pictures a set has, those with rows and those with heads in one order, and how many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from ..sql import Connection
from . import heads, packs, parts, runs
from .packs import ID_BYTES, ITS_ID, PACK
from .parts import Heads

LAST_ID = b"\xff" * ID_BYTES
_ALL = 2**62  # a limit of none; the engines do not agree on how to say that
_SOME = 4096  # pictures, for which one part of each run is enough
_PAGE = 512
_HAS = "EXISTS (SELECT 1 FROM {table} WHERE {table}.{key} = {of} AND {table}.name = ?)"


@dataclass(frozen=True, slots=True)
class _Lacking:
    """What pictures lack: one of these names, in all of these tables and in their pack."""

    tables: Sequence[str]
    names: Sequence[str]

    def condition(self, its_id: str, *, packed: bool) -> tuple[str, list[str]]:
        """For a picture with that id, and that place where it may be `packed`; and the values of its marks."""
        terms = [_HAS.format(table=one, key="image_id", of=its_id) for one in self.tables]
        if packed:  # of most the pack tells, and then nothing else is asked
            terms.insert(0, _HAS.format(table="code_packs", key="pack", of=PACK))
        return _not_all(" OR ".join(terms), self.names), [name for name in self.names for _ in terms]


def ids(
    connection: Connection, first: bytes = b"", last: bytes = LAST_ID, *, limit: int | None = None, offset: int = 0
) -> list[bytes]:
    """Ids of pictures from `first` to `last`, both among them, in ascending order; `offset`: behind so many of all."""
    return _ids(connection, first, last, None, limit=limit, offset=offset)


def ids_without(
    connection: Connection, tables: Sequence[str], names_wanted: Sequence[str], first: bytes, limit: int | None
) -> list[bytes]:
    """Ids of pictures from `first` on that lack one of these names, in all of these tables and in their pack."""
    return _ids(connection, first, LAST_ID, _Lacking(tables, names_wanted), limit=limit)


def count_without(connection: Connection, tables: Sequence[str], names_wanted: Sequence[str]) -> int:
    """How many those are."""
    lacking = _Lacking(tables, names_wanted)
    where, values = lacking.condition("images.image_id", packed=packs.kept_here(connection))
    number = int(connection.execute(f"SELECT count(*) FROM images WHERE {where}", values).fetchone()[0])  # noqa: S608 names of ours
    return number + sum(len(some.heads) for some in _heads(connection, b"", LAST_ID, lacking, at_once=runs.AT_ONCE))


def count(connection: Connection) -> int:
    """How many pictures the set has."""
    number = int(connection.execute("SELECT count(*) FROM images").fetchone()[0])
    return number + (parts.count(connection) if heads.kept_here(connection) else 0)


def add_up(connection: Connection) -> bool:
    """Whether there are as many pictures in packs as these were written with, each where its pack tells of it."""
    told = connection.execute("SELECT coalesce(sum(pictures), 0) FROM picture_packs").fetchone()[0]
    tables = "images WHERE place IS NOT NULL", f"images JOIN picture_packs ON seq = {PACK} AND {ITS_ID} = image_id"
    there, right = (connection.execute(f"SELECT count(*) FROM {one}").fetchone()[0] for one in tables)  # noqa: S608
    for some in runs.ascending(connection) if heads.kept_here(connection) else ():
        if heads.rows_begin_with(connection, some):  # else one with both and one with neither would add up
            return False
        there += len(some.heads)
        right += len(set(heads.ids_at(connection, some)))
    return bool(there == right == told)


def _ids(
    connection: Connection, first: bytes, last: bytes, lacking: _Lacking | None, *, limit: int | None, offset: int = 0
) -> list[bytes]:
    where, values = "TRUE", list[str]()
    if lacking is not None:
        where, values = lacking.condition("images.image_id", packed=packs.kept_here(connection))
    rows = f"FROM images WHERE image_id >= ? AND image_id < ? AND {where}"
    # One more than asked for: the picture with the first head may lie before `first`.
    most, found, begin = _ALL if limit is None else limit + 1, list[bytes](), first
    for some in _heads(connection, first, last, lacking, at_once=1 if most + offset <= _SOME else runs.AT_ONCE):
        end = some.part(-1).spelt()[0]
        bounds, begin = (begin, end, *values), end
        if offset:
            query = f"SELECT count(*) FROM (SELECT 1 {rows} LIMIT ?) AS before"  # noqa: S608 names of ours
            both = connection.execute(query, (*bounds, offset)).fetchone()[0] + len(some.heads)
            if both <= offset:
                offset -= both
                continue
        left = offset + most - len(found)
        query = f"SELECT image_id {rows} ORDER BY image_id LIMIT ?"
        with_rows = [(key, -1) for (key,) in connection.execute(query, (*bounds, left)).fetchall()]
        with_heads = [(head, at) for at, head in enumerate(some.part(0, left).spelt())]
        mine = sorted(with_rows + with_heads, key=itemgetter(0))[offset:left]
        numbers = [at for _, at in mine if at >= 0]
        own = iter(heads.ids_at(connection, Heads(some.heads[numbers], some.places[numbers])) if numbers else ())
        found += [key if at < 0 else next(own) for key, at in mine]
        offset = 0
        if len(found) >= most:
            break
    else:
        query = f"SELECT image_id {rows} ORDER BY image_id LIMIT ? OFFSET ?"
        behind = connection.execute(query, (begin, last + b"\0", *values, most - len(found), offset))
        found += [key for (key,) in behind.fetchall()]
    return [key for key in found if first <= key <= last][:limit]


def _heads(
    connection: Connection, first: bytes, last: bytes, lacking: _Lacking | None, *, at_once: int
) -> Iterator[Heads]:
    """Heads that the ids from `first` to `last` begin with, of pictures that lack something, some thousand at a time;
    never none.
    """
    if not heads.any_here(connection) or (lacking is not None and not _any_pack_lacks(connection, lacking.names)):
        return
    for some in runs.ascending(connection, parts.head_of(first), at_once=at_once):
        within = some.up_to(parts.head_of(last))
        mine = [within] if lacking is None else _lacking_of(connection, within, lacking)
        yield from (part for part in mine if len(part.heads))
        if len(within.heads) < len(some.heads):
            return


def _any_pack_lacks(connection: Connection, names: Sequence[str]) -> bool:
    """Whether there is a pack without one of these names; else nothing has to be asked of each picture."""
    where = _not_all(_HAS.format(table="code_packs", key="pack", of="picture_packs.seq"), names)
    query = f"SELECT 1 FROM picture_packs WHERE {where} LIMIT 1"  # noqa: S608 names of ours
    return connection.execute(query, names).fetchone() is not None


def _lacking_of(connection: Connection, some: Heads, lacking: _Lacking) -> Iterator[Heads]:
    """Those of pictures that lack something, as few at a time as make a page."""
    import numpy as np

    where, values = lacking.condition(heads.ITS_ID_BY_PLACE, packed=True)
    for at in range(0, len(some.heads), _PAGE):
        part = some.part(at, at + _PAGE)
        rows = heads.rows_at(connection, f"SELECT place FROM found WHERE {where}", part.places.tolist(), values)  # noqa: S608 names of ours
        mine = np.isin(part.places, np.array([place for (place,) in rows], np.int64))
        yield Heads(part.heads[mine], part.places[mine])


def _not_all(condition: str, names: Sequence[str]) -> str:
    return f"NOT ({' AND '.join([f'({condition})'] * len(names)) or 'TRUE'})"
