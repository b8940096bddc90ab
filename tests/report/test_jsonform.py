"""The machine form: complete, valid by its own schema, and named by a digest that anybody can compute again."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
import typing
from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum
from importlib import resources
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance.model import (
    credentials,
    differences,
    evidence,
    finding,
    image,
    matches,
    noted,
    outcome,
    place,
    report,
    source,
)
from provenance.model import time as model_time
from provenance.model.canonical import canonical
from provenance.model.evidence import Evidence
from provenance.model.outcome import CheckRun, Ran
from provenance.model.place import Place
from provenance.model.report import Report
from provenance.model.source import Grade
from provenance.model.time import Interval
from provenance.report import jsonform

EVIDENCE = (evidence, matches, differences, credentials)
KINDS = [
    kind
    for module in EVIDENCE
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Evidence) and kind.__module__ == module.__name__
][1:]
SCHEMA_SHA256 = "b8a7f3efe6bc84850ac6defd88b4e26cb2f8c60e4b6b4d66084b79c58f041712"


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(jsonform.schema())
    return jsonschema.Draft202012Validator(jsonform.schema())


def test_the_reports_are_valid(founding: Report, bare: Report, validator: jsonschema.Draft202012Validator) -> None:
    for each in (founding, bare):
        validator.validate(json.loads(jsonform.render(each)))


def test_the_founding_case_holds_every_kind_of_evidence(founding: Report) -> None:
    assert {item.kind for item in founding.evidence} == {kind.kind for kind in KINDS}


def test_every_item_and_every_check_has_its_id_and_an_end(founding: Report) -> None:
    form = json.loads(jsonform.render(founding))
    assert [item["id"] for item in form["evidence"]] == [item.id for item in founding.evidence]
    assert [item["kind"] for item in form["evidence"]] == [item.kind for item in founding.evidence]
    assert [run["id"] for run in form["checks"]] == [run.id for run in founding.checks]
    assert {run["outcome"]["ended"] for run in form["checks"]} == {"ran", "skipped", "failed"}
    cited = {cite for answer in form["findings"] for sentence in answer["sentences"] for cite in sentence["cites"]}
    assert cited <= {item["id"] for item in form["evidence"]} | {run["id"] for run in form["checks"]}


def test_fields_come_in_the_order_of_the_model(founding: Report) -> None:
    left_out = ("refusal", "reviews", "wording", "derivation")
    names = [field.name for field in dataclasses.fields(Report) if field.name not in left_out]
    assert list(json.loads(jsonform.render(founding))) == [*names, jsonform.DIGEST]


def test_texts_of_strangers_stay_verbatim(founding: Report) -> None:
    form = json.loads(jsonform.render(founding))
    quotes = [item.get("quote", "") for item in form["evidence"]]
    assert any("\u202egpj.exe\x1b[31m" in quote for quote in quotes)
    assert "Эшелон на станции Красноярск" in jsonform.render(founding)


def test_the_digest_is_that_of_the_file_in_canonical_form(founding: Report) -> None:
    parsed = json.loads(jsonform.render(founding))
    assert parsed.pop(jsonform.DIGEST) == jsonform.body_digest(founding)
    assert hashlib.sha256(canonical(parsed)).hexdigest() == jsonform.body_digest(founding)


def test_the_digest_changes_with_any_word(founding: Report) -> None:
    other = dataclasses.replace(founding, made_at="2024-11-15T09:00:03Z")
    assert jsonform.body_digest(other) != jsonform.body_digest(founding)


def test_a_lone_surrogate_can_be_written_and_read_back(founding: Report) -> None:
    odd = dataclasses.replace(founding, clock="clock \udc80")
    text = jsonform.render(odd)
    parsed = json.loads(text.encode("utf-8"))
    assert parsed["clock"] == "clock \udc80"
    assert parsed.pop(jsonform.DIGEST) == hashlib.sha256(canonical(parsed)).hexdigest()


def test_numbers_that_json_cannot_carry_are_refused(founding: Report) -> None:
    with pytest.raises(ValueError, match="NaN"):
        jsonform.body_digest(dataclasses.replace(founding, settings={"radius": float("nan")}))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("overall",), "genuine"),
        (("surprise",), 1),
        (("evidence", 0, "surprise"), 1),
        (("evidence", 0, "id"), "claim-1"),
        (("evidence", 0, "kind"), "rumour"),
        (("findings", 0, "verdict"), "recycled"),
        (("findings", 0, "sentences", 0, "cites"), []),
        (("checks", 0, "outcome", "ended"), "well"),
        (("original", "sha256"), "ABC"),
        (("schema",), "provenance-report/2"),
    ],
)
def test_the_schema_refuses_what_no_report_says(
    path: tuple[Any, ...], value: object, founding: Report, validator: jsonschema.Draft202012Validator
) -> None:
    form = json.loads(jsonform.render(founding))
    place_in_form = form
    for step in path[:-1]:
        place_in_form = place_in_form[step]
    place_in_form[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(form)


def test_the_schema_has_exactly_the_fields_of_the_model() -> None:
    definitions = jsonform.schema()["$defs"] | {"Report": jsonform.schema()}
    checked = set()
    for module in (*EVIDENCE, finding, image, noted, place, report, source, model_time):
        for name, kind in vars(module).items():
            if name in definitions and dataclasses.is_dataclass(kind) and kind is not Evidence:
                fields = {field.name for field in dataclasses.fields(kind) if field.repr}
                added = {"kind", "id", "standing"} if isinstance(kind, type) and issubclass(kind, Evidence) else set()
                added |= {"id"} if kind is CheckRun else {jsonform.DIGEST} if kind is Report else set()
                assert set(definitions[name]["properties"]) == fields | added, name
                checked.add(name)
    for kind in (outcome.Ran, outcome.Skipped, outcome.Failed):
        fields = {field.name for field in dataclasses.fields(kind)}
        assert set(definitions[kind.__name__]["properties"]) == fields | {"ended"}
    assert {
        "Claim",
        "NextStep",
        "Match",
        "Report",
        "Block",
        "Interval",
        "Place",
        "Grade",
        "Finding",
        "Conflict",
    } <= checked


def test_every_question_may_be_answered_with_each_of_its_words_and_no_other() -> None:
    listed = {
        rule["if"]["properties"]["question"]["const"]: rule["then"]["properties"]["verdict"]["enum"]
        for rule in jsonform.schema()["$defs"]["Finding"]["allOf"]
        if "question" in rule["if"].get("properties", {})
    }
    assert {question: set(words) for question, words in listed.items()} == {
        question.value: {word.value for word in words} for question, words in finding.WORDS.items()
    }


def test_every_object_of_the_schema_is_closed() -> None:
    for name, definition in jsonform.schema()["$defs"].items():
        if definition.get("type") == "object":
            assert definition["additionalProperties"] is False, name


def test_the_schema_is_the_one_that_was_published() -> None:
    published = resources.files("provenance.report").joinpath("schema", jsonform.SCHEMA_FILE).read_bytes()
    assert hashlib.sha256(published).hexdigest() == SCHEMA_SHA256, (
        "The schema of the report changed. If an old report still validates (a new optional field), describe the field "
        "in docs/report.md, note it in CHANGELOG.md and put the new digest here. If not, it is a new version: raise "
        "SCHEMA in model/report.py, add report-<n>.schema.json beside this one, and leave this one as it is."
    )


def _strategy(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a type of the model, by its annotations."""
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*(st.none() if each is type(None) else _strategy(each) for each in typing.get_args(kind)))
    if origin is tuple and typing.get_args(kind)[-1] is not Ellipsis:
        return st.tuples(*(_strategy(each) for each in typing.get_args(kind)))
    if origin is tuple:
        return st.lists(_strategy(typing.get_args(kind)[0]), max_size=2).map(tuple)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(list(kind))
    known: dict[Any, st.SearchStrategy[Any]] = {
        str: st.text(min_size=1, max_size=12),
        bool: st.booleans(),
        int: st.integers(0, 2**40),
        float: st.floats(0, 20_000),
        Grade: st.builds(Grade, st.sampled_from("ABCDEF"), st.integers(1, 6)),
        Interval: _intervals(),
        Place: st.sampled_from(
            [Place(name="x"), Place(name="y", cc="RU", lat_deg=-90.0, lon_deg=180.0, radius_km=0.5), Place(name="")]
        ),
    }
    return known[kind] if kind in known else _instances(kind)


