"""Every service in every way of a server: the right evidence, or "not checked" with a reason, never an empty answer."""

import errno
import hashlib
import io
import json
import os
import re
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from PIL import Image as Pillow

import provenance.asking as room
from provenance.api import claim
from provenance.asking import ask_outside
from provenance.checks import ASKING
from provenance.errors import InputError
from provenance.image.decoding.decoder import Decoder
from provenance.image.load import load_bytes
from provenance.matching.compare import compare
from provenance.model.context import Context
from provenance.model.evidence import Appearance, Claim, Lead, LeadKind
from provenance.model.limits import Limits
from provenance.model.matches import Answer, Match
from provenance.model.outcome import Ran, Skipped
from provenance.model.outside import Answered, Request
from provenance.model.publication import CopyKind, DateBasis
from provenance.online.kept import Kept
from tests.canary import KEY

from .conftest import ADDRESS, HEAD, NOW, OTHER, PAGE, PICTURE, ROUTES

CHECKS = {check.name: check for check in ASKING}
KEYED = ("factcheck", "tineye", "vision")
WRONG = {
    "error200": "error|did not finish|no TimeMap",
    "429": "status 429",
    "429date": "status 429",
    "503": "status 503",
    "truncated": "no JSON|ends too early|without a time",
    "wrong_types": "not as documented",
    "redirect": "link|sends on|wants it sent",
    "redirect_here": "never asked: 127.0.0.1, this machine|sends on|wants it sent",
    "drip": "too long",
    "bomb": "grows past",
    "captcha": "a web page",
    "deep": "no JSON|nested|no TimeMap",
    "no_number": "no JSON|no TimeMap",
}


@pytest.fixture(scope="module")
def image():
    with Decoder() as decoder:
        yield load_bytes(PICTURE, "a.jpg", decoder, Limits())


@pytest.fixture(scope="module")
def relate(image):
    @cache
    def call(data, name):
        try:
            with Decoder() as decoder:
                return compare(image, load_bytes(data, name, decoder, Limits()))
        except InputError:
            return None

    return call


@pytest.fixture
def ask(speaker, image):
    def call(
        name, *, relate=None, addresses=(ADDRESS,), said=None, send_picture=False, cached=False, say=None, within_s=None
    ):
        outside = ask_outside([name], send_picture=send_picture, now=NOW, cached=cached, say=say)
        tested = claim(text="Troops near Kursk", place="Krasnoyarsk", url=PAGE)
        at = claim(text="There", place="56.01,92.85,1km", by="B")
        left = None if within_s is None else lambda: within_s
        context = Context(
            now=NOW, statements=(tested, at) if said is None else said, outside=outside, addresses=addresses,
            relate=relate, left_s=left,
        )  # fmt: skip
        outcome = CHECKS[name].function()(image, context)
        call.ledger = outside.ledger()
        return outcome

    return call


def test_wayback_bounds_by_the_picture_and_not_by_the_page(ask, speaker) -> None:
    outcome = ask("wayback")
    assert isinstance(outcome, Ran) and not outcome.note
    same, other, page = (item for item in outcome.evidence if isinstance(item, Appearance))
    assert (same.copy, same.date_basis, same.grade.reliability) == (CopyKind.EXACT, DateBasis.ARCHIVE_SNAPSHOT, "B")
    (match,) = (item for item in outcome.evidence if isinstance(item, Match))
    assert (match.answer, match.copy, match.fingerprint) == (Answer.COPY, CopyKind.EXACT, "sha256")
    assert same.match_id == match.id and match.reference.set_name == "Wayback Machine"
    assert (
        same.published.earliest == datetime(2015, 5, 1, 12, tzinfo=UTC)
        and "were fetched and are those" in same.statement
    )
    assert other.published.earliest.year == 2014 and other.copy is CopyKind.UNKNOWN
    assert page.copy is CopyKind.UNKNOWN and page.published.earliest == datetime(2015, 6, 1, tzinfo=UTC)
    assert PAGE in page.statement
    assert [path.partition("?")[0] for _, path, _, _ in speaker.asked][:2] == [
        "/cdx/search/cdx", f"/web/20150501120000id_/{ADDRESS}",
    ]  # fmt: skip


