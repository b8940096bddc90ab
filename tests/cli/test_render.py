"""`render`: the report made again from its file, and exported."""

import json
import sys

import pytest

import provenance


@pytest.fixture
def folder(samples, tmp_path):
    """A report folder without a search: quick, and with claims."""
    target = tmp_path / "reports" / "one"
    target.parent.mkdir()
    target.mkdir()
    report = provenance.inspect(samples / "stranger.jpg")
    (target / "report.json").write_text(provenance.render_json(report) + "\n", encoding="utf-8")
    return target


def test_a_whole_report_is_made_again_from_its_file_alone(run, samples, tmp_path) -> None:
    target = tmp_path / "checked"
    report = provenance.check(
        samples / "railcar_post.png",
        references=[samples / "reference"],
        claims=samples / "railcar_post.claims.yaml",
        out=target,
    )
    page = run("render", target, "--to", "html")
    assert page.code == 0
    assert page.out == provenance.render_html(report, {}, chart=provenance.draw_map(report))
    again = run(
        "render",
        target,
        "--to",
        "html",
        "--picture",
        samples / "railcar_post.png",
        "--reference",
        samples / "reference",
    )
    assert again.out == (target / "report.html").read_text(encoding="utf-8")
    shown = ("--picture", samples / "railcar_post.png", "--reference", samples / "reference")
    assert run("render", target, "--to", "html", *shown, "--out", tmp_path / "again.html").code == 0
    assert (tmp_path / "again.html").read_bytes() == (target / "report.html").read_bytes()
    (target / "report.html").unlink()
    assert run("render", target / "report.json", "--to", "json").out == (target / "report.json").read_text()
    assert run("render", target, "--to", "text").out == provenance.render_text(report) + "\n"
    graph = json.loads(run("render", target, "--to", "case").out)["@graph"]
    actions = [node for node in graph if node["@type"] == "case-investigation:InvestigativeAction"]
    assert [action["uco-core:name"] for action in actions] == ["received", "decoded", "searched", "reported"]
    crate = json.loads(run("render", target, "--to", "ro-crate").out)["@graph"]
    figures = [entity for entity in crate if entity.get("description") == "figure"]
    assert figures and all(
        entity["wasDerivedFrom"] == {"@id": f"#picture-{report.original.sha256}"} for entity in figures
    )


def test_out_writes_a_new_file_and_replaces_none(run, folder, tmp_path) -> None:
    target = tmp_path / "made.jsonld"
    ended = run("render", folder, "--to", "case", "--out", target)
    assert (ended.code, ended.out) == (0, "")
    assert str(target) in ended.err
    assert target.read_text(encoding="utf-8") == run("render", folder, "--to", "case").out
    again = run("render", folder, "--to", "case", "--out", target)
    assert again.code == 7 and "nothing was replaced" in again.err


def test_the_same_file_gives_the_same_bytes(run, folder) -> None:
    for form in ("html", "json", "case", "ro-crate"):
        assert run("render", folder, "--to", form).out == run("render", folder, "--to", form).out


def test_nothing_is_rated_without_a_person(run, folder) -> None:
    ended = run("render", folder, "--to", "claim-review")
    assert ended.code == 2
    assert "no person has rated this picture, and this program never does" in ended.err
    assert "--rating WORD --by NAME --reason TEXT" in ended.err
    for missing in (("--by", "A. Editor"), ("--reason", "x")):
        nameless = run("render", folder, "--to", "claim-review", "--rating", "StagedContent", *missing)
        assert nameless.code == 2 and "a rating needs" in nameless.err
    assert run("render", folder, "--to", "claim-review", "--rating", "false").code == 2


def test_a_persons_rating_is_passed_on(run, folder) -> None:
    rating = ("--rating", "OriginalMediaContent", "--by", "A. Editor", "--reason", "We met the photographer.")
    ended = run("render", folder, "--to", "claim-review", *rating, "--rated-at", "2024-11-15T09:00Z")
    (review,) = json.loads(ended.out)["@graph"]
    assert review["author"]["name"] == "A. Editor"
    assert review["mediaAuthenticityCategory"] == "OriginalMediaContent"
    assert review["datePublished"] == "2024-11-15T09:00:00Z"


@pytest.mark.parametrize("content", ["", "{}", "[" * 99_999, '{"schema": "provenance-report/9"}', "\udcff\x1b[31m"])
def test_what_is_no_report_is_one_line_and_3(content, run, tmp_path) -> None:
    file = tmp_path / "bad \x1b[31m.json"
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    ended = run("render", file, "--to", "html")
    assert (ended.code, ended.out, ended.err.count("\n")) == (3, "", 1)
    assert "\x1b" not in ended.err


def test_a_crate_needs_the_folder(run, folder) -> None:
    ended = run("render", folder / "report.json", "--to", "ro-crate")
    assert ended.code == 2 and "give the folder" in ended.err


