"""How a picture comes out of its pack (packs.py), so that all of it can be changed."""

from __future__ import annotations

from ..rows import as_number
from ..sql import Connection
from . import heads, lookup
from .packs import DIGITS, DOUBLE_BYTES, ID_BYTES, PACK_PICTURES, WIPED, detail_of, kept_here


def take_out(connection: Connection, image_id: bytes) -> None:
    """Give a picture rows of its own; what the pack held of it is overwritten.

    Raises ValueError when the pack is not what was written.
    """
    if not kept_here(connection):
        return
    heads.give_row(connection, image_id)
    place = lookup.place(connection, image_id)
    if place is None:
        return
    pack, at = divmod(as_number(place, "the place of a picture"), PACK_PICTURES)
    columns = ("size_bytes", "width_px", "height_px", "media_type", "added_at")
    ((_, *kept),) = lookup.pictures(connection, f"image_id, {', '.join(columns)}", [image_id])
    if None in kept:
        raise ValueError(f"pack {pack} of pictures is lost")
    made = lookup.packed(connection, [image_id])
    connection.executemany(
        "INSERT INTO fingerprints (image_id, name, code, searchable, detail) VALUES (?, ?, ?, ?, ?)",
        [(*one, detail_of(detail)) for *one, detail in made],
    )
    marks = ", ".join(f"{column} = ?" for column in columns)
    connection.execute(f"UPDATE images SET {marks}, place = NULL WHERE image_id = ?", (*kept, image_id))  # noqa: S608
    _wipe(connection, pack, at)


def _wipe(connection: Connection, pack: int, at: int) -> None:
    """Overwrite what a pack holds of one picture, and take the pack away with its last. Raises ValueError."""
    query = "SELECT ids, numbers FROM picture_packs WHERE seq = ?"
    ids, numbers = connection.execute(query, (pack,)).fetchone()
    number = len(ids) // ID_BYTES
    _require_filled(pack, (ids, number * ID_BYTES), (numbers, number * sum(DIGITS)))
    ids, numbers = _without(ids, at, ID_BYTES), _without(numbers, at, sum(DIGITS), WIPED)
    if numbers[:: sum(DIGITS)].count(WIPED) == number:
        connection.execute("DELETE FROM picture_packs WHERE seq = ?", (pack,))
        connection.execute("DELETE FROM code_packs WHERE pack = ?", (pack,))
        return
    connection.execute(
        "UPDATE picture_packs SET pictures = pictures - 1, ids = ?, numbers = ? WHERE seq = ?",
        (ids, numbers, pack),
    )
    query = "SELECT name, length_bytes, codes, details FROM code_packs WHERE pack = ?"
    for name, length, codes, details in connection.execute(query, (pack,)).fetchall():
        _require_filled(pack, (codes, number * length), (details, number * DOUBLE_BYTES))
        rest = _without(codes, at, length), _without(details, at, DOUBLE_BYTES)
        connection.execute(
            "UPDATE code_packs SET codes = ?, details = ? WHERE pack = ? AND name = ?", (*rest, pack, name)
        )


def _require_filled(pack: int, *columns: tuple[bytes, int]) -> None:
    """Before so many bytes are made: a stranger's pack may tell of any number."""
    if any(len(column) != length for column, length in columns):
        raise ValueError(f"pack {pack} is not what was written")


def _without(column: bytes, at: int, width: int, empty: bytes = b"\0") -> bytes:
    return column[: at * width] + empty * width + column[(at + 1) * width :]
