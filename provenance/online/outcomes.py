"""How a check that asks a service ends: with what it was told, or with why it was told nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ..errors import FetchError
from ..model.context import Context
from ..model.evidence import Evidence
from ..model.outcome import Outcome, Ran, Skipped

Part = Callable[[], Iterable[Evidence]]
"""One thing that is asked; raises FetchError, also after it gave some evidence."""


def ended(context: Context, service: str, parts: Sequence[Part], *, nothing: str, remedy: str = "") -> Outcome:
    """Ask each part for itself. One that fails is "not checked" with its reason, and the others stand.

    `nothing`: why there is nothing to ask, where there is no part.
    """
    if not parts:
        remedy = remedy or "check the picture by its address, or name that with --picture-url"
        return Skipped(reason=f"{service}: {nothing}", remedy=remedy)
    found: list[Evidence] = []
    failed: dict[str, str] = {}
    for part in parts:
        try:
            for item in part():
                found.append(item)  # noqa: PERF402 - what came before a failure stands
        except FetchError as error:
            failed[str(error)] = error.remedy
            if context.outside is not None:
                context.outside.unusable(str(error))
    reasons = "; ".join(failed)
    if failed and not found:
        return Skipped(reason=f"{service}: {reasons}", remedy="; ".join(filter(None, dict.fromkeys(failed.values()))))
    note = f"{service}: not all of it was checked: {reasons}" if failed else ""
    return Ran(evidence=tuple({item.id: item for item in found}.values()), note=note)
