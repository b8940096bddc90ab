"""What this program wrote itself into a folder of pictures: the figures of a report are no pictures that arrived."""

from __future__ import annotations

import os
from collections.abc import Sequence

from ..model.report import SCHEMA
from ..model.report_files import COMPARISON_JSON_NAME, JSON_NAME, SUMS
from .containers.sniff import ENOUGH_BYTES

_STARTS = {JSON_NAME: f'{{\n  "schema": "{SCHEMA}"'.encode(), COMPARISON_JSON_NAME: b'{\n  "id": "match-'}
"""How it begins that this program wrote them."""
_MOST_SUMS_BYTES = 2**20


def own_files(folder: str, names: Sequence[str]) -> frozenset[str]:
    """What this program wrote into the folder of a report or a comparison; nothing where it is none.

    A report may have been put into a folder that held pictures already: its list of digests names what is its own. In a
    case, where the list stands further up, all is.
    """
    if not any(_is_own(folder, name) for name in _STARTS if name in names):
        return frozenset()
    if SUMS not in names:
        return frozenset(names)
    try:
        listed = first_bytes(os.path.join(folder, SUMS), _MOST_SUMS_BYTES).decode("utf-8", "replace")  # noqa: PTH118
    except OSError:
        return frozenset()
    return frozenset(line.partition("  ")[2] for line in listed.splitlines()).intersection(names)


def _is_own(folder: str, name: str) -> bool:
    """Whether this program wrote what stands under the name of a report."""
    try:
        return first_bytes(os.path.join(folder, name)).startswith(_STARTS[name])  # noqa: PTH118
    except OSError:
        return False


def first_bytes(path: str, most_bytes: int = ENOUGH_BYTES) -> bytes:
    """The first bytes of a file, which is no link, without waiting for them. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_NOCTTY | os.O_CLOEXEC)
    try:
        return os.read(descriptor, most_bytes)
    finally:
        os.close(descriptor)
