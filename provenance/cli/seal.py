"""`seal`: every file of a case hashed, listed and signed."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .options import moment, name
from .terminal import Verbs, add_verb, passphrase

EXAMPLE = """\
provenance check samples/stranger.jpg --case my-case
  provenance seal my-case"""


def add_parser(verbs: Verbs) -> None:
    """Describe the verb."""
    verb = add_verb(verbs, "seal", "list every file of a case with its digest, and sign the list", EXAMPLE, run)
    verb.add_argument("case", metavar="CASE", type=name, help="a folder that check --case wrote")
    verb.add_argument(
        "--keys",
        metavar="DIR",
        type=Path,
        help="the folder of the signing key, made at first use "
        "(default: $PROVENANCE_KEYS, else the user's data folder)",
    )
    verb.add_argument("--now", metavar="TIME", type=moment, help="use this as the clock (2024-11-15T09:00Z)")


def run(asked: argparse.Namespace) -> int:
    """Seal, and say what is worth writing down elsewhere."""
    from ..cases import seal

    done = seal(asked.case, keys=asked.keys, now=asked.now, passphrase=passphrase if sys.stdin.isatty() else None)
    if done.new_key:
        print(f"A signing key was made: {done.new_key}")
    stands = "The seal stands: nothing has come since." if done.already else f"Sealed: {done.files} files."
    print(f"{stands}\nKey:  {done.key}\nHead: {done.head}\nSeal: {done.seal}")
    print("Give the key and the head to others by another way than the case itself.")
    return 0
