"""A records file -> what is known of each picture's publications, by file name.

CSV (UTF-8, with or without a byte-order mark, comma-separated, RFC 4180) or JSON Lines (one object a line, same keys).
Cells stay verbatim: text that a spreadsheet would take for a formula ("=1+1") is text here, and is only ever shown.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..model.limits import Limits
from ..model.publication import DateBasis
from ..model.record import Record
from ..model.text import visible
from .fields import Fields, closest, listed
from .lines import csv_rows, decoded_lines
from .problem import problem

COLUMNS = (
    *("file", "source_url", "publisher", "handle", "post_text", "views", "published", "published_basis"),
    *("place", "place_cc", "place_lat", "place_lon", "place_radius_km", "place_level"),
    *("caption", "caption_time", "credit", "licence", "notes", "origin", "grade"),
)
WHAT = "a records file"
_CALLED = {
    **dict.fromkeys(("url", "link", "source url"), "source_url"),
    **dict.fromkeys(("source", "author", "agency", "outlet"), "publisher"),
    **dict.fromkeys(("account", "user"), "handle"),
    **dict.fromkeys(("date", "posted", "time"), "published"),
    **dict.fromkeys(("location", "city"), "place"),
    **dict.fromkeys(("lat", "latitude"), "place_lat"),
    **dict.fromkeys(("lon", "lng", "longitude"), "place_lon"),
    **dict.fromkeys(("filename", "name", "image", "path"), "file"),
    **dict.fromkeys(("text", "post"), "post_text"),
    **dict.fromkeys(("country",), "place_cc"),
}
"""How spreadsheets of sources head these columns: offered, never taken."""
MOST_NAMED = 20
NAMES = ("records.csv", "records.jsonl")


def records_file(folder: Path) -> Path | None:
    """The records file of a folder of pictures: records.csv, else records.jsonl, else None.

    Whatever stands under that name counts, so that one that cannot be read is complained of and not left out.
    """
    return next((folder / name for name in NAMES if os.path.lexists(folder / name)), None)


def read_records(path: Path, limits: Limits | None = None) -> dict[str, tuple[Record, ...]]:
    """Records by file name, in file order; a file may have several rows. Raises StatementsError naming the line."""
    limits = limits or Limits()
    found: dict[str, list[Record]] = {}
    rows = _json_lines if path.suffix.lower() in (".jsonl", ".ndjson", ".json") else _csv_rows
    for line, row in rows(path):
        fields = Fields(values=row, file=str(path), where="", limits=limits, line=line).only(COLUMNS)
        name = fields.text("file")
        if not name.strip():
            raise fields.wrong("no file is named", "write the picture's file name into the column file")
        found.setdefault(name, []).append(_record(fields))
    return {name: tuple(dict.fromkeys(records)) for name, records in found.items()}


def corrected(record: Record, changes: Mapping[str, str], limits: Limits | None = None) -> Record:
    """The record with some columns written anew, read by the same rules as a row; "" empties one.

    Raises StatementsError.
    """
    row = {key: value for key, value in {**row_of(record), **changes}.items() if value != ""}
    fields = Fields(values=row, file="the correction", where="", limits=limits or Limits(), line=None)
    return replace(_record(fields.only(COLUMNS[1:])), received=record.received)


def row_of(record: Record) -> dict[str, str]:
    """The record as the cells of a row; `corrected` reads it back."""
    texts = {key: str(getattr(record, key)) for key in COLUMNS if isinstance(getattr(record, key, None), str)}
    place = record.place
    if place is not None:
        texts |= {"place": place.name, "place_cc": place.cc, "place_level": place.level.value}
        if place.lat_deg is not None:
            texts |= {"place_lat": str(place.lat_deg), "place_lon": str(place.lon_deg)}
        texts["place_radius_km"] = str(place.radius_km) if place.radius_km else ""
    views = "" if record.views is None else str(record.views)
    return texts | {"views": views, "published_basis": record.published_basis.value, "grade": str(record.grade)}


def _record(fields: Fields) -> Record:
    for key in ("published", "caption_time"):
        fields.interval(key)
    views = fields.number("views")
    if views is not None and (views < 0 or views != int(views) or views > 2**53 - 1):
        raise fields.wrong(f"views is {views:g}", "write a whole number", "views")
    try:
        place = fields.place_in("place_")
    except ValueError as error:
        raise fields.wrong(
            f"place: {visible(str(error), limit=160)}", "mend place_lat, place_lon, ... there"
        ) from error
    return Record(
        source_url=fields.address("source_url"),
        publisher=fields.text("publisher"),
        handle=fields.text("handle"),
        post_text=fields.text("post_text"),
        views=None if views is None else int(views),
        published=fields.text("published"),
        published_basis=fields.word("published_basis", DateBasis, DateBasis.UNKNOWN),
        place=place,
        caption=fields.text("caption"),
        caption_time=fields.text("caption_time"),
        credit=fields.text("credit"),
        licence=fields.text("licence"),
        notes=fields.text("notes"),
        origin=fields.address("origin"),
        grade=fields.grade(),
    )


def _csv_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line number (of a row's first line, from 1) and cells by column."""
    rows = csv_rows(path, WHAT)
    header = [cell.strip() for cell in next(rows, (1, []))[1]]
    _check_header(header, path)
    for first, cells in rows:
        if not cells:
            continue
        if len(cells) != len(header):
            found = f"{len(cells)} cells, the header has {len(header)}"
            raise problem(str(path), first, found, "put text with commas into double quotes")
        yield first, {key: cell for key, cell in zip(header, cells, strict=True) if cell != ""}


