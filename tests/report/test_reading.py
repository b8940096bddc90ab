"""A report.json read back: the same report and the same bytes, or one sentence that says why not."""

from __future__ import annotations

import copy
import dataclasses
import json
import random
import time
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance.model.canonical import content_id
from provenance.model.evidence import Evidence, Fact
from provenance.model.image import Structure
from provenance.model.limits import REPORT_BYTES, REPORT_FREE_MARKS
from provenance.model.outcome import CheckRun, Ran
from provenance.model.report import Report
from provenance.model.source import Source, SourceKind
from provenance.report import html, jsonform
from provenance.report.exports import case_uco, ro_crate
from provenance.report.obeys import breach
from provenance.report.reading import read
from provenance.report.terminal import report as terminal
from tests.report.test_jsonform import KINDS, _instances


def written(report: Report) -> bytes:
    return f"{jsonform.render(report)}\n".encode()


def changed(report: Report, change: Callable[[dict[str, Any]], object]) -> bytes:
    form = json.loads(jsonform.render(report))
    del form[jsonform.DIGEST]
    change(form)
    return json.dumps(form).encode()


def test_a_report_comes_back_as_the_same_report_and_the_same_bytes(founding: Report, bare: Report) -> None:
    for report in (founding, bare):
        again = read(written(report))
        assert again == report
        assert written(again) == written(report)
        assert jsonform.body_digest(again) == jsonform.body_digest(report)
        assert [item.id for item in again.evidence] == [item.id for item in report.evidence]


def test_the_page_made_again_is_the_page(founding: Report, bare: Report, pictures: dict[str, bytes]) -> None:
    for report in (founding, bare):
        assert html.render(read(written(report)), pictures) == html.render(report, pictures)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
@given(data=st.data())
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
def test_every_item_that_the_model_allows_comes_back(
    kind: Callable[..., Evidence], data: st.DataObject, bare: Report
) -> None:
    item = data.draw(_instances(kind))
    if getattr(item, "match_id", ""):
        item = dataclasses.replace(item, match_id="")  # a match that the report does not hold is another test
    run = CheckRun(check="drawn", outcome=Ran(evidence=(item,)))
    made = dataclasses.replace(bare, evidence=(item,), checks=(run,), structure=data.draw(_instances(Structure)))
    again = read(written(made))
    assert written(again) == written(made)
    assert again.evidence[0].id == item.id


def test_a_report_that_was_changed_does_not_fit_its_own_digest(founding: Report) -> None:
    with pytest.raises(ValueError, match="something in it was changed"):
        read(written(founding).replace(b"1080 x 1920 pixels", b"1080 x 1921 pixels"))


def test_texts_of_strangers_come_back_as_they_were(founding: Report) -> None:
    text = " \udc80 \u202e </script> \0 \ud83d\ude82 \U0001f682 {{x}}\n"
    report = dataclasses.replace(
        founding,
        clock=text,
        original=dataclasses.replace(founding.original, name=text),
        events=(dataclasses.replace(founding.events[0], detail=text),),
        settings={text: [text, None, {"x": 1.5}]},
    )
    again = read(written(report))
    # "\\ud83d\\ude82", the two halves of one character, can be written in no JSON as anything but that character.
    assert again.clock == text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    assert written(read(written(again))) == written(again)


