"""Pixels besides those of the picture under test: of references, from the files at their places; and within it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..errors import InputError
from ..image.decoding.decoder import Decoder
from ..image.load import decoded, inspect
from ..model.image import Image, Refusal, WorkingCopy
from ..model.limits import Limits
from ..model.matches import Reference

INNER_PIXELS_PX, INNER_S = 8_000_000, 5.0
"""What a preview inside a file may cost: the largest in use are full HD."""
HELD_PX = 64_000_000
"""Pictures of references that are held between the search of one check and its comparison, all together: 192 MB."""


def picture(
    reference: Reference, decoder: Decoder, limits: Limits, timeout_s: float | None
) -> tuple[WorkingCopy | None, str]:
    """The pixels, or why there are none. Never raises for what a file is; OutputError for want of room.

    The digest is taken before anything is decoded: somebody may have put another file in its place.
    """
    if not reference.path:
        return None, "no place of it was kept"
    path = Path(reference.path)
    try:
        found = inspect(path, limits)
        if found.original.sha256 != reference.image_id:
            return None, "the file at its place is not the one that was added"
        image = decoded(found, decoder, limits, timeout_s=timeout_s)
    except InputError:
        return None, "it is not at its place, or cannot be read there"
    return image.working_copy, f"its pixels were refused: {image.refusal.reason}" if image.refusal else ""


@dataclass(slots=True)
class PixelsAtHand:
    """Decodes for one check at a time, within the time that is left; a reference once a check."""

    decoder: Decoder
    limits: Limits
    left_s: Callable[[], float | None]
    _held: dict[str, WorkingCopy] = field(default_factory=dict)

    def forget(self) -> None:
        """Another check begins."""
        self._held.clear()

    def inside(self, data: bytes, media_type: str) -> WorkingCopy | Refusal:
        """A picture inside the file, under limits that suit one."""
        limits = replace(self.limits, pixels_px=min(self.limits.pixels_px, INNER_PIXELS_PX))
        left_s = self.left_s()
        return self.decoder.decode(data, media_type, limits, INNER_S if left_s is None else min(INNER_S, left_s))

    def looked_at(self, reference: Reference) -> WorkingCopy | None:
        """The picture of a reference that a search looks at in full."""
        return self.reference(reference, most_s=INNER_S)[0]

    def file(self, reference: Reference) -> Image | None:
        """The file of a reference, nothing of it decoded; None where it is not at hand, or is another by now."""
        if not reference.path:
            return None
        try:
            found = inspect(Path(reference.path), self.limits)
        except InputError:
            return None
        return found if found.original.sha256 == reference.image_id else None

    def reference(self, reference: Reference, *, most_s: float | None = None) -> tuple[WorkingCopy | None, str]:
        """The pixels of a reference, or why they are not at hand."""
        held = self._held.get(reference.image_id)
        if held is not None:
            return held, ""
        bounds = [bound for bound in (self.left_s(), most_s) if bound is not None]
        copy, why = picture(reference, self.decoder, self.limits, min(bounds, default=None))
        if copy is not None and sum(one.width_px * one.height_px for one in (copy, *self._held.values())) <= HELD_PX:
            self._held[reference.image_id] = copy
        return copy, why
