"""A time-stamp authority on the loopback address: `openssl ts` behind an HTTP server, right or wrong by the path asked.

    with stamp_desk(folder) as desk:
        desk.url("right"); desk.root_pem; desk.asked

Needs openssl (the program) and cryptography.
"""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from benchmarks.credentials.minting import Authority, Signer, Usage, authority
from provenance.custody.timestamp import request

MODES = ("right", "chained", "wrong_digest", "wrong_nonce", "garbage", "empty", "page", "error", "drip",
         "redirect", "redirect_out", "huge", "expired", "stranger", "wrong_purpose", "rejected", "truncated")  # fmt: skip
_SIGNER_OF = {"expired": "expired", "stranger": "stranger", "wrong_purpose": "mail", "chained": "right"}


@dataclass
class StampDesk:
    """The running authority."""

    folder: Path
    root: Authority
    address: tuple[str, int] = ("127.0.0.1", 0)
    asked: list[tuple[str, bytes]] = field(default_factory=list)
    """Path and body of every request, in order."""
    headers: list[dict[str, str]] = field(default_factory=list)
    drip_s: float = 0.2

    def url(self, mode: str) -> str:
        """The authority's address in one of MODES."""
        return f"http://{self.address[0]}:{self.address[1]}/{mode}"

    def answer(self, mode: str, asked: bytes) -> bytes:
        """A TimeStampResp from `openssl ts`."""
        if mode == "wrong_digest":
            asked = request(b"something else", _nonce(asked))
        elif mode == "wrong_nonce":
            asked = _numbered(asked, 7)
        query = self.folder / f"query-{threading.get_ident()}"
        query.write_bytes(asked)
        config = self.folder / f"{mode if mode == 'rejected' or mode in _SIGNER_OF else 'right'}.cnf"
        ended = subprocess.run(
            ["openssl", "ts", "-reply", "-config", config, "-queryfile", query], capture_output=True, check=True
        )
        return ended.stdout


def _nonce(asked: bytes) -> bytes:
    """The nonce's bytes in a request of ours, which begins after the digest and ends before certReq."""
    return asked[asked.index(b"\x04\x20") + 36 : -3]


def _numbered(asked: bytes, number: int) -> bytes:
    """The request with another nonce, 1 to 127."""
    body = asked[2 : asked.index(b"\x04\x20") + 34] + bytes((2, 1, number)) + asked[-3:]
    return bytes((0x30, len(body))) + body


@contextmanager
def stamp_desk(folder: Path) -> Iterator[StampDesk]:
    """An authority that runs until the block ends; its files lie in `folder`."""
    desk = StampDesk(folder, authority("Stamp Root"))
    signers = {
        "right": desk.root.signer("Stamp Desk", usage=Usage.TIME_STAMPING),
        "expired": desk.root.signer("Late Desk", usage=Usage.TIME_STAMPING, days=(-30, -1)),
        "stranger": authority("Other Root").signer("Strange Desk", usage=Usage.TIME_STAMPING),
        "mail": desk.root.signer("Mail Desk"),
    }
    (folder / "root.pem").write_text(desk.root.pem)
    for name, signer in signers.items():
        _write(folder, name, signer)
    for mode, name, extra in (
        ("right", "right", ""),
        ("chained", "right", f"certs = {folder}/root.pem\n"),
        ("expired", "expired", ""),
        ("stranger", "stranger", ""),
        ("wrong_purpose", "mail", ""),
        ("rejected", "right", "digests = sha512\n"),
    ):
        digests = "" if mode == "rejected" else "digests = sha256,sha512\n"
        (folder / f"{mode}.cnf").write_text(
            f"[tsa]\ndefault_tsa = one\n[one]\nserial = {folder}/serial\nsigner_cert = {folder}/{name}.pem\n"
            f"signer_key = {folder}/{name}.key\nsigner_digest = sha256\ndefault_policy = 1.2.3.4\n{digests}{extra}"
            "accuracy = secs:1, millisecs:500\ness_cert_id_chain = no\ness_cert_id_alg = sha256\n"
        )
    (folder / "serial").write_text("0A\n")
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(desk)) as server:
        desk.address = ("127.0.0.1", int(server.server_address[1]))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield desk
        finally:
            server.shutdown()
            thread.join(10)


def _write(folder: Path, name: str, signer: Signer) -> None:
    end = "-----END CERTIFICATE-----\n"
    (folder / f"{name}.pem").write_text(signer.chain.partition(end)[0] + end)
    (folder / f"{name}.key").write_text(signer.key)


def _handler(desk: StampDesk) -> type[BaseHTTPRequestHandler]:
    class Stamps(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            mode = self.path.strip("/")
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            desk.asked.append((mode, asked))
            desk.headers.append(dict(self.headers))
            try:
                self._answer(mode, asked)
            except ConnectionError:
                self.close_connection = True

        def _answer(self, mode: str, asked: bytes) -> None:
            if mode == "error":
                self._reply(500, b"out of order")
            elif mode in ("redirect", "redirect_out"):
                there = "http://127.0.0.1:1/" if mode == "redirect" else "http://elsewhere.example/"
                self._reply(307, b"", Location=there)
            elif mode == "garbage":
                self._reply(200, bytes(range(256)) * 8)
            elif mode == "page":
                self._reply(200, b"<html>Please prove that you are human</html>", kind="text/html")
            elif mode == "empty":
                self._reply(200, b"")
            elif mode == "huge":
                self._reply(200, bytes(2**22))
            elif mode == "truncated":
                self._reply(200, desk.answer("right", asked)[:-700])
            elif mode == "drip":
                self._drip(desk.answer("right", asked))
            else:
                self._reply(200, desk.answer(mode, asked))

        def _reply(self, status: int, body: bytes, kind: str = "application/timestamp-reply", **headers: str) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def _drip(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            for number in range(len(body)):
                self.wfile.write(body[number : number + 1])
                time.sleep(desk.drip_s)

        def log_message(self, *_: object) -> None:
            """Keeps quiet."""

    return Stamps
