"""A key that is set while any test runs, and that must be found in nothing that a test wrote or printed."""

from collections.abc import Iterator
from pathlib import Path

from provenance.online.keys import holds

KEY = "K3y-that-must-not-be-seen+/="
VARIABLES = ("PROVENANCE_KEY_GOOGLE", "PROVENANCE_KEY_TINEYE")
_PIECE_BYTES = 2**24
_MOST_BYTES = 2**28
"""A longer file is one of holes, which some test made to see that nobody reads it."""
_ITS_PLACE = ("keys/google", "keys/tineye")


def files_holding(folder: Path) -> Iterator[Path]:
    """The files below a folder in which the key stands in any form, but those that are its own place."""
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_file() or path.as_posix().endswith(_ITS_PLACE):
            continue
        if path.stat().st_size > _MOST_BYTES:
            continue
        try:
            with path.open("rb") as file:
                before = b""
                while piece := file.read(_PIECE_BYTES):
                    if holds(before + piece, KEY):
                        yield path
                        break
                    before = piece[-200:]
        except OSError:  # a test took the rights away
            continue
