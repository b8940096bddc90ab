"""Who writes: the name that each entry of a log and each seal carries."""

from __future__ import annotations

import os
from datetime import datetime
from typing import TYPE_CHECKING

from .._version import __version__
from ..model.canonical import iso
from ..model.text import visible

if TYPE_CHECKING:
    from ..custody.writing import Author

BY = "PROVENANCE_BY"
_NAME_CHARS = 100


def author(at: datetime, clock: str) -> Author:
    """Who writes: the login name, or $PROVENANCE_BY; with this time, by this clock."""
    import getpass

    from ..custody.writing import Author

    try:
        name = os.environ.get(BY, "") or getpass.getuser()
    except (OSError, KeyError):
        name = f"user {os.getuid()}"
    return Author(at=iso(at), clock=clock, by=visible(name, limit=_NAME_CHARS), tool=f"provenance {__version__}")
