"""`fetch`: a picture, or the pictures of a web page, with a record of how they came."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.canonical import iso
from ..model.text import visible
from .options import add_proxy, moment, name, proxy_of
from .parser import Verbs, add_verb
from .stopped import keep
from .terminal import beside, note

if TYPE_CHECKING:
    from ..outside.fetching import Fetching

EXAMPLE = """\
provenance fetch https://example.org/story.html --case my-case

what leaves: one request to the address, one to each address that it leads on to (at most 5), and one to each picture
that the page names (at most 12). Each is printed before it goes. No cookie, no password, no proxy but one you name; the
servers see the address of this machine and the name of this program.

what is kept: the pictures; fetched.json with each address as given and after redirects, the headers, the digest and
issuer of the server's TLS certificate, the times by this machine's clock and the SHA-256 of what came; fetched.warc
with every request and reply byte for byte, for any program that reads WARC. A case also notes what could not be had.

Never asked: addresses of private, local or reserved networks, in whatever form they are written, and ports other than
80, 443 and one that you name. Pages that are drawn by scripts, or want a login, give no picture: save it by hand.

Stopped by Ctrl-C, what had come until then is kept all the same: in the case, or in DIR-fetched.

exit codes: 0 a picture came; 3 what came is no picture and names none; 10 the address gave no usable answer"""


def add_parser(verbs: Verbs) -> None:
    """Describe the verb."""
    verb = add_verb(
        verbs, "fetch", "fetch a picture, or the pictures of a web page, and keep how they came", EXAMPLE, run
    )
    verb.add_argument("url", metavar="URL", type=name, help="http:// or https:// address of a picture or a page")
    where = verb.add_mutually_exclusive_group(required=True)
    where.add_argument(
        "--case", metavar="DIR", type=Path, help="keep all of it in this case folder, opened or continued"
    )
    where.add_argument("--out", metavar="DIR", type=Path, help="keep all of it in this new folder")
    add_proxy(verb)
    verb.add_argument("--now", metavar="TIME", type=moment, help="use this as the clock (2024-11-15T09:00Z)")


def run(asked: argparse.Namespace) -> int:
    """Fetch, keep, and say what came."""
    from ..outside.keeping_fetched import keep_fetching, refuse_taken, write_fetching

    if asked.out is not None:
        refuse_taken(asked.out)  # before anything leaves
    got = fetched(asked.url, asked)
    for picture in got.pictures:
        print(f"{picture.sha256}  {len(picture.data):,} bytes  {picture.media_type}  {visible(picture.said['from'])}")
    if asked.case is not None:
        head = keep_fetching(asked.case, got)
        print(f"Case: {visible(str(asked.case))}, head of its log {head}")
        return 0
    with keeping_fetched(got, asked):
        folder = write_fetching(got, asked.out)
    print(f"Kept in {visible(str(folder))}; the record is fetched.json")
    return 0


def fetched(url: str, asked: argparse.Namespace) -> Fetching:
    """What the address gives, each request printed on standard error before it goes. Raises FetchError, InputError.

    What had come when it is stopped is kept: in the case, or in a folder of its own.
    """
    from ..outside.fetching import fetch_pictures

    def failed(attempt: Fetching) -> None:
        from ..outside.keeping_fetched import keep_failure

        if asked.case is not None and (head := keep_failure(asked.case, attempt)):
            note(f"the attempt is noted in the case; head of its log {head}")
        if attempt.stopped:
            keep_fetched(attempt, asked)

    got = fetch_pictures(url, say=say, now=asked.now, proxy=proxy_of(asked), failed=failed)
    for words in got.passed_over:
        note(f"not fetched: {words}")
    return got


@contextmanager
def keeping_fetched(got: Fetching, asked: argparse.Namespace) -> Iterator[None]:
    """Keep what an address gave, should what follows be stopped before it has its report or its folder."""
    try:
        yield
    except BaseException:  # Ctrl-C, too
        keep_fetched(got, asked)
        raise


def keep_fetched(got: Fetching, asked: argparse.Namespace) -> None:
    """Pictures and exchanges, as `fetch --out` writes them; nothing where a case has them, or nothing left."""
    from ..outside.keeping_fetched import fetching_files

    if asked.case is None and got.left:
        keep(fetching_files(got), "fetched", got.left, iso(got.asked_at), asked)


def say(words: str) -> None:
    """What leaves, before it does."""
    beside(visible(words))


def is_address(text: str) -> bool:
    """Whether a word of the command line is an address of the web, and no file."""
    return text.lower().startswith(("http://", "https://"))
