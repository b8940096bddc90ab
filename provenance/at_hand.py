"""The picture of a reference, from the file at its place, if that is still the one that was added."""

from __future__ import annotations

from pathlib import Path

from .errors import InputError
from .image.decode import Decoder
from .image.load import inspect, load_bytes
from .model.image import WorkingCopy
from .model.limits import Limits
from .model.matches import Reference


def picture(
    reference: Reference, decoder: Decoder, limits: Limits, timeout_s: float | None
) -> tuple[WorkingCopy | None, str]:
    """The pixels, or why there are none. Never raises for what a file is.

    The digest is taken before anything is decoded: somebody may have put another file in its place.
    """
    if not reference.path:
        return None, "no place of it was kept"
    path = Path(reference.path)
    try:
        found = inspect(path, limits)
        if found.original.sha256 != reference.image_id:
            return None, "the file at its place is not the one that was added"
        image = load_bytes(found.data, path.name, decoder, limits, timeout_s=timeout_s)
    except InputError:
        return None, "it is not at its place, or cannot be read there"
    return image.working_copy, f"its pixels were refused: {image.refusal.reason}" if image.refusal else ""
