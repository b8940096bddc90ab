"""What some bytes are by how they begin or end, in words: for what stands behind the end of a picture."""

from __future__ import annotations

# How what follows begins, at the first byte or where a film's file-type box has its name, in words.
_STARTS = (
    (0, b"PK\x03\x04", "an archive (ZIP)"),
    (0, b"PK\x05\x06", "an archive (ZIP)"),
    (0, b"Rar!\x1a\x07", "an archive (RAR)"),
    (0, b"7z\xbc\xaf\x27\x1c", "an archive (7z)"),
    (0, b"\xff\xd8\xff", "another JPEG"),
    (0, b"\x89PNG\r\n\x1a\n", "a PNG"),
    (0, b"%PDF-", "a PDF document"),
    (0, b"MotionPhoto_Data", "a film (Samsung)"),
    (0, b"CANON OPTIONAL DATA\x00", "Canon's recipe data"),
    (0, b"QDIOBS", "Samsung's data of a camera mode"),
    (4, b"ftyp", "a film (MP4)"),
)
_ENDS = (
    (0, b"SEFT", "Samsung's data of a camera mode (SEF)"),
    (12, b"AXS!", "text and previews (AFCP)"),
    (12, b"AXS*", "text and previews (AFCP)"),
    (0, b"cbipcbbl", "data of Photo Mechanic"),
    (0, b"\xa1\xb2\xc3\xd4", "data of FotoWare"),
)
_LOOKED_FOR_FILM_BYTES = 4096
_ZEROS, _FILL = "zeros only", "one byte repeated"
_UNKNOWN = "data of no kind known here"


def words(data: bytes, start: int, end: int) -> str:
    """What some bytes are, by how they begin or end: for a sentence."""
    for skip, sign, said in _STARTS:
        if data.startswith(sign, start + skip, end):
            return said
    for back, sign, said in _ENDS:
        at = end - back - (0 if back else len(sign))
        if at >= start and data.startswith(sign, at):
            return said
    first = data[start : start + 1]
    if data.count(first, start, end) == end - start:
        return _ZEROS if first == b"\0" else _FILL
    film = data.find(b"ftyp", start, min(end, start + _LOOKED_FOR_FILM_BYTES))
    return f"a film (MP4) from byte {film - 4:,}" if film >= start + 4 else _UNKNOWN
