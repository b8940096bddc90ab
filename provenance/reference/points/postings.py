"""All local features of one name as pieces sorted by visual word, and the exact count of votes over them.

Voting: Jegou, Douze and Schmid, "Hamming Embedding and Weak Geometric Consistency", 2008, sections 3 and 4. Whole
numbers only, so every engine gives the same candidates, in whatever pieces the points lie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...model.features import Candidate, Probe
from ...model.limits import SET_HITS
from .piece import AT_ONCE, Piece

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


_SETTLE = 2**22  # hits held before those that are not among the nearest are dropped


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Met:
    """Points of the probe that met points of pictures, column by column: 11 bytes a hit, since there may be many."""

    rows: NDArray[np.int32]
    """Of the probe."""
    owners: NDArray[np.int32]
    """Pictures, numbered through all pieces."""
    bits: NDArray[np.uint8]
    sizes: NDArray[np.uint8]
    angles: NDArray[np.uint8]


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

        often = np.zeros(int(probe.points.max(initial=0)) + 1, np.int64)
        met = [part for number in range(len(self.pieces)) for part in _slices(self._met(number, probe, often))]
        total = np.zeros(2 * sum(len(piece.ids) for piece in self.pieces))
        for part in met:
            total += np.bincount(_hands(part, probe), weights=_weights(part, probe, often), minlength=len(total))
        owners = np.flatnonzero(total)  # everyone who was met, since a vote is never nothing
        if len(owners) > _SHORTLIST:
            # Whoever has as many votes as the last of the shortlist is on it, so that no order of adding decides.
            owners = owners[total[owners] >= np.partition(total[owners], -_SHORTLIST)[-_SHORTLIST]]
        best = _best(met, owners, probe, often)
        fewest = max(1, int(np.partition(best, -most)[-most])) if len(best) > most else 1
        chosen = np.flatnonzero(best >= fewest)
        ranked = sorted(
            (-votes, self._image_id(int(one) // 2), bool(one % 2))
            for one, votes in zip(owners[chosen].tolist(), best[chosen].tolist(), strict=True)
        )
        return [Candidate(image_id=one, mirrored=hand, votes=-votes) for votes, one, hand in ranked[:most]]

    def _met(self, number: int, probe: Probe, often: Numbers) -> Met:
        """What was met in one piece, pictures numbered through all pieces. Adds to `often` how many points each point
        of the probe met, all of them, not only the nearest.
        """
        piece, live = self.pieces[number], self.live[number]
        before = sum(len(other.ids) for other in self.pieces[:number])
        found, held, settled = [_nothing()], 0, 0
        for rows, points, bits in piece.hits(probe.words, probe.signatures, (FIRST_RADIUS_BITS, RADIUS_BITS)):
            owner, sizes, angles = piece.owners(points)
            there = live[owner]
            often += _counted(probe.points[rows[there]], len(often))
            columns = (rows[there], owner[there] + before, bits[there], sizes[there], angles[there])
            found.append(_nearest(_compact(*columns)))
            held += len(found[-1].rows)
            if held > max(_SETTLE, 2 * settled):
                found = [_nearest(_joined(found))]
                held = settled = len(found[0].rows)
        return _nearest(_joined(found))

    def _image_id(self, owner: int) -> str:
        for piece in self.pieces:
            if owner < len(piece.ids):
                return bytes(piece.ids[owner]).hex()
            owner -= len(piece.ids)
        raise AssertionError("owners are numbered through all pieces")


def _nothing() -> Met:
    import numpy as np

    return _compact(*(np.zeros(0, np.int64) for _ in range(5)))


def _compact(rows: Numbers, owners: Numbers, bits: Numbers, sizes: Numbers, angles: Numbers) -> Met:
    import numpy as np

    return Met(
        rows=rows.astype(np.int32),
        owners=owners.astype(np.int32),
        bits=bits.astype(np.uint8),
        sizes=sizes.astype(np.uint8),
        angles=angles.astype(np.uint8),
    )


def _joined(parts: Sequence[Met]) -> Met:
    import numpy as np

    if len(parts) == 1:
        return parts[0]
    return Met(**{column: np.concatenate([getattr(part, column) for part in parts]) for column in Met.__slots__})


def _taken(met: Met, which: Numbers | NDArray[np.bool_] | slice) -> Met:
    return Met(**{column: getattr(met, column)[which] for column in Met.__slots__})


def _slices(met: Met) -> list[Met]:
    return [_taken(met, slice(start, start + AT_ONCE)) for start in range(0, len(met.rows), AT_ONCE)]


def _counted(points: Numbers, number: int) -> Numbers:
    import numpy as np

    return np.bincount(points, minlength=number)


def _nearest(met: Met) -> Met:
    """At most SET_HITS of each row and picture: the nearest, of equally near ones those of the least size and turn."""
    import numpy as np

    if len(met.rows) <= SET_HITS:
        return met
    key = met.rows.astype(np.int64) << 32 | met.owners
    # Segments list points by picture, so this is nearly sorted as it comes, and nearly always there is nothing to do.
    if (key[1:] < key[:-1]).any():
        key = np.sort(key, kind="stable")
    if not (key[SET_HITS:] == key[:-SET_HITS]).any():
        return met
    order = np.lexsort((met.angles, met.sizes, met.bits, met.owners, met.rows))
    first = np.flatnonzero(np.diff(key, prepend=-1))
    rank = np.arange(len(key)) - np.repeat(first, np.diff(first, append=len(key)))
    return _taken(met, order[rank < SET_HITS])


def _hands(met: Met, probe: Probe) -> Numbers:
    """Picture and hand as one number: a picture and its mirror image are voted for apart."""
    import numpy as np

    return np.asarray(met.owners.astype(np.int64) * 2 + probe.mirrored[met.rows], np.int64)


def _weights(met: Met, probe: Probe, often: Numbers) -> Numbers:
    """More for a nearer signature, less for a point that meets many: glyphs and icons meet every screenshot."""
    import numpy as np

    near = RADIUS_BITS + 4 - met.bits.astype(np.int64)
    weights = near**2 * _UNIT // (_RARE + often[probe.points[met.rows]])
    return np.asarray(np.maximum(1, weights), np.int64)


def _best(met: Sequence[Met], owners: Numbers, probe: Probe, often: Numbers) -> Numbers:
    """The votes in the fullest bin of each of these owners, some owners at a time."""
    import numpy as np

    kept = _joined([_nothing(), *(_taken(part, np.isin(_hands(part, probe), owners)) for part in met)])
    place = np.searchsorted(owners, _hands(kept, probe))
    order, ends = np.argsort(place, kind="stable"), np.cumsum(np.bincount(place, minlength=len(owners)))
    best, begin = np.zeros(len(owners), np.int64), 0
    while begin < len(owners):
        start = int(ends[begin - 1]) if begin else 0
        end = max(begin + 1, int(np.searchsorted(ends, start + AT_ONCE, "right")))
        some = order[start : int(ends[end - 1])]
        part = _taken(kept, some)
        best[begin:end] = _fullest(
            place[some] - begin,
            part.sizes.astype(np.int64) - probe.sizes[part.rows],
            (part.angles.astype(np.int64) - probe.angles[part.rows]) % 256,
            _weights(part, probe, often),
            end - begin,
        )
        begin = end
    return best


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
