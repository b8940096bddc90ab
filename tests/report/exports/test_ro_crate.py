"""The RO-Crate: valid by the validator of its community, every file with its digest, PROV from figure to original."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from provenance.model.report import Report
from provenance.report.exports import ro_crate
from provenance.report.exports.ro_crate import NAME, CrateFile, Role

DATA = Path(__file__).with_name("data")


def file(name: str, role: Role, media_type: str = "image/jpeg", **more: Any) -> CrateFile:
    sha256 = more.pop("sha256", hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest())
    return CrateFile(name=name, size_bytes=len(name), sha256=sha256, role=role, media_type=media_type, **more)


FILES = (
    file("report.json", Role.REPORT, "application/json"),
    file("report.html", Role.REPORT, "text/html", derived_from=("report.json",)),
    file("figures/Ein Bild, 100 %.jpg", Role.FIGURE),
    file("figures/поезд #2?.jpg", Role.FIGURE),
    file("SHA256SUMS", Role.RECORD, "text/plain"),
)


def entities(text: str) -> dict[str, dict[str, Any]]:
    graph: list[dict[str, Any]] = json.loads(text)["@graph"]
    assert len({entity["@id"] for entity in graph}) == len(graph)
    return {entity["@id"]: entity for entity in graph}


def validated(folder: Path, monkeypatch: pytest.MonkeyPatch, *, recommended: bool) -> list[str]:
    """What the validator finds, with the terms of RO-Crate's context from here: nothing is fetched."""
    services = pytest.importorskip("rocrate_validator.services", reason="not installed: pip install roc-validator")
    from rocrate_validator import models
    from rocrate_validator.utils import http

    class Answered:
        status_code, ok, headers = 200, True, {"Content-Type": "application/ld+json"}
        text = (DATA / "ro-crate-1.1-terms.jsonld").read_text(encoding="utf-8")

        def json(self) -> Any:
            return json.loads(self.text)

    def answer(_: Any, url: str, **__: Any) -> Answered:
        assert url == f"{ro_crate.PROFILE}/context"
        return Answered()

    monkeypatch.setattr(http.HttpRequester, "get", answer, raising=False)
    severity = models.Severity.RECOMMENDED if recommended else models.Severity.REQUIRED
    settings = services.ValidationSettings(
        rocrate_uri=str(folder), profile_identifier="ro-crate-1.1", requirement_severity=severity, offline=True
    )
    return [f"{issue.severity}: {issue.message}" for issue in services.validate(settings).get_issues()]


def written(folder: Path, text: str, files: tuple[CrateFile, ...]) -> Path:
    for each in files:
        path = folder / each.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(each.name, encoding="utf-8")
    (folder / NAME).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("by", ["", "A. Editor"])
def test_the_validator_finds_nothing(
    by: str, founding: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = file("original/post.png", Role.ORIGINAL, "image/png", sha256=founding.original.sha256)
    files = (*FILES, original) if by else FILES
    folder = written(tmp_path, ro_crate.render(founding, files, by=by), files)
    found = validated(folder, monkeypatch, recommended=True)
    # RO-Crate recommends an author with an affiliation and a publisher: a person is named or not, an employer never.
    left = [each for each in found if not re.search("`author`|`publisher`|affiliation", each)]
    assert left == []
    assert not [each for each in found if "REQUIRED" in each]


def test_the_validator_would_find_something(founding: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = written(tmp_path, ro_crate.render(founding, FILES), FILES[1:])
    assert validated(folder, monkeypatch, recommended=False)


def test_every_file_has_size_and_digest_and_leads_back_to_the_picture(founding: Report) -> None:
    found = entities(ro_crate.render(founding, FILES))
    picture = f"#picture-{founding.original.sha256}"
    assert found[picture]["sha256"] == founding.original.sha256
    assert found["figures/Ein%20Bild%2C%20100%20%25.jpg"]["wasDerivedFrom"] == {"@id": picture}
    assert found["report.html"]["wasDerivedFrom"] == {"@id": "report.json"}
    assert "wasDerivedFrom" not in found["SHA256SUMS"]
    by_name = {entity["name"]: entity for entity in found.values() if "File" in entity["@type"]}
    for each in FILES:
        assert by_name[each.name]["sha256"] == each.sha256
        assert by_name[each.name]["contentSize"] == str(each.size_bytes)
        assert ("wasGeneratedBy" in by_name[each.name]) == (each.role is not Role.RECORD)
    assert {part["@id"] for part in found["./"]["hasPart"]} == {entity["@id"] for entity in by_name.values()}


def test_the_original_in_the_folder_is_the_source_and_nothing_made_it(founding: Report) -> None:
    original = file("original/post.png", Role.ORIGINAL, sha256=founding.original.sha256)
    found = entities(ro_crate.render(founding, (*FILES, original)))
    assert found["report.json"]["wasDerivedFrom"] == {"@id": "original/post.png"}
    assert not {"wasDerivedFrom", "wasGeneratedBy"} & set(found["original/post.png"])
    assert not [name for name in found if name.startswith("#picture")]


def test_the_agent_is_the_tool_and_a_person_only_where_one_is_named(founding: Report) -> None:
    found = entities(ro_crate.render(founding, FILES))
    assert found["#tool"]["softwareVersion"] == founding.tool.version
    assert found["#run"]["wasAssociatedWith"] == {"@id": "#tool"}
    assert not [entity for entity in found.values() if "Person" in entity["@type"]]
    named = entities(ro_crate.render(founding, FILES, by="A. Editor"))
    assert named["#person"]["name"] == "A. Editor"
    assert named["#run"]["agent"] == {"@id": "#person"}


def test_every_reference_leads_somewhere(founding: Report, bare: Report) -> None:
    for report in (founding, bare):
        text = ro_crate.render(report, FILES, by="A. Editor")
        found = entities(text)

        def walk(value: Any, found: dict[str, Any] = found) -> None:
            if isinstance(value, dict):
                if set(value) == {"@id"}:
                    assert value["@id"] in found or value["@id"] == ro_crate.PROFILE
                for each in value.values():
                    walk(each)
            elif isinstance(value, list):
                for each in value:
                    walk(each)

        walk(json.loads(text)["@graph"])


def test_the_order_of_the_list_does_not_matter(founding: Report) -> None:
    assert ro_crate.render(founding, FILES) == ro_crate.render(founding, FILES[::-1])


@pytest.mark.parametrize("name", ["/etc/passwd", "../x", "a/../b", "a//b", "", ".", "a\\b", "a\0b", "./a"])
def test_a_name_outside_the_folder_is_refused(name: str, founding: Report) -> None:
    with pytest.raises(ValueError, match="no path below the folder"):
        ro_crate.render(founding, [file(name, Role.FIGURE)])


def test_a_list_that_contradicts_itself_is_refused(founding: Report) -> None:
    with pytest.raises(ValueError, match="twice"):
        ro_crate.render(founding, [FILES[0], FILES[0]])
    with pytest.raises(ValueError, match="not listed"):
        ro_crate.render(founding, [FILES[1]])
    with pytest.raises(ValueError, match="no SHA-256"):
        ro_crate.render(founding, [replace(FILES[0], sha256="x")])


def test_names_that_are_no_text_stay_paths(founding: Report) -> None:
    text = ro_crate.render(founding, [file("a\udc80.jpg", Role.FIGURE)])
    text.encode("utf-8")
    assert "a%80.jpg" in entities(text)
