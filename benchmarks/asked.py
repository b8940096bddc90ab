"""The words behind a command whose usage stands in its docstring."""

from __future__ import annotations

import sys


def arguments(usage: str | None, least: int = 0, most: int | None = 0) -> list[str]:
    """All of them, `least` to `most`; None: any number.

    `--help` prints the usage and ends the run with 0, a wrong number of words with 2: nothing is measured or written.
    """
    given = sys.argv[1:]
    if {"-h", "--help"} & set(given):
        print(usage)
        raise SystemExit(0)
    if len(given) < least or (most is not None and len(given) > most):
        print(usage, file=sys.stderr)
        raise SystemExit(2)
    return given
