"""Whether one JPEG grid runs through the picture once a small resizing, or a turn, is undone: it was resized or turned.

Tiles of a resized picture show their former grid only where it lies within a fraction of a pixel of whole ones; made
smaller or larger again, all of them do (T. Bianchi and A. Piva, Reverse engineering of double JPEG compression in the
presence of image resizing, IEEE International Workshop on Information Forensics and Security 2012). A picture with a
part from elsewhere has most votes for one grid as it is, and fewer for any when it is resized; where it was laid into a
picture that had been resized before, the part loses its votes when the picture becomes whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .chance import log10_nfa
from .multiples import counted
from .multiples_windows import of_grids
from .regions import Suspect
from .undoing import around, moved, part_of, undoings
from .votes import GRIDS, votes_by

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Counts = NDArray[np.int64]

_ZEROS = (1.0, 2.0)
"""Sizes of a coefficient that counts as zero: after another saving at 98 to 100 either tells more in some pictures."""
_KEPT = 0.25
"""The part goes with the whole where it keeps so many of its votes: 0.33 and more in nine resized pictures, 0.2 and
less in four with a part that was laid in after it (docs/adr/0100-a-resizing-undone.md)."""
_LOG10_NFA = -2.0
"""Of all undoings together, that so many more votes are for one grid by chance (docs/measured/blind.md)."""
_LEAST_CHANCE = 0.4
"""Of a coefficient to lie within a quarter of a step of a multiple: the least that was seen was 0.45."""
_AROUND_PX = 8
"""A block that reaches into the part is none of the rest."""


def is_whole_when_undone(luma: Bytes, found: Suspect, last: tuple[int, ...]) -> bool:
    """Whether some undoing gives one grid more than any has as the picture is, and the part found with it.

    Votes; and of a part that was told by steps, which may be all that the last saving left, coefficients at multiples
    of these in the rest of the picture. `luma`: shape (height, width). `last`: table of the last saving, empty for a
    file without loss.
    """
    near, corner = around(luma, found.window)
    part = part_of(near.shape, corner, found.window)
    every = list(undoings(luma.shape, near.shape, corner, found.window))
    votes = _votes(near, part)
    at_multiples = _at_multiples(near, part, found.steps, last) if found.steps else None
    for one in every:
        now = moved(near, part, one)
        if _more_votes(_votes(*now), votes, len(every)):
            return True
        if at_multiples and _more_at_multiples(_at_multiples(*now, found.steps, last), at_multiples, len(every)):
            return True
    return False


def _more_votes(now: list[tuple[Counts, Counts]], before: list[tuple[Counts, Counts]], undoings: int) -> bool:
    for (all_votes, in_part), (all_before, in_part_before) in zip(now, before, strict=True):
        trials, hits = int(all_votes.sum()) // GRIDS, int(all_votes.max()) // GRIDS
        chance = max(1 / GRIDS, float(all_before.max()) / max(int(all_before.sum()), 1))
        more = log10_nfa(trials, hits, chance, undoings * len(_ZEROS)) <= _LOG10_NFA
        if more and in_part[all_votes.argmax()] >= _KEPT * in_part_before.max():
            return True
    return False


def _votes(luma: Bytes, part: Bytes) -> list[tuple[Counts, Counts]]:
    """By size of zero the votes for each grid: of all pixels, and of those of the part."""
    import numpy as np

    casts = votes_by(luma, _ZEROS)
    return [
        (np.bincount(cast.ravel(), minlength=256)[:GRIDS], np.bincount(cast[part > 0], minlength=256)[:GRIDS])
        for cast in casts
    ]


def _more_at_multiples(now: tuple[Counts, Counts], before: tuple[Counts, Counts], undoings: int) -> bool:
    """The chance is the share of the first grid as the picture is; the part must stay as far ahead of it by `_KEPT`."""
    (rest, part), (rest_before, part_before) = now, before
    chance = max(_LEAST_CHANCE, float(_shares(rest_before).max()))
    grid = int(_shares(rest).argmax())
    if log10_nfa(int(rest[1, grid]), int(rest[0, grid]), chance, undoings * GRIDS) > _LOG10_NFA:
        return False
    return bool(_shares(part)[grid] - chance >= _KEPT * (_shares(part_before).max() - chance))


def _shares(counts: Counts) -> NDArray[np.float64]:
    import numpy as np

    return np.asarray(counts[0] / np.maximum(counts[1], 1), np.float64)


def _at_multiples(luma: Bytes, part: Bytes, steps: tuple[int, ...], last: tuple[int, ...]) -> tuple[Counts, Counts]:
    """Of the rest and of the part, shape (2, 64): coefficients at multiples of the steps, and all asked, by grid."""
    import cv2
    import numpy as np

    both = np.stack([counts[0] for counts in counted(luma, (), last, (steps,))])
    wide = cv2.dilate(part, np.ones((2 * _AROUND_PX + 1, 2 * _AROUND_PX + 1), np.uint8))
    rest, inside = (
        np.stack([of_grids(one * mask, (slice(None), slice(None))) for one in both]) for mask in (wide == 0, part > 0)
    )
    return rest, inside
