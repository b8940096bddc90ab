"""Trust lists of the desk's own: PEM files of certificates."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from provenance.errors import StatementsError
from provenance.intake.trust_list import read_trust_list

# A certificate made for this test: of EC P-256, signed by itself, its key thrown away.
CERTIFICATE = """\
-----BEGIN CERTIFICATE-----
MIIBbzCCARWgAwIBAgIUMLINkahAaf3HXL9w04UQA+7RtYcwCgYIKoZIzj0EAwIw
DDEKMAgGA1UEAwwBdDAgFw0yNjExMjgxMjEyNDZaGA8yMTI2MTEwNDEyMTI0Nlow
DDEKMAgGA1UEAwwBdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABIFDYFUNl4mh
aW4qy2n9yMA3yDYzs85pV1FjyfPH+Uy8VB9MIwX9MXwcpiI1cXWo8w5PEHpkp/VM
yngqTngpnxajUzBRMB0GA1UdDgQWBBTkwCaiw7rpNme8FPQKPLrbgy9OQjAfBgNV
HSMEGDAWgBTkwCaiw7rpNme8FPQKPLrbgy9OQjAPBgNVHRMBAf8EBTADAQH/MAoG
CCqGSM49BAMCA0gAMEUCIQCY3wUcgXtqTiipe+3hqWHNrzxquP9fdkJ1tDszX6+p
UwIgY9B61qN03X8r5f/VG/mViwwfnaWXFi2WBH77RH2JRL4=
-----END CERTIFICATE-----
"""


def test_the_certificates_are_taken_and_words_around_them_left(tmp_path: Path) -> None:
    file = tmp_path / "press.pem"
    file.write_text(f"Press root\n{CERTIFICATE}\nand another\n{CERTIFICATE}")
    found = read_trust_list(file)
    assert (found.name, found.pem.count("BEGIN CERTIFICATE"), "Press" in found.pem) == ("press.pem", 2, False)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "holds no certificate"),
        ("-----BEGIN CERTIFICATE-----\n<b>\n-----END CERTIFICATE-----", "certificate 1 cannot be read"),
        ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "line 1: certificate 1 cannot be read"),
        (f"{CERTIFICATE}\n{CERTIFICATE.replace('MIIB', 'MIIC')}", "certificate 2 cannot be read"),
        (f"{CERTIFICATE}-----BEGIN CERTIFICATE-----\nMIIB", "certificate 2 has no end"),
        (f"-----BEGIN CERTIFICATE-----\n{CERTIFICATE}", "certificate 1 has no end"),
        (f"{CERTIFICATE}-----BEGIN EC PRIVATE KEY-----\nMHc\n-----END EC PRIVATE KEY-----", "holds a private key"),
    ],
)
def test_what_is_no_list_is_refused_with_a_remedy(tmp_path: Path, content: str, complaint: str) -> None:
    file = tmp_path / "press.pem"
    file.write_text(content)
    with pytest.raises(StatementsError, match=complaint) as caught:
        read_trust_list(file)
    assert caught.value.remedy


def test_no_cut_certificate_and_none_with_a_wrong_header_is_taken(tmp_path: Path) -> None:
    whole = base64.b64decode("".join(CERTIFICATE.splitlines()[1:-1]))
    file = tmp_path / "press.pem"
    wrong = [whole[:end] for end in range(len(whole))]
    wrong += [whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :] for at in range(8)]  # both outer headers
    for data in (*wrong, whole + whole):
        file.write_text(f"-----BEGIN CERTIFICATE-----\n{base64.b64encode(data).decode()}\n-----END CERTIFICATE-----")
        with pytest.raises(StatementsError, match="certificate 1 cannot be read"):
            read_trust_list(file)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(StatementsError, match="no such file"):
        read_trust_list(tmp_path / "none.pem")
