"""The pictures that a list names: files of this machine, and addresses of the web where those may be asked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import OutputError, ProvenanceError, StatementsError, unless_full
from ..image.find import look
from ..intake.listing import place_of, read_list
from ..model.address import without_user
from ..model.record import Record
from ..model.text import visible
from .naming import Named, as_named
from .wanted import Refused


@dataclass(slots=True)
class Listed:
    """Files that a list names, each once, what could not be had, and the addresses that files were fetched from."""

    files: dict[Path, Named] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    fetched_from: dict[Path, Record] = field(default_factory=dict)


def of_list(listing: Path, into: Path | None, say: Callable[[str], None]) -> Listed:
    """What the list names. With `into`, a folder, pictures at addresses of the web are fetched into folders in it, each
    with the record of how it came; an address that was fetched before is not asked again. Raises StatementsError.
    """
    found = Listed()
    for text in read_list(listing):
        try:
            if into is not None and text.lower().startswith(("http://", "https://")):
                _fetch(text, into, say, found)
            else:
                path = as_named(place_of(text, listing.parent))
                found.files.setdefault(path, Named(path=path, relative=text))
        except OutputError:
            raise
        except ProvenanceError as error:
            found.refused.append(Refused(path=without_user(text), reason=str(error), remedy=error.remedy))
    return found


def _fetch(url: str, into: Path, say: Callable[[str], None], found: Listed) -> None:
    """Raises ProvenanceError where the address gives no picture, OutputError where the folder cannot be written."""
    from platformdirs import user_cache_path

    from ..outside.fetching import Hosts, fetch_pictures
    from ..outside.keeping_fetched import write_fetching

    folder = into / hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    if not folder.is_dir():
        try:
            into.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = f"cannot make {visible(str(into))}: {error.strerror}"
            raise OutputError(reason, remedy=unless_full(error, "name another folder")) from error
        hosts = Hosts(user_cache_path("provenance") / "online")
        write_fetching(fetch_pictures(url, say=say, hosts=hosts), folder)
    seen = look(folder)
    if not seen.pictures:
        raise StatementsError("no picture lies where it was fetched", remedy=f"remove {folder} to fetch it again")
    for path in map(as_named, seen.pictures):
        found.files.setdefault(path, Named(path=path, relative=path.name))
        found.fetched_from.setdefault(path, Record(source_url=url))
