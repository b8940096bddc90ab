"""What this version keeps of a picture in a reference set: which fingerprints, and the entry made from its pixels."""

from __future__ import annotations

from ..fingerprint import gradients, perceptual
from ..fingerprint.local.detect import REFERENCE_POINTS
from ..fingerprint.local.encode import features
from ..fingerprint.local.encode import name as features_name
from ..fingerprint.plain import drawn
from ..fingerprint.whole_frame import fingerprints
from ..model.image import Image, WorkingCopy
from ..model.record import Entry

NAMES = (perceptual.NAME, gradients.NAME)
LENGTHS = {perceptual.NAME: 32, gradients.NAME: 64}
"""Bytes of their codes."""


def names() -> tuple[str, ...]:
    """Of the fingerprints and features that this version makes of a picture."""
    return (*NAMES, features_name())


def entry_of(image: Image, copy: WorkingCopy, *, path: str, points: int = REFERENCE_POINTS) -> Entry:
    """What a set keeps of a picture, made from its pixels; `points`: the most that are kept."""
    even = drawn(copy)
    return Entry(
        image_id=image.original.sha256,
        size_bytes=image.original.size_bytes,
        width_px=copy.width_px,
        height_px=copy.height_px,
        media_type=image.original.media_type,
        path=path,
        fingerprints=fingerprints(copy, drawn=even),
        features=features(copy, drawn=even, most=points),
    )