def test_an_index_that_the_archive_does_not_bear_out_bounds_nothing(ask, speaker) -> None:
    speaker.archived = OTHER
    same = next(item for item in ask("wayback").evidence if isinstance(item, Appearance))
    assert same.copy is CopyKind.UNKNOWN and same.defeaters


def test_a_capture_that_is_sent_on_to_another_day_is_not_followed(ask, speaker, monkeypatch) -> None:
    speaker.elsewhere = True
    same = next(item for item in ask("wayback").evidence if isinstance(item, Appearance))
    assert "were fetched" not in same.statement and "not fetched" in same.limits[1]
    rows = [HEAD, ["20150501120000", ADDRESS, "image/jpeg", "200", "ANOTHER", "1"]]
    monkeypatch.setitem(ROUTES, "/cdx/", (rows, [], {}, []))
    (lone,) = ask("wayback", said=()).evidence
    assert lone.copy is CopyKind.UNKNOWN and "not compared" in lone.statement
    assert not [path for _, path, _, _ in speaker.asked if path.startswith("/web/2025")]


def test_another_saving_of_the_picture_is_matched_here(ask, speaker, relate) -> None:
    again = io.BytesIO()
    Pillow.open(io.BytesIO(PICTURE)).convert("RGB").save(again, "JPEG", quality=70)
    speaker.archived = again.getvalue()
    outcome = ask("tineye", relate=relate)
    match = next(item for item in outcome.evidence if isinstance(item, Match))
    (seen,) = (item for item in outcome.evidence if isinstance(item, Appearance))
    assert seen.copy in (CopyKind.NEAR, CopyKind.EXACT) and seen.match_id == match.id
    assert seen.date_basis is DateBasis.CRAWL_DATE and seen.published.latest.date().isoformat() == "2014-03-03"


def test_what_each_says_and_what_it_never_says(ask) -> None:
    archives = list(ask("memento").evidence)
    assert [(item.by, item.published.earliest.year, item.copy.value) for item in archives] == [
        ("two.example", 2015, "unknown"), ("one.example", 2016, "unknown"),
    ]  # fmt: skip
    reviews = ask("factcheck").evidence
    assert {type(item) for item in reviews} == {Lead} and all(item.time is None for item in reviews)
    assert "A Desk rates the claim" in reviews[0].statement and reviews[0].lead is LeadKind.CONTEXT
    seen = ask("vision").evidence
    assert len(seen) == 3 and {item.lead for item in seen} == {LeadKind.SIMILARITY}
    (post,) = ask("oembed").evidence
    assert post.by == "A <b>Desk" and post.copy is CopyKind.UNKNOWN and post.date_basis is DateBasis.DISPLAY_NO_TZ
    assert post.published.earliest == datetime(2014, 5, 4, 10, tzinfo=UTC) and not post.published.zone_known
    assert post.post_text == "Troops near Kursk\u2014 A Desk (@desk) May 5, 2014"
    assert "Krasnoyarsk, Russia (56.011, 92.853)" in ask("nominatim").evidence[0].statement
    assert "улица Ленина" in ask("overpass").evidence[0].statement


@pytest.mark.parametrize("name", CHECKS)
def test_nothing_found_is_said_as_such_and_bounds_nothing(ask, speaker, name) -> None:
    speaker.mode = "empty"
    outcome = ask(name)
    if name in ("memento", "oembed"):  # an empty body is no TimeMap, nothing is no post; they say 404
        assert isinstance(outcome, Skipped)
        return
    assert isinstance(outcome, Ran), outcome
    assert outcome.evidence and all(isinstance(one, Lead) and one.lead is LeadKind.ABSENCE for one in outcome.evidence)


