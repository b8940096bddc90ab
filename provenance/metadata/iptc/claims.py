"""What an IPTC block claims of time, place and author; each a Claim by the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from ...model.evidence import Claim
from ..editorial import NOT_THE_CAMERA, Told, Words, dated, moment, placed, said
from .value import Value

METHOD = "iptc"
_MOST_AUTHORS = 20


def claims(values: Mapping[str, Sequence[Value]], now: datetime) -> Iterator[Claim]:
    """The claims of one block, from its values by key."""
    for name, made in (("DateCreated", "made"), ("DigitalCreationDate", "digitised")):
        date, clock = _first(values, name), _first(values, name.replace("Date", "Time"))
        if date is None:
            continue
        whole = f"{date.normal}T{clock.normal}" if clock else ""
        if at := moment(whole, date.normal, zero_zone=False):
            quote = f"{date.raw} {clock.raw}" if clock else date.raw
            statement = f"By the file's own IPTC fields the picture was {made} then."
            yield dated(_told(name, statement, quote), at, now)
    yield from _place(values)
    if authors := [" ".join(one.raw.split()) for one in values.get("iptc.By-line", ())][:_MOST_AUTHORS]:
        statement = "By the file's own IPTC fields this is the author of the picture."
        yield said(_told("By-line", statement, "; ".join(authors)))


def _place(values: Mapping[str, Sequence[Value]]) -> Iterator[Claim]:
    words = Words(
        spot=_text(values, "Sub-location"),
        city=_text(values, "City"),
        state=_text(values, "Province-State"),
        country=_text(values, "Country-PrimaryLocationName"),
        code=_text(values, "Country-PrimaryLocationCode"),
    )
    if place := words.place():
        statement = "By the file's own IPTC fields the picture is from this place."
        yield placed(_told("City/Province/Country", statement, words.quote()), place, NOT_THE_CAMERA)


def _told(field: str, statement: str, quote: str) -> Told:
    return Told(method=METHOD, basis=f"IPTC {field}", statement=statement, quote=quote)


def _first(values: Mapping[str, Sequence[Value]], name: str) -> Value | None:
    return next(iter(values.get(f"iptc.{name}", ())), None)


def _text(values: Mapping[str, Sequence[Value]], name: str) -> str:
    value = _first(values, name)
    return value.normal if value else ""
