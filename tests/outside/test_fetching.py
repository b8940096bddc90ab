"""A picture and the pictures of a page from a real server on the loopback address: custody, WARC, checks, cases."""

import hashlib
import io
import json
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from itertools import pairwise
from pathlib import Path

import pytest

import provenance.online.page as page_room
import provenance.outside.fetching as room
from provenance.cli.main import main
from provenance.errors import FetchError, InputError
from provenance.online import pacing
from provenance.online.exchange import Policy
from provenance.online.fetch import fetch as real_fetch
from provenance.online.page import pictures_named
from provenance.outside.fetching import fetch_pictures
from provenance.outside.keeping_fetched import keep_fetching, write_fetching
from tests.loopback import Quiet, served

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
JPEG = (SAMPLES / "stranger.jpg").read_bytes()
POST = (SAMPLES / "railcar_post.png").read_bytes()
NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
PAGE = b"""<!DOCTYPE html><html><head><meta property="og:image" content="/stranger.jpg?a=1&amp;b=2"><base href="/in/">
<!-- <img src="/never.jpg"> --></head><body><img src='post.png' alt="x"><img src="/icon.svg"><img src=/gone.jpg>
<img srcset="small.jpg 320w, /stranger.jpg 1280w" src="small.jpg"><img src="http://169.254.169.254/latest/x.jpg">
<img src="data:image/png;base64,AAAA"></body></html>"""
REPLIES = {
    "/stranger.jpg": ("text/plain", JPEG),
    "/in/post.png": ("image/png", POST),
    "/icon.svg": ("image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "/story": ("text/html", PAGE),
    "/script": ("text/html", b"<html><script src=app.js></script></html>"),
    "/text": ("text/plain", b"hello"),
}
ONWARD = {"/short": "/stranger.jpg", "/inside": "http://169.254.169.254/"}


@contextmanager
def serving():
    seen = []

    class Server(Quiet, BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append((self.path, dict(self.headers)))
            path = self.path.partition("?")[0]
            kind, body = REPLIES.get(path, ("text/plain", b""))
            onward = ONWARD.get(path)
            self.send_response(302 if onward else 200 if path in REPLIES else 404)
            if onward:
                self.send_header("Location", onward)
            self.send_header("Content-Type", kind)
            self.send_header("Set-Cookie", "id=1")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with served(Server) as port:
        yield port, seen


@pytest.fixture(scope="module")
def running():
    with serving() as found:
        yield found


@pytest.fixture
def there(running, methods_once, monkeypatch, tmp_path):
    """The address of the server, which the tests alone may reach; the desk's folders are the test's own."""
    port, seen = running
    seen.clear()
    allowed = Policy(loopback=frozenset({("127.0.0.1", port)}), within_s=60)
    monkeypatch.setattr(room, "POLICY", allowed)
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.delenv("PROVENANCE_REFERENCE", raising=False)
    monkeypatch.chdir(tmp_path)
    return f"http://127.0.0.1:{port}"


@pytest.fixture
def stopped_at_the_post(monkeypatch):
    """Ctrl-C, or SIGTERM as `main` turns it into one, where the second picture of the page is asked for."""
    real = room.fetch

    def stopped(url: str, **named):
        if url.endswith("post.png"):
            raise KeyboardInterrupt("SIGTERM")
        return real(url, **named)

    monkeypatch.setattr(room, "fetch", stopped)


def test_a_picture_with_its_custody(there) -> None:
    told = []
    got = fetch_pictures(f"{there}/short", say=told.append, now=NOW)
    (picture,) = got.pictures
    assert picture.data == JPEG and picture.media_type == "image/jpeg" and picture.name == "stranger.jpg"
    assert len(told) == 2 and f"{there}/short" in told[0] and "provenance-desk" in told[0]
    assert told[1].startswith(f"Sent on, fetching {there}/stranger.jpg: it sees this machine's address")
    record = json.loads(got.files["fetched.json"])
    (step,) = record["asked"]
    assert step["redirects"][0]["location"] == "/stranger.jpg" and step["from"] == f"{there}/stranger.jpg"
    assert step["sha256"] == hashlib.sha256(JPEG).hexdigest() and step["address"] == "127.0.0.1"
    assert ["Content-Type", "text/plain"] in step["headers"]
    assert record["clock"].startswith("stated") and step["asked_at"] == "2026-03-04T05:06:07Z"
    assert record["warc"]["sha256"] == hashlib.sha256(got.files["fetched.warc"]).hexdigest()
    came = picture.came_from
    assert came.url == f"{there}/stranger.jpg" and came.published is None and came.source.kind.value == "web"
    assert "without TLS" in came.statement and f"{there}/short" in came.statement


def test_a_page_gives_the_pictures_that_it_names_and_no_others(there, running) -> None:
    got = fetch_pictures(f"{there}/story")
    assert [one.data for one in got.pictures] == [JPEG, POST]
    paths = [path for path, _ in running[1]]
    assert paths == ["/story", "/stranger.jpg?a=1&b=2", "/in/post.png", "/icon.svg", "/gone.jpg", "/stranger.jpg"]
    assert all("Cookie" not in headers and "Referer" not in headers for _, headers in running[1])
    assert len(got.passed_over) == 3
    assert any("local link" in words for words in got.passed_over)
    assert got.pictures[0].said["page"] == f"{there}/story"
    assert "the page" in got.pictures[1].came_from.statement


def test_the_exchange_is_a_warc_that_stock_tools_read(there) -> None:
    warcio = pytest.importorskip("warcio")
    data = fetch_pictures(f"{there}/short", now=NOW).files["fetched.warc"]
    records = []
    for record in warcio.ArchiveIterator(io.BytesIO(data), check_digests="raise"):
        body = record.content_stream().read()
        records.append((record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), body, record.http_headers))
    assert [kind for kind, *_ in records] == ["warcinfo", "response", "request", "response", "request"]
    assert records[3][2] == JPEG and records[3][3].get_statuscode() == "200"
    assert records[1][3].get_header("Location") == "/stranger.jpg"
    assert records[2][3].get_header("User-Agent").startswith("provenance-desk/")


@pytest.mark.parametrize(
    ("path", "error", "words"),
    [
        ("/text", InputError, "neither a picture nor a web page"),
        ("/script", InputError, "names no picture"),
        ("/gone", FetchError, "status 404"),
    ],
)
def test_what_gives_no_picture_is_said(there, path, error, words) -> None:
    with pytest.raises(error, match=words) as caught:
        fetch_pictures(there + path)
    assert caught.value.remedy


def test_an_address_is_checked_and_the_report_says_where_the_bytes_came_from(there, capsys, tmp_path) -> None:
    assert (
        main(["check", f"{there}/short", "--out", "r", "--only", "when,sources", "--now", "2026-03-04T05:06:07Z"]) == 0
    )
    assert "Fetching http" in capsys.readouterr().err
    report = json.loads((tmp_path / "r" / "report.json").read_text())
    (came,) = [item for item in report["evidence"] if item.get("method") == "fetched"]
    assert came["url"] == f"{there}/stranger.jpg" and came["copy"] == "exact"
    assert report["original"]["sha256"] == hashlib.sha256(JPEG).hexdigest()
    assert {"fetched.json", "fetched.warc"} <= {path.name for path in (tmp_path / "r").iterdir()}
    assert "fetched.warc" in (tmp_path / "r" / "SHA256SUMS").read_text()


def test_a_page_with_several_pictures_gives_a_report_each(there, capsys, tmp_path) -> None:
    assert main(["check", f"{there}/story", "--out", "r", "--only", "sources"]) == 0
    assert len(list((tmp_path / "r").glob("*/report.json"))) == 2


def test_each_picture_of_a_page_has_its_own_exchange_and_no_other(there) -> None:
    got = fetch_pictures(f"{there}/story", now=NOW)
    first, second = got.brought
    assert JPEG in first.beside["fetched.warc"] and POST not in first.beside["fetched.warc"]
    assert POST in second.beside["fetched.warc"] and JPEG not in second.beside["fetched.warc"]
    record = json.loads(second.beside["fetched.json"])
    assert [step["url"].removeprefix(there) for step in record["asked"]] == [
        "/story", "/in/post.png", "/icon.svg", "/gone.jpg", "/stranger.jpg", "http://169.254.169.254/latest/x.jpg",
    ]  # fmt: skip
    assert record["warc"]["sha256"] == hashlib.sha256(second.beside["fetched.warc"]).hexdigest()
    assert PAGE in first.beside["fetched.warc"] and "the page's other pictures (1)" in record["passed_over"][-1]
    assert JPEG in got.files["fetched.warc"] and POST in got.files["fetched.warc"]


def test_a_long_page_lies_with_its_first_picture_alone_and_the_others_name_it(there, monkeypatch) -> None:
    monkeypatch.setattr("provenance.outside.fetched_pictures.PAGE_COPIED_BYTES", 400)
    first, second = fetch_pictures(f"{there}/story", now=NOW).brought
    assert PAGE in first.beside["fetched.warc"] and JPEG in first.beside["fetched.warc"]
    assert PAGE not in second.beside["fetched.warc"] and POST in second.beside["fetched.warc"]
    record = json.loads(second.beside["fetched.json"])
    assert record["asked"][0]["sha256"] == hashlib.sha256(PAGE).hexdigest()
    assert hashlib.sha256(JPEG).hexdigest() in record["passed_over"][-1]


def test_what_a_long_page_names_behind_what_is_read_is_told(there, monkeypatch) -> None:
    monkeypatch.setattr(room, "PAGE_BYTES", len(PAGE) - 1)
    assert "behind its first" in fetch_pictures(f"{there}/story").passed_over[0]
    monkeypatch.setattr(room, "PAGE_BYTES", len(PAGE))
    assert not any("behind" in words for words in fetch_pictures(f"{there}/story").passed_over)


def test_nothing_is_said_to_be_fetched_where_there_is_no_room(there, monkeypatch) -> None:
    monkeypatch.setattr(room, "PAGE_TOTAL_BYTES", 1)
    told: list[str] = []
    with pytest.raises(FetchError):
        fetch_pictures(f"{there}/story", say=told.append)
    assert len(told) == 1


def test_nothing_is_said_to_be_fetched_from_what_is_never_asked() -> None:
    web = ("ftp://a.example/b.jpg", "http://a:b@c.example/", "http://0x7f000001/", "http://a.example:99999/")
    inside = ("http://127.0.0.1/a.jpg", "http://10.0.0.1/", "http://[::1]/", "http://localhost/a.jpg")
    for url in (*web, *inside):
        said: list[str] = []
        with pytest.raises(FetchError):
            fetch_pictures(url, say=said.append)
        assert said == []


def test_a_page_and_its_pictures_are_bounded_together(there, monkeypatch) -> None:
    monkeypatch.setattr(room, "PAGE_TOTAL_BYTES", len(JPEG) + len(POST))
    got = fetch_pictures(f"{there}/story", now=NOW)
    assert [one.data for one in got.pictures] == [JPEG]
    assert any("sends more than" in words and "post.png" in words for words in got.passed_over)
    monkeypatch.setattr(room, "PAGE_TOTAL_BYTES", len(PAGE) + 1_000)
    with pytest.raises(InputError):
        fetch_pictures(f"{there}/story", now=NOW)


def test_into_a_case_that_verifies_and_tells_later_checks(there, capsys, tmp_path) -> None:
    assert main(["check", f"{there}/short", "--case", "c", "--only", "sources"]) == 0
    assert main(["check", str(SAMPLES / "stranger.jpg"), "--case", "c", "--only", "sources"]) == 0
    reports = sorted((tmp_path / "c" / "data" / "reports").glob("*/report.json"))
    assert len(reports) == 2
    for path in reports:
        items = json.loads(path.read_text())["evidence"]
        assert [item["url"] for item in items if item.get("method") == "fetched"] == [f"{there}/stranger.jpg"]
    capsys.readouterr()
    assert main(["verify", "c"]) in (0, 8)
    assert "not sealed" in capsys.readouterr().out
    (kept,) = (tmp_path / "c" / "data" / "fetched").iterdir()
    assert {path.name for path in kept.iterdir()} == {"fetched.json", "fetched.warc"}
    assert main(["log", "c"]) == 0
    assert "fetched" in capsys.readouterr().out


def test_the_verb_keeps_what_it_fetched_and_asks_no_address_inside(there, capsys, tmp_path) -> None:
    assert main(["fetch", f"{there}/story", "--out", "kept"]) == 0
    said = capsys.readouterr()
    assert said.out.count("image/") == 2 and said.err.count("Fetching") == 6 and said.err.count("not fetched") == 3
    assert len(list((tmp_path / "kept").iterdir())) == 5
    assert main(["fetch", "http://10.0.0.1/a.jpg", "--out", "none"]) == 10
    assert not (tmp_path / "none").exists()
    assert main(["fetch", f"{there}/story", "--case", "case"]) == 0
    assert main(["check", f"{there}/story", str(SAMPLES / "stranger.jpg")]) == 2


def test_a_claims_address_is_never_fetched(there, running, capsys) -> None:
    words = ["check", str(SAMPLES / "stranger.jpg"), "--claim", "x", "--url", f"{there}/story", "--out", "r"]
    assert main([*words, "--only", "sources"]) == 0
    assert running[1] == []


def test_hostile_pages_are_read_in_time() -> None:
    pages = (
        b"<img " * 400_000,
        b"-->" * 300_000 + b"<!--" * 300_000,
        b"<img " + b'a="' * 600_000,
        b"<img srcset='" + b"a," * 3_000 + b"'>" * 9,
        b"<img " + b"a" * 2_000_000,
        b"<img src='&#0;\xff'>",
    )
    for page in pages:
        assert len(pictures_named(page, "http://a.example/")) <= 12


def test_few_addresses_of_a_page_are_joined_however_many_it_names(monkeypatch) -> None:
    joined: list[str] = []
    monkeypatch.setattr(page_room, "urljoin", lambda base, one: joined.append(one) or f"http://a.example/{len(base)}")
    base = b"<base href='" + b"a/" * 3_900 + b"'>"
    same = pictures_named(base + b"<img src=a>" * 50_000, "http://a.example/")
    assert len(same) == 1 and len(joined) == 2
    joined.clear()
    pictures_named(base + b"".join(b"<img src=%d>" % one for one in range(50_000)), "http://a.example/")
    assert len(joined) == 501
    monkeypatch.undo()
    twelve = pictures_named(b"".join(b"<img src=%d>" % one for one in range(50_000)), "http://a.example/b/")
    assert twelve == tuple(f"http://a.example/b/{one}" for one in range(12))
    assert (
        pictures_named(b"<base href='" + b"a/" * 3_950 + b"'><img src='" + b"b" * 200 + b"'>", "http://a.example/")
        == ()
    )


def test_keeping_and_writing_are_whole(there, tmp_path) -> None:
    got = fetch_pictures(f"{there}/stranger.jpg", now=NOW)
    folder = write_fetching(got, tmp_path / "kept")
    assert (folder / f"{hashlib.sha256(JPEG).hexdigest()[:16]}.jpg").read_bytes() == JPEG
    head = keep_fetching(tmp_path / "case", got)
    assert head.startswith("3:")


def test_a_failed_attempt_is_noted_in_the_case_and_none_that_sent_nothing(there, capsys, tmp_path) -> None:
    assert main(["fetch", "http://10.0.0.1/a.jpg", "--case", "c"]) == 10 and not (tmp_path / "c").exists()
    assert main(["fetch", f"{there}/none", "--case", "c"]) == 10
    assert "the attempt is noted" in capsys.readouterr().err
    assert main(["check", f"{there}/text", "--case", "c"]) == 3
    assert main(["fetch", f"{there}/inside", "--case", "c"]) == 10
    entries = [json.loads(line) for line in (tmp_path / "c/data/log.jsonl").read_text().splitlines()]
    failed = [entry for entry in entries if entry["did"] == "not fetched"]
    words = ("status 404", "neither a picture", "never asked: 169.254.169.254")
    assert [word in entry["words"] for word, entry in zip(words, failed, strict=True)] == [True] * 3
    inside = (tmp_path / "c" / failed[2]["settings"]["record"]).with_name("fetched.warc")
    assert b"Location: http://169.254.169.254/" in inside.read_bytes()
    for entry in failed[:2]:
        record = json.loads((tmp_path / "c" / entry["settings"]["record"]).read_text())
        assert record["failed"] and record["asked"][0]["status"] in (200, 404)
    assert main(["log", "c"]) == 0 and "could not fetch" in " ".join(capsys.readouterr().out.split())


def test_a_hit_is_fetched_on_request_and_the_nearest_picture_filed(there, running, capsys, tmp_path) -> None:
    assert main(["check", str(SAMPLES / "stranger.jpg"), "--case", "c", "--only", "sources"]) == 0
    hit = ["record", "c", "First of 40", "--kind", "hit", "--engine", "Lens", "--url"]
    assert main(["record", "c", "x", "--kind", "page", "--url", f"{there}/story", "--fetch"]) == 2
    assert main([*hit, f"{there}/story", "--fetch", "--grade", "Z9"]) == 2
    assert main([*hit, f"{there}/story"]) == 0 and running[1] == []
    capsys.readouterr()
    assert main([*hit, f"{there}/story", "--fetch"]) == 0
    said = capsys.readouterr()
    assert f"copy: {there}/stranger.jpg?a=1&b=2 (filed)" in said.out and said.out.count("no match:") == 1
    assert "Fetching" in said.err
    assert main([*hit, f"{there}/none", "--fetch"]) == 10
    did = [json.loads(line)["did"] for line in (tmp_path / "c/data/log.jsonl").read_text().splitlines()]
    assert did[-3:] == ["fetched for a hit", "recorded", "not fetched"]
    assert main(["check", str(SAMPLES / "stranger.jpg"), "--case", "c", "--only", "seen-before,sources"]) == 0
    report = sorted((tmp_path / "c/data/reports").glob("*/report.json"))[-1]
    items = [item for item in json.loads(report.read_text())["evidence"] if "match_id" in item]
    assert items and any(f"{there}/stranger.jpg" in limit for limit in items[0]["limits"])
    assert len(list((tmp_path / "c/data/originals").iterdir())) == 1


def test_a_fetch_that_is_stopped_is_noted_in_the_case(there, stopped_at_the_post, tmp_path) -> None:
    assert main(["fetch", f"{there}/story", "--case", "c"]) == 143
    (entry,) = entries_of(tmp_path / "c", "not fetched")
    assert "stopped by SIGTERM" in entry["words"]
    record = json.loads((tmp_path / "c" / entry["settings"]["record"]).read_text())
    assert [step.get("status") or step["failed"] for step in record["asked"]] == [200, 200, "stopped by SIGTERM"]
    assert JPEG in (tmp_path / "c" / entry["settings"]["record"]).with_name("fetched.warc").read_bytes()


@pytest.mark.parametrize(("out", "kept"), [([], "provenance-reports/fetched-*"), (["--out", "r"], "r-fetched")])
def test_a_check_of_an_address_that_is_stopped_keeps_what_had_come_and_says_where(
    there, out, kept, capsys, monkeypatch, tmp_path
) -> None:
    real = room.fetch

    def stopped(url: str, **named):
        if url.endswith("post.png"):
            raise KeyboardInterrupt
        return real(url, **named)

    with monkeypatch.context() as patch:
        patch.setattr(room, "fetch", stopped)
        assert main(["check", f"{there}/story", "--only", "sources", *out]) == 130
    (folder,) = tmp_path.glob(kept)
    said = capsys.readouterr().err
    assert "stopped after 3 requests to the outside" in said and folder.name in said
    record = json.loads((folder / "fetched.json").read_text())
    assert record["failed"] == "stopped by Ctrl-C" and len(record["asked"]) == 3
    assert [path.read_bytes() for path in folder.glob("*.jpg")] == [JPEG]

    def broken(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("provenance.desk.desk.run_checks", broken)
    assert main(["check", f"{there}/story", "--only", "sources", *out]) == 130
    (again,) = set(tmp_path.glob(f"{kept.rstrip('*')}*")) - {folder}
    assert len(list(again.glob("*.jpg"))) == len(list(again.glob("*.png"))) == 1
    assert "failed" not in json.loads((again / "fetched.json").read_text())
    said = capsys.readouterr().err
    assert "stopped after 6 requests" in said and again.name in said  # and one was never sent


def test_a_fetch_into_a_folder_that_is_stopped_keeps_what_had_come_and_says_where(
    there, stopped_at_the_post, capsys, tmp_path
) -> None:
    assert main(["fetch", f"{there}/story", "--out", "r"]) == 143
    assert "stopped after 3 requests" in (said := capsys.readouterr().err) and "r-fetched" in said
    assert not (tmp_path / "r").exists()
    assert json.loads((tmp_path / "r-fetched/fetched.json").read_text())["failed"] == "stopped by SIGTERM"
    assert [path.read_bytes() for path in (tmp_path / "r-fetched").glob("*.jpg")] == [JPEG]


def test_nothing_is_fetched_into_a_folder_that_has_a_fetching_already(there, running, capsys, tmp_path) -> None:
    assert main(["fetch", f"{there}/stranger.jpg", "--out", "r"]) == 0
    running[1].clear()
    assert main(["fetch", f"{there}/story", "--out", "r"]) == 7
    assert running[1] == [] and "already holds fetched.json" in capsys.readouterr().err


def add_list(tmp_path: Path, *addresses: str) -> int:
    (tmp_path / "list.csv").write_text("\n".join(("url", *addresses)))
    return main(["add", "--list", "list.csv", "--fetch-into", "came", "--set", "set.sqlite"])


def test_addresses_of_a_list_are_asked_at_a_pace_that_all_runs_of_a_user_share(
    there, running, monkeypatch, tmp_path
) -> None:
    turns_s: list[float] = []
    real = pacing._write

    def noted(held: int, next_s: float, refusals: int) -> None:
        turns_s.append(next_s)
        real(held, next_s, refusals)

    monkeypatch.setattr(pacing, "_write", noted)
    monkeypatch.setattr("provenance.online.hosts.INTERVAL_S", 0.4)
    add_list(tmp_path, f"{there}/stranger.jpg", f"{there}/in/post.png", f"{there}/stranger.jpg?2")
    add_list(tmp_path, f"{there}/stranger.jpg", f"{there}/stranger.jpg?3")
    assert len(turns_s) == len(running[1]) == 4
    assert min(after - before for before, after in pairwise(turns_s)) >= 0.399
    add_list(tmp_path, f"{there}/story")
    assert len(turns_s) == 5 and len(running[1]) > 7  # the pictures of one page wait for no turn of theirs


def test_a_host_that_asks_for_a_pause_is_left_alone_and_asked_by_a_later_run(
    there, running, monkeypatch, capsys, tmp_path
) -> None:
    monkeypatch.setattr("provenance.online.hosts.INTERVAL_S", 0.0)
    real = room.fetch
    monkeypatch.setattr(room, "fetch", lambda url, **named: replace(real(url, **named), **refusing))
    refusing = {"status": 429, "headers": (("Retry-After", "60"),)}
    add_list(tmp_path, f"{there}/stranger.jpg", f"{there}/in/post.png")
    said = capsys.readouterr().err
    assert [path for path, _ in running[1]] == ["/stranger.jpg"], "it was asked again"
    assert "127.0.0.1: it is to be left for another" in said and "status 429" in said
    refusing.clear()
    for pace in (tmp_path / "XDG_CACHE_HOME/provenance/online").glob("host-*.pace"):
        pace.write_text(f"{time.time() - 1:.3f} 1")  # the minute is over
    add_list(tmp_path, f"{there}/stranger.jpg", f"{there}/in/post.png")
    assert len(list((tmp_path / "came").iterdir())) == 2


def test_a_rest_holds_for_the_host_that_a_shortened_address_or_a_page_leads_to(
    there, running, monkeypatch, capsys, tmp_path
) -> None:
    """Two names of one server stand for two hosts."""
    monkeypatch.setattr("provenance.online.hosts.INTERVAL_S", 0.0)
    port, _ = running
    allowed = frozenset({("127.0.0.1", port), ("::1", port)})
    policy = Policy(loopback=allowed, within_s=60, resolve=lambda *_: ("127.0.0.1",), ports=frozenset({port}))
    monkeypatch.setattr(room, "POLICY", policy)
    far = f"http://far.example:{port}/stranger.jpg"
    monkeypatch.setitem(ONWARD, "/far", far)
    monkeypatch.setitem(REPLIES, "/leads", ("text/html", f"<html><img src='{far}'><img src='/in/post.png'>".encode()))
    hosts = room.Hosts(tmp_path / "XDG_CACHE_HOME/provenance/online")
    answer = real_fetch(far, policy=policy)
    hosts.answered(replace(answer, status=429, headers=(("Retry-After", "60"),)))
    running[1].clear()
    capsys.readouterr()
    add_list(tmp_path, f"{there}/far", f"{there}/leads")
    said = capsys.readouterr().err
    assert [path for path, _ in running[1]] == ["/far", "/leads", "/in/post.png"], "the host that rests was asked"
    assert "far.example: it is to be left for another" in said and f"fetching {far}" not in said


def test_a_check_into_a_case_that_is_stopped_keeps_it_there_alone(there, monkeypatch, tmp_path) -> None:
    def broken(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("provenance.desk.desk.run_checks", broken)
    assert main(["check", f"{there}/stranger.jpg", "--only", "sources", "--case", "c"]) == 130
    assert [entry["did"] for entry in entries_of(tmp_path / "c", "fetched")] == ["fetched"]
    assert not list(tmp_path.glob("*fetched*")) and not (tmp_path / "provenance-reports").exists()


def entries_of(case: Path, did: str) -> list[dict[str, object]]:
    lines = [json.loads(line) for line in (case / "data/log.jsonl").read_text().splitlines()]
    return [entry for entry in lines if entry["did"] == did]


def test_what_was_fetched_for_a_hit_is_kept_before_it_is_compared(there, monkeypatch, tmp_path) -> None:
    assert main(["check", str(SAMPLES / "stranger.jpg"), "--case", "c", "--only", "sources"]) == 0

    def broken(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("provenance.case.fetched_hits.compared", broken)
    hit = ["record", "c", "First of 40", "--kind", "hit", "--engine", "Lens", "--url", f"{there}/story", "--fetch"]
    assert main(hit) == 130
    (entry,) = entries_of(tmp_path / "c", "fetched for a hit")
    assert JPEG in (tmp_path / "c" / entry["settings"]["record"]).with_name("fetched.warc").read_bytes()


def test_how_a_picture_came_is_kept_with_it_and_not_behind_the_others(there, tmp_path) -> None:
    keep_fetching(tmp_path / "case", fetch_pictures(f"{there}/story", now=NOW))
    did = [json.loads(line)["did"] for line in (tmp_path / "case/data/log.jsonl").read_text().splitlines()]
    assert did == ["opened", "received", "fetched", "received", "fetched"]


def test_a_picture_of_a_case_is_asked_about_by_the_address_that_it_was_fetched_from(there, capsys, tmp_path) -> None:
    assert main(["check", f"{there}/short", "--case", "c", "--only", "sources"]) == 0
    assert main(["check", "--case", "c", "--only", "sources"]) == 0
    report = sorted((tmp_path / "c/data/reports").glob("*/report.json"))[-1]
    assert json.loads(report.read_text())["settings"]["addresses"] == [f"{there}/stranger.jpg"]