@pytest.mark.parametrize("mode", WRONG)
@pytest.mark.parametrize("name", CHECKS)
def test_a_failure_is_not_checked_with_its_reason(ask, speaker, monkeypatch, name, mode) -> None:
    speaker.mode = mode
    began = time.monotonic()
    with monkeypatch.context() as patch:
        if mode == "drip":
            patch.setattr(room, "POLICY", replace(room.POLICY, within_s=0.3))
        outcome = ask(name, cached=True)
    assert isinstance(outcome, Skipped), outcome
    assert re.search(WRONG[mode], outcome.reason), outcome.reason
    assert outcome.remedy and outcome.reason.startswith(name)
    assert time.monotonic() - began < 15  # no pause of minutes was waited for, nor the end of the drip
    assert ask.ledger.lines and all("not checked" in line for line in ask.ledger.lines)
    asked = len(speaker.asked)
    speaker.mode = "right"  # what was no answer is not kept: after the pause it is asked anew
    ask(name, cached=True)
    assert len(speaker.asked) > asked or mode in ("429", "429date", "503")


def test_a_post_that_is_not_shown_is_said_and_an_unknown_host_is_not_asked(ask, speaker) -> None:
    speaker.mode = "404"
    (lead,) = ask("oembed").evidence
    assert lead.lead is LeadKind.ABSENCE and PAGE in lead.statement
    speaker.asked.clear()
    comments = (  # of which these services would tell the author and the words of the post
        "https://www.tiktok.com/@a/video/7300000000000000000?share_comment_id=7361174121373582123",
        "https://youtu.be/dQw4w9WgXcQ?lc=UgxAbCdEfGhIjKlMnOp4AaABAg",
    )
    others = ("https://x.com.evil.example/a/status/1", "https://notx.com/a", "https://www.instagram.com/p/x")
    for url in (*others, *comments):
        assert isinstance(ask("oembed", said=(claim(text="x", url=url),)), Skipped)
    assert not speaker.asked


def test_pages_that_lead_in_a_circle_end(ask, speaker) -> None:
    speaker.mode = "token_loop"
    outcome = ask("factcheck")
    assert isinstance(outcome, Skipped) and "circle" in outcome.reason
    assert len(speaker.asked) <= 6


def test_a_short_pause_is_waited_out(ask, speaker) -> None:
    speaker.mode, speaker.refusals = "once429", 1
    assert isinstance(ask("nominatim"), Ran)
    assert len(speaker.asked) == 2


def test_times_in_the_future_and_shorter_times(ask, speaker, monkeypatch) -> None:
    from .conftest import DIGEST

    rows = [
        HEAD,
        ["2015", ADDRESS, "image/jpeg", "200", DIGEST, "1"],
        ["20990101000000", ADDRESS, "image/jpeg", "200", "X", "1"],
    ]
    monkeypatch.setitem(ROUTES, "/cdx/", (rows, [], {}, []))
    same = next(item for item in ask("wayback", said=()).evidence if isinstance(item, Appearance))
    assert (same.published.earliest.year, same.published.latest.year) == (2015, 2015)
    assert same.published.latest.month == 12
    for bad in ("20151301000000", "x", "201", "20150230"):
        monkeypatch.setitem(ROUTES, "/cdx/", ([HEAD, [bad, ADDRESS, "image/jpeg", "200", DIGEST, "1"]], [], {}, []))
        assert isinstance(ask("wayback", said=()), Skipped)


def test_the_picture_itself_never_leaves_without_its_flag(ask, speaker) -> None:
    for name in CHECKS:
        ask(name)
        ask(name, addresses=())
    assert not any(PICTURE in body or b"base64" in body for _, _, _, body in speaker.asked)
    assert not any(b'"content"' in body for _, _, _, body in speaker.asked)
    for name in ("tineye", "vision"):
        assert isinstance(ask(name, addresses=()), Skipped)
        speaker.asked.clear()
        said: list[str] = []
        assert isinstance(ask(name, addresses=(), send_picture=True, say=said.append), Ran)
        assert len(speaker.asked[0][3]) > len(PICTURE)
        assert "the picture itself" in ask.ledger.lines[0]
        assert hashlib.sha256(speaker.asked[0][3]).hexdigest()[:16] in said[0]


def test_a_key_is_sent_in_a_header_and_stands_nowhere_else(ask, speaker, tmp_path) -> None:
    for name in KEYED:
        said: list[str] = []
        ask(name, cached=True, say=said.append)
        files = ask.ledger.files
        assert KEY not in "\n".join([*said, *ask.ledger.lines]) and said
        assert all(KEY.encode() not in data for data in files.values())
        assert b"(key left out)" in files["asked.warc"]
        assert all(KEY not in path for _, path, _, _ in speaker.asked)
    assert any(KEY in headers.values() for _, _, headers, _ in speaker.asked)
    kept = [path for path in (tmp_path / "XDG_CACHE_HOME").rglob("*") if path.is_file()]
    assert kept and all(KEY.encode() not in path.read_bytes() for path in kept)
    assert all(path.stat().st_mode & 0o077 == 0 for path in kept)


