"""`check --online` from the command line: the ledger, the case, the replay; and what nothing may do without it."""

import json
import subprocess
import sys
import threading
from itertools import pairwise
from pathlib import Path

import pytest

from provenance.cli.main import main
from provenance.custody.writing import Writer
from provenance.desk import desk
from provenance.errors import FetchError
from provenance.model.source import Grade
from provenance.online import pacing
from provenance.online.pacing import Pace, retry_after_s
from tests.canary import KEY

from .conftest import ADDRESS, CLAIM, SAMPLES

NOW = "2026-03-04T05:06:07Z"
ASKED = ["--online", "wayback,memento,factcheck", "--online", "nominatim", "--picture-url", ADDRESS]
ROOT = SAMPLES.parent
PICTURE = "picture.jpg"


def test_an_archived_copy_older_than_the_claim_is_found_and_the_replay_is_the_same(
    ended, speaker, monkeypatch, tmp_path
) -> None:
    words = ["check", PICTURE, "--now", NOW, "--only", "when,where,sources", *CLAIM, *ASKED]
    code, out, err = ended(*words, "--case", "case")
    assert code == 0 and "A copy was on the web by" in " ".join(out.split()), out
    assert "Wayback Machine saw it on" in " ".join(out.split()) and "Machine published it" not in out
    assert err.count("Asking wayback") == 4 and err.count("Asking") == 8
    (folder,) = (tmp_path / "case" / "data" / "reports").iterdir()
    report = json.loads((folder / "report.json").read_text())
    assert report["overall"] == "recycled" and report["settings"]["addresses"] == [ADDRESS]
    lines = [event["detail"] for event in report["events"] if event["what"] == "asked"]
    assert len(lines) == 8 and all("sent to 127.0.0.1" in line for line in lines)
    log = [json.loads(line) for line in (tmp_path / "case" / "data" / "log.jsonl").read_text().splitlines()]
    assert log[-1]["settings"]["asked"] == lines
    assert {"asked.json", "asked.warc"} <= {path.name for path in folder.iterdir()}
    asked = len(speaker.asked)
    code, out, err = ended("check", "--replay", "case", "--out", "again")
    assert code == 0 and len(speaker.asked) == asked and "Asking" not in err
    assert "are the same to the byte from outside" in " ".join(out.split()), out
    again = json.loads((tmp_path / "again" / "report.json").read_text())
    assert json.dumps(again["evidence"]) == json.dumps(report["evidence"])
    assert [run["outcome"] for run in again["checks"]] == [run["outcome"] for run in report["checks"]]
    assert ended("verify", "case")[1].count("not sealed")
    monkeypatch.setattr(
        "provenance.online.checks.wayback.GRADE", Grade("C", 3)
    )  # as a later version might read the replies
    code, out, _ = ended("check", "--replay", "case", "--out", "third")
    assert code == 1 and "items are the same, and" in " ".join(out.split())


def test_a_replay_holds_failures_too_and_notices_a_changed_reply(ended, speaker, tmp_path) -> None:
    speaker.mode = "captcha"
    words = ["check", PICTURE, "--only", "when,sources", *CLAIM, *ASKED, "--case", "case"]
    code, _, err = ended(*words)
    assert code == 0 and err.count("note: not checked: ") >= 3 and "a web page" in err
    code, out, _ = ended("check", "--replay", "case", "--out", "again")
    assert code == 0 and "are the same to the byte from outside" in " ".join(out.split())
    (folder,) = (tmp_path / "case" / "data" / "reports").iterdir()
    reply = next(folder.glob("reply-*.bin"))
    reply.write_bytes(b"[]")
    assert ended("check", "--replay", "case", "--out", "third")[0] == 8


def test_no_key_stands_in_any_file_or_line_of_a_run(ended, speaker, tmp_path) -> None:
    told = []
    for mode in ("right", "429", "echo"):
        speaker.mode = mode
        for more in (["--case", "case"], ["--out", f"out-{mode}", "--json"]):
            services = ["--online", "factcheck,tineye,vision", "--picture-url", ADDRESS, "--send-picture"]
            code, out, err = ended("check", PICTURE, "--only", "sources", *CLAIM[:2], *services, *more)
            told += [out, err]
            assert code == 0
        for path in (tmp_path / "XDG_CACHE_HOME" / "provenance" / "online").glob("*.pace"):
            path.unlink()
    assert KEY not in "".join(told)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 20 and not [path for path in files if KEY.encode() in path.read_bytes()]


