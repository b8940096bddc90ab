"""From measured agreement to an answer: two logistic models, and the rules that no score overrules.

The coefficients are fitted by benchmarks/fit_score.py on photographs kept apart for it, and only there: 995 attacked
copies, 1,130 pairs of other photographs of a scene (benchmarks/copies/lay.py), 4,959 candidates of strangers, most of
them posts against posts; 24 origins. Copies under the two attacks after which little more than outlines is left
("extreme filter", "ruined") are left out: they teach a model to accept a picture whose blocks disagree, which is what
another moment before a fixed camera looks like.
"""

from __future__ import annotations

import math

from ...model.matches import Answer
from .agreement import Agreement

FEATURES = (
    "log points",
    "likeness",
    "log residual 80 %",
    "parallax",
    "parallax over chance",
    "log drift",
    "log hull of reference",
    "found inside",
    "log found inside",
    "blocks alike",
    "block correlation",
    "inside alike",
    "inside apart",
    "inside correlation",
    "inside best",
    "log inside discord",
    "log best discord",
    "log blocks inside",
    "log shift",
    "log shift drift",
    "shift agrees",
    "log tone residual",
    "log stretch",
    "bend",
)
RELATED = (
    -13.9201,
    -0.6432,
    6.7874,
    -0.5717,
    -0.1017,
    0.0738,
    -0.2282,
    0.2840,
    0.5582,
    0.0588,
    2.9539,
    2.8891,
    1.1994,
    -1.7624,
    1.3013,
    0.9232,
    -0.3764,
    -0.4787,
    0.4731,
    -0.5614,
    -0.0397,
    1.4655,
    -0.2675,
    -1.6106,
    -1.2898,
)
COPY = (
    -13.5505,
    -0.5335,
    4.9013,
    -0.8255,
    -0.2240,
    -0.3539,
    -0.3224,
    0.2261,
    -0.7623,
    -0.1941,
    2.8499,
    1.7677,
    1.6647,
    -2.0569,
    0.9210,
    0.5941,
    -0.3104,
    -0.1167,
    0.8384,
    -0.1040,
    -0.2604,
    -0.7070,
    -0.3936,
    -1.5429,
    -6.6607,
)
"""Weight of nothing, then of each feature."""
RELATED_FROM, COPY_FROM = 0.0, 1.0
"""Log-odds. With each of 24 origins left out of the fit in turn, 5 of 4,959 candidates of strangers reached the first
(highest 0.43) and none the second; .957 of 995 copies reached the second, and of 1,130 pairs of other photographs 3:
one that overlapping_view takes, and two frames of a drifting underwater camera that hardly moved."""
LEAST_HULL, LEAST_QUERY_HULL = 0.03, 0.015
"""Shared matter that covers less of both pictures than the first, or of the query than the second, is an avatar, a
logo, a sticker: never a copy. In fitting no copy of 970 covered less than 2 % of the query; avatars cover about 1 %."""

LEAST_GOES_ON, MOST_REFERENCE_SEEN = 0.05, 0.93
"""In fitting 4 of 1,041 copies lay beyond both, and 40 of 119 other photographs whose blocks mostly agree."""


def features(agreement: Agreement) -> tuple[float, ...]:
    """What both models see, in the order of FEATURES.

    Logarithms stand where twice as much means the same anywhere on the scale; what is added under them is what the
    measurement itself is unsure of (a twentieth of a per cent of the picture, a thirtieth of a pixel, and so on).
    """
    return (
        math.log(agreement.points),
        agreement.likeness,
        math.log(100 * agreement.residual_share_80 + 0.05),
        agreement.parallax,
        agreement.parallax * math.sqrt(min(agreement.points, 144)),
        math.log(max(100 * agreement.drift_share, 0.02)),
        math.log(max(agreement.hull_reference, 1e-4)),
        agreement.found_inside,
        math.log(max(agreement.found_inside, 0.02)),
        agreement.blocks_alike,
        agreement.block_correlation,
        agreement.inside_alike,
        agreement.inside_apart,
        agreement.inside_correlation,
        agreement.inside_best,
        math.log(max(1.02 - agreement.inside_correlation, 0.02)),
        math.log(max(1.02 - agreement.inside_best, 0.02)),
        math.log1p(agreement.blocks_inside),
        math.log(max(agreement.shift_px, 0.03)),
        math.log(max(agreement.shift_drift_px, 0.03)),
        agreement.shift_agrees,
        math.log(max(agreement.tone_residual, 0.3)),
        math.log(agreement.stretch),
        agreement.bend,
    )


def related(agreement: Agreement) -> float:
    """Log-odds that both pictures show one scene at all."""
    return _score(RELATED, agreement)


def copied(agreement: Agreement) -> float:
    """Log-odds that one photograph is in both pictures, rather than two photographs of one scene, or strangers."""
    return _score(COPY, agreement)


def margin(agreement: Agreement) -> float:
    """By how much both models say "copy"; from 0 on it is called one, unless a rule below says otherwise."""
    return min(related(agreement) - RELATED_FROM, copied(agreement) - COPY_FROM)


def overlapping_view(agreement: Agreement) -> bool:
    """Whether each picture shows some of the scene that the other lacks, as two photographs of a plane do.

    The reference reaches beyond the query's frame, and the query beyond the reference's, where the scene goes on
    without an edge. A crop lies inside its original, and around a copy in a post or a collage stands something else.
    """
    beyond = agreement.goes_on >= LEAST_GOES_ON and agreement.goes_on >= agreement.ends
    return beyond and agreement.reference_seen < MOST_REFERENCE_SEEN


def shared_element(hull_query: float, hull_reference: float) -> bool:
    """Whether what both share is too small a part, by the hulls of paired points, to speak of the pictures."""
    return max(hull_query, hull_reference) < LEAST_HULL or hull_query < LEAST_QUERY_HULL


def answer(agreement: Agreement) -> Answer:
    """Which of the answers the agreement carries."""
    if related(agreement) < RELATED_FROM:
        return Answer.NO_MATCH
    if shared_element(agreement.hull_query, agreement.hull_reference):
        return Answer.SHARED_ELEMENT
    if margin(agreement) < 0 or overlapping_view(agreement):
        return Answer.SAME_SCENE
    return Answer.COPY


def _score(weights: tuple[float, ...], agreement: Agreement) -> float:
    seen = features(agreement)
    return weights[0] + sum(weight * value for weight, value in zip(weights[1:], seen, strict=True))
