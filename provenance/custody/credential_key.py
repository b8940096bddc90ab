"""A key and certificates that sign C2PA manifests: made here at first use, or given by the desk.

C2PA wants X.509 certificates (C2PA 2.2, section 14.5), and the key of seals has none. Those made here are issued by a
root whose key is thrown away as soon as it has signed them: no trust list names it, and every reader says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import KeyStoreError, unless_full
from . import disk
from .keys import INSTALL, NO_LIBRARY, require_private, write_once

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

NAME = "credential_key.pem"
MOST_BYTES = 2**16
YEARS = 10
DOCUMENTS = "1.3.6.1.5.5.7.3.36"
"""Extended key usage "document signing" (RFC 9336), one of those that C2PA 2.2, section 14.5.1.1, takes."""
ORGANISATION = "A desk on no trust list"
_BOUNDARY = b"-----BEGIN CERTIFICATE-----"


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialKey:
    """A private key (PKCS #8) and its certificates, the signer's first, as PEM; and how it signs (RFC 9053)."""

    key: bytes = field(repr=False)
    chain: bytes
    algorithm: str
    ends: datetime
    """When the signer's certificate runs out."""
    made: bool = False


def credential_key(folder: Path, now: datetime) -> CredentialKey:
    """The key in `folder`, made when there is none. Raises KeyStoreError."""
    path = folder / NAME
    try:
        made = not disk.there(path) and write_once(path, _made(now), 0o600)
        require_private(path)
        data = disk.read(path, MOST_BYTES)
    except ImportError:
        raise KeyStoreError(NO_LIBRARY, remedy=INSTALL) from None
    except OSError as error:
        remedy = unless_full(error, "set $PROVENANCE_KEYS to a folder of your own")
        raise KeyStoreError(f"the key {path}: {error.strerror or type(error).__name__}", remedy=remedy) from error
    at = data.find(_BOUNDARY)
    return read_credential_key(data[:at], data[at:], str(path), now=now, made=made)


def read_credential_key(key: bytes, chain: bytes, name: str, *, now: datetime, made: bool = False) -> CredentialKey:
    """A key without a passphrase, and certificates, as PEM; `name` is what errors call them. Raises KeyStoreError."""
    try:
        from cryptography import x509
        from cryptography.hazmat.primitives import serialization
    except ImportError:
        raise KeyStoreError(NO_LIBRARY, remedy=INSTALL) from None
    try:
        private = serialization.load_pem_private_key(key, None)
        certificates = x509.load_pem_x509_certificates(chain)
    except (ValueError, TypeError) as error:
        told = "it has a passphrase" if isinstance(error, TypeError) else "it does not open"
        raise KeyStoreError(
            f"the key or certificates {name}: {told}", remedy="give PEM files, the key in PKCS #8 without a passphrase"
        ) from None
    form = (serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    if private.public_key().public_bytes(*form) != certificates[0].public_key().public_bytes(*form):
        raise KeyStoreError(f"the first certificate of {name} is of another key", remedy="give the signer's own first")
    ends = certificates[0].not_valid_after_utc
    if ends <= now:
        raise KeyStoreError(
            f"the certificate of {name} ran out on {ends:%Y-%m-%d}", remedy="move it away, and a new one is made"
        )
    pkcs8 = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return CredentialKey(
        key=private.private_bytes(*pkcs8), chain=chain, algorithm=_algorithm(private, name), ends=ends, made=made
    )


def _algorithm(private: object, name: str) -> str:
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

    if isinstance(private, ed25519.Ed25519PrivateKey):
        return "ed25519"
    if isinstance(private, rsa.RSAPrivateKey):
        return "ps256"
    curves = {"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"}
    if isinstance(private, ec.EllipticCurvePrivateKey) and private.curve.name in curves:
        return curves[private.curve.name]
    raise KeyStoreError(f"the key {name} is of a kind that signs no manifest", remedy="use ES256, Ed25519 or PS256")


def _made(now: datetime) -> bytes:
    """A new key with its certificate and that of the root, whose key is kept nowhere."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    root, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    certificates = (_certificate(key, root, now, root=False), _certificate(root, root, now, root=True))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + b"".join(one.public_bytes(serialization.Encoding.PEM) for one in certificates)


def _certificate(
    key: EllipticCurvePrivateKey, issuer: EllipticCurvePrivateKey, now: datetime, *, root: bool
) -> x509.Certificate:
    """A certificate as the profile asks for it (C2PA 2.2, section 14.5.1; RFC 5280, section 4.2.1)."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.x509.oid import NameOID

    def named(what: str) -> x509.Name:
        said = ((NameOID.ORGANIZATION_NAME, ORGANISATION), (NameOID.COMMON_NAME, what))
        return x509.Name([x509.NameAttribute(oid, value) for oid, value in said])

    signs, use = ("Root of a key made at this desk", "Key made at this desk")
    noon = now.astimezone(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
    made = (
        x509.CertificateBuilder()
        .issuer_name(named(signs))
        .subject_name(named(signs if root else use))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(noon - timedelta(days=1))
        .not_valid_after(noon + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=root, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key()), critical=False)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not root, content_commitment=False, key_encipherment=False, data_encipherment=False,
                key_agreement=False, key_cert_sign=root, crl_sign=root, encipher_only=False, decipher_only=False,
            ),
            critical=True,
        )
    )  # fmt: skip
    if not root:
        made = made.add_extension(x509.ExtendedKeyUsage([x509.ObjectIdentifier(DOCUMENTS)]), critical=False)
    return made.sign(issuer, hashes.SHA256())
