"""A picture as received, as structured bytes, and as pixels to work on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar, cast

from .limits import Limits

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The bytes as received (Berkeley Protocol: evidentiary copy). `sha256` is lower-case hex of the whole file."""

    name: str
    path: str
    sha256: str
    size_bytes: int
    media_type: str
    """By content, never by extension: "image/jpeg"; "" when the content is no picture this program knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A part of the container: JPEG segment, PNG chunk, RIFF chunk, TIFF directory, ISOBMFF box."""

    kind: str
    """What it holds, in a word shared by all containers: "exif", "xmp", "iptc", "icc", "c2pa", "comment", "text", ...;
    otherwise the container's own name for it, such as "DQT" or "IDAT"."""
    name: str
    """The container's own name: "APP1", "eXIf", "meta"."""
    offset_bytes: int
    length_bytes: int
    sha256: str
    """Of the block's payload."""
    payload_offset_bytes: int = 0
    """Where the payload starts in the file, behind marker, length and identifier."""
    payload_length_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """The container as a walker saw it, without decoding a pixel."""

    media_type: str
    width_px: int = 0
    height_px: int = 0
    frames: int = 1
    blocks: tuple[Block, ...] = ()
    problems: tuple[str, ...] = ()
    """What was refused, cut off or broken, each a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WorkingCopy:
    """Decoded pixels: upright sRGB, uint8, shape (height, width, 3), order R, G, B. Read-only."""

    pixels: NDArray[np.uint8]
    steps: tuple[str, ...] = ()
    """What was done on the way from the file: "turned upright (EXIF orientation 6)", "first of 12 frames", ..."""

    @property
    def width_px(self) -> int:
        """Width in pixels."""
        return int(self.pixels.shape[1])

    @property
    def height_px(self) -> int:
        """Height in pixels."""
        return int(self.pixels.shape[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why there is no working copy, and what a person can do about it."""

    reason: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Image:
    """One picture on its way through the checks. Exactly one of `working_copy` and `refusal` is set."""

    original: Original
    data: bytes = field(repr=False)
    structure: Structure
    working_copy: WorkingCopy | None = None
    refusal: Refusal | None = None
    _readings: dict[object, object] = field(default_factory=dict, init=False, repr=False)

    def once(self, read: Callable[[Image, Limits], _Read], limits: Limits) -> _Read:
        """What a pure reader gives of this picture, read when first asked for and kept as long as the picture is.

        Two threads that ask at once may both read; they get equal answers.
        """
        key = (read, limits)
        if key not in self._readings:
            self._readings[key] = read(self, limits)
        return cast("_Read", self._readings[key])
