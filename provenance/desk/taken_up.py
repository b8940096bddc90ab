"""A picture taken up for a check, within the time that the run has: read, decoded, and held against another."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import DecodeError, InputError
from ..image.decoding.decoder import Decoder
from ..image.load import load, load_bytes
from ..model.image import Image, Refusal
from ..model.limits import Limits
from ..model.matches import Match
from .running import OUT_OF_TIME


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """The end of a run, a moment of time.monotonic(); None for a run without a bound."""

    until_s: float | None = None

    def left_s(self) -> float | None:
        """Seconds that are left, 0 when it is over; None without a bound."""
        return None if self.until_s is None else max(self.until_s - time.monotonic(), 0.0)

    @property
    def over(self) -> bool:
        """Whether nothing is left."""
        return self.left_s() == 0


@dataclass(frozen=True, slots=True)
class TakesUp:
    """Reads pictures by one decoder, under one set of limits, as long as there is time."""

    decoder: Decoder
    limits: Limits
    time: TimeLeft

    def picture(self, picture: Path | str | bytes, name: str) -> Image:
        """The picture with its pixels, or why there are none. `name`: what to call bytes. Raises InputError."""
        left_s = self.time.left_s()
        if isinstance(picture, bytes):
            image = load_bytes(picture, name, self.decoder, self.limits, timeout_s=left_s)
        else:
            image = load(Path(picture), self.decoder, self.limits, timeout_s=left_s)
        if self.time.over:
            # No check will look at the pixels, had or not; and that they are not there says nothing about the file.
            refusal = Refusal(reason=OUT_OF_TIME.reason, remedy=OUT_OF_TIME.remedy)
            return replace(image, working_copy=None, refusal=refusal)
        return image

    def relation(self, image: Image, other: bytes, name: str) -> Match | None:
        """How a picture relates to another; None without pixels of both, or where the time is over."""
        from ..matching.compare import compare

        if self.time.over:
            return None
        try:
            return compare(image, load_bytes(other, name, self.decoder, self.limits, timeout_s=self.time.left_s()))
        except (InputError, DecodeError):
            return None