def test_a_report_of_an_earlier_version_keeps_its_ids(founding: Report) -> None:
    """Before a field with a default was added, an item had another content and so another id."""

    form = json.loads(jsonform.render(founding))
    del form[jsonform.DIGEST]
    (item,) = (each for each in form["evidence"] if each["kind"] == "credential")
    for ancestor in item["ancestors"]:
        del ancestor["checked"]
    del item["standing"]  # which it lacked as well
    now = item.pop("id")
    item["id"] = then = content_id("credential", item)
    assert now != then
    again = read(json.dumps(form).replace(now, then).encode())
    assert [each.id for each in again.evidence if each.kind == "credential"] == [then]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no JSON"),
        (b"\xff\xfe", "no UTF-8"),
        (b"[]", "names no schema"),
        (b"7", "names no schema"),
        (b"{}", "names no schema"),
        (b'{"schema": "provenance-report/2"}', '"provenance-report/2"; this version reads provenance-report/1'),
        (b'{"schema": "provenance-report/1\\u001b[31m"}', r"\\x1b"),
        (b'{"schema": 1, "schema": "provenance-report/1"}', "twice"),
        (b'{"schema": "provenance-report/1"}', "lacks"),
        (b'{"schema": NaN}', "NaN"),
        (b'{"schema": 1e999}', "too large"),
        (b'{"schema": 9007199254740993}', "beyond"),
        (b'{"schema": %s}' % (b"9" * 100_000), "beyond"),
        (b"[" * 100_000, "nested"),
        (b"[" * 40 + b"]" * 40, "nested"),
        (b'{"a":' * 50_000, "nested"),
        (b" " * (REPORT_BYTES + 1), "larger"),
    ],
)
def test_what_is_no_report_is_said_in_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said) as refused:
        read(data)
    assert len(str(refused.value)) < 300


def _swap(form: dict[str, Any]) -> None:
    form["evidence"][0]["statement"] += " or not"


def _dangling(form: dict[str, Any]) -> None:
    form["findings"][0]["sentences"][0]["cites"] = ["claim-000000000000"]


def _twice(form: dict[str, Any]) -> None:
    form["evidence"].append(form["evidence"][0])


def _unknown(form: dict[str, Any]) -> None:
    form["checks"][0]["outcome"]["evidence"] = ["fact-000000000000"]


def _renamed(form: dict[str, Any]) -> None:
    form["checks"][0]["check"] = "another"


def _field(form: dict[str, Any]) -> None:
    form["evidence"][0]["verified"] = True


def _word(form: dict[str, Any]) -> None:
    form["overall"] = "genuine"


def _conflict(form: dict[str, Any]) -> None:
    next(answer for answer in form["findings"] if "conflicts" in answer)["conflicts"][0]["first"] = "nobody"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_swap, "changed after it was written"),
        (_dangling, "is no item"),
        (_twice, "same id"),
        (_unknown, "is no item"),
        (_renamed, "id of its name"),
        (_field, "none of the kinds|of no meaning"),
        (_word, "none of the words"),
        (_conflict, "is no item"),
    ],
)
def test_a_changed_report_is_refused(change: Callable[[dict[str, Any]], object], said: str, founding: Report) -> None:
    with pytest.raises(ValueError, match=said):
        read(changed(founding, change))


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield way
    if isinstance(value, dict):
        for name, each in value.items():
            yield from places(each, (*way, name))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from places(each, (*way, number))


ODD: tuple[Any, ...] = (None, True, 0, -1, 1.5, 2**53, "", "x\n", "٣", [], {}, ["x"], {"x": 1}, "A", [[]], 1.0)


def damaged(form: Any, chance: random.Random) -> Any:
    """The form with one thing in it removed, replaced or added."""
    made = copy.deepcopy(form)
    way = chance.choice([each for each in places(made) if each])
    holder = made
    for step in way[:-1]:
        holder = holder[step]
    match chance.randrange(3):
        case 0:
            del holder[way[-1]]
        case 1:
            holder[way[-1]] = chance.choice(ODD)
        case _:
            if isinstance(holder, dict):
                holder["odd"] = chance.choice(ODD)
            else:
                holder.append(chance.choice(ODD))
    return made


@pytest.mark.parametrize("rounds", [100, pytest.param(3_000, marks=pytest.mark.slow)])
def test_damaged_reports_are_judged_as_the_library_judges_them(rounds: int, founding: Report) -> None:
    """But for two things in which ours is stricter: a newline after the end, and digits of other scripts."""
    library = jsonschema.Draft202012Validator(jsonform.schema())
    form, chance, refused = json.loads(jsonform.render(founding)), random.Random(rounds), 0
    for _ in range(rounds):
        other = damaged(form, chance)
        found = breach(other, jsonform.schema())
        if found and library.is_valid(other):
            assert "form it must have" in found
        else:
            assert bool(found) != library.is_valid(other), found
        refused += bool(found)
    assert 0.5 * rounds < refused < rounds


