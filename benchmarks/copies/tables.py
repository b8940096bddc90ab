"""Recall, false positives and micro average precision of answers, as Markdown tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LEVELS = (("strangers", ("stranger",)), ("+ same scene", ("stranger", "same scene")), ("+ frames", ()))
"""Which queries without a copy set the threshold; the last takes all."""


@dataclass(frozen=True)
class Answer:
    """What a matcher said to one query. `found`: (id, score), best first."""

    trial: str
    kind: str
    truth: frozenset[str]
    neutral: frozenset[str]
    found: tuple[tuple[str, float], ...]

    @property
    def counted(self) -> list[tuple[str, float]]:
        """What was found, without what is neither right nor wrong, and each picture's posts for the picture itself."""
        return [(name, score) for name, score in self.found if name.removeprefix("post ") not in self.neutral]


def threshold(answers: Sequence[Answer], kinds: Sequence[str]) -> float:
    """The highest score that a query without a copy gets."""
    scores = [
        score
        for answer in answers
        if answer.kind != "copy" and (not kinds or answer.kind in kinds)
        for _, score in answer.counted[:1]
    ]
    return max(scores, default=float("-inf"))


def recalled(answers: Sequence[Answer], above: float) -> tuple[int, int]:
    """Of all pairs of a copy and a picture in it, those with a score above a threshold."""
    right = sum(1 for answer in answers for name, score in answer.found if name in answer.truth and score > above)
    return right, sum(len(answer.truth) for answer in answers)


def ranked_first(answers: Sequence[Answer]) -> tuple[int, int]:
    """Of all such pairs, those among the first of as many as the copy has pictures."""
    right = 0
    for answer in answers:
        first = {name for name, _ in answer.counted[: len(answer.truth)]}
        right += len(first & answer.truth)
    return right, sum(len(answer.truth) for answer in answers)


def average_precision(answers: Sequence[Answer]) -> float:
    """Micro average precision over all pairs of all queries (ISC2021: Douze et al., arXiv:2106.09672, section 4.2)."""
    pairs = sorted(
        ((score, name in answer.truth) for answer in answers for name, score in answer.counted), key=lambda one: -one[0]
    )
    true = sum(len(answer.truth) for answer in answers)
    right, total, place = 0, 0.0, 0
    while place < len(pairs):
        end = place
        while end < len(pairs) and pairs[end][0] == pairs[place][0]:
            end += 1  # equal scores stand or fall together
        new = sum(1 for _, is_true in pairs[place:end] if is_true)
        right += new
        total += new * right / end
        place = end
    return total / max(true, 1)


def report(results: dict[str, tuple[list[Answer], str]]) -> None:
    """Print the table of matchers and the table of trials."""
    any_answers = next(iter(results.values()))[0]
    kinds = {
        kind: sum(1 for one in any_answers if one.kind == kind) for kind in dict.fromkeys(a.kind for a in any_answers)
    }
    print("Queries: " + ", ".join(f"{count} {kind}" for kind, count in kinds.items()) + "\n")
    heads = [f"R@0FP {name}" for name, _ in LEVELS]
    print(f"| matcher | R@1 | {' | '.join(heads)} | uAP | index, ms a picture | query, ms |")
    print("|" + "---|" * (5 + len(LEVELS)))
    for name, (answers, cost) in results.items():
        copies = [one for one in answers if one.kind == "copy"]
        recall = [_share(recalled(copies, threshold(answers, kinds))) for _, kinds in LEVELS]
        cells = [_share(ranked_first(copies)), *recall, f"{average_precision(answers):.3f}", cost]
        print(f"| {name} | {' | '.join(cells)} |")
    print("\nR@1 / R@0FP strangers / + same scene:\n")
    print(f"| trial (pairs) | {' | '.join(results)} |")
    print("|" + "---|" * (1 + len(results)))
    for trial in dict.fromkeys(one.trial for one in any_answers if one.kind == "copy"):
        cells, pairs = [], 0
        for answers, _ in results.values():
            mine = [one for one in answers if one.kind == "copy" and one.trial == trial]
            pairs = ranked_first(mine)[1]
            shares = [_share(recalled(mine, threshold(answers, kinds)), 2) for _, kinds in LEVELS[:2]]
            cells.append(" / ".join([_share(ranked_first(mine), 2), *shares]))
        print(f"| {trial} ({pairs}) | {' | '.join(cells)} |")


def _share(counts: tuple[int, int], digits: int = 3) -> str:
    return f"{counts[0] / max(counts[1], 1):.{digits}f}"
