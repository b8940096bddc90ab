"""Whether the lists of points are those that the table of features gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..points import feature_rows
from ..points.piece import WORDS, starts_of, sums_by_word
from . import lists
from .session import Spoken

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def whole(connection: Spoken, name: str) -> bool:
    """Whether every point of every picture that blocks cover stands in its list once, and no other of these pictures.

    Word by word both are summed modulo 2**64, each point mixed by odd factors (points/piece.py), so the order does not
    matter.
    """
    import numpy as np

    try:
        blocks = lists.blocks(connection, name)
        last = blocks[-1].last if blocks else 0
        pictures = lists.owners(connection, name, feature_rows.told(connection, name)[0])
        there = _of_lists(connection, name, pictures)
    except ValueError:
        return False
    return np.array_equal(there, _of_features(connection, name, last, pictures))


def _of_lists(connection: Spoken, name: str, pictures: lists.Owners) -> NDArray[np.uint64]:
    """The sums of all lists. Raises ValueError for one that is none."""
    import numpy as np

    total = np.zeros(WORDS, np.uint64)
    for word, packed in connection.walk("SELECT word, points FROM postings WHERE name = ?", (name,)):
        if not 0 <= word < WORDS or len(packed) % lists.POINT_BYTES:
            raise ValueError("a list of points is not what was written")
        points = np.frombuffer(packed, "<u8").reshape(-1, 3).astype(np.uint64)
        points = points[lists.places(points, pictures)[1]]
        total[word : word + 1] += sums_by_word(points[:, 0], points[:, 1:], starts_of(np.array([len(points)])))
    return total


def _of_features(connection: Spoken, name: str, last: int, pictures: lists.Owners) -> NDArray[np.uint64]:
    """The sums of what these pictures' rows up to `last` give, 512 pictures at a time."""
    import numpy as np

    total = np.zeros(WORDS, np.uint64)
    seqs = pictures.seqs[pictures.seqs <= last]
    for start in range(0, len(seqs), 512):
        part = seqs[start : start + 512]
        rows = feature_rows.rows_between(connection, name, int(part[0]) - 1, int(part[-1]))
        for word, packed in lists.of_rows(list(rows)):
            points = np.frombuffer(packed, "<u8").reshape(-1, 3).astype(np.uint64)
            total[word : word + 1] += sums_by_word(points[:, 0], points[:, 1:], starts_of(np.array([len(points)])))
    return total
