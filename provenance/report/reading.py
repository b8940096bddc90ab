"""report.json read back into the very dataclasses it was written from.

The forward direction is `model.canonical.plain`; this is its inverse, driven by the annotations of the model, so that a
new field of the model needs no line here. A file from a stranger is checked first, whole, against the shipped schema
(`report/obeys.py`); then every id is computed again from the content that it names, and every citation must lead to
an item of the same report. So what is rebuilt renders as the original did, or nothing is rebuilt.
"""

from __future__ import annotations

import hashlib
import json
import math
import types
import typing
from collections.abc import Callable, Iterable
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import cache, partial
from typing import Any, NoReturn

from ..model.canonical import LARGEST_EXACT_INTEGER, canonical, content_id
from ..model.credentials import Credential
from ..model.differences import Anomaly, Comparison
from ..model.evidence import Appearance, Bound, Claim, Evidence, Fact, Lead, Trace
from ..model.limits import CASE_BYTES_A_MARK, REPORT_BYTES, REPORT_DEPTH, REPORT_FREE_MARKS
from ..model.matches import EarlierCheck, Match, Search
from ..model.outcome import CheckRun, Failed, Ran, Skipped
from ..model.report import SCHEMA, Report
from ..model.standing import standing
from ..model.text import quoted, visible
from .jsonform import DIGEST, schema
from .obeys import breach

_KINDS: dict[str, type[Evidence]] = {
    kind.kind: kind
    for kind in (
        Claim,
        Bound,
        Lead,
        Appearance,
        Match,
        Search,
        Comparison,
        Anomaly,
        Fact,
        Trace,
        Credential,
        EarlierCheck,
    )
}


def read(data: bytes) -> Report:
    """The report that these bytes of a report.json hold.

    Raises ValueError, with one sentence that says what is wrong, for anything that this version would not have written.
    """
    if len(data) > REPORT_BYTES:
        raise ValueError(f"it is larger than {REPORT_BYTES:,} bytes")
    form = _parsed(data)
    named = form.get("schema") if isinstance(form, dict) else None
    if named != SCHEMA:
        other = f"its schema is {quoted(named, limit=80)}" if isinstance(named, str) else "it names no schema"
        raise ValueError(f"{other}; this version reads {SCHEMA}")
    if found := breach(form, schema()):
        raise ValueError(found)
    told = form.pop(DIGEST, None)  # absent from reports of earlier versions
    report = _report(form)
    if told is not None and told != hashlib.sha256(canonical(form)).hexdigest():
        raise ValueError(f"its {DIGEST} is not the digest of its content: something in it was changed")
    return report


def _parsed(data: bytes) -> Any:
    if sum(map(data.count, (b",", b":", b"[", b"{"))) > REPORT_FREE_MARKS + len(data) // CASE_BYTES_A_MARK:
        raise ValueError("it holds more parts than a report of its length has")
    try:
        form = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_no_constant,
            parse_float=_finite,
            parse_int=_exact,
        )
    except UnicodeDecodeError as error:
        raise ValueError(f"it is no UTF-8 text (byte {error.start:,})") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"it is no JSON: {error.msg}, line {error.lineno:,}") from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    level = [form]
    for _ in range(REPORT_DEPTH):
        level = [child for value in level for child in _children(value)]
    if level:
        raise ValueError(f"it is nested more than {REPORT_DEPTH} levels deep")
    return form


