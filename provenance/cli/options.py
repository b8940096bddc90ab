"""What option values may be: each reads a word of the command line or says why it is none."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path

from ..errors import UsageError
from ..model.languages import LANGUAGES

_YEARS = range(1900, 9000)


def question_names(text: str) -> tuple[str, ...]:
    """Names of questions, divided by commas."""
    from ..model.finding import Question

    names = tuple(name.strip() for name in text.split(",") if name.strip())
    known = [question.value for question in Question]
    for name in names:
        if name not in known:
            raise argparse.ArgumentTypeError(f"{name!r} is none of: {', '.join(known)}")
    if not names:
        raise argparse.ArgumentTypeError(f"no question is named; they are: {', '.join(known)}")
    return names


def seconds(text: str) -> float:
    """A number of seconds above zero."""
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not 0 < value < 1e7:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds")
    return value


def whole(text: str) -> int:
    """A whole number, 0 or more."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number")
    return int(text)


def add_points(verb: argparse.ArgumentParser) -> None:
    """The option that trades the size of a set for small crops found."""
    verb.add_argument(
        "--points",
        metavar="N",
        type=whole,
        help="keep at most so many points of each picture, 100 to 300, 24 bytes each (default 300): fewer make the set "
        "smaller and lose small crops (docs/limits.md)",
    )


def moment(text: str) -> datetime:
    """A time with a zone, as UTC."""
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        value = None
    if value is not None and value.year not in _YEARS:
        raise argparse.ArgumentTypeError(f"{text!r} lies outside the years {_YEARS.start} to {_YEARS.stop - 1}")
    if value is None or value.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no time with a zone, such as 2024-11-15T09:00Z")
    return value.astimezone(UTC)


def add_language(group: argparse._ArgumentGroup | argparse.ArgumentParser, what: str) -> None:
    """The option that chooses the language of our words."""
    group.add_argument(
        "--language",
        choices=tuple(LANGUAGES),
        default="en",
        help=f"language of our words in {what}: {', '.join(f'{code} {name}' for code, name in LANGUAGES.items())} "
        "(default: en, whatever the locale). Translations are not yet read by a speaker, and the English governs; "
        "report.json and --json are always English (docs/report.md)",
    )


def name(text: str) -> str:
    """A name that is not empty: a variable that a shell left unset must not stand for the working folder."""
    if not text:
        raise argparse.ArgumentTypeError("it is empty")
    return text


def web_address(text: str) -> str:
    """An address of the web by its form."""
    if not text.lower().startswith(("http://", "https://")):
        raise argparse.ArgumentTypeError(f"{text!r} is no address of the web; it begins with http:// or https://")
    return text


def add_trust_lists(verb: argparse.ArgumentParser) -> None:
    """The option for trust lists of the desk's own."""
    add_trusted(
        verb,
        "certificates (PEM) that the desk trusts to vouch for signers of Content Credentials, beside the lists of the "
        "package",
    )


def add_trusted(verb: argparse.ArgumentParser, told: str) -> None:
    """The same option for what else a desk trusts; `told`: what its certificates are for."""
    verb.add_argument(
        "--trust-list", metavar="FILE", type=Path, action="append", default=[], help=f"{told} (repeatable)"
    )


def add_proxy(verb: argparse.ArgumentParser | argparse._ArgumentGroup) -> None:
    """The option for a proxy."""
    verb.add_argument(
        "--proxy",
        metavar="URL",
        default="",
        help="go out through this HTTP proxy (http://host:port), to https:// addresses alone; or environment, for what "
        "HTTPS_PROXY names. Without it no proxy is used, whatever the environment says",
    )


def require_use_of_proxy(asked: argparse.Namespace, used: object, way: str) -> None:
    """Raises UsageError for a proxy where nothing goes out. `way`: what would, for the remedy."""
    if asked.proxy and not used:
        raise UsageError("--proxy names a way out, and nothing goes out", remedy=way)


def proxy_of(asked: argparse.Namespace) -> str:
    """The proxy to go through; "" for none. Raises UsageError."""
    if not asked.proxy:
        return ""
    from ..outside.fetching import proxy_named

    return proxy_named(asked.proxy, os.environ)
