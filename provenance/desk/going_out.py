"""Whom a desk asks outside, about which addresses, and what was asked for the picture at hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..checks import Check, asking
from ..intake.fetched import METHOD as FETCHED
from ..model.address import without_user
from ..model.brought import Brought
from ..model.evidence import Appearance, Evidence
from ..model.finding import Question
from ..model.outside import Ledger, Outside
from .basis import settings_outside


class GoingOut:
    """`outside` None: nobody is asked. `addresses`: where on the web the pictures of this run stand."""

    def __init__(self, outside: Outside | None, addresses: tuple[str, ...]) -> None:
        self.outside = outside
        self._addresses = tuple(map(without_user, addresses))
        self._ledger = Ledger()

    def begin(self) -> None:
        """Forget what was asked for the last picture."""
        self._ledger = Ledger()

    def checks(self, questions: tuple[Question, ...]) -> tuple[Check, ...]:
        """Those that ask somebody who may be asked."""
        return () if self.outside is None else asking(self.outside.services, questions)

    def addresses(self, brought: Brought, recorded: Sequence[Evidence]) -> tuple[str, ...]:
        """Where on the web a picture stands: as it was brought, as its case keeps it, and those of the run."""
        return tuple(dict.fromkeys((*brought.addresses, *_fetched_from(recorded), *self._addresses)))

    def located(self, said: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        """What was recorded. Before anybody outside is asked for a place, the gazetteer is, which asks nobody."""
        if self.outside is None:
            return said
        from ..placetime.located import located

        return located(said)

    def ledger(self) -> Ledger:
        """What was asked for the picture at hand, also where its check was stopped before it had a report."""
        if self.outside is not None and not self._ledger.lines:
            self._ledger = self.outside.ledger()
        return self._ledger

    def settings(self) -> dict[str, object]:
        """Of a run over any pictures, as plain JSON."""
        return settings_outside(self.outside, self._addresses)


def _fetched_from(items: Sequence[Evidence]) -> Iterator[str]:
    """Where the picture was fetched from before, as its case keeps it."""
    yield from (item.url for item in items if isinstance(item, Appearance) and item.method == FETCHED)
