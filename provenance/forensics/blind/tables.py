"""The tables of a JPEG, and whether that of luminance it is as fine as that of a quality."""

from __future__ import annotations

from ...image.containers.jpeg_tables import libjpeg, quantisation_tables
from ...model.image import Image

_LOW = 15
"""Entries of the lowest frequencies, which are those that pictures have content at."""


def luminance_table(image: Image) -> tuple[int, ...]:
    """Table 0 in zigzag order; empty where there is none."""
    return quantisation_tables(image.data, image.structure.blocks).get(0, ())


def chrominance_table(image: Image) -> tuple[int, ...]:
    """Table 1 in zigzag order; empty where there is none."""
    return quantisation_tables(image.data, image.structure.blocks).get(1, ())


def as_fine_as(table: tuple[int, ...], quality: int) -> bool:
    """Whether the steps are on the whole no larger than libjpeg's at a quality: those of low frequencies, and all."""
    like, _ = libjpeg(quality)
    return bool(table) and sum(table[:_LOW]) <= sum(like[:_LOW]) and sum(table) <= sum(like)
