"""One request to a real server on the loopback address: limits, redirects, TLS to a pinned address, what is kept."""

import gzip
import hashlib
import select
import socket
import ssl
import threading
import time
import zlib
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import ClassVar

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from provenance.errors import FetchError, ForbiddenError, UsageError
from provenance.online.exchange import Policy
from provenance.online.fetch import fetch
from provenance.online.proxy import proxy_named, proxy_shown
from tests.loopback import Quiet, served

BOMB = gzip.compress(bytes(2**26))
REPLIES = {
    "/plain": (200, {"X-One": "1", "Set-Cookie": "a=b"}, b"hello"),
    "/gone": (404, {}, b"not here"),
    "/gzip": (200, {"Content-Encoding": "gzip"}, gzip.compress(b"hello") + gzip.compress(b" again")),
    "/deflate": (200, {"Content-Encoding": "deflate"}, zlib.compress(b"hello")),
    "/bomb": (200, {"Content-Encoding": "gzip"}, BOMB),
    "/members": (200, {"Content-Encoding": "gzip"}, gzip.compress(b"") * 65),
    "/chain": (200, {"Content-Encoding": "gzip, gzip"}, gzip.compress(BOMB)),
    "/brotli": (200, {"Content-Encoding": "br"}, b"hello"),
    "/cut_gzip": (200, {"Content-Encoding": "gzip"}, gzip.compress(b"hello" * 100)[:-9]),
    "/no_gzip": (200, {"Content-Encoding": "gzip"}, b"hello"),
    "/big": (200, {}, bytes(2**21)),
    "/there": (302, {"Location": "/plain"}, b"x" * 2**22),
    "/loop": (302, {"Location": "/loop"}, b""),
    "/inside": (302, {"Location": "http://169.254.169.254/latest/"}, b""),
    "/file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/nowhere": (302, {}, b"no location"),
    "/long_header": (200, {f"X-{number}": "a" * 60_000 for number in range(4)}, b""),
}
RAW = {
    "/short": b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello",
    "/below_none": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
    "/lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\nhello",
    "/no_length": b"HTTP/1.1 200 OK\r\nContent-Length: 1_0\r\n\r\nhello",
    "/below_length": b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
    "/framed": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    "/blank_behind": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked \r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    "/hidden_chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding : chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    "/hidden_length": b"HTTP/1.1 200 OK\r\nno header\r\nContent-Length: 50\r\n\r\nhello",
    "/cut_after_100": b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Le",
    "/whole_after_100": b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    "/whole_after_103": b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\nContent-Length: 9\r\n\r\n" * 2
    + b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    "/cut_after_103": b"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Le",
    "/cut_after_0103": b"HTTP/1.1 0103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Le",
    "/hidden_after_0103": b"HTTP/1.1\xa0103 Hints\r\n\r\nHTTP/1.1 200 OK\r\nno header\r\nContent-Length: 50\r\n\r\nhi",
    "/hinted": b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" * 2**17,
    "/switched": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\nhello",
    "/cut_header": b"HTTP/1.1 302 Found\r\nLocation: http://desk.example/pla",
    "/continued": b"HTTP/1.1 100 Continue\r\n\r\n" * 2**17,
    "/trailer": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + b"X: y\r\n" * 2**19,
    "/nonsense": b"\x00\xff" * 100,
    "/chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + 64 * (b"10000\r\n" + bytes(2**16) + b"\r\n"),
}
SLOW = {"/drip": b"\r\n", "/drip_head": b"X: "}


def handler(seen):
    class Server(Quiet, BaseHTTPRequestHandler):
        def do_GET(self):
            sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            seen.append((self.command, self.path, dict(self.headers), sent))
            try:
                self.answer()
            except OSError:
                self.close_connection = True

        def do_POST(self):
            self.do_GET()

        def answer(self):
            if self.path in RAW:
                self.close_connection = True
                self.wfile.write(RAW[self.path])
                return
            if self.path.partition("?")[0] in SLOW:
                self.wfile.write(b"HTTP/1.1 200 OK\r\n" + SLOW[self.path.partition("?")[0]])
                for _ in range(4_000):
                    self.wfile.write(b"x")
                    time.sleep(0.05)
                return
            status, headers, body = REPLIES.get(self.path, REPLIES["/gone"])
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    return Server


@contextmanager
def serving(context=None):
    seen = []
    with served(handler(seen), context) as port:
        yield port, seen


