"""The CASE/UCO graph: valid under the shapes of CASE, complete, the same each time, and nothing new in it."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from provenance.model.matches import Answer, Match
from provenance.model.report import Event, Report
from provenance.report.exports import case_uco

WithText = Callable[[Report, Callable[[], str]], Report]
VALIDATE = (sys.executable, "-c", "from case_utils.case_validate import main; main()")
ODD = "</script> \u202e \udc80 \x1b[31m {{7*7}} \" ' é 列車"


def graph(report: Report) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = json.loads(case_uco.render(report))["@graph"]
    return nodes


def of_type(report: Report, kind: str) -> list[dict[str, Any]]:
    return [node for node in graph(report) if node["@type"].endswith(f":{kind}")]


def with_odd_texts(report: Report, with_text: WithText) -> Report:
    """Hostile text wherever any text may stand; digests stay digests, as the schema of a report has it."""
    odd = with_text(report, lambda: ODD)
    original = replace(odd.original, sha256=report.original.sha256)
    return replace(odd, original=original, made_at=report.made_at)


@pytest.mark.parametrize("which", ["founding", "bare", "odd"])
def test_case_validate_finds_nothing(
    which: str, founding: Report, bare: Report, with_text: WithText, tmp_path: Path
) -> None:
    pytest.importorskip("case_utils", reason="case_validate is not installed: pip install case-utils")
    odd = with_odd_texts(founding, with_text)
    file = tmp_path / "report.jsonld"
    file.write_text(case_uco.render({"founding": founding, "bare": bare, "odd": odd}[which]), encoding="utf-8")
    ended = subprocess.run([*VALIDATE, str(file)], capture_output=True, text=True, check=False, timeout=300)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "Conforms: True" in ended.stdout
    assert "Results (" not in ended.stdout


def test_case_validate_would_find_something(founding: Report, tmp_path: Path) -> None:
    pytest.importorskip("case_utils", reason="case_validate is not installed: pip install case-utils")
    file = tmp_path / "report.jsonld"
    file.write_text(case_uco.render(founding).replace('"SHA256"', "7").replace("2024-11-15T", "x"), encoding="utf-8")
    ended = subprocess.run([*VALIDATE, str(file)], capture_output=True, text=True, check=False, timeout=300)
    assert "Conforms: False" in ended.stdout


def test_every_event_is_an_action_with_the_tool_and_informed_by_the_one_before(founding: Report) -> None:
    actions = of_type(founding, "InvestigativeAction")
    (tool,) = of_type(founding, "ConfiguredTool")
    assert [action["uco-core:name"] for action in actions] == [event.what for event in founding.events]
    assert [action["uco-action:startTime"]["@value"] for action in actions] == [event.at for event in founding.events]
    assert {action["uco-action:instrument"]["@id"] for action in actions} == {tool["@id"]}
    for before, action in itertools.pairwise(actions):
        assert action["case-investigation:wasInformedBy"] == {"@id": before["@id"]}
    assert all(founding.clock in action["uco-core:description"] for action in actions)
    assert tool["uco-tool:version"] == founding.tool.version


def test_digest_size_and_settings_are_there(founding: Report) -> None:
    picture = of_type(founding, "File")[0]
    content = next(facet for facet in picture["uco-core:hasFacet"] if facet["@type"].endswith("ContentDataFacet"))
    assert content["uco-observable:hash"]["uco-types:hashValue"]["@value"] == founding.original.sha256
    assert content["uco-observable:sizeInBytes"] == founding.original.size_bytes
    (configuration,) = of_type(founding, "Configuration")
    entries = {
        entry["uco-configuration:itemName"]: entry["uco-configuration:itemValue"]
        for entry in configuration["uco-configuration:configurationEntry"]
    }
    assert entries["setting.limits.frames"] == "10000"
    assert entries["library.numpy"] == "2.1"


def test_every_match_that_shows_something_is_a_relationship_with_its_word(founding: Report) -> None:
    shown = [item for item in founding.evidence if isinstance(item, Match) and item.answer is not Answer.NO_MATCH]
    told = [node["uco-core:kindOfRelationship"] for node in of_type(founding, "ObservableRelationship")]
    assert told == ["Derived_From", *(match.answer.value for match in shown)]


def test_answers_stand_there_as_sentences_that_name_what_they_rest_on(founding: Report) -> None:
    annotations = {node["uco-core:name"]: node for node in of_type(founding, "Annotation")}
    names = {node["@id"]: node["uco-core:name"] for node in annotations.values()}
    for finding in founding.findings:
        node = annotations[f"{finding.question.value}: {finding.verdict.value}"]
        assert node["uco-core:statement"] == "\n".join(sentence.text for sentence in finding.sentences)
        cites = {cite for sentence in finding.sentences for cite in sentence.cites if not cite.startswith("check-")}
        assert {names[each["@id"]] for each in node["uco-core:object"] if each["@id"] in names} == cites


def test_every_reference_leads_to_a_node_and_no_name_stands_twice(founding: Report, bare: Report) -> None:
    for report in (founding, bare):
        text = case_uco.render(report)
        named: list[str] = []
        met: set[str] = set()

        def walk(value: Any, named: list[str] = named, met: set[str] = met) -> None:
            if isinstance(value, dict):
                if "@id" in value:
                    met.add(value["@id"])
                    if len(value) > 1:
                        named.append(value["@id"])
                for each in value.values():
                    walk(each)
            elif isinstance(value, list):
                for each in value:
                    walk(each)

        walk(json.loads(text)["@graph"])
        assert len(named) == len(set(named))
        assert met == set(named)
        assert all(re.fullmatch(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f-]{17}", each) for each in met)


def test_the_same_report_gives_the_same_bytes_and_another_other_names(founding: Report) -> None:
    assert case_uco.render(founding) == case_uco.render(replace(founding))
    other = replace(founding, made_at="2024-11-15T09:00:03Z")
    assert not {node["@id"] for node in graph(founding)} & {node["@id"] for node in graph(other)}


def test_the_path_on_the_desk_is_not_passed_on(founding: Report) -> None:
    secret = replace(founding, original=replace(founding.original, path="/home/anna/source/x.png"))
    assert "anna" not in case_uco.render(secret)


def test_a_time_that_is_none_is_told_and_not_typed(founding: Report) -> None:
    odd = replace(founding, events=(Event(at="yesterday", what="received", detail="x"),))
    (action,) = of_type(odd, "InvestigativeAction")
    assert "uco-action:startTime" not in action
    assert "yesterday" in action["uco-core:description"]


def test_nothing_in_the_text_moves_what_stands_around_it_and_the_values_are_exact(
    founding: Report, with_text: WithText
) -> None:
    odd = "\u202e\u2066\u2028\x85\x9b31m\x7f\U000e0041 שלום"
    text = case_uco.render(replace(founding, original=replace(founding.original, name=odd)))
    assert all(line.isprintable() for line in text.split("\n"))
    names = [facet.get("uco-observable:fileName") for node in json.loads(text)["@graph"] for facet in facets(node)]
    assert odd in names


def facets(node: dict[str, Any]) -> list[dict[str, Any]]:
    return node.get("uco-core:hasFacet", [])


def test_text_cannot_end_a_script_that_holds_it(founding: Report, with_text: WithText) -> None:
    text = case_uco.render(with_odd_texts(founding, with_text))
    assert "<" not in text and "&" not in text
    text.encode("utf-8")
    assert "</script>" in json.dumps(json.loads(text))
