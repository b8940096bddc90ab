"""The command line: finds the verb, hands over, and turns errors into one line and an exit code."""

from __future__ import annotations

import argparse
import errno
import os
import re
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from threading import current_thread, main_thread
from time import gmtime
from typing import NoReturn

from .._version import BEGAN, __version__
from ..errors import NO_ROOM, InputError, OutputError, ProvenanceError, UsageError
from .parser import Help, Parser
from .terminal import beside, complain, note, prepare_streams

VERBS = (
    "check",
    "fetch",
    "add",
    "watch",
    "inspect",
    "compare",
    "render",
    "redact",
    "record",
    "diff",
    "seal",
    "verify",
    "log",
    "key",
    "stamp",
    "refs",
    "place",
    "sun",
    "doctor",
)
"""A file of this folder each, in the order of --help."""

PLACED = ("--place", "--claimed-place", "--cover")
_NEGATIVE = re.compile(r"-\d")
_ONE_THREAD = "OPENBLAS_NUM_THREADS", "1"
"""Read when NumPy is loaded. The products of a check are too small to share: threads of OpenBLAS wait for one another,
for a quarter of the processor time that a check takes on two cores, and it ends no sooner.
"""
_PICTURE_BY_PICTURE = frozenset({"add", "refs"})
"""Verbs that fill a set, in this process where one job is asked."""
_UNWRITABLE = NO_ROOM | {errno.EIO}
_OUT_OF_REACH = frozenset({errno.EACCES, errno.EPERM, errno.ENAMETOOLONG, errno.ESTALE})
"""With a name given, where `pathlib` raises instead of saying that nothing is there."""
_TERMINATED = "SIGTERM"
_EMPTY = re.compile(r"(--[a-z0-9-]+)=")

DESCRIPTION = """\
Says of a picture: seen before, when, where, altered, origin, sources - every sentence with its evidence.
Everything works offline, and nothing is asked outside but what you name: `fetch URL`, `check URL`, `check --online`,
`record --fetch`, `add --fetch-into`, `stamp` and `seal --stamp`. Each says whom it asks first. No picture leaves this
machine without --send-picture, or for the workers of `add --dask`."""

EPILOG = """\
start here:
  provenance check samples/railcar_post.png --reference samples/reference --claims samples/railcar_post.claims.yaml

exit codes:
  0 the run did what was asked, whatever it found
  1 diff: something changed; check --replay: what came from outside is not the same to the byte; a check broke;
    doctor: a piece of the default install is missing; verify: the one for signatures is
  2 a mistake on the command line
  3 a file is missing, unreadable or no picture
  4 a picture's pixels were refused (its digest and metadata are still reported)
  5 a reference set is missing, damaged or cannot be written
  6 a claims, records or trust-list file is wrong
  7 a report or file cannot be written there, or the extra that makes it is not installed
  8 a case is not as it was sealed, or not sealed
  9 the signing key cannot be made, read or opened
  10 somebody outside who was asked gave no usable answer
  130 interrupted: reference sets and reports stay as they were (143 where it was by SIGTERM)"""


def parser(verb: str = "") -> argparse.ArgumentParser:
    """The command line, without importing anything that a verb needs: whole, or of the one `verb` that is asked."""
    top = Parser(
        prog="provenance",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=Help,
    )
    top.add_argument("--version", action="version", version=f"provenance {__version__}")
    verbs = top.add_subparsers(title="verbs", metavar="VERB", required=True, prog="provenance")
    for name in (verb,) if verb in VERBS else VERBS:
        import_module(f".{name}", __package__).add_parser(verbs)
    return top


def _joined(arguments: Sequence[str]) -> list[str]:
    """A number below zero belongs to what stands before it: argparse takes "-33.87,151.2" for another option."""
    joined: list[str] = []
    for word in arguments:
        if joined and joined[-1] in PLACED and _NEGATIVE.match(word):
            joined[-1] += f"={word}"
        elif joined[:1] == ["place"] and _NEGATIVE.match(word):
            joined.append(f" {word}")  # with a space in it a word is no option
        else:
            joined.append(word)
    return joined


