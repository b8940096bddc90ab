"""All services on one server of the loopback address, in their right and their wrong ways."""

import base64
import gzip
import hashlib
import io
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from PIL import Image

import provenance.asking as room
from provenance.cli.main import main
from provenance.online.exchange import Policy
from provenance.online.services import SERVICES
from tests.loopback import Quiet, served

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def small(name: str) -> bytes:
    """A sample at a third of its size, which is checked in a third of the time."""
    saved = io.BytesIO()
    with Image.open(SAMPLES / name) as opened:
        opened.resize((opened.width // 3, opened.height // 3)).save(saved, "JPEG", quality=90)
    return saved.getvalue()


PICTURE = small("stranger.jpg")
OTHER = small("reference/wheat_road.jpg")
ADDRESS, PAGE = "https://pictures.example/a.jpg", "https://x.com/desk/status/463440424141459456"
CLAIM = [
    "--claim",
    "Troops near Kursk",
    "--claimed-time",
    "2024-11-14",
    "--claimed-place",
    "Springfield",
    "--url",
    PAGE,
]
"""Options of `check`: what is said of the picture."""
DIGEST = base64.b32encode(hashlib.sha1(PICTURE).digest()).decode()
NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
HEAD = ["timestamp", "original", "mimetype", "statuscode", "digest", "length"]
CDX = [
    HEAD,
    ["20140102030405", ADDRESS, "image/png", "200", "OTHERDIGEST", "99"],
    ["20150501120000", ADDRESS, "image/jpeg", "200", DIGEST, "-1"],
    ["20150501120000", ADDRESS, "image/jpeg", "200", DIGEST, "-1"],
    ["20160501120000", ADDRESS, "warc/revisit", "-", DIGEST, "7"],
]
TIMEMAP = (
    f'<{ADDRESS}>; rel="original",\n<https://one.example/tm>; rel="self"; type="application/link-format",\n'
    f'<https://one.example/2016/{ADDRESS}>; rel="first memento"; datetime="Sun, 01 May 2016 12:00:00 GMT",\n'
    f'<https://one.example/2019/{ADDRESS}>; rel="last memento"; datetime="Wed, 01 May 2019 12:00:00 GMT",\n'
    f'<https://two.example/2015/{ADDRESS}>; rel="memento"; datetime="Fri, 01 May 2015 12:00:00 GMT"\n'
)
REVIEW = {
    "text": "Troops near Kursk",
    "claimant": "An account",
    "claimDate": "2024-11-14T00:00:00Z",
    "claimReview": [
        {
            "publisher": {"name": "A Desk", "site": "desk.example"},
            "url": "https://desk.example/check",
            "title": "No, it is older",
            "reviewDate": "2024-11-16T00:00:00Z",
            "textualRating": "Miscaptioned",
            "languageCode": "en",
        }
    ],
}
ROUTES = {  # by the beginning of the path: the right reply, the empty one, a 200 that tells of an error, wrong types
    "/cdx/": (CDX, [], {"error": "Blocked"}, [HEAD, [20150501120000, None, "a", "200", DIGEST, "1"]]),
    "/wayback/": (
        {"archived_snapshots": {"closest": {"available": True, "url": "x", "timestamp": "20150601", "status": "200"}}},
        {"archived_snapshots": {}}, {"error": "Blocked"}, {"archived_snapshots": None},
    ),
    "/timemap/": (TIMEMAP, "", {"error": "Blocked"}, '<https://one.example/x>; rel="memento"; datetime=5'),
    "/v1alpha1/claims:search": ({"claims": [REVIEW]}, {}, {"error": {"message": "no"}}, {"claims": None}),
    "/v1alpha1/claims:imageSearch": ({"results": [{"claim": REVIEW}]}, {}, {"error": "no"}, {"results": 5}),
    "/rest/search/": (
        {"code": 200, "messages": [], "results": {"matches": [{
            "image_url": "BASE/thumb.jpg", "domain": "old.example", "score": 90.1,
            "backlinks": [{"url": "u", "backlink": "https://old.example/p", "crawl_date": "2014-03-02"}],
        }]}},
        {"code": 200, "messages": [], "results": {"matches": []}},
        {"code": 400, "messages": ["bad key"], "results": {}},
        {"code": 200, "results": {"matches": [{"image_url": 3, "backlinks": None}]}},
    ),
    "/v1/images:annotate": (
        {"responses": [{"webDetection": {
            "webEntities": [{"description": "x"}],
            "pagesWithMatchingImages": [{"url": "https://p.example/", "pageTitle": "<b>T"}],
            "fullMatchingImages": [{"url": "https://f.example/a.jpg"}],
            "visuallySimilarImages": [{"url": "https://v.example/b.jpg"}],
        }}]},
        {"responses": [{}]}, {"responses": [{"error": {"code": 7, "message": "denied"}}]},
        {"responses": [{"webDetection": {"fullMatchingImages": [5]}}]},
    ),
    "/oembed": (
        {"type": "rich", "version": "1.0", "author_name": "A <b>Desk", "html":
         '<p>Troops <a href="x">near</a> Kursk</p>&mdash; A Desk (@desk) <a href="y">May 5, 2014</a>'},
        {}, {"error": "Sorry, that page does not exist"}, {"type": "rich", "author_name": None},
    ),
    "/search": (
        [{"lat": "56.0106", "lon": "92.8525", "display_name": "Krasnoyarsk, Russia"}],
        [], {"error": "Unable to geocode"}, [{"lat": 56.0, "lon": None}],
    ),
    "/api/interpreter": (
        {"elements": [{"type": "node", "id": 1, "tags": {"name": "улица Ленина"}}]}, {"elements": []},
        {"elements": [], "remark": "runtime error: Query timed out"}, {"elements": [{"tags": {"name": 7}}]},
    ),
}  # fmt: skip


@dataclass
class Speaker:
    """The server: how it answers now, what it was asked, what it says more often than once."""

    base: str = ""
    port: int = 0
    mode: str = "right"
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    archived: bytes = PICTURE
    refusals: int = 0
    elsewhere: bool = False

    def reply(self, path: str, key: str) -> tuple[int, dict[str, str], bytes]:
        if self.elsewhere and path.startswith("/web/2015"):
            return 302, {"Location": path.replace("20150501120000", "20250101000000")}, b""
        if path.startswith("/web/"):
            return 200, {}, OTHER if "/web/2014" in path else self.archived
        if path == "/thumb.jpg":
            return 200, {}, self.archived
        right, empty, error, wrong = next(told for start, told in ROUTES.items() if path.startswith(start))
        modes = {"right": right, "empty": empty, "error200": error, "wrong_types": wrong}
        if self.mode in modes:
            return 200, {}, self.bytes_of(modes[self.mode])
        later = format_datetime(datetime.now(UTC) + timedelta(seconds=900), usegmt=True)
        if self.mode == "once429" and self.refusals:
            self.refusals -= 1
            return 429, {"Retry-After": "0"}, b""
        plain = self.bytes_of(right)
        return {
            "once429": (200, {}, plain),
            "429": (429, {"Retry-After": "900"}, b"slow down"),
            "429date": (429, {"Retry-After": later}, b""),
            "503": (503, {}, b""),
            "404": (404, {}, b""),
            "404page": (404, {}, b"<!DOCTYPE html>\n<html><title>Moved</title>"),
            "truncated": (200, {}, plain[: len(plain) // 2 - 3]),
            "captcha": (200, {"Content-Type": "text/html"}, b"<!DOCTYPE html><html>Are you a robot?</html>"),
            "redirect": (302, {"Location": "http://169.254.169.254/latest/meta-data/"}, b""),
            "redirect_here": (302, {"Location": "http://127.0.0.1/admin"}, b""),
            "bomb": (200, {"Content-Encoding": "gzip"}, BOMB),
            "deep": (200, {}, b"[" * 100_000),
            "no_number": (200, {}, b'[["timestamp", NaN]]'),
            "echo": (200, {}, json.dumps({"claims": [], "you": key}).encode()),
        }[self.mode]

    def bytes_of(self, value: object) -> bytes:
        text = value if isinstance(value, str) else json.dumps(value)
        return text.replace("BASE", self.base).encode()


BOMB = gzip.compress(bytes(2**26))


@contextmanager
def speaking() -> Iterator[Speaker]:
    speaker = Speaker()

    class Server(Quiet, BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = dict(self.headers)
            speaker.asked.append((self.command, self.path, headers, body))
            try:
                if speaker.mode == "drip":
                    self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
                    for _ in range(4_000):
                        self.wfile.write(b" ")
                        time.sleep(0.05)
                    return
                key = headers.get("X-Goog-Api-Key") or headers.get("X-API-Key") or ""
                if speaker.mode == "token_loop" and "claims:" in self.path:
                    status, more, data = 200, {}, b'{"claims": [], "results": [], "nextPageToken": "again"}'
                else:
                    status, more, data = speaker.reply(self.path, key)
                self.send_response(status)
                for name, value in {"Content-Length": str(len(data)), **more}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)
            except OSError:
                self.close_connection = True

        def do_POST(self) -> None:
            self.do_GET()

    with served(Server) as port:
        speaker.port, speaker.base = port, f"http://127.0.0.1:{port}"
        yield speaker


@pytest.fixture
def ended(capsys):
    """A run of the command line: its exit code, and what it said on both streams."""

    def call(*words):
        capsys.readouterr()
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture(scope="session")
def _speaker() -> Iterator[Speaker]:
    with speaking() as speaker:
        yield speaker


@pytest.fixture
def speaker(_speaker, methods_once, monkeypatch, tmp_path) -> Speaker:
    """The server in the place of every service; the tests alone may reach it. Folders are the test's own."""
    _speaker.mode, _speaker.archived, _speaker.refusals = "right", PICTURE, 0
    _speaker.elsewhere = False
    _speaker.asked.clear()
    here = [
        replace(one, bases=dict.fromkeys(one.bases, _speaker.base), interval_s=0.0, says=one.says) for one in SERVICES
    ]
    at = frozenset({("127.0.0.1", _speaker.port)})
    monkeypatch.setattr(room, "SERVICES", tuple(here))
    monkeypatch.setattr(room, "POLICY", Policy(loopback=at, ports=frozenset({_speaker.port}), within_s=60))
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.delenv("PROVENANCE_REFERENCE", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "picture.jpg").write_bytes(PICTURE)
    return _speaker
