"""One mapping of a claims or records file, read key by key with its type, and the complaints about it."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from ..errors import StatementsError
from ..model.address import without_user
from ..model.days.in_words import read_time
from ..model.limits import Limits
from ..model.place import Place
from ..model.source import Grade
from ..model.text import visible
from ..model.time import Interval, between
from .places import place_from_text, place_of
from .problem import problem

Word = TypeVar("Word", bound=StrEnum)
PLACE_KEYS = ("name", "cc", "lat", "lon", "radius_km", "level")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """A mapping with the place where it stands, for messages such as 'desk.yaml, line 7: evidence e3: ...'."""

    values: dict[str, Any]
    file: str
    where: str
    limits: Limits
    line: int | None = None

    def wrong(self, text: str, remedy: str, key: str = "") -> StatementsError:
        """A complaint about this mapping, with the line of the key where it is known."""
        lines = getattr(self.values, "lines", {})
        line = lines.get(key, self.line or getattr(self.values, "line", None))
        return problem(self.file, line, f"{self.where}: {text}" if self.where else text, remedy)

    def only(self, known: Iterable[str]) -> Fields:
        """Itself, once every key is known. Raises StatementsError with the nearest known key."""
        words = sorted(known)
        for key in self.values:
            if key not in words:
                remedy = f"did you mean {nearest!r}?" if (nearest := closest(key, words)) else f"known: {listed(words)}"
                raise self.wrong(f"unknown key {quoted(key)}", remedy, key)
        return self

    def text(self, key: str, default: str = "") -> str:
        """A text within `limits.text_chars`; a number is taken as it prints. Absent and null give the default."""
        value = self.values.get(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, str | int | float | date):
            raise self.wrong(f"{key} is {kind(value)}, not text", "write one text, in quotes", key)
        text = str(value)
        if len(text) > self.limits.text_chars:
            found = f"{key} has {len(text):,} characters, more than {self.limits.text_chars:,}"
            raise self.wrong(found, "shorten it and keep the whole elsewhere", key)
        if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
            raise self.wrong(f"{key} holds a NUL or half a surrogate pair", "save it as plain Unicode text", key)
        return text

    def address(self, key: str, default: str = "") -> str:
        """A text that is an address: a user's name and password in it are not taken."""
        return without_user(self.text(key, default))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; a single text stands for a list of one."""
        value = self.values.get(key)
        if value is None:
            return ()
        items = value if isinstance(value, list) else [value]
        if len(items) > self.limits.statements:
            raise self.wrong(f"{key} lists more than {self.limits.statements:,}", "shorten it", key)
        return tuple(self._part({key: item}).text(key) for item in items)

    def number(self, key: str) -> float | None:
        """A finite number; a text that holds one is taken too (CSV has only texts)."""
        value = self.values.get(key)
        if value is None or value == "":
            return None
        try:
            found = math.nan if isinstance(value, bool | dict | list) else float(value)
        except (TypeError, ValueError, OverflowError):
            raise self.wrong(f"{key} is {shown(value)}, not a number", "write a number such as 56.01", key) from None
        if not math.isfinite(found):
            raise self.wrong(f"{key} is {shown(value)}, not a finite number", "write a number such as 56.01", key)
        return found

    def flag(self, key: str) -> bool:
        """True or false; absent is false."""
        value = self.values.get(key, False)
        if value is None or isinstance(value, bool):
            return bool(value)
        raise self.wrong(f"{key} is {shown(value)}, not true or false", "write true or false", key)

    def word(self, key: str, words: type[Word], default: Word | None = None) -> Word:
        """One of a closed set of words."""
        value = self.text(key)
        if not value and default is not None:
            return default
        if value in set(words):
            return words(value)
        known = [str(word) for word in words]
        nearest = closest(value, known)
        found = f"{key} {quoted(value)} is not known" if value else f"{key} is missing"
        raise self.wrong(found, f"did you mean {nearest!r}?" if nearest else f"known: {listed(known)}", key)

    def grade(self, default: Grade = Grade()) -> Grade:
        """An Admiralty grade such as B2; absent is F6, which means "cannot be judged"."""
        value = self.text("grade")
        if not value:
            return default
        try:
            return Grade.parse(value)
        except ValueError:
            remedy = "a letter A-F for the source and a digit 1-6 for what it says, such as B2"
            raise self.wrong(f"grade {quoted(value)} is no Admiralty grade", remedy, "grade") from None

    def interval(self, key: str) -> Interval | None:
        """A year, month, date, date-time or range as text, or a mapping {earliest, latest} of these."""
        value = self.values.get(key)
        if value is None or value == "":
            return None
        if isinstance(value, dict):
            part = self._part(value, key).only(("earliest", "latest"))
            return part._between("earliest", "latest")
        return self._moment(key, value)

    def _between(self, first: str, last: str) -> Interval | None:
        start, end = (
            self._moment(key, self.values[key]) if self.values.get(key) is not None else None for key in (first, last)
        )
        try:
            if start and end:
                return between(start, end)
            if start:
                return Interval(start.earliest, None, start.zone_known)
            return Interval(None, end.latest, end.zone_known) if end else None
        except ValueError as error:
            raise self.wrong(visible(str(error)), f"put {first} before {last}", first) from error

    def _moment(self, key: str, value: object) -> Interval:
        if isinstance(value, bool | float | list | dict) or (isinstance(value, int) and not 1 <= value <= 9999):
            raise self.wrong(f"{key} is {shown(value)}, not a date", DATES, key)
        text = f"{value:04d}" if isinstance(value, int) else _iso(value)
        try:
            return read_time(text)
        except (ValueError, OverflowError) as error:
            why = no_date(error) if text else " (empty)"
            raise self.wrong(f"{key} {quoted(text)} cannot be read as a date{why}", DATES, key) from error

    def place(self, key: str) -> Place | None:
        """A mapping {name, cc, lat, lon, radius_km, level} or a text in one of the forms of `place_from_text`."""
        value = self.values.get(key)
        if value is None or value == "":
            return None
        try:
            if isinstance(value, dict):
                part = self._part(value, key).only(PLACE_KEYS)
                return part.place_in("")
            return place_from_text(self.text(key))
        except ValueError as error:
            raise self.wrong(f"{key}: {visible(str(error), limit=120)}", PLACES, key) from error

    def place_in(self, prefix: str) -> Place | None:
        """The place whose parts stand in this mapping under `prefix`; None when there are none. Raises ValueError."""
        keys = [f"{prefix}{part}" for part in ("cc", "lat", "lon", "radius_km", "level")]
        name = self.text("place" if prefix else "name")
        if not name and all(self.values.get(key) in (None, "") for key in keys):
            return None
        cc, lat, lon, radius_km, level = keys
        return place_of(
            name=name,
            cc=self.text(cc),
            lat_deg=self.number(lat),
            lon_deg=self.number(lon),
            radius_km=self.number(radius_km),
            level=self.text(level),
        )

    def _part(self, values: dict[str, Any], key: str = "") -> Fields:
        where = f"{self.where}: {key}".strip(": ") if key else self.where
        line = getattr(values, "line", None) or getattr(self.values, "lines", {}).get(key, self.line)
        return Fields(values=values, file=self.file, where=where, limits=self.limits, line=line)


def no_date(error: Exception) -> str:
    """Why a text cannot be read as a date: nothing for what is no date at all, which is said once; of a date that no
    calendar has, what is wrong in it.
    """
    return "" if "is no ISO 8601 date" in str(error) else f" ({visible(str(error), limit=80)})"


DATES_TYPED = "write 2024, 2024-11, 2024-11-14, 14 November 2024, 2024-11-14T15:42+07:00, or a range A/B"
DATES = "write 2024, 2024-11, 2024-11-14, 14 November 2024, 2024-11-14T15:42+07:00, a range A/B, or {earliest, latest}"
PLACES = 'write {name, cc, lat, lon, radius_km, level}, or a text such as "Krasnoyarsk@56.01,92.85,20km"'


def _iso(value: object) -> str:
    """A date or time that a YAML reader has already made of the text, back as text."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds" if not value.microsecond else "microseconds")
    return value.isoformat() if isinstance(value, date) else str(value)


def closest(word: str, known: Iterable[str]) -> str:
    """The known word nearest to a mistyped one, or "". A word of any length costs no more than one of 60."""
    return next(iter(difflib.get_close_matches(word[:60].lower(), list(known), n=1, cutoff=0.6)), "")


def listed(words: Iterable[str]) -> str:
    """Words in one line."""
    return ", ".join(words)


def kind(value: object) -> str:
    """What a value is, in a word a writer of YAML knows."""
    names = {dict: "a mapping", list: "a list", bool: "true/false", str: "text", int: "a number", float: "a number"}
    return next((name for type_, name in names.items() if isinstance(value, type_)), "empty")


def quoted(text: object) -> str:
    """A stranger's text on one line, in quotes, short."""
    return f"'{visible(str(text), limit=60)}'"


def shown(value: object) -> str:
    """A wrong value: quoted when short and plain, otherwise what it is."""
    return kind(value) if isinstance(value, dict | list) else quoted(value)
