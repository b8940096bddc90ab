"""The environment of the page templates: what they call, and that no text passes them that a browser could act upon.

`model.text.visible` is the finalizer, so that no template can forget it, and autoescape turns markup into text.
"""

from __future__ import annotations

import base64
import hashlib
import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.standing import standing
from ..model.text import visible
from . import details, measures, people, words
from . import earlier as before
from .edition.told import OPENING, told
from .languages.coverage import by_person
from .languages.tongue import ENGLISH
from .outline import could
from .page_words import OFTEN_VALUES, OUR_ROWS, ours, word
from .timeline.layout import SHOWN_CHARS
from .view import graded

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment

STYLE = "style.css"


def style_digest(environment: Environment, name: str = STYLE) -> str:
    """The one style of a page as its Content Security Policy names it."""
    style = environment.get_template(name).render()
    return base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")


@cache
def page_environment(compiled: Path | None) -> Environment:
    """Templates compiled once a process; Jinja2 is imported only when a page is made."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        bytecode_cache=_kept_in(compiled) if compiled and _private(compiled) else None,
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(
        short=_short,
        brief=_brief,
        tone=words.tone,
        media=words.media,
        size=words.size,
        interval=words.interval,
        place=words.place,
        answer=words.answer,
        estimates=words.estimates,
        at_odds=words.at_odds,
        beyond=words.beyond,
        details=details.details,
        match_rows=details.match_rows,
        publication_rows=details.publication_rows,
        search_rows=details.search_rows,
        earlier_rows=before.rows,
        earlier_told=before.told,
        short_name=details.short_name,
        plain_name=details.plain_name,
        share=measures.share,
        could=could,
        data_uri=data_uri,
        outcome=people.outcome,
        edition_told=told,
        entry=people.entry,
        ours=ours,
        by_person=by_person,
        standing=lambda item: people.STANDINGS[standing(item)],
    )
    environment.tests.update(graded=graded)
    environment.globals.update(edition_opening=OPENING, question_names=words.QUESTIONS, dimensions=words.dimensions)
    environment.globals.update(tongue=ENGLISH, _=word(ENGLISH), our_rows=OUR_ROWS, often_values=OFTEN_VALUES)
    return environment


def _kept_in(folder: Path) -> BytecodeCache:
    """Compiled templates in a folder. Where its disk is full they are compiled again by the next process."""
    from jinja2 import FileSystemBytecodeCache
    from jinja2.bccache import Bucket

    class Kept(FileSystemBytecodeCache):
        def dump_bytecode(self, bucket: Bucket) -> None:
            with suppress(OSError):
                super().dump_bytecode(bucket)

    return Kept(str(folder))


def _private(folder: Path) -> bool:
    """Whether the folder is there, ours alone and writable: what lies in it will be run."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
    except OSError:
        return False
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022 and os.access(folder, os.W_OK)


def _shown(value: object) -> object:
    """What every expression of a template passes: text made harmless to show. Markup of our own macros stays."""
    if not isinstance(value, str) or hasattr(value, "__html__") or value.isprintable():
        return value  # printable: without any character of the categories that `visible` escapes
    return visible(value)


def _short(evidence_id: str) -> str:
    """A citation as it is printed: the kind and four digits of the digest; checks by their name."""
    kind, _, digest = evidence_id.rpartition("-")
    return evidence_id.replace("-", " ", 1) if kind.startswith("check") or not digest else f"{kind} {digest[:4]}"


def _brief(text: str) -> str:
    """A text from a stranger where there is no room for all of it, made harmless before it is cut."""
    return visible(text, limit=SHOWN_CHARS)


def data_uri(jpeg: bytes) -> str:
    """A JPEG as an address that a page can hold."""
    return "data:image/jpeg;base64," + base64.b64encode(jpeg).decode("ascii")
