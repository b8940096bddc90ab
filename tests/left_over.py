"""What one file of tests may not leave changed for the next: the process around it, and what modules hold."""

from __future__ import annotations

import locale
import logging
import os
import signal
import sys
import time
from typing import Any

import cv2
from PIL import Image

_OURS = ("provenance", "benchmarks", "tests")
_OF_PYTEST = "PYTEST_CURRENT_TEST"
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGALRM, signal.SIGPIPE, signal.SIGHUP, signal.SIGCHLD)


def around() -> dict[str, Any]:
    """The process, as every test may take it to be."""
    mask = os.umask(0o077)
    os.umask(mask)
    logger = logging.getLogger()
    return {
        "the working folder": _folder(),
        "umask": oct(mask),
        "the environment": {name: value for name, value in os.environ.items() if name != _OF_PYTEST},
        "signal handlers": [signal.getsignal(one) for one in _SIGNALS],
        "the locale": locale.setlocale(locale.LC_ALL),
        "the time zone": time.tzname,
        "sys.path": list(sys.path),
        "sys.excepthook": sys.excepthook,
        "the recursion limit": sys.getrecursionlimit(),
        "the level of logging": (logger.level, logging.root.manager.disable),
        "threads of OpenCV": cv2.getNumThreads(),
        "the most pixels of Pillow": Image.MAX_IMAGE_PIXELS,
    }


def held() -> dict[str, dict[str, Any]]:
    """What the modules of this project hold by each name that is theirs from the beginning, and levels of loggers.

    Copied whole, a module at a time: it is asked twice for each file of tests, of 30,000 names.
    """
    held = {called: dict(vars(module)) for called, module in list(sys.modules.items()) if _is_ours(called)}
    loggers = list(logging.root.manager.loggerDict.items())
    held["the level of"] = {name: one.level for name, one in loggers if isinstance(one, logging.Logger)}
    return held


def left_over(before: tuple[dict[str, Any], dict[str, dict[str, Any]]]) -> list[str]:
    """What is otherwise than it was, in words."""
    now = around()
    changed = [f"{what}: {_differ(was, now[what])}" for what, was in before[0].items() if now[what] != was]
    modules = held()
    return changed + [
        f"{module}.{name} is {modules[module][name]!r:.80}, it was {was!r:.80}"
        for module, names in before[1].items()
        if module in modules
        for name, was in names.items()
        if modules[module].get(name, was) is not was and not name.startswith("__")
    ]


def _differ(was: Any, now: Any) -> str:
    if isinstance(was, dict):  # a value may be a key
        return ", ".join(sorted(name for name in {*was, *now} if was.get(name) != now.get(name)))
    return f"{now!r:.200}, it was {was!r:.200}"


def _folder() -> str:
    try:
        return os.getcwd()  # noqa: PTH109
    except FileNotFoundError:
        return "one that is gone"


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] in _OURS
