"""A list of pictures to take in: a CSV file of paths, or of file: addresses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ..errors import StatementsError
from .lines import csv_rows

NAMES = ("path", "url", "file")
"""A column of one of these names holds them, wherever it stands; without such a header it is the first one."""
NOT_FETCHED = "an address of the web, and nothing is fetched unless asked for"


def read_list(path: Path) -> Iterator[str]:
    """The paths and addresses of the list, as written; empty ones are passed over. Raises StatementsError."""
    column: int | None = None
    for _, cells in csv_rows(path, "a list"):
        if column is None:
            named = [cell.strip().lower() for cell in cells]
            column = next((named.index(name) for name in NAMES if name in named), None)
            if column is not None:
                continue
            column = 0
        if len(cells) > column and cells[column].strip():
            yield cells[column].strip()


def place_of(text: str, folder: Path) -> Path:
    """Where the picture lies on this machine; a relative path counts from the list's folder.

    Raises StatementsError for an address that is not of this machine. Whoever fetches asks for those first.
    """
    if "://" not in text and not text.lower().startswith("file:"):
        return folder / text
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise StatementsError("it is no address", remedy="correct it") from error
    if parts.scheme in ("http", "https"):
        raise StatementsError(
            NOT_FETCHED, remedy="name a folder with --fetch-into, or save the picture and name its path"
        )
    if parts.scheme != "file" or parts.netloc not in ("", "localhost") or not parts.path.startswith("/"):
        raise StatementsError("only paths and file: addresses of this machine are read", remedy="correct it")
    return Path(unquote(parts.path))
