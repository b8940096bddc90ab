"""Both whole-frame codes of a picture from one pass over its pixels, and the rule by which they make a match."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..model.image import WorkingCopy
from ..model.record import Fingerprint
from . import gradients, perceptual, plain
from .shrinking import WAYS, shrink

if TYPE_CHECKING:
    from .shrinking import Grey

NAME = f"{perceptual.NAME} with {gradients.NAME}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The picture laid in one of the eight ways: the words for it and both codes."""

    words: str
    frequencies: bytes
    gradients: bytes

    def matches(self, frequencies_bits: int, gradients_bits: int | None) -> bool:
        """Whether a picture at these distances from this turn is a match; None when it has no second code."""
        if frequencies_bits <= perceptual.ALONE_BITS:
            return True
        confirmed = gradients_bits is not None and gradients_bits <= gradients.radius_bits(self.gradients)
        return confirmed and frequencies_bits <= perceptual.RADIUS_BITS


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeFrame:
    """What a set keeps of a picture (`fingerprints`) and what a search asks with (`turns`, the first as it is)."""

    fingerprints: tuple[Fingerprint, ...]
    turns: tuple[Turn, ...]

    @property
    def searchable(self) -> bool:
        """False for flat frames, gradients, pages of words and flat artwork, which would match each other."""
        return self.fingerprints[0].searchable


def fingerprints(copy: WorkingCopy, *, drawn: bool | None = None) -> tuple[Fingerprint, ...]:
    """Both fingerprints of the picture as it is, for a reference set. `drawn`: by plain.drawn, where that is known."""
    return _fingerprints(copy, shrink(copy), drawn)


def describe(copy: WorkingCopy, *, drawn: bool | None = None) -> WholeFrame:
    """The fingerprints, and the codes of all eight turns. `drawn`: by plain.drawn, where that is known."""
    grey = shrink(copy)
    codes = zip(WAYS, perceptual.codes(grey), gradients.codes(grey), strict=True)
    turns = tuple(Turn(words=way.words, frequencies=first, gradients=second) for way, first, second in codes)
    return WholeFrame(fingerprints=_fingerprints(copy, grey, drawn), turns=turns)


def _fingerprints(copy: WorkingCopy, grey: Grey, drawn: bool | None) -> tuple[Fingerprint, ...]:
    second = gradients.of_grey(grey, searchable=True)
    first = perceptual.of_grey(grey, second.detail)
    even = plain.drawn(copy) if drawn is None else drawn
    if first.searchable and not even:
        return first, second
    return replace(first, searchable=False), replace(second, searchable=False)


def distance_bits(first: bytes, second: bytes) -> int:
    """In how many bits two codes of equal length differ (Hamming distance)."""
    return (int.from_bytes(first, "big") ^ int.from_bytes(second, "big")).bit_count()
