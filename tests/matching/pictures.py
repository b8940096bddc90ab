"""Pictures as this room takes them: the samples, a picture under test, an entry of a set, a copy saved again."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image as Pillow

from provenance.fingerprint.local.encode import features
from provenance.fingerprint.whole_frame import fingerprints
from provenance.model.image import Image, Original, Structure, WorkingCopy
from provenance.model.record import Entry, Record

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def sample(name: str) -> Pillow.Image:
    return Pillow.open(SAMPLES / name).convert("RGB")


def copy_of(picture: Pillow.Image | np.ndarray) -> WorkingCopy:
    return WorkingCopy(pixels=np.ascontiguousarray(picture))


def image_of(picture: Pillow.Image | np.ndarray) -> Image:
    """A picture under test whose bytes are its pixels."""
    data = picture.tobytes()
    digest = hashlib.sha256(data).hexdigest()
    original = Original(name="q", path="", sha256=digest, size_bytes=len(data), media_type="image/png")
    structure = Structure(media_type="image/png")
    return Image(original=original, data=data, structure=structure, working_copy=copy_of(picture))


def entry(picture: Pillow.Image | np.ndarray, *records: Record, with_features: bool = True) -> Entry:
    """A picture of a set whose digest is that of its pixels."""
    copy = copy_of(picture)
    return Entry(
        image_id=hashlib.sha256(copy.pixels.tobytes()).hexdigest(),
        size_bytes=1,
        width_px=copy.width_px,
        height_px=copy.height_px,
        media_type="image/jpeg",
        path="",
        fingerprints=fingerprints(copy),
        features=features(copy) if with_features else None,
        records=records,
    )


def saved(picture: Pillow.Image, quality: int) -> Pillow.Image:
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=quality)
    return Pillow.open(buffer).convert("RGB")


def noisy(picture: Pillow.Image, seed: int) -> Pillow.Image:
    """With noise of 3 of 255 levels."""
    pixels = np.asarray(picture) + np.random.default_rng(seed).normal(0, 3, (picture.height, picture.width, 3))
    return Pillow.fromarray(pixels.clip(0, 255).astype(np.uint8))
