"""A file that another desk exported: hashes and records of pictures, never the pictures (docs/archive.md).

One JSON object a line: the first says what it is, each further one is a picture. Every value comes from a stranger.
"""

from __future__ import annotations

import base64
import json
import math
import re
from dataclasses import asdict, fields, replace
from typing import Any

from ..model.features import Features
from ..model.limits import (
    SET_FEATURES_SIDE_PX,
    SET_POINTS,
    SET_SIDE_PX,
    SHARE_CODE_BYTES,
    SHARE_CODES,
    SHARE_LINE_BYTES,
    SHARE_NAME_CHARS,
    SHARE_RECORDS,
    Limits,
)
from ..model.record import Entry, Fingerprint, Record
from .records import corrected, row_of

FORMAT = "provenance-export/1"
LEFT_OUT = ("notes", "post_text")
"""Fields of a record that stay at home: what a desk notes for itself, and words of others at length."""
_DIGEST, _NAME = re.compile(r"[0-9a-f]{64}"), re.compile(r"[!-~]{1,200}")
_COLUMNS = {"words": 2, "signatures": 16, "places": 4, "sizes": 1, "angles": 1}
_LARGEST = 2**53


def head_line(name: str, set_id: str, snapshot: str, pictures: int, *, with_features: bool) -> bytes:
    """The first line; of a name that is longer than one that is taken in, its beginning."""
    head = {
        "format": FORMAT,
        "set": name[:SHARE_NAME_CHARS],
        "set_id": set_id,
        "snapshot": snapshot,
        "pictures": pictures,
    }
    return _line({**head, "with_features": with_features})


def shareable(entry: Entry) -> Entry:
    """The picture with as many of its records as are taken in of one, the first ones that the set was given that fit:
    one that is too long does not take those after it along.
    """
    left_bytes = SHARE_LINE_BYTES - len(entry_line(replace(entry, records=())))
    kept: list[Record] = []
    for record in entry.records:
        if len(kept) == SHARE_RECORDS:
            break
        size_bytes = len(_line(_shared(record)))  # its comma counts as its end of the line does
        if size_bytes <= left_bytes:
            left_bytes -= size_bytes
            kept.append(record)
    return replace(entry, records=tuple(kept))


def entry_line(entry: Entry) -> bytes:
    """The line of a picture, without where it lay."""
    form: dict[str, Any] = {
        "sha256": entry.image_id,
        "size_bytes": entry.size_bytes,
        "width_px": entry.width_px,
        "height_px": entry.height_px,
        "media_type": entry.media_type,
        "fingerprints": [{**asdict(made), "code": made.code.hex()} for made in entry.fingerprints],
        "records": [_shared(record) for record in entry.records],
    }
    if entry.features is not None:
        form["features"] = {
            f.name: base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value
            for f in fields(Features)
            if f.name != "thumbnail"
            for value in [getattr(entry.features, f.name)]
        }
    return _line(form)


def read_head(line: bytes) -> tuple[str, int, bool]:
    """Name of the set, number of pictures, and whether it holds local features. Raises ValueError."""
    form = _object(line)
    if form.get("format") != FORMAT:
        raise ValueError("its first line does not say that it is an export of this format")
    name = form.get("set")
    if not isinstance(name, str) or len(name) > SHARE_NAME_CHARS:
        raise ValueError("its first line names no set")
    return name, _whole(form.get("pictures"), "pictures", 0, _LARGEST), form.get("with_features") is True


