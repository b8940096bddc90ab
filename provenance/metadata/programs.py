"""Which facts name the program, or a camera's firmware, that wrote the file: one list for findings and report."""

from __future__ import annotations

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
