"""All local features of one name as pieces sorted by visual word, and the exact count of votes over them.

Voting: Jegou, Douze and Schmid, "Hamming Embedding and Weak Geometric Consistency", 2008, sections 3 and 4. Whole
numbers only, so every engine gives the same candidates, in whatever pieces the points lie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..model.features import Candidate, Probe
from .piece import Piece

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

RADIUS_BITS = 30
"""Of 128: points further apart say nothing to one another. At 40 strangers under one word meet in a quarter of all
comparisons, at 30 in a twentieth, and the references of 140 hard queries stay first (docs/measured/scale.md)."""
FIRST_RADIUS_BITS = 16
"""Of the first 64, looked at alone."""
_SHORTLIST = 400
_SIZE_BIN, _ANGLE_BIN = 12, 32  # three quarters of an octave, an eighth of a turn; each bin overlaps half the next
_RARE = 15
_UNIT = 64  # of a vote, so that a point that meets thousands still has a voice in whole numbers


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Postings:
    """`pieces` with, for each, which of its pictures are still there."""

    pieces: tuple[Piece, ...]
    live: tuple[NDArray[np.bool_], ...]

    def vote(self, probe: Probe, most: int) -> list[Candidate]:
        """The pictures with the most votes, in the order (votes, image id, mirrored last).

        Raises DamagedPieceError.
        """
        import numpy as np

        met = _joined([self._met(number, probe) for number in range(len(self.pieces))])
        if met is None:
            return []
        rows, owner, bits, sizes, angles = met
        weights = _weights(probe.points[rows], bits)
        owner = owner * 2 + probe.mirrored[rows]
        owners, place = _numbered(owner, 2 * sum(len(piece.ids) for piece in self.pieces))
        total = np.bincount(place, weights=weights)
        # Whoever has as many votes as the last of the shortlist is on it, so that no order of adding decides.
        least = np.partition(total, -_SHORTLIST)[-_SHORTLIST] if len(total) > _SHORTLIST else 0
        kept = (total >= least)[place]
        rows, place = rows[kept], place[kept]
        size_steps = sizes[kept] - probe.sizes[rows]
        angle_steps = (angles[kept] - probe.angles[rows]) % 256
        best = _fullest(place, size_steps, angle_steps, weights[kept], len(total))
        fewest = max(1, int(np.partition(best, -most)[-most])) if len(best) > most else 1
        chosen = np.flatnonzero(best >= fewest)
        ranked = sorted(
            (-votes, self._image_id(int(one) // 2), bool(one % 2))
            for one, votes in zip(owners[chosen].tolist(), best[chosen].tolist(), strict=True)
        )
        return [Candidate(image_id=one, mirrored=hand, votes=-votes) for votes, one, hand in ranked[:most]]

    def _met(self, number: int, probe: Probe) -> tuple[Numbers, ...] | None:
        """Of one piece: rows of the probe, pictures (numbered through all pieces), bits, sizes and angles."""
        import numpy as np

        piece, live = self.pieces[number], self.live[number]
        found = list(piece.hits(probe.words, probe.signatures, (FIRST_RADIUS_BITS, RADIUS_BITS)))
        if not found:
            return None
        rows, points, bits = (np.concatenate(parts) for parts in zip(*found, strict=True))
        owner, sizes, angles = piece.owners(points)
        there = live[owner]
        before = sum(len(other.ids) for other in self.pieces[:number])
        return rows[there], owner[there] + before, bits[there], sizes[there], angles[there]

    def _image_id(self, owner: int) -> str:
        for piece in self.pieces:
            if owner < len(piece.ids):
                return bytes(piece.ids[owner]).hex()
            owner -= len(piece.ids)
        raise AssertionError("owners are numbered through all pieces")


def _joined(parts: Sequence[tuple[Numbers, ...] | None]) -> list[Numbers] | None:
    import numpy as np

    there = [part for part in parts if part is not None and len(part[0])]
    return [np.concatenate(columns) for columns in zip(*there, strict=True)] if there else None


def _numbered(owner: Numbers, number: int) -> tuple[Numbers, Numbers]:
    """The owners that were met, ascending, and for each hit which of them. Counting beats sorting here."""
    import numpy as np

    met = np.zeros(number, np.bool_)
    met[owner] = True
    owners = np.flatnonzero(met)
    place = np.zeros(number, np.int64)
    place[owners] = np.arange(len(owners))
    return owners, place[owner]


def _weights(points: Numbers, bits: Numbers) -> Numbers:
    """More for a nearer signature, less for a point that meets many: glyphs and icons meet every screenshot."""
    import numpy as np

    often = np.bincount(points)[points]
    return (RADIUS_BITS + 4 - bits) ** 2 * _UNIT // (_RARE + often)


def _fullest(owner: Numbers, size_steps: Numbers, angle_steps: Numbers, weights: Numbers, number: int) -> Numbers:
    """The votes in the fullest bin of turn and scale of every owner."""
    import numpy as np

    keys = []
    for half in (0, 1):
        size_bin = (size_steps + 256 + half * _SIZE_BIN // 2) // _SIZE_BIN * 2 + half
        for other in (0, 1):
            angle_bin = (angle_steps + other * _ANGLE_BIN // 2) % 256 // _ANGLE_BIN * 2 + other
            keys.append((owner * 128 + size_bin) * 16 + angle_bin)
    bins, place = np.unique(np.concatenate(keys), return_inverse=True)
    votes = np.bincount(place, weights=np.tile(weights, 4)).astype(np.int64)
    best = np.zeros(number, np.int64)
    np.maximum.at(best, bins // (128 * 16), votes)
    return best