@pytest.fixture(scope="module")
def running():
    with serving() as found:
        yield found


@pytest.fixture
def ask(running):
    port, seen = running
    seen.clear()

    def call(path, **options):
        policy = options.pop("policy", {})
        allowed = Policy(**{"loopback": frozenset({("127.0.0.1", port)}), "ports": frozenset({port}), "within_s": 60.0,
                            "body_bytes": 2**20, "resolve": lambda host, port: ("127.0.0.1",), **policy})  # fmt: skip
        return fetch(f"http://desk.example:{port}{path}", policy=allowed, **options)

    return call


def test_a_reply_and_what_is_known_of_it(ask, running) -> None:
    moment = datetime(2026, 1, 2, tzinfo=UTC)
    found = ask("/plain?a=%c3%a4&b=ä", clock=lambda: moment)
    assert (found.status, found.body) == (404, b"not here")
    found = ask("/plain", clock=lambda: moment)
    assert (found.status, found.body, found.body_as_sent) == (200, b"hello", b"hello")
    assert found.header("x-one") == "1" and ("X-One", "1") in found.headers
    assert (found.address, found.tls_peer_sha256, found.redirects) == ("127.0.0.1", "", ())
    assert found.asked_at == found.answered_at == moment
    assert found.url == f"http://desk.example:{running[0]}/plain"
    assert ask("/gone").status == 404


def test_nothing_is_sent_but_what_a_request_needs(ask, running, monkeypatch, tmp_path) -> None:
    """No cookie from the reply before, no password file, no proxy, no certificate file of the environment."""
    (tmp_path / ".netrc").write_text("machine desk.example login me password secret\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    ask("/plain")
    ask("/plain")
    for method, _, headers, _ in running[1]:
        assert method == "GET" and set(headers) == {"Host", "User-Agent", "Accept-Encoding"}
        assert headers["Host"] == f"desk.example:{running[0]}" and headers["Accept-Encoding"] == "identity"


def test_coded_replies_are_unpacked_and_kept_as_sent(ask) -> None:
    found = ask("/gzip")
    assert found.body == b"hello again" and found.body_as_sent == REPLIES["/gzip"][2]
    assert ask("/deflate").body == b"hello"


def test_what_a_server_says_before_its_reply_is_no_part_of_it(ask) -> None:
    assert ask("/whole_after_100").body == b"hello"
    hinted = ask("/whole_after_103")
    assert (hinted.status, hinted.body, hinted.header("Link")) == (200, b"hello", "")
    assert ask("/switched").status == 101  # after it nothing is HTTP, and nobody asked for that


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/bomb", "grows past"),
        ("/members", "too many pieces"),
        ("/chain", "was not asked for"),
        ("/brotli", "was not asked for"),
        ("/cut_gzip", "ends too early"),
        ("/no_gzip", "is damaged"),
        ("/big", "more than 1,048,576 bytes"),
        ("/chunks", "more than 1,048,576 bytes"),
        ("/loop", "after 5 others did"),
        ("/inside", "the local link"),
        ("/file", "only http:// and https://"),
        ("/short", "the reply ends too early"),
        ("/nonsense", "what it sends is no HTTP"),
        ("/below_none", "what it sends is no HTTP"),
        ("/lengths", "Content-Length"),
        ("/no_length", 'states its length as "1_0"'),
        ("/below_length", 'states its length as "-5"'),
        ("/framed", 'is framed as "gzip, chunked"'),
        ("/blank_behind", 'is framed as "chunked '),
        ("/hidden_chunks", "header of the reply cannot be read"),
        ("/hidden_length", "header of the reply cannot be read"),
        ("/cut_header", "within its header"),
        ("/cut_after_100", "within its header"),
        ("/continued", "it sends more than"),
        ("/cut_after_103", "within its header"),
        ("/cut_after_0103", "within its header"),
        ("/hidden_after_0103", "the header of the reply cannot be read"),
        ("/hinted", "it sends more than"),
        ("/trailer", "it sends more than"),
        ("/long_header", "too long a header"),
    ],
)
def test_a_reply_beyond_a_limit_or_out_of_form_is_refused_with_the_reason(ask, path, words) -> None:
    with pytest.raises(FetchError, match=words) as caught:
        ask(path)
    assert caught.value.remedy and set(caught.value.tried) == {"127.0.0.1"}
    assert "object at" not in str(caught.value)


