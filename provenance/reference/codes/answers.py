"""The exact answer from codes that are laid out: all within a radius, in the order (distance, image id)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...errors import ReferenceSetError
from ...model.record import Hit
from .piece import CodePiece

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """What answers from one state: all searchable codes, each once, but for those that are gone."""

    pieces: tuple[CodePiece, ...]
    gone: frozenset[tuple[bytes, bytes]]
    """Image id and code of those that a piece holds and the set does no more."""
    length_bytes: int
    """0 where there is no code at all."""


def answers(laid: Laid, codes: Sequence[bytes], radius_bits: int) -> list[list[Hit]]:
    """For each code all within the radius. Raises ReferenceSetError for one of another length, DamagedPieceError."""
    import numpy as np

    if not laid.pieces:
        return [[] for _ in codes]
    for code in codes:
        if len(code) != laid.length_bytes:
            raise ReferenceSetError(
                f"the set's codes have {laid.length_bytes} bytes, the picture's {len(code)}",
                remedy="fill a new set from the pictures with: provenance add",
            )
    padded = -(-laid.length_bytes // 8) * 8
    asked = [np.frombuffer(code.ljust(padded, b"\0"), "<u8") for code in codes]
    found: list[list[tuple[int, bytes]]] = [[] for _ in codes]
    for piece in laid.pieces:
        for number, (rows, bits) in enumerate(piece.near(asked, radius_bits)):
            if len(rows):
                found[number] += zip(bits.tolist(), _ids(piece, rows, laid), strict=True)
    return [[Hit(distance_bits=bits, image_id=key.hex()) for bits, key in sorted(mine) if key] for mine in found]


def _ids(piece: CodePiece, rows: NDArray[np.int64], laid: Laid) -> list[bytes]:
    """The image ids of these rows, b"" of those that are gone."""
    whole = piece.image_ids(rows).tobytes()
    ids = [whole[place : place + 32] for place in range(0, len(whole), 32)]
    if not laid.gone:
        return ids
    codes = [code.tobytes()[: laid.length_bytes] for code in piece.codes(rows)]
    return [b"" if pair in laid.gone else pair[0] for pair in zip(ids, codes, strict=True)]
