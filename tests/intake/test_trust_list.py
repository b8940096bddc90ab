"""Trust lists of the desk's own: PEM files of certificates."""

from __future__ import annotations

from pathlib import Path

import pytest

from provenance.errors import StatementsError
from provenance.intake.trust_list import read_trust_list

CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUA\n-----END CERTIFICATE-----\n"


def test_the_certificates_are_taken_and_words_around_them_left(tmp_path: Path) -> None:
    file = tmp_path / "press.pem"
    file.write_text(f"Press root\n{CERTIFICATE}\nand another\n{CERTIFICATE}")
    found = read_trust_list(file)
    assert (found.name, found.pem.count("BEGIN CERTIFICATE"), "Press" in found.pem) == ("press.pem", 2, False)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "holds no certificate"),
        ("-----BEGIN CERTIFICATE-----\n<b>\n-----END CERTIFICATE-----", "holds no certificate"),
        (f"{CERTIFICATE}-----BEGIN EC PRIVATE KEY-----\nMHc\n-----END EC PRIVATE KEY-----", "holds a private key"),
    ],
)
def test_what_is_no_list_is_refused_with_a_remedy(tmp_path: Path, content: str, complaint: str) -> None:
    file = tmp_path / "press.pem"
    file.write_text(content)
    with pytest.raises(StatementsError, match=complaint) as caught:
        read_trust_list(file)
    assert caught.value.remedy


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(StatementsError, match="no such file"):
        read_trust_list(tmp_path / "none.pem")
