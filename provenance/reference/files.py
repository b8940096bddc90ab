"""The files that a set has read before, so that one that did not change need not be read again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .packs import heads
from .rows import as_text, image_key, path_bytes, path_text
from .sql import Connection, Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFile:
    """A file read before. While its size and its time of change are the same, it is taken to hold the same picture."""

    path: str
    size_bytes: int
    mtime_ns: int
    image_id: str = ""
    """The picture in it; "" when the file was refused."""
    refusal: str = ""
    remedy: str = ""


_COLUMNS = "path, size_bytes, mtime_ns, image_id, refusal, remedy"
_AT_ONCE = 500  # paths asked for in one query


def known_files(connection: Connection, paths: Sequence[str] | None = None) -> dict[str, KnownFile]:
    """Files read before, by path: of these, else all, which may be millions."""
    if paths is None:
        return _by_path(connection.execute(f"SELECT {_COLUMNS} FROM paths"))  # noqa: S608 names from above
    found: dict[str, KnownFile] = {}
    for start in range(0, len(paths), _AT_ONCE):
        keys = [path_bytes(path) for path in paths[start : start + _AT_ONCE]]
        marks = ", ".join("?" * len(keys))
        found |= _by_path(connection.execute(f"SELECT {_COLUMNS} FROM paths WHERE path IN ({marks})", keys))  # noqa: S608 only question marks
    return found


def known_files_after(connection: Connection, after: str, most: int) -> dict[str, KnownFile]:
    """The next files read before, in the byte order of their paths."""
    query = f"SELECT {_COLUMNS} FROM paths WHERE path > ? ORDER BY path LIMIT ?"  # noqa: S608 names from above
    return _by_path(connection.execute(query, (path_bytes(after), most)))


def _by_path(rows: Rows) -> dict[str, KnownFile]:
    files = (
        KnownFile(
            path=path_text(path),
            size_bytes=size,
            mtime_ns=mtime,
            image_id=image_id.hex(),
            refusal=as_text(refusal, "why a file was refused"),
            remedy=as_text(remedy, "why a file was refused"),
        )
        for path, size, mtime, image_id, refusal, remedy in rows.fetchall()
    )
    return {file.path: file for file in files}


def put_files(connection: Connection, files: Sequence[KnownFile]) -> None:
    """Note which picture lies in which file."""
    held = _pictures_in(connection, [path_bytes(file.path) for file in files])
    connection.executemany(
        "INSERT INTO paths VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (path) DO UPDATE SET size_bytes = excluded.size_bytes,"
        " mtime_ns = excluded.mtime_ns, image_id = excluded.image_id,"
        " refusal = excluded.refusal, remedy = excluded.remedy",
        [
            (path_bytes(file.path), file.size_bytes, file.mtime_ns, _key(file), file.refusal, file.remedy)
            for file in files
        ],
    )
    _follow(connection, held | {_key(file) for file in files})


def drop_files(connection: Connection, paths: Sequence[str]) -> None:
    """Forget files, not the pictures they held."""
    keys = [path_bytes(path) for path in paths]
    held = _pictures_in(connection, keys)
    connection.executemany("DELETE FROM paths WHERE path = ?", [(key,) for key in keys])
    _follow(connection, held)


def _key(file: KnownFile) -> bytes:
    return image_key(file.image_id) if file.image_id else b""


def _pictures_in(connection: Connection, paths: Sequence[bytes]) -> set[bytes]:
    """The pictures that these files were known to hold."""
    rows = (connection.execute("SELECT image_id FROM paths WHERE path = ?", (path,)).fetchone() for path in paths)
    return {row[0] for row in rows if row is not None}


def _follow(connection: Connection, image_ids: Iterable[bytes]) -> None:
    """Tell of these pictures the first, in byte order, of the files they lie in; of one in no file the last place."""
    for image_id in image_ids:
        first = connection.execute(
            "SELECT path FROM paths WHERE image_id = ? ORDER BY path LIMIT 1", (image_id,)
        ).fetchone()
        if first is not None:
            heads.give_row(connection, image_id)
            connection.execute("UPDATE images SET path = ? WHERE image_id = ?", (first[0], image_id))
