"""A time-stamp as a folder that a stranger can check with stock tools, by the commands that it holds."""

from __future__ import annotations

import shlex
from pathlib import Path

from ..custody.folder import write_new_folder
from ..custody.stamp_reply import StampState
from ..custody.timestamp import ANCHORS, CHAIN, REQUEST, RESPONSE, SUBJECT
from ..model.address import host_of
from ..model.canonical import iso
from ..model.text import visible
from .stamping import Stamped

VERIFY = "VERIFY.txt"
_NAME = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-")


def keep(stamped: Stamped, parent: Path, *, number: int, file: Path) -> Path:
    """Write the files of a time-stamp that is `kept` and VERIFY.txt into `parent/NUMBER-HOST`; hands the folder back.

    Raises OutputError.
    """
    files = {**stamped.files, VERIFY: verify_text(stamped, file).encode("utf-8", "replace")}
    return write_new_folder(parent, f"{number}-{host_in(stamped.asking.authority)}", files)


def verify_text(stamped: Stamped, file: Path) -> str:
    """What VERIFY.txt says: what was stamped, and the commands that check it, which run in its folder."""
    stamp = stamped.stamp
    # The whole path is not for a stranger's eyes; the file may lie elsewhere by then.
    named, asked_at = visible(file.name), iso(stamped.sent.at)
    lines = [
        f"A time-stamp (RFC 3161) for {named}, asked of {visible(stamped.asking.authority)} at {asked_at},",
        f"{stamped.sent.clock}.",
        f"As read then: {visible(stamp.words)}." if stamp.state is not StampState.NOT_CHECKED else "Not read then.",
        "",
        f"Put the file beside these, and run, with FILE as its name (here {shlex.quote(named)}):",
        "",
        *stamped.commands("FILE"),
        "",
        f"The first says that {SUBJECT} holds the file's digest. The second says that {RESPONSE} stamps {SUBJECT}, the",
        f"third that it answers {REQUEST}. The fourth shows the time, and who signed by their own word.",
    ]
    if stamp.chain:
        lines.append(f"{CHAIN} holds the certificates that came with the reply; by themselves they vouch for nobody.")
    if stamped.anchors:
        lines.append(f"{ANCHORS} holds the certificates that were trusted: compare them with the authority's own.")
    else:
        lines.append(
            "ROOT.pem stands for the authority's root certificate, which has to come from the authority itself."
        )
    return "\n".join(lines) + "\n"


def host_in(url: str) -> str:
    """The host of a URL as part of a folder's name."""
    return (
        "".join(character if character in _NAME else "-" for character in host_of(url)[:60]).strip(".-") or "authority"
    )
