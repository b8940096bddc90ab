"""A desk at work: open reference sets, a decoder and one clock, for a run over any number of pictures."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ..checks import feeding
from ..custody.events import STATED_CLOCK, SYSTEM_CLOCK, Clock, EventList, system_clock
from ..image.decoding.decoder import Decoder
from ..model.brought import Brought
from ..model.canonical import iso
from ..model.context import Context, TrustAnchors
from ..model.evidence import Evidence
from ..model.finding import Question
from ..model.image import Image
from ..model.limits import Limits
from ..model.matches import Match
from ..model.outside import Ledger, Outside
from ..model.report import Report
from ..sets.earlier import EarlierChecks, to_search
from ..sets.which import OpenSets, open_sets
from .assembling import assemble, note_loading, note_searches
from .at_hand import PixelsAtHand
from .basis import basis, settings, settings_outside
from .checked import Added, Checked
from .going_out import GoingOut
from .naming_places import name_places
from .running import run_checks
from .second_stage import second_stage
from .taken_up import TakesUp, TimeLeft

if TYPE_CHECKING:
    from .showing import Shown

__all__ = ["Checked", "Desk"]


class Desk:
    """Use as a context manager. `within_s` counts from `since_s`, a moment of time.monotonic(), or from now.

    `earlier`: the set of the desk's earlier checks, which are then searched too; None searches none and notes none.
    `outside`: whom to ask outside (asking.py); None asks nobody. `addresses`: where on the web the picture stands.

    >>> with Desk(references=["samples/reference"]) as desk:       # doctest: +SKIP
    ...     checked = desk.check("samples/railcar_mirrored.jpg")
    """

    def __init__(
        self,
        *,
        references: Sequence[str | Path] | None = None,
        statements: tuple[Evidence, ...] = (),
        anchors: tuple[TrustAnchors, ...] = (),
        questions: tuple[Question, ...] = tuple(Question),
        limits: Limits | None = None,
        within_s: float | None = None,
        since_s: float | None = None,
        clock: Clock | None = None,
        progress: Callable[..., None] | None = None,
        earlier: Path | None = None,
        outside: Outside | None = None,
        addresses: tuple[str, ...] = (),
    ) -> None:
        self.limits = limits or Limits()
        self.questions = questions
        self._references = references
        self._statements = statements
        self._anchors = anchors
        self._within_s = within_s
        started_s = time.monotonic() if since_s is None else since_s
        self._time = TimeLeft(None if within_s is None else started_s + within_s)
        self._clock = clock or system_clock
        self._clock_name = STATED_CLOCK if clock else SYSTEM_CLOCK
        self._progress = progress
        self._decoder = Decoder()
        self._sets = OpenSets()
        self._takes_up = TakesUp(self._decoder, self.limits, self._time)
        self._pixels = PixelsAtHand(self._decoder, self.limits, self._time.left_s)
        self._earlier_at = earlier
        self._going_out = GoingOut(outside, addresses)
        self._earlier: EarlierChecks | None = None

    def __enter__(self) -> Self:
        self._decoder.__enter__()
        try:
            if any(check.name == "search" for check in feeding(self.questions)):
                self._sets = open_sets(
                    self._references,
                    self._decoder,
                    self.limits,
                    deadline_s=self._time.until_s,
                    progress=self._progress,
                )
        except BaseException:
            self._decoder.__exit__(None, None, None)
            raise
        if self._earlier_at is not None:
            self._earlier = EarlierChecks(self._earlier_at)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for store in self._sets.stores:
            store.close()
        if self._earlier is not None:
            self._earlier.close()
        self._decoder.__exit__(kind, error, trace)

    def check(
        self,
        picture: Path | str | bytes | Brought,
        *,
        name: str = "standard input",
        received: Callable[[Image], str] | None = None,
        recorded: Callable[[Image], Added] | None = None,
    ) -> Checked:
        """Check one picture: a path, or the bytes of one with a name to call it by.

        `received` is given the picture before anything is checked, and says where it was kept; `recorded`, after it,
        what people added on the picture.
        Raises InputError when there is nothing to report on. A picture whose pixels are refused still gets its report.
        """
        brought = picture if isinstance(picture, Brought) else Brought(data=b"")
        if isinstance(picture, Brought):
            picture, name = brought.data, brought.name
        self._pixels.forget()
        self._going_out.begin()
        events = EventList(self._clock)
        now = self._clock()
        image = self._takes_up.picture(picture, name)
        kept = "" if received is None else received(image)
        note_loading(events, image)
        if kept:
            events.append("kept", kept, sha256=image.original.sha256)
        more = Added() if recorded is None else recorded(image)
        for unread in more.unread:
            events.append("not read", unread)
        context = self._context(image, brought, more, now)
        checks = (*feeding(self.questions), *self._going_out.checks(self.questions))
        runs = name_places(run_checks(checks, image, context, deadline_s=self._time.until_s))
        ledger = self.asked()
        for line in ledger.lines:
            events.append("asked", line)
        runs = second_stage(runs, image, self.questions, self._sets.stores, self._pixels, now=now)
        note_searches(events, runs)
        report = assemble(
            image,
            runs,
            self.questions,
            events,
            clock=self._clock_name,
            settings={**self._settings(), **settings_outside(context.outside, context.addresses)},
            reviews=more.reviews,
        )
        return Checked(report=report, image=image, beside={**brought.beside, **ledger.files})

    def _context(self, image: Image, brought: Brought, more: Added, now: datetime) -> Context:
        return Context(
            now=now,
            references=self._sets.stores,
            references_notes=self._sets.notes,
            **to_search(self._earlier),
            statements=self._going_out.located((*self._statements, *more.items, *brought.also)),
            anchors=self._anchors,
            limits=self.limits,
            decode=self._pixels.inside,
            reference_pixels=self._pixels.looked_at,
            addresses=self._going_out.addresses(brought, more.items),
            relate=lambda data, called: self.relate(image, data, called),
            outside=self._going_out.outside,
        )

    def asked(self) -> Ledger:
        """What the last check asked outside, also one that was stopped before it had a report."""
        return self._going_out.ledger()

    def note_check(self, checked: Checked, *, report: Path | None, case: Path | None = None, by: str = "") -> None:
        """Note a check among the desk's earlier checks, if they were given. `report`: the folder of its report.

        Raises ReferenceSetError; the check itself is done by then.
        """
        if self._earlier is not None and not self.out_of_time:
            self._earlier.note(checked.report, checked.image, self.limits, folder=report, case=case, by=by)

    def relate(self, image: Image, other: bytes, name: str) -> Match | None:
        """How the picture at hand relates to another; None without pixels of both, or where the time is over."""
        return self._takes_up.relation(image, other, name)

    def now(self) -> tuple[datetime, str]:
        """The time by the clock of this run, and which clock that is."""
        return self._clock(), self._clock_name

    def basis(self) -> dict[str, object]:
        """What its answers rest on besides the picture, as plain JSON: equal where two desks would answer alike.

        Of the earlier checks only whether they are searched: they change with every check.
        """
        return {
            **basis(self.questions, self._statements, self._anchors, self._sets),
            "settings": self._settings(),
            "clock": iso(self._clock()) if self._clock_name == STATED_CLOCK else "",
            "earlier": self._earlier_at is not None,
            **self._going_out.settings(),
        }

    @property
    def anchors(self) -> tuple[TrustAnchors, ...]:
        """The trust lists of the desk's own that its checks ask."""
        return self._anchors

    @property
    def notes(self) -> tuple[str, ...]:
        """What the reference sets could not take in, and what became of their caches, each a sentence."""
        return (*self._sets.notes, *self._sets.of_caches)

    @property
    def out_of_time(self) -> bool:
        """Whether the time given for the whole run is over."""
        return self._time.over

    def show(self, checked: Checked, *, figures: bool = True) -> Shown:
        """What the report's page shows: thumbnails of the pictures at hand, and figures of the nearest matches."""
        from .showing import show

        return show(checked.report, checked.image, self._sets.stores, self._pixels, figures=figures)

    def show_again(self, report: Report, picture: Path | str | bytes, saved: Iterable[Path] = ()) -> Shown:
        """What the page of a report that was read back shows: its picture, references of the open sets, and `saved`.

        Raises InputError when there is no picture, or another than the one that the report speaks of.
        """
        from .showing import brought_back

        image = self._takes_up.picture(picture, report.original.name)
        return self.show(brought_back(report, image, self._sets.stores, saved))

    def _settings(self) -> dict[str, object]:
        return settings(self._within_s, self.limits, self._sets)