def read_entry(line: bytes, received: str, limits: Limits, *, with_features: bool) -> Entry:
    """The picture of a line, each of its records marked as `received`; one without any gets an empty one, so that the
    mark is there. Raises ValueError and StatementsError for what is no such picture.
    """
    form = _object(line)
    image_id = form.get("sha256")
    if not isinstance(image_id, str) or not _DIGEST.fullmatch(image_id):
        raise ValueError("sha256 is not 64 hexadecimal digits")
    codes = _list(form.get("fingerprints"), "fingerprints", SHARE_CODES)
    rows = _list(form.get("records", []), "records", SHARE_RECORDS)
    made = tuple(_fingerprint(one) for one in codes)
    if len({one.name for one in made}) != len(made):
        raise ValueError("two fingerprints have one name")
    records = dict.fromkeys(replace(_record(row, limits), received=received) for row in rows)
    return Entry(
        image_id=image_id,
        size_bytes=_whole(form.get("size_bytes"), "size_bytes", 0, _LARGEST),
        width_px=_whole(form.get("width_px"), "width_px", 1, SET_SIDE_PX),
        height_px=_whole(form.get("height_px"), "height_px", 1, SET_SIDE_PX),
        media_type=_name(form.get("media_type"), "media_type"),
        path="",
        fingerprints=made,
        records=tuple(records) or (Record(received=received),),
        features=_features(form["features"]) if with_features and "features" in form else None,
    )


def _shared(record: Record) -> dict[str, str]:
    return {key: cell for key, cell in row_of(record).items() if cell and key not in LEFT_OUT}


def _record(row: object, limits: Limits) -> Record:
    if not isinstance(row, dict) or not all(isinstance(cell, str) for cell in row.values()):
        raise ValueError("a record is no object of texts")
    return corrected(Record(), row, limits)


def _fingerprint(form: object) -> Fingerprint:
    if not isinstance(form, dict):
        raise ValueError("a fingerprint is no object")  # noqa: TRY004 wrong in a file, not in a program
    code, detail = form.get("code"), form.get("detail")
    if not isinstance(code, str) or not 0 < len(code) <= 2 * SHARE_CODE_BYTES or not re.fullmatch("[0-9a-f]+", code):
        raise ValueError("the code of a fingerprint is not hexadecimal, or too long")
    if not isinstance(detail, int | float) or isinstance(detail, bool) or not math.isfinite(detail):
        raise ValueError("detail of a fingerprint is no number")
    if not isinstance(form.get("searchable"), bool) or len(code) % 2:
        raise ValueError("a fingerprint is not spelled as one")
    name = _name(form.get("name"), "the name of a fingerprint")
    return Fingerprint(name=name, code=bytes.fromhex(code), searchable=form["searchable"], detail=float(detail))


def _features(form: object) -> Features:
    if not isinstance(form, dict):
        raise ValueError("features is no object")  # noqa: TRY004 wrong in a file, not in a program
    points = _whole(form.get("points"), "points of features", 0, SET_POINTS)
    columns: dict[str, bytes] = {}
    for name, each in _COLUMNS.items():
        text = form.get(name)
        if not isinstance(text, str):
            raise ValueError(f"{name} of features is no text")  # noqa: TRY004
        columns[name] = base64.b64decode(text, validate=True)
        if len(columns[name]) != each * points:
            raise ValueError(f"{name} of features is not as long as its points say")
    return Features(
        name=_name(form.get("name"), "the name of features"),
        width_px=_whole(form.get("width_px"), "width_px of features", 1, SET_FEATURES_SIDE_PX),
        height_px=_whole(form.get("height_px"), "height_px of features", 1, SET_FEATURES_SIDE_PX),
        points=points,
        words=columns["words"],
        signatures=columns["signatures"],
        places=columns["places"],
        sizes=columns["sizes"],
        angles=columns["angles"],
        thumbnail=b"",
    )


def _object(line: bytes) -> dict[str, Any]:
    try:
        form = json.loads(line)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if not isinstance(form, dict):
        raise ValueError("it is no object")  # noqa: TRY004 wrong in a file, not in a program
    return form


def _list(value: object, what: str, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise ValueError(f"{what} is no list of at most {most}")
    return value


def _whole(value: object, what: str, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"{what} is no whole number from {least} to {most}")
    return value


def _name(value: object, what: str) -> str:
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise ValueError(f"{what} is no name")
    return value


def _line(form: dict[str, Any]) -> bytes:
    return json.dumps(form, ensure_ascii=True, separators=(",", ":"), sort_keys=True).encode("ascii") + b"\n"