def _intervals() -> st.SearchStrategy[Interval]:
    moments = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)).map(lambda moment: moment.replace(tzinfo=UTC))
    pairs = st.lists(moments, min_size=2, max_size=2).map(sorted)
    return st.one_of(
        st.just(Interval()),
        pairs.map(lambda pair: Interval(pair[0], pair[1], True)),
        pairs.map(lambda pair: Interval(None, pair[1])),
    )


def _instances(kind: Any) -> st.SearchStrategy[Any]:
    hints = typing.get_type_hints(kind)
    return st.builds(kind, **{field.name: _strategy(hints[field.name]) for field in dataclasses.fields(kind)})


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
@given(data=st.data())
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
def test_every_item_that_the_model_allows_is_valid(
    kind: Callable[..., Evidence], data: st.DataObject, founding: Report, validator: jsonschema.Draft202012Validator
) -> None:
    item = data.draw(_instances(kind))
    run = CheckRun(check="drawn", outcome=Ran(evidence=(item,)))
    made = dataclasses.replace(
        founding, evidence=(item,), checks=(run,), structure=data.draw(_instances(image.Structure))
    )
    form = json.loads(jsonform.render(made))
    validator.validate(form)
    assert form.pop(jsonform.DIGEST) == hashlib.sha256(canonical(form)).hexdigest()