def test_a_changed_report_is_not_rendered(run, folder) -> None:
    file = folder / "report.json"
    form = json.loads(file.read_text(encoding="utf-8"))
    form["evidence"][0]["statement"] += " Or not."
    file.write_text(json.dumps(form), encoding="utf-8")
    ended = run("render", folder, "--to", "html")
    assert ended.code == 3 and "changed after it was written" in ended.err


def test_another_picture_is_not_shown(run, folder, samples) -> None:
    ended = run("render", folder, "--to", "html", "--picture", samples / "railcar_mirrored.jpg")
    assert ended.code == 3 and "is not the picture of this report" in ended.err
    shown = run("render", folder, "--to", "html", "--picture", samples / "stranger.jpg")
    assert shown.code == 0 and "data:image/jpeg" in shown.out


def test_a_case_with_one_report_is_rendered_whole(run, samples, tmp_path) -> None:
    case = tmp_path / "case"
    assert run("check", samples / "stranger.jpg", "--skip", "seen-before", "--case", case).code == 0
    (folder,) = (case / "data" / "reports").iterdir()
    assert run("render", case, "--to", "json").out == (folder / "report.json").read_text(encoding="utf-8")
    crate = {entity["@id"]: entity for entity in json.loads(run("render", case, "--to", "ro-crate").out)["@graph"]}
    (original,) = (name for name in crate if name.startswith("data/originals/"))
    assert crate[f"data/reports/{folder.name}/report.json"]["wasDerivedFrom"] == {"@id": original}
    assert not {"wasDerivedFrom", "wasGeneratedBy"} & set(crate["data/log.jsonl"])
    actions = [node.get("uco-core:name") for node in json.loads(run("render", case, "--to", "case").out)["@graph"]]
    assert "received" in actions and "kept" in actions

    assert run("check", samples / "railcar_mirrored.jpg", "--skip", "seen-before", "--case", case).code == 0
    several = run("render", case, "--to", "json")
    assert several.code == 3 and "is a case with 2 reports" in several.err and "--out DIR" in several.err


def test_the_reports_of_a_case_are_made_again_and_held_against_those_kept(run, samples, tmp_path, monkeypatch) -> None:
    case, quick = tmp_path / "case", ("--only", "altered", "--case", tmp_path / "case")
    assert run("check", samples / "stranger.jpg", samples / "railcar_mirrored.jpg", *quick).code == 0
    kept = sorted((case / "data" / "reports").iterdir())
    for form, name in (("html", "report.html"), ("json", "report.json")):
        ended = run("render", case, "--to", form, "--out", tmp_path / form)
        assert ended.code == 0 and ended.err.count("note: the same as the ") == 2
        for folder in kept:
            assert (tmp_path / form / folder.name / name).read_bytes().strip() == (folder / name).read_bytes().strip()
    one = run("render", kept[0], "--to", "html")
    assert "data:image/jpeg" in one.out and f"note: the same as the {kept[0].name}/report.html" in one.err
    assert run("render", case, "--to", "html", "--out", tmp_path / "html").code == 7

    monkeypatch.setattr("provenance._version.__version__", "99")
    page = kept[0] / "report.html"
    page.chmod(0o644)
    page.write_text("another page", encoding="utf-8")
    ended = run("render", kept[0], "--to", "html")
    assert ended.code == 0 and "report.html that was kept: version " in ended.err and "this is 99" in ended.err
    (kept[0] / "report.json").chmod(0o644)
    (kept[0] / "report.json").write_text("{}")
    ended = run("render", case, "--to", "json", "--out", tmp_path / "more")
    assert ended.code == 8 and "report.json was cut short" in ended.err
    assert not (tmp_path / "more").exists()


def test_a_case_without_a_report_is_said(run, tmp_path) -> None:
    from benchmarks.custody.cases import AUTHOR
    from provenance.custody.writing import writing

    with writing(tmp_path / "case", AUTHOR, create=True):
        pass
    ended = run("render", tmp_path / "case", "--to", "html")
    assert ended.code == 3 and "is a case without a report" in ended.err
    assert run("render", tmp_path / "case", "--to", "ro-crate").code == 0


def test_a_chat_and_a_pdf(run, folder, tmp_path) -> None:
    told = run("render", folder, "--to", "markdown")
    assert told.code == 0 and told.out.startswith("**stranger\u2060.jpg**: ")
    pytest.importorskip("typst")
    target = tmp_path / "report.pdf"
    ended = run("render", folder, "--to", "pdf", "--out", target)
    assert (ended.code, ended.out) == (0, "") and target.read_bytes().startswith(b"%PDF-")


def test_without_typst_the_remedy_is_told(run, folder, tmp_path, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    ended = run("render", folder, "--to", "pdf", "--out", tmp_path / "report.pdf")
    assert ended.code == 7 and "is not installed; pip install 'provenance-desk[pdf]'" in ended.err


def test_a_set_that_was_not_looked_at_is_said(run, folder, tmp_path) -> None:
    missing = tmp_path / "missing"
    for form, why in (("html", "add --picture"), ("json", "json shows no pictures")):
        ended = run("render", folder, "--to", form, "--reference", missing)
        assert ended.code == 0
        assert "--reference was not looked at" in ended.err and why in ended.err
