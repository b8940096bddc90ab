"""Keys of services: from the environment or from a file that nobody but the user can read; never shown, never kept."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from urllib.parse import quote, quote_plus

from ..errors import FetchError
from ..model.text import visible

ENVIRONMENT = "PROVENANCE_KEY_"
LEFT_OUT = b"(key left out)"
_KEY = re.compile(r"[\x21-\x7e]{1,500}")
_MOST_BYTES = 4_096


def key_for(name: str, folder: Path) -> str:
    """The key called `name`: of $PROVENANCE_KEY_<NAME>, else of the file `name` in `folder`. Raises FetchError."""
    variable = f"{ENVIRONMENT}{name.upper()}"
    found = os.environ.get(variable, "").strip() or _from_file(folder / name, variable)
    if not _KEY.fullmatch(found):
        raise FetchError(f"the key {name!r} is no key", remedy="it is one word of ASCII without spaces")
    return found


def _from_file(path: Path, variable: str) -> str:
    remedy = f"set ${variable}, or put the key into {visible(str(path))} (mode 0600)"
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise FetchError("it wants a key, and none is set", remedy=remedy) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it cannot be opened"
        raise FetchError(f"the file with its key cannot be read: {reason}", remedy=remedy) from None
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_mode & 0o077:
            raise FetchError(
                "others can read the file with its key, so it is not used", remedy=f"chmod 600 {visible(str(path))}"
            )
        return file.read(_MOST_BYTES).decode("utf-8", "replace").strip()


def forms(key: str) -> tuple[bytes, ...]:
    """The key as it may stand in what is sent or sent back."""
    return tuple({form.encode() for form in (key, quote(key, safe=""), quote_plus(key))} if key else ())


def without(data: bytes, key: str) -> bytes:
    """The bytes with every form of the key left out."""
    for form in forms(key):
        data = data.replace(form, LEFT_OUT)
    return data


def holds(data: bytes, key: str) -> bool:
    """Whether the key stands in the bytes."""
    return any(form in data for form in forms(key))
