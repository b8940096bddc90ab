"""What stands behind the end of a JPEG: further pictures by its index, films, archives, padding, or bytes unknown."""

from __future__ import annotations

from . import mpf
from .contents import words
from .listing import Listing


def list_behind(listing: Listing, start: int, index_at: int, index_bytes: int) -> None:
    """List the pictures that the index names (kind `mpf-image`), and each stretch between them as `trailer`.

    `start` is the first byte behind the end-of-image marker; `index_at` and `index_bytes` say where the multi-picture
    index lies, from its TIFF header on; 0 bytes when the file has none.
    """
    position = start
    for entry in _pictures(listing, start, index_at, index_bytes):
        at, length = index_at + entry.offset, entry.length
        _stretch(listing, position, at)
        listing.add("mpf-image", entry.kind, at, length)
        position = at + length
    _stretch(listing, position, listing.end)


def _pictures(listing: Listing, start: int, index_at: int, index_bytes: int) -> list[mpf.Entry]:
    """The index's pictures behind `start`, in file order; those that do not begin as a JPEG or overlap are refused."""
    data, taken, position = listing.data, [], start
    found = mpf.entries(data[index_at : index_at + index_bytes]) if index_bytes else ()
    for entry in sorted((one for one in found if one.offset), key=lambda one: one.offset):
        at, end = index_at + entry.offset, index_at + entry.offset + entry.length
        if at < position or end > listing.end or not data.startswith(b"\xff\xd8", at):
            listing.problem(f"The index of pictures names one at offset {at} of {entry.length} bytes; none is there.")
            continue
        taken.append(entry)
        position = end
    return taken


def _stretch(listing: Listing, start: int, end: int) -> None:
    if start < end:
        listing.add("trailer", words(listing.data, start, end), start, end - start)
