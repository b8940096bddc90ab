"""Several segments as one, word after word, so that memory does not grow with their size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..mapped import let_go
from .piece import WORDS, DamagedPieceError, Piece, starts_of, sums_by_word
from .segment import SegmentRow, finish, start

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_AT_ONCE = 2**20  # points


def merge(
    path: Path, pieces: Sequence[Piece], gone: Sequence[int], *, after: int, last: int
) -> tuple[SegmentRow, set[int]]:
    """Write the pieces as one segment, without the rows that are gone; its row, and the rows in it.

    Raises OSError, and DamagedPieceError for a piece that is not what was written: damage is not handed on, and no file
    is left behind.
    """
    try:
        return _merged(path, pieces, gone, after, last)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _merged(
    path: Path, pieces: Sequence[Piece], gone: Sequence[int], after: int, last: int
) -> tuple[SegmentRow, set[int]]:
    import numpy as np

    live = [~np.isin(piece.seqs, np.asarray(gone, np.int64)) for piece in pieces]
    counts = sum((_counts(piece, there) for piece, there in zip(pieces, live, strict=True)), np.zeros(WORDS, np.int64))
    starts = starts_of(counts)
    seqs, checks, ids = (
        np.concatenate([getattr(piece, column)[there] for piece, there in zip(pieces, live, strict=True)])
        for column in ("seqs", "checks", "ids")
    )
    firsts, rests = start(path, len(ids), int(starts[-1]))
    sums = np.zeros(WORDS, np.uint64)
    for begin, end in _word_ranges(starts):
        part = slice(int(starts[begin]), int(starts[end]))
        firsts[part], rests[part] = _joined(pieces, live, begin, end)
        sums[begin:end] = sums_by_word(firsts[part], rests[part], starts[begin : end + 1] - starts[begin])
        for mapped in (firsts, *(piece.firsts for piece in pieces)):
            let_go(mapped)
        let_go(rests)
    whole = replace(
        pieces[0],
        file=path.name,
        seqs=seqs,
        checks=checks,
        ids=ids,
        starts=starts,
        sums=sums,
        firsts=firsts,
        rests=rests,
    )
    head = finish(path, whole, after, last)
    row = SegmentRow(file=path.name, after=after, last=last, pictures=len(ids), points=int(starts[-1]), head=head)
    return row, set(seqs.tolist())


def _counts(piece: Piece, there: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many points of pictures that are still there each word has."""
    import numpy as np

    if there.all():
        return np.diff(piece.starts)
    counts = np.zeros(WORDS, np.int64)
    for begin, end in _word_ranges(piece.starts):
        part = slice(int(piece.starts[begin]), int(piece.starts[end]))
        kept = there[_owners(piece, part)]
        counts[begin:end] = np.bincount(_words(piece, begin, end)[kept] - begin, minlength=end - begin)
    return counts


def _joined(
    pieces: Sequence[Piece], live: Sequence[NDArray[np.bool_]], begin: int, end: int
) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The points of these words of all pieces, sorted by word and then by piece, owners numbered through the pieces."""
    import numpy as np

    words, firsts, rests, before = [], [], [], 0
    for piece, there in zip(pieces, live, strict=True):
        part = slice(int(piece.starts[begin]), int(piece.starts[end]))
        first, rest = np.array(piece.firsts[part]), np.array(piece.rests[part])
        if not np.array_equal(
            sums_by_word(first, rest, piece.starts[begin : end + 1] - part.start), piece.sums[begin:end]
        ):
            raise DamagedPieceError(piece.file)
        owners = _owners(piece, part)
        kept = there[owners]
        number = np.cumsum(there) - 1 + before
        rest[:, 1] = (rest[:, 1] & ~np.uint64(0xFFFFFFFF)) | number[owners].astype(np.uint64)
        words.append(_words(piece, begin, end)[kept])
        firsts.append(first[kept])
        rests.append(rest[kept])
        before += int(there.sum())
    order = np.argsort(np.concatenate(words), kind="stable")
    return np.concatenate(firsts)[order], np.concatenate(rests)[order]


def _owners(piece: Piece, part: slice) -> NDArray[np.int64]:
    import numpy as np

    owners = (piece.rests[part, 1] & np.uint64(0xFFFFFFFF)).astype(np.int64)
    if len(owners) and int(owners.max()) >= len(piece.ids):
        raise DamagedPieceError(piece.file)
    return owners


def _words(piece: Piece, begin: int, end: int) -> NDArray[np.int64]:
    import numpy as np

    return np.repeat(np.arange(begin, end), np.diff(piece.starts[begin : end + 1]))


def _word_ranges(starts: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Words in ranges of about `_AT_ONCE` points, at least one word each."""
    import numpy as np

    begin = 0
    while begin < WORDS:
        end = int(np.searchsorted(starts, starts[begin] + _AT_ONCE, "right")) - 1
        end = min(max(end, begin + 1), WORDS)
        yield begin, end
        begin = end