def test_what_is_asked_wrongly_is_said_before_anything_leaves(ended, speaker) -> None:
    picture = PICTURE
    assert ended("check", picture, "--online", "wayback,nobody")[0] == 2
    assert ended("check", picture, "--send-picture")[0] == 2
    assert ended("check", f"{speaker.base}/web/x.jpg", "--offline")[0] == 2
    assert ended("check")[0] == 2
    assert ended("check", picture, "--replay", "case")[0] == 2
    assert ended("check", "--replay", "none")[0] == 8
    code, _, err = ended("check", "--replay", "case", *CLAIM, "--language", "uk")
    assert code == 2 and "takes no --claim" in err and "--language" in err
    ended("check", picture, "--case", "case", "--only", "sources")
    assert ended("check", "--replay", "case")[0] == 3
    assert speaker.asked == []
    with pytest.raises(SystemExit):
        main(["check", picture, "--online", "wayback", "--offline"])


def test_a_proxy_where_nothing_goes_out_is_a_mistake(ended, speaker) -> None:
    for words in (["check", PICTURE], ["record", "case", "x"]):
        code, _, err = ended(*words, "--proxy", "http://p.example:3128")
        assert code == 2 and "nothing goes out" in err
    assert speaker.asked == []


def test_an_address_is_that_of_one_picture(ended, speaker, tmp_path) -> None:
    (tmp_path / "folder").mkdir()
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / "folder" / name).write_bytes((tmp_path / PICTURE).read_bytes())
    for which in (["folder"], [PICTURE, "folder/a.jpg"]):
        code, _, err = ended("check", *which, "--picture-url", ADDRESS, "--online", "memento", "--out", "o")
        assert code == 2 and "one picture" in err
    assert speaker.asked == [] and not (tmp_path / "o").exists()


def test_an_address_is_not_that_of_every_picture_of_a_case(ended, speaker, tmp_path) -> None:
    other = tmp_path / "other.jpg"
    other.write_bytes((SAMPLES / "stranger.jpg").read_bytes())
    for picture in (PICTURE, "other.jpg"):
        assert ended("check", picture, "--case", "case", "--only", "sources", "--now", NOW)[0] == 0
    code, _, err = ended("check", "--case", "case", "--picture-url", ADDRESS, "--online", "memento")
    assert code == 2 and "there are 2" in err and speaker.asked == []


@pytest.mark.parametrize("where", ["run_checks", "assemble"])
def test_what_was_asked_by_a_check_that_was_stopped_stands_in_the_case(
    where, ended, speaker, monkeypatch, tmp_path
) -> None:
    done = getattr(desk, where)

    def stopped(*given, **named):
        done(*given, **named)
        raise KeyboardInterrupt

    monkeypatch.setattr(desk, where, stopped)
    words = ["check", PICTURE, "--now", NOW, "--only", "where,sources", *CLAIM, *ASKED, "--case", "case"]
    assert ended(*words)[0] == 130
    entry = json.loads((tmp_path / "case/data/log.jsonl").read_text().splitlines()[-1])
    assert entry["did"] == "asked" and len(entry["settings"]["asked"]) == len(speaker.asked)
    names = {Path(file["path"]).name for file in entry["outputs"]}
    assert {"asked.json", "asked.warc"} < names
    assert ended("seal", "case")[0] == 0 and ended("verify", "case")[0] == 0


def test_what_was_asked_by_a_check_that_was_stopped_is_kept_without_a_case(
    ended, speaker, monkeypatch, tmp_path
) -> None:
    def stopped(*given, **named):
        raise KeyboardInterrupt

    monkeypatch.setattr(desk, "assemble", stopped)
    code, _, err = ended("check", PICTURE, "--now", NOW, "--only", "where,sources", *CLAIM, *ASKED, "--out", "r")
    assert code == 130 and f"stopped after {len(speaker.asked)} requests to the outside" in err and "r-asked" in err
    assert {"asked.json", "asked.warc"} < {path.name for path in (tmp_path / "r-asked").iterdir()}
    assert not (tmp_path / "r").exists()