def _require_words(words: Sequence[str]) -> None:
    """A variable that a shell left unset must not stand for the working folder, or for no claim. Raises UsageError."""
    for before, word in zip(("", *words), words, strict=False):
        named = _EMPTY.fullmatch(word)
        if word and named is None:
            continue
        option = named[1] if named else before if before.startswith("--") and before != "--" else ""
        verb = words[0] if words[0] in VERBS else ""
        raise UsageError(
            f"an empty word stands{f' behind {option}' if option else ' on the command line'}",
            remedy="a variable of the shell may be unset; write the value, or leave the option out; "
            f"see: provenance {f'{verb} ' if verb else ''}--help",
        )


def _as_file(unknown: Sequence[str]) -> str:
    """What to write for a file whose name begins with a dash; "" where there is none."""
    file = next((word for word in unknown if word.startswith("-") and os.path.lexists(word)), "")
    return f"; if the file of that name is meant, write ./{file}" if file else ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code."""
    prepare_streams()
    if arguments is not None:
        return _run(arguments, alone=False)
    os.environ.setdefault(*_ONE_THREAD)
    with _stopped_by_sigterm():
        return _run(sys.argv[1:], alone=True)


def _run(arguments: Sequence[str], *, alone: bool) -> int:
    """The same; `alone`: as a program of its own, with processes for its cores."""
    words, ended = _joined(arguments), 0
    try:
        _require_words(words)
        asked, unknown = parser(words[0] if words else "").parse_known_args(words)
        if unknown:
            asked.mistaken(f"unrecognized arguments: {' '.join(unknown)}{_as_file(unknown)}")
        if alone and words[0] in _PICTURE_BY_PICTURE:
            from ..sets.keeping_memory import keep_freed_memory

            keep_freed_memory()
        if gmtime().tm_year < BEGAN:
            note(f"this machine's clock stands in the year {gmtime().tm_year}, before this program was written; set it")
        ended = int(asked.run(asked))
        sys.stdout.flush()
    except ProvenanceError as error:
        complain(error)
        return error.exit_code
    except KeyboardInterrupt as stopped:
        beside("provenance: interrupted; reference sets and reports stay as they were")
        return 128 + (signal.SIGTERM if stopped.args == (_TERMINATED,) else signal.SIGINT)
    except BrokenPipeError:
        # The reader of our output went away (`| head`): nothing is left to say, and nobody to say it to.
        _forget_output()
        sys.stderr.close()
        return ended
    except OSError as error:
        if error.errno in _OUT_OF_REACH and error.filename is not None:
            unseen = InputError(f"{error.filename}: {error.strerror}", remedy="check the name and the permissions")
            complain(unseen)
            return unseen.exit_code
        if error.errno not in _UNWRITABLE:
            raise
        complain(_unwritable(error))
        _forget_output()
        return OutputError.exit_code
    return ended


@contextmanager
def _stopped_by_sigterm() -> Iterator[None]:
    """Let SIGTERM do what Ctrl-C does, unless somebody has said what it is to do."""
    mine = signal.getsignal(signal.SIGTERM) is signal.SIG_DFL and current_thread() is main_thread()
    if mine:
        signal.signal(signal.SIGTERM, _stop)
    try:
        yield
    finally:
        if mine:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _stop(*_: object) -> NoReturn:
    """What a shutdown, `timeout` and service managers send ends a run as Ctrl-C does, with what it tells and keeps.

    `timeout` sends it twice, to the run and to its group: the second must not cut off what the first has begun to keep.
    """
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise KeyboardInterrupt(_TERMINATED)


def _unwritable(error: OSError) -> OutputError:
    if error.errno == errno.EIO:  # a drive that fails may fail in reading as well
        return OutputError(
            f"a drive or the terminal fails: {error.strerror}", remedy="look at the drive, and repeat on another"
        )
    return OutputError(f"it cannot be written: {error.strerror}", remedy="make room and repeat")


def _forget_output() -> None:
    """What is left to be printed would fail again when the program ends, with a message of the interpreter."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
