"""Which facts name the program, or a camera's firmware, that wrote the file, and which programs edit pictures."""

from __future__ import annotations

import re

PROGRAMS = (
    "exif.Software",
    "exif.ProcessingSoftware",
    "xmp.xmp:CreatorTool",
    "xmp.tiff:Software",
    "iptc.OriginatingProgram",
    "photoshop.WriterName",
    "png.text.Software",
    "png.text.Source",
)
_NAME_CHARS = 200
# Programs whose business is changing pictures; a name here says only that tags may have been rewritten.
_EDITORS = re.compile(
    r"photoshop|lightroom|adobe|gimp|affinity|pixelmator|snapseed|picsart|canva|paint\.net|paint shop|corel|photoscape"
    r"|acdsee|capture one|darktable|rawtherapee|luminar|vsco|meitu|facetune|faceapp|remini|polarr|picasa|irfanview"
    r"|xnview|imagemagick|graphicsmagick|exiftool|digikam|photofiltre|photo editor|windows photo|microsoft",
    re.IGNORECASE,
)


def edits_pictures(program: str) -> bool:
    """Whether a program by its name is one that edits pictures."""
    return _EDITORS.search(program[:_NAME_CHARS]) is not None
