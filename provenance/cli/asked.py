"""The options of `check` that let it ask outside, and its runs from stored replies."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import UsageError
from .options import add_proxy, proxy_of, web_address
from .terminal import note, takes_colour, where_to_look, width

if TYPE_CHECKING:
    from ..desk.checked import Checked
    from ..model.outside import Outside


def add_online(verb: argparse.ArgumentParser) -> None:
    """The group of options."""
    group = verb.add_argument_group("asking outside (docs/online.md): nothing is asked unless it is named here")
    either = group.add_mutually_exclusive_group()
    either.add_argument(
        "--online",
        metavar="NAME",
        type=_names,
        action="extend",
        default=[],
        help="ask these services, divided by commas: wayback, memento, factcheck, tineye, vision, oembed, "
        "nominatim, overpass. What leaves, and to whom, is printed before it does",
    )
    either.add_argument("--offline", action="store_true", help="refuse everything that would ask outside")
    either.add_argument(
        "--replay",
        metavar="CASE",
        type=Path,
        help="in the place of a picture: run the last check in this case that asked anybody again, from the replies "
        "that were stored; nothing leaves. Give --reference as then. Ends with 1 where the evidence from outside is "
        "not the same to the byte",
    )
    group.add_argument(
        "--send-picture",
        action="store_true",
        help="the picture itself may leave, to services that take it (tineye, vision); else addresses alone do",
    )
    group.add_argument(
        "--picture-url",
        metavar="URL",
        type=web_address,
        action="append",
        default=[],
        help="where on the web this picture stands, for services to be asked about; it is not opened (repeatable)",
    )
    add_proxy(group)


def _names(text: str) -> tuple[str, ...]:
    found = tuple(part.strip() for part in text.split(",") if part.strip())
    if not found:
        raise argparse.ArgumentTypeError("it names no service")
    return found


def outside_of(asked: argparse.Namespace) -> Outside | None:
    """Whom this run may ask; None for nobody. Raises UsageError."""
    if not asked.online:
        if asked.send_picture:
            raise UsageError("--send-picture allows nothing by itself", remedy="name a service with --online")
        return None
    from ..asking import ask_outside
    from .fetch import say

    return ask_outside(asked.online, send_picture=asked.send_picture, say=say, now=asked.now, proxy=proxy_of(asked))


def not_checked(checked: Checked, services: tuple[str, ...]) -> None:
    """Say on standard error which services gave no answer, and why."""
    from ..model.outcome import Ran, Skipped

    for run in checked.report.checks:
        if run.check not in services:
            continue
        outcome = run.outcome
        if isinstance(outcome, Skipped):
            note(f"not checked: {outcome.reason}; {outcome.remedy}")
        elif isinstance(outcome, Ran) and outcome.note:
            note(outcome.note)


_AS_THEN = (
    *("claims", "claim", "claimed_place", "claimed_time", "claimed_by", "url", "only", "skip", "within", "now"),
    *("case", "for_publication", "pdf", "json", "send_picture", "picture_url", "proxy"),
)
"""What a replay takes from the case, or does not make."""


def replay(asked: argparse.Namespace, default: Path) -> int:
    """Run a check again from its stored replies, write its report, and say whether the evidence is the same.

    As diff(1) does, it ends with 1 where what came from outside differs. Raises UsageError for what it would not heed.
    """
    from ..api import read_trust_list
    from ..asking import addresses_of, same_as_then, stored
    from ..desk.desk import Desk
    from ..model.finding import Question
    from ..model.outcome import Failed
    from ..output.rendering import render_text
    from ..output.report_folder import write

    unheeded = [f"--{one.replace('_', '-')}" for one in _AS_THEN if getattr(asked, one)]
    unheeded += ["--language"] if asked.language != "en" else []
    if unheeded:
        raise UsageError(
            f"--replay asks what was asked then, and takes no {', '.join(unheeded)}",
            remedy="leave it out, or name the picture to check it anew",
        )
    found = stored(asked.replay)
    named = found.report.settings.get("questions", ())
    questions = tuple(one for one in Question if isinstance(named, list | tuple) and one.value in named)
    with Desk(
        references=asked.reference,
        statements=found.statements,
        anchors=tuple(read_trust_list(path) for path in asked.trust_list),
        questions=questions,
        clock=lambda: found.now,
        outside=found.outside,
        addresses=addresses_of(found.report),
    ) as desk:
        checked = desk.check(found.picture)
        target = asked.out or default
        written = write(desk, checked, target, inside=asked.out is None, blur=asked.blur)
    print(render_text(checked.report, width=width(), colour=takes_colour()))
    not_checked(checked, found.outside.services)
    for run in checked.report.checks:
        if isinstance(run.outcome, Failed) and run.check in found.outside.services:
            note(f"not checked: {run.check}: {run.outcome.error}; {run.outcome.remedy}")
    same, told = same_as_then(found, checked.report)
    where_to_look(written.page, written.figures, more=(told,))
    return 0 if same else 1
