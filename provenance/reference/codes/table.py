"""All searchable codes of one fingerprint, read from the table and compared with their checksum."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from ...errors import ReferenceSetError
from ..packs import packs
from ..sql import Connection

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ID_BYTES = 32
_FOLDED = 64  # rows that are taken as one


@dataclass(frozen=True, slots=True, eq=False)
class Codes:
    """`ids`: image ids in order, shape (pictures, 32); `columns`: their codes, shape (64-bit words, pictures)."""

    ids: NDArray[np.uint8]
    columns: NDArray[np.uint64]
    length_bytes: int


def read_codes(connection: sqlite3.Connection, fingerprint: str) -> Codes:
    """Read all searchable codes of that name. Raises ValueError when they are not what was written."""
    import numpy as np

    rows = connection.execute(
        "SELECT image_id, code FROM fingerprints WHERE name = ? AND searchable = 1 ORDER BY image_id", (fingerprint,)
    ).fetchall()
    if packed := [*packs.searchable_codes(connection, fingerprint)]:
        rows = sorted(rows + packed)
    lengths = {len(code) for _, code in rows} or {0}
    if len(lengths) != 1 or any(len(image_id) != _ID_BYTES for image_id, _ in rows):
        raise ValueError(f"codes of {fingerprint} have different lengths")
    length = lengths.pop()
    if checksum(rows, length) != stored_checksum(connection, fingerprint, length):
        raise ValueError(f"the codes of {fingerprint} are not those that were written")
    padded = -(-length // 8) * 8
    laid = np.frombuffer(b"".join(code.ljust(padded, b"\0") for _, code in rows), np.uint64)
    columns = np.ascontiguousarray(laid.reshape(len(rows), -1).T) if rows else laid.reshape(0, 0)
    ids = np.frombuffer(b"".join(image_id for image_id, _ in rows), np.uint8).reshape(-1, _ID_BYTES)
    return Codes(ids=ids, columns=columns, length_bytes=length)


def checksum(rows: Sequence[tuple[bytes, bytes]], length_bytes: int) -> tuple[int, bytes]:
    """How many rows, and the exclusive or over image id and code of all of them: finds any single changed bit."""
    import numpy as np

    if not rows:
        return 0, bytes(_ID_BYTES + length_bytes)
    return len(rows), exclusive_or(np.frombuffer(b"".join(chain.from_iterable(rows)), np.uint8).reshape(len(rows), -1))


def exclusive_or(pairs: NDArray[np.uint8]) -> bytes:
    """The exclusive or over rows of bytes, shape (rows, bytes)."""
    import numpy as np

    if len(pairs) == 1:
        return pairs.tobytes()
    wide = np.uint64 if pairs.shape[1] % 8 == 0 and pairs.flags.c_contiguous else np.uint8  # eight bytes at once
    laid, many = pairs.view(wide), len(pairs) // _FOLDED
    # Of some words NumPy makes each row a loop of its own.
    folded = laid[: many * _FOLDED].reshape(many, _FOLDED * laid.shape[1])
    once = np.bitwise_xor.reduce(folded, axis=0).reshape(_FOLDED, -1)
    both = np.bitwise_xor.reduce(once, axis=0) ^ np.bitwise_xor.reduce(laid[many * _FOLDED :], axis=0)
    return bytes(both.tobytes())


def side_by_side(name: str, ids: Sequence[bytes], codes: Sequence[bytes]) -> NDArray[np.uint8]:
    """Image ids and codes of that name, shape (pictures, 32 + bytes of a code). Raises ReferenceSetError where codes
    differ in length.
    """
    import numpy as np

    length = len(codes[0])
    odd = next((code for code in codes if len(code) != length), None)
    if odd is not None:
        raise _misfit(name, odd)
    laid = np.frombuffer(b"".join(ids), np.uint8).reshape(-1, _ID_BYTES)
    return joined(laid, np.frombuffer(b"".join(codes), np.uint8).reshape(len(ids), length))


def joined(ids: NDArray[np.uint8], codes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The same of ids and codes that lie side by side."""
    import numpy as np

    pairs = np.empty((len(ids), _ID_BYTES + codes.shape[1]), np.uint8)
    pairs[:, :_ID_BYTES], pairs[:, _ID_BYTES:] = ids, codes
    return pairs


def update_checksum_with(connection: Connection, name: str, pairs: NDArray[np.uint8]) -> None:
    """Take many searchable rows in, as of `side_by_side`."""
    _put_checksum(connection, name, pairs[0, _ID_BYTES:].tobytes(), len(pairs), exclusive_or(pairs))


def update_checksum(connection: Connection, name: str, image_id: bytes, code: bytes, step: int) -> None:
    """Take one searchable row in (`step` 1) or out (-1)."""
    _put_checksum(connection, name, code, step, image_id + code)


def _put_checksum(connection: Connection, name: str, code: bytes, step: int, total: bytes) -> None:
    """Bring what is told of a name in line with rows like `code` that came or went; `total` is their exclusive or."""
    count, before = stored_checksum(connection, name, len(code))
    if len(before) != len(total):
        raise _misfit(name, code)
    after = (int.from_bytes(before, "big") ^ int.from_bytes(total, "big")).to_bytes(len(total), "big")
    connection.execute(
        "INSERT INTO checksums VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET searchable = excluded.searchable,"
        " checksum = excluded.checksum",
        (name, count + step, after),
    )


def _misfit(name: str, code: bytes) -> ReferenceSetError:
    return ReferenceSetError(
        f"a code of {len(code)} bytes does not belong among those of {name}",
        remedy="give fingerprints of another length another name",
    )


def stored_checksum(connection: Connection, name: str, length_bytes: int) -> tuple[int, bytes]:
    """How many rows of that name there should be, and what their exclusive or should be."""
    found = connection.execute("SELECT searchable, checksum FROM checksums WHERE name = ?", (name,)).fetchone()
    return (int(found[0]), bytes(found[1])) if found and found[0] else (0, bytes(_ID_BYTES + length_bytes))