def test_a_reply_that_repeats_the_key_is_not_used(ask, speaker) -> None:
    speaker.mode = "echo"
    outcome = ask("factcheck")
    assert isinstance(outcome, Skipped) and "repeats the key" in outcome.reason and KEY not in outcome.reason
    assert all(KEY.encode() not in data for data in ask.ledger.files.values())


def test_a_key_in_a_file_must_be_the_users_alone(ask, speaker, monkeypatch, tmp_path) -> None:
    monkeypatch.delenv("PROVENANCE_KEY_GOOGLE")
    assert "wants a key" in ask("vision").reason and not speaker.asked
    path = Path(tmp_path / "XDG_CONFIG_HOME" / "provenance" / "keys" / "google")
    path.parent.mkdir(parents=True)
    path.write_text(f"{KEY}\n")
    path.chmod(0o644)
    assert "others can read" in ask("vision").reason
    path.chmod(0o600)
    assert isinstance(ask("vision"), Ran)


def test_the_ledger_tells_what_left_before_it_does(ask, speaker) -> None:
    told: list[tuple[str, int]] = []
    ask("wayback", said=(), say=lambda words: told.append((words, len(speaker.asked))))
    assert [asked for _, asked in told] == list(range(len(told))) and len(told) == len(ask.ledger.lines)
    record = json.loads(ask.ledger.files["asked.json"])
    for (words, _), one, line in zip(told, record["asked"], ask.ledger.lines, strict=True):
        assert one["request"][:16] in words and one["request"] in line and one["addresses"] == ["127.0.0.1"]
        assert one["reply_sha256"] in line and one["asked_at"] == "2026-03-04T05:06:07Z"
    assert {"User-Agent", "Host", "Accept-Encoding"} == set(speaker.asked[0][2])
    assert speaker.asked[0][2]["User-Agent"].startswith("provenance-desk/")


def test_the_same_question_is_asked_once_a_day_and_its_age_is_told(ask, speaker) -> None:
    first = ask("nominatim", cached=True)
    asked = len(speaker.asked)
    assert ask("nominatim", cached=True) == first and len(speaker.asked) == asked
    assert "nothing sent; the reply of 2026-03-04T05:06:07Z is used again" in ask.ledger.lines[0]


def test_a_check_that_was_left_behind_marks_its_own_answer_alone(speaker) -> None:
    outside = ask_outside(["nominatim", "overpass"], now=NOW)
    first, second = (
        Request(service=name, path=path, sends="a place", most_bytes=10_000)
        for name, path in (("nominatim", "/search?q=a"), ("overpass", "/api/interpreter"))
    )
    behind, goes_on = threading.Event(), threading.Event()

    def slow() -> None:
        outside.ask(first)
        behind.set()
        goes_on.wait(60)
        outside.unusable("not as documented")

    thread = threading.Thread(target=slow)
    thread.start()
    behind.wait(60)
    outside.ask(second)
    goes_on.set()
    thread.join(60)
    assert ["not checked: not as documented" in line for line in outside.ledger().lines] == [True, False]
    number = len(speaker.asked)
    outside.ask(second)
    assert len(speaker.asked) == number  # kept for a day all the same
    outside.ask(first)
    assert len(speaker.asked) == number + 1


def test_what_came_before_a_redirect_was_refused_is_kept(ask, speaker) -> None:
    speaker.mode = "redirect"
    assert isinstance(ask("nominatim"), Skipped)
    assert b"Location: http://169.254.169.254/" in ask.ledger.files["asked.warc"]


def test_without_time_nothing_is_sent(ask, speaker) -> None:
    assert isinstance(ask("nominatim", within_s=-1.0), Skipped)
    assert not speaker.asked