def _check_header(header: list[str], path: Path) -> None:
    if not header:
        raise problem(str(path), None, "empty", f"begin with a header line, such as {','.join(COLUMNS[:3])}")
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        raise problem(str(path), 1, "the cells are not separated by commas", "save it as comma-separated CSV")
    if unknown := [name for name in header if name not in COLUMNS]:
        raise problem(str(path), 1, *_unknown(unknown))
    for name in header:
        if header.count(name) > 1:
            raise problem(str(path), 1, f"the column {name} stands twice", "keep one of them")
    if "file" not in header:
        raise problem(str(path), 1, "no column file", "add the column that names the pictures")


def _unknown(names: Sequence[str]) -> tuple[str, str]:
    """All columns that are not known in one line, each with the one that it may stand for; and what to do."""
    meant = {name: _CALLED.get(name.lower(), "") or closest(name, COLUMNS) for name in names[:MOST_NAMED]}
    said = [f"'{visible(name, limit=60)}'" for name in meant]
    if len(names) == 1 and (nearest := meant[names[0]]):
        return f"unknown column {said[0]}", f"did you mean {nearest!r}?"
    more = [f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else []
    renamed = [f"{name} to {nearest}" for name, nearest in zip(said, meant.values(), strict=True) if nearest]
    first = f"rename {listed(renamed)}, if that is meant; " if renamed else ""
    return f"unknown column{'s' if len(names) > 1 else ''} {listed([*said, *more])}", f"{first}known: {listed(COLUMNS)}"


def _json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for line, text in enumerate(decoded_lines(path, WHAT), start=1):
        if not text.strip():
            continue
        try:
            row = json.loads(text, object_pairs_hook=_unique)
        except _TwiceError as error:
            raise problem(str(path), line, "a key stands twice", "keep one of them") from error
        except RecursionError as error:
            raise problem(str(path), line, "nested too deeply", "write one flat object a line") from error
        except ValueError as error:
            raise problem(
                str(path), line, f"no JSON: {visible(str(error), limit=80)}", "write one object a line"
            ) from error
        if not isinstance(row, dict) or any(isinstance(value, dict | list) for value in row.values()):
            raise problem(str(path), line, "no flat object", 'write one flat object a line: {"file": "a.jpg", ...}')
        yield line, row


class _TwiceError(Exception):
    """A key stands twice in one object."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _TwiceError
    return found
