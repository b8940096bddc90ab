"""record, check --case, diff, render: what people add to a case is weighed, shown, compared and published."""

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import provenance
from tests.cli.conftest import Run

ASKED = [
    "--only",
    "seen-before,when,where,sources",
    "--claimed-time",
    "2025-03",
    "--claimed-place",
    "Kursk@51.73,36.19",
]
HIT = ["--kind", "hit", "--engine", "TinEye", "--url", "https://example.org/b"]
DATED = ["--published", "2024-05-01", "--date-basis", "crawl_date"]


@pytest.fixture(autouse=True)
def author(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVENANCE_BY", "Anna")
    for name in ("PROVENANCE_KEYS", "PROVENANCE_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def samples(samples: Path, tmp_path: Path) -> Path:
    """Two of the samples, small enough that a check costs little."""
    for name in ("stranger.jpg", "railcar_mirrored.jpg"):
        with Image.open(samples / name) as picture:
            picture.thumbnail((360, 360))
            picture.save(tmp_path / name, quality=90)
    return tmp_path


@pytest.fixture
def case(run: Run, samples: Path) -> Path:
    assert run("check", samples / "stranger.jpg", "--case", "case", *ASKED).code == 0
    return Path("case")


def last(case: Path) -> dict[str, Any]:
    form: dict[str, Any] = json.loads(sorted(case.glob("data/reports/*/report.json"))[-1].read_text())
    return form


def words(form: dict[str, Any]) -> dict[str, str]:
    return {finding["question"]: finding["verdict"] for finding in form["findings"]}


def test_the_whole_story_of_a_case(run: Run, case: Path, samples: Path) -> None:
    before = last(case)
    assert words(before)["seen-before"] == "not checked"
    hit = run("record", case, "Oldest of 12", *HIT, *DATED, "--saved", samples / "stranger.jpg")
    assert (hit.code, "Recorded as entry 4. Head: 4:" in hit.out) == (0, True)
    assert "The saved picture against the case's: copy." in hit.out
    other = run("record", case, "Another", *HIT, "--saved", samples / "railcar_mirrored.jpg")
    assert "no match" in other.out
    place = ["--kind", "geolocation", "--place", "Krasnoyarsk@56.01,92.85,2km", "--grade", "B2"]
    assert run("record", case, "Roof line", *place).code == 0

    ended = run("check", samples / "stranger.jpg", "--case", case, *ASKED)
    assert "added 3 items of evidence (entries 4, 5 and 6 of the" in ended.out
    assert "-> recycled, " in ended.out and "items came" in ended.out
    form = last(case)
    assert (form["overall"], words(form)["seen-before"], words(form)["where"]) == ("recycled", "copy", "contradicted")
    items = {item["noted"]["entry"]: item for item in form["evidence"] if "noted" in item}
    assert set(items) == {4, 5, 6} and {item["standing"] for item in items.values()} == {"person"}
    log = [json.loads(line) for line in (case / "data/log.jsonl").read_text().splitlines()]
    assert items[5]["copy"] == "different_image" and "match_id" not in items[5]
    assert log[4]["settings"]["compared"] == "no match"

    match = items[4]["match_id"]
    assert any(items[4]["id"] in one["cites"] and items[4]["by"] in one["text"] for one in form["next_steps"])
    assert (
        run("record", case, "Two pictures", "--kind", "dismiss", "--item", match[:12], "--source", "B. Editor").code
        == 0
    )
    assert run("record", case, "Wrong roof", "--kind", "correction", "--corrects", "6").code == 0
    assert run("check", samples / "stranger.jpg", "--case", case, *ASKED).code == 0
    form = last(case)
    assert not any(
        items[4]["by"] in one["text"] for one in form["next_steps"]
    )  # found through what was set aside alone
    assert words(form)["seen-before"] == "not checked" and words(form)["where"] == "unproven"
    assert [(one["item"], one["by"], one["here"]) for one in form["reviews"]] == [(match, "B. Editor", True)]
    (when,) = [finding for finding in form["findings"] if finding["question"] == "when"]
    assert when["sentences"][0]["text"].startswith('It would read "recycled" but for the match')

    told = run("diff", case)
    assert told.code == 1
    assert "Overall: recycled -> " in told.out and 'in entry 9: "Two pictures"' in told.out
    found = json.loads(run("diff", case, "--json").out)
    seen = next(one for one in found["answers"] if one["question"] == "seen-before")
    assert seen["because"] == [match] and not found["same"]
    reports = sorted(case.glob("data/reports/*"))
    assert run("diff", reports[0], reports[0] / "report.json").code == 0
    assert run("diff", reports[0], case).code == 1
    page = (reports[-1] / "report.html").read_text()
    assert 'id="people"' in page and "set aside: it moves no verdict" in page

    rated = [
        "--kind",
        "rating",
        "--rating",
        "DecontextualizedContent",
        "--claim-rating",
        "False",
        "--desk",
        "Some Desk",
    ]
    assert run("record", case, "It is from 2024.", *rated, "--source", "A. Editor").code == 0
    graph = json.loads(run("render", reports[-1], "--to", "claim-review").out)["@graph"]
    media = graph[-1]
    assert (media["mediaAuthenticityCategory"], media["author"]["name"]) == ("DecontextualizedContent", "A. Editor")
    assert graph[0]["reviewRating"]["alternateName"] == "False"

    assert run("seal", case).code == 0
    assert run("verify", case).code == 0


MISTAKES: tuple[tuple[list[str], int, str], ...] = (
    (["x", "--kind", "dismiss", "--item", "match-000000000000"], 2, "is in no report of this case"),
    (["x", "--kind", "dismiss", "--item", "RECEIVED"], 2, "nobody's word sets it aside"),
    (["x", "--kind", "dismiss", "--item", "TESTED"], 2, "or is the claim under test"),
    (["x", "--kind", "correction", "--corrects", "2"], 2, "entry 2 recorded nothing"),
    (["x", *HIT, "--saved", "missing.jpg"], 3, "no such file"),
    (["x", *HIT, "--saved", "notes.txt"], 3, "not a picture"),
    (["x", *HIT, "--saved", "cut.jpg"], 4, "keep it with --attach"),
    (["x", *HIT, "--published", "2024"], 2, "belong together"),
    (["x", "--kind", "rating"], 2, "needs --rating"),
    (["x", "--attach", "."], 3, "this is a folder, device or pipe"),
)


def test_mistakes_are_told_and_nothing_is_written(run: Run, case: Path, samples: Path) -> None:
    Path("notes.txt").write_text("no picture")
    Path("cut.jpg").write_bytes((samples / "stranger.jpg").read_bytes()[:3000])
    evidence = last(case)["evidence"]
    ids = {
        "RECEIVED": next(item["id"] for item in evidence if item.get("bound") == "received"),
        "TESTED": next(item["id"] for item in evidence if item.get("tested")),
    }
    before = {path: path.read_bytes() for path in case.rglob("*") if path.is_file()}
    for options, code, said in MISTAKES:
        ended = run("record", case, *(ids.get(option, option) for option in options))
        assert (ended.code, said in ended.err) == (code, True), ended.err
    assert {path: path.read_bytes() for path in case.rglob("*") if path.is_file()} == before


def test_of_several_pictures_the_one_is_named(run: Run, case: Path, samples: Path) -> None:
    assert run("check", samples / "railcar_mirrored.jpg", "--case", case, "--only", "sources").code == 0
    ended = run("record", case, "x", *HIT)
    assert (ended.code, "--about" in ended.err) == (2, True)
    assert "speaks of the case as a whole" in run("record", case, "in general").out
    about = last(case)["original"]["sha256"]
    assert run("record", case, "2015", "--time", "2015", "--about", about[:8]).code == 0
    entries = list(provenance.chronology(case))
    assert run("record", case, "no, 2016", "--kind", "correction", "--corrects", str(entries[-1].number)).code == 0
    assert list(provenance.chronology(case))[-1].inputs == (about,)
    ended = run("diff", case)
    assert (ended.code, "no two reports on one picture" in ended.err) == (3, True)
    first, second = sorted(case.glob("data/reports/*"))
    assert "different pictures" in run("diff", first, second).out


def test_two_people_at_once_lose_nothing(case: Path, samples: Path) -> None:
    def note(who: str) -> None:
        for number in range(8):
            provenance.record(case, f"{who} {number}", source=who, time="2015")

    people = [threading.Thread(target=note, args=(who,)) for who in ("Anna", "Ben")]
    for person in people:
        person.start()
    provenance.check(samples / "stranger.jpg", only=["when"], case=case)
    for person in people:
        person.join()
    entries = list(provenance.chronology(case))
    said = [entry.settings["text"] for entry in entries if entry.did == "recorded"]
    assert sorted(said) == sorted(f"{who} {number}" for who in ("Anna", "Ben") for number in range(8))
    report = provenance.check(samples / "stranger.jpg", only=["when"], case=case)
    weighed = [item.noted.entry for item in report.evidence if item.noted]
    assert weighed == [entry.number for entry in entries if entry.did == "recorded"]
    assert provenance.seal(case, keys="keys").files and provenance.verify(case).state.value == "intact"


def test_a_strangers_entry_breaks_no_check(case: Path, samples: Path) -> None:
    """An entry that another program wrote, in a log that holds together, is told and passed over."""
    from provenance.custody.events import system_clock
    from provenance.custody.writing import writing
    from provenance.sealing.author import author

    digest = next((case / "data/originals").iterdir()).name[:64]
    by = author(system_clock(), "a clock")
    hostile: list[Any] = [
        {"kind": "geolocation", "text": "x", "place": "A@999,0"},
        {"kind": "hit", "text": "x", "url": "http://[", "saved": "data/recorded/../../../etc/passwd"},
        {"kind": "statement", "text": ["a", "list"], "corrects": "x"},
        {"kind": "rating", "rating": "Fake", "text": "x"},
        {"kind": "later kind"},
    ]
    with writing(case, by) as writer:
        for settings in hostile:
            writer.enter(by, "recorded", "words", inputs=[digest], settings=settings)
    report = provenance.check(samples / "stranger.jpg", only=["when"], case=case)
    assert any(event.what == "not read" and "entry 4" in event.detail for event in report.events)
    assert provenance.changes(case).same_picture


def test_a_saved_results_page_is_listed_matched_and_weighed(run: Run, case: Path, samples: Path) -> None:
    """Lens' kind of page with its folder: a copy, another picture, a file elsewhere, a link out of the folder."""
    folder = samples / "page_files"
    folder.mkdir()
    (samples / "secret").mkdir()
    (samples / "pages").mkdir()
    for name, to in (("stranger.jpg", "page_files/a 1.jpg"), ("railcar_mirrored.jpg", "page_files/b.jpg")):
        with Image.open(samples / name) as picture:
            picture.thumbnail((180, 180))
            picture.save(samples / to)
    (samples / "secret" / "s.jpg").write_bytes((folder / "a 1.jpg").read_bytes())
    (samples / "pages" / "s.jpg").write_bytes((folder / "a 1.jpg").read_bytes())
    (folder / "out.jpg").symlink_to(samples / "secret" / "s.jpg")
    shown = (
        "./page_files/a%201.jpg",
        "page_files/b.jpg",
        "pages/s.jpg",
        "page_files/../secret/s.jpg",
        "page_files/out.jpg",
    )
    cards = "".join(
        f'<div><a href="https://h{number}.example/p"><img src="{src}">Page {number}</a> May 5, 2015</div>'
        for number, src in enumerate(shown)
    )
    (samples / "page.html").write_text(f"<!-- saved from url=(0024)https://lens.google.com/ --><html>{cards}</html>")
    assert run("record", case, "x", "--kind", "hits").code == 2
    assert run("record", case, "x", "--kind", "hit", "--page", samples / "page.html").code == 2
    assert run("record", case, "x", "--kind", "hits", "--page", samples / "stranger.jpg").code == 3
    done = run(
        "record", case, "First page", "--kind", "hits", "--page", samples / "page.html", "--now", "2026-03-04T05:06Z"
    )
    assert done.code == 0, done.err
    assert "5 hits of Google Lens: 1 shows the picture" in done.out and done.out.count("no picture saved with it") == 3
    assert "1 copy; date shown: May 5, 2015" in done.out and "2 no match" in done.out

    assert run("check", samples / "stranger.jpg", "--case", case, *ASKED).code == 0
    form = last(case)
    items = {item["noted"]["entry"]: item for item in form["evidence"] if "noted" in item}
    assert "lists 5 pages" in items[4]["statement"] and items[4]["kind"] == "lead"
    hit = items[5]
    assert hit["match_id"] and hit["date_basis"] == "search_snippet" and hit["url"] == "https://h0.example/p"
    assert hit["source"]["origin"] == "results page of Google Lens, saved by Anna"
    assert hit["grade"] == {"reliability": "F", "credibility": 6}
    assert words(form)["seen-before"] == "copy" and words(form)["when"] == "unproven", words(form)
    assert run("verify", case).code in (0, 8) and "changed" not in run("verify", case).out


def test_a_results_page_whose_pictures_are_not_there_is_no_word_that_nothing_was_found(
    run: Run, case: Path, samples: Path
) -> None:
    cards = '<p><a href="https://h.example/p"><img src="gone.jpg">Page</a></p>'
    (samples / "page.html").write_text(f"<!-- saved from url=(0024)https://lens.google.com/ --><html>{cards}</html>")
    assert run("record", case, "First page", "--kind", "hits", "--page", samples / "page.html").code == 0
    assert run("check", samples / "stranger.jpg", "--case", case, *ASKED).code == 0
    (whole,) = (item for item in last(case)["evidence"] if "noted" in item)
    assert (whole["lead"], "pictures of 0" in whole["statement"]) == ("context", True)
