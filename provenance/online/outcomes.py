"""How a check that asks a service ends: with what it was told, or with why it was told nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..errors import FetchError
from ..model.context import Context
from ..model.evidence import Evidence, Lead, LeadKind
from ..model.outcome import Outcome, Ran, Skipped
from ..model.source import Source, SourceKind


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How much of an answer was not looked at, in words: "2 more archives"."""

    words: str


def left_out(number: int, one: str, several: str) -> Iterator[LeftOut]:
    """Nothing where nothing was left out. `one`, `several`: what it is, in the singular and in the plural."""
    if number > 0:
        yield LeftOut(f"{number:,} {one if number == 1 else several}")


MORE_ADDRESSES = ("more address of the picture", "more addresses of the picture")
Part = Callable[[], Iterable[Evidence | LeftOut]]
"""One thing that is asked; raises FetchError, also after it gave some evidence."""


def absence(statement: str, *, by: str, method: str, limits: tuple[str, ...]) -> Lead:
    """That somebody who was asked names nothing: it bounds nothing, and is told as what it is."""
    return Lead(
        source=Source(kind=SourceKind.WEB, name=by, origin=""),
        statement=statement,
        method=method,
        limits=limits,
        lead=LeadKind.ABSENCE,
        by=by,
    )


def ended(
    context: Context,
    service: str,
    parts: Sequence[Part],
    *,
    nothing: str,
    remedy: str = "",
    unasked: Iterable[LeftOut] = (),
) -> Outcome:
    """Ask each part for itself. One that fails is "not checked" with its reason, and the others stand.

    `nothing`: why there is nothing to ask, where there is no part. `unasked`: what more there was to ask about.
    """
    if not parts:
        remedy = remedy or "check the picture by its address, or name that with --picture-url"
        return Skipped(reason=f"{service}: {nothing}", remedy=remedy)
    found: list[Evidence] = []
    rest: list[str] = []
    failed: dict[str, str] = {}
    for part in parts:
        try:
            for item in part():  # what came before a failure stands
                if isinstance(item, LeftOut):
                    rest.append(item.words)
                else:
                    found.append(item)
        except FetchError as error:
            failed[str(error)] = error.remedy
            if context.outside is not None:
                context.outside.unusable(str(error))
    reasons = "; ".join(failed)
    if failed and not found:
        return Skipped(reason=f"{service}: {reasons}", remedy="; ".join(filter(None, dict.fromkeys(failed.values()))))
    notes = [f"not all of it was checked: {reasons}"] if failed else []
    notes += [f"of its answer not looked at: {', '.join(dict.fromkeys(rest))}"] if rest else []
    more = [one.words for one in unasked]
    notes += [f"not asked about: {', '.join(more)}"] if more else []
    note = f"{service}: {'; '.join(notes)}" if notes else ""
    return Ran(evidence=tuple({item.id: item for item in found}.values()), note=note)