def test_an_address_of_a_reply_on_another_server_is_not_asked(ask, speaker, monkeypatch) -> None:
    right = json.loads(json.dumps(ROUTES["/rest/search/"][0]))
    right["results"]["matches"][0]["image_url"] = "http://elsewhere.example/x.jpg"
    monkeypatch.setitem(ROUTES, "/rest/search/", (right, {}, {}, {}))
    (seen,) = ask("tineye").evidence
    assert seen.copy is CopyKind.UNKNOWN and "another server" in seen.limits[1]
    assert isinstance(seen, Appearance) and not isinstance(seen, Claim) and len(speaker.asked) == 1


def tineye_says(days: list[str], number: int = 1) -> dict[str, object]:
    pages = [{"backlink": f"https://p{day[:4]}.example/", "crawl_date": day} for day in days]
    matches = [{"image_url": "BASE/thumb.jpg", "backlinks": pages}] * number
    return {"code": 200, "messages": [], "results": {"matches": matches}}


def test_the_earliest_pages_of_a_match_are_told_and_how_many_are_not(ask, monkeypatch) -> None:
    days = ["2024-03-02", "2020-03-02", "2016-03-02", "2012-03-02", "2008-03-02"]
    monkeypatch.setitem(ROUTES, "/rest/search/", (tineye_says(days), {}, {}, {}))
    outcome = ask("tineye")
    seen = [item for item in outcome.evidence if isinstance(item, Appearance)]
    assert [one.published.earliest.year for one in seen] == [2008, 2012, 2016]
    assert "2 more pages with these matches" in outcome.note
    late, early = (tineye_says([day])["results"]["matches"][0] for day in ("2020-03-01", "2010-03-01"))
    both = {"code": 200, "results": {"matches": [late] * 12 + [early]}}
    monkeypatch.setitem(ROUTES, "/rest/search/", (both, {}, {}, {}))
    outcome = ask("tineye")
    assert "3 more matches" in outcome.note
    assert next(one for one in outcome.evidence if isinstance(one, Appearance)).published.earliest.year == 2010


def test_equal_bytes_of_a_thumbnail_say_nothing_exact_of_the_page(ask) -> None:
    match, page = ask("tineye").evidence
    assert isinstance(match, Match) and (match.copy, match.reference.set_name) == (CopyKind.EXACT, "TinEye")
    assert page.copy is CopyKind.NEAR and page.match_id == match.id and "was not opened" in page.limits[1]


@pytest.mark.parametrize("name", ["tineye", "vision"])
def test_asked_by_address_they_speak_of_the_address(ask, speaker, name) -> None:
    said = [item for item in ask(name).evidence if isinstance(item, Lead)]
    speaker.mode = "empty"
    said += ask(name).evidence
    for lead in said:
        assert "this picture" not in lead.statement and any("was not checked" in one for one in lead.limits)
    assert f'what stands at "{ADDRESS}"' in said[-1].statement
    (lead,) = ask(name, addresses=(), send_picture=True).evidence
    assert "this picture" in lead.statement and not any("was not checked" in one for one in lead.limits)


