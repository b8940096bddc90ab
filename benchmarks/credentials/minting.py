"""Signs pictures with certificates made on the spot: roots, signers and a time-stamp authority of our own, on loopback.

Needs c2pa-python and cryptography; the time-stamp authority is `openssl ts` behind an HTTP server on 127.0.0.1.
"""

from __future__ import annotations

import io
import json
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID as Usage
from cryptography.x509.oid import NameOID

_Made = TypeVar("_Made")
_BRIEF_S = (3, 15, 60)
SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/"
EMAIL, DOCUMENTS = Usage.EMAIL_PROTECTION, x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")


@dataclass(frozen=True)
class Signer:
    """A certificate chain and its key, as PEM."""

    chain: str
    key: str = field(repr=False)


@dataclass(frozen=True)
class Authority:
    """A root that issues certificates."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey = field(repr=False)

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    def run_out(self, made: Callable[[Signer], _Made]) -> _Made:
        """What is made with a signer whose certificate has run out since: the library signs with none that has.

        A certificate is good for seconds; a busy machine, on which these are over too soon, gets one for longer.
        """
        for brief_s in _BRIEF_S:
            until_s = time.time() + brief_s
            try:
                ready = made(self.signer(days=(-1, brief_s / 86_400)))
            except Exception:
                if time.time() < until_s - 1 or brief_s == _BRIEF_S[-1]:
                    raise
                continue
            time.sleep(max(0.0, until_s + 1 - time.time()))
            return ready
        raise AssertionError("the last of them is raised")

    def signer(
        self,
        name: str = "Bench Camera",
        organisation: str = "Bench Works",
        *,
        days: tuple[float, float] = (-1, 30),
        usage: x509.ObjectIdentifier = EMAIL,
    ) -> Signer:
        """A certificate for `name`, good from and until so many days from now."""
        key = ec.generate_private_key(ec.SECP256R1())
        issued = _certificate(self.certificate.subject, self.key, _name(name, organisation), key, days, usage=usage)
        leaf = issued.public_bytes(serialization.Encoding.PEM).decode()
        return Signer(chain=leaf + self.pem, key=_pem(key))


def authority(name: str = "Bench Root") -> Authority:
    """A root of our own."""
    key = ec.generate_private_key(ec.SECP256R1())
    named = _name(name, "Bench Works")
    return Authority(_certificate(named, key, named, key, (-3650, 3650), usage=None), key)


def _name(name: str, organisation: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "DE"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )


def _certificate(
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    subject: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    days: tuple[float, float],
    *,
    usage: x509.ObjectIdentifier | None,
) -> x509.Certificate:
    now, root = datetime.now(UTC), usage is None
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=root, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not root, content_commitment=False, key_encipherment=False, data_encipherment=False,
                key_agreement=False, key_cert_sign=root, crl_sign=root, encipher_only=False, decipher_only=False,
            ),
            critical=True,
        )
    )  # fmt: skip
    if usage is not None:
        made = made.add_extension(x509.ExtendedKeyUsage([usage]), critical=usage == Usage.TIME_STAMPING)
    return made.sign(issuer_key, hashes.SHA256())


def _pem(key: ec.EllipticCurvePrivateKey) -> str:
    plain = serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain).decode()


def sign(
    data: bytes,
    media_type: str,
    signer: Signer,
    *,
    title: str = "picture",
    source_type: str = "digitalCapture",
    parent: bytes | None = None,
    stamps: str | None = None,
    remote: str = "",
    redact: str = "",
    thumbnail: bool = False,
    parts: tuple[bytes, ...] = (),
    role: str = "componentOf",
    validate: bool = True,
    version: int = 2,
    assertions: tuple[dict[str, Any], ...] = (),
) -> bytes:
    """The picture with a manifest. `parent` is the version it edits; `remote` leaves the manifest out and names it.

    `parts` are further ingredients in the relationship `role`; with `validate` off nobody looks at what they bring.
    """
    import c2pa

    action: dict[str, object] = {"action": "c2pa.created", "digitalSourceType": SOURCE_TYPE + source_type}
    actions = [action] if parent is None else []
    definition: dict[str, Any] = {
        "claim_generator_info": [{"name": "bench", "version": "1"}],
        "title": title,
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": actions}}, *assertions]
        if actions
        else [*assertions],
    }
    if version == 1:
        definition["claim_version"] = 1
    if redact:
        definition["redactions"] = [redact]
    verify = {"verify_after_sign": False, "remote_manifest_fetch": False, "verify_trust": False}
    settings: dict[str, Any] = {"version": 1, "builder": {"thumbnail": {"enabled": thumbnail}}, "verify": verify}
    if not validate:
        settings["verify"] = {**verify, "verify_after_reading": False}
    context = c2pa.Context.from_dict(settings)
    builder = c2pa.Builder.from_json(json.dumps(definition), context=context)
    if parent is not None:
        builder.set_intent(c2pa.C2paBuilderIntent.EDIT)
        named = {"title": "parent", "relationship": "parentOf"}
        builder.add_ingredient_from_stream(json.dumps(named), media_type, io.BytesIO(parent))
    for number, part in enumerate(parts):
        named = {"title": f"part {number}", "relationship": role}
        builder.add_ingredient_from_stream(json.dumps(named), media_type, io.BytesIO(part))
    if remote:
        builder.set_no_embed()
        builder.set_remote_url(remote)
    info = c2pa.C2paSignerInfo(
        alg="es256", sign_cert=signer.chain.encode(), private_key=signer.key.encode(), ta_url=stamps
    )
    out = io.BytesIO()
    builder.sign(c2pa.Signer.from_info(info), media_type, io.BytesIO(data), out)
    return out.getvalue()


@contextmanager
def time_stamps(root: Authority, folder: Path) -> Iterator[str]:
    """A time-stamp authority under `root` on the loopback address; gives its address."""
    stamper = root.signer("Bench Time Stamps", usage=Usage.TIME_STAMPING)
    (folder / "stamper.pem").write_text(
        stamper.chain.split("-----END CERTIFICATE-----")[0] + "-----END CERTIFICATE-----\n"
    )
    (folder / "key.pem").write_text(stamper.key)
    (folder / "root.pem").write_text(root.pem)
    (folder / "serial").write_text("01\n")
    (folder / "ts.cnf").write_text(
        "[tsa]\ndefault_tsa = one\n[one]\n"
        f"serial = {folder}/serial\nsigner_cert = {folder}/stamper.pem\nsigner_key = {folder}/key.pem\n"
        f"certs = {folder}/root.pem\nsigner_digest = sha256\ndefault_policy = 1.2.3.4\ndigests = sha256,sha384,sha512\n"
        "ess_cert_id_chain = no\ness_cert_id_alg = sha256\n"
    )

    class Stamps(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            (folder / "query").write_bytes(asked)
            made = subprocess.run(
                ["openssl", "ts", "-reply", "-config", folder / "ts.cnf", "-queryfile", folder / "query"],
                capture_output=True, check=True,
            )  # fmt: skip
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(made.stdout)

        def log_message(self, *_: object) -> None:
            """Keeps quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Stamps) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
