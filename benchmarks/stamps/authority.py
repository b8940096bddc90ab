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
from typing import ClassVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from benchmarks.credentials.minting import Authority, Signer, Usage, authority
from provenance.custody.timestamp import request

FIXED: dict[str, tuple[int, bytes, dict[str, str]]] = {
    "error": (500, b"out of order", {}),
    "redirect": (307, b"", {"Location": "http://127.0.0.1:1/"}),
    "redirect_out": (307, b"", {"Location": "http://elsewhere.example/"}),
    "garbage": (200, bytes(range(256)) * 8, {}),
    "page": (200, b"<html>Please prove that you are human</html>", {}),
    "empty": (200, b"", {}),
    "huge": (200, bytes(2**22), {}),
}
"""What is answered whatever was asked: status, body, further headers."""
CONFIGS = {
    "right": ("right", "sha256,sha512", ""),
    "chained": ("right", "sha256,sha512", "root.pem"),
    "expired": ("expired", "sha256,sha512", ""),
    "stranger": ("stranger", "sha256,sha512", ""),
    "rejected": ("right", "sha512", ""),
    "twin": ("right", "sha256,sha512", "twin.pem"),
}
"""Settings of `openssl ts` by mode: the signer, the digests it takes, further certificates that it sends along."""
MODES = (*FIXED, *CONFIGS, "wrong_digest", "wrong_nonce", "truncated", "drip")


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
        config = self.folder / f"{mode if mode in CONFIGS else 'right'}.cnf"
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
    }
    (folder / "root.pem").write_text(desk.root.pem)
    (folder / "twin.pem").write_text(_twin(signers["right"]))
    for name, signer in signers.items():
        _write(folder, name, signer)
    for mode, (name, digests, certificates) in CONFIGS.items():
        more = f"certs = {folder}/{certificates}\n" if certificates else ""
        (folder / f"{mode}.cnf").write_text(
            f"[tsa]\ndefault_tsa = one\n[one]\nserial = {folder}/serial\nsigner_cert = {folder}/{name}.pem\n"
            f"signer_key = {folder}/{name}.key\nsigner_digest = sha256\ndefault_policy = 1.2.3.4\n"
            f"digests = {digests}\n{more}accuracy = secs:1, millisecs:500\ness_cert_id_chain = no\n"
            "ess_cert_id_alg = sha256\n"
        )
    (folder / "serial").write_text("0A\n")
    with ThreadingHTTPServer(("127.0.0.1", 0), type("Stamps", (_Stamps,), {"desk": desk})) as server:
        desk.address = ("127.0.0.1", int(server.server_address[1]))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield desk
        finally:
            server.shutdown()
            thread.join(10)


def _twin(signer: Signer) -> str:
    """A certificate with the issuer, number and key of the signer's own, under another name, that nobody issued."""
    real = x509.load_pem_x509_certificate(signer.chain.encode())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A Famous Authority")])
    made = x509.CertificateBuilder(real.issuer, name, real.public_key(), real.serial_number, real.not_valid_before_utc,
                                   real.not_valid_after_utc, list(real.extensions))  # fmt: skip
    forged = made.sign(ec.generate_private_key(ec.SECP256R1()), hashes.SHA256())
    return forged.public_bytes(serialization.Encoding.PEM).decode()


def _write(folder: Path, name: str, signer: Signer) -> None:
    end = "-----END CERTIFICATE-----\n"
    (folder / f"{name}.pem").write_text(signer.chain.partition(end)[0] + end)
    (folder / f"{name}.key").write_text(signer.key)


class _Stamps(BaseHTTPRequestHandler):
    desk: ClassVar[StampDesk]

    def do_POST(self) -> None:
        mode = self.path.strip("/")
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        self.desk.asked.append((mode, asked))
        self.desk.headers.append(dict(self.headers))
        try:
            self._answer(mode, asked)
        except ConnectionError:
            self.close_connection = True

    def _answer(self, mode: str, asked: bytes) -> None:
        if mode == "drip":
            self._drip(self.desk.answer("right", asked))
        elif mode == "truncated":
            self._reply(200, self.desk.answer("right", asked)[:-700], {})
        else:
            self._reply(*(FIXED.get(mode) or (200, self.desk.answer(mode, asked), {})))

    def _reply(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        kind = {"Content-Type": "application/timestamp-reply", "Content-Length": str(len(body))}
        for name, value in {**kind, **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _drip(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        for number in range(len(body)):
            self.wfile.write(body[number : number + 1])
            time.sleep(self.desk.drip_s)

    def log_message(self, *_: object) -> None:
        """Keeps quiet."""
