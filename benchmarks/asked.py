"""The words behind a command whose usage stands in its docstring."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn

Range = tuple[int, int | None]


def arguments(
    usage: str | None, least: int = 0, most: int | None = 0, *, forms: Mapping[str, Range] | None = None
) -> list[str]:
    """All of them, `least` to `most`; None: any number. `forms`: those numbers where one of these words is the first.

    `--help` prints the usage and ends the run with 0, a wrong number of words with 2: nothing is measured or written.
    """
    given = sys.argv[1:]
    if {"-h", "--help"} & set(given):
        print(usage)
        raise SystemExit(0)
    if forms and given[:1] and given[0] in forms:
        least, most = forms[given[0]]
    if len(given) < least or (most is not None and len(given) > most):
        misused(usage)
    return given


def numbers(usage: str | None, words: Sequence[str]) -> list[int]:
    """The words as whole numbers from 0; what is none ends the run as a wrong number of words does."""
    if not all(word.isascii() and word.isdigit() for word in words):
        misused(usage)
    return [int(word) for word in words]


def misused(usage: str | None) -> NoReturn:
    """Print the usage and end with 2."""
    print(usage, file=sys.stderr)
    raise SystemExit(2)
