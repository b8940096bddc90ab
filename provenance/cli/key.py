"""`key`: the desk's signing key, to be published, and to be replaced."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..model.text import visible
from .options import moment
from .parser import Verbs, add_verb
from .terminal import folded, passphrase


def add_parser(verbs: Verbs) -> None:
    """Describe the verb."""
    verb = add_verb(
        verbs, "key", "show the key that signs seals, made at first use, or replace it", "provenance key", run
    )
    verb.add_argument(
        "--rotate",
        action="store_true",
        help="put a new key in its place; both sign a statement that says so, which later seals carry",
    )
    verb.add_argument(
        "--keys",
        metavar="DIR",
        type=Path,
        help="the key's folder (default: $PROVENANCE_KEYS, else the user's data folder)",
    )
    verb.add_argument("--now", metavar="TIME", type=moment, help="use this as the clock (2024-11-15T09:00Z)")


def run(asked: argparse.Namespace) -> int:
    """Print what others need to pin the key."""
    from ..sealing.signing import key_in_use, rotate_key

    asking = passphrase if sys.stdin.isatty() else None
    lines = []
    if asked.rotate:
        told = rotate_key(keys=asked.keys, passphrase=asking, now=asked.now)
        lines.append(f"{told[0].upper()}{told[1:]}.")
    key = key_in_use(keys=asked.keys, passphrase=asking)
    lines += [
        f"Key:    {key.fingerprint}{' (made just now)' if key.made else ''}",
        f"Public: {key.line}",
        f"File:   {visible(str(key.path))}",
        *(f"Change: {change}" for change in key.changes),
    ]
    print("\n".join(folded(line, 8) for line in lines))
    return 0
