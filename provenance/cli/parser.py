"""How the command line is read: verbs with their help, options that are taken once, a mistake told in one line."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable
from typing import Any, NoReturn, TypeAlias

from ..model.address import without_user
from ..model.text import visible
from .terminal import as_typed, columns

Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""What a verb adds its own parser to."""


_SHOWN_CHARS = 60
_NO_VERB = re.compile(
    r"argument VERB: invalid choice: (?P<q>['\"])(?P<word>.*)(?P=q) \(choose from (?P<verbs>.*)\)", re.DOTALL
)


class Help(argparse.RawDescriptionHelpFormatter):
    """Help as wide as the terminal."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=max(40, columns()) - 2)


class Parser(argparse.ArgumentParser):
    """Says a mistake in one line; of an option that there is not it shows which there are."""

    def error(self, message: str) -> NoReturn:
        """Print it on standard error and exit with 2."""
        unknown = message.startswith("unrecognized arguments")
        if unknown:
            self.print_usage(sys.stderr)
        help_of = "" if unknown else f"; see: {self.prog} --help"
        self.exit(2, f"{self.prog}: error: {visible(without_user(_of_verb(message)))}{help_of}\n")


def _of_verb(message: str) -> str:
    """What argparse says of a verb that there is not, which lists them all, as a sentence with the nearest one."""
    found = _NO_VERB.fullmatch(message)
    if found is None:
        return message
    import ast  # only where somebody has mistyped
    import difflib

    quote = found["q"]
    word = ast.literal_eval(f"{quote}{found['word']}{quote}")  # argparse shows what its repr is
    verbs = re.findall(r"[a-z]+", found["verbs"])
    near = difflib.get_close_matches(word, verbs, n=1)
    told = f"; the nearest is: {near[0]}" if near else ""
    if "check" in verbs and os.path.lexists(word):
        told = f"; to check a picture: provenance check {as_typed(word)}"
    shown = word if len(word) <= _SHOWN_CHARS else f"{word[:_SHOWN_CHARS]}…"
    return f"there is no verb {shown!r}{told}"


class _Once(argparse.Action):
    """Keeps one value, and refuses a second: argparse would drop the first without a word."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: str | None = None
    ) -> None:
        given: frozenset[str] = getattr(namespace, "given", frozenset())
        if option and self.dest in given:
            parser.error(f"argument {option}: it is given twice and taken once; leave one of the two out")
        namespace.given = given | {self.dest}
        setattr(namespace, self.dest, values)


def add_verb(
    verbs: Verbs, name: str, summary: str, example: str, run: Callable[[Any], int], *, more: str = ""
) -> argparse.ArgumentParser:
    """A verb's own parser, whose --help ends in an example that runs. `more`: what it says behind the summary.

    Each option that stores one value is taken once.
    """
    verb = verbs.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.{more}",
        epilog=f"example:\n  {example}",
        formatter_class=Help,
    )
    for word in (None, "store"):
        verb.register("action", word, _Once)
    verb.set_defaults(run=run, mistaken=verb.error)
    return verb
