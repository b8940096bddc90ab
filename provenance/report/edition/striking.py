"""Words to strike out of a record: the values that are left out, in every form in which its sentences may show them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from ...model.credentials import Credential, Signing
from ...model.evidence import Appearance, Claim, Evidence, Fact, Lead
from ...model.matches import EarlierCheck, Match
from ...model.report import Report
from ...model.source import SourceKind
from ...model.text import quoted, visible
from ...placetime.screen.said import BY
from .parts import Part, names_somebody, parts_of, parts_of_claim
from .spelling import Wanted, folded, wanted

LEAST_CHARS, CUT_CHARS, MOST_WORDS = 3, 24, 2_000
_DIVIDED = re.compile(r"[;,|/\n()©<>]|\b(?:19|20)\d\d\b")
_BRACKETED = re.compile(r"[()]")
_WHERE = re.compile(r"GPS\w*(?:Latitude|Longitude|Altitude|AreaInformation)$|^film\.position$")
_NUMBER = re.compile(r"-?\d{1,3}\.\d{3,}")
_FEWEST_DECIMALS, _MOST_DECIMALS = 3, 8
OUR_WORDS = frozenset(
    {"desk", "the desk", "recorded by the desk", "not named", "somebody not named", "whoever named the file"}
    | {"the name of the file", "screenshot", BY}
)
"""Sources that this program names itself, where nobody has a name."""
_SPEAKING = (SourceKind.PERSON, SourceKind.REFERENCE, SourceKind.WEB)
NAME_LEFT_OUT = "[name left out]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Struck:
    """What is struck out of texts: names by what stands for them, and values that take their sentence with them."""

    names: Mapping[str, str]
    values: tuple[str, ...]
    _names: Wanted | None
    _values: Wanted | None

    def tells(self, text: str) -> bool:
        """Whether a text holds a value that is left out with all that is said of it."""
        return self._values is not None and self._values.stands_in(text)

    def without_names(self, text: str) -> str:
        """The text with what stands for each name in its place."""
        if self._names is None or not text:
            return text
        return self._names.replaced(text, self.for_name)

    def for_name(self, name: str) -> str:
        """What stands for a name, however it is spelled."""
        return self.names.get(folded(name), NAME_LEFT_OUT)


def struck(report: Report, parts: frozenset[Part], more: Iterable[str] = ()) -> Struck:
    """What to strike out of this record. `more`: other values that take their sentence with them."""
    values = list(more)
    names: dict[str, str] = {}
    if Part.GPS in parts:
        values += _positions(report.evidence)
    if Part.SERIALS in parts:
        values += [text for fact in _facts(report) if parts_of(fact.key) == {Part.SERIALS} for text in _both(fact)]
    if Part.NAMES in parts:
        names = _names(report)
    shown = [form for value in values if _long_enough(value) for form in _forms(value)]
    by_spelling = {folded(name): said for name, said in names.items()}
    return Struck(names=by_spelling, values=tuple(shown), _names=_wanted(names), _values=_wanted(shown))


def _facts(report: Report) -> list[Fact]:
    return [item for item in report.evidence if isinstance(item, Fact)]


def _both(fact: Fact) -> tuple[str, str]:
    return fact.raw, fact.normal


def _positions(evidence: Iterable[Evidence]) -> Iterable[str]:
    """Raw and normal values of GPS tags, and each number of degrees to 3 to 8 decimals, rounded and cut."""
    numbers: set[float] = set()
    for item in evidence:
        if isinstance(item, Fact) and _WHERE.search(item.key):
            yield from (text for text in _both(item) if len(text) > 5 and any(map(str.isdigit, text)))
            numbers |= {abs(float(one)) for text in _both(item) for one in _NUMBER.findall(text)}
        if isinstance(item, Claim) and item.place is not None and Part.GPS in parts_of_claim(item):
            numbers |= {abs(one) for one in (item.place.lat_deg, item.place.lon_deg) if one is not None}
    for number in numbers:
        for decimals in range(_FEWEST_DECIMALS, _MOST_DECIMALS + 1):
            yield f"{number:.{decimals}f}"
            yield f"{number:.12f}"[: decimals - 12]


def _names(report: Report) -> dict[str, str]:
    """What stands for each name, by each form of it: for people and accounts a number, for all else a mark."""
    ours = {item.reference.set_name for item in report.evidence if isinstance(item, Match | EarlierCheck)} | OUR_WORDS
    numbered: dict[str, str] = {}
    for called in (*map(_speakers, report.evidence), *map(_root, report.evidence)):
        spoken = [name for name in called if name not in ours]
        known = next((numbered[name] for name in spoken if name in numbered), "")
        said = known or f"Source {len(set(numbered.values())) + 1}"
        numbered = dict.fromkeys(spoken, said) | numbered
    numbered = _people(report, numbered) | numbered
    others = [text for fact in _facts(report) if names_somebody(fact) for text in _both(fact)]
    others += [text for item in report.evidence if isinstance(item, Credential) for text in _signers(item)]
    others += [name for name in _bracketed(report.evidence) if name not in ours]
    others += [item.credit for item in report.evidence if isinstance(item, Appearance)]
    paths = [report.original.path, report.original.name]
    paths += [text for item in report.evidence if isinstance(item, Match | EarlierCheck) for text in _places(item)]
    divided = [part.strip() for text in others for part in (text, *_DIVIDED.split(text))]
    divided += [part for text in paths for part in (text, PurePath(text).name, PurePath(text).stem)]
    marked = {text: NAME_LEFT_OUT for text in divided if _is_name(text)}
    return {form: said for name, said in {**marked, **numbered}.items() for form in _forms(name)}


def _people(report: Report, known: Mapping[str, str]) -> dict[str, str]:
    """Who accepted or dismissed something. Who only wrote it down is named in its own field, and in no sentence."""
    names = (review.by.strip() for review in report.reviews)
    new = dict.fromkeys(name for name in names if _is_name(name) and name not in known)
    return {name: f"Person {number}" for number, name in enumerate(new, 1)}


def _speakers(item: Evidence) -> list[str]:
    """All that one who speaks is called."""
    names = []
    if item.source.kind in _SPEAKING:
        names.append(item.source.name)
    if isinstance(item, Claim | Lead | Appearance) and item.source.kind is not SourceKind.FILE:
        names += [item.by, _BRACKETED.split(item.by)[0]]
    return [name.strip() for name in names if _is_name(name)]


def _root(item: Evidence) -> list[str]:
    """The root of what one says: whoever reposts a post is not whoever wrote it, though both count once."""
    return [item.source.origin.strip()] if item.source.kind in _SPEAKING and _is_name(item.source.origin) else []


def _bracketed(evidence: Iterable[Evidence]) -> list[str]:
    """What stands in brackets behind a name: another name of theirs, or a platform or desk that several share."""
    said = [item.by for item in evidence if isinstance(item, Claim | Lead | Appearance)]
    parts = [part.strip() for by in dict.fromkeys(said) for part in _BRACKETED.split(by)[1:]]
    return [part for part in dict.fromkeys(parts) if _is_name(part)]


def _signers(item: Credential) -> Iterable[str]:
    for one in (item.active, *(ancestor.signing for ancestor in item.ancestors)):
        if isinstance(one, Signing):
            yield from (one.signer, one.issuer, one.title)
    yield from (ancestor.imported_by for ancestor in item.ancestors)


def _places(item: Match | EarlierCheck) -> Iterable[str]:
    yield from (item.reference.path, item.reference.name)
    if isinstance(item, EarlierCheck):
        report = PurePath(item.past.report).parent  # a folder's name may tell; "report" itself tells nothing
        yield from (*([str(report)] if report.name else []), item.past.case, item.past.by, item.past.name)


def _is_name(text: str) -> bool:
    """A version, a year or a number is none."""
    return _long_enough(text) and any(map(str.isalpha, text))


def _long_enough(text: str) -> bool:
    text = text.strip()
    return len(text) >= LEAST_CHARS or (len(text) == 2 and not text.isascii())


def _forms(text: str) -> tuple[str, ...]:
    """As it stands, as our sentences show it, and the start of it where a sentence cuts it."""
    text = text.strip()
    shown = visible(text)
    forms = {text, shown, quoted(text)[1:-1]}
    if len(shown) > CUT_CHARS:
        forms |= {shown[:CUT_CHARS], quoted(text)[1 : CUT_CHARS + 1]}
    return tuple(form for form in sorted(forms) if form)


def _wanted(words: Iterable[str]) -> Wanted | None:
    """Raises ValueError for more than any record of a desk holds."""
    distinct = set(words)
    if len(set(map(folded, distinct))) > MOST_WORDS:
        raise ValueError(f"the record holds more than {MOST_WORDS:,} names and values to leave out")
    return wanted(distinct)
