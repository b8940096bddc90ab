"""The terminal: its width, whether it takes colour, how an error reads in one line, and a bar of progress."""

from __future__ import annotations

import codecs
import io
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ..errors import ProvenanceError
from ..model.address import without_user
from ..model.text import json_escaped, visible


def prepare_streams() -> None:
    """Let a character that the terminal's encoding lacks appear as an escape, instead of ending the run.

    What is printed where whoever started this closed the stream goes nowhere; a file that takes its place among the
    descriptors would get what C libraries print. Of a standard input that is closed nothing comes.
    """
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 - for as long as it runs
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - for as long as it runs
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def print_json(text: str) -> None:
    """Print JSON, with what a terminal could act upon as JSON's own escapes: what reads it gets the same values.

    So stands whatever is not ASCII where the output is not in UTF-8: JSON is read as UTF-8 (RFC 8259, section 8.1), and
    the escapes of `prepare_streams` are none of JSON's.
    """
    in_utf8 = codecs.lookup(sys.stdout.encoding or "utf-8").name == "utf-8"
    print(json_escaped(text, as_ascii=not in_utf8), flush=True)


def print_form(value: object, *, indent: int | None = 2) -> None:
    """Print the plain form of a value as JSON."""
    import json

    from ..model.canonical import plain

    print_json(json.dumps(plain(value), ensure_ascii=False, indent=indent))


def columns() -> int:
    """Columns of the terminal, as $COLUMNS or the system says; 80 where neither does.

    What shutil.get_terminal_size does, without loading shutil at each start.
    """
    named = os.environ.get("COLUMNS", "")
    if named.isascii() and named.isdigit() and 0 < len(named) < 6 and int(named):
        return int(named)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    except (AttributeError, ValueError, OSError):
        return 80


def width() -> int:
    """Columns of the terminal; 80 when the output goes elsewhere."""
    return max(40, columns()) if sys.stdout.isatty() else 80


def folded(text: str, indent: int = 2) -> str:
    """The lines of a text as wide as the terminal, their continuations indented; as they are where the output goes
    elsewhere. No word is broken: a digest can be copied.
    """
    if not sys.stdout.isatty():
        return text
    import textwrap

    wrap = textwrap.TextWrapper(
        width=width(), subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(wrap.fill(line) for line in text.splitlines())


def takes_colour() -> bool:
    """Colour only on a terminal, and not where $NO_COLOR is set or the terminal is dumb."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def complain(error: ProvenanceError) -> None:
    """One line on standard error: what is wrong, and how to mend it."""
    remedy = f"; {error.remedy}" if error.remedy else ""
    beside(f"provenance: {visible(f'{error}{remedy}')}")


def note(words: str) -> None:
    """What a reader should know and did not ask for, on standard error."""
    beside(f"note: {visible(without_user(words))}")


def beside(line: str) -> None:
    """Print on standard error. Where nobody reads that any more (`2>&1 | head`) or its disk is full, the run goes on,
    and its exit code counts.
    """
    try:
        print(line, file=sys.stderr, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def where_to_look(
    page: Path,
    figures: Sequence[str],
    *,
    apart: bool = False,
    digest: str = "",
    more: Sequence[str] = (),
    language: str = "en",
) -> None:
    """Name the page that was written and the figures beside it; on standard error when `apart` from a machine form.

    The figures of one match go by one pattern: match-1-*.jpg. `digest`: of the report. `more`: lines on what else
    was written. `language`: of the labels.
    """
    from ..output.rendering import word

    groups = dict.fromkeys(re.sub(r"(?<=\d-)[a-z-]+", "*", name) for name in figures)
    lines = [folded(f"{word('Figures', language=language)}: {', '.join(groups)}")] if groups else []
    lines += [f"{word('Digest', language=language)}: {digest}"] if digest else []
    lines.append(f"{word('Report', language=language)}: {visible(str(page))}")
    lines += [folded(visible(line)) for text in more for line in text.splitlines()]
    if apart:
        beside("\n".join(lines))
    else:
        print("\n".join(["", *lines]))


def as_typed(path: str | Path) -> str:
    """A path as it is typed into a shell again, for a command that is shown: never an option, and what cannot be shown
    as it is stands in the escapes of bash and zsh.
    """
    import shlex

    text = f"./{path}" if str(path).startswith("-") else str(path)
    if visible(text) == text:
        return shlex.quote(text)
    shown = (one if visible(one) == one and one not in "\\'" else _escaped(one) for one in text)
    return f"$'{''.join(shown)}'"


def _escaped(sign: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in os.fsencode(sign))


def passphrase() -> str:
    """Ask for the passphrase of the signing key."""
    import getpass

    return getpass.getpass("Passphrase of the signing key: ")


class Bar:
    """A bar on standard error, with rate and time left; silent when standard error is no terminal."""

    def __init__(self, unit: str) -> None:
        self._unit = unit
        self._bar: Any = None
        self._hidden = False

    def show(self, done: int, total: int, name: str) -> None:
        """How many of how many are done, and what is next."""
        if not sys.stderr.isatty():
            return
        if self._bar is None:
            from tqdm import tqdm  # only where there is something to show

            self._bar = tqdm(unit=f" {self._unit}", total=total, leave=False, file=sys.stderr)
        self._bar.set_postfix_str(visible(name, limit=30), refresh=False)
        self._bar.update(done - self._bar.n)
        if self._hidden:
            self._bar.refresh()  # an update alone may come too soon after the last one to be drawn
            self._hidden = False
        if done >= total:
            self._bar.close()

    def hide(self) -> None:
        """Take it off the screen before something is printed; it comes back when it is shown again."""
        if self._bar is not None:
            self._bar.clear()
            self._hidden = True

    def close(self) -> None:
        """Take it off the screen for good."""
        if self._bar is not None:
            self._bar.close()


def progress_bar(unit: str) -> Callable[[int, int, str], None]:
    """What shows a bar of its own."""
    return Bar(unit).show


def tell_mended(told: str) -> None:
    """Say what became of a change to a set that was cut off, where there was one."""
    if told:
        note(told)