def test_reading_ends_in_a_report_or_a_value_error_and_nothing_else(founding: Report) -> None:
    form, chance = json.loads(jsonform.render(founding)), random.Random(6)
    for _ in range(600):
        try:
            again = read(json.dumps(damaged(form, chance)).encode())
        except ValueError:
            continue
        html.render(again, {})
        jsonform.body_digest(again)


def healed(form: dict[str, Any]) -> bytes:
    """The form with ids that follow from the items again, as whoever wrote it anew would leave it."""
    text = json.dumps(form)
    for item in form.get("evidence", ()):
        fields = item.items() if isinstance(item, dict) else ()
        stated = {name: value for name, value in fields if name not in ("id", "standing")}
        if "kind" in stated and "id" in item:
            try:
                text = text.replace(json.dumps(item["id"]), json.dumps(content_id(str(stated["kind"]), stated)))
            except ValueError:
                continue
    return text.encode()


WILD: tuple[Any, ...] = (0, -1, -(10**15), 2**53 - 1, -1e300, 1e300, 1e-300, 0.5, "x", "\udc80", "\0<b>", "x" * 30_000,
    "2024-13-45T99:99:99Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", True, False)  # fmt: skip


def test_a_report_written_anew_with_wild_values_is_refused_or_rendered_in_every_form(founding: Report) -> None:
    form, chance, rendered = json.loads(jsonform.render(founding)), random.Random(11), 0
    del form[jsonform.DIGEST]
    for _ in range(60):
        other = copy.deepcopy(form)
        way = chance.choice([each for each in places(other) if each and each[0] != "schema"])
        holder = other
        for step in way[:-1]:
            holder = holder[step]
        alike = [value for value in WILD if type(value) is type(holder[way[-1]])]
        if not alike:
            continue
        holder[way[-1]] = chance.choice(alike)
        try:
            report = read(healed(other))
        except ValueError:
            continue
        html.render(report, {})
        terminal.render(report, width=80, colour=False)
        jsonform.render(report)
        case_uco.render(report).encode("utf-8")
        ro_crate.render(report, ()).encode("utf-8")
        rendered += 1
    assert rendered > 15


def test_every_word_of_the_schema_is_one_that_our_reading_knows() -> None:
    known = {
        "$schema", "$defs", "$ref", "title", "description", "type", "properties", "required", "additionalProperties",
        "items", "minItems", "maxItems", "minLength", "minimum", "maximum", "pattern", "enum", "const", "oneOf",
        "allOf", "if", "then", "else",
    }  # fmt: skip

    def words(schema: Any, names: bool = False) -> Iterator[str]:
        if isinstance(schema, dict):
            for word, value in schema.items():
                yield from () if names else (word,)
                if names or word not in ("enum", "const"):
                    yield from words(value, word in ("properties", "$defs") and not names)
        elif isinstance(schema, list):
            for each in schema:
                yield from words(each)

    assert set(words(jsonform.schema())) <= known


def test_facts_are_read_in_time_that_grows_with_their_number(bare: Report) -> None:
    """Eight times as many take about eight times as long; were pairs of them looked at, 64 times."""
    source = Source(kind=SourceKind.FILE, name="x.jpg", origin="file")

    def reading_s(count: int) -> float:
        facts = tuple(
            Fact(source=source, statement=f"{n}", method="exif", key="exif.x", raw=f"{n}", normal=f"{n}", block="exif")
            for n in range(count)
        )
        run = CheckRun(check="exif", outcome=Ran(evidence=facts))
        data = written(dataclasses.replace(bare, evidence=facts, checks=(run,)))
        started = time.process_time()
        assert len(read(data).evidence) == count
        return time.process_time() - started

    few = reading_s(500)
    assert reading_s(4_000) < 24 * few


def test_a_report_of_empty_lists_is_refused_before_it_fills_the_memory() -> None:
    with pytest.raises(ValueError, match="more parts than a report of its length"):
        read(b'{"a":[' + b"[]," * (REPORT_FREE_MARKS + 2**20) + b"1]}")