def _children(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Two values of one name would let two readers see two reports."""
    form = dict(pairs)
    if len(form) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return form


def _no_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number of JSON")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("a number is too large")
    return value


def _exact(text: str) -> int:
    if len(text) > 17 or abs(value := int(text)) > LARGEST_EXACT_INTEGER:
        raise ValueError("a number is beyond what JSON carries exactly")
    return value


def _report(form: dict[str, Any]) -> Report:
    evidence = {item["id"]: _item(item) for item in form.get("evidence", ())}
    if len(evidence) != len(form.get("evidence", ())):
        raise ValueError("two items of evidence have the same id")
    runs = tuple(_run(run, evidence) for run in form.get("checks", ()))
    rest = {name: value for name, value in form.items() if name not in ("evidence", "checks")}
    report: Report = _built(Report, rest, evidence=tuple(evidence.values()), checks=runs)
    known = {*evidence, *(run.id for run in runs)}
    for cited in _cited(report):
        if cited not in known:
            raise ValueError(f"it cites {quoted(cited, limit=80)}, which is no item of it")
    return report


def _cited(report: Report) -> Iterable[str]:
    for finding in report.findings:
        for sentence in finding.sentences:
            yield from sentence.cites
        for conflict in finding.conflicts:
            yield from (conflict.first, conflict.second)
    yield from (cited for step in report.next_steps for cited in step.cites)
    yield from (claim.claim for claim in report.claims)
    yield from (item.match_id for item in report.evidence if isinstance(item, Appearance) and item.match_id)


def _item(form: dict[str, Any]) -> Evidence:
    """An item under the id that it was written with, once that id is known to follow from what stands there."""
    stated = {name: value for name, value in form.items() if name not in ("id", "standing")}
    if content_id(form["kind"], stated) != form["id"]:
        raise ValueError(f"{visible(form['id'])} is not what its id says: it was changed after it was written")
    item: Evidence = _built(_KINDS[form["kind"]], {name: value for name, value in stated.items() if name != "kind"})
    # Of a report by an earlier version, which lacked a field with a default, the content now has another digest.
    vars(item)["id"] = form["id"]
    if form.get("standing", standing(item)) != standing(item):
        raise ValueError(f"{visible(form['id'])} is called {visible(form['standing'])}, which it is not")
    return item


def _run(form: dict[str, Any], evidence: dict[str, Evidence]) -> CheckRun:
    outcome = {name: value for name, value in form["outcome"].items() if name != "ended"}
    made: Ran | Skipped | Failed
    if form["outcome"]["ended"] == Ran.ended:
        ids = outcome.get("evidence", ())
        if missing := [name for name in ids if name not in evidence]:
            raise ValueError(f"a check names {quoted(missing[0], limit=80)}, which is no item of the report")
        made = Ran(evidence=tuple(evidence[name] for name in ids), note=outcome.get("note", ""))
    else:
        made = _built(Skipped if form["outcome"]["ended"] == Skipped.ended else Failed, outcome)
    run = CheckRun(check=form.get("check", ""), outcome=made)
    if run.id != form["id"]:
        raise ValueError(f"the check {quoted(run.check, limit=80)} does not have the id of its name")
    return run


@cache
def _readers(kind: Any) -> dict[str, tuple[Callable[[Any], Any], Any]]:
    """For each field of a dataclass: how its value is read, and what it was when it was left out of the JSON."""
    hints = typing.get_type_hints(kind)
    return {each.name: (_reader(hints[each.name]), _left_out(hints[each.name], each.default)) for each in fields(kind)}


def _built(kind: Any, form: dict[str, Any], **made: Any) -> Any:
    """A dataclass from its plain form; `made` are fields that are built already."""
    values = dict(made)
    for name, (reader, left_out) in _readers(kind).items():
        if name in form:
            values[name] = reader(form[name])
        elif name not in made:
            if left_out is MISSING:
                raise ValueError(f"{kind.__name__} lacks {name}")
            values[name] = left_out
    return kind(**values)


def _left_out(hint: Any, default: Any) -> Any:
    """`plain` leaves out None, "" and empty lists alone: a missing field of such a type was empty."""
    kinds = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    if type(None) in kinds:
        return None
    if hint is str:
        return ""
    return () if typing.get_origin(hint) is tuple else default


def _reader(hint: Any) -> Callable[[Any], Any]:
    """How a value with this annotation is read. Numbers stay as they stand, so that they are written so again."""
    if isinstance(hint, types.UnionType):
        (one,) = (each for each in typing.get_args(hint) if each is not type(None))
        return _reader(one)
    if typing.get_origin(hint) is tuple:
        return _tuple(typing.get_args(hint))
    if typing.get_origin(hint) is dict:
        return lambda value: value  # what stands in settings and libraries is plain already
    if issubclass(hint, datetime):
        return _moment
    if is_dataclass(hint):
        return partial(_built, hint)
    return partial(hint) if issubclass(hint, Enum) else lambda value: value


def _tuple(kinds: tuple[Any, ...]) -> Callable[[Any], Any]:
    if kinds[-1] is Ellipsis:
        one = _reader(kinds[0])
        return lambda values: tuple(one(value) for value in values)
    readers = tuple(_reader(kind) for kind in kinds)
    return lambda values: tuple(reader(value) for reader, value in zip(readers, values, strict=True))


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{quoted(text, limit=80)} is a time without a zone")
    return moment.astimezone(UTC)
