"""`seal`: every file of a case, or of a report's folder, hashed, listed and signed."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..errors import UsageError
from ..model.text import visible
from .options import add_trusted, moment, name
from .parser import Verbs, add_verb
from .stamp import told
from .terminal import beside, folded, note, passphrase

EXAMPLE = """\
provenance check samples/stranger.jpg --case my-case
  provenance seal my-case
  provenance seal my-case --stamp https://freetsa.org/tsr --trust-list cacert.pem

time-stamps, only with --stamp: an authority (RFC 3161) signs that the head of the log, and so everything in the case,
was there at a moment. To each goes one request of some 80 bytes, shown before it goes: the SHA-256 of a salted text,
and a random number. Request, reply and certificates are kept in data/stamps/, under the seal; VERIFY.txt has the
commands of openssl that check them.

exit codes: 0 sealed; 10 sealed, and an authority gave no time-stamp: those of the others are kept all the same"""


def add_parser(verbs: Verbs) -> None:
    """Describe the verb."""
    verb = add_verb(
        verbs,
        "seal",
        "list every file of a case, or of a report's folder, with its digest, and sign the list",
        EXAMPLE,
        run,
    )
    verb.add_argument("case", metavar="CASE", type=name, help="a case, or a report's folder without a seal")
    verb.add_argument(
        "--keys",
        metavar="DIR",
        type=Path,
        help="the folder of the signing key, made at first use "
        "(default: $PROVENANCE_KEYS, else the user's data folder)",
    )
    verb.add_argument(
        "--stamp",
        metavar="URL",
        action="append",
        default=[],
        help="a time-stamp authority to ask before sealing (repeatable; without it nothing leaves this machine)",
    )
    add_trusted(verb, "with --stamp: root certificates (PEM) of authorities that you trust, got from themselves")
    verb.add_argument("--now", metavar="TIME", type=moment, help="use this as the clock (2024-11-15T09:00Z)")


def run(asked: argparse.Namespace) -> int:
    """Seal, and say what is worth writing down elsewhere."""
    from ..case.cases import seal
    from ..sealing.folders import is_report

    if asked.trust_list and not asked.stamp:
        raise UsageError(
            "--trust-list names who vouches for time-stamps, but none is asked for", remedy="add --stamp URL"
        )
    if asked.stamp and is_report(Path(asked.case)):
        raise UsageError(
            f"{visible(asked.case)} is a report's folder and has no log to be stamped",
            remedy="seal it without --stamp, then: provenance stamp its seal.json",
        )
    exit_code = _stamp(asked) if asked.stamp else 0
    done = seal(asked.case, keys=asked.keys, now=asked.now, passphrase=passphrase if sys.stdin.isatty() else None)
    if done.new_key:
        print(folded(f"A signing key was made: {visible(done.new_key)}"))
    stands = "The seal stands: nothing has come since." if done.already else f"Sealed: {done.files} files."
    head = f"Head: {done.head}\n" if done.head.entries else ""
    print(f"{stands}\nKey:  {done.key}\n{head}Seal: {done.seal}")
    what = "key and head" if head else "key"
    print(folded(f"Give the {what} to others by another way than the folder itself."))
    return exit_code


def _stamp(asked: argparse.Namespace) -> int:
    """Ask for time-stamps, and say before and after what was asked and what came."""
    from ..api import read_trust_list
    from ..errors import FetchError
    from ..sealing.timestamping import stamp_case

    try:
        found = stamp_case(
            asked.case,
            asked.stamp,
            trusted=[read_trust_list(path) for path in asked.trust_list],
            say=lambda words: print(folded(f"Sending {words}."), flush=True),
            clock=(lambda: asked.now) if asked.now else None,
        )
    except KeyboardInterrupt:
        note("what had left for an authority, or come from one, is in the log of the case")
        raise
    for each in found:
        if each.kept:
            print(folded(told(each)))
        else:
            beside(visible(f"provenance: {each.asking.authority}: {each.stamp.words}"))
    return 0 if all(each.kept for each in found) else FetchError.exit_code