@pytest.mark.parametrize(("name", "entries"), [("_place", 3), ("_stage", 2)])
def test_a_check_that_is_stopped_behind_the_entry_of_its_report_is_not_said_to_have_none(
    name, entries, ended, speaker, monkeypatch, tmp_path
) -> None:
    """Behind the entry the files are put into place by whoever comes next; before it there is no report."""
    done, calls = getattr(Writer, name), []

    def stopped(writer: Writer, *given: object) -> None:
        done(writer, *given)
        calls.append(writer.head.entries)
        if calls[-1] == entries and calls.count(entries) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(Writer, name, stopped)
    words = ["check", PICTURE, "--now", NOW, "--only", "sources", *CLAIM, *ASKED, "--case", "case"]
    assert ended(*words)[0] == 130
    did = [json.loads(line)["did"] for line in (tmp_path / "case/data/log.jsonl").read_text().splitlines()]
    assert speaker.asked and did == ["opened", "received", "reported" if name == "_place" else "asked"]
    assert len(list((tmp_path / "case").glob("data/reports/*/report.json"))) == (name == "_place")


def test_a_run_over_a_folder_that_asks_is_another_than_one_that_did_not(ended, speaker, tmp_path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.jpg").write_bytes((tmp_path / PICTURE).read_bytes())
    words = ["check", "folder", "--out", "o", "--only", "seen-before", "--no-seal", "--now", NOW]
    assert "Not checked again" not in ended(*words)[1]
    assert "Not checked again" in ended(*words)[1] and not speaker.asked
    more = ["--picture-url", ADDRESS]
    assert "Not checked again" not in ended(*words, *more)[1]
    assert "Not checked again" not in ended(*words, *more, "--online", "memento")[1] and len(speaker.asked) == 1
    assert "Not checked again" in ended(*words, *more, "--online", "memento")[1] and len(speaker.asked) == 1
    assert "Not checked again" not in ended(*words, *more, "--online", "vision")[1]
    assert "Not checked again" not in ended(*words, *more, "--online", "vision", "--send-picture")[1]


def test_a_claims_address_without_online_asks_nobody(ended, speaker) -> None:
    assert ended("check", PICTURE, *CLAIM, "--picture-url", ADDRESS, "--only", "sources", "--out", "r")[0] == 0
    assert speaker.asked == []


def test_retry_after_in_both_forms() -> None:
    assert retry_after_s("120", 0) == 120 and retry_after_s(" 0 ", 0) == 0
    assert retry_after_s("Thu, 01 Jan 1970 00:02:00 GMT", 0) == 120
    assert retry_after_s("Thu, 01 Jan 1970 00:02:00 -0000", 0) == 120
    assert retry_after_s("Thu, 01 Jan 1970 00:02:00 GMT", 500) == 0
    for text in ("", "soon", "-5", "1e9", "٣", "9" * 400):
        assert retry_after_s(text, 0) in (None, 86_400.0)


def test_refusals_pause_longer_each_time_and_an_answer_ends_that(tmp_path) -> None:
    pace = Pace(tmp_path)
    assert [pace.refused("x", "", 1) for _ in range(3)] == [10, 20, 40]
    with pytest.raises(FetchError, match="left for another"):
        pace.turn("x", 1)
    pace.answered("x")
    assert pace.refused("x", "", 1) == 10
    for junk in ("", "nan 1", "1e300 5", "x", "1 2 3"):
        (tmp_path / "y.pace").write_text(junk)
        pace.turn("y", 0)


def test_the_pace_holds_across_processes(monkeypatch, tmp_path) -> None:
    """Three processes take two turns each, two threads one; no two turns are closer than the interval.

    A turn is noted while it is held, so that what happens after it, on a busy machine much later, does not matter.
    """
    code = (
        "import sys, pathlib\n"
        "from provenance.online import pacing\n"
        "real = pacing._write\n"
        "pacing._write = lambda held, next_s, refusals: (print(next_s, flush=True), real(held, next_s, refusals))\n"
        "for _ in range(2):\n"
        "    pacing.Pace(pathlib.Path(sys.argv[1])).turn('s', 0.15)\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    mine: list[float] = []
    real = pacing._write

    def noted(held: int, next_s: float, refusals: int) -> None:
        mine.append(next_s)
        real(held, next_s, refusals)

    monkeypatch.setattr(pacing, "_write", noted)

    def take() -> None:
        Pace(Path(tmp_path)).turn("s", 0.15)

    threads = [threading.Thread(target=take) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    moments = sorted([*mine, *(float(line) for one in running for line in one.communicate()[0].split())])
    assert len(moments) == 8
    assert min(b - a for a, b in pairwise(moments)) > 0.149
