"""What stands between this machine and a host is told in words with a remedy of its own: real handshakes that fail."""

import socket
import ssl
import threading
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from provenance.errors import FetchError
from provenance.online.exchange import Policy
from provenance.online.fetch import fetch

HOST, ROOT = "desk.example", "root.example"
NOW = datetime.now(UTC)


def certificate(name, *, days=(-1, 1), issuer=None, by=None):
    key = ec.generate_private_key(ec.SECP256R1())
    subject, of = (x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one)]) for one in (name, issuer or name))
    made = (
        x509.CertificateBuilder()
        .subject_name(subject).issuer_name(of).public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(NOW + timedelta(days=days[0])).not_valid_after(NOW + timedelta(days=days[1]))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .sign(by or key, hashes.SHA256())
    )  # fmt: skip
    return made.public_bytes(serialization.Encoding.PEM), key


ROOT_PEM, ROOT_KEY = certificate(ROOT)
STRANGER = ec.generate_private_key(ec.SECP256R1())


@contextmanager
def answering(take):
    """A server that handles each connection with `take`; its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            with suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    with connection, suppress(OSError):
                        connection.settimeout(10)
                        take(connection)

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]


def told(port, tmp_path):
    (tmp_path / "root.pem").write_bytes(ROOT_PEM)
    policy = Policy(loopback=frozenset({("127.0.0.1", port)}), ports=frozenset({port}), within_s=30.0,
                    roots=str(tmp_path / "root.pem"), resolve=lambda host, port: ("127.0.0.1",))  # fmt: skip
    with pytest.raises(FetchError) as caught:
        fetch(f"https://{HOST}:{port}/", policy=policy)
    assert "_ssl.c" not in str(caught.value)
    return str(caught.value), caught.value.remedy


@pytest.mark.parametrize(
    ("made", "words", "remedy"),
    [
        (lambda: certificate(HOST, days=(-9, -1), issuer=ROOT, by=ROOT_KEY), "ran out", "clock"),
        (lambda: certificate(HOST, days=(1, 9), issuer=ROOT, by=ROOT_KEY), "not valid yet", "clock"),
        (lambda: certificate("other.example", issuer=ROOT, by=ROOT_KEY), "for another name", "spelled"),
        (lambda: certificate(HOST), "vouches for its certificate itself", "filter of the network"),
        (lambda: certificate(HOST, issuer="a stranger", by=STRANGER), "nobody who is trusted here", "filter of the"),
    ],
)
def test_each_fault_of_a_certificate_has_its_own_words_and_remedy(made, words, remedy, tmp_path) -> None:
    pem, key = made()
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (tmp_path / "server.pem").write_bytes(pem + key.private_bytes(*form))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "server.pem")
    with answering(lambda connection: context.wrap_socket(connection, server_side=True).recv(1)) as port:
        said, to_do = told(port, tmp_path)
    assert words in said and remedy in to_do


@pytest.mark.parametrize(
    ("reply", "words", "remedy"),
    [(b"HTTP/1.1 400 Bad Request\r\n\r\n", "no TLS", "http://"), (b"", "hung up", "ask again later")],
)
def test_a_server_that_speaks_no_tls_is_told_from_one_that_hangs_up(reply, words, remedy, tmp_path) -> None:
    def take(connection):
        connection.recv(4_096)
        connection.sendall(reply)

    with answering(take) as port:
        said, to_do = told(port, tmp_path)
    assert words in said and remedy in to_do