@pytest.mark.parametrize("path", ["/drip", "/drip_head"])
def test_the_time_is_for_everything_together(ask, path) -> None:
    began = time.monotonic()
    with pytest.raises(FetchError, match="takes too long"):
        ask(path, policy={"within_s": 0.6})
    assert time.monotonic() - began < 10  # all of it would take minutes


def test_a_resolver_that_hangs_is_left(ask) -> None:
    over = threading.Event()
    try:
        with pytest.raises(FetchError, match="does not answer") as caught:
            ask("/plain", policy={"within_s": 0.3, "resolve": lambda host, port: over.wait(60)})
        assert caught.value.tried == ()
    finally:
        over.set()


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_server_that_never_speaks_is_left(scheme) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        at = silent.getsockname()[:2]
        policy = Policy(loopback=frozenset({at}), ports=frozenset({at[1]}), within_s=0.4)
        began = time.monotonic()
        with pytest.raises(FetchError, match="takes too long"):
            fetch(f"{scheme}://127.0.0.1:{at[1]}/", policy=policy)
        assert time.monotonic() - began < 10


def test_no_error_tells_a_key_of_the_url(ask, running) -> None:
    port = running[0]
    for url in (f"http://desk.example:{port}/drip?key=SECRET", "http://10.0.0.1/?key=SECRET", "ftp://a.example/?key=SECRET",
                "http://none.invalid/?key=SECRET", "http://a.example/ ?key=SECRET"):  # fmt: skip
        with pytest.raises(FetchError) as caught:
            fetch(url, policy=Policy(within_s=0.3, ports=frozenset({port}), resolve=lambda *_: ("127.0.0.1",),
                                     loopback=frozenset({("127.0.0.1", port)})))  # fmt: skip
        assert "SECRET" not in f"{caught.value}{caught.value.remedy}{caught.value!r}"


def test_redirects_are_followed_and_listed(ask, running) -> None:
    found = ask("/there")
    assert found.body == b"hello"
    (step,) = found.redirects
    assert (step.status, step.location, step.address) == (302, "/plain", "127.0.0.1")
    assert ask("/nowhere").status == 302
    with pytest.raises(FetchError, match="sends on"):
        ask("/there", policy={"redirects": 0})


def test_a_body_is_sent_once(ask, running) -> None:
    assert ask("/plain", body=b"asked", headers={"Content-Type": "text/plain"}).status == 200
    method, _, headers, sent = running[1][-1]
    assert (method, sent, headers["Content-Type"]) == ("POST", b"asked", "text/plain")
    with pytest.raises(FetchError, match="wants it sent to"):
        ask("/there", body=b"asked")
    assert len(running[1]) == 2


def test_the_next_address_is_tried_while_none_answers(ask) -> None:
    both = frozenset({("127.0.0.1", 1), ("127.0.0.2", 1)})
    policy = Policy(resolve=lambda *_: ("127.0.0.2", "127.0.0.1"), ports=frozenset({1}), loopback=both)
    with pytest.raises(FetchError, match="cannot be reached") as caught:
        fetch("http://desk.example:1/", policy=policy)
    assert caught.value.tried == ("127.0.0.2", "127.0.0.1")


def test_closed_addresses_of_a_mixed_answer_are_passed_over(ask) -> None:
    found = ask("/plain", policy={"resolve": lambda *_: ("10.0.0.1", "::1", "127.0.0.1")})
    assert found.address == "127.0.0.1"


