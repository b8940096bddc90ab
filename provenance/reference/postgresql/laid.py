"""The codes of one name as far as a desk has read them from the server, laid out for the exact search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..codes.answers import Laid as Ordered
from ..codes.piece import CodePiece
from .desk_copy import DeskCopy
from .session import Spoken

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ID_BYTES = 32
TOLD = "SELECT searchable, checksum FROM checksums WHERE name = ?"
_CHUNK = 4096  # row numbers whose rows come as one value: a row of its own costs ten times what it holds
# What came since is asked for between two row numbers: of "beyond one" the planner, which does not know the numbers,
# expects a third of the table, and reads it whole.
_PACKED = f"""
    SELECT max(seq), string_agg(image_id || code, ''::bytea), count(*) FROM {{table}}
    WHERE name = %s AND searchable = 1 AND seq > %s{{until}} GROUP BY seq / {_CHUNK}
"""  # noqa: S608 a number of ours
_UNTIL = f" AND seq <= {2**63 - 1}"


@dataclass(slots=True)
class Laid:
    """The codes of one name as far as they were read, up to the row number `last`: what is kept on the desk, and `rows`
    of image id and code beyond it.
    """

    told: tuple[int, bytes]
    last: int
    rows: NDArray[np.uint8]
    codes: Ordered
    kept: DeskCopy | None = None


def told_by(connection: Spoken, fingerprint: str) -> tuple[int, bytes]:
    """How many codes of that name there should be, and the exclusive or over image id and code of all.

    Raises ValueError where that is lost, or is not what was written.
    """
    found = connection.execute(TOLD, (fingerprint,)).fetchone()
    if found is None or not found[0]:
        query = "SELECT 1 FROM fingerprints WHERE name = ? AND searchable = 1 LIMIT 1"
        if connection.execute(query, (fingerprint,)).fetchone() is not None:
            raise ValueError(f"what the set tells of {fingerprint} is lost")
        return 0, b""
    number, total = found
    if not isinstance(total, bytes) or len(total) <= ID_BYTES or number < 0:
        raise ValueError(f"what the set tells of {fingerprint} is not what was written")
    return number, total


def laid_out(connection: Spoken, fingerprint: str, length: int, before: Laid | None, others: int) -> Laid:
    """What came since `before`, with it, or all; `others`: over how many other servers the codes are spread.

    Raises ValueError for what was never written.
    """
    import numpy as np

    wide = ID_BYTES + length
    last = before.last if before is not None else 0
    parts = [before.rows] if before is not None else []
    tables = [f"fingerprints_{part}" for part in range(others)] or ["fingerprints"]
    until = _UNTIL if before is not None else ""
    packing = " UNION ALL ".join(_PACKED.format(table=table, until=until) for table in tables)
    for end, packed, number in connection.execute(packing, (fingerprint, last) * len(tables)).fetchall():
        if not isinstance(end, int) or not isinstance(packed, bytes) or len(packed) != number * wide:
            raise ValueError(f"codes of {fingerprint} have different lengths")
        parts.append(np.frombuffer(packed, np.uint8).reshape(-1, wide))
        last = max(last, end)
    rows = np.concatenate(parts) if parts else np.zeros((0, wide), np.uint8)
    kept = before.kept if before is not None else None
    codes = _in_order(rows, length)
    if kept is not None:
        codes = Ordered(pieces=(kept.piece, *codes.pieces), gone=frozenset(), length_bytes=length)
    return Laid(told=(0, b""), last=last, rows=rows, codes=codes, kept=kept)


def _in_order(rows: NDArray[np.uint8], length: int) -> Ordered:
    """The same, in the order of the image ids, as the exact search takes it."""
    import numpy as np

    padded = -(-length // 8) * 8
    words = np.ascontiguousarray(rows[:, :ID_BYTES]).view(">u8").astype(np.uint64)
    order = np.argsort(words[:, 0], kind="stable")
    same = np.diff(words[order, 0]) == 0  # the first eight bytes of two digests: by chance never, by intent perhaps
    if same.any():
        order = np.lexsort(tuple(words.T[::-1]))
    ordered = rows[order]
    whole = np.zeros((len(rows), padded), np.uint8)
    whole[:, :length] = ordered[:, ID_BYTES:]
    columns = np.ascontiguousarray(whole.view(np.uint64).T)
    piece = CodePiece(file="", columns=columns, ids=np.ascontiguousarray(ordered[:, :ID_BYTES]))
    return Ordered(pieces=(piece,) if len(rows) else (), gone=frozenset(), length_bytes=length)


def summed(laid: Laid) -> tuple[int, bytes]:
    """How many codes, and the exclusive or over image id and code of all."""
    import numpy as np

    rows = laid.rows
    total = np.bitwise_xor.reduce(rows, axis=0).tobytes() if len(rows) else bytes(rows.shape[1])
    if laid.kept is None:
        return len(rows), total
    both = int.from_bytes(total, "big") ^ int.from_bytes(laid.kept.total, "big")
    return laid.kept.number + len(rows), both.to_bytes(len(total), "big")
