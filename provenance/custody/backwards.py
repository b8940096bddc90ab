"""Where the times of a log go back. No chain breaks by it: somebody's clock was wrong, which a reader should know."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from ..model.canonical import iso
from ..model.case import Entry
from ..model.text import visible
from .events import STATED_CLOCK

WAITED = timedelta(minutes=15)
"""Whoever writes reads the clock, and then waits for its turn behind a check or a long seal: so much is no fault."""
_TIME_CHARS = 40


@dataclass(slots=True)
class Backwards:
    """Told each entry in turn, says which are dated before the one above. Times that a person stated are left out."""

    times: int = 0
    first: str = ""
    """The first of them, in words."""
    _number: int = field(default=0, repr=False)
    _at: datetime | None = field(default=None, repr=False)

    def told(self, entry: Entry) -> str:
        """What is to be said of this entry; "" where its time does not go back."""
        moment = None if entry.clock == STATED_CLOCK else _moment(entry.at)
        if moment is None:
            return ""
        number, at, self._number, self._at = self._number, self._at, entry.number, moment
        if at is None or at - moment <= WAITED:
            return ""
        self.times += 1
        told = visible(entry.at, limit=_TIME_CHARS)
        words = f"entry {entry.number} is dated {told}, before entry {number} ({iso(at)})"
        self.first = self.first or words
        return words

    def note(self) -> str:
        """One sentence on the whole log; "" where its times only go on."""
        if not self.times:
            return ""
        more = f", and {self.times - 1} more go back" if self.times > 1 else ""
        return f"the times in the log go back: {self.first}{more}. A clock was wrong at one of them, or was set back"


def _moment(text: str) -> datetime | None:
    """An entry's time; None where a stranger's log holds none there."""
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):  # the year 1 east of Greenwich
        return None
