"""The hits of a saved results page, each with how its small picture relates to a picture of the case."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

from ..errors import DecodeError, InputError
from ..image.containers import sniff
from ..image.decoding.decoder import Decoder
from ..image.load import load_bytes
from ..intake.results.read import Beside, Hit
from ..matching.compare import compare
from ..model.image import Image
from ..model.limits import RESULTS_BYTES, RESULTS_COMPARED, RESULTS_THUMBNAIL_BYTES, Limits
from ..model.matches import Answer
from ..placetime.dates.read import read as read_dates

SHOWN = frozenset({Answer.COPY, Answer.SAME_SCENE, Answer.SHARED_ELEMENT})
NOT_COMPARED, NO_PICTURE = "not compared", "no picture saved with it"
_EASTERNMOST = timedelta(hours=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A hit of the page, and what came of it."""

    url: str
    title: str
    shown: str
    """The date that stands with it, verbatim; "" where none does."""
    day: str
    """The same as ISO 8601, where it can be read in one way only; never finer than a day."""
    answer: str
    """How the case's picture relates to the hit's small picture, or why that is not known."""
    told: str = ""
    """The same in a sentence."""
    thumbnail: bytes | None = field(default=None, repr=False)

    @property
    def shows(self) -> bool:
        """Whether its small picture shows the case's picture, a part of it or its scene."""
        return self.answer in SHOWN


def files_beside(page: Path) -> Beside:
    """Files that a browser saved with a page: in the folder beside it that bears the page's name, no deeper.

    Nothing else on this machine is opened, whatever the page names; no link is followed.
    """
    left = [RESULTS_BYTES]

    def read(reference: str) -> bytes | None:
        parts = unquote(reference.partition("?")[0]).split("/")
        parts = parts[1:] if parts[0] == "." else parts
        if len(parts) != 2 or parts[1] in ("", ".", "..") or not _of_page(parts[0], page.stem):
            return None
        file = page.parent / parts[0] / parts[1]
        try:
            if file.parent.is_symlink() or file.is_symlink() or not file.is_file():
                return None
            with file.open("rb") as opened:
                most = min(RESULTS_THUMBNAIL_BYTES, left[0])
                data = opened.read(most + 1)
        except (OSError, ValueError):
            return None
        left[0] = max(left[0] - len(data), 0)
        return data if len(data) <= most and sniff.media_type(data) else None

    return read


def _of_page(folder: str, stem: str) -> bool:
    """Whether a folder is one as browsers name it: "page_files", "page-Dateien", "page.files"."""
    rest = folder.removeprefix(stem)
    return len(rest) < len(folder) and rest[:1] in ("_", "-", ".") and rest[1:].isalpha()


def compared(original: bytes, hits: Sequence[Hit]) -> tuple[Listed, ...]:
    """The hits with how a picture relates to the small picture of each; equal ones are compared once.

    Raises InputError for an original that is no picture.
    """
    answers: dict[str, tuple[str, str]] = {}
    listed: list[Listed] = []
    with Decoder() as decoder:
        ours = load_bytes(original, "the case's picture", decoder, Limits())
        for hit in hits:
            shown, day = _dated(hit.around)
            one = Listed(url=hit.url, title=hit.title, shown=shown, day=day, answer=NO_PICTURE)
            if hit.thumbnail is None:
                listed.append(one)
                continue
            digest = hashlib.sha256(hit.thumbnail).hexdigest()
            if digest not in answers and len(answers) >= RESULTS_COMPARED:
                why = f"{NOT_COMPARED}: only {RESULTS_COMPARED} small pictures of a page are"
                listed.append(replace(one, answer=why))
                continue
            answers[digest] = answers.get(digest) or _answer(ours, hit.thumbnail, decoder)
            listed.append(replace(one, answer=answers[digest][0], told=answers[digest][1], thumbnail=hit.thumbnail))
    return tuple(listed)


def _answer(ours: Image, data: bytes, decoder: Decoder) -> tuple[str, str]:
    """How the picture relates to a small one, in a word and in a sentence; "" for that where they are not compared."""
    try:
        theirs = load_bytes(data, "small picture of a hit", decoder, Limits())
        match = compare(ours, theirs)
    except (InputError, DecodeError) as error:
        return f"{NOT_COMPARED}: {error}", ""
    return match.answer.value, match.statement


def _dated(words: str) -> tuple[str, str]:
    """The first date among the words that can be read in one way only: as it stands there, and as ISO 8601."""
    for one in read_dates(words):
        first = one.readings[0].earliest if len(one.readings) == 1 else None
        if first is None or one.finest in ("days", "relative"):
            continue
        local = first if one.readings[0].zone_known else first + _EASTERNMOST
        return one.quote, local.strftime({"year": "%Y", "month": "%Y-%m"}.get(one.finest, "%Y-%m-%d"))
    return "", ""
