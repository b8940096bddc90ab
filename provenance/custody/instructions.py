"""VERIFY.txt and allowed_signers: how a stranger checks a case with the programs that every system has."""

from __future__ import annotations

from collections.abc import Sequence

from . import sshsig

PRINCIPAL = "sealer"
LIST = r"""tr '{' '\n' < seal.json | sed -n 's/.*"path":"\([^"]*\)","sha256":"\([0-9a-f]*\)".*/\2  \1/p'"""
"""seal.json as a list for sha256sum: canonical JSON puts the keys of a file in this order."""

COMMANDS = (
    f"! {{ {LIST} | cut -c67-; find . -type f ! -path ./seal.json ! -path ./seal.json.sig | cut -c3-; "
    "find . ! -type d ! -type f; } | LC_ALL=C sort | uniq -u | grep .",
    f"{LIST} | sha256sum --check --quiet --strict",
    f"ssh-keygen -Y verify -f allowed_signers -I {PRINCIPAL} -n {sshsig.NAMESPACE} -s seal.json.sig < seal.json",
    "sha256sum --check --quiet --strict manifest-sha256.txt tagmanifest-sha256.txt",
    "tail -n 1 data/log.jsonl | sha256sum | cut -c1-64 | grep -q -f - seal.json",
)
"""Each ends with 0 on a good case; all run in its folder."""

_FOLDER = """\
HOW TO CHECK THIS FOLDER WITHOUT THE PROGRAM THAT MADE IT

This is a report on one picture (report.json, report.html and what belongs to them). seal.json lists every file with its
size and SHA-256; seal.json.sig is its signature. Open a terminal in this folder and run the commands in order; stop at
the first that ends in an error.

1. No file was added, taken away or made a link (prints nothing, else the names):

   {0}

2. Every file is as it was when the folder was sealed (prints nothing):

   {1}

3. seal.json was signed with the key in allowed_signers (prints "Good ... signature" and the key's fingerprint):

   {2}

WHAT THIS SHOWS AND WHAT NOT
The key in allowed_signers came with the folder, and anybody can make a key and sign a whole folder anew. Compare the
fingerprint of step 3 with one that the desk gave you another way: on its website, by telephone, in print.
The time in seal.json is that of the desk's own clock. The picture itself is not in this folder: report.json names it by
its SHA-256. That a file is unchanged says nothing about what the picture shows.
"""


_TEXT = """\
HOW TO CHECK THIS FOLDER WITHOUT THE PROGRAM THAT MADE IT

This is a case: pictures as they were received (data/originals), reports on them (data/reports), and a log of what was
done (data/log.jsonl, one line an entry). ro-crate-metadata.json and case.jsonld, where they stand, tell the same for
other programs (RO-Crate, CASE/UCO). seal.json lists every file with its size and SHA-256; seal.json.sig is its
signature. Open a terminal in this folder and run the commands in order; stop at the first that ends in an error.

1. No file was added, taken away or made a link (prints nothing, else the names):

   {0}

2. Every file is as it was when the case was sealed (prints nothing):

   {1}

3. seal.json was signed with the key in allowed_signers (prints "Good ... signature" and the key's fingerprint):

   {2}

4. The same digests as an archive reads them (BagIt, RFC 8493; prints nothing):

   {3}

5. The log ends where seal.json says (prints nothing):

   {4}
{stamps}
WHAT THIS SHOWS AND WHAT NOT
The key in allowed_signers came with the folder, and anybody can make a key and sign a whole folder anew. Compare the
fingerprint of step 3 with one that the desk gave you another way: on its website, by telephone, in print. Likewise
the head of the log (the SHA-256 of its last line) with any that you were told earlier: it must still be in the log.
The times are those of the desk's own clock{but}.
That a file is unchanged says nothing about what the picture shows.
Where a case was continued after its seal, steps 1, 2, 4 and 5 fail until it is sealed again.
"""


_STAMPS = """
6. Time-stamps (RFC 3161); openssl prints "Verification: OK". Of each three lines, the first says that the text that was
stamped holds the digest of an entry of the log, the second that the authority signed that text, the third that it
answers the request. An entry names the files that came with it by their digests, and each entry the one before it: so
everything up to there existed at the time stamped, which "openssl ts -reply -text -in response.tsr" shows. anchors.pem
came with this folder: compare it with the certificate that the authority itself gives out. Where a line has $ROOT, no
such certificate came: get it from the authority, and set ROOT to its path.
"""


def instructions(stamps: Sequence[Sequence[str]] = ()) -> bytes:
    """VERIFY.txt; with `stamps`, the lines that check each time-stamp."""
    told = _STAMPS + "".join("\n" + "".join(f"   {line}\n" for line in lines) for lines in stamps) if stamps else ""
    return _TEXT.format(*COMMANDS, stamps=told, but=", but for those of time-stamps" if stamps else "").encode()


def folder_instructions() -> bytes:
    """VERIFY.txt of a report that lies in no case: the first three steps."""
    return _FOLDER.format(*COMMANDS).encode()


def allowed_signers(key: bytes) -> bytes:
    """The signing key as `ssh-keygen -Y verify -f` reads it."""
    return f'{PRINCIPAL} namespaces="{sshsig.NAMESPACE}" {sshsig.public_line(key)}\n'.encode()