def test_what_is_not_looked_at_is_said(ask, speaker, monkeypatch) -> None:
    rows = [[f"2010010100000{day}", ADDRESS, "image/png", "200", f"D{day}", "1"] for day in range(5)]
    page = ["20110101000000", ADDRESS, "text/html", "200", "PAGE", "1"]
    monkeypatch.setitem(ROUTES, "/cdx/", ([HEAD, *rows, page], [], {}, []))
    note = ask("wayback", said=()).note
    assert "2 more captures with other bytes" in note and "1 capture of text" in note
    monkeypatch.setitem(ROUTES, "/cdx/", ([HEAD, page], [], {}, []))
    assert "1 capture of text" in ask("wayback", said=()).note
    review = {**ROUTES["/v1alpha1/claims:search"][0]["claims"][0]}
    many = {"claims": [{**review, "claimReview": review["claimReview"] * 23}], "nextPageToken": ""}
    monkeypatch.setitem(ROUTES, "/v1alpha1/claims:search", (many, {}, {}, {}))
    assert "3 more reviews" in ask("factcheck").note
    pages = {"responses": [{"webDetection": {"fullMatchingImages": [{"url": f"https://f/{n}"} for n in range(24)]}}]}
    monkeypatch.setitem(ROUTES, "/v1/images:annotate", (pages, {}, {}, {}))
    assert "4 more pages and pictures" in ask("vision").note
    named = "".join(
        f',\n<https://a{n}.example/x>; rel="memento"; datetime="Wed, 01 May 2019 12:00:00 GMT"' for n in range(22)
    )
    monkeypatch.setitem(ROUTES, "/timemap/", (f'<{ADDRESS}>; rel="original"{named}\n', "", {}, ""))
    assert "2 more archives" in ask("memento").note
    things = {"elements": [{"tags": {"name": f"n{n}"}} for n in range(500)]}
    monkeypatch.setitem(ROUTES, "/api/interpreter", (things, {}, {}, {}))
    assert "beyond the 500 things" in ask("overpass").note


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("wayback", "not asked about: 2 more addresses of the picture, 1 more page that claims"),
        ("memento", "not asked about: 2 more addresses of the picture"),
        ("factcheck", "not asked about: 3 more claims, 4 more addresses of the picture"),
        ("oembed", "not asked about: 1 more post"),
        ("nominatim", "not asked about: 2 more names of places"),
        ("overpass", "not asked about: 1 more position"),
    ],
)
def test_what_is_not_asked_about_is_said(ask, name, words) -> None:
    said = [claim(text=f"Troops {n}", place=f"Place {n}", url=f"https://x.com/a/status/{n}") for n in range(5)]
    said += [claim(text="Troops 5", place=f"56.01,92.8{n},1km") for n in range(3)]
    note = ask(name, said=tuple(said), addresses=tuple(f"{ADDRESS}?{n}" for n in range(6))).note
    assert words in note, note
    few = ask(name, said=(said[0], said[-1]), addresses=(ADDRESS,))
    assert "not asked about" not in few.note


@pytest.mark.parametrize("name", ["memento", "oembed"])
def test_a_web_page_with_status_404_is_no_word_of_the_service(ask, speaker, name) -> None:
    speaker.mode = "404"
    assert ask(name).evidence[0].lead is LeadKind.ABSENCE
    speaker.mode = "404page"
    outcome = ask(name)
    assert isinstance(outcome, Skipped) and "a web page" in outcome.reason


def test_a_day_in_the_words_of_a_post_is_not_the_day_of_the_post(ask) -> None:
    (post,) = ask("oembed", said=(claim(text="x", url="https://www.reddit.com/r/a/comments/b/"),)).evidence
    assert post.published is None and post.date_basis is DateBasis.UNKNOWN and "gives no date" in post.statement


def test_a_reply_that_cannot_be_kept_leaves_nothing_behind(tmp_path, monkeypatch) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    asked = Request(service="x", path="/", sends="", most_bytes=9)
    Kept(tmp_path).put(asked, Answered(status=200, body=b"reply", answered_at=NOW))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_kept_replies_go_after_a_day_and_the_oldest_where_they_are_too_large(tmp_path, monkeypatch) -> None:
    def request(number: int, service: str = "x") -> Request:
        return Request(service=service, path=f"/{number}", sends="", most_bytes=9)

    answer = Answered(status=200, body=b"reply" * 1_000, answered_at=NOW)
    kept = Kept(tmp_path)
    for number in range(6):
        kept.put(request(number), answer)
    kept.put(request(0, "y"), answer)
    files = {number: tmp_path / "x" / f"{request(number).id}.reply" for number in range(6)}
    for number, path in files.items():
        os.utime(path, (time.time() - 100 + number,) * 2)
    os.utime(files[5], (time.time() - 86_500,) * 2)
    os.utime(tmp_path / "y" / f"{request(0, 'y').id}.reply", (time.time() - 86_500,) * 2)
    assert kept.get(request(5), NOW) is None and not files[5].exists() and files[0].exists()
    assert not list((tmp_path / "y").iterdir())  # of another service, too
    monkeypatch.setattr("provenance.online.kept.KEPT_BYTES", 3 * files[0].stat().st_size)
    kept.put(request(6), answer)
    assert [number for number in range(5) if files[number].exists()] == [3, 4]
    assert kept.get(request(6), NOW) == answer
