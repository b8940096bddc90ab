"""Asked once the copies are known, by pixels of references: whether they differ, and whether it is one camera."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ..model.finding import Question
from ..model.image import Image
from ..model.outcome import CheckRun
from ..model.record import ReferenceStore
from .at_hand import PixelsAtHand
from .comparing import compare_copies
from .same_camera import same_camera


def second_stage(
    runs: tuple[CheckRun, ...],
    image: Image,
    questions: Sequence[Question],
    stores: Sequence[ReferenceStore],
    at_hand: PixelsAtHand,
    *,
    now: datetime,
) -> tuple[CheckRun, ...]:
    """The same runs with those of this stage: each copy laid over its reference, and their cameras."""
    pixels, limits, left_s = at_hand.reference, at_hand.limits, at_hand.left_s
    if Question.ALTERED in questions:
        found = compare_copies(runs, image, pixels, file=at_hand.file, limits=limits, left_s=left_s)
        runs = (*runs, found)
    if Question.ORIGIN in questions and stores:
        camera = same_camera(runs, image, stores, pixels, limits=limits, now=now, left_s=left_s)
        runs = (*runs, camera)
    return runs
