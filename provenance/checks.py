"""THE LIST of checks, one line each, in report order. docs/checks.md has a table for each.

A check is a function `check(image, context) -> Outcome`, named here by module so that nothing heavy is imported before
it runs. `feeds` names the questions it can help to answer: a check runs only when one of them is asked. `needs_pixels`
says that without a decoded picture it has nothing to look at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import cast

from .model.context import Context
from .model.finding import Question
from .model.image import Image
from .model.outcome import Outcome

SEEN, WHEN, WHERE = Question.SEEN_BEFORE, Question.WHEN, Question.WHERE
ALTERED, ORIGIN, SOURCES = Question.ALTERED, Question.ORIGIN, Question.SOURCES

CheckFunction = Callable[[Image, Context], Outcome]


@dataclass(frozen=True, slots=True)
class Check:
    """A line of the list."""

    name: str
    module: str
    feeds: tuple[Question, ...]
    needs_pixels: bool = False

    def function(self) -> CheckFunction:
        """The check itself; imports its room."""
        return cast("CheckFunction", _module(self.module).check)


@cache
def _module(name: str) -> ModuleType:
    return import_module(name, __package__)


CHECKS: tuple[Check, ...] = (
    Check("search", ".matching.search", (SEEN, WHEN, WHERE, ALTERED, SOURCES)),
    Check("earlier", ".matching.earlier", (SEEN, WHEN)),
    Check("recorded", ".placetime.recorded", (WHEN, WHERE, SOURCES)),
    Check("screen", ".placetime.screen.check", (WHEN, SOURCES), needs_pixels=True),
    Check("name", ".placetime.named", (WHEN, SOURCES)),
    Check("exif", ".metadata.exif.check", (WHEN, WHERE, ORIGIN, SOURCES)),
    Check("xmp", ".metadata.xmp.check", (WHEN, WHERE, ORIGIN, SOURCES)),
    Check("iptc", ".metadata.iptc.check", (WHEN, WHERE, ORIGIN, SOURCES)),
    Check("declared-size", ".forensics.declared_size", (ALTERED,), needs_pixels=True),
    Check("thumbnail", ".metadata.traces.thumbnail", (ALTERED, ORIGIN), needs_pixels=True),
    Check("jpeg-grid", ".forensics.blind.jpeg_grid", (ALTERED,), needs_pixels=True),
    Check("double-jpeg", ".forensics.blind.double_jpeg", (ALTERED,), needs_pixels=True),
    Check("history", ".forensics.blind.history", (ALTERED,), needs_pixels=True),
    Check("copy-move", ".forensics.copy_move.within", (ALTERED,), needs_pixels=True),
    Check("manifest-store", ".metadata.credentials.presence", (ORIGIN,)),
    Check("credentials", ".metadata.credentials.check", (ORIGIN,)),
    Check("platform", ".metadata.traces.platform", (ORIGIN,)),
    Check("container", ".metadata.container.check", (ORIGIN,)),
)


ASKING: tuple[Check, ...] = (
    Check("wayback", ".online.checks.wayback", (SEEN, WHEN, SOURCES)),
    Check("memento", ".online.checks.memento", (SEEN, WHEN, SOURCES)),
    Check("factcheck", ".online.checks.factcheck", (SOURCES,)),
    Check("tineye", ".online.checks.tineye", (SEEN, WHEN, SOURCES)),
    Check("vision", ".online.checks.vision", (SEEN, SOURCES)),
    Check("oembed", ".online.checks.oembed", (WHEN, SOURCES)),
    Check("nominatim", ".online.checks.nominatim", (WHERE, SOURCES)),
    Check("overpass", ".online.checks.overpass", (WHERE, SOURCES)),
)
"""Checks that ask a service outside by the name they bear: run only where the desk named it (docs/online.md)."""


def asking(services: tuple[str, ...], questions: tuple[Question, ...]) -> tuple[Check, ...]:
    """Those of them that were named and can help with any of these questions, in list order."""
    return tuple(check for check in ASKING if check.name in services and set(check.feeds) & set(questions))


def feeding(questions: tuple[Question, ...]) -> tuple[Check, ...]:
    """The checks that can help with any of these questions, in list order."""
    return tuple(check for check in CHECKS if set(check.feeds) & set(questions))
