"""Walks the table of a Windows icon or cursor without decoding a picture of it."""

from __future__ import annotations

from ...model.image import Structure
from ...model.limits import Limits
from . import ico
from .listing import Listing
from .sniff import ICO


def walk(data: bytes, limits: Limits) -> Structure:
    """List the table and the pictures; the size is that of the first, `frames` counts them."""
    listing = Listing(data, limits)
    pictures = ico.entries(data)
    listing.add("header", "ICONDIR", 0, min(len(data), 6 + 16 * len(pictures)))
    for width, height, at, length in pictures:
        if at + length > len(data):
            listing.cut_short(f"the icon of {width} x {height}", length, len(data) - at)
        elif length:
            listing.add("image", f"icon of {width} x {height}", at, length)
    size_px = pictures[0][:2] if pictures else (0, 0)
    return listing.structure(ICO, *size_px, frames=max(1, len(pictures)))
