"""Names, gaps and counts in the words of a desk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from ..model.address import host_of
from ..model.evidence import Appearance, Bound, BoundKind, Claim, Evidence, Lead
from ..model.finding import Confidence, Likelihood, Sentence
from ..model.place import Level, Place
from ..model.said import where
from ..model.source import SourceKind
from ..model.text import counted, visible

# Three gazetteers put one city centre up to 4.5 km apart, so nothing between two cities means anything below 10 km.
ROUND_TO_KM = 10


def name(item: Evidence) -> str:
    """Who speaks: publisher, speaker, or the source's name; the desk's own id in brackets where it gave one."""
    by = item.by if isinstance(item, Appearance | Claim | Lead) else ""
    if isinstance(item, Bound) and item.bound is BoundKind.RECEIVED:
        by = "the clock of this check"
    if isinstance(item, Bound) and item.bound is BoundKind.CHECKED_BEFORE:
        by = "an earlier check by this desk"
    who = by or item.source.name
    if isinstance(item, Appearance) and item.sighting:
        who = f"{who} (at {seen_at(item)})"
    return f"{who} [{item.label}]" if item.label and item.label != who else who


def seen_at(item: Appearance) -> str:
    """The host of the page or picture that an archive or engine saw."""
    return visible(host_of(item.source.origin), limit=100) or "an address that cannot be read"


def graded(item: Evidence) -> str:
    """Who speaks, with the grade: "RFA [e5], B2"."""
    return f"{name(item)}, {item.grade}"


def as_step(remedy: str) -> str:
    """A remedy as the beginning of a sentence. A command keeps its letters: with a capital it would not run."""
    text = remedy.rstrip(".")
    return f"Install what is missing ({text})" if text.startswith("pip install ") else f"{text[:1].upper()}{text[1:]}"


def with_grade(item: Evidence) -> str:
    """The same as the subject of a sentence: "RFA [e5], graded B2,"."""
    return f"{name(item)}, graded {item.grade},"


def verb(item: Evidence, one: str, several: str) -> str:
    """The form that goes with the name: the file's own tags say, anybody else says."""
    return several if item.source.kind is SourceKind.FILE and name(item).endswith(" tags") else one


def denying(item: Evidence) -> str:
    """The verb of what speaks against a time or place: a person denies it, a match or a measurement rules it out."""
    return verb(item, "rules out", "rule out") if isinstance(item, Bound) else verb(item, "denies", "deny")


WRITTEN_TO = timedelta(minutes=1)
"""A moment lasts to the end of its last written digit; from 14:30 to 17:30 is three hours all the same."""


def lasting(gap: timedelta) -> str:
    """A gap in whole days, rounded down: what is certainly there once every doubt about zones is taken off."""
    gap += WRITTEN_TO if gap else timedelta(0)
    if gap.days >= 1:
        return "1 day" if gap.days == 1 else f"{gap.days:,} days"
    hours = int(gap.total_seconds() // 3600)
    return f"{hours} hours" if hours > 1 else "an hour" if hours else "less than an hour"


def far(km: float, *places: Place) -> str:
    """A distance no finer than its ends: to 10 km between cities and larger areas, to 1 km between points."""
    if any(place.level is not Level.POINT for place in places) and km >= ROUND_TO_KM:
        return f"{round(km / ROUND_TO_KM) * ROUND_TO_KM:,} km"
    return f"{round(km):,} km" if km >= 1 else "less than 1 km"


def at_least(amount: str) -> str:
    """ "at least 3 days"; "" of less than one unit, for all that is known is that it is more than nothing."""
    return "" if amount.startswith("less") else f"at least {amount}"


def within(claimed: Place) -> str:
    """ "within Russia (RU)"; of a city or point "within 8 km of Rafah (PS)", for such a circle may hold other towns."""
    near = claimed.level in (Level.CITY, Level.POINT) and claimed.radius_km >= 1
    return f"within {f'{round(claimed.radius_km):,} km of ' if near else ''}{where(claimed)}"


_SPELLED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def spelled(number: int) -> str:
    """A small number as a word, as a newsroom writes it."""
    return _SPELLED[number] if 0 <= number < len(_SPELLED) else f"{number:,}"


def more_sources(number: int) -> str:
    """ " and one more source", " and two more sources", nothing for none."""
    return f" and {spelled(number)} more source{'s' if number > 1 else ''}" if number else ""


def listed(words: list[str], *, most: int) -> str:
    """Words joined by semicolons, since each holds commas; of many the first and how many more."""
    more = [f"and {counted(len(words) - most, 'more item')}"] if len(words) > most else []
    return "; ".join([*words[:most], *more])


def cited(text: str, *items: Evidence | None) -> Sentence:
    """A sentence and the items it rests on, each once; an article at its start (of a name) is capitalised."""
    opening = text[0].upper() + text[1:] if text.startswith(("a ", "an ", "the ", "whoever ")) else text
    return Sentence(text=opening, cites=ids(item for item in items if item is not None))


def merged(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """The sentences in order, each text once with everything that it rests on."""
    rests: dict[str, dict[str, None]] = {}
    for sentence in sentences:
        rests.setdefault(sentence.text, {}).update(dict.fromkeys(sentence.cites))
    return tuple(Sentence(text=text, cites=tuple(cites)) for text, cites in rests.items())


def shortened(sentences: Sequence[Sentence], most: int, word: str, plural: str = "") -> list[Sentence]:
    """The first of many sentences of a kind, and how many more there are, with all that those rest on."""
    rest = sentences[most:]
    if not rest:
        return list(sentences)
    cites = tuple(dict.fromkeys(id_ for one in rest for id_ in one.cites))
    more = counted(len(rest), f"more {word}", f"more {plural}" if plural else "")
    return [*sentences[:most], Sentence(text=f"{more} in the list of evidence.", cites=cites)]


def ids(items: Iterable[Evidence]) -> tuple[str, ...]:
    """Identifiers, each once, in order."""
    return tuple(dict.fromkeys(item.id for item in items))


def chance(word: Likelihood, what: str) -> str:
    """An ICD 203 word in a sentence of its own; never with a confidence level."""
    if word is Likelihood.ALMOST_NO_CHANCE:
        return f"There is almost no chance that {what}."
    return f"It is {word.value} that {what}."


def trust(level: Confidence, why: str) -> str:
    """A confidence level in a sentence of its own."""
    return f"Confidence in this judgement is {level.value}: {why}."


def small(reason: str) -> str:
    """A reason inside a sentence: its first word written small, unless that may be a name."""
    first, _, rest = reason.partition(" ")
    return f"{first.lower()} {rest}" if first in _SMALL else reason


_SMALL = ("The", "A", "An", "It", "Its", "This", "What", "No", "Names")
