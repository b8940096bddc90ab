"""The index of a batch: one row a picture, as static pages in three orders and as JSON."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Any

from ..model.batch import Batch, Row
from ..model.finding import OVERALL_WORDS, WORDS, Question, Verdict
from ..model.limits import BATCH_PAGE_ROWS
from .environment import data_uri, page_environment, style_digest
from .languages.tongue import ENGLISH, Tongue
from .page_words import word

PAGE, STYLE = "index.html.j2", "index.css"
LAST_DATE = "~"
"""Behind every ISO 8601 time: what has no date stands last."""


class Order(StrEnum):
    """The orders in which the pages stand; each word begins the name of its pages."""

    VERDICT = "index"
    DATE = "index-by-date"
    NAME = "index-by-name"


ORDER_NAMES = {Order.VERDICT: "by verdict", Order.DATE: "by earliest date", Order.NAME: "by name"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row on a page. `name`: without the folder that all share. `same_as`: what the first picture with the same bytes
    is called, where it is not the first.
    """

    number: int
    name: str
    row: Row
    thumbnail: str
    same_as: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Lines that stand together: those of one group, or a run of pictures that are in none (`group` 0)."""

    group: int
    size: int
    ways: tuple[str, ...]
    lines: tuple[Line, ...]


def page_name(order: Order, number: int) -> str:
    """The file of a page; numbers begin at 1."""
    return f"{order}.html" if number == 1 else f"{order}-{number}.html"


def is_page_name(name: str) -> bool:
    """Whether a file is called like a page of an index."""
    return re.fullmatch(rf"({'|'.join(Order)})(-[1-9][0-9]*)?\.html", name) is not None


def pages(
    batch: Batch,
    thumbnail: Callable[[int], bytes],
    *,
    compiled: Path | None = None,
    blur: bool = False,
    tongue: Tongue = ENGLISH,
) -> Iterator[tuple[str, str]]:
    """Name and text of each page. `thumbnail`: the JPEG of a row by its position, b"" where there is none.
    `tongue`: the language of our words.

    One page is made at a time, so that no more than its own thumbnails are in memory.
    """
    environment = page_environment(compiled)
    template = environment.get_template(PAGE)
    digest = style_digest(environment, STYLE)
    groups = {member: number for number, group in enumerate(batch.groups, 1) for member in group.members}
    firsts: dict[str, int] = {}
    for number, row in enumerate(batch.rows):
        if row.sha256:
            firsts.setdefault(row.sha256, number)
    folder = shared_folder([row.name for row in batch.rows])
    last = max(-(-len(batch.rows) // BATCH_PAGE_ROWS), 1)
    for order in Order:
        numbers = ordered(batch, groups, order)
        failed = next((place for place, number in enumerate(numbers) if not batch.rows[number].report), None)
        for page in range(1, last + 1):
            shown = numbers[(page - 1) * BATCH_PAGE_ROWS : page * BATCH_PAGE_ROWS]
            yield (
                page_name(order, page),
                template.render(
                    batch=batch,
                    tongue=tongue,
                    _=word(tongue),
                    folder=folder,
                    blocks=_blocks(batch, groups, firsts, shown, thumbnail, folder=folder),
                    order=order,
                    orders=[(ORDER_NAMES[one], page_name(one, 1), one is order) for one in Order],
                    page=page,
                    last=last,
                    names=lambda number, order=order: page_name(order, number),
                    failed="" if failed is None else _link(order, failed, numbers[failed]),
                    failures=sum(not row.report for row in batch.rows),
                    troubled=sum(bool(row.problem and row.report) for row in batch.rows),
                    style_digest=digest,
                    blur=blur,
                ),
            )


def ordered(batch: Batch, groups: dict[int, int], order: Order) -> list[int]:
    """Positions of the rows; each group stands together, where the first of it stands."""
    keys = [_key(row, order) for row in batch.rows]
    first: dict[int, Any] = {}
    for number, group in groups.items():
        first[group] = min(first.get(group, keys[number]), keys[number])
    return sorted(
        range(len(keys)),
        key=lambda number: (first.get(groups.get(number, 0), keys[number]), groups.get(number, 0), keys[number]),
    )


def _key(row: Row, order: Order) -> tuple[Any, ...]:
    """What a row stands by; what could not be reported on stands last in every order but that of names."""
    if order is Order.NAME:
        return (row.name,)
    if order is Order.DATE:
        return (not row.report, row.date_at or LAST_DATE, row.name)
    return (
        not row.report,
        _rank(row.overall, OVERALL_WORDS),
        -row.contradictions,
        _rank(row.seen_before, WORDS[Question.SEEN_BEFORE]),
        row.name,
    )


def _rank(word: str, words: tuple[Verdict, ...]) -> int:
    return words.index(Verdict(word)) if word else len(words)


def _link(order: Order, place: int, number: int) -> str:
    return f"{page_name(order, place // BATCH_PAGE_ROWS + 1)}#row-{number + 1}"


def _blocks(
    batch: Batch,
    groups: dict[int, int],
    firsts: dict[str, int],
    shown: list[int],
    thumbnail: Callable[[int], bytes],
    *,
    folder: str,
) -> Iterator[Block]:
    for group, numbers in groupby(shown, key=lambda number: groups.get(number, 0)):
        one = batch.groups[group - 1] if group else None
        yield Block(
            group=group,
            size=len(one.members) if one else 0,
            ways=one.ways if one else (),
            lines=tuple(_line(batch, firsts, number, thumbnail(number), folder) for number in numbers),
        )


def shared_folder(names: Sequence[str]) -> str:
    """The folder in which all of several files lie, with the slash behind it; "" where there is none."""
    if len(names) < 2:
        return ""
    folders = [name[: name.rfind("/") + 1] for name in names]
    first, last = min(folders), max(folders)  # what these two share, all share
    same = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
    return first[: first.rfind("/", 0, same) + 1]


def _line(batch: Batch, firsts: dict[str, int], number: int, jpeg: bytes, folder: str) -> Line:
    row = batch.rows[number]
    first = firsts.get(row.sha256, number)
    return Line(
        number=number + 1,
        name=row.name.removeprefix(folder),
        row=row,
        thumbnail=data_uri(jpeg) if jpeg else "",
        same_as="" if first == number else batch.rows[first].name.removeprefix(folder),
    )
