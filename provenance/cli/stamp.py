"""`stamp`: a time-stamp (RFC 3161) for a file, from authorities named on the command line."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.canonical import iso
from ..model.text import quoted, visible
from .options import add_trusted
from .parser import Verbs, add_verb
from .terminal import beside

if TYPE_CHECKING:
    from ..sealing.stamping import Stamped

EXAMPLE = """\
provenance stamp report.json --authority https://freetsa.org/tsr --trust-list cacert.pem --out stamps

what it is: an authority signs that a digest was in its hands at a moment. It shows that the file existed then, to
whoever trusts that authority; it says nothing of what the file shows, nor when it was made before that.

what leaves: to each authority one request of some 80 bytes: the SHA-256 of a salted text, and a random number. Not the
file, not its name, not its digest. The request is shown before it goes; the authority also sees the address that it
comes from. A request is never sent on to another address.

what is kept, in a folder for each authority below DIR:
  stamped.txt    the text that was stamped: the salt, and the file's digest as sha256sum writes it
  request.tsq    what was sent          response.tsr   the whole reply
  chain.pem      its certificates       anchors.pem    those of --trust-list
  VERIFY.txt     the commands of sha256sum and openssl that check it all without this program

exit codes: 0 each authority gave a time-stamp; 10 one did not: those of the others are kept all the same"""


def add_parser(verbs: Verbs) -> None:
    """Describe the verb."""
    verb = add_verb(verbs, "stamp", "ask time-stamp authorities to sign that a file exists now", EXAMPLE, run)
    verb.add_argument("file", metavar="FILE", type=Path, help="any file; it is hashed here and stays here")
    verb.add_argument(
        "--authority", metavar="URL", action="append", required=True, help="an RFC 3161 authority to ask (repeatable)"
    )
    verb.add_argument("--out", metavar="DIR", type=Path, required=True, help="folder to keep the time-stamps in")
    add_trusted(
        verb,
        "root certificates (PEM) of authorities that you trust, got from themselves; without one, nothing vouches "
        "for who signed",
    )


def run(asked: argparse.Namespace) -> int:
    """Say what will be sent, send it, and keep what comes back, one authority after the other."""
    from ..api import read_trust_list
    from ..errors import FetchError
    from ..output.report_folder import require_room
    from ..sealing.keeping import keep
    from ..sealing.stamping import plan, send

    trusted = tuple(read_trust_list(path) for path in asked.trust_list)
    exit_code = 0
    require_room(asked.out, alone=False)  # before anything leaves: what an authority gave must be kept
    for number, asking in enumerate(plan(asked.file, asked.authority), start=1):
        stamped = send(asking, trusted=trusted, say=lambda words: print(f"Sending {words}.", flush=True))
        if not stamped.kept:
            exit_code = FetchError.exit_code
            beside(visible(f"provenance: {asking.authority}: {stamped.stamp.words}"))
            continue
        folder = keep(stamped, asked.out, number=number, file=asked.file)
        print(f"{told(stamped)}\n  Check it with {visible(str(folder / 'VERIFY.txt'))}", flush=True)
    return exit_code


def told(stamped: Stamped) -> str:
    """What a time-stamp says, as a line of a terminal."""
    stamp = stamped.stamp
    if stamp.time is None:
        return f"  Kept, {stamp.words}."
    accuracy = "" if stamp.accuracy_s is None else f", give or take {stamp.accuracy_s:g} s by its own word"
    who = f"a signer that calls itself {quoted(stamp.authority, limit=120)}"
    return f"  Stamped {iso(stamp.time)}{accuracy}, by {who}: {stamp.words}."
