"""What a file is that is no picture, where its first bytes tell: so that a person knows what to ask for instead."""

from __future__ import annotations

import re

_BEFORE = rb"(?:<\?xml[^>]{0,200}\?>\s{0,50})?(?:<!--[^>]{0,300}-->\s{0,50})?"
_PAGE = re.compile(_BEFORE + rb"<(?:!doctype html|html|head)[\s>]", re.IGNORECASE)
_DRAWING = re.compile(_BEFORE + rb"<(?:!doctype svg|svg)[\s>]", re.IGNORECASE)
_SENT_INSTEAD = "a page came instead of the picture; open its address by hand and save the picture itself"
_FRAME = "save the frame that matters as PNG, note its time in the video, and check that"
_UNPACK = "unpack it with a program you trust, and check the pictures in it"
_STARTS = (
    (b"%PDF-", "a PDF", "take the pictures out of it, for example with pdfimages -all, and check those"),
    (b"PK\x03\x04", "a ZIP archive, or a document that is one inside, such as DOCX", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (b"\x1f\x8b\x08", "a file packed by gzip", _UNPACK),
    (b"\x1aE\xdf\xa3", "a video (Matroska, WebM)", _FRAME),
    (b"SQLite format 3\x00", "a database", "name it with --reference if it is a reference set"),
)


def told(start: bytes) -> tuple[str, str]:
    """What a file is by its first bytes, and what to do instead; two empty texts where that is not known."""
    for begins, what, remedy in _STARTS:
        if start.startswith(begins):
            return what, remedy
    if start[4:8] == b"ftyp":  # ISO/IEC 14496-12; pictures of this family were told apart before
        return "a video or a sound (MP4, MOV)", _FRAME
    if start[:4] == b"RIFF" and start[8:12] == b"AVI ":
        return "a video (AVI)", _FRAME
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _PAGE.match(text):
        return "a web page", _SENT_INSTEAD
    if _DRAWING.match(text):
        return "a drawing in SVG", "save it as PNG in a program you trust, and check that"
    return "", ""