@pytest.fixture(scope="module")
def secure(tmp_path_factory):
    """A server with a certificate for desk.example under a root of the tests' own."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "desk.example")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(5)
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("desk.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = folder / "server.pem"
    pem.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    names = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    context.sni_callback = lambda _, name, __: names.append(name)
    der = certificate.public_bytes(serialization.Encoding.DER)
    with serving(context) as (port, seen):
        yield port, seen, str(pem), hashlib.sha256(der).hexdigest(), names


def over_tls(secure, host, roots, proxy=""):
    port = secure[0]
    policy = Policy(loopback=frozenset({("127.0.0.1", port)}), ports=frozenset({port}), roots=roots, within_s=60.0,
                    resolve=lambda host, port: ("127.0.0.1",), proxy=proxy)  # fmt: skip
    return fetch(f"https://{host}:{port}/plain", policy=policy)


def test_tls_names_and_checks_the_host_of_the_url_at_the_pinned_address(secure) -> None:
    _, seen, pem, sha256, names = secure
    names.clear()
    found = over_tls(secure, "desk.example", pem)
    assert found.body == b"hello" and found.tls_peer_sha256 == sha256 and found.address == "127.0.0.1"
    assert names == ["desk.example"]
    seen.clear()
    for host, roots in (("other.example", pem), ("desk.example", ""), ("127.0.0.1", pem)):
        with pytest.raises(FetchError, match=r"certificate|doesn't match|mismatch"):
            over_tls(secure, host, roots)
    assert not seen


class _Proxy(StreamRequestHandler):
    """Connects onward as it is told, and keeps what it was told."""

    said: ClassVar[list[bytes]] = []

    def handle(self) -> None:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += self.rfile.readline()
        self.said.append(head)
        host, _, port = head.split()[1].decode().rpartition(":")
        with socket.create_connection((host, int(port))) as onward:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            pairs = {self.connection: onward, onward: self.connection}
            while True:
                for end in select.select(list(pairs), [], [], 5)[0]:
                    data = end.recv(65_536)
                    if not data:
                        return
                    pairs[end].sendall(data)


def test_a_proxy_is_told_the_checked_address_and_reads_nothing(secure, monkeypatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    with ThreadingTCPServer(("127.0.0.1", 0), _Proxy) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        proxy = f"http://desk:s3cret@127.0.0.1:{server.server_address[1]}"
        found = over_tls(secure, "desk.example", secure[2], proxy)
        with pytest.raises(FetchError, match=r"certificate|doesn't match|mismatch"):
            over_tls(secure, "other.example", secure[2], proxy)
        with pytest.raises(ForbiddenError, match="without TLS"):
            fetch("http://desk.example/", policy=Policy(proxy=proxy, resolve=lambda *_: pytest.fail("looked up")))
        with pytest.raises(ForbiddenError, match="this machine"):
            fetch("https://inner.example/", policy=Policy(proxy=proxy, resolve=lambda *_: ("127.0.0.1",)))
        server.shutdown()
    with pytest.raises(FetchError, match=r"through the proxy 127.0.0.1:9: it cannot be reached"):
        over_tls(secure, "desk.example", secure[2], "http://127.0.0.1:9")
    assert found.body == b"hello" and found.tls_peer_sha256 == secure[3]
    assert (
        len(_Proxy.said) == 2
        and _Proxy.said[0].startswith(b"CONNECT 127.0.0.1:")
        and b"desk.example" not in _Proxy.said[0]
    )
    assert b"hello" in found.exchanges[0].reply and b"CONNECT" not in found.exchanges[0].request
    assert "s3cret" not in proxy_shown(proxy) and b"s3cret" not in found.exchanges[0].request


def test_a_proxy_is_told_as_it_is_asked() -> None:
    assert proxy_shown("http://[2001:DB8::1]:3128") == "the proxy [2001:db8::1]:3128"
    assert proxy_shown("http://u:p@p.example") == "the proxy p.example:80"
    assert proxy_shown("http://p\x1b[2J:1") == proxy_shown("http://:1") == "a proxy"
    assert "\x1b" not in proxy_shown("http://p\x1b:1")


def test_a_proxy_is_named_by_a_person() -> None:
    assert proxy_named("http://p.example:3128", {}) == "http://p.example:3128"
    assert proxy_named("environment", {"https_proxy": "http://q.example"}) == "http://q.example"
    wrong = ("http://p\x1b:1", "http://p\u202e:1", "http://p p:1", "http://p:1#x")
    for said in (*wrong, "environment", "socks5://p", "p.example:3128", "http://", "http://p:99999", "http://p/x"):
        with pytest.raises(UsageError):
            proxy_named(said, {})


def test_a_url_of_another_kind_is_refused_before_anything(ask) -> None:
    urls = [
        "ftp://a.example/", "file:///etc/passwd", "http:///x", "a.example", "http://u:p@a.example/", "http://[::1",
        "http://a.example:22/", "http://a.example\\@b.example/", "http://a .example/", "http://a.example/\r\nX: y",
        "http://[::1]x/", "http://a..example/", f"http://{'a' * 64}.example/", "http://a.example:99999/", "",
        "http://a%2eexample/", "http://a.example:٨٠/", "http://\ud800/", f"http://a.example/{'x' * 9000}",
    ]  # fmt: skip
    for url in urls:
        with pytest.raises(ForbiddenError):
            fetch(url, policy=Policy(resolve=lambda *_: pytest.fail("looked up")))
