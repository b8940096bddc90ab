"""`doctor`: what is installed, and what each missing piece leaves unchecked."""

from __future__ import annotations

import argparse

from .parser import Verbs, add_verb


def add_parser(verbs: Verbs) -> None:
    """Describe the verb."""
    add_verb(
        verbs,
        "doctor",
        "show what is installed, and what each missing piece leaves unchecked (exit code 1: the install is incomplete)",
        "provenance doctor",
        run,
    )


def run(_asked: argparse.Namespace) -> int:
    """Print one line a piece; 0 when everything that the default install promises is there, else 1."""
    import platform

    from .. import __version__
    from ..api import diagnose

    print(f"provenance {__version__}, Python {platform.python_version()}, {platform.platform()}")
    pieces = diagnose()
    for piece in pieces:
        print(f"  {'ok     ' if piece.there else 'missing'}  {piece.name:<17} {piece.words}")
    return 0 if all(piece.there for piece in pieces if piece.promised) else 1
