"""Recall without a false positive, R@1, micro average precision: what the rows of a matcher come to."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.copies.rows import Row

SAME_WORDS = "same post and words"
RELATED = ("same scene", "frame", SAME_WORDS)
LEVELS = (("strangers", RELATED), ("+ same scene", ("frame", SAME_WORDS)), ("+ frames", ()))
"""Kinds spared at each. Lookalikes count with the strangers, but for a post that shares its words, thus matter."""


def threshold(rows: Sequence[Row], spared: Sequence[str]) -> float:
    """The highest score that a query without a copy gets, but for kinds that are spared."""
    scores = [
        one[1] for row in rows if row.kind != "copy" and row.kind not in spared for one in row.counted[:1]
    ]  # fmt: skip
    return max(scores, default=float("-inf"))


def recalled(rows: Sequence[Row], above: float) -> tuple[int, int]:
    """Of all pairs of a copy and a picture in it, those with a score above a threshold."""
    right = sum(1 for row in rows for one in row.found if one[3] == "right" and one[1] > above)
    return right, sum(row.pairs for row in rows)


def called(rows: Sequence[Row], answers: Sequence[str] = ("copy",)) -> tuple[int, int]:
    """Of all pairs, those that got one of these answers."""
    right = sum(1 for row in rows for one in row.found if one[3] == "right" and one[2] in answers)
    return right, sum(row.pairs for row in rows)


def ranked_first(rows: Sequence[Row]) -> tuple[int, int]:
    """Of all pairs, those among the first of as many as the copy has pictures."""
    right = sum(1 for row in rows for one in row.counted[: row.pairs] if one[3] == "right")
    return right, sum(row.pairs for row in rows)


def average_precision(rows: Sequence[Row]) -> float:
    """Micro average precision over all pairs of all queries (ISC2021: Douze et al., arXiv:2106.09672, section 4.2)."""
    pairs = sorted(((one[1], one[3] == "right") for row in rows for one in row.counted), key=lambda pair: -pair[0])
    right, total, place = 0, 0.0, 0
    while place < len(pairs):
        end = place
        while end < len(pairs) and pairs[end][0] == pairs[place][0]:
            end += 1  # equal scores stand or fall together
        new = sum(1 for _, is_true in pairs[place:end] if is_true)
        right += new
        total += new * right / end
        place = end
    return total / max(sum(row.pairs for row in rows), 1)
